"""How busy each engineer is, in one pass over the diary; as ``measures.staff``."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.kernels import kernel
from simsvc.log import Log
from simsvc.measures.compiled.clock import seconds
from simsvc.measures.compiled.columns import Diary, Made, columns
from simsvc.measures.compiled.ground import Ground, ground
from simsvc.measures.staff import Usage


def usage(case: Case, log: Log) -> Usage:
    """As ``staff.usage``."""
    count, office = len(case.staffing.engineers), case.calendars[case.model.staff.calendar]
    diary, made = columns(Diary, log.engineers), columns(Made, log.visits)
    found = _usage(ground(case), diary, made, count).astype(np.float64)
    duty = float(office.open_seconds(case.span.start, case.span.end))
    return Usage(duty=np.full(count, duty), busy=found[0], overtime=found[1], visits=found[2])


@kernel
def _usage(g: Ground, diary: Diary, made: Made, engineers: int) -> Ints:
    found = np.zeros((3, engineers), np.int64)
    for k, who in enumerate(diary.engineer):
        since = min(max(diary.start[k], g.start), g.end)
        until = min(max(g.horizon if diary.end[k] < 0 else diary.end[k], g.start), g.end)
        inside = seconds(g.spells, g.by_day, g.office, since, until)
        found[0, who] += inside
        found[1, who] += until - since - inside
    for k, who in enumerate(made.engineer):
        if who >= 0 and g.start <= made.assigned[k] < g.end:
            found[2, who] += 1
    return found
