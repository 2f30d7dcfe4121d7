"""Overflow to the contractor, by hand and by law: when he is called, when not, and what follows from his visit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import build
from simsvc.case.reach import served
from simsvc.log import CODES
from simsvc.study.replicate import one

MINUTE, HOUR = 60, 3600
CONTRACTOR = 2
CALENDARS = ["always", "office"]


@pytest.fixture
def one_engineer(own: Any) -> Any:
    """An engineer at a, an hour's work a fault, and a contractor who needs 40 minutes."""

    def make(contractor: dict[str, Any], **more: Any) -> sv.Scenario:
        changes: dict[str, Any] = {
            "products": {"p": {"rate": "9 /d"}},
            "dispatch": {"contractor": {"arrival": "40 min", **contractor}},
        }
        return own(**(changes | more))

    return make


def who(log: Any) -> list[int]:
    """Tier of each ticket's first visit."""
    first = np.flatnonzero(log.visits["kind"] == 0)
    tier = np.full(len(log.tickets["ticket"]), -1)
    tier[log.visits["ticket"][first]] = log.visits["tier"][first]
    assert (log.tickets["contractor"] == (tier == CONTRACTOR)).all()
    return tier.tolist()


def test_at_once_when_nobody_is_free(one_engineer: Any, told: Any, clock: Any) -> None:
    case, log = told(one_engineer({"after": "0 s"}), [("2018-01-01 08:00", "a"), ("2018-01-01 08:10", "a")])
    assert who(log) == [0, CONTRACTOR]
    t, v = log.tickets, log.visits
    assert [clock(case, t[name])[1] for name in ("ready", "assigned", "departed", "arrived", "fixed")] == [
        "Mon 08:10:00", "Mon 08:10:00", "Mon 08:10:00", "Mon 08:50:00", "Mon 09:50:00",
    ]  # fmt: skip
    assert (t["set_out"][1], t["mobilise"][1], t["held"][1], t["travel"][1]) == (0, 0, 0, 40 * MINUTE)
    row = {name: int(values[1]) for name, values in v.items()}
    assert (row["engineer"], row["station"], row["origin"], row["number"]) == (-1, -1, row["town"], 1)
    assert row["expected_travel"] == 40 * MINUTE
    assert CODES["OUTCOMES"][row["outcome"]] == "done"
    assert set(log.engineers["visit"]) == {0}


def test_an_engineer_who_comes_free_in_time_goes_himself(one_engineer: Any, told: Any, clock: Any) -> None:
    """After 50 minutes: the second (08:10) is taken at 09:00; the third (08:11), still waiting at 09:01, is not his.

    One who comes free in the very second in which the time is up goes first.
    """
    faults = [("2018-01-01 08:00", "a"), ("2018-01-01 08:10", "a"), ("2018-01-01 08:11", "a")]
    case, log = told(one_engineer({"after": "50 min"}), faults)
    assert who(log) == [0, 0, CONTRACTOR]
    assert clock(case, log.tickets["assigned"])[1:] == ["Mon 09:00:00", "Mon 09:01:00"]


def test_closed_he_is_called_when_he_opens(one_engineer: Any, told: Any, clock: Any) -> None:
    """Office hours from 08:00: what still waits goes to him then; the second was taken at 07:00."""
    faults = [(f"2018-01-02 0{t}", "a") for t in ("6:00", "6:30", "6:40", "6:50")]
    case, log = told(one_engineer({"after": "20 min", "calendar": "office"}), faults)
    assert who(log) == [0, 0, CONTRACTOR, CONTRACTOR]
    assert clock(case, log.tickets["assigned"]) == ["Tue 06:00:00", "Tue 07:00:00", "Tue 08:00:00", "Tue 08:00:00"]


def test_no_more_visits_at_once_than_he_can_do(one_engineer: Any, told: Any, clock: Any) -> None:
    """Capacity 1, 100 minutes a visit: when he is done the third is gone, and the fourth is next."""
    faults = [(f"2018-01-01 08:{t:02}", "a") for t in (0, 1, 2, 3, 4)]
    case, log = told(one_engineer({"after": "0 s", "capacity": 1}), faults)
    assert who(log) == [0, CONTRACTOR, 0, CONTRACTOR, 0]
    expected = ["Mon 08:00:00", "Mon 08:01:00", "Mon 09:00:00", "Mon 09:41:00", "Mon 10:00:00"]
    assert clock(case, log.tickets["assigned"]) == expected


@pytest.mark.parametrize("what", [{"areas": ["b"]}, {"products": ["q"]}])
def test_only_where_and_what_he_serves(own: Any, line: Any, station: Any, told: Any, what: dict[str, Any]) -> None:
    mode = {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", covers=["a", "b"])},
        products={"p": {"rate": "9 /d"}, "q": {"name": {"en": "Q"}, "rate": "0 /d", "modes": {"m": mode}}},
        dispatch={"contractor": {"arrival": "40 min", **what}},
    )
    _, log = told(scenario, [("2018-01-01 08:00", "a"), ("2018-01-01 08:10", "a"), ("2018-01-01 08:20", "b")])
    assert who(log) == ([0, 0, CONTRACTOR] if "areas" in what else [0, 0, 0])


