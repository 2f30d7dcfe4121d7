"""How long the contractor would take to each fault."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream
from simsvc.workload.samplers import Draws
from simsvc.workload.tables import Faults, Ints


def contractor_arrival(case: Case, draws: Draws, faults: Faults) -> Ints:
    """Seconds from being called to being on site, a row a fault; 0 without a contractor."""
    spec = case.model.dispatch.contractor
    if spec is None:
        return np.zeros(len(faults.key), np.int64)
    return draws.seconds(spec.arrival, Stream.CONTRACTOR, faults.key)
