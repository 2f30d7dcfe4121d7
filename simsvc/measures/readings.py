"""The readings of a clause part: the base reading as written, the others with what they change put in."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.model import Model
from simsvc.scenario.promises import Reading, SimPart

BASE = "base"


def readings(part: SimPart) -> Iterator[tuple[str, SimPart]]:
    """Id and resolved part of every reading, the base reading first."""
    yield BASE, part
    for name, reading in part.readings.items():
        yield name, read_as(part, reading)


def read_as(part: SimPart, reading: Reading) -> SimPart:
    """The part under another reading: what the reading doesn't name stays; a limit in hours replaces one in days."""
    changes = reading.model_dump(exclude={"name", "reported_in"}, exclude_none=True)
    if reading.limit is not None:
        changes.setdefault("days", None)
    if reading.days is not None:
        changes.setdefault("limit", None)
    if reading.reported_in is not None:
        changes["population"] = part.population.model_copy(update={"reported_in": reading.reported_in})
    return part.model_copy(update=changes)


def sim_parts(model: Model) -> Iterator[tuple[str, int, SimPart]]:
    """Clause, position and part of every part that is judged from simulated logs."""
    for clause, spec in model.clauses.items():
        for k, part in enumerate(spec.parts):
            if isinstance(part, SimPart):
                yield clause, k, part
