"""The ledger as ranges to be tried: written values at the ends, in between, and all assumptions at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from simsvc.scenario.base import Text
from simsvc.scenario.ledger import is_price, same
from simsvc.scenario.scale import Scale, at
from simsvc.scenario.scenario import Scenario

Side = Literal["low", "high"]
SIDES: tuple[Side, ...] = ("low", "high")


@dataclass(frozen=True)
class Range:
    """One assumption; ``base``, ``low``, ``high`` as written; ``scale`` None for words, dates and times of day."""

    id: str
    name: Text
    base: Any
    low: Any
    high: Any
    scale: Scale | None

    @property
    def path(self) -> str:
        """Where a value of it is set, with the places to which it extends."""
        return f"assumptions.{self.id}"

    def end(self, side: Side) -> Any:
        """The written value at an end."""
        return self.low if side == "low" else self.high

    def sides(self) -> list[Side]:
        """Ends that differ from the base and, of a word with a single alternative, from one another."""
        found = [side for side in SIDES if not self._is_base(self.end(side))]
        return found[:1] if len(found) > 1 and self.low == self.high else found

    def _is_base(self, value: Any) -> bool:
        if self.scale is None:
            return bool(value == self.base)
        return same(self.scale.number(value), self.scale.number(self.base))

    def towards(self, side: Side, share: float) -> Any:
        """The written value at a share of the way from the base to an end, or the nearest that may stand there; of what
        has no scale one or the other."""
        if self.scale is None or share >= 1:
            return self.base if share < 1 else self.end(side)
        a, b = self.scale.number(self.base), self.scale.number(self.end(side))
        return self.scale.nearest(a + share * (b - a))

    def quantile(self, u: float) -> Any:
        """The written value below which the assumption lies with chance ``u``, 0 to 1.

        The base is the median, and to either side of it all values are alike; words, dates and times of day are each as
        likely as the others.
        """
        if self.scale is None:
            known = list(dict.fromkeys((self.low, self.base, self.high)))
            return known[min(int(u * len(known)), len(known) - 1)]
        return self.towards("low", 1 - 2 * u) if u < 0.5 else self.towards("high", 2 * u - 1)


def ranges(scenario: Scenario) -> list[Range]:
    """The ranges of a scenario's assumptions, in the order of the ledger; prices, which move no verdict, left out."""
    raw = scenario.raw
    return [
        Range(e.id, e.name, e.base, e.low, e.high, at(raw, e.path, (e.base, e.low, e.high)))
        for e in scenario.ledger()
        if not is_price(e.path, *e.also)
    ]


def together(known: Sequence[Range], unit: Sequence[float]) -> Mapping[str, Any]:
    """All assumptions at once, each at its quantile: changes by path."""
    return {r.path: r.quantile(u) for r, u in zip(known, unit, strict=True)}
