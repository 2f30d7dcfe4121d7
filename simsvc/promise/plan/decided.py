"""What a plan rule says."""

from __future__ import annotations

from dataclasses import dataclass

Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Plan:
    """``met`` of ``asked`` areas, shelves or fields; the plan holds when all are. ``details``: (english, chinese)
    lines, what is wrong first."""

    met: int
    asked: int
    details: Lines
