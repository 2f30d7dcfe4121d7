"""Lead times of spare parts, keyed by store, part and number of the order."""

from __future__ import annotations

import numpy as np

from simsvc.luck import Stream, name_key
from simsvc.scenario.distribution import Distribution
from simsvc.workload.samplers import Draws

BLOCK = 64


class Leads:
    """Lead times by (store, part, number), drawn in blocks when they are first asked for."""

    def __init__(self, seed: int, stream: Stream = Stream.LEAD) -> None:
        self._draws, self._stream = Draws(seed), stream
        self._blocks: dict[tuple[str, str, int], list[int]] = {}

    def seconds(self, dist: Distribution, store: str, part: str, number: int) -> int:
        """Lead time of the ``number``-th order of a part by a store."""
        block, at = divmod(number, BLOCK)
        found = self._blocks.get((store, part, block))
        if found is None:
            key = np.array([name_key("lead", store, part)], np.uint64)
            numbers = np.arange(block * BLOCK, (block + 1) * BLOCK)
            found = self._draws.seconds(dist, self._stream, key, numbers).tolist()
            self._blocks[(store, part, block)] = found
        return found[at]
