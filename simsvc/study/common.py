"""Common random numbers: what luck brings to a replication is drawn once for all plans that are held against it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np

from simsvc.case import Case
from simsvc.engine.select import Name
from simsvc.log import Log
from simsvc.workload import Workload, restaffed

ROOM = 256 << 20
"""Bytes of drawn luck that are kept in a process, of all seeds together: some fifty years of 13,000 faults."""
FREE = frozenset((
    "name", "title", "about", "source", "stations", "stock", "rollout", "sizing", "clauses", "assumptions", "reporting",
    "presets",
))  # fmt: skip
"""Tables of a scenario from which nothing is drawn."""
NOT_DRAWN: dict[str, dict[str, Any]] = {
    "staff": dict.fromkeys(("out_of_hours", "on_call", "absences", "relief", "engineers")),
    "dispatch": dict.fromkeys(("who", "backup_radius", "which_ticket", "free_when", "unassigned", "follow_ups")),
}
"""What of other tables is not drawn from, or (absences) drawn anew for each case: left out where they are compared."""

Drawn: TypeAlias = "tuple[Workload, Any]"
"""A workload, and how to draw the rest of it (the compiled engine's ``Lazy``, None where all is drawn)."""


@dataclass
class _Bank:
    """Workloads of one seed by replication, for cases that draw from ``basis``."""

    seed: int
    engine: Name
    basis: dict[str, Any]
    workloads: dict[int, Drawn] = field(default_factory=dict)
    size: int = 0


class Common:
    """Logs of cases that differ in what a plan decides: each replication's luck is drawn once.

    Cases that differ in anything from which luck is drawn (demand, times, calendars …) get luck of their own; whatever
    is shared, each log is that of ``study.replicate.one``, to the bit; but the table of what engineers were at may be
    left empty, for no promise is judged by it. May be used by several threads.

    Parameters
    ----------
    room : int
        Bytes that are kept. Once they are used up what belongs to other seeds goes, the one used longest ago first; the
        first replications of a seed stay, later ones are drawn anew each time.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._banks: list[_Bank] = []  # the one used longest ago first
        self._basis: WeakKeyDictionary[Case, dict[str, Any]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def log(self, case: Case, seed: int, replication: int, engine: Name) -> Log:
        """The log of one replication."""
        with self._lock:
            bank = self._bank(case, seed, engine)
            known = bank.workloads.get(replication)
        if known is not None:
            workload, lazy = known
            return _run(case, (restaffed(case, workload), lazy), engine)
        known = _drawn(case, seed, replication, engine)
        with self._lock:
            self._keep(bank, replication, known)
        return _run(case, known, engine)

    def _bank(self, case: Case, seed: int, engine: Name) -> _Bank:
        basis = self._basis.get(case) or self._basis.setdefault(case, _basis(case))
        for k, bank in enumerate(self._banks):
            if (bank.seed, bank.engine) == (seed, engine) and bank.basis == basis:
                self._basis[case] = bank.basis  # quickly seen to be equal the next time
                self._banks.append(self._banks.pop(k))
                return bank
        self._banks.append(_Bank(seed, engine, basis))
        return self._banks[-1]

    def _keep(self, bank: _Bank, replication: int, known: Drawn) -> None:
        size = _size(known)
        while sum(other.size for other in self._banks) + size > self.room and self._banks[0] is not bank:
            self._banks.pop(0)
        if sum(other.size for other in self._banks) + size <= self.room and replication not in bank.workloads:
            bank.workloads[replication] = known
            bank.size += size


def _drawn(case: Case, seed: int, replication: int, engine: Name) -> Drawn:
    if engine == "compiled":
        from simsvc.workload import compiled

        return compiled.draw(case, seed, replication)
    from simsvc.workload import draw

    return draw(case, seed, replication), None


def _run(case: Case, known: Drawn, engine: Name) -> Log:
    if engine == "compiled":
        from simsvc.engine import compiled

        return compiled.run(case, *known, states=False)
    from simsvc.engine import reference

    return reference.run(case, known[0])


def _basis(case: Case) -> dict[str, Any]:
    """Everything of a case from which luck may be drawn, besides who is employed: tables equal where the luck is."""
    model = case.model
    tables = {name: getattr(model, name) for name in type(model).model_fields if name not in FREE}
    for name, values in NOT_DRAWN.items():
        tables[name] = tables[name].model_copy(update=values)
    for name in ("desk", "remote", "experts"):
        pool = tables[name]
        if pool is not None:
            shifts = [shift.model_copy(update={"agents": 1}) for shift in pool.shifts]
            tables[name] = pool.model_copy(update={"shifts": shifts})
    tables["loaners"] = {key: pool.model_copy(update={"at": {}}) for key, pool in tables["loaners"].items()}
    delivery = tables["delivery"]
    if delivery is not None:
        routes = {
            key: route.model_copy(update={"vans": 1, "departs": [], "capacity": 1})
            for key, route in delivery.routes.items()
        }
        warehouse = delivery.warehouse.model_copy(update={"cut_off": 0})
        tables["delivery"] = delivery.model_copy(update={"routes": routes, "warehouse": warehouse})
    return tables


def _size(value: Any) -> int:
    """Bytes of the arrays of a workload; those that repeat one number take none."""
    if isinstance(value, np.ndarray):
        return 0 if 0 in value.strides else value.nbytes
    if isinstance(value, tuple):
        return sum(_size(part) for part in value)
    return sum(_size(part) for part in vars(value).values()) if hasattr(value, "__dict__") else 0
