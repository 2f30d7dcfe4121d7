"""The measures that go with an engine: compiled ones with the compiled engine, equal to the others to the last bit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from simsvc.case.arrays import Case, Floats
from simsvc.log import Log
from simsvc.measures.asked import counts_of
from simsvc.measures.counts import Count
from simsvc.measures.kept import Place, kept_of
from simsvc.measures.tally import Tally, tally

Name = Literal["compiled", "reference"]


def tallier(engine: Name) -> Callable[[Case, Log], Tally]:
    """``tally``, or its compiled twin."""
    if engine == "reference":
        return tally
    from simsvc.measures import compiled

    return compiled.tally


def keeper(engine: Name) -> Callable[[Case, Log, Sequence[Place]], Floats]:
    """``kept_of``, or its compiled twin."""
    if engine == "reference":
        return kept_of
    from simsvc.measures import compiled

    return compiled.kept_of


def counter(engine: Name) -> Callable[[Case, Log, Sequence[Place]], list[Count]]:
    """``counts_of``, or its compiled twin."""
    if engine == "reference":
        return counts_of
    from simsvc.measures import compiled

    return compiled.counts_of
