"""Bounds that no plan is below, and starting points: known optima, and every plan of small spaces."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import numpy as np
import pytest

from simsvc.analytic.staffing import least_servers
from simsvc.scenario import Scenario
from simsvc.sizing.bounds import lower, start
from simsvc.sizing.evaluate import Evaluator, luck
from simsvc.sizing.request import request
from simsvc.sizing.space import Levels, Space, space
from simsvc.sizing.wishes import Wishes, wishes

COSTS = {"engineer": 100.0, "station": 30.0, "on_call": 0.0, "agent": 10.0, "hours": 8760.0}


# A Monday.
TIME = {"start": dt.date(2018, 1, 1), "window": "28 d", "warm_up": "2 d", "drain": "2 d"}


def to_site(limit: str, target: float = 0.9) -> dict[str, Any]:
    """A promise on time to site."""
    return {
        "text": {"en": "x"},
        "parts": [{"kind": "sim", "measure": "time_to_site", "limit": limit, "target": target}],
    }


def rule(name: str, **more: Any) -> dict[str, Any]:
    return {"text": {"en": "x"}, "parts": [{"kind": "plan", "rule": name, **more}]}


def asked(scenario: Scenario) -> tuple[Space, Wishes]:
    wanted = request(scenario)
    found = wishes(scenario, wanted)
    return space(found.scenario, wanted), found


def engineers(room: Space, levels: Levels) -> dict[str, int]:
    return {lever.place: level for lever, level in zip(room.levers, levels, strict=True) if lever.kind == "engineers"}


@pytest.fixture
def busy(own: Any) -> Any:
    """``busy(faults a day, target)``: one station, exponential work of an hour round the clock, so many units that
    none of them is ever down."""

    def make(rate: float, target: float = 0.9, limit: str = "30 min") -> tuple[Space, Wishes]:
        work = {"dist": "exponential", "mean": "1 h"}
        modes = {"m": {"name": {"en": "M"}, "share": 1.0, "work": work}}
        return asked(
            own(
                time=TIME,
                products={"p": {"rate": f"{rate} /d", "modes": modes}},
                demand={"scale": 1e-6, "installed": [{"area": "a", "product": "p", "units": 10**6}]},
                clauses={"C1": to_site(limit, target)},
                sizing={"costs": COSTS},
            )
        )

    return make


@pytest.mark.parametrize("load", [0.4, 3.0, 20.0])
def test_a_lone_station_starts_with_as_many_as_erlang_c_says(busy: Any, load: float) -> None:
    room, wanted = busy(24 * load)
    assert engineers(room, start(room, wanted)) == {"a": least_servers(load, 1.0, 0.5, 0.9)}


@pytest.mark.parametrize(("load", "least"), [(0.4, 1), (3.0, 3), (20.0, 18)])
def test_nine_tenths_of_the_load_are_the_fewest(busy: Any, load: float, least: int) -> None:
    """A week of round-the-clock duty: 90 % of 20 Erlangs take 18 engineers whatever the queue does, and one station."""
    room, wanted = busy(24 * load)
    bound = lower(room, wanted)
    assert bound.cost == pytest.approx(30 + 100 * least)
    assert bound.cost == pytest.approx(sum(part for *_, part in bound.because))
    # Erlang C needs more, and that is no bound.
    assert bound.cost <= room.cost(start(room, wanted))


def chain(own: Any, line: Any, *, dispatch: dict[str, Any] | None = None, **more: Any) -> tuple[Space, Wishes]:
    """Five places in a row, an hour from one to the next, a unit in each; today a station at the first end."""
    ids = ["a", "b", "c", "d", "e"]
    units = [{"area": i, "product": "p", "units": 10**6} for i in ids]
    return asked(
        own(
            time=TIME,
            network=line(*ids, minutes=60),
            stations={"a": {"name": {"en": "A"}, "node": "a", "engineers": 1, "covers": ids}},
            products={"p": {"rate": "0.1 /d"}},
            demand={"scale": 1e-6, "installed": units},
            dispatch={"who": "nearest", "free_when": "when-home", **(dispatch or {})},
            sizing={"existing": "free", "candidates": ids, "costs": COSTS},
            **more,
        )
    )


def test_a_row_of_five_takes_two_stations_an_hour_away_and_five_at_once(own: Any, line: Any) -> None:
    """Set covering: from b and d (or b and e, …) all are within an hour; two hours take one station in the middle."""
    for limit, stations in (("61 min", 2), ("121 min", 1), ("30 min", 5)):
        room, wanted = chain(own, line, clauses={"C1": to_site(limit)})
        assert lower(room, wanted).cost == pytest.approx(130 * stations)
        assert sum(n > 0 for n in engineers(room, start(room, wanted)).values()) == stations


def test_who_is_sent_on_from_the_site_may_be_anywhere(own: Any, line: Any) -> None:
    """Then covering bounds nothing but that a road must lead there; it is still where to begin."""
    room, wanted = chain(own, line, dispatch={"free_when": "from-site"}, clauses={"C1": to_site("61 min")})
    assert lower(room, wanted).cost == pytest.approx(130)
    assert sum(n > 0 for n in engineers(room, start(room, wanted)).values()) == 2


def test_an_own_station_everywhere_if_the_rollout_says_so(own: Any, line: Any) -> None:
    """Five areas, one of them scheduled to open by itself: four stations."""
    clauses = {"C1": rule("rollout", within_months=6)}
    room, wanted = chain(own, line, clauses=clauses)
    assert lower(room, wanted).cost == pytest.approx(5 * 130)
    assert all(n >= 1 for n in engineers(room, start(room, wanted)).values())
    room, wanted = chain(own, line, clauses=clauses, rollout={"openings": {"c": 3}})
    assert lower(room, wanted).cost == pytest.approx(4 * 130)


@pytest.mark.parametrize(("target", "stations"), [(0.6, 0), (0.9, 5), (1.0, 5)])
def test_a_rule_that_leaves_an_area_to_spare_forces_none(own: Any, line: Any, target: float, stations: int) -> None:
    """Three of five areas may be any three, but with all five asked for, or more than four of them, each is needed."""
    room, wanted = chain(own, line, clauses={"C1": rule("rollout", within_months=6, target=target)})
    assert lower(room, wanted).cost == pytest.approx(stations * 130)


@pytest.mark.parametrize(("answered", "engineers"), [(None, 5), (0.7, 13)])
def test_who_hangs_up_asks_for_no_visit(own: Any, answered: float | None, engineers: int) -> None:
    """20 Erlangs at 90 %; but a plan may let all hang up and call a quarter back, or 30 % if 70 % must be answered."""
    reply = {"kind": "sim", "measure": "response", "limit": "5 min", "target": answered}
    room, wanted = asked(
        own(
            time=TIME,
            products={
                "p": {
                    "rate": "480 /d",
                    "modes": {
                        "m": {"name": {"en": "M"}, "share": 1.0, "work": {"dist": "exponential", "mean": "1 h"}},
                    },
                }
            },
            demand={"scale": 1e-6, "installed": [{"area": "a", "product": "p", "units": 10**6}]},
            desk={
                "shifts": [{"calendar": "always", "agents": 1}],
                "work": "0 s",
                "patience": {"dist": "exponential", "mean": "1 min"},
                "call_back": 0.25,
            },
            clauses={"C1": to_site("30 min")} | ({"C2": {"text": {"en": "x"}, "parts": [reply]}} if answered else {}),
            sizing={"costs": COSTS},
        )
    )
    assert lower(room, wanted).cost == pytest.approx(30 + 100 * engineers + 10)


def test_a_contractor_may_do_it_all(own: Any, line: Any) -> None:
    """So that no engineer is needed for sure: what he takes is no matter of the levers."""
    contractor = {"contractor": {"arrival": "20 min"}}
    room, wanted = chain(own, line, dispatch=contractor, clauses={"C1": to_site("61 min")})
    assert lower(room, wanted).cost == 0


def test_agents_for_the_calls_that_must_be_answered(own: Any) -> None:
    """Five agents' worth of calls, 80 % to be answered: four, whatever the queue does. Each costs 10 a year."""
    room, wanted = asked(
        own(
            time=TIME,
            products={"p": {"rate": "120 /d"}},
            demand={"scale": 1e-6, "installed": [{"area": "a", "product": "p", "units": 10**6}]},
            desk={"shifts": [{"calendar": "always", "agents": 9}], "work": "1 h"},
            clauses={
                "C1": {
                    "text": {"en": "x"},
                    "parts": [{"kind": "sim", "measure": "response", "limit": "5 min", "target": 0.8}],
                }
            },
            sizing={"costs": COSTS},
        )
    )
    agents = [k for k, lever in enumerate(room.levers) if lever.kind == "agents"]
    assert agents
    assert lower(room, wanted).cost == pytest.approx(4 * 10)
    assert start(room, wanted)[agents[0]] == least_servers(5.0, 1.0, 5 / 60, 0.8)


