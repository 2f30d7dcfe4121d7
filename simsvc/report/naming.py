"""Short names of judged rows for lists and charts, so that the parts of one clause can be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from simsvc.network import Network
from simsvc.promise.result import Row
from simsvc.report import wording
from simsvc.report.verdicts import measure_of
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.promises import PlanPart, SimPart

Part = tuple[str, str]
"""Clause and label of its part."""


def part_names(rows: Sequence[Row], model: Model, network: Network, words: Words) -> dict[Part, str]:
    """Base rows by clause and part: the clause, what it measures, and what else sets it apart from the clause's others
    with that measure: its limit, its plan of visits or the cases that count."""
    kinds = {(row.id, row.part): _kind(row, model, words) for row in rows}
    same = Counter((key, kind) for (key, _), kind in kinds.items())
    found = {}
    for (key, label), kind in kinds.items():
        alike = [(k, p) for (k, p), other in kinds.items() if (k, other) == (key, kind)]
        more = _apart((key, label), alike, model, network, words) if same[key, kind] > 1 else ""
        found[key, label] = f"{key} {kind} {more}".rstrip()
    return found


def _kind(row: Row, model: Model, words: Words) -> str:
    part = wording.part_of(model, row.id, row.part)
    return words.option("short", part.rule if isinstance(part, PlanPart) else measure_of(model, row))


def _apart(own: Part, alike: Sequence[Part], model: Model, network: Network, words: Words) -> str:
    """The first of limit, plan and cases in which the parts differ."""
    parts = {key: wording.read(wording.part_of(model, *key), "base") for key in alike}
    told = {key: list(_said(part, model, network, words)) for key, part in parts.items() if part is not None}
    if len(told) < len(alike):
        return ""
    return next((said[0] for said in zip(*_own_first(own, told), strict=True) if len(set(said)) > 1), "")


def _own_first(own: Part, told: dict[Part, list[str]]) -> Iterator[list[str]]:
    yield told[own]
    yield from (said for key, said in told.items() if key != own)


def _said(part: SimPart, model: Model, network: Network, words: Words) -> Iterator[str]:
    yield wording.limit(part, words)
    yield words.join(model.planned[name].name[words.language] for name in part.population.planned)
    yield words.phrases(wording.narrowed(part.population, model, network, words))
