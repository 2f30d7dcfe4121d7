"""A validation → clauses that need no bar: decided from the plan, estimated, promised but not judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simsvc.network import Network
from simsvc.promise.result import Row, Validation
from simsvc.report import text, wording
from simsvc.report.verdicts import SYMBOLS
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.promises import LedgerPart, MeasurePart, PlanPart


@dataclass(frozen=True)
class Line:
    """A clause with a figure or a decision that needs no bar.

    ``reading``: how the wording is read, where there are several ways; ``others``: the other readings; ``counted``: the
    cases that count; ``spread``: where the figure lies in single runs.
    """

    id: str
    text: str
    what: str
    value: str
    note: str
    verdict: str
    symbol: str
    word: str
    details: tuple[str, ...] = ()
    reading: str = ""
    counted: str = ""
    spread: str = ""
    others: tuple[Line, ...] = ()


def _line(row: Row, model: Model, words: Words, what: str, value: str) -> Line:
    clause, part = model.clauses.get(row.id), wording.part_of(model, row.id, row.part)
    note = getattr(part, "note", None)
    return Line(
        id=row.id,
        text=clause.text[words.language] if clause else row.id,
        what=what,
        value=value,
        note=note[words.language] if note else "",
        verdict=row.verdict,
        symbol=SYMBOLS[row.verdict],
        word=words("verdict." + row.verdict),
        details=tuple(line[words.language == "zh"] for line in row.details),
    )


def plans(validation: Validation, model: Model, words: Words) -> list[Line]:
    """Clauses decided from the scenario alone, other readings under their base reading."""
    rows = [row for row in validation.rows if row.kind == "plan" and row.area == "province"]
    found = []
    for row in rows:
        if row.reading == "base":
            others = [r for r in rows if (r.id, r.part) == (row.id, row.part) and r.reading != "base"]
            small = tuple(_plan(r, model, words) for r in others)
            found.append(replace(_plan(row, model, words), others=small))
    return found


def _plan(row: Row, model: Model, words: Words) -> Line:
    part = wording.part_of(model, row.id, row.part)
    rule = part.rule if isinstance(part, PlanPart) else row.measure or row.part
    met = ""
    if row.estimate is not None:
        met = words("read.met", n=f"{round(row.estimate * row.cases):,}", of=f"{row.cases:,}")
    line, reading = _line(row, model, words, words.option("measure", rule), met), ""
    if isinstance(part, PlanPart) and rule == "spares_at_start":
        reading = words.phrases([wording.ratio(part, words), wording.shelves(part, words)])
    if row.reading != "base":
        named = part.readings.get(row.reading) if isinstance(part, PlanPart) else None
        reading = named.name[words.language] if named else row.reading
    return replace(line, reading=reading)


def measures(validation: Validation, model: Model, network: Network, words: Words) -> list[Line]:
    """Estimates of the province that nothing was promised for."""
    found = []
    for row in validation.rows:
        if row.kind == "measure" and row.area == "province":
            part = wording.part_of(model, row.id, row.part)
            name = row.measure or (part.measure if isinstance(part, MeasurePart) else row.part)
            line = _line(row, model, words, words.option("measure", name), measured(row, words))
            counted = _counted(part, model, network, words) if isinstance(part, MeasurePart) else ""
            found.append(replace(line, counted=counted, spread=ranged(row)))
    return found


def _counted(part: MeasurePart, model: Model, network: Network, words: Words) -> str:
    """The cases of a measure; its further figures, which no part is named after, have the same."""
    return wording.population(part.measure, part.population, model, network, words)


def ranged(row: Row) -> str:
    """Where the figure of a ``measure`` row lies in nine of ten single runs; empty where it isn't known."""
    if row.spread is None or row.estimate is None:
        return ""
    return text.share_range(row.spread) if row.unit in ("share", "%") else text.number_range(row.spread, row.estimate)


def measured(row: Row, words: Words) -> str:
    """Estimate and interval of a ``measure`` row in its unit."""
    if row.unit in ("share", "%") or row.estimate is None:
        return text.interval(row.estimate, row.low, row.high)
    unit = words.option("unit", row.unit) if row.unit else ""
    return f"{text.numbers(row.estimate, row.low, row.high)} {unit}".strip()


def unjudged(validation: Validation, model: Model, words: Words) -> list[Line]:
    """Ledger clauses, and any clause of the scenario that has no row at all."""
    rows = {row.id for row in validation.rows}
    found = []
    for key, clause in model.clauses.items():
        notes = [part.note for part in clause.parts if isinstance(part, LedgerPart)]
        if notes or key not in rows:
            note = " ".join(n[words.language] for n in notes if n)
            found.append(Line(key, clause.text[words.language], "", "", note, "not judged", SYMBOLS["not judged"], ""))
    known = set(model.clauses)
    found += [_line(r, model, words, "", "") for r in validation.rows if r.kind == "ledger" and r.id not in known]
    return found
