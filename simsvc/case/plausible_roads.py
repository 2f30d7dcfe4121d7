"""Plausibility of a network: speeds, positions, ways that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

from simsvc.errors import Problem
from simsvc.network import Network, band_seconds, crow_km
from simsvc.network.checks import MAX_KMH, NEAR_KM
from simsvc.scenario.model import Model

FAR_KM, FAR_TIMES = 500.0, 10.0
"""A node is outside the network's box if it lies further from the middle than both 500 km and ten times the median."""


def too_fast(_model: Model, net: Network) -> Iterator[Problem]:
    """Roads on which a car would have to drive faster than any car does."""
    edges = net.edges
    kmh = np.divide(edges.km * 3600, edges.seconds, out=np.full(len(edges.km), np.inf), where=edges.seconds > 0)
    for i in np.flatnonzero((edges.km > NEAR_KM) & (kmh > MAX_KMH)):
        ends = f"{net.ids[edges.start[i]]}-{net.ids[edges.end[i]]}"
        message = f"faster than {MAX_KMH:g} km/h on average is not plausible"
        yield Problem(f"network.roads ({ends})", f"{kmh[i]:.0f} km/h", message, "check the units: km and minutes")


def outside(_model: Model, net: Network) -> Iterator[Problem]:
    """Nodes that lie far from all the others: swapped or mistyped coordinates."""
    for i, km in _strayed(net).items():
        where = f"{net.lat[i]:g}, {net.lon[i]:g}"
        message = f"lies {km:.0f} km from the middle of the network"
        yield Problem(f"network.nodes ({net.ids[i]})", where, message, "check lat and lon, in degrees WGS-84")


@lru_cache(maxsize=16)
def _strayed(net: Network) -> Mapping[int, float]:
    """Nodes far from all the others, and the kilometres to the middle."""
    known = ~(np.isnan(net.lat) | np.isnan(net.lon))
    if not known.any():
        return {}
    middle = float(np.median(net.lat[known])), float(np.median(net.lon[known]))
    away = {int(i): crow_km(*middle, float(net.lat[i]), float(net.lon[i])) for i in np.flatnonzero(known)}
    limit = max(FAR_KM, FAR_TIMES * float(np.median(list(away.values()))))
    return {i: km for i, km in away.items() if km > limit}


def no_way_on(model: Model, net: Network) -> Iterator[Problem]:
    """Ways that lead there and not back, or to a place and not on: an engineer would be stuck."""
    if net.matrix is None and net.edges.two_way.all():
        return
    leads = (band_seconds(net, model.network, "off_peak", net.ids) >= 0) | np.eye(len(net.ids), dtype=np.bool_)
    onward = (leads.astype(np.int64) @ leads.astype(np.int64) > 0) & ~leads
    for i, j in np.argwhere((leads & ~leads.T) | onward)[:1]:
        message = f"engineers could get stuck: no way leads both from here to {net.ids[j]} and back"
        remedy = "give a time in both directions for every pair of places that others join, or none"
        yield Problem(f"network ({net.ids[i]})", net.ids[i], message, remedy)
