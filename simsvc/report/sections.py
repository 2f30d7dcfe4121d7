"""A validation → the smaller tables: trust card, plans, estimates, ledger, ladder, areas, figures, provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simsvc.network import Network
from simsvc.promise.result import Row, Validation
from simsvc.report import text, wording
from simsvc.report.areas import area_id, area_name
from simsvc.report.verdicts import SYMBOLS, Bar, bar, floor_of
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.promises import LedgerPart, MeasurePart, PlanPart

_LONG = 160


@dataclass(frozen=True)
class Checked:
    """One line of the trust card."""

    state: str
    what: str
    finding: str


def trust(validation: Validation, words: Words) -> list[Checked]:
    """The trust card in one language."""
    if words.language == "zh":
        return [Checked(t.state, t.what_zh, t.finding_zh) for t in validation.trust]
    return [Checked(t.state, t.what_en, t.finding_en) for t in validation.trust]


@dataclass(frozen=True)
class Line:
    """A clause with a figure or a decision that needs no bar."""

    id: str
    text: str
    what: str
    value: str
    note: str
    verdict: str
    symbol: str
    word: str
    details: tuple[str, ...] = ()


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
    """Clauses decided from the scenario alone."""
    found = []
    for row in validation.rows:
        if row.kind == "plan" and row.area == "province":
            part = wording.part_of(model, row.id, row.part)
            rule = part.rule if isinstance(part, PlanPart) else row.measure or row.part
            met = "" if row.estimate is None else f"{round(row.estimate * row.cases):,} / {row.cases:,}"
            found.append(_line(row, model, words, words.option("rule", rule), met))
    return found


def measures(validation: Validation, model: Model, words: Words) -> list[Line]:
    """Estimates of the province that nothing was promised for."""
    found = []
    for row in validation.rows:
        if row.kind == "measure" and row.area == "province":
            part = wording.part_of(model, row.id, row.part)
            name = row.measure or (part.measure if isinstance(part, MeasurePart) else row.part)
            found.append(_line(row, model, words, words.option("measure", name), measured(row, words)))
    return found


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


def zone_name(model: Model, zone: str, words: Words) -> str:
    """Name of a reporting zone; ``"all"`` and ``""`` are the province."""
    if zone in model.reporting.zones:
        return model.reporting.zones[zone].name[words.language]
    return words("area.all") if zone in ("all", "") else words.option("area", zone)


@dataclass(frozen=True)
class County:
    """One area of the headline clause."""

    area: str
    cases: str
    kept: str
    bar: Bar | None
    verdict: str
    symbol: str
    word: str
    breaches: str
    apart: bool


def counties(rows: list[Row], network: Network, words: Words) -> list[County]:
    """Areas, worst first; areas without cases, then areas shown apart, come last."""
    floor = floor_of(rows)
    order = sorted(rows, key=lambda r: (r.apart, r.estimate is None, r.estimate or 0.0, r.area))
    return [
        County(
            area=area_name(network, area_id(network, r.area) or r.area, words),
            cases=f"{r.cases:,}",
            kept=text.interval(r.estimate, r.low, r.high),
            bar=bar(r, floor),
            verdict=r.verdict,
            symbol=SYMBOLS[r.verdict],
            word=words("verdict." + r.verdict),
            breaches=text.count(r.breaches_per_year),
            apart=r.apart,
        )
        for r in order
    ]


def figures(validation: Validation, words: Words) -> list[tuple[str, str]]:
    """Further numbers with their names; those that end in ``_share`` are shares."""
    return [
        (words.option("figure", key), text.share(value) if key.endswith("_share") else text.number(value))
        for key, value in validation.figures.items()
        if key != "window_years"  # stands among the facts
    ]


def flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str, bool]]:
    """Provenance as (path, text, whether it is too long for a line)."""
    for key, value in values.items():
        path = f"{before}{key}"
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{path}.")
            continue
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        yield path, shown, len(shown) > _LONG or "\n" in shown
