"""What the clauses of a case ask of every log: their parts, reading by reading."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.case.arrays import Case
from simsvc.measures.once import per_case
from simsvc.measures.stock import Shelves, groups
from simsvc.scenario.parts import readings
from simsvc.scenario.promises import MeasurePart, Population, SimPart


@dataclass(frozen=True)
class Asked:
    """One part under one reading; ``part`` is resolved. ``shelves`` of a promise about spares."""

    clause: str
    position: int
    reading: str
    part: SimPart
    shelves: Shelves | None


@dataclass(frozen=True)
class Questions:
    """Parts judged from logs, and measures by clause and position. Equal populations are one object, so that its cases
    are looked for once a log."""

    sims: tuple[Asked, ...]
    measures: tuple[tuple[str, int, MeasurePart], ...]


@per_case
def questions(case: Case) -> Questions:
    """Everything that the clauses ask of a log."""
    same: dict[str, Population] = {}

    def one(who: Population) -> Population:
        return same.setdefault(who.model_dump_json(), who)

    sims: list[Asked] = []
    measures: list[tuple[str, int, MeasurePart]] = []
    for clause, spec in case.model.clauses.items():
        for k, part in enumerate(spec.parts):
            if isinstance(part, MeasurePart):
                measures.append((clause, k, part.model_copy(update={"population": one(part.population)})))
            elif isinstance(part, SimPart):
                for name, as_read in readings(part):
                    read = as_read.model_copy(update={"population": one(as_read.population)})
                    shelves = groups(case, read) if read.measure == "stock_ratio" else None
                    sims.append(Asked(clause, k, name, read, shelves))
    return Questions(tuple(sims), tuple(measures))
