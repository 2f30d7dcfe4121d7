"""Driving times between nodes by time band: a network and its factors in, integer seconds out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from simsvc.errors import NetworkError
from simsvc.network.lookup import missing
from simsvc.network.model import FERRY, Floats, Ints, Network
from simsvc.scenario.places import BANDS, Band
from simsvc.scenario.places import Network as Spec

MICRO = 1e6
"""Roads are added up in whole microseconds, which float64 sums exactly: a symmetric network then gives symmetric
times to the last bit, whatever the order of addition."""


KEPT = 500
"""Times between so many places at most are kept for the next network with the same roads and factors (2 MB each)."""


def travel_seconds(net: Network, spec: Spec, nodes: Sequence[str]) -> npt.NDArray[np.int32]:
    """Expected driving time between all pairs of ``nodes`` in every band.

    Parameters
    ----------
    net, spec
        The network, and the table with ``time_factor`` and ``bands``.
    nodes
        Ids of the k nodes wanted, in the order wanted; trips may lead through any node.

    Returns
    -------
    array
        int32 (6, k, k): seconds from row to column in the order of ``places.BANDS``, nearest second, -1 where no
        road leads.

    Raises
    ------
    NetworkError
        If a node is not in the network.

    Notes
    -----
    Time of a road = free-flow time × ``time_factor`` × factor of its class in the band; a class without a factor
    takes that of ``"all"``, else 1. The path is the fastest of the band (Dijkstra). Of parallel roads the faster
    counts. Ferries are left out. A ready matrix is taken as it is (× ``"all"``): no detour is looked for in it.
    The diagonal is the drive within a place (``local_drive``), 0 where the scenario gives none.
    """
    return np.stack([band_seconds(net, spec, cast(Band, band), nodes) for band in BANDS])


def band_seconds(net: Network, spec: Spec, band: Band, nodes: Sequence[str]) -> npt.NDArray[np.int32]:
    """Return the same for one band: int32 (k, k)."""
    wanted = positions(net, nodes)
    if not len(wanted):
        return np.zeros((0, 0), dtype=np.int32)
    if net.matrix is not None:
        seconds = net.matrix[np.ix_(wanted, wanted)] * (spec.time_factor * factor(spec, "all", band))
    else:
        find = _kept if len(wanted) <= KEPT else _driving
        seconds = find(net, tuple(class_factors(net, spec, band).tolist()), tuple(wanted.tolist())).copy()
    local = local_seconds(net, spec, band, nodes)
    np.fill_diagonal(seconds, np.where(np.isnan(local), seconds.diagonal(), local))
    reached = np.isfinite(seconds)
    return np.where(reached, np.rint(np.where(reached, seconds, 0)), -1).astype(np.int32)


def _driving(net: Network, factors: tuple[float, ...], wanted: tuple[int, ...]) -> Floats:
    """Driving time between the nodes at these positions, inf where no road leads; ``factors`` by class of road."""
    graph = road_graph(net, np.array(factors, dtype=np.float64))
    return np.asarray(dijkstra(graph, indices=wanted)[:, wanted] / MICRO)


_kept = lru_cache(maxsize=32)(_driving)
"""Bands share factors, and most changes to a scenario leave its roads as they are."""


def local_seconds(net: Network, spec: Spec, band: Band, nodes: Sequence[str]) -> Floats:
    """Drive within each of ``nodes``: its own figure, else that of its kind; nan where the scenario gives none."""
    kinds = [net.kind[net.index[node]] for node in nodes]
    free = [spec.local_drive.get(node, spec.local_drive.get(kind)) for node, kind in zip(nodes, kinds, strict=True)]
    times = np.array([np.nan if seconds is None else seconds for seconds in free], dtype=np.float64)
    return times * (spec.time_factor * factor(spec, "urban", band))


def factor(spec: Spec, road_class: str, band: Band) -> float:
    """Multiplier of free-flow time for a road class in a band, without ``time_factor``."""
    for name in (road_class, "all"):
        if band in spec.bands.get(name, {}):
            return spec.bands[name][band]
    return 1.0


def class_factors(net: Network, spec: Spec, band: Band) -> Floats:
    """Multiplier of free-flow time by class, ``time_factor`` included."""
    return np.array([spec.time_factor * factor(spec, name, band) for name in net.classes])


def road_graph(net: Network, factors: Floats) -> csr_array:
    """Directed graph of the driving times (whole microseconds), no ferries, the fastest of parallel roads."""
    edges = net.edges
    driven = np.array([net.classes[k] != FERRY for k in edges.road_class], dtype=np.bool_)
    back = driven & edges.two_way
    start = np.concatenate([edges.start[driven], edges.end[back]])
    end = np.concatenate([edges.end[driven], edges.start[back]])
    micro = np.rint(edges.seconds * factors[edges.road_class] * MICRO)
    time = np.concatenate([micro[driven], micro[back]])
    order = np.lexsort((time, end, start))
    start, end, time = start[order], end[order], time[order]
    fastest = np.ones(len(order), dtype=np.bool_)
    fastest[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    n = len(net.ids)
    return csr_array((time[fastest], (start[fastest], end[fastest])), shape=(n, n))


def positions(net: Network, nodes: Sequence[str]) -> Ints:
    """Indices of nodes.

    Raises
    ------
    NetworkError
        Listing every node that is not in the network.
    """
    problems = [missing("network", node, net.ids, "node") for node in nodes if node not in net.index]
    if problems:
        raise NetworkError(problems)
    return np.array([net.index[node] for node in nodes], dtype=np.int64)
