"""How the search went: every step with its reason, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from simsvc.network import Network
from simsvc.promise.sizing import Move
from simsvc.report import text
from simsvc.report.areas import area_id, area_name
from simsvc.report.sizing.subject import Subject, money, points
from simsvc.report.sizing.tables import Section, Table
from simsvc.report.words import Words

_COMMA = {"en": ", ", "zh": "，"}
"""Between what is decided and where, as the search names it."""


def log(subject: Subject) -> Section:
    """Every step of the search with its reason; those of a round that have the same reason in one row."""
    plan, words = subject.plan, subject.words
    heads = tuple(words(f"sizing.{head}") for head in ("step", "stage", "what", "why", "cost", "worst", "replications"))
    rows = tuple(row for _, moves in groupby(plan.moves, _round) for row in _rows(subject, list(moves)))
    if not plan.evaluations:
        return Section("log")
    spent = words.phrases(
        words("sizing.spent", stage=stage(name, words), n=f"{n:,}") for name, n in plan.replications.items()
    )
    notes = (words("sizing.log_said", plans=f"{plan.evaluations:,}", spent=spent),)
    table = Table(heads, rows, words("sizing.steps"), right=(4, 6), whole=(0, 1), asked="log")
    return Section("log", words("sizing.log_means"), notes, (table,))


def _round(move: Move) -> tuple[str, float, int]:
    """What the steps of one round share: they were taken together."""
    return move.stage, move.cost, move.replications


def _rows(subject: Subject, moves: Sequence[Move]) -> Iterator[tuple[str, ...]]:
    """A row a reason; where the round stands after it is said in the first."""
    words, (first, *_) = subject.words, moves
    shared = money(first.cost), least(first.worst, subject.network, words), f"{first.replications:,}"
    for whys, found in groupby(moves, lambda move: move.why):
        mine = list(found)
        steps = f"{mine[0].step}" if len(mine) == 1 else f"{mine[0].step}–{mine[-1].step}"
        what = words.phrases(together([subject.pick(move.what) for move in mine], words))
        heading = stage(first.stage, words) if mine[0] is first else ""
        yield steps, heading, what, subject.pick(whys), *(shared if mine[0] is first else ("", "", ""))


def together(steps: Sequence[str], words: Words) -> list[str]:
    """The same step at several places said once: "On call, Sanya, Ledong: everyone → one, by weekly rota"."""
    comma, colon = _COMMA[words.language], words("page.colon")
    places: dict[tuple[str, str], list[str]] = {}
    for step in steps:
        named, _, change = step.partition(colon)
        what, _, place = named.partition(comma)
        places.setdefault((what, change) if place and change else (step, ""), []).append(place)
    said = []
    for (what, change), where in places.items():
        said.append(f"{what}{comma}{words.join(where)}{colon}{change}" if change else what)
    return said


def so_far(move: Move, network: Network, words: Words) -> str:
    """A step in a line: what was done, what the plan costs now, where it stands worst."""
    return words(
        "sizing.best_so_far",
        stage=stage(move.stage, words),
        what=move.what[words.language == "zh"],
        cost=money(move.cost),
        worst=least(move.worst, network, words),
    )


def stage(name: str, words: Words) -> str:
    """A stage of the search."""
    return words.option("sizing_stage", name)


def least(worst: tuple[str, str, float] | None, network: Network, words: Words) -> str:
    """The promise with the least to spare: clause, area, share less target in points."""
    if worst is None:
        return text.MISSING
    clause, area, spare = worst
    named = words("area.province") if area == "province" else area_name(network, area_id(network, area) or area, words)
    return f"{clause} {named} {points(spare)}"
