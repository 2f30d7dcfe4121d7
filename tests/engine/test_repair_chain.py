"""The repair chain worked out by hand: third level, workshop, stand-ins, new units, substitutes, parts from next door.

One station at a, faults at b, half an hour away; the work takes an hour where a visit can repair, the diagnosis 20
minutes where it can't.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.log import CODES
from simsvc.workload import draw

HOUR, DAY = 3600, 86400
MODE = {"work": "1 h", "diagnosis": "20 min"}
WORKSHOP = {"name": {"en": "Workshop"}, "turnaround": "2 d"}
POOL = {"name": {"en": "Stand-ins"}, "products": ["p"], "at": {"a": 1}, "placing": "10 min"}
PART = {"name": {"en": "Part"}, "product": "p"}


@pytest.fixture(scope="session")
def chain(own: Any, line: Any, station: Any) -> Any:
    """``chain(mode={…}, product={…}, **tables)``: the scenario described above."""

    def make(
        mode: dict[str, Any], product: dict[str, Any] | None = None, engineers: int = 1, **tables: Any
    ) -> sv.Scenario:
        return own(
            **{
                "time": {"drain": "30 d"},
                "network": line("a", "b", minutes=30),
                "stations": {"a": station("a", engineers, covers=["b"])},
                "products": {"p": {"rate": "40 /d", "modes": {"m": MODE | mode}, **(product or {})}},
                "demand": {"installed": [{"area": "b", "product": "p", "units": 1}]},
            }
            | tables
        )

    return make


def outcomes(log: Any) -> list[str]:
    return [CODES["OUTCOMES"][k] for k in log.visits["outcome"]]


def kinds(log: Any) -> list[str]:
    return [CODES["JOB_KINDS"][k] for k in log.visits["kind"]]


def status(log: Any) -> list[str]:
    return [CODES["TICKET_STATUS"][k] for k in log.tickets["status"]]


def test_a_unit_goes_to_the_workshop_and_is_swapped_back(chain: Any, told: Any, clock: Any) -> None:
    """No part is asked for on site, and the visit that brings the unit back always repairs."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"post": 1.0}, "fixed": 0.0},
        repairs={"own": WORKSHOP, "post": WORKSHOP | {"turnaround": "3 d"}},
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b")])
    t, v = log.tickets, log.visits
    assert (outcomes(log), status(log)) == (["sent_away", "done"], ["fixed_on_site"])
    assert clock(case, v["work_end"])[0] == "Mon 09:50:00"
    assert clock(case, t["sent"]) == ["Mon 09:50:00"]
    assert clock(case, t["back"]) == clock(case, v["ready"][1:]) == ["Thu 09:50:00"]
    # He is at the station where the unit lies: straight to the site, and a visit's work.
    assert clock(case, t["fixed"]) == ["Thu 11:20:00"]
    assert (t["route"][0], t["scrapped"][0], t["loaner_asked"][0]) == (1, 0, -1)
    assert clock(case, t["arrived"]) == ["Mon 09:30:00"]


def test_the_repaired_unit_is_fetched_at_the_station(chain: Any, told: Any, clock: Any) -> None:
    """The unit is back five minutes after he left b, where he still counts as being: to the station and out again."""
    scenario = chain({"workshop": 1.0, "routes": {"own": 1.0}}, repairs={"own": WORKSHOP | {"turnaround": "5 min"}})
    case, log = told(scenario, [("2018-01-01 09:00", "b")])
    assert clock(case, log.visits["assigned"]) == ["Mon 09:00:00", "Mon 09:55:00"]
    assert log.visits["expected_travel"].tolist() == [30 * 60, 60 * 60]
    assert clock(case, log.tickets["fixed"]) == ["Mon 11:55:00"]


def test_a_part_that_was_brought_goes_with_the_unit(chain: Any, told: Any) -> None:
    """The remote diagnosis named a part: it is taken, and not asked for again."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}, "part": 1.0, "parts": {"x": 1.0}},
        repairs={"own": WORKSHOP},
        parts={"x": PART},
        stock={"levels": [{"station": "a", "part": "x", "base_stock": 0}], "supplier_lead": "10 d"},
    )
    _, log = told(scenario, [("2018-01-01 09:00", "b")])
    assert outcomes(log) == ["sent_away", "done"]
    assert [CODES["STOCK_EVENTS"][k] for k in log.stock["event"]] == ["backorder", "receipt"]
    assert log.tickets["part_wait"][0] == 0
    assert log.visits["brought"].tolist() == [0, 1]


def test_a_stand_in_he_has_with_him(chain: Any, told: Any, clock: Any) -> None:
    """In place as the visit ends; the second user goes without; the piece is back when the first unit is."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}},
        repairs={"own": WORKSHOP},
        loaners={"l": POOL | {"brought": 1.0}},
    )
    faults = [("2018-01-01 09:00", "b"), ("2018-01-02 09:00", "b"), ("2018-01-03 12:00", "b")]
    case, log = told(scenario, faults)
    t = log.tickets
    assert clock(case, t["loaner_asked"]) == ["Mon 09:50:00", "Tue 09:50:00", "Wed 12:50:00"]
    assert clock(case, t["loaner_placed"]) == ["Mon 09:50:00", "", "Wed 12:50:00"]
    assert t["loaner"].tolist() == [0, -1, 0]
    assert clock(case, t["fixed"])[0] == "Wed 11:20:00"
    assert "loaner" not in kinds(log)