def test_follow_ups_and_parts_stay_with_the_station(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """The wrong part: he diagnoses, the part comes from b's shelf (it covers c and is the nearest that does), and an
    engineer of b brings it, for all that the contractor would be free."""
    mode = {"part": 1.0, "parts": {"x": 1.0}, "right_part": 0.0, "work": "1 h", "diagnosis": "20 min"}
    scenario = own(
        network=line("a", "b", "c", minutes=30),
        stations={"a": station("a", 1, covers=["a", "c"]), "b": station("b", covers=["b", "c"])},
        products={"p": {"rate": "40 /d", "modes": {"m": mode}}},
        parts={"x": {"name": {"en": "Part"}, "product": "p"}},
        stock={"supplier_lead": "9 d", "levels": [{"station": s, "part": "x", "base_stock": 5} for s in "ab"]},
        dispatch={"contractor": {"arrival": "10 min"}},
    )
    faults = [("2018-01-01 08:00", "a"), ("2018-01-01 08:00", "b"), ("2018-01-01 08:01", "c")]
    case, log = told(scenario, faults)
    k = int(np.flatnonzero(log.tickets["town"] == 2)[0])
    mine = log.visits["ticket"] == k
    assert log.visits["tier"][mine].tolist() == [CONTRACTOR, 0]
    assert [CODES["OUTCOMES"][o] for o in log.visits["outcome"][mine]] == ["part_missing", "done"]
    issued = log.stock["time"] == log.visits["work_end"][mine][0]
    assert log.stock["store"][issued].tolist() == [case.staffing.stations.index("b")]
    assert clock(case, log.visits["work_end"][mine])[0] == "Mon 08:31:00"


def test_planned_work_and_second_visits_are_never_his(one_engineer: Any, endless: Any) -> None:
    scenario = one_engineer(
        {},
        time={"window": "60 d"},
        products={"p": {"rate": "20 /d", "modes": {"m": {"fixed": 0.5, "work": "30 min"}}}},
        planned={"i": {"name": {"en": "I"}, "every_months": 1, "work": "2 h"}},
        demand=endless("a") | {"sites": [{"area": "a", "sites": 30}]},
    )
    v = one(build(scenario), 1, 0).visits
    his = v["engineer"] < 0
    assert his.sum() > 100
    assert set(v["kind"][his]) == {0}
    assert {1, 3} <= set(v["kind"][~his])


def test_where_only_he_comes_is_within_reach(own: Any, line: Any, station: Any) -> None:
    """An island without a road: by the contractor or not at all, and only the first visit."""
    scenario = own(
        network=line("a", "b") | {"roads": []},
        stations={"a": station("a", covers=["a", "b"])},
        products={"p": {"rate": "2 /d"}},
        demand={"installed": [{"area": "b", "product": "p", "units": 1}]},
        time={"window": "20 d"},
        dispatch={"contractor": {"arrival": "5 h", "after": "1 h"}},
    )
    case = build(scenario)
    assert served(case).tolist() == [[True], [True]]
    t = one(case, 1, 0).tickets
    assert t["reachable"].all()
    assert (t["assigned"] - t["ready"] == HOUR)[t["assigned"] >= 0].all()
    assert not served(build(scenario.replace(**{"dispatch.contractor.areas": ["a"]})))[1].any()


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 99), after=st.sampled_from(["0 s", "7 min", "45 min"]), calendar=st.sampled_from(CALENDARS))
def test_nobody_waits_longer_than_the_contractor_is_held_back(
    own: Any, endless: Any, seed: int, after: str, calendar: str
) -> None:
    """Always open and without bound: every fault has somebody ``after`` so long of being ready, at the latest."""
    scenario = own(
        time={"window": "20 d"},
        stations={"a": {"engineers": 2}},
        staff={"calendar": calendar, "out_of_hours": "off"},
        products={"p": {"rate": "30 /d", "modes": {"m": {"work": {"dist": "exponential", "mean": "2 h"}}}}},
        demand=endless("a"),
        dispatch={"contractor": {"after": after, "arrival": {"dist": "exponential", "mean": "1 h"}}},
    )
    case = build(scenario)
    t = one(case, seed, 0).tickets
    wait = np.where(t["assigned"] >= 0, t["assigned"], case.span.horizon) - t["ready"]
    limit = case.model.dispatch.contractor.after
    assert (wait[t["ready"] >= 0] <= limit).all()
    assert (wait[t["contractor"] == 1] == limit).all()
    assert 0 < t["contractor"].sum() < len(t["ticket"])


def test_a_contractor_who_never_opens_changes_nothing(own: Any, endless: Any) -> None:
    base = {"time": {"window": "30 d"}, "products": {"p": {"rate": "20 /d"}}, "demand": endless("a")}
    never = {"never": {"week": {"mon-sun": []}}}
    with_ = {"calendars": never, "dispatch": {"contractor": {"arrival": "1 h", "calendar": "never"}}}
    logs = [one(build(own(**s)), 1, 0) for s in (base, base | with_)]
    assert logs[0].first_difference(logs[1]) == ""
