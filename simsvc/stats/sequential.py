"""When to stop replicating: a group-sequential plan with a stated overall error, and the verdict at a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from simsvc.stats.interval import Interval

Verdict = Literal["holds", "fails", "undecided", "no cases"]
FEWEST = 10
"""Replications before which no interval is trusted."""


@dataclass(frozen=True)
class Plan:
    """Looks at growing numbers of replications, at each of which the study may stop.

    The overall error ``alpha`` is split evenly over the looks (union bound, Bonferroni): each interval has the level
    1 − alpha/looks, so that with probability 1 − alpha at least all intervals of a clause cover together, and whatever
    look the study stops at, a wrong ``holds`` or ``fails`` has a chance of at most alpha (each alone alpha/2).

    Parameters
    ----------
    looks : tuple of int
        Replications at each look, rising, the first at least ``FEWEST``.
    alpha : float
        Overall error, between 0 and 1.
    """

    looks: tuple[int, ...] = (10, 20, 40, 80)
    alpha: float = 0.05

    def __post_init__(self) -> None:
        rising = all(a < b for a, b in zip(self.looks, self.looks[1:], strict=False))
        if not self.looks or self.looks[0] < FEWEST or not rising:
            raise ValueError(f"looks must rise, the first at {FEWEST} replications or later (found: {self.looks})")
        if not 0 < self.alpha < 1:
            raise ValueError(f"alpha must lie between 0 and 1 (found: {self.alpha})")

    def level(self, look: int) -> float:
        """Confidence level of the intervals at the look of ``look`` replications."""
        if look not in self.looks:
            raise ValueError(f"no look at {look} replications; the looks are {self.looks}")
        return 1 - self.alpha / len(self.looks)


def decide(interval: Interval | None, target: float) -> Verdict:
    """Verdict on a promised share.

    ``holds`` if the lower bound is at least ``target``, ``fails`` if the upper bound is below it, otherwise
    ``undecided``; ``no cases`` without an interval.
    """
    if interval is None:
        return "no cases"
    if interval.low >= target:
        return "holds"
    return "fails" if interval.high < target else "undecided"