def test_a_stand_in_by_its_own_visit(chain: Any, told: Any, clock: Any) -> None:
    """It lies at the station: half an hour there, half an hour out, access and placing, while the repair goes on."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}},
        repairs={"own": WORKSHOP},
        loaners={"l": POOL},
        staff={"site_access": "5 min"},
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b")])
    t, v = log.tickets, log.visits
    assert kinds(log) == ["fault", "loaner", "follow_up"]
    assert outcomes(log) == ["sent_away", "done", "done"]
    assert clock(case, v["arrived"]) == ["Mon 09:30:00", "Mon 10:55:00", "Wed 10:25:00"]
    assert clock(case, v["work_end"]) == ["Mon 09:55:00", "Mon 11:10:00", "Wed 11:30:00"]
    assert clock(case, t["loaner_placed"]) == ["Mon 11:10:00"]
    # It is a visit to the ticket, and counts as none of its repair.
    assert v["ticket"].tolist() == [0, 0, 0]
    assert v["job"].tolist() == [-1, -1, -1]
    assert t["visits"].tolist() == [2]


def test_a_stand_in_from_the_next_station(chain: Any, told: Any, clock: Any, line: Any, station: Any) -> None:
    """c is half an hour from a, d an hour; both have one: it comes from c in 4 hours, and then has to be brought."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}},
        repairs={"own": WORKSHOP},
        network=line("d", "c", "a", "b", minutes=30),
        stations={"a": station("a", covers=["b"]), "d": station("d"), "c": station("c")},
        loaners={"l": POOL | {"at": {"c": 1, "d": 1}, "brought": 1.0, "transfer": "4 h"}},
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b")])
    assert clock(case, log.visits["ready"]) == ["Mon 09:00:00", "Mon 13:50:00", "Wed 09:50:00"]
    assert clock(case, log.tickets["loaner_placed"]) == ["Mon 14:30:00"]


def test_a_stand_in_no_longer_wanted(chain: Any, told: Any, clock: Any, station: Any) -> None:
    """The repaired unit is back before anybody has time for the stand-in: the visit is not made, the piece is free.

    The second fault goes before every follow-up, and among these the stand-in's due time is the later one.
    """
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}},
        repairs={"own": WORKSHOP | {"turnaround": "10 min"}},
        loaners={"l": POOL | {"threshold": "5 d"}},
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b"), ("2018-01-01 09:10", "b")])
    t = log.tickets
    assert clock(case, t["loaner_asked"]) == ["Mon 09:50:00", "Mon 10:10:00"]
    assert t["loaner"].tolist() == [0, -1]
    assert kinds(log) == ["fault", "fault", "follow_up", "follow_up"]
    assert t["loaner_placed"].tolist() == [-1, -1]


def test_a_stand_in_not_yet_there_when_the_unit_is_repaired(
    chain: Any, told: Any, line: Any, station: Any, clock: Any
) -> None:
    """c's piece is free for others as soon as the unit works, and nobody sets out with it."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}},
        repairs={"own": WORKSHOP | {"turnaround": "5 min"}},
        network=line("c", "a", "b", minutes=30),
        stations={"a": station("a", covers=["b"]), "c": station("c")},
        loaners={"l": POOL | {"at": {"c": 1}, "transfer": "4 h"}},
    )
    faults = [("2018-01-01 09:00", "b"), ("2018-01-01 12:00", "b")]
    case, log = told(scenario, faults)
    assert clock(case, log.tickets["fixed"])[0] == "Mon 11:55:00"
    assert kinds(log) == ["fault", "follow_up"] * 2
    assert log.tickets["loaner"].tolist() == [0, 0]


def test_a_stand_in_under_way_when_the_unit_is_repaired(chain: Any, told: Any, clock: Any) -> None:
    """The visit goes on, nothing is put in place, and the piece is free again from its end on."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}},
        repairs={"own": WORKSHOP | {"turnaround": "10 min"}},
        loaners={"l": POOL | {"placing": "3 h"}},
        engineers=2,
    )
    faults = [("2018-01-01 09:00", "b"), ("2018-01-01 12:20", "b"), ("2018-01-01 18:00", "b")]
    case, log = told(scenario, faults)
    t, v = log.tickets, log.visits
    assert kinds(log)[:3] == ["fault", "loaner", "follow_up"]
    assert clock(case, t["fixed"])[0] == "Mon 12:00:00"
    assert clock(case, v["work_end"])[1] == "Mon 13:20:00"
    assert t["loaner_placed"][0] == -1
    # Asked for at 13:10 in vain, in the evening not.
    assert clock(case, t["loaner_asked"])[1:] == ["Mon 13:10:00", "Mon 18:50:00"]
    assert t["loaner"].tolist() == [0, -1, 0]


