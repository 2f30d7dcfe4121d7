"""The desk by hand and by law: channels, hanging up, calling back, approval; units that are down don't fail."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine.reference import run
from simsvc.log import CODES, Log
from simsvc.workload import draw

MINUTE, HOUR, DAY = 60, 3600, 86400
ABANDONED, FIXED, SOLVED = (CODES["TICKET_STATUS"].index(s) for s in ("abandoned", "fixed_on_site", "solved_remotely"))
DESK = {"shifts": [{"calendar": "always", "agents": 1}], "work": "10 min"}
LATER = ("triaged", "remote_start", "remote_end", "approved", "ready", "assigned", "arrived", "fixed")


def called(own: Any, **desk: Any) -> sv.Scenario:
    return own(desk=DESK | desk, products={"p": {"rate": "40 /d"}})


def times(case: Case, log: Log, clock: Any, *names: str) -> list[list[str]]:
    return [[text[4:] for text in clock(case, log.tickets[name])] for name in names]


def test_a_live_caller_overtakes_messages(own: Any, told: Any, clock: Any) -> None:
    """One is in hand until 08:10; a message waits since 08:01, a caller since 08:05."""
    faults = [("2018-01-01 08:00", "a"), ("2018-01-01 08:01", "a"), ("2018-01-01 08:05", "a")]
    case, log = told(called(own), faults, calls={"live": [True, False, True]})
    assert times(case, log, clock, "answered") == [["08:00:00", "08:20:00", "08:10:00"]]
    case, log = told(called(own), faults, calls={"live": [False, True, True]})
    assert times(case, log, clock, "answered") == [["08:00:00", "08:10:00", "08:20:00"]]


def test_the_desk_sees_a_message_after_its_lag(own: Any, told: Any, clock: Any) -> None:
    """Sent at 08:00 and seen at 08:30; the call of 08:25 is in hand until 08:35."""
    faults = [("2018-01-01 08:00", "a"), ("2018-01-01 08:25", "a")]
    case, log = told(called(own), faults, calls={"live": [False, True], "lag": [30 * MINUTE, 0]})
    assert times(case, log, clock, "reported", "answered", "triaged") == [
        ["08:00:00", "08:25:00"],
        ["08:35:00", "08:25:00"],
        ["08:45:00", "08:35:00"],
    ]


def test_hanging_up(own: Any, told: Any, clock: Any) -> None:
    """The agent is free again at 08:10: whose patience ends in that second is answered, a second sooner is too soon."""
    faults = [(f"2018-01-01 08:0{k}", "a") for k in range(4)]
    patience = [-1, 5 * MINUTE, 8 * MINUTE, 7 * MINUTE - 1]
    case, log = told(called(own), faults, calls={"patience": patience})
    assert times(case, log, clock, "answered", "abandoned") == [
        ["08:00:00", "", "08:10:00", ""],
        ["", "08:06:00", "", "08:09:59"],
    ]
    t = log.tickets
    lost = t["status"] == ABANDONED
    assert lost.tolist() == [False, True, False, True]
    for name in LATER:
        assert (t[name][lost] == -1).all(), name
    assert (t["visits"][lost] == 0).all()
    study: Any = SimpleNamespace(case=case, logs={0: log})
    story = sv.explain(study, 1)
    assert next(line.what.en for line in story.moments) == "fault reported"
    assert story.time_to_site is None


def test_nobody_is_there_at_night(own: Any, told: Any, clock: Any) -> None:
    """Office hours at the desk: at night callers hang up, messages wait for the morning."""
    scenario = called(own, shifts=[{"calendar": "office", "agents": 1, "pick_up": "30 s"}])
    faults = [
        ("2018-01-02 02:00", "a"),
        ("2018-01-02 03:00", "a"),
        ("2018-01-02 07:58", "a"),
        ("2018-01-02 07:59", "a"),
    ]
    calls = {"live": [False, True, True, True], "patience": [-1, 180, 120, 59]}
    case, log = told(scenario, faults, calls=calls)
    # The shift begins before anyone hangs up in its first second; then ten minutes, and each pick-up on top.
    assert times(case, log, clock, "answered", "abandoned") == [
        ["08:11:00", "", "08:00:30", ""],
        ["", "03:03:00", "", "07:59:59"],
    ]


def test_a_caller_who_hung_up_is_called_back(own: Any, told: Any, clock: Any) -> None:
    """He becomes a message at 08:06: behind the message of 08:02 and every live caller, and keeps his ticket."""
    faults = [(f"2018-01-01 08:0{k}", "a") for k in (0, 1, 2, 8)]
    calls = {
        "live": [True, True, False, True],
        "patience": [-1, 5 * MINUTE, -1, 30 * MINUTE],
        "called_back": [True, True, True, True],
    }
    case, log = told(called(own), faults, calls=calls)
    assert times(case, log, clock, "reported", "abandoned", "answered", "triaged") == [
        ["08:00:00", "08:01:00", "08:02:00", "08:08:00"],
        ["", "08:06:00", "", ""],
        ["08:00:00", "08:30:00", "08:20:00", "08:10:00"],
        ["08:10:00", "08:40:00", "08:30:00", "08:20:00"],
    ]
    assert (log.tickets["status"] == FIXED).all()


@pytest.mark.parametrize(("hours", "ready"), [(4, "Mon 10:30:00"), (1.5, "Fri 18:00:00"), (0, "Fri 16:30:00")])
def test_approval_runs_in_the_open_hours_of_sales(own: Any, told: Any, clock: Any, hours: float, ready: str) -> None:
    """Handed on at 16:30 on a Friday; 1.5 h are left that day, the rest follows on Monday."""
    scenario = own(
        time={"window": "14 d"},
        dispatch={"decision": "30 min", "approval": {"calendar": "office", "time": "4 h"}},
        products={"p": {"rate": "40 /d"}},
    )
    faults = [("2018-01-05 16:00", "a"), ("2018-01-05 16:00", "a")]
    calls = {"in_contract": [False, True], "approval": [int(hours * HOUR), 0]}
    case, log = told(scenario, faults, calls=calls)
    t = log.tickets
    assert clock(case, t["ready"]) == [ready, "Fri 16:30:00"]
    assert clock(case, t["approved"]) == [ready, ""]
    assert t["in_contract"].tolist() == [0, 1]


def test_what_remote_help_solves_needs_no_approval(own: Any, told: Any) -> None:
    scenario = own(
        remote={"shifts": [{"calendar": "always", "agents": 1}], "work": "10 min"},
        dispatch={"approval": {"calendar": "office", "time": "4 h"}},
        products={"p": {"rate": "40 /d", "in_contract": 0.0, "modes": {"m": {"remote": 1.0}}}},
    )
    _, log = told(scenario, [("2018-01-01 08:00", "a")])
    assert log.tickets["status"].tolist() == [SOLVED]
    assert log.tickets["approved"].tolist() == [-1]


def test_without_an_approval_rule_faults_outside_contract_go_on_at_once(own: Any, told: Any) -> None:
    scenario = own(products={"p": {"rate": "40 /d", "in_contract": 0.0}})
    _, log = told(scenario, [("2018-01-01 08:00", "a")])
    assert log.tickets["in_contract"].tolist() == [0]
    assert log.tickets["approved"].tolist() == [-1]
    assert log.tickets["ready"].tolist() == log.tickets["reported"].tolist()


def test_a_unit_that_is_down_does_not_fail(own: Any, told: Any, clock: Any) -> None:
    """Repaired from 08:00 to 09:00: its fault at 08:59:59 does not happen, that of 09:00:00 does; so do others'."""
    moments = ("08:00", "08:30", "08:59:59", "09:00")
    scenario = own(stations={"a": {"engineers": 2}}, products={"p": {"rate": "40 /d"}})
    case, log = told(scenario, [(f"2018-01-01 {m}", "a") for m in moments], calls={"unit": [0, 1, 0, 0]})
    assert times(case, log, clock, "reported", "fixed") == [
        ["08:00:00", "08:30:00", "09:00:00"],
        ["09:00:00", "09:30:00", "10:00:00"],
    ]
    assert log.tickets["unit"].tolist() == [0, 1, 0]


