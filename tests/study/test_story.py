"""The story of a ticket: every moment that the log knows is told, in order, in both languages."""

from __future__ import annotations

import pytest

from simsvc.case import build
from simsvc.log import CODES
from simsvc.scenario import from_dict
from simsvc.study.story import lines
from tests.tiny import Tiny

STATUS = {name: k for k, name in enumerate(CODES["TICKET_STATUS"])}
KIND = {name: k for k, name in enumerate(CODES["JOB_KINDS"])}
OUTCOME = {name: k for k, name in enumerate(CODES["OUTCOMES"])}


@pytest.fixture(scope="module")
def case():
    raw = Tiny.raw()
    raw["desk"]["channels"] = {"chat": {"name": {"en": "Chat", "zh": "在线"}, "share": 1.0}}
    raw["repairs"] = {"maker": {"name": {"en": "To the maker", "zh": "返厂"}, "turnaround": "5 d"}}
    pool = {"name": {"en": "Printers to lend", "zh": "备用打印机"}, "products": ["printer"], "at": {"port": 1}}
    raw["loaners"] = {"pool": pool}
    return build(from_dict(raw))


def told(case, tiny, ticket, visits=(), jobs=(), language="en"):
    log = tiny.log(
        tickets=[{"mode": 0, "in_contract": 1, "loaner": -1, "route": -1, **ticket}], visits=visits, jobs=jobs
    )
    return [(second, what[language]) for second, what in lines(case, log, 0)]


def visit(number, start, outcome, kind="follow_up", engineer=0, **more):
    """A visit of an hour's drive and an hour's work."""
    moments = {"assigned": start, "departed": start, "arrived": start + 3600, "work_end": start + 7200}
    row = {"kind": KIND[kind], "ticket": 0, "job": -1, "number": number, "engineer": engineer, "town": 2}
    return row | moments | {"outcome": OUTCOME[outcome], "expected_travel": 3600} | more


def test_from_the_chat_to_the_maker_and_back(case, tiny):
    """Hung up and called back, approved, too hard, sent to the maker, bridged by a stand-in, repaired, reviewed."""
    moments = {
        "reported": 0, "channel": 0, "abandoned": 60, "answered": 300, "triaged": 600, "remote_start": 600,
        "remote_end": 900, "approved": 4000, "ready": 4000, "assigned": 4000, "arrived": 7600, "expert_start": 12000,
        "expert_end": 13000, "route": 0, "sent": 21200, "loaner_asked": 21200, "loaner": 0, "loaner_placed": 29200,
        "back": 90000, "fixed": 97200, "status": STATUS["fixed_on_site"], "stops_work": 1, "in_contract": 0,
    }  # fmt: skip
    visits = [
        visit(1, 4000, "too_hard", "fault"),
        visit(2, 14000, "sent_away"),
        visit(3, 22000, "done", "loaner", engineer=1),
        visit(4, 90000, "done", via=1),
        visit(1, 200000, "done", "rework", engineer=2, ticket=-1) | {"job": 0},
    ]
    jobs = [{"kind": KIND["rework"], "ticket": 0, "released": 180000, "plan": -1, "order": -1}]
    said = told(case, tiny, moments, visits, jobs)
    assert [second for second, _ in said] == sorted(second for second, _ in said)
    assert [what for _, what in said] == [
        "fault reported (Chat)",
        "the caller hangs up and will be called back",
        "a person calls back",
        "the desk has taken the call",
        "a technician begins remote help",
        "remote help fails: somebody must go",
        "sales approve it (outside contract)",
        "handed to dispatch",
        "port-1 is sent (visit 1), from Port; expected drive 60 min",
        "port-1 is on site in Hill",
        "work ends with the fault going to the third level",
        "the third level begins",
        "the third level has found the way",
        "port-1 is sent (visit 2), from Port; expected drive 60 min",
        "port-1 is on site in Hill",
        "work ends with the unit going to repair",
        "the unit leaves for repair: To the maker",
        "a stand-in is asked for: Printers to lend",
        "port-2 is sent with a stand-in, from Port; expected drive 60 min",
        "port-2 is on site in Hill",
        "work done",
        "the stand-in is in place",
        "the unit is back at the station, repaired",
        "port-1 is sent (visit 4), from Port by way of Farm; expected drive 60 min",
        "port-1 is on site in Hill",
        "work done",
        "works again: closed",
        "the review finds the repair wanting: to be done again",
        "hill-1 is sent for rework, from Port; expected drive 60 min",
        "hill-1 is on site in Hill",
        "work done",
    ]
    chinese = told(case, tiny, moments, visits, jobs, "zh")
    assert [second for second, _ in chinese] == [second for second, _ in said]
    assert "申请备用机：备用打印机" in [what for _, what in chinese]
    assert not any(what.isascii() for _, what in chinese)


def test_a_caller_who_is_lost(case, tiny):
    lost = {"reported": 0, "abandoned": 90, "status": STATUS["abandoned"]}
    assert told(case, tiny, lost)[-1] == (90, "the caller hangs up and is lost")


def test_the_contractor_comes_without_a_name(case, tiny):
    rows = [visit(1, 4000, "done", "fault", engineer=-1, origin=2)]
    moments = {"reported": 0, "answered": 0, "ready": 0, "fixed": 11200, "status": STATUS["fixed_on_site"]}
    said = [what for _, what in told(case, tiny, moments, rows)]
    assert said[3:6] == [
        "the contractor is called (visit 1), expected in 60 min",
        "the contractor is on site in Hill",
        "work done",
    ]


@pytest.mark.parametrize(
    ("ticket", "last"),
    [
        ({"status": STATUS["replaced"]}, "a new unit works: closed"),
        ({"status": STATUS["replaced"], "scrapped": 1, "back": 500}, "a new unit works: closed"),
        (
            {"status": STATUS["replaced"], "scrapped": 1, "back": 900, "loaner": 0},
            "the stand-in stays for good: closed",
        ),
        ({"status": STATUS["fixed_on_site"], "substitute": 1}, "works again, with a substitute part: closed"),
    ],
)
def test_how_it_ends(case, tiny, ticket, last):
    assert told(case, tiny, {"reported": 0, "fixed": 900} | ticket)[-1] == (900, last)


def test_no_stand_in_left_and_nothing_worth_repair(case, tiny):
    ticket = {"reported": 0, "route": 0, "sent": 100, "loaner_asked": 100, "back": 900, "scrapped": 1}
    said = [what for _, what in told(case, tiny, ticket)]
    assert "a stand-in is asked for, and no station has one" in said
    assert said[-1] == "the unit is not worth repair: scrapped"


def test_only_the_first_trip_was_held_up(case, tiny):
    rows = [visit(1, 0, "not_fixed", "fault", departed=60), visit(1, 9000, "done", "loaner"), visit(2, 20000, "done")]
    said = [what for _, what in told(case, tiny, {"reported": 0, "held": 600, "ready": 0}, rows)]
    assert [what for what in said if "held up" in what] == ["port-1 is held up by closed roads for 10 min in all"]
