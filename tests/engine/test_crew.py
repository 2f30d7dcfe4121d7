"""The compiled roster and waits say what their definitions say, for all rules of relief and on-call duty."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.clock import DAY, Calendar
from simsvc.engine import waits
from simsvc.engine.roster import NOBODY, Roster, roster
from simsvc.workload import Workload, draw

pytest.importorskip("numba")

from simsvc.engine.compiled import relief
from simsvc.engine.compiled import waits as compiled_waits
from simsvc.engine.compiled.crew import Crew, crew
from simsvc.engine.compiled.waits import off_duty_waits

HOUR = 3600
CALENDARS = {
    "always": {"week": {"mon-sun": ["00:00-24:00"]}},
    "office": {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed"},
    "breaks": {"week": {"mon-sat": ["06:00-07:00", "08:00-12:00", "13:00-17:00"]}},
    "nights": {"week": {"mon-sun": ["00:00-06:00", "20:00-24:00"]}},
    "never": {"week": {"mon-sun": []}},
}
OWN_RULES = {"a": ("on-call", "rota"), "a2": ("on-call", "all"), "b": (None, "rota"), "d": ("off", None)}
"""Out of hours and on call, of stations that have a rule of their own; those at e have the staff's."""
ROADS = [("a", "b", 20), ("b", "c", 90), ("c", "d", 400)]


def text(word: str) -> dict[str, str]:
    return {"en": word}


def place(node: str, engineers: int, covers: str) -> dict[str, Any]:
    return {"name": text(node), "node": node, "engineers": engineers, "covers": list(covers)}


def duty(out_of_hours: str | None, on_call: str | None) -> dict[str, str]:
    return {k: v for k, v in {"out_of_hours": out_of_hours, "on_call": on_call}.items() if v is not None}


@cache
def case(calendar: str, rule: str, on_call: str, daily_drive: bool, who: str = "own") -> Case:
    """Four weeks; six stations: two at one node, one without engineers, one far away, one on an island."""
    rules = OWN_RULES if on_call == "by station" else {}
    mode = {"m": {"name": text("M"), "share": 1.0, "work": "1 h"}}
    products = {
        "p": {"name": text("P"), "rate": "1 /d", "modes": mode},
        "q": {"name": text("Q"), "rate": "1 /d", "modes": mode, "skill": "k"},
    }
    return build(
        sv.from_dict(
            {
                "name": "crew",
                "title": text("Crew"),
                "time": {"start": dt.date(2018, 2, 1), "window": "28 d"},
                "network": {
                    "source": "own",
                    "nodes": [{"id": i, "lat": 0.0, "lon": 0.0} for i in "abcde"],
                    "roads": [{"from": x, "to": y, "minutes": m} for x, y, m in ROADS],
                },
                "calendars": CALENDARS,
                "stations": {
                    key: place(*row) | duty(*rules.get(key, (None, None)))
                    for key, row in {
                        "a": ("a", 3, "a"),
                        "a2": ("a", 1, "ab"),
                        "b": ("b", 2, "bc"),
                        "c": ("c", 0, "c"),
                        "d": ("d", 1, "d"),
                        "e": ("e", 2, "e"),
                    }.items()
                },
                "dispatch": {"who": who} | ({"backup_radius": "120 min"} if who == "own-then-backup" else {}),
                "staff": {
                    "calendar": calendar,
                    "out_of_hours": "off" if on_call == "off" else "on-call",
                    "on_call": "rota" if on_call == "rota" else "all",
                    "relief": {"rule": rule, "daily_drive": daily_drive},
                    "engineers": {"a-1": {"skills": ["k"]}, "b-2": {"skills": ["k"], "only": ["q"]}},
                },
                "products": products,
                "demand": {"installed": [{"area": a, "product": p, "units": 1} for a in "abcde" for p in "pq"]},
            }
        )
    )


RULES = [
    *itertools.product(CALENDARS, ("none", "cover", "move"), ("off", "all", "rota"), (True, False)),
    ("office", "cover", "rota", True, "own-then-backup"),
    ("breaks", "move", "all", True, "own-then-backup"),
    *itertools.product(("office", "breaks"), ("none", "cover", "move"), ("by station",), (True, False)),
]