def test_the_unit_of_a_lost_caller_may_fail_again(own: Any, told: Any, clock: Any) -> None:
    faults = [(f"2018-01-01 08:0{k}", "a") for k in (0, 1, 2, 4)]
    calls = {"unit": [0, 1, 1, 1], "patience": [-1, 2 * MINUTE, -1, -1]}
    case, log = told(called(own), faults, calls=calls)
    assert times(case, log, clock, "reported", "abandoned") == [
        ["08:00:00", "08:01:00", "08:04:00"],
        ["", "08:03:00", ""],
    ]


def overlaps(log: Log) -> int:
    """Tickets reported while an earlier one of the same unit was open."""
    t = log.tickets
    closed = np.where(t["status"] == ABANDONED, t["abandoned"], t["fixed"])
    until = np.where(closed < 0, np.iinfo(np.int64).max, closed)
    order = np.lexsort((t["reported"], t["unit"], t["product"], t["area"]))
    same = np.ones(len(order) - 1, np.bool_)
    for name in ("area", "product", "unit"):
        same &= np.diff(t[name][order]) == 0
    return int((same & (t["reported"][order][1:] < until[order][:-1])).sum())


def test_where_no_unit_fails_twice_at_once_nothing_changes(own: Any, endless: Any) -> None:
    """Every fault on a unit of its own gives the same log, but for the number of the unit."""
    mode = {"name": {"en": "M"}, "share": 1.0, "work": "2 h", "repeat": 0.3, "repeat_after": "5 h", "fixed": 0.5}
    scenario = own(desk=DESK, products={"p": {"rate": "9 /d", "modes": {"m": mode}}}, demand=endless("a"))
    case = build(scenario)
    luck = draw(case, 1, 0)
    log = run(case, luck)
    luck.calls.unit[:] = np.arange(len(luck.calls.unit))
    alone = run(case, luck)
    log.tickets["unit"][:] = alone.tickets["unit"]
    assert len(log.tickets["ticket"]) > 50
    assert log.first_difference(alone) == ""


