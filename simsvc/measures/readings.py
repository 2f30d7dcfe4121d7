"""The readings of a clause part: the base reading as written, the others with what they change put in."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.clauses import read_as
from simsvc.scenario.model import Model
from simsvc.scenario.promises import SimPart

BASE = "base"


def readings(part: SimPart) -> Iterator[tuple[str, SimPart]]:
    """Id and resolved part of every reading, the base reading first."""
    yield BASE, part
    for name, reading in part.readings.items():
        yield name, read_as(part, reading)


def sim_parts(model: Model) -> Iterator[tuple[str, int, SimPart]]:
    """Clause, position and part of every part that is judged from simulated logs."""
    for clause, spec in model.clauses.items():
        for k, part in enumerate(spec.parts):
            if isinstance(part, SimPart):
                yield clause, k, part