def seasons(made: Case, seeds: int = 2) -> Iterator[tuple[Workload, Roster, Crew]]:
    """Workloads in which few, then many are away."""
    luck = draw(made, 1, 0)
    for seed, share in itertools.product(range(seeds), (0.1, 0.6)):
        absent = np.random.default_rng(seed).random(luck.absent.shape) < share
        changed = replace(luck, absent=absent)
        yield changed, roster(made, changed), crew(made, absent)


def of(first: np.ndarray, values: np.ndarray, k: int) -> list[int]:
    """One of the lists that lie one after the other."""
    found: list[int] = values[first[k] : first[k + 1]].tolist()
    return found


def same_hours(calendar: Calendar, e: int, first: np.ndarray, *columns: np.ndarray) -> None:
    start, end, before = (of(first, column, e) for column in columns)
    assert start == calendar.starts.tolist()
    assert end == calendar.ends.tolist()
    assert before == [calendar.open_seconds(0, t) for t in start]


@pytest.mark.parametrize("rules", RULES, ids=str)
def test_the_compiled_roster_is_the_roster(rules: tuple[Any, ...]) -> None:
    made = case(*rules)
    for _, who, found in seasons(made):
        np.testing.assert_array_equal(found.station, who.station)
        np.testing.assert_array_equal(found.stand_in, who.stand_in)
        np.testing.assert_array_equal(found.group, who.group)
        np.testing.assert_array_equal(found.able, who.able)
        for e in range(len(found.home)):
            same_hours(who.duty[e], e, found.duty_first, found.duty_start, found.duty_end, found.duty_before)
            available = found.available_start, found.available_end, found.available_before
            same_hours(who.available[e], e, found.available_first, *available)
            starts = {*who.duty[e].starts.tolist(), *who.available[e].starts.tolist()}
            assert of(found.wake_first, found.wake, e) == sorted(starts)


@pytest.mark.parametrize("rules", [r for r in RULES if r[0] == "office"], ids=str)
def test_tiers_and_those_who_stand_in_make_the_tiers_of_each_day(rules: tuple[Any, ...]) -> None:
    for _, who, found in seasons(case(*rules)):
        for day, expected in enumerate(who.tier):
            tiers = found.tiers.copy()
            for away, other in found.relieved[found.relieved_first[day] : found.relieved_first[day + 1]]:
                tiers[other] = np.minimum(tiers[other], found.tiers[away])
            np.testing.assert_array_equal(tiers, expected)


def test_lists_by_group_and_by_station_hold_what_is_served() -> None:
    made = case("office", "cover", "all", True, "own-then-backup")
    _, _, found = next(seasons(made))
    assert len(np.unique(found.tiers)) == 3
    for g in range(found.tiers.shape[1]):
        stations = np.flatnonzero(found.tiers[:, g] != NOBODY)
        assert of(found.by_group_first, found.by_group_station, g) == stations.tolist()
        assert of(found.by_group_first, found.by_group_tier, g) == found.tiers[stations, g].tolist()
    for s in range(len(found.tiers)):
        groups = np.flatnonzero(found.tiers[s] != NOBODY)
        assert of(found.by_station_first, found.by_station_group, s) == groups.tolist()
        assert of(found.by_station_first, found.by_station_tier, s) == found.tiers[s, groups].tolist()
        assert of(found.member_first, found.member, s) == np.flatnonzero(found.home == s).tolist()


def test_kernels_are_compiled_once(own: Callable[..., sv.Scenario]) -> None:
    """Whatever the size of a case and whether its arrays may be written to, kernels get the same types."""
    alone = build(own())
    for frozen in (alone.staffing.engineer_station, alone.staffing.relief_order, alone.staffing.able):
        frozen.setflags(write=False)
    for made in (alone, case("office", "cover", "all", True)):
        luck = draw(made, 1, 0)
        row = [np.zeros(3, np.int64)] * 4
        off_duty_waits(made, crew(made, luck.absent), *row)
    for compiled in (relief.relief, relief.hours, relief.wakes, compiled_waits._waits):
        assert len(compiled.signatures) == 1


