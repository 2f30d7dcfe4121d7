"""Days on which engineers are away: leave, sickness, vacancies."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.luck import Stream, name_key
from simsvc.workload.samplers import Draws
from simsvc.workload.tables import Bools


def absent(case: Case, draws: Draws) -> Bools:
    """Shape (engineers, days until the horizon).

    Each day may begin a spell, keyed by engineer, kind of absence and civil date, so that nobody's absence depends on
    who else works here. Spells may overlap; their chance a day is set so that the share of days away comes out as
    ``days_per_year`` / 365 with overlaps counted once.
    """
    days = -(-case.span.horizon // DAY)
    away = np.zeros((len(case.staffing.engineers), days), np.bool_)
    first = case.epoch.first_day.toordinal()
    for kind, spec in case.model.staff.absences.items():
        length = max(1, round(spec.spell / DAY))
        share = min(spec.days_per_year / 365, 1.0)
        chance = 1 - (1 - share) ** (1 / length)
        dates = np.arange(first - length + 1, first + days)
        for e, engineer in enumerate(case.staffing.engineers):
            key = np.array([name_key("absence", engineer, kind)], np.uint64)
            begins = draws.happens(chance, Stream.ABSENCE, key, dates)
            recent = np.convolve(begins, np.ones(length, np.int64))[length - 1 : length - 1 + days]
            away[e] |= recent > 0
    return away