DURATIONS = st.sampled_from(["0 s", "1 min", "7 min", {"dist": "exponential", "mean": "10 min"}])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 9),
    work=DURATIONS,
    patience=DURATIONS,
    lag=DURATIONS,
    call_back=st.sampled_from([0.0, 0.5, 1.0]),
    calendar=st.sampled_from(["always", "office"]),
    agents=st.integers(1, 3),
)
def test_laws_of_the_desk(
    own: Any, seed: int, work: Any, patience: Any, lag: Any, call_back: float, calendar: str, agents: int
) -> None:
    mode = {"name": {"en": "M"}, "share": 1.0, "work": "20 min"}
    scenario = own(
        time={"window": "3 d", "drain": "0 s"},
        stations={"a": {"engineers": 3}},
        desk={
            "shifts": [{"calendar": calendar, "agents": agents}],
            "work": work,
            "patience": patience,
            "call_back": call_back,
            "channels": {
                "phone": {"name": {"en": "Phone"}, "share": 2.0},
                "mail": {"name": {"en": "Mail"}, "share": 1.0, "live": False, "lag": lag},
            },
        },
        products={"p": {"rate": "9 /d", "modes": {"m": mode, "n": mode | {"priority": 0}}}},
        demand={"installed": [{"area": "a", "product": "p", "units": 20}]},
    )
    case = build(scenario)
    luck = draw(case, seed, 0)
    t = run(case, luck).tickets
    row = np.array([np.flatnonzero(luck.faults.key == key)[0] for key in t["key"]])
    calls, live, left, turned = luck.calls, t["channel"] == 0, t["abandoned"] >= 0, t["answered"] >= 0
    assert (live == calls.live[row]).all()
    wait = t["answered"] - t["reported"]
    caller = live & ~left
    # Who does not hang up is answered within his patience; who does, does so when it is over.
    assert (wait <= calls.patience[row])[caller & turned].all()
    assert (t["abandoned"] - t["reported"] == calls.patience[row])[left].all()
    assert live[left].all()
    assert ((t["status"] == ABANDONED) == (left & ~calls.called_back[row])).all()
    assert (~turned)[t["status"] == ABANDONED].all()
    assert (t["answered"] > t["abandoned"])[left & turned].all()
    # Nobody is served before he is seen, nor by more agents than there are.
    seen = np.where(left, t["abandoned"], t["reported"] + calls.lag[row])
    assert (t["answered"] >= seen)[turned].all()
    begun, done = t["answered"][turned], np.where(t["triaged"] < 0, case.span.horizon, t["triaged"])[turned]
    for moment in begun:
        assert ((begun <= moment) & (done > moment)).sum() <= agents
        assert case.calendars[calendar].is_open(int(moment))
    # Who is taken has nobody before him in the queue: live callers, then priority, then who came first.
    rank = np.where(live & ~left, 0, 10) + t["priority"]
    gone = np.where(turned, t["answered"], case.span.horizon)
    for k in np.flatnonzero(turned & (t["answered"] > seen)):
        others = (seen < t["answered"][k]) & (gone > t["answered"][k]) & (t["status"] != ABANDONED)
        first = (rank < rank[k]) | ((rank == rank[k]) & (seen < seen[k]))
        assert not (others & first).any()
    # While somebody waits all agents are at work.
    for k in np.flatnonzero(gone - seen > 1):
        moment = (int(seen[k]) + int(gone[k])) // 2
        if t["status"][k] != ABANDONED and case.calendars[calendar].is_open(moment):
            assert ((begun <= moment) & (done > moment)).sum() >= agents


@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 99), repeat=st.sampled_from([0.0, 0.6]), units=st.integers(1, 4))
@example(seed=0, repeat=0.6, units=1)
def test_a_unit_has_one_open_ticket_at_most(own: Any, seed: int, repeat: float, units: int) -> None:
    """Repeats too that fall due while the unit is down again do not happen."""
    mode = {"name": {"en": "M"}, "share": 1.0, "work": "5 h", "repeat": repeat, "repeat_after": "6 h"}
    scenario = own(
        time={"window": "20 d"},
        products={"p": {"rate": "1 /d", "modes": {"m": mode}}},
        demand={"installed": [{"area": "a", "product": "p", "units": units}]},
    )
    case = build(scenario)
    luck = draw(case, seed, 0)
    log = run(case, luck)
    t = log.tickets
    assert overlaps(log) == 0
    assert (t["unit"] < units).all()
    again = t["parent"] >= 0
    assert (t["unit"][again] == t["unit"][t["parent"][again]]).all()
    luck.calls.unit[:] = np.arange(len(luck.calls.unit))
    endless = len(run(case, luck).tickets["ticket"])
    assert len(t["ticket"]) <= endless
    assert (seed, repeat, units) != (0, 0.6, 1) or len(t["ticket"]) < endless
