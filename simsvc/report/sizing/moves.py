"""How the search went: every step with its reason, and where it stands."""

from __future__ import annotations

from simsvc.network import Network
from simsvc.promise.sizing import Move
from simsvc.report import text
from simsvc.report.areas import area_id, area_name
from simsvc.report.sizing.subject import Subject, money, points
from simsvc.report.sizing.tables import Section, Table
from simsvc.report.words import Words


def log(subject: Subject) -> Section:
    """Every step of the search with its reason."""
    plan, words = subject.plan, subject.words
    heads = tuple(words(f"sizing.{head}") for head in ("step", "stage", "what", "why", "cost", "worst", "replications"))
    rows = tuple(
        (
            f"{move.step}",
            stage(move.stage, words),
            subject.pick(move.what),
            subject.pick(move.why),
            money(move.cost),
            least(move.worst, subject.network, words),
            f"{move.replications:,}",
        )
        for move in plan.moves
    )
    if not plan.evaluations:
        return Section("log")
    spent = words.phrases(
        words("sizing.spent", stage=stage(name, words), n=f"{n:,}") for name, n in plan.replications.items()
    )
    notes = (words("sizing.log_said", plans=f"{plan.evaluations:,}", spent=spent),)
    table = Table(heads, rows, words("sizing.steps"), right=(4, 6), asked="log")
    return Section("log", words("sizing.log_means"), notes, (table,))


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
