"""A validation → the smaller tables: trust card, areas, figures, provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simsvc.network import Network
from simsvc.promise.result import Row, Validation
from simsvc.report import text
from simsvc.report.areas import area_id, area_name
from simsvc.report.verdicts import SYMBOLS, Bar, bar, floor_of, worst_first
from simsvc.report.words import Words
from simsvc.scenario.model import Model

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
    """Areas, worst first; areas without cases, then areas shown apart, come last; of these only those with cases."""
    floor = floor_of(rows)
    shown = [r for r in rows if r.cases or not r.apart]
    order = sorted(shown, key=lambda r: (r.apart, r.estimate is None, worst_first(r), r.area))
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


def yearly(validation: Validation) -> bool:
    """Whether one replication counts about a year, so that its figures may be called those of a year."""
    return 0.9 <= validation.figures.get("window_years", 0.0) <= 1.1


def flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str, bool]]:
    """Provenance as (path, text, whether it is too long for a line)."""
    for key, value in values.items():
        path = f"{before}{key}"
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{path}.")
            continue
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        yield path, shown, len(shown) > _LONG or "\n" in shown
