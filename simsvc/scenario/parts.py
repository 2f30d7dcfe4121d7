"""The parts of all clauses with their places, and each part as its readings have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from simsvc.scenario.model import Model
from simsvc.scenario.promises import Part, PlanPart, Reading, SimPart
from simsvc.scenario.shape import Tokens

BASE = "base"
"""Id of the base reading: the part as it is written."""

_Read = TypeVar("_Read", SimPart, PlanPart)


def parts(model: Model) -> Iterator[tuple[Tokens, Part]]:
    """Every part of every clause, with its place."""
    for key, clause in model.clauses.items():
        for i, part in enumerate(clause.parts):
            yield ("clauses", key, "parts", i), part


def sim_parts(model: Model) -> Iterator[tuple[Tokens, SimPart]]:
    """Every part that is judged from simulated logs, with its place."""
    yield from ((tokens, part) for tokens, part in parts(model) if isinstance(part, SimPart))


def readings(part: _Read) -> Iterator[tuple[str, _Read]]:
    """Id and resolved part of every reading, the base reading first."""
    yield BASE, part
    for name, reading in part.readings.items():
        yield name, read_as(part, reading)


def read_as(part: _Read, reading: Reading) -> _Read:
    """The part as another reading has it: what it names takes the place; a limit replaces days, days a limit."""
    own = type(part).model_fields
    changes = {key: getattr(reading, key) for key in reading.model_fields_set if key in own}
    if isinstance(part, SimPart):
        narrowed = {k: getattr(reading, k) for k in ("reported_in", "zones") if getattr(reading, k) is not None}
        if narrowed:
            changes["population"] = part.population.model_copy(update=narrowed)
        if reading.limit is not None:
            changes["days"] = None
        elif reading.days is not None:
            changes["limit"] = None
    return part.model_copy(update={**changes, "readings": {}})
