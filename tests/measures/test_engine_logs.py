"""Laws of the measures on logs that the engine made of the shipped documents."""

from __future__ import annotations

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.measures import tally
from simsvc.measures.clock import PromiseClock
from simsvc.measures.course import course_delays
from simsvc.measures.tickets import ABANDONED, clock_start
from simsvc.scenario.promises import SimPart
from simsvc.workload import draw

DOCUMENTS = ("heating-and-alarm", "hospital-supplies", "archive-digitising", "fertiliser-supply")


@pytest.fixture(scope="module", params=DOCUMENTS)
def made(request):
    case = build(sv.load(request.param).override("time.window", "182 d"))
    return case, run(case, draw(case, 1, 0))


@pytest.mark.parametrize("office_hours", [False, True])
def test_the_delays_of_every_repair_add_up(made, office_hours):
    case, log = made
    t = log.tickets
    rows = np.flatnonzero(t["status"] != ABANDONED)
    end = np.where(t["fixed"] < 0, case.span.horizon, t["fixed"])
    clock = PromiseClock(case.calendars[case.model.staff.calendar] if office_hours else None)
    for start_at in ("reported", "arrived"):
        start = clock_start(t, SimPart(kind="sim", measure="repaired", clock_start=start_at))
        some = rows[(start >= 0)[rows]]
        found = course_delays(case, log, clock, some, start[some], end[some])
        assert (found >= 0).all()
        assert found.sum(axis=1).tolist() == clock.seconds(start, end)[some].tolist()


def test_every_clause_counts_what_it_can(made):
    case, log = made
    found = tally(case, log)
    for count in found.counts.values():
        assert (count.kept <= count.cases + 1e-9).all()
        assert count.reasons.sum(axis=1) == pytest.approx(count.cases - count.kept)
    for sums in found.sums.values():
        assert all(np.isfinite(s.top) and s.bottom >= 0 and s.cases >= 0 for s in sums)
        assert all(s.top <= s.bottom + 1e-9 for s in sums if s.unit == "share")