def test_no_plan_of_two_counties_that_keeps_its_promise_is_cheaper(own: Any, line: Any) -> None:
    """Every plan with up to three engineers a county, simulated: the bound is below each that keeps 90 %."""
    units = [{"area": i, "product": "p", "units": 10**6} for i in ("a", "b")]
    room, wanted = asked(
        own(
            time=TIME,
            network=line("a", "b", minutes=90),
            stations={"a": {"name": {"en": "A"}, "node": "a", "engineers": 1, "covers": ["a", "b"]}},
            products={"p": {"rate": "12 /d"}},
            demand={"scale": 1e-6, "installed": units},
            clauses={"C1": to_site("1 h")},
            sizing={"existing": "free", "candidates": ["a", "b"], "costs": COSTS},
        )
    )
    trial = Evaluator(room, wanted, luck(1, "search"), workers=1)
    bound, kept = lower(room, wanted).cost, []
    at = [k for k, lever in enumerate(room.levers) if lever.kind == "engineers"]
    for pair in itertools.product(range(4), repeat=2):
        levels = list(room.today)
        for k, level in zip(at, pair, strict=True):
            levels[k] = level
        if not room.valid(tuple(levels)):
            continue
        counts = trial.run(tuple(levels), 4)
        shares = counts.kept.sum(axis=0) / counts.cases.sum(axis=0)
        if (shares >= np.array([c.target for c in wanted.columns])).all():
            kept.append(room.cost(tuple(levels)))
    assert kept
    assert 0 < bound <= min(kept)
    assert room.valid(start(room, wanted))
