"""What a plan rule says."""

from __future__ import annotations

from dataclasses import dataclass

Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Plan:
    """``met`` of ``asked`` areas, shelves or fields; the plan holds when that is the share promised. ``details``:
    (english, chinese) lines, what is wrong first."""

    met: int
    asked: int
    details: Lines

    @property
    def share(self) -> float:
        """Share of what is asked for that is met; 1 where nothing is asked."""
        return self.met / self.asked if self.asked else 1.0
