"""Planned work by hand: kinds, ranks, windows; reviews of repairs and the rework they lead to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.log import CODES
from simsvc.workload import draw

MINUTE, HOUR, DAY = 60, 3600, 86400
NONE = {"p": {"rate": "0 /d"}}
PLENTY = {"p": {"rate": "40 /d"}}
ONCE = {"name": {"en": "V"}, "every_months": 12, "release": 0.0, "work": "1 h"}
"""Released as the year begins: the first moment of the run."""


def kinds(log: Any, table: str = "jobs") -> list[str]:
    return [CODES["JOB_KINDS"][k] for k in getattr(log, table)["kind"]]


def test_kinds_of_planned_visits(own: Any, told: Any, clock: Any) -> None:
    """Five plans of one site, all released at 08:00 on Monday; behind a fault they are done by their due times."""
    words = ("inspection", "cleaning", "training", "standby", "rework")
    months = (12, 6, 4, 3, 2)
    planned = {k: ONCE | {"kind": k, "every_months": m} for k, m in zip(words, months, strict=True)}
    scenario = own(
        time={"window": "364 d"},
        staff={"calendar": "office"},
        products=PLENTY,
        demand={"sites": [{"area": "a", "sites": 1}]},
        planned=planned,
    )
    case, log = told(scenario, [("2018-01-01 07:00", "a")])
    j = log.jobs
    early = j["released"] < DAY
    done = [kinds(log)[k] for k in np.argsort(j["done"]) if early[k]]
    assert done == ["rework", "standby", "training", "cleaning", "inspection"]
    assert clock(case, np.sort(j["done"][early]))[:2] == ["Mon 10:00:00", "Mon 11:00:00"]
    assert j["plan"][early].tolist() == [words.index(k) for k, e in zip(kinds(log), early, strict=True) if e]
    assert (j["order"] == -1).all()
    assert (j["ticket"] == -1).all()
    # Counted where the window ends in the counted time: one day short of the year, so not the year's.
    ends = [int((j["counted"][j["plan"] == p] == 1).sum()) for p in range(5)]
    assert ends == [0, 1, 2, 3, 5]


def test_faults_go_before_all_planned_work(own: Any, told: Any, clock: Any) -> None:
    """One is in hand; then a fault reported later goes before inspections that have waited longer."""
    scenario = own(
        staff={"calendar": "office"},
        products=PLENTY,
        demand={"sites": [{"area": "a", "sites": 3}]},
        planned={"v": ONCE | {"every_months": 1}},
        time={"window": "31 d"},
    )
    case, log = told(scenario, [("2018-01-01 08:30", "a"), ("2018-01-01 08:50", "a")])
    v = log.visits
    assert kinds(log, "visits") == ["inspection", "fault", "fault", "inspection", "inspection"]
    assert clock(case, v["assigned"]) == [f"Mon {h:02d}:00:00" for h in (8, 9, 10, 11, 12)]
    assert (log.jobs["due"] == 31 * DAY).all()


def test_planned_work_that_would_not_be_reached_waits_for_the_morning(own: Any, told: Any, clock: Any) -> None:
    """Ten hours a day, ten jobs of an hour; the eleventh and twelfth are done on Tuesday."""
    scenario = own(
        time={"window": "31 d"},
        staff={"calendar": "office"},
        products=NONE,
        demand={"sites": [{"area": "a", "sites": 12}]},
        planned={"v": ONCE | {"every_months": 1}},
    )
    case, log = told(scenario)
    assert clock(case, np.sort(log.jobs["done"])[9:]) == ["Mon 18:00:00", "Tue 09:00:00", "Tue 10:00:00"]


def review(**more: Any) -> dict[str, Any]:
    return {"calendar": "office", "after": "12 h", "fail": 1.0, "within": "3 d", "work": "2 h"} | more


def test_a_failed_review_is_dispatched_again(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """Fixed on Friday 16:00: 12 office hours later, Monday the 8th 18:00, it is found wanting; he goes on Tuesday."""
    scenario = own(
        time={"window": "14 d"},
        network=line("a", "b", minutes=30),
        stations={"a": station("a", covers=["a", "b"])},
        staff={"calendar": "office"},
        products=PLENTY,
        review=review(),
    )
    case, log = told(scenario, [("2018-01-05 14:30", "b")])
    assert clock(case, log.tickets["fixed"]) == ["Fri 16:00:00"]
    j = log.jobs
    assert kinds(log) == ["rework"]
    assert (j["ticket"].tolist(), j["plan"].tolist(), j["order"].tolist()) == ([0], [-1], [-1])
    assert clock(case, j["released"]) == ["Mon 18:00:00"]
    assert (j["due"] - j["released"]).tolist() == [3 * DAY]
    assert clock(case, j["arrived"]) == ["Tue 08:30:00"]
    assert clock(case, j["done"]) == ["Tue 10:30:00"]
    assert j["counted"].tolist() == [1]
    assert case.places.ids[j["town"][0]] == "b"
    assert kinds(log, "visits") == ["fault", "rework"]
    assert log.visits["ticket"].tolist() == [0, -1]
    # It is the same ticket's: no new one, and it stays fixed as it was.
    assert len(log.tickets["ticket"]) == 1


def test_every_repair_is_reviewed_and_no_rework(own: Any, endless: Any) -> None:
    """First faults and repeats alike, each once; the rework itself never."""
    mode = {"work": "10 min", "repeat": 0.5, "repeat_after": "1 h"}
    scenario = own(
        products={"p": {"rate": "5 /d", "modes": {"m": mode}}},
        demand=endless("a"),
        review=review(calendar="always", after="0 s"),
    )
    case = build(scenario)
    log = run(case, draw(case, 1, 0))
    t = log.tickets
    assert ((t["parent"] >= 0) & (t["fixed"] >= 0)).sum() > 5
    assert np.sort(log.jobs["ticket"]).tolist() == np.flatnonzero(t["fixed"] >= 0).tolist()
    assert (log.jobs["released"] == t["fixed"][log.jobs["ticket"]]).all()


def test_only_repairs_on_site_are_reviewed(own: Any, told: Any) -> None:
    pool = {"work": "5 min", "shifts": [{"calendar": "always", "agents": 9}]}
    modes = {"m": {"remote": 1.0}}
    scenario = own(remote=pool, products={"p": {"rate": "40 /d", "modes": modes}}, review=review(calendar="always"))
    _, log = told(scenario, [("2018-01-01 08:00", "a")])
    assert CODES["TICKET_STATUS"][log.tickets["status"][0]] == "solved_remotely"
    assert len(log.jobs["job"]) == 0


@pytest.mark.parametrize("fail", [0.0, 0.3])
def test_share_of_reviews_that_fail(own: Any, endless: Any, fail: float) -> None:
    """As often as stated, within 4 standard errors; each fixed ticket at most once; luck of its own."""
    base: dict[str, Any] = {
        "time": {"window": "40 d", "drain": "2 d"},
        "stations": {"a": {"engineers": 40}},
        "products": {"p": {"rate": "50 /d", "modes": {"m": {"work": {"dist": "exponential", "mean": "1 h"}}}}},
        "demand": endless("a"),
    }
    case = build(own(**base, review=review(calendar="always", after="1 h", fail=fail)))
    log = run(case, draw(case, 1, 0))
    fixed = (log.tickets["fixed"] >= 0) & (log.tickets["fixed"] < case.span.end)
    again = log.jobs["ticket"][fixed[log.jobs["ticket"]]]
    assert len(np.unique(again)) == len(again)
    n = int(fixed.sum())
    assert n > 1500
    assert abs(len(again) / n - fail) <= 4 * np.sqrt(fail * (1 - fail) / n)
    plain = run(build(own(**base)), draw(build(own(**base)), 1, 0))
    assert (plain.tickets["reported"] == log.tickets["reported"]).all()
