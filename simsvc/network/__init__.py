"""Roads and places: travel times by time band, town weights, coverage, islands.

A scenario's ``network`` table goes in (``load``), a ``Network`` comes out; everything else here reads that.
"""

from __future__ import annotations

from simsvc.network.coverage import CoverageRow, coverage
from simsvc.network.geometry import crow_km, nodes_for_map, roads_for_map
from simsvc.network.graph import from_networkx, read_graphml, to_networkx
from simsvc.network.model import FERRY, PLACE_KINDS, Area, Edges, Network
from simsvc.network.reach import CutOff, components, cut_off
from simsvc.network.shipped import hainan
from simsvc.network.source import load
from simsvc.network.travel import band_seconds, travel_seconds
from simsvc.network.weights import town_weights

__all__ = [
    "FERRY",
    "PLACE_KINDS",
    "Area",
    "CoverageRow",
    "CutOff",
    "Edges",
    "Network",
    "band_seconds",
    "components",
    "coverage",
    "crow_km",
    "cut_off",
    "from_networkx",
    "hainan",
    "load",
    "nodes_for_map",
    "read_graphml",
    "roads_for_map",
    "to_networkx",
    "town_weights",
    "travel_seconds",
]
