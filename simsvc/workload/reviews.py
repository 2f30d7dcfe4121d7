"""Quality control of repairs on site: when each is reviewed, whether it fails, and the rework then."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream, derive
from simsvc.workload.samplers import ByGroup, Draws
from simsvc.workload.tables import Faults, Reviews


def reviews(case: Case, draws: Draws, faults: Faults) -> Reviews:
    """One row a fault, keyed by it alone; the rework has a key of its own. No rows without a review."""
    spec = case.model.review
    key = faults.key if spec is not None else np.empty(0, np.uint64)
    rework = ByGroup([spec.work] if spec else [], np.zeros(len(key), np.int64), Stream.REWORK, key)
    return Reviews(
        after=draws.seconds(spec.after, Stream.REVIEW_AFTER, key) if spec else np.zeros(0, np.int64),
        fails=draws.happens(spec.fail if spec else 0.0, Stream.REVIEW_FAILS, key),
        legs=draws.legs(case, derive(key, int(Stream.REWORK)), rework, 1),
    )
