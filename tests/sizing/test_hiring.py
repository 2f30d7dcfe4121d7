"""The order of hires: limits are kept, and where stations help their own areas only no order is better."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simsvc.measures import REASONS
from simsvc.sizing.evaluate import Counts
from simsvc.sizing.hiring import Way, as_listed, by_value
from tests.sizing.fakes import Column, Levels, Lever, Space


@dataclass
class Ground(Space):
    """A space that knows today."""

    @property
    def today(self) -> Levels:
        return tuple(lever.today for lever in self.levers)


def stations(**today: int) -> Ground:
    levers = tuple(Lever(f"engineers.{s}", 1.0, 9, today=n, place=s) for s, n in today.items())
    return Ground(levers, areas=len(today))


class Additive:
    """Each area lacks ``lacks`` cases of a hundred for each engineer below the plan, whatever happens elsewhere."""

    def __init__(self, plan: Levels, lacks: Sequence[float]) -> None:
        self.plan, self.lacks, self.met = plan, lacks, list[Levels]()
        columns = [Column(k - 1, 1.0) for k in range(len(plan) + 1)]
        wish = SimpleNamespace(clause="P1", part=0, measure="time_to_site")
        self.wishes: Any = SimpleNamespace(columns=columns, wishes=[wish])

    def run_many(self, plans: Sequence[Levels], replications: int) -> list[Counts]:
        self.met += plans
        return [self._counts(plan, replications) for plan in plans]

    def _counts(self, plan: Levels, n: int) -> Counts:
        missed = [(a - b) * w for a, b, w in zip(self.plan, plan, self.lacks, strict=True)]
        cases = np.full((n, len(plan) + 1), 100.0)
        kept = cases - np.array([sum(missed), *missed])
        return Counts(kept, cases, np.zeros((len(plan) + 1, len(REASONS))), np.zeros(n))

    def broken(self, way: Way, order: Sequence[int]) -> float:
        return sum(float(100 - self._counts(levels, 1).kept[0, 0]) for levels in way.monthly(order))


@pytest.mark.parametrize("hires", [1, 2, 3])
def test_no_order_breaks_fewer_promises_where_gains_add(hires: int) -> None:
    """All orders are tried; two engineers of station c are worth as much as each other."""
    space, plan = stations(a=1, b=0, c=0, d=0), (1, 1, 2, 1)
    way, evaluator = Way(space, plan, hires, within=0), Additive(plan, [1.0, 3.0, 5.0, 4.0])
    best = min(evaluator.broken(way, order) for order in itertools.permutations(way.wanted.elements()))
    assert evaluator.broken(way, by_value(way, evaluator)) == best


def test_gains_that_shrink_are_worked_out_again() -> None:
    """The second engineer at b is worth little, though the first was worth most."""
    space, plan = stations(b=0, c=0), (2, 1)

    class Shrinking(Additive):
        def _counts(self, plan: Levels, n: int) -> Counts:
            missed = [[20.0, 1.0, 0.0][plan[0]], [9.0, 0.0][plan[1]]]
            cases = np.full((n, 3), 100.0)
            return Counts(cases - np.array([sum(missed), *missed]), cases, np.zeros((3, len(REASONS))), np.zeros(n))

    assert by_value(Way(space, plan, 1, 0), Shrinking(plan, [0, 0])) == [0, 1, 0]


def test_months_lead_from_today_to_the_plan_within_the_hiring_limit() -> None:
    space, plan = stations(a=1, b=0, c=0), (3, 1, 2)
    way = Way(space, plan, 2, 0)
    months = way.monthly(as_listed(way))
    assert months[0] == space.today
    assert months[-1] == plan
    assert [sum(m) for m in months] == [1, 3, 5, 6]
    # The stations first, in the order of the scenario.
    assert months[1] == (1, 1, 1)


def test_stations_that_are_due_open_before_second_engineers() -> None:
    """An engineer more at a is worth most, but with one hire a month there are only two months for two stations."""
    space, plan = stations(a=1, b=0, c=0), (3, 1, 1)
    evaluator = Additive(plan, [9.0, 1.0, 2.0])
    assert by_value(Way(space, plan, 1, within=2), evaluator) == [2, 1, 0, 0]
    assert by_value(Way(space, plan, 1, within=3), evaluator) == [0, 2, 1, 0]
    assert by_value(Way(space, plan, 1, within=0), evaluator) == [0, 0, 2, 1]


def test_stations_that_are_late_in_any_case_open_by_what_they_are_worth() -> None:
    space, plan = stations(a=1, b=0, c=0), (1, 1, 1)
    assert by_value(Way(space, plan, 1, within=1), Additive(plan, [0.0, 1.0, 2.0])) == [2, 1]


def test_what_is_no_matter_of_hiring_is_there_from_the_first_month() -> None:
    more = (Lever("agents.0", 1, 9, today=1, kind="agents"), Lever("reach", 0, 2, kind="reach"))
    space = replace(stations(a=1, b=0), levers=stations(a=1, b=0).levers + more)
    way = Way(space, (2, 1, 3, 1), 1, 0)
    assert way.monthly([1, 0]) == [(1, 0, 1, 0), (1, 1, 3, 1), (2, 1, 3, 1)]


def test_engineers_who_are_not_needed_leave_last_or_when_they_must() -> None:
    free, tight = stations(a=3, b=0, c=0), stations(a=3, b=0, c=0)
    plan, order = (1, 1, 1), [1, 2]
    assert Way(free, plan, 1, 0).monthly(order) == [(3, 0, 0), (3, 1, 0), (1, 1, 1)]
    tight.valid = lambda levels: sum(levels) <= 3  # type: ignore[method-assign]
    assert Way(tight, plan, 1, 0).monthly(order) == [(3, 0, 0), (2, 1, 0), (1, 1, 1)]


def test_a_plan_that_hires_nobody_is_there_at_once() -> None:
    space = stations(a=2)
    assert Way(space, (1,), 2, 0).monthly([]) == [(1,)]


def test_equal_worth_goes_by_the_order_of_the_scenario() -> None:
    space, plan = stations(a=0, b=0, c=0), (1, 1, 1)
    assert by_value(Way(space, plan, 1, 0), Additive(plan, [2.0, 2.0, 2.0])) == [0, 1, 2]
