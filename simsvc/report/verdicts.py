"""Rows of a validation → what the verdict table prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simsvc.measures import STEPS, width
from simsvc.network import Network
from simsvc.promise.result import Row, Validation
from simsvc.report import text, wording
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.promises import SimPart
from simsvc.stats import FEWEST

SYMBOLS = {"holds": "✓", "fails": "✗", "undecided": "?", "no cases": "–", "estimate": "≈", "not judged": "○"}
_FLOORS = (0.9, 0.8, 0.5)


@dataclass(frozen=True)
class Bar:
    """Where the marks stand on a scale, in percent of its width; None for the interval where there is none."""

    at: float
    low: float | None
    high: float | None
    target: float | None
    label: str


@dataclass(frozen=True)
class Verdict:
    """One line of the verdict table, all of it text; ``others`` are the other readings of the same wording."""

    id: str
    part: str
    text: str
    what: str
    reading: str
    population: str
    limit: str
    target: str
    against: str
    kept: str
    bar: Bar | None
    verdict: str
    symbol: str
    word: str
    reason: str
    keepable: str
    breaches: str
    clean_month: str
    spread: str
    cases: str
    note: str
    others: tuple[Verdict, ...] = ()


def judged_rows(validation: Validation) -> list[Row]:
    """Rows judged from logs for the whole province, all readings."""
    return [row for row in validation.rows if row.kind == "sim" and row.area == "province"]


def floor_of(rows: Sequence[Row]) -> float:
    """Lower end of the scale on which all the bars are drawn, so that the marks can be told apart."""
    ends = [x for row in rows for x in (row.estimate, row.low, row.target) if x is not None]
    return next((floor for floor in _FLOORS if ends and min(ends) > floor), 0.0)


def bar(row: Row, floor: float) -> Bar | None:
    """Marks of one row, None where it has no estimate."""
    if row.estimate is None:
        return None

    def at(share: float | None) -> float | None:
        return None if share is None else round(100 * min(max((share - floor) / (1 - floor), 0.0), 1.0), 1)

    kept = text.interval(row.estimate, row.low, row.high)
    return Bar(at(row.estimate) or 0.0, at(row.low), at(row.high), at(row.target), kept)


def main_reason(row: Row, words: Words) -> str:
    """The most frequent reason with its share of the misses."""
    if not row.reasons or max(row.reasons.values()) <= 0:
        return text.MISSING
    reason = max(row.reasons, key=lambda name: row.reasons[name])
    return f"{words.option('reason', reason)} ({text.rough(row.reasons[reason])})"


def tried(part: SimPart, words: Words) -> str:
    """The longest limit that was tried."""
    return text.duration(STEPS * (width(part.limit) if part.limit is not None else 86400), words)


def keepable(row: Row, part: SimPart | None, words: Words, *, enough: bool = True) -> str:
    """The shortest limit that could be promised; "none" only where there were replications ``enough``
    to try any."""
    if part is not None and part.days is not None and row.keepable_days is not None:
        return wording.days(row.keepable_days, part.day_kind, words)
    timed = part is not None and (part.limit is not None or part.days is not None)
    if part is not None and timed and enough and row.cases and row.keepable is None:
        return words("column.keepable_none", limit=tried(part, words))
    return text.duration(row.keepable, words)


def table(validation: Validation, model: Model, network: Network, words: Words) -> list[Verdict]:
    """Judged rows of the province, other readings under their base reading."""
    rows = judged_rows(validation)
    floor, enough = floor_of(rows), validation.replications >= FEWEST
    found = []
    for row in rows:
        if row.reading == "base":
            others = [r for r in rows if (r.id, r.part) == (row.id, row.part) and r.reading != "base"]
            small = tuple(verdict(r, model, network, words, floor, enough=enough) for r in others)
            found.append(replace(verdict(row, model, network, words, floor, enough=enough), others=small))
    return found


def verdict(row: Row, model: Model, network: Network, words: Words, floor: float, *, enough: bool) -> Verdict:
    """One row in words; what the scenario doesn't say is taken from the row. ``enough``: whether there were enough
    replications to look for limits that could be kept."""
    clause, part = model.clauses.get(row.id), wording.part_of(model, row.id, row.part)
    judged = wording.read(part, row.reading)
    reading = wording.conditions(judged, model, words) if judged else text.MISSING
    if row.reading != "base":
        named = getattr(part, "readings", {}).get(row.reading)
        reading = named.name[words.language] if named else row.reading
    who = wording.population(judged.measure, judged.population, model, network, words) if judged else row.population
    note = getattr(part, "note", None)
    timed = judged is not None and judged.measure == "stock_ratio"
    return Verdict(
        id=row.id,
        part=row.part,
        text=clause.text[words.language] if clause else row.id,
        what=words.option("measure", judged.measure if judged else row.measure or row.part),
        reading=reading,
        population=who,
        limit=wording.limit(judged, words) if judged else row.limit or text.MISSING,
        target=text.target(row.target),
        against=words("read.target_time" if timed else "read.target", target=text.target(row.target)),
        kept=text.interval(row.estimate, row.low, row.high),
        bar=bar(row, floor),
        verdict=row.verdict,
        symbol=SYMBOLS[row.verdict],
        word=words("verdict." + row.verdict),
        reason=main_reason(row, words),
        keepable=keepable(row, judged, words, enough=enough),
        breaches=text.count(row.breaches_per_year),
        clean_month=text.share(row.clean_month),
        spread=text.share_range(row.spread),
        cases=f"{row.cases:,}",
        note=note[words.language] if note else "",
    )


def worst_first(row: Row) -> tuple[float, float, int]:
    """Order of areas: by share, of equal ones those first that are surest to be low, then those with most cases."""
    return row.estimate or 0.0, 1.0 if row.high is None else row.high, -row.cases


def county_rows(validation: Validation, row: Row) -> list[Row]:
    """Rows of single areas that belong to a province row, base reading."""
    return [
        r for r in validation.rows if (r.id, r.part, r.reading) == (row.id, row.part, "base") and r.area != "province"
    ]


_MAPPED = ("time_to_site", "repaired", "in_use", "delivered", "installed", "planned_done")
"""What differs from place to place, most telling first."""


def headline_clause(validation: Validation, model: Model) -> Row | None:
    """The row whose areas are mapped: the first of the first measure of ``_MAPPED``, else the first with rows by area
    at all."""
    base = [row for row in validation.base() if row.kind == "sim" and row.cases]
    with_areas = [row for row in base if county_rows(validation, row)]
    rank = {measure: k for k, measure in enumerate(_MAPPED)}
    return min(with_areas, key=lambda row: rank.get(measure_of(model, row), len(rank)), default=None)


def measure_of(model: Model, row: Row) -> str:
    """What a judged row measures."""
    part = wording.read(wording.part_of(model, row.id, row.part), row.reading)
    return part.measure if part else row.measure
