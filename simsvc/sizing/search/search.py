"""The search's common ground: plans met so far, how each stands, and a note of every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from simsvc.sizing.evaluate import Counts
from simsvc.sizing.overflow import seen
from simsvc.sizing.search.standing import Bar, Luck, Standing, standing
from simsvc.sizing.space import Levels, Space
from simsvc.sizing.wishes import Wishes

Both = tuple[str, str]
"""Words in English and Chinese."""
Note = Callable[[str, Both, Both, Levels, Standing | None], None]
"""Told of every step: stage, what was done, why, the plan after it and how it stands."""
QUICK, CLOSE = (6, 18), (6, 18, 54)
"""Replications at which a plan is looked at, one after the other, until it surely passes or fails: to find a plan, and
to settle it. Every plan meets the same luck."""
CLOSER = (162, 486)
"""Further looks, where they are no more than a third of what the verification can spend (few cases a replication)."""
DEEP = 6
"""A plan by which the luck of the looks is measured is run for so many times the last of them."""


class Runs(Protocol):
    """What a search asks of its evaluator: see ``evaluate.Evaluator``."""

    @property
    def spent(self) -> int:
        """Replications asked for so far."""

    def run(self, levels: Levels, replications: int) -> Counts:
        """Counts of a plan."""

    def run_many(self, plans: Sequence[Levels], replications: int) -> list[Counts]:
        """The same of several plans."""


@dataclass
class Search:
    """What the stages of a search share. ``most``: replications that it may spend; ``passed``, ``failed``: plans that
    did, with the replications of the look at which they did; ``known``: the plan by which luck is measured."""

    space: Space
    wishes: Wishes
    evaluator: Runs
    bar: Bar
    note: Note
    most: int
    looks: Sequence[int] = CLOSE
    passed: dict[Levels, int] = field(default_factory=dict)
    failed: dict[Levels, int] = field(default_factory=dict)
    began: int = 0
    bars: dict[int, Bar] = field(default_factory=dict)
    known: Levels | None = None
    lucks: dict[int, Luck] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.began = self.evaluator.spent

    @property
    def spent_out(self) -> bool:
        """Whether the budget is gone."""
        return self.evaluator.spent - self.began >= self.most

    def at(self, levels: Levels, replications: int) -> Standing:
        """How a plan stands after so many replications."""
        return self.many([levels], replications)[0]

    def many(self, plans: Sequence[Levels], replications: int) -> list[Standing]:
        """The same of several plans, side by side."""
        found, luck = self.evaluator.run_many(plans, replications), self.luck(replications)
        first = [standing(counts, self.bar, luck) for counts in found]
        if not any(stand.short().any() for stand in first):
            return first
        bar = self._bar(replications)
        return [standing(counts, bar, luck) for counts in found]

    def measure(self, levels: Levels) -> None:
        """Take this plan for the one by which luck is measured: near those to be tried it tells most."""
        self.known, self.lucks, self.bars = levels, {}, {}

    def luck(self, replications: int) -> Luck | None:
        """Of so many replications; None where no plan is known in more."""
        deep = max(min(DEEP * self.looks[-1], self.bar.replications), self.looks[-1])
        if self.known is None or replications >= deep:
            return None
        if replications not in self.lucks:
            long = standing(self.evaluator.run(self.known, deep), self.bar)
            self.lucks[replications] = Luck(self.evaluator.run(self.known, replications), long.share, long.error)
        return self.lucks[replications]

    def _bar(self, replications: int) -> Bar:
        """The bar under the luck of so many replications."""
        if replications not in self.bars:
            most = self.evaluator.run(self.space.most, replications)
            self.bars[replications] = self.bar.within(standing(most, self.bar, self.luck(replications)))
        return self.bars[replications]

    def allowed(self, levels: Levels) -> bool:
        """Whether the plan is one at all and keeps what is decided without simulation."""
        return self.space.valid(levels) and self.space.met(levels, self.wishes)

    def passes(self, levels: Levels) -> bool:
        """Whether the plan keeps every promise with what its verification needs, by as many looks as that takes."""
        if levels in self.passed:
            return True
        if self.failed.get(levels, 0) >= self.looks[-1] or not self.allowed(levels):
            return False
        for look in self.looks:
            found = self.at(levels, look).verdict(last=look == self.looks[-1])
            if found is None:
                continue
            (self.passed if found else self.failed)[levels] = look
            return found
        raise AssertionError("the last look decides")

    def settled(self, levels: Levels) -> Standing:
        """How a plan stands at the look by which it passed; at the first one where none did."""
        return self.at(levels, self.passed.get(levels, self.looks[0]))

    def cost(self, levels: Levels) -> float:
        """CNY a year: what is decided, and the contractor's visits as seen so far."""
        return seen(self.space, levels, self.evaluator, self.looks[0])


def close(bar: Bar) -> tuple[int, ...]:
    """Looks that settle a plan."""
    return (*CLOSE, *(n for n in CLOSER if 3 * n <= bar.replications))


def changed(levels: Levels, k: int, by: int) -> Levels:
    """The plan with one lever moved."""
    return (*levels[:k], levels[k] + by, *levels[k + 1 :])
