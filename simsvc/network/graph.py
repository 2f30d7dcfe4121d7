"""Road graphs of networkx, and GraphML files: into a network and back."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx
import numpy as np
from pydantic import ValidationError

from simsvc.errors import NetworkError, Problem
from simsvc.network.draft import DraftNode, DraftRoad
from simsvc.network.model import Network
from simsvc.network.own import assemble
from simsvc.scenario.places import Node, Road

NODE_NUMBERS = ("lat", "lon", "population")
ROAD_NUMBERS = ("minutes", "length_km", "typical_kmh")


def from_networkx(
    graph: nx.Graph[Any], *, as_of: dt.date | None = None, name: str = "graph", sources: str = "own network, graph"
) -> Network:
    """Make a network of a graph; parallel edges may exist, edges of a directed graph are one-way roads.

    Parameters
    ----------
    graph
        Node attributes: ``id`` (else the key, as text), ``name`` or ``name_en``, ``name_zh``, ``lat``, ``lon``,
        ``kind`` (else ``"town"``), ``area``, ``population``. Edge attributes: ``minutes``, or ``length_km`` and
        ``typical_kmh``; ``class`` (else ``"road"``), ``ref``, ``opening_date`` (ISO text or date). Attributes that
        are None or NaN count as not given; others are ignored.
    as_of
        Leaves out roads opened later; None keeps all.
    name
        How messages call the graph.
    sources
        Goes into reports.

    Raises
    ------
    NetworkError
        With every problem found.
    """
    problems: list[Problem] = []
    ids = {key: str(_given(data, "id", key)) for key, data in graph.nodes(data=True)}
    nodes, roads = [], []
    for key, data in graph.nodes(data=True):
        where = f"{name} node {ids[key]}"
        try:
            nodes.append(DraftNode(where, Node.model_validate(_node(ids[key], data))))
        except ValidationError as error:
            problems += _problems(error, where)
            nodes.append(DraftNode(where, Node(id=ids[key])))  # stands in, so that its roads are not blamed too
    for a, b, data in graph.edges(data=True):
        where = f"{name} edge {ids[a]}–{ids[b]}"
        try:
            road = Road.model_validate(_road(ids[a], ids[b], data))
            roads.append(DraftRoad(where, road, one_way=graph.is_directed()))
        except ValidationError as error:
            problems += _problems(error, where)
    return assemble(nodes, roads, path=name, as_of=as_of, sources=sources, earlier=problems)


def read_graphml(file: Path, *, as_of: dt.date | None = None, name: str = "") -> Network:
    """Make a network of a GraphML file with the attributes of ``from_networkx``.

    Raises
    ------
    NetworkError
        If the file cannot be read, or with every problem of its content.
    """
    name = name or file.name
    try:
        graph = nx.read_graphml(file)
    except FileNotFoundError:
        problem = Problem("network.graphml", name, "file not found", "paths are relative to the scenario file")
        raise NetworkError(problem) from None
    except (OSError, ParseError, ValueError, KeyError, nx.NetworkXError) as error:
        what = f"cannot be read as GraphML: {type(error).__name__}"
        raise NetworkError(Problem("network.graphml", name, what, "write it with networkx.write_graphml")) from error
    return from_networkx(graph, as_of=as_of, name=name, sources=f"own network, {name}")


def to_networkx(net: Network) -> nx.MultiGraph[str]:
    """Make a multigraph of a network, a directed one if it has one-way roads or is a ready matrix.

    Nodes are ids and carry ``name_en``, ``name_zh``, ``lat``, ``lon``, ``kind``, ``area``, ``population``; edges
    carry ``minutes`` (free flow), ``class``, ``ref`` and ``length_km``. Unknown values are left out, so the graph can
    be written as GraphML. A matrix becomes an edge per pair with a road, so that a detour may be found faster
    than the matrix says. Facts of areas (population, urban share) are not kept.
    """
    one_way = net.matrix is not None or not net.edges.two_way.all()
    graph: nx.MultiGraph[str] = nx.MultiDiGraph() if one_way else nx.MultiGraph()
    for i, node in enumerate(net.ids):
        texts = {"name_en": net.name_en[i], "name_zh": net.name_zh[i], "kind": net.kind[i], "area": net.area[i]}
        numbers = {"lat": net.lat[i], "lon": net.lon[i], "population": net.population[i]}
        graph.add_node(node, **{k: v for k, v in texts.items() if v}, **_known(numbers))
    edges = net.edges
    for k, (a, b) in enumerate(zip(edges.start, edges.end, strict=True)):
        numbers = {"minutes": edges.seconds[k] / 60, "length_km": edges.km[k]}
        data = {"class": net.classes[edges.road_class[k]], "ref": edges.refs[k], **_known(numbers)}
        graph.add_edge(net.ids[a], net.ids[b], **data)
        if one_way and edges.two_way[k]:
            graph.add_edge(net.ids[b], net.ids[a], **data)
    if net.matrix is not None:
        for a, b in np.argwhere(np.isfinite(net.matrix)):
            if a != b:
                graph.add_edge(net.ids[a], net.ids[b], minutes=float(net.matrix[a, b]) / 60)
    return graph


def _node(node: str, data: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": node, "name_en": str(_given(data, "name_en", _given(data, "name", "")))}
    row |= {k: str(_given(data, k, "")) for k in ("name_zh", "area")}
    row |= {k: _given(data, k, None) for k in NODE_NUMBERS}
    return row | {"kind": _given(data, "kind", "town")}


def _road(start: str, end: str, data: Mapping[str, Any]) -> dict[str, Any]:
    opened = _given(data, "opening_date", None)
    if isinstance(opened, str):
        with contextlib.suppress(ValueError):  # the model says what is wrong with it
            opened = dt.date.fromisoformat(opened)
    row: dict[str, Any] = {"from": start, "to": end, "opening_date": opened}
    row |= {"ref": str(_given(data, "ref", "")), "class": str(_given(data, "class", "road"))}
    return row | {k: _given(data, k, None) for k in ROAD_NUMBERS}


def _given(data: Mapping[str, Any], key: str, default: Any) -> Any:
    value = data.get(key)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return default
    return value.item() if isinstance(value, np.generic) else value


def _known(numbers: Mapping[str, float]) -> dict[str, float]:
    return {key: float(value) for key, value in numbers.items() if not math.isnan(value)}


def _problems(error: ValidationError, where: str) -> list[Problem]:
    return [
        Problem(f"{where}.{'.'.join(str(part) for part in one['loc'])}", str(one["input"]), one["msg"])
        for one in error.errors()
    ]
