"""One replication by the compiled engine."""

from __future__ import annotations

from functools import partial
from typing import Any

from numba import config

from simsvc.case import Case
from simsvc.case.arrays import Floats, Ints
from simsvc.engine.collect import collect
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.crew import crew
from simsvc.engine.compiled.facts import facts
from simsvc.engine.compiled.loop import simulate as simulate_cells
from simsvc.engine.compiled.loop import simulate_at
from simsvc.engine.compiled.memory import Rooms, lay_out, raw
from simsvc.engine.compiled.waits import off_duty_waits
from simsvc.log import Log
from simsvc.workload import Workload
from simsvc.workload.compiled import Lazy, draw


def run(case: Case, workload: Workload, lazy: Lazy | None = None, *, states: bool = True) -> Log:
    """Simulate one replication; the log is that of ``engine.reference.run``, row for row.

    Parameters
    ----------
    case : Case
        Places, staff, stocks, rules.
    workload : Workload
        All luck of the replication, from :func:`simsvc.workload.draw`.
    lazy : Lazy, optional
        How to draw the luck of visits, where :func:`simsvc.workload.compiled.draw` has left it undrawn.
    states : bool
        Write down the states of the engineers; without, their table is empty, and a tenth of the time is saved.
    """
    known, who = facts(case), crew(case, workload.absent)
    rooms = Rooms(workload, len(who.home))
    while True:
        memory, floats = lay_out(case, workload, known, who, lazy, rooms)
        event_loop(memory, known.travel, floats)
        if not memory[at.FULL]:
            return collect(case, workload, raw(memory), partial(off_duty_waits, case, who), states=states)
        rooms.grow(int(memory[at.FULL]))


def simulate(case: Case, seed: int, replication: int) -> Log:
    """Draw and simulate one replication; the luck of a visit is drawn when the visit takes place."""
    return run(case, *draw(case, seed, replication))


def event_loop(memory: Ints, travel: Any, floats: Floats) -> None:
    """Run from the first event to the horizon; with bounds checked (``NUMBA_BOUNDSCHECK=1``) through arrays."""
    if config.BOUNDSCHECK:  # type: ignore[attr-defined]
        simulate_cells(memory, travel, floats)
    else:
        simulate_at(memory.ctypes.data, travel.ctypes.data, floats.ctypes.data)
