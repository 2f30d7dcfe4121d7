"""Distances as the crow flies, and the lines of the roads for a map."""

from __future__ import annotations

import math

import numpy as np

from simsvc.network.model import Network

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""


def crow_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km of two points in WGS-84 degrees (haversine formula)."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    across = math.radians(lon2 - lon1)
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def roads_for_map(net: Network) -> list[tuple[float, float, float, float, str]]:
    """Lines of the open roads, ferries included: (lon, lat, lon, lat, class), degrees.

    Roads to a node without coordinates are left out; a network given as a matrix has none.
    """
    edges = net.edges
    lines = np.column_stack([net.lon[edges.start], net.lat[edges.start], net.lon[edges.end], net.lat[edges.end]])
    return [
        (float(a), float(b), float(c), float(d), net.classes[k])
        for (a, b, c, d), k in zip(lines, edges.road_class, strict=True)
        if not np.isnan([a, b, c, d]).any()
    ]


def nodes_for_map(net: Network) -> list[tuple[str, float, float, str]]:
    """Nodes with coordinates: (id, lon, lat, kind), degrees."""
    return [
        (node, float(lon), float(lat), kind)
        for node, lon, lat, kind in zip(net.ids, net.lon, net.lat, net.kind, strict=True)
        if not (np.isnan(lon) or np.isnan(lat))
    ]
