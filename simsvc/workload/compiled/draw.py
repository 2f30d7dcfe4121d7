"""All luck of one replication by kernels; that of visits only when it is asked for."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.luck import replication_seed
from simsvc.workload.compiled.draws import CompiledDraws
from simsvc.workload.compiled.lazy import Lazy
from simsvc.workload.draw import drawn
from simsvc.workload.tables import Workload


def draw(case: Case, seed: int, replication: int) -> tuple[Workload, Lazy]:
    """As ``workload.draw``, to the bit, but for the legs of all tables and ``faults.diagnosis``.

    Returns
    -------
    workload : Workload
        Legs and diagnosis have their shapes, but hold ``UNDRAWN`` or ``UNDRAWN_NOISE`` throughout (read-only).
    lazy : Lazy
        How to draw them.
    """
    draws = CompiledDraws(replication_seed(seed, replication))
    return drawn(case, draws), draws.lazy()