def test_a_scrapped_units_stand_in_stays(chain: Any, told: Any, clock: Any) -> None:
    """The ticket ends as the unit is found to be scrap; the pool has another a day later."""
    scenario = chain(
        {"workshop": 1.0, "routes": {"own": 1.0}},
        product={"replacement": "5 d"},
        repairs={"own": WORKSHOP | {"scrap": 1.0}},
        loaners={"l": POOL | {"brought": 1.0, "renewal": "1 d"}},
    )
    faults = [
        ("2018-01-01 09:00", "b"),
        ("2018-01-04 09:00", "b"),
        ("2018-01-04 12:00", "b"),
        ("2018-01-04 15:00", "b"),
    ]
    case, log = told(scenario, faults)
    t = log.tickets
    assert t["scrapped"].tolist() == [1] * 4
    assert clock(case, t["back"])[0] == clock(case, t["fixed"])[0] == "Wed 09:50:00"
    # The pool has one again on Thursday at 09:50, too late for the visit that ends in that second.
    assert t["loaner"].tolist() == [0, -1, 0, -1]
    assert clock(case, t["fixed"])[2] == clock(case, t["back"])[2]
    # Without one a new unit comes five days later, and a visit brings it.
    assert (t["fixed"] - t["back"])[[1, 3]].tolist() == [5 * DAY + 90 * 60] * 2
    assert status(log) == ["replaced"] * 4
    assert t["visits"].tolist() == [1, 2, 1, 2]


def test_after_two_failed_repairs_a_new_unit(chain: Any, told: Any, clock: Any) -> None:
    """The third visit brings it and always repairs; failed visits that are a mere wait for a part don't count."""
    scenario = chain({"fixed": 0.0}, product={"replace_after": 2, "replacement": "1 d"})
    case, log = told(scenario, [("2018-01-01 09:00", "b")])
    assert outcomes(log) == ["not_fixed", "not_fixed", "done"]
    assert (status(log), log.tickets["failed"].tolist()) == (["replaced"], [2])
    assert clock(case, log.visits["work_end"]) == ["Mon 10:30:00", "Mon 11:30:00", "Tue 13:00:00"]


def test_a_repair_that_does_not_last_has_failed(own: Any, endless: Any) -> None:
    """Every repair is followed by a repeat: the second repeat's unit is replaced, and the third never happens."""
    mode = MODE | {"repeat": 1.0, "repeat_after": "1 h"}
    products = {"p": {"rate": "1 /d", "replace_after": 2, "replacement": "3 h", "modes": {"m": mode}}}
    case = build(own(products=products, time={"window": "28 d", "drain": "7 d"}, demand=endless("a")))
    log = run(case, draw(case, 1, 0))
    t, v = log.tickets, log.visits
    first = np.flatnonzero((t["parent"] < 0) & (t["counted"] == 1))
    assert len(first) > 10
    for k in first:
        one = int(np.flatnonzero(t["parent"] == k)[0])
        two = int(np.flatnonzero(t["parent"] == one)[0])
        assert not (t["parent"] == two).any()
        assert [status(log)[i] for i in (k, one, two)] == ["fixed_on_site", "fixed_on_site", "replaced"]
        assert t["failed"][[k, one, two]].tolist() == [0, 1, 2]
        # The visit that finds it broken again diagnoses; the other brings the new unit.
        mine = np.flatnonzero(v["ticket"] == two)
        assert [outcomes(log)[i] for i in mine] == ["not_fixed", "done"]
        assert (v["work_end"] - v["work_start"])[mine].tolist() == [20 * 60, HOUR]


