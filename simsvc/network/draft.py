"""Nodes and roads from any source, on their way to a network: what was written, and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from simsvc.network.geometry import crow_km
from simsvc.network.model import Area, Edges, Floats, Network
from simsvc.scenario.places import Node, Road

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class DraftNode:
    """A node and the place where it was written (scenario path, or file and row)."""

    where: str
    node: Node


@dataclass(frozen=True)
class DraftRoad:
    """A road and the place where it was written; ``one_way`` from its ``from`` to its ``to``."""

    where: str
    road: Road
    one_way: bool = False


def minutes(road: Road) -> float | None:
    """Free-flow minutes of a road, None if neither given nor computable."""
    if road.minutes is not None:
        return road.minutes
    if road.length_km is None or road.typical_kmh is None:
        return None
    return road.length_km / road.typical_kmh * 60


def straight_km(a: Node, b: Node) -> float | None:
    """Straight line between two nodes in km, None without coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return crow_km(a.lat, a.lon, b.lat, b.lon)


def is_open(road: Road, as_of: dt.date | None) -> bool:
    """Whether a road is in the network of that date: opened on it or before; without either date it is."""
    return as_of is None or road.opening_date is None or road.opening_date <= as_of


def build(
    nodes: Sequence[DraftNode],
    roads: Sequence[DraftRoad],
    areas: Sequence[Area],
    node_areas: Sequence[str],
    *,
    as_of: dt.date | None = None,
    sources: str,
    attribution: str = "",
    matrix: Floats | None = None,
) -> Network:
    """Make the network of drafts that have passed the checks.

    ``node_areas``: area id per node. Classes are those of all roads, open or not, so that they do not hang on the
    date.
    """
    plain = [d.node for d in nodes]
    by_id = {node.id: node for node in plain}
    index = {node.id: i for i, node in enumerate(plain)}
    classes = tuple(dict.fromkeys(d.road.road_class for d in roads))
    opened = [d for d in roads if is_open(d.road, as_of)]
    times = [minutes(d.road) for d in opened]
    lengths = [
        d.road.length_km if d.road.length_km is not None else straight_km(by_id[d.road.from_], by_id[d.road.to])
        for d in opened
    ]
    edges = Edges(
        start=frozen(np.array([index[d.road.from_] for d in opened], dtype=np.int64)),
        end=frozen(np.array([index[d.road.to] for d in opened], dtype=np.int64)),
        seconds=frozen(_floats(times) * 60),
        km=frozen(_floats(lengths)),
        road_class=frozen(np.array([classes.index(d.road.road_class) for d in opened], dtype=np.int64)),
        two_way=frozen(np.array([not d.one_way for d in opened], dtype=np.bool_)),
        refs=tuple(d.road.ref for d in opened),
    )
    return Network(
        ids=tuple(node.id for node in plain),
        name_en=tuple(node.name_en or node.name_zh or node.id for node in plain),
        name_zh=tuple(node.name_zh for node in plain),
        lat=frozen(_floats([node.lat for node in plain])),
        lon=frozen(_floats([node.lon for node in plain])),
        kind=tuple(node.kind for node in plain),
        area=tuple(node_areas),
        population=frozen(_floats([node.population for node in plain])),
        areas=tuple(areas),
        edges=edges,
        classes=classes,
        sources=sources,
        attribution=attribution,
        matrix=None if matrix is None else frozen(matrix),
    )


def frozen(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Forbid writing to an array and return it: networks are shared."""
    array.flags.writeable = False
    return array


def _floats(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
