"""What a sensitivity analysis says: by promise the swing of each assumption, where it turns, and shares of variance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from simsvc.promise.ranges import End, Robust, Tried
from simsvc.stats import Verdict

FORMAT = 1


@dataclass(frozen=True)
class Swing:
    """What one assumption does to a share alone: its ends (those that differ from the base), and the width of the
    estimates over its range, the base's included."""

    assumption: str
    ends: tuple[End, ...]
    width: float


@dataclass(frozen=True)
class Index:
    """Sobol indices of one assumption: the part of a share's variance that it makes alone (``first``), and with all its
    interactions (``total``), each with a bootstrap interval; None where the share does not vary."""

    assumption: str
    first: float | None
    first_low: float | None
    first_high: float | None
    total: float | None
    total_low: float | None
    total_high: float | None


@dataclass(frozen=True)
class Subject:
    """One promise (base reading, whole province): its share at the base, the swings (the widest first), the robust
    verdict with every break-even, the indices."""

    id: str
    part: str
    estimate: float | None
    low: float | None
    high: float | None
    target: float
    verdict: Verdict
    robust: Robust
    swings: tuple[Swing, ...]
    indices: tuple[Index, ...]


@dataclass(frozen=True)
class Sensitivity:
    """The whole analysis.

    ``inputs``: assumptions of the Sobol indices, each over its range with the base as the median, all others at their
    base; ``points``: evaluations for them, ``samples`` x (inputs + 2); 0 where none were asked for. ``problem``: why
    there are no indices although asked for.
    """

    scenario: str
    title: dict[str, str]
    seed: int
    replications: int
    subjects: tuple[Subject, ...]
    tried: Tried
    inputs: tuple[str, ...]
    samples: int
    points: int
    problem: str
    provenance: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Data for ``json.dumps``: ``format`` (1) and the fields."""
        return {"format": FORMAT, **asdict(self)}