def test_too_hard_for_the_first_visit(chain: Any, told: Any, clock: Any) -> None:
    """The expert begins at 13:00, with 10 minutes' pick-up, and names the part, which then has to come."""
    scenario = chain(
        {"expert": 1.0, "part": 1.0, "parts": {"x": 1.0}, "right_part": 0.0},
        calendars={"late": {"week": {"mon-sun": ["13:00-18:00"]}}},
        experts={"shifts": [{"calendar": "late", "agents": 1, "pick_up": "10 min"}], "work": "2 h"},
        parts={"x": PART},
        stock={"supplier_lead": "1 d"},
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b")])
    t = log.tickets
    assert outcomes(log) == ["too_hard", "done"]
    assert clock(case, t["expert_start"]) == ["Mon 13:10:00"]
    assert clock(case, t["expert_end"]) == ["Mon 15:10:00"]
    assert clock(case, log.visits["ready"]) == ["Mon 09:00:00", "Tue 15:10:00"]
    assert t["part_wait"].tolist() == [DAY]
    assert clock(case, t["fixed"]) == ["Tue 16:40:00"]


def test_one_expert_and_units_that_must_leave_anyway(chain: Any, told: Any, clock: Any) -> None:
    """The second waits until the first is done; no part is asked for, since neither is repaired on site."""
    scenario = chain(
        {"expert": 1.0, "workshop": 1.0, "routes": {"own": 1.0}, "part": 1.0, "parts": {"x": 1.0}, "right_part": 0.0},
        experts={"shifts": [{"calendar": "always", "agents": 1}], "work": "2 h"},
        repairs={"own": WORKSHOP},
        parts={"x": PART},
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b"), ("2018-01-01 09:00", "b")])
    assert sorted(outcomes(log)) == ["done"] * 2 + ["sent_away"] * 2 + ["too_hard"] * 2
    t = log.tickets
    assert clock(case, t["expert_start"]) == ["Mon 09:50:00", "Mon 11:50:00"]
    assert clock(case, t["expert_end"]) == ["Mon 11:50:00", "Mon 13:50:00"]
    assert log.stock["time"].tolist() == []


def test_a_substitute_is_taken_where_there_is_none(chain: Any, told: Any) -> None:
    """One of each: the first takes the part, the second its substitute, the third waits for the part."""
    scenario = chain(
        {"part": 1.0, "parts": {"x": 1.0}},
        parts={"x": PART | {"substitute": "y"}, "y": PART},
        stock={
            "levels": [{"station": "a", "part": p, "base_stock": 1} for p in ("x", "y")],
            "supplier_lead": "5 d",
        },
    )
    _, log = told(scenario, [(f"2018-01-01 {h:02}:00", "b") for h in (6, 9, 12)])
    t, s = log.tickets, log.stock
    assert t["substitute"].tolist() == [0, 1, 0]
    moves = [(int(p), CODES["STOCK_EVENTS"][e]) for p, e in zip(s["part"], s["event"], strict=True)]
    assert moves == [
        (0, "issue"), (1, "issue"), (0, "backorder"), (0, "receipt"), (1, "receipt"), (0, "receipt"),
    ]  # fmt: skip
    assert log.visits["brought"].tolist() == [1, 1, 0, 1]


def test_a_part_from_the_next_station(chain: Any, told: Any, clock: Any, line: Any, station: Any) -> None:
    """c is 30 minutes from a and has one, d is too far: it is at a 50 minutes after it was asked for."""
    scenario = chain(
        {"part": 1.0, "parts": {"x": 1.0}, "right_part": 0.0},
        network=line("d", "c", "a", "b", minutes=30),
        stations={"a": station("a", covers=["b"]), "d": station("d"), "c": station("c")},
        parts={"x": PART},
        stock={
            "levels": [{"station": s, "part": "x", "base_stock": 1} for s in ("c", "d")],
            "supplier_lead": "5 d",
            "lateral": {"within": "30 min", "handling": "20 min"},
        },
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b"), ("2018-01-02 09:00", "b")])
    t, s = log.tickets, log.stock
    names = case.staffing.stations
    moves = [(names[k], CODES["STOCK_EVENTS"][e]) for k, e in zip(s["store"], s["event"], strict=True)]
    assert moves == [("c", "lateral"), ("a", "backorder"), ("c", "receipt"), ("a", "receipt")]
    assert s["on_order"].tolist() == [1, 1, 0, 0]
    assert t["part_wait"].tolist() == [50 * 60, 5 * DAY]
    assert clock(case, log.visits["ready"])[1] == "Mon 10:40:00"
    # From b home and out again, at home long before.
    assert clock(case, t["fixed"])[0] == "Mon 12:10:00"
