"""What is said of a verdict over the ranges of the assumptions, and of what was tried for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from simsvc.stats import Verdict

RobustVerdict = Literal["holds", "fails", "depends", "undecided", "no cases"]
Value = str | int | float
"""A value as it is written in a scenario."""


@dataclass(frozen=True)
class End:
    """One assumption at one end of its range, all others at their base.

    ``estimate``, ``low``, ``high``: the share there; ``shift``: what the change does to it under the same luck.
    ``turns_at``: the value at which the estimate crosses the promised share, which lies ``between`` two values that
    were tried; None where it does not cross, for words, dates and times of day, and where it was not looked for.
    """

    assumption: str
    side: Literal["low", "high"]
    value: Value
    estimate: float | None
    low: float | None
    high: float | None
    shift: float | None
    verdict: Verdict
    replications: int
    turns_at: Value | None = None
    between: tuple[Value, Value] | None = None


@dataclass(frozen=True)
class Robust:
    """A verdict over the ranges of the assumptions.

    Attributes
    ----------
    verdict : str
        ``holds`` or ``fails`` if it does so at every point tried; ``depends`` if it holds at one and fails at another;
        ``undecided`` if some point can't be told and no two contradict one another.
    turns : tuple of End
        Ends of single assumptions that turn the verdict, the farthest first.
    open : tuple of End
        Ends at which it can't be told, although it can at the base.
    most : tuple of End
        Ends that move the share most, whatever that does to the verdict.
    combinations : mapping
        Verdicts of the points at which all assumptions move at once, and how many there are of each.
    """

    verdict: RobustVerdict
    turns: tuple[End, ...] = ()
    open: tuple[End, ...] = ()
    most: tuple[End, ...] = ()
    combinations: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Failed:
    """A point that could not be built: the assumption and its value, or ``""`` for several at once."""

    assumption: str
    value: Value
    problem: str


@dataclass(frozen=True)
class Tried:
    """What was tried: assumptions, points with one of them at an end, points with all of them moved, replications over
    all points, points that could not be built."""

    assumptions: int
    ends: int
    combinations: int
    replications: int
    failed: tuple[Failed, ...] = ()
