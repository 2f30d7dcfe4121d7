"""What becomes of a verdict when the assumptions behind it move over their ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from simsvc.promise.ranges import End, Robust, RobustVerdict, Tried
from simsvc.promise.result import PROVINCE, Row, Verdict
from simsvc.scenario.parts import BASE

Key = tuple[str, str]
"""Clause and label of its part, as in a row."""
MOST_MOVED = 3
"""Assumptions named where none turns a verdict by itself."""


@dataclass(frozen=True)
class Robustness:
    """Robust verdicts by clause and part, and what was tried for them."""

    verdicts: Mapping[Key, Robust]
    tried: Tried

    def beside(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows, those of the base reading for the whole province with their robust verdicts."""
        return tuple(
            replace(row, robust=self.verdicts.get((row.id, row.part)))
            if (row.reading, row.area) == (BASE, PROVINCE)
            else row
            for row in rows
        )


def robust_verdict(base: Verdict, ends: Sequence[End], combinations: Sequence[Verdict]) -> Robust:
    """Sum up what was found for one promise; ``ends`` without a case say nothing, nor do such combinations."""
    if base not in ("holds", "fails", "undecided"):
        return Robust("no cases")
    far = sorted((e for e in ends if e.verdict != "no cases"), key=lambda e: -abs(e.shift or 0.0))
    found = {base, *(e.verdict for e in far), *(v for v in combinations if v != "no cases")}
    verdict: RobustVerdict = "undecided"
    if {"holds", "fails"} <= found:
        verdict = "depends"
    elif "undecided" not in found:
        verdict = "holds" if base == "holds" else "fails"
    return Robust(
        verdict,
        turns=tuple(e for e in far if e.verdict not in (base, "undecided")),
        open=tuple(e for e in far if e.verdict == "undecided" and base != "undecided"),
        most=tuple(e for e in far[:MOST_MOVED] if e.shift),
        combinations={v: combinations.count(v) for v in dict.fromkeys(combinations)},
    )
