"""What a lint rule works on and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simsvc.scenario.base import Text
from simsvc.scenario.model import Model
from simsvc.scenario.promises import PlanPart, PlanRule, Population, SimPart
from simsvc.scenario.quantity import SECONDS

if TYPE_CHECKING:
    from simsvc.network import Network

Severity = Literal["conflict", "warning", "note"]
"""``conflict``: the text contradicts itself or the resources; ``warning``: likely to be broken or read against the
bidder; ``note``: something that should be said and is not."""


@dataclass(frozen=True)
class Finding:
    """A contradiction or gap: the ``rule`` that found it, the ``clauses`` concerned, why, what to write instead."""

    rule: str
    clauses: tuple[str, ...]
    why: Text
    instead: Text
    severity: Severity

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON and reports."""
        return {
            "rule": self.rule,
            "clauses": list(self.clauses),
            "severity": self.severity,
            "why": {"en": self.why["en"], "zh": self.why["zh"]},
            "instead": {"en": self.instead["en"], "zh": self.instead["zh"]},
        }


@dataclass(frozen=True, eq=False)
class Subject:
    """A scenario under the linter; its network is loaded only when a rule asks for it."""

    model: Model
    folder: Path | None = None

    @cached_property
    def net(self) -> Network:
        """The network that the scenario asks for."""
        from simsvc import network

        return network.load(self.model.network, self.folder)

    @cached_property
    def serving(self) -> dict[str, tuple[str, float]]:
        """Station and expected off-peak drive (s) of every town that can be served."""
        from simsvc.case.load import serving

        return serving(self.model, self.net)

    def sim_parts(self) -> Iterator[tuple[str, SimPart]]:
        """Clause id and part, base readings."""
        for clause, spec in self.model.clauses.items():
            yield from ((clause, part) for part in spec.parts if isinstance(part, SimPart))

    def plans(self, rule: PlanRule) -> list[tuple[str, PlanPart]]:
        """Clause id and part of the plan parts of one rule."""
        return [
            (clause, part)
            for clause, spec in self.model.clauses.items()
            for part in spec.parts
            if isinstance(part, PlanPart) and part.rule == rule
        ]

    def towns(self, who: Population) -> frozenset[str]:
        """Towns whose cases count in a population; none where the scenario says that nothing is served."""
        return frozenset(
            town
            for area, towns in self.net.places.items()
            for town in towns
            if (not who.areas or area in who.areas)
            and area not in who.not_areas
            and area not in self.model.demand.unserved()
            and (not who.zones or self._zone[town] in who.zones)
        )

    @cached_property
    def _zone(self) -> dict[str, str]:
        rows = zip(self.net.ids, self.net.kind, self.net.area, strict=True)
        return {node: self.model.reporting.zone_of(kind, area) or "other" for node, kind, area in rows}


Rule = Callable[[Subject], Iterator[Finding]]


def joined(texts: Iterable[Text], most: int = 12) -> Text:
    """Names in a row in both languages, shortened if there are many."""
    every = list(texts)
    more = len(every) - most
    en, zh = ", ".join(t["en"] for t in every[:most]), "、".join(t["zh"] for t in every[:most])
    return Text(en=f"{en} and {more} more", zh=f"{zh}等{len(every)}处") if more > 0 else Text(en=en, zh=zh)


def ids(clauses: Iterable[str]) -> tuple[str, ...]:
    """Clause ids once each, in their order."""
    return tuple(dict.fromkeys(clauses))


def listed(clauses: Iterable[str]) -> Text:
    """Clause ids for a sentence."""
    once = ids(clauses)
    return Text(en=", ".join(once), zh="、".join(once))


UNITS = (("year", "年", 5), ("d", "天", 365), ("h", "小时", 96), ("min", "分钟", 120))
"""Units in which people write a limit, and up to which number."""


def expressions(seconds: float) -> dict[str, int]:
    """Whole numbers that say a length, by unit: ``{"d": 3, "h": 72}``."""
    whole = {unit: seconds / SECONDS[unit] for unit, _, _ in UNITS}
    most = {unit: up_to for unit, _, up_to in UNITS}
    return {unit: int(n) for unit, n in whole.items() if n == int(n) and 0 < n <= most[unit]}


def duration(seconds: float) -> Text:
    """A limit for a sentence, as people write it: hours up to a day, days up to a year."""
    said = expressions(seconds)
    for unit, zh, _ in UNITS:
        if unit in said and not (unit == "d" and said[unit] == 1):
            plural = "s" if unit == "year" and said[unit] != 1 else ""
            return Text(en=f"{said[unit]} {unit}{plural}", zh=f"{said[unit]}{zh}")
    unit, zh = ("h", "小时") if seconds >= 3600 else ("min", "分钟")
    number = round(seconds / SECONDS[unit], 2)
    return Text(en=f"{number:g} {unit}", zh=f"{number:g}{zh}")
