"""Least engineers of one station and least agents of a desk, where Erlang's formulas know them.

``size`` must return the least number that keeps the share promised: in each case the share that it keeps and that which
one less keeps lie some tenths of a point and more on either side, by the formula.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

import simsvc as sv
from simsvc.analytic import mmc_wait_exceeds
from simsvc.analytic.staffing import answered_within
from simsvc.sizing.size import size

DAY, CLEAR = 86400, 0.003
ENGINEER, STATION, AGENT = 95_000.0, 35_000.0, 76_000.0


def promise(measure: str, limit: int, target: float) -> dict[str, Any]:
    part = {"kind": "sim", "measure": measure, "limit": f"{limit} s", "target": target}
    return {"text": {"en": measure}, "parts": [part]}


def exponential(seconds: float) -> dict[str, str]:
    return {"dist": "exponential", "mean": f"{seconds:g} s"}


def least(share: Callable[[int], float], target: float) -> int:
    """By trying, and clear of doubt on both sides."""
    number = next(c for c in range(1, 60) if share(c) >= target)
    assert share(number) - target > CLEAR
    assert target - share(number - 1) > CLEAR or number == 1
    return number


def station_of(own: Any, load: float, service: int, days: int, today: int, **more: Any) -> sv.Scenario:
    """Faults at the door of a station: M/M/c."""
    mode = {"m": {"work": exponential(service)}}
    return own(  # type: ignore[no-any-return]
        time={"window": f"{days} d", "warm_up": "3 d", "drain": "3 d"},
        stations={"a": {"engineers": today}},
        products={"p": {"rate": f"{load * DAY / service} /d", "modes": mode}},
        demand={"scale": 1e-4, "installed": [{"area": "a", "product": "p", "units": 10**4}]},
        **more,
    )


def in_time(load: float, service: int, limit: int) -> Callable[[int], float]:
    return lambda c: 1 - mmc_wait_exceeds(c, load / service, service, limit) if c > load else 0.0


@pytest.mark.parametrize(
    ("load", "service", "limit", "target", "days", "today"),
    [
        (0.3, 7200, 1800, 0.9, 365, 1),
        (1.04, 14400, 300, 0.88, 60, 1),
        (2.5, 7200, 900, 0.8, 60, 9),
        (6.7, 7200, 600, 0.98, 28, 3),
        (11.5, 14400, 2400, 0.95, 28, 1),
    ],
)
def test_engineers(own: Any, load: float, service: int, limit: int, target: float, days: int, today: int) -> None:
    clauses = {"A1": promise("time_to_site", limit, target)}
    plan = size(station_of(own, load, service, days, today, clauses=clauses), extras=())
    number = least(in_time(load, service, limit), target)
    assert plan.status == "kept"
    assert plan.exit_code == 0
    assert plan.line("engineers.a").planned == number
    assert plan.cost == pytest.approx(number * ENGINEER + STATION)
    assert plan.bound is not None
    assert plan.bound.cost <= plan.cost


def test_engineers_for_the_promise_that_is_named_at_the_share_that_is_asked(own: Any) -> None:
    """``keep`` and ``target`` over the table: of two promises the stricter is only reported; other prices, too."""
    load, service = 3.0, 7200
    clauses = {"slow": promise("time_to_site", 3600, 0.8), "fast": promise("time_to_site", 60, 0.99)}
    sizing = {"keep": ["fast"], "target": 0.97, "costs": {"engineer_at": {"a": 80_000.0}, "station": 10_000.0}}
    scenario = station_of(own, load, service, 60, 4, clauses=clauses, sizing=sizing)
    plan = size(scenario, keep=["slow"], target=0.92, extras=())
    number = least(in_time(load, service, 3600), 0.92)
    assert plan.line("engineers.a").planned == number
    assert plan.cost == pytest.approx(number * 80_000 + 10_000)
    strict = size(scenario, extras=())
    assert strict.line("engineers.a").planned == least(in_time(load, service, 60), 0.97) > number


def test_no_more_engineers_than_are_allowed(own: Any) -> None:
    """One less than the least: no plan keeps the promise; as many: that plan."""
    load, service, limit, target = 3.0, 7200, 900, 0.9
    scenario = station_of(own, load, service, 60, 1, clauses={"A1": promise("time_to_site", limit, target)})
    number = least(in_time(load, service, limit), target)
    assert size(scenario, most_engineers=number, extras=()).line("engineers.a").planned == number
    assert size(scenario, most_engineers=number - 1, extras=()).status != "kept"


@pytest.mark.parametrize(
    ("load", "service", "limit", "target", "patience"),
    [
        (1.87, 120, 120, 0.8, 180.0),
        (6.47, 1800, 300, 0.9, 180.0),
        (0.6, 300, 20, 0.9, math.inf),
        (5.15, 300, 120, 0.95, math.inf),
    ],
)
def test_agents(own: Any, line: Any, station: Any, load: float, service: int, limit: int, target: float,
                patience: float) -> None:  # fmt: skip
    """Erlang C, and Erlang A where callers hang up: they are misses. Round the clock: 8,760 hours a year."""
    desk: dict[str, Any] = {"shifts": [{"calendar": "always", "agents": 1}], "work": exponential(service)}
    if patience < math.inf:
        desk["patience"] = exponential(patience)
    scenario = own(
        time={"window": "7 d", "warm_up": "1 d", "drain": "1 d"},
        network=line("a", "b"),
        stations={"a": station("b")},  # nobody goes to a: only the desk is looked at
        desk=desk,
        products={"p": {"rate": f"{load * DAY / service} /d"}},
        # Nobody repairs what fails: so many that it hardly shows.
        demand={"scale": 1e-6, "installed": [{"area": "a", "product": "p", "units": 10**6}]},
        clauses={"A1": promise("answered", limit, target)},
    )
    plan = size(scenario, extras=())
    number = least(lambda c: answered_within(c, load / service, service, limit, patience)
                   if patience < math.inf or c > load else 0.0, target)  # fmt: skip
    assert plan.status == "kept"
    assert plan.line("agents.0").planned == number
    assert plan.cost == pytest.approx(number * AGENT * 8760 / 1710, rel=1e-3)
