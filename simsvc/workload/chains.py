"""Things that come back: repeats of faults, goods sent out anew for those that arrived faulty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.luck import Stream, derive
from simsvc.workload.samplers import Draws
from simsvc.workload.tables import Floats, Ints, Keys

GENERATIONS = 12
"""Repeats of repeats followed; with 6 % a generation the thirteenth has odds of one in 10^15."""


@dataclass(frozen=True)
class Chains:
    """The first of each chain, then generation by generation what follows. ``parent``, ``child``, ``first``: rows.

    ``parent`` and ``child`` are -1 for none; ``first`` is the row with which the chain began.
    """

    key: Keys
    parent: Ints
    child: Ints
    first: Ints


def chains(draws: Draws, key: Keys, chance: Floats, stream: Stream) -> Chains:
    """Chains that begin with each key; ``chance`` of another, the same all along a chain."""
    keys, parents, firsts = [key], [np.full(len(key), -1)], [np.arange(len(key))]
    offset = 0
    for _ in range(GENERATIONS):
        again = np.flatnonzero(draws.happens(chance[firsts[-1]], stream, keys[-1]))
        if not len(again):
            break
        parents.append(offset + again)
        offset += len(keys[-1])
        keys.append(derive(keys[-1][again], int(Stream.CHILD)))
        firsts.append(firsts[-1][again])
    parent = np.concatenate(parents)
    child = np.full(len(parent), -1)
    later = np.arange(len(key), len(parent))
    child[parent[later]] = later
    return Chains(np.concatenate(keys), parent, child, np.concatenate(firsts))
