"""Steps of the promise ladder → a table per clause: a row per limit, a column per zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from simsvc.promise.result import Step, Validation
from simsvc.report import text, wording
from simsvc.report.sections import zone_name
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.stats import FEWEST


@dataclass(frozen=True)
class Rung:
    """A step of the ladder in one zone; ``kept``: the whole interval lies at the target or above."""

    share: str
    breaches: str
    kept: bool


@dataclass(frozen=True)
class Ladder:
    """The ladder of one clause: zones with their cases, a row of rungs per limit (``promised``: its own limit), and the
    shortest limit that holds in each zone."""

    clause: str
    target: str
    zones: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, bool, tuple[Rung, ...]], ...]
    keepable: tuple[str, ...] = ()


def ladders(validation: Validation, model: Model, words: Words) -> list[Ladder]:
    """One ladder per clause, clauses and zones in the order in which they come."""
    judged = {row.id: row for row in reversed(validation.base()) if row.kind == "sim"}
    found = []
    for clause in dict.fromkeys(step.clause for step in validation.ladder):
        steps = {(s.limit, s.zone): s for s in validation.ladder if s.clause == clause}
        row = judged.get(clause)
        part = wording.read(wording.part_of(model, clause, row.part), "base") if row else None
        promised, target = part.limit if part else None, row.target if row else None
        zones = {zone: step.cases for (_, zone), step in steps.items()}
        if len(zones) == 2:  # all together is that one zone
            zones.pop("all", None)
        rows = tuple(
            (
                text.duration(limit, words),
                limit == promised,
                tuple(_rung(steps.get((limit, zone)), target) for zone in zones),
            )
            for limit in sorted({limit for limit, _ in steps})
        )
        heads = tuple((zone_name(model, zone, words), f"{cases:,}") for zone, cases in zones.items())
        told = target if validation.replications >= FEWEST else None
        keepable = tuple(text.duration(_shortest(steps.values(), zone, told), words) for zone in zones)
        found.append(Ladder(clause, text.target(target), heads, rows, keepable))
    return found


def _shortest(steps: Iterable[Step], zone: str, target: float | None) -> float | None:
    """The shortest limit that holds in a zone; where it lies beyond those tried, the step from which on all keep
    the target (None: not told)."""
    own = sorted((s for s in steps if s.zone == zone), key=lambda step: step.limit, reverse=True)
    if own and own[0].keepable is not None:
        return own[0].keepable
    held = [s.limit for s in takewhile(lambda s: target is not None and s.low >= target, own)]
    return held[-1] if held else None


def _rung(step: Step | None, target: float | None) -> Rung:
    if step is None or not step.cases:
        return Rung(text.MISSING, text.MISSING, False)
    kept = target is not None and step.low >= target
    return Rung(text.interval(step.share, step.low, step.high), text.count(step.breaches_per_year), kept)
