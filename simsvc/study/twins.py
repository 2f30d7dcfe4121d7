"""One replication of a study run by the other engine too."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.engine import difference
from simsvc.engine.reference import run
from simsvc.log import TABLES
from simsvc.promise.twins import Twins
from simsvc.study.replicate import one
from simsvc.workload import draw

MOST = 50_000
"""Faults and orders that the reference engine runs through in a few seconds."""


def twins(case: Case, seed: int, replication: int = 0) -> Twins | None:
    """Compare both engines on one replication; None if it is too large for the reference engine.

    Drawing is compared as well: the compiled engine draws the luck by itself.

    Raises
    ------
    StudyError
        If the compiled engine can't run.
    """
    workload = draw(case, seed, replication)
    if len(workload.faults.key) + len(workload.orders.key) > MOST:
        return None
    log = one(case, seed, replication, "compiled")
    found = difference(case, run(case, workload), log)
    rows = sum(len(next(iter(getattr(log, table).values()))) for table in TABLES)
    return Twins(replication, rows, found.place if found is not None else "")
