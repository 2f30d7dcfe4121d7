"""Own networks: nodes and roads, nodes and a matrix, or a GraphML file; all problems are reported at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from simsvc.errors import NetworkError, Problem
from simsvc.network.checks import check_nodes, check_roads
from simsvc.network.draft import DraftNode, DraftRoad, build
from simsvc.network.matrix import read_matrix
from simsvc.network.model import PLACE_KINDS, Area, Floats, Network
from simsvc.scenario.places import Network as Spec
from simsvc.scenario.places import Node


def own_tables(spec: Spec, base: Path | None) -> Network:
    """Network of the tables ``nodes`` and ``roads``, or ``nodes`` and a ``matrix`` file.

    Raises
    ------
    NetworkError
        With every problem of the tables and the file.
    """
    nodes = [DraftNode(f"network.nodes.{i}", node) for i, node in enumerate(spec.nodes or [])]
    roads = [DraftRoad(f"network.roads.{i}", road) for i, road in enumerate(spec.roads or [])]
    problems: list[Problem] = []
    matrix = None
    if spec.matrix is not None:
        matrix, problems = read_matrix(located(spec.matrix, base), [d.node.id for d in nodes], spec.matrix)
    sources = f"own network, matrix {spec.matrix}" if spec.matrix else "own network, tables of the scenario"
    return assemble(
        nodes, roads, path="network.nodes", as_of=spec.as_of, sources=sources, matrix=matrix, earlier=problems
    )


def assemble(
    nodes: Sequence[DraftNode],
    roads: Sequence[DraftRoad],
    *,
    path: str,
    sources: str,
    as_of: dt.date | None = None,
    matrix: Floats | None = None,
    earlier: Sequence[Problem] = (),
) -> Network:
    """Check drafts and make their network, areas taken from the nodes (see ``node_areas``).

    ``path`` names the nodes as a whole in messages; ``earlier`` are problems found while reading.

    Raises
    ------
    NetworkError
        With all problems, the earlier ones first.
    """
    names = node_areas(nodes)
    problems = [*earlier, *check_nodes(nodes, path), *check_roads(nodes, roads), *_check_seats(nodes, names)]
    if problems:
        raise NetworkError(problems)
    areas = [_area(name, nodes, names) for name in dict.fromkeys(n for n in names if n)]
    return build(nodes, roads, areas, names, as_of=as_of, sources=sources, matrix=matrix)


def node_areas(nodes: Sequence[DraftNode]) -> list[str]:
    """Area id of every node: its ``area``, or its own id where a place (seat, town, zone) names none.

    A node that is no place keeps its area only if that area has places.
    """
    names = [d.node.area or d.node.id if d.node.kind in PLACE_KINDS else d.node.area for d in nodes]
    served = {name for name, d in zip(names, nodes, strict=True) if d.node.kind in PLACE_KINDS}
    return [name if name in served else "" for name in names]


def located(file: str, base: Path | None) -> Path:
    """Path of a file named in a scenario: relative to the folder of the scenario."""
    return (base or Path()) / file


def _check_seats(nodes: Sequence[DraftNode], names: Sequence[str]) -> list[Problem]:
    seats: dict[str, str] = {}
    problems = []
    for d, area in zip(nodes, names, strict=True):
        if d.node.kind == "seat" and seats.setdefault(area, d.where) != d.where:
            what = f'area "{area}" has its seat at {seats[area]} already'
            problems.append(Problem(f"{d.where}.kind", d.node.id, what, 'write kind "town", or another area'))
    return problems


def _area(name: str, nodes: Sequence[DraftNode], names: Sequence[str]) -> Area:
    inside = [d.node for d, area in zip(nodes, names, strict=True) if area == name and d.node.kind in PLACE_KINDS]
    seat = next((node for node in inside if node.kind == "seat"), inside[0])
    namesake = next((node for node in inside if node.id == name), None)
    return Area(
        id=name,
        code="",
        name_en=(namesake.name_en or namesake.name_zh or name) if namesake else name,
        name_zh=namesake.name_zh if namesake else "",
        kind="area",
        seat=seat.id,
        population=_population(inside),
        urban_share=None,
        parent="",
    )


def _population(inside: Sequence[Node]) -> float | None:
    # A sum over some of the towns would pass for the whole.
    known = [node.population for node in inside if node.population is not None]
    return sum(known) if len(known) == len(inside) else None
