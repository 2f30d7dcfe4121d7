"""Days on which engineers are away: leave, sickness, vacancies."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.luck import Stream, name_keys
from simsvc.workload.samplers import Draws, per_case
from simsvc.workload.tables import Bools, Keys


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
        begins = draws.happens(chance, Stream.ABSENCE, _keys(case, kind)[:, None], dates)
        begun = np.cumsum(begins, axis=1)
        away[:, :1] |= begun[:, length - 1 : length] > 0
        away[:, 1:] |= begun[:, length:] > begun[:, :-length]
    return away


@per_case
def _keys(case: Case, kind: str) -> Keys:
    """Key of each engineer's spells of one kind."""
    return name_keys(("absence", engineer, kind) for engineer in case.staffing.engineers)
