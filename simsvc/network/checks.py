"""Whether nodes and roads can be believed: every problem found, before a network is made of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from simsvc.errors import Problem
from simsvc.network.draft import DraftNode, DraftRoad, minutes, straight_km
from simsvc.network.lookup import missing
from simsvc.network.model import PLACE_KINDS
from simsvc.scenario.places import Network, Node, Road

MAX_KMH = 150.0
"""Faster than any road lets a car travel on average."""
SHORTEST = 0.9
"""A road shorter than this share of the straight line cannot be (positions are uncertain by about 2 km)."""
LONGEST = 20.0
"""A road longer than this multiple of the straight line was most likely written in metres."""
MAX_MINUTES = 10_080.0
"""A drive of more than a week was most likely written in seconds."""
NEAR_KM = 1.0
"""Below this straight line the positions are too rough to judge a length by."""


def check_nodes(nodes: Sequence[DraftNode], path: str) -> list[Problem]:
    """Problems of the nodes; ``path`` names the whole list."""
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for draft in nodes:
        node, where = draft.node, draft.where
        if not node.id:
            problems.append(Problem(f"{where}.id", "", "a node needs an id", "give a short unique name"))
        elif node.id in first:
            problems.append(Problem(f"{where}.id", node.id, f"this id stands at {first[node.id]} too", "rename one"))
        first.setdefault(node.id, where)
        problems += _check_position(node, where)
    if not any(draft.node.kind in PLACE_KINDS for draft in nodes):
        kinds = ", ".join(PLACE_KINDS)
        problems.append(Problem(path, "", f"no place to serve: there must be a node of a kind among {kinds}"))
    return problems


def check_roads(nodes: Sequence[DraftNode], roads: Sequence[DraftRoad]) -> list[Problem]:
    """Problems of the roads, taken one by one."""
    known = {draft.node.id: draft.node for draft in nodes}
    problems: list[Problem] = []
    for draft in roads:
        problems += _check_road(draft.road, draft.where, known)
    return problems


def check_factors(spec: Network, classes: Collection[str]) -> list[Problem]:
    """Problems of the time factors: road classes that the network does not have."""
    known = (*classes, "all")
    return [missing(f"network.bands.{name}", name, known, "road class") for name in spec.bands if name not in known]


def _check_position(node: Node, where: str) -> list[Problem]:
    if (node.lat is None) != (node.lon is None):
        absent = "lat" if node.lat is None else "lon"
        return [Problem(f"{where}.{absent}", "", "a position needs both lat and lon", "give both or neither")]
    if node.lat is None or node.lon is None:
        return []
    problems = []
    for name, value, most in (("lat", node.lat, 90), ("lon", node.lon, 180)):
        if abs(value) > most:
            swapped = name == "lat" and abs(node.lon) <= 90 and abs(value) <= 180
            remedy = "lat and lon seem to be swapped" if swapped else "write WGS-84 decimal degrees"
            what = f"degrees from -{most} to {most} are needed"
            problems.append(Problem(f"{where}.{name}", str(value), what, remedy))
    return problems


def _check_road(road: Road, where: str, known: Mapping[str, Node]) -> list[Problem]:
    problems = []
    for name, end in (("from", road.from_), ("to", road.to)):
        if end not in known:
            problems.append(missing(f"{where}.{name}", end, known, "node"))
    if road.from_ == road.to:
        problems.append(Problem(f"{where}.to", road.to, "a road must lead to another node", "remove it"))
    if road.road_class in ("", "all"):
        problems.append(Problem(f"{where}.class", road.road_class, 'a class has a name, and not "all"', 'write "road"'))
    return [*problems, *_check_time(road, where), *_check_length(road, where, known)]


def _check_time(road: Road, where: str) -> list[Problem]:
    if road.minutes is None and (road.length_km is None or road.typical_kmh is None):
        absent = [name for name in ("length_km", "typical_kmh") if getattr(road, name) is None]
        what = "the driving time is unknown: minutes are needed, or length_km and typical_kmh"
        return [Problem(where, "", what, f"add {' and '.join(absent)}, or minutes")]
    if road.minutes is None and road.typical_kmh is not None and road.typical_kmh > MAX_KMH:
        return [_too_fast(f"{where}.typical_kmh", road.typical_kmh, "check the unit: km/h")]
    time = minutes(road) or 0
    if time > MAX_MINUTES:
        what = "a drive of more than a week is not plausible"
        return [Problem(where, f"{time:.0f} min", what, "check the units")]
    return []


def _check_length(road: Road, where: str, known: Mapping[str, Node]) -> list[Problem]:
    both = road.from_ in known and road.to in known
    straight = straight_km(known[road.from_], known[road.to]) if both else None
    if straight is not None and straight > NEAR_KM and road.length_km is not None:
        line, found = f"the straight line, {straight:.1f} km", f"{road.length_km:g}"
        if road.length_km < SHORTEST * straight:
            what = f"a road cannot be much shorter than {line}"
            return [Problem(f"{where}.length_km", found, what, "check the length and both positions")]
        if road.length_km > LONGEST * straight:
            what = f"more than {LONGEST:g} times {line}"
            return [Problem(f"{where}.length_km", found, what, "check the unit: kilometres, not metres")]
    length = road.length_km if road.length_km is not None else straight
    time = minutes(road) if road.minutes is not None else None
    if length is None or time is None or length <= NEAR_KM or length <= MAX_KMH * time / 60:
        return []
    speed = length / time * 60 if time else math.inf
    return [_too_fast(f"{where}.minutes", speed, f"{length:.1f} km in {time:g} min: check the unit, minutes")]


def _too_fast(path: str, kmh: float, remedy: str) -> Problem:
    return Problem(path, f"{kmh:.0f} km/h", f"faster than {MAX_KMH:g} km/h on average is not plausible", remedy)
