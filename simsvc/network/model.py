"""The network that everything else reads: places, areas, open roads, as immutable arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from simsvc.network.lookup import unknown
from simsvc.scenario.base import Text

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

PLACE_KINDS = ("seat", "town", "zone")
"""Kinds of node where tickets can happen; the others are interchanges, ports and airports."""
FERRY = "ferry"
"""Road class that is kept in the network but left out of all driving."""


@dataclass(frozen=True)
class Area:
    """A county, city or zone that promises are made to.

    ``population`` is None where it is unknown; ``urban_share`` lies in 0..1 or is None; ``seat`` is a node id;
    ``parent`` is the id of the area around a zone, else empty.
    """

    id: str
    code: str
    name_en: str
    name_zh: str
    kind: str
    seat: str
    population: float | None
    urban_share: float | None
    parent: str

    @property
    def name(self) -> Text:
        """Name in English and Chinese."""
        return Text(en=self.name_en, zh=self.name_zh)


@dataclass(frozen=True, eq=False)
class Edges:
    """Open roads, one entry each, parallel ones included.

    ``start``, ``end``: node indices; ``seconds``: free-flow driving time; ``km``: length (nan if unknown);
    ``road_class``: index into ``Network.classes``; ``two_way``: False for a one-way road from ``start`` to ``end``.
    """

    start: Ints
    end: Ints
    seconds: Floats
    km: Floats
    road_class: Ints
    two_way: Bools
    refs: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Network:
    """Places and the roads of one date; n nodes, all node arrays in the order of ``ids``.

    ``name_en`` falls back on the Chinese name, else the id; ``name_zh`` may be empty. ``lat``, ``lon`` (WGS-84
    degrees) and ``population`` are nan where unknown. ``area`` holds an area id per node (empty if none). ``matrix``:
    seconds (n, n) of a network given as a ready matrix, inf where no road leads; such a network has no edges and no
    classes. ``sources`` and ``attribution`` go into reports.
    """

    ids: tuple[str, ...]
    name_en: tuple[str, ...]
    name_zh: tuple[str, ...]
    lat: Floats
    lon: Floats
    kind: tuple[str, ...]
    area: tuple[str, ...]
    population: Floats
    areas: tuple[Area, ...]
    edges: Edges
    classes: tuple[str, ...]
    sources: str
    attribution: str
    matrix: Floats | None = None
    low_confidence: float | None = None

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each node id."""
        return {node: i for i, node in enumerate(self.ids)}

    @cached_property
    def area_index(self) -> dict[str, int]:
        """Position of each area id."""
        return {area.id: i for i, area in enumerate(self.areas)}

    @cached_property
    def places(self) -> dict[str, tuple[str, ...]]:
        """Node ids of the seats, towns and zones of each area, in network order."""
        found: dict[str, list[str]] = {area.id: [] for area in self.areas}
        for node, kind, area in zip(self.ids, self.kind, self.area, strict=True):
            if kind in PLACE_KINDS:
                found[area].append(node)
        return {area: tuple(nodes) for area, nodes in found.items()}

    def name(self, node: str) -> Text:
        """Name of a node in English and Chinese.

        Raises
        ------
        NetworkError
            If there is no such node.
        """
        if node not in self.index:
            raise unknown("network", node, self.ids, "node")
        i = self.index[node]
        return Text(en=self.name_en[i], zh=self.name_zh[i])
