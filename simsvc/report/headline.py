"""Rows of a validation → the head of the page: how many promises hold, and the worst of them in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simsvc.network import Network
from simsvc.promise.result import Row, Validation
from simsvc.report import text, wording
from simsvc.report.areas import area_id, area_name
from simsvc.report.naming import part_names
from simsvc.report.verdicts import county_rows, keepable, tried, worst_first
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.promises import SimPart


@dataclass(frozen=True)
class Headline:
    """Counts and sentences at the head of the page; ``state`` is the verdict that colours it.

    ``lists``: (verdict, its word, clauses) for those that fail, are undecided, hold.
    """

    state: str
    counts: str
    remark: str
    worst_label: str
    worst_id: str
    worst_text: str
    worst: tuple[str, ...]
    lists: tuple[tuple[str, str, str], ...] = ()


def headline(validation: Validation, model: Model, network: Network, words: Words) -> Headline:
    """How many promises hold, and the worst of them in a sentence for a bid writer."""
    base = validation.base()
    n = {v: sum(row.verdict == v for row in base) for v in ("holds", "fails", "undecided", "no cases")}
    judged = n["holds"] + n["fails"] + n["undecided"]
    state = next((v for v in ("fails", "undecided", "holds") if n[v]), "no cases")
    if not base:
        return Headline(state, words("headline.nothing"), "", "", "", "", ())
    counts = words("headline.counts", total=judged, holds=n["holds"], fails=n["fails"], undecided=n["undecided"])
    remarks = [words("headline.no_cases", n=n["no cases"])] if n["no cases"] else []
    remarks += [words("headline.all")] if state == "holds" else []
    remarks += _ranges(base, words)
    worst = _worst(base)
    if worst is None:
        return Headline(state, counts, " ".join(remarks), "", "", "", ())
    clause = model.clauses.get(worst.id)
    label = "headline.worst" if worst.verdict == "fails" else _weakest(worst)
    part = wording.read(wording.part_of(model, worst.id, worst.part), worst.reading)
    sentences = _sentences(worst, part, validation, network, words)
    if part is not None:
        what = words.phrases(
            [words.option("measure", part.measure), *wording.narrowed(part.population, model, network, words)]
        )
        sentences.insert(0, words("headline.what", what=what, limit=wording.limit(part, words)))
    if worst.kind == "plan":
        label = "headline.worst_plan"
        sentences = [line[words.language == "zh"] for line in worst.details[:3]]
    return Headline(
        state=state,
        counts=counts,
        remark=" ".join(remarks),
        worst_label=words(label),
        worst_id=worst.id,
        worst_text=clause.text[words.language].rstrip(".。") if clause else "",
        worst=tuple(sentences),
        lists=tuple(_lists(base, model, network, words)),
    )


def _ranges(base: Sequence[Row], words: Words) -> Iterator[str]:
    """What becomes of the verdicts over the ranges of the assumptions, if that was tried."""
    found = Counter(row.robust.verdict for row in base if row.robust is not None)
    if found:
        yield words("headline.ranges", **{v: found[v] for v in ("holds", "fails", "depends", "undecided")})


def _weakest(row: Row) -> str:
    """What a row that doesn't fail is said to be: above its promised share close to it, below it not decided."""
    below = row.estimate is not None and row.target is not None and row.estimate < row.target
    return "headline.below" if below else "headline.weakest"


def _lists(base: Sequence[Row], model: Model, network: Network, words: Words) -> Iterator[tuple[str, str, str]]:
    """Clauses by verdict, with the share kept where there is one: (verdict, word, clauses).

    A clause with several parts judged says which.
    """
    named, parts = part_names(base, model, network, words), Counter(row.id for row in base)
    for state in ("fails", "undecided", "holds"):
        rows = [row for row in base if row.verdict == state]
        if rows:
            shown = (
                (named[r.id, r.part] if parts[r.id] > 1 else r.id)
                + (f" ({text.share(r.estimate)})" if r.kind == "sim" else "")
                for r in rows
            )
            yield state, words("verdict." + state), words.join(shown)


def _worst(base: Sequence[Row]) -> Row | None:
    """The judged row farthest below its promised share (or least above it); a failing plan where no such row fails."""
    gaps = [row for row in base if row.kind == "sim" and row.estimate is not None and row.target is not None]
    worst = min(gaps, key=lambda row: (row.estimate or 0.0) - (row.target or 0.0), default=None)
    plans = [row for row in base if row.kind == "plan" and row.verdict == "fails"]
    return plans[0] if plans and (worst is None or worst.verdict != "fails") else worst


def _sentences(row: Row, part: SimPart | None, validation: Validation, network: Network, words: Words) -> list[str]:
    kept = text.interval(row.estimate, row.low, row.high)
    held = "kept_time" if part is not None and part.measure == "stock_ratio" else "kept"
    found = [words(f"headline.{held}", share=kept, target=text.target(row.target))]
    if row.breaches_per_year is not None and row.breaches_per_year > 0:
        found.append(words("headline.breaches", breaches=text.count(row.breaches_per_year)))
    if row.reasons and max(row.reasons.values()) > 0:
        reason = max(row.reasons, key=lambda name: row.reasons[name])
        share = text.rough(row.reasons[reason])
        found.append(words("headline.reason", reason=words.option("reason", reason), share=share))
    known = row.keepable is not None or row.keepable_days is not None
    if row.verdict == "fails" and known:
        found.append(words("headline.keepable", limit=keepable(row, part, words)))
    elif row.verdict == "fails" and part is not None and (part.limit is not None or part.days is not None):
        found.append(words("headline.unkeepable", limit=tried(part, words)))
    counties = [r for r in county_rows(validation, row) if not r.apart and r.estimate is not None]
    if counties:
        least = min(counties, key=worst_first)
        name = area_name(network, area_id(network, least.area) or least.area, words)
        share = text.interval(least.estimate, least.low, least.high)
        found.append(words("headline.worst_county", area=name, share=share))
    return found