def test_each_station_has_its_own_rule_on_call() -> None:
    """By hand: nobody is away; in the first week, whose turn is known, nights are open to whom the rule says."""
    made = case("office", "none", "by station", True)
    found = crew(made, np.zeros(draw(made, 1, 0).absent.shape, np.bool_))
    night = {
        name: any(a <= DAY < b for a, b in zip(
            of(found.available_first, found.available_start, e), of(found.available_first, found.available_end, e),
            strict=True,
        ))
        for e, name in enumerate(made.staffing.engineers)
    }  # fmt: skip
    assert [sum(night[f"{s}-{n}"] for n in range(1, count + 1)) for s, count in (("a", 3), ("b", 2))] == [1, 1]
    assert {name: night[name] for name in ("a2-1", "d-1", "e-1", "e-2")} == {
        "a2-1": True, "d-1": False, "e-1": True, "e-2": True,
    }  # fmt: skip


def test_a_stand_in_drives_to_the_station_and_back() -> None:
    """By hand: b's two are away on Thursday 1 February; the last of station a's comes from 20 minutes away, late by the
    drive, and is on call at home before he leaves and after he is back."""
    made = case("office", "move", "all", True)
    names, stations = made.staffing.engineers, made.staffing.stations
    absent = np.zeros(draw(made, 1, 0).absent.shape, np.bool_)
    absent[[names.index("b-1"), names.index("b-2")], 0] = True
    found = crew(made, absent)
    e, late = names.index("a-3"), 20 * 60
    assert np.flatnonzero(found.station[:, 0] == stations.index("b")).tolist() == [e]
    assert of(found.duty_first, found.duty_start, e)[:2] == [8 * HOUR + late, DAY + 8 * HOUR]
    assert of(found.duty_first, found.duty_end, e)[0] == 18 * HOUR
    start = of(found.available_first, found.available_start, e)
    end = of(found.available_first, found.available_end, e)
    assert start[:3] == [0, 8 * HOUR + late, 18 * HOUR + late]
    assert end[:2] == [8 * HOUR, 18 * HOUR]


@pytest.mark.parametrize("rules", RULES, ids=str)
def test_compiled_waits_are_the_waits(rules: tuple[Any, ...]) -> None:
    made = case(*rules)
    rng = np.random.default_rng(7)
    n, horizon = 150, made.span.horizon
    for _, who, found in seasons(made, 1):
        town = rng.integers(0, made.places.towns, n)
        job_class = rng.integers(0, len(made.staffing.signature), n)
        ready = rng.integers(-horizon // 10, horizon, n).clip(-1)
        assigned = np.minimum(ready + rng.choice([0, 1, HOUR, DAY, 9 * DAY], n) * rng.integers(0, 3, n), horizon - 1)
        assigned[rng.random(n) < 0.1] = -1
        expected = waits.off_duty_waits(made, who, town, job_class, ready, assigned)
        np.testing.assert_array_equal(off_duty_waits(made, found, town, job_class, ready, assigned), expected)


@pytest.mark.parametrize("of_crew", [True, False])
def test_a_wait_over_the_week_end(own: Callable[..., sv.Scenario], of_crew: bool) -> None:
    """By hand: ready on Friday at 17:00, assigned on Monday at 9:00, office hours 8 to 18: 62 hours with nobody."""
    made = build(own(staff={"calendar": "office"}, time={"window": "28 d"}))
    luck = draw(made, 1, 0)
    row = [np.array([x]) for x in (0, 0, 4 * DAY + 17 * HOUR, 7 * DAY + 9 * HOUR)]
    found = (
        off_duty_waits(made, crew(made, luck.absent), *row)
        if of_crew
        else waits.off_duty_waits(made, roster(made, luck), *row)
    )
    assert found.tolist() == [62 * HOUR]
