"""The promises to keep, as far as they decide what is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simsvc.scenario.parts import parts
from simsvc.scenario.promises import Part, PlanPart, SimPart
from simsvc.sizing.sites import Ground

ANSWERS = frozenset({"response", "answered"})
ON_SITE = frozenset({"time_to_site", "repaired", "loaner_placed"})
STAFF = ON_SITE | {"taken_up", "staff_reachable", "installed", "in_use", "planned_done"}
GOODS = frozenset({"delivered", "in_use"})
SPARES = frozenset({"repaired", "loaner_placed", "stand_in_available", "stock_ratio", "spares_at_start"})
LOANERS = frozenset({"loaner_placed", "stand_in_available", "repaired"})
STATIONS = frozenset({"coverage", "rollout"})
"""Measures and plan rules that answer, going there, goods, spares, stand-ins and stations move."""


@dataclass(frozen=True, eq=False)
class Kept:
    """``clauses`` of a scenario, all that are judged where none is named."""

    ground: Ground
    clauses: tuple[str, ...]

    @cached_property
    def sim(self) -> tuple[SimPart, ...]:
        """Parts judged from logs."""
        return tuple(p for c, p in self._parts() if isinstance(p, SimPart))

    @cached_property
    def plan(self) -> tuple[PlanPart, ...]:
        """Parts decided from the scenario alone."""
        return tuple(p for c, p in self._parts() if isinstance(p, PlanPart))

    def _parts(self) -> Iterator[tuple[str, Part]]:
        for tokens, part in parts(self.ground.model):
            if not self.clauses or tokens[1] in self.clauses:
                yield str(tokens[1]), part

    def any(self, measures: frozenset[str]) -> bool:
        """Whether one of these measures or plan rules is to be kept."""
        return any(p.measure in measures for p in self.sim) or any(p.rule in measures for p in self.plan)

    @property
    def reported(self) -> frozenset[str]:
        """Measures whose clock runs while the desk and remote help are at work."""
        return frozenset(p.measure for p in self.sim if p.clock_start == "reported")

    def past_hours(self) -> bool:
        """Whether a promise of somebody on site runs on when the staff's hours are over."""
        case, staff = self.ground.case, self.ground.model.staff
        office = case.calendars[staff.calendar]
        moments = np.arange(case.span.start, case.span.end, 300, dtype=np.int64)
        closed = ~office.is_open(moments)
        asked = [p for p in self.sim if p.measure in STAFF - {"planned_done"}]
        return bool(closed.any()) and any(
            p.clock_hours is None or (closed & case.calendars[p.clock_hours].is_open(moments)).any() for p in asked
        )
