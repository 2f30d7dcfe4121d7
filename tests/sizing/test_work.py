"""Expected work on site, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from simsvc.case import build
from simsvc.scenario.distribution import Distribution
from simsvc.scenario.promises import Population
from simsvc.scenario.quantity import YEAR
from simsvc.sizing.work import among, first_visits, hour_factors, least_seconds, square, window_factor

FEW = {"scale": 1e-6, "installed": [{"area": "a", "product": "p", "units": 10**6}]}
"""So many units that none is down."""


PARTS = {
    "parts": {"psu": {"name": {"en": "PSU"}, "product": "p"}},
    "repairs": {"away": {"name": {"en": "Away"}, "turnaround": "3 d"}},
    "experts": {"shifts": [{"calendar": "always", "agents": 1}], "work": "1 h"},
}


def product(**mode: Any) -> dict[str, Any]:
    return {"p": {"rate": "1 /d", "modes": {"m": {"work": "1 h", "diagnosis": "20 min", **mode}}}}


@pytest.mark.parametrize(
    ("mode", "cases", "minutes"),
    [
        ({}, 365, 60),
        ({"remote": 0.4}, 365, 60),
        ({"workshop": 0.5, "routes": {"away": 1.0}}, 365, 40),
        ({"expert": 0.25}, 365, 50),
        # Whether a part is there the stock decides: the shorter of the two.
        ({"part": 0.5, "parts": {"psu": 1.0}}, 365, 40),
        ({"part": 0.5, "parts": {"psu": 1.0}, "diagnosis": "90 min"}, 365, 60),
    ],
)
def test_a_fault_a_day(own: Any, mode: dict[str, Any], cases: float, minutes: float) -> None:
    work = first_visits(build(own(products=product(**mode), demand=FEW, **PARTS)))
    assert work.cases.tolist() == pytest.approx([cases], rel=1e-3)
    assert work.seconds.tolist() == pytest.approx([60 * minutes])


def test_remote_help_and_access(own: Any) -> None:
    """With technicians 40 % never come to site; 10 minutes of access go before the hour: (70 min)^2."""
    remote = {"shifts": [{"calendar": "always", "agents": 1}], "work": "5 min"}
    case = build(own(products=product(remote=0.4), demand=FEW, remote=remote, staff={"site_access": "10 min"}))
    work = first_visits(case)
    assert work.cases.tolist() == pytest.approx([0.6 * 365], rel=1e-3)
    assert work.squares.tolist() == pytest.approx([4200.0**2])


def test_a_unit_that_is_down_does_not_fail(own: Any) -> None:
    """One unit with a fault a day, taken to be down for 30 days after each: at most one in 31 days."""
    assert first_visits(build(own())).cases.tolist() == pytest.approx([YEAR / 86400 / 31])


def test_who_is_in_a_population(tiny: Any) -> None:
    case = tiny().case()
    work = first_visits(case)
    everybody = among(case, work, Population())
    assert everybody is not None
    assert everybody.tolist() == work.cases.tolist()
    found = among(case, work, Population(areas=["north"], products=["printer"]))
    assert found is not None
    here = [case.places.areas[a] == "north" and p == "printer" for a, p in zip(work.area, work.product, strict=True)]
    assert found.tolist() == np.where(here, work.cases, 0.0).tolist()
    # What the cells don't tell is not guessed.
    assert among(case, work, Population(in_warranty=True)) is None


def test_a_share_of_the_work_takes_the_shortest_first() -> None:
    """Of 10 short and 10 long cases 60 % are the short ones and two long ones."""
    assert least_seconds(np.array([10.0, 10.0]), np.array([100.0, 30.0]), 0.6) == pytest.approx(10 * 30 + 2 * 100)


def test_the_hours_of_a_week(own: Any) -> None:
    profile = {"day": {"base": 0.0, "week": [{"days": "mon-fri", "hours": "08:00-18:00", "weight": 1.0}]}}
    case = build(own(profiles=profile, products={"p": {"profile": "day"}}))
    assert window_factor(case, "day") == pytest.approx(1.0)
    hours = hour_factors(case, "day")
    assert hours[:24].tolist() == pytest.approx([0] * 8 + [168 / 50] * 10 + [0] * 6)
    assert hours[120:].sum() == 0


@pytest.mark.parametrize(
    ("dist", "mean_square"),
    [
        ({"dist": "uniform", "low": "0 s", "high": "6 s"}, 12),
        ({"dist": "triangular", "low": "0 s", "mode": "0 s", "high": "6 s"}, 6),
        ({"dist": "exponential", "mean": "3 s"}, 18),
        ({"dist": "gamma", "mean": "3 s", "cv": 1}, 18),
        ({"dist": "lognormal", "mean": "3 s", "cv": 2}, 45),
        ({"dist": "weibull", "mean": "3 s", "shape": 1}, 18),
        ({"dist": "empirical", "values": ["1 s", "3 s"], "weights": [3, 1]}, 3),
        ("3 s", 9),
    ],
)
def test_mean_squares(dist: Any, mean_square: float) -> None:
    assert square(TypeAdapter(Distribution).validate_python(dist)) == pytest.approx(mean_square)
