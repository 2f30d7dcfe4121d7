"""The sections of the answer, in the order in which a person asks."""

from __future__ import annotations

from collections.abc import Callable

from simsvc.report.sizing import answer, beyond, coming, decisions, kept, moves
from simsvc.report.sizing.subject import Subject
from simsvc.report.sizing.tables import Section, with_content

SECTIONS: tuple[Callable[[Subject], Section], ...] = (
    decisions.decisions, kept.on_map, kept.kept, answer.wanted, answer.obstacles, coming.rollout, beyond.next_engineer,
    beyond.relaxed, beyond.pareto, beyond.ladder, beyond.sturdy, coming.relief, decisions.bound, decisions.rivals,
    moves.log,
)  # fmt: skip


def told(subject: Subject) -> list[Section]:
    """All sections that have something to say."""
    return list(with_content(section(subject) for section in SECTIONS))
