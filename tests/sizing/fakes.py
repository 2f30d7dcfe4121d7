"""Stand-ins for a space and its simulation, with shares known in closed form: what the search itself does shows best
where every plan's true share is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from simsvc.measures import REASONS
from simsvc.scenario.base import Text
from simsvc.sizing.evaluate import Counts

Levels = tuple[int, ...]


@dataclass(frozen=True)
class Lever:
    """As ``space.Lever``, as far as the search looks."""

    key: str
    price: float
    high: int
    low: int = 0
    today: int = 0
    kind: str = "engineers"
    areas: tuple[int, ...] = ()
    helps: frozenset[str] = frozenset({"busy"})
    measures: frozenset[str] = frozenset()
    place: str = ""

    @property
    def name(self) -> Text:
        return Text(en=self.key, zh=self.key)

    def said(self, level: int) -> tuple[str, str]:
        return str(level), str(level)


@dataclass
class Space:
    """Costs add; ``rule`` says which plans are allowed."""

    levers: tuple[Lever, ...]
    rule: Callable[[Levels], bool] = lambda _: True
    areas: int = 2
    scenario: Any = field(default_factory=lambda: SimpleNamespace(
        model=SimpleNamespace(dispatch=SimpleNamespace(contractor=None))))  # fmt: skip

    @property
    def index(self) -> dict[str, int]:
        return {lever.key: k for k, lever in enumerate(self.levers)}

    @property
    def most(self) -> Levels:
        return tuple(lever.high for lever in self.levers)

    @property
    def area_names(self) -> tuple[Text, ...]:
        return tuple(Text(en=f"area {k}", zh=f"{k}") for k in range(self.areas))

    def cost(self, levels: Levels) -> float:
        return float(sum(lever.price * level for lever, level in zip(self.levers, levels, strict=True)))

    def valid(self, levels: Levels) -> bool:
        return all(x.low <= level <= x.high for x, level in zip(self.levers, levels, strict=True))

    def staffed(self, _: Levels) -> bool:
        return True

    def within(self, _: Levels) -> bool:
        return True

    def met(self, levels: Levels, _: Any) -> bool:
        return self.rule(levels)


@dataclass(frozen=True)
class Column:
    """A promise on one area (-1: all)."""

    area: int
    target: float
    clause: str = "P1"
    part: int = 0


def wishes(columns: Sequence[Column], confidence: float = 0.95) -> Any:
    """Wishes with these columns."""
    parts = [SimpleNamespace(measure="time_to_site")]
    model = SimpleNamespace(clauses={"P1": SimpleNamespace(parts=parts)})
    return SimpleNamespace(
        columns=tuple(columns), confidence=confidence, scenario=SimpleNamespace(model=model), planned=()
    )


class Evaluator:
    """Independent cases, kept with the chance that ``share(levels)`` gives each column; common random numbers: a case
    is kept if its own uniform number is below that."""

    def __init__(self, share: Callable[[Levels], Sequence[float]], cases: int, seed: int = 1) -> None:
        self.share, self.cases, self.seed = share, cases, seed
        self.known: dict[Levels, int] = {}
        self._luck: dict[int, np.ndarray] = {}

    @property
    def spent(self) -> int:
        return sum(self.known.values())

    @property
    def plans(self) -> int:
        return len(self.known)

    def run(self, levels: Levels, replications: int) -> Counts:
        self.known[levels] = max(replications, self.known.get(levels, 0))
        share = np.asarray(self.share(levels), float)
        below = [self._uniform(r, len(share)) < share[:, None] for r in range(replications)]
        kept = np.array([row.sum(axis=1) for row in below], float)
        cases = np.full_like(kept, self.cases)
        reasons = np.zeros((len(share), len(REASONS)))
        reasons[:, REASONS.index("busy")] = (cases - kept).sum(axis=0)
        return Counts(kept, cases, reasons, np.zeros(replications))

    def run_many(self, plans: Sequence[Levels], replications: int) -> list[Counts]:
        return [self.run(plan, replications) for plan in plans]

    def _uniform(self, replication: int, columns: int) -> np.ndarray:
        if replication not in self._luck:
            self._luck[replication] = np.random.default_rng((self.seed, replication)).random((columns, self.cases))
        return self._luck[replication]
