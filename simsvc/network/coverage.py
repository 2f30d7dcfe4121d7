"""The station–county table: which station answers for which towns, how far they are, which are too far."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simsvc.errors import NetworkError, Problem
from simsvc.network.lookup import missing
from simsvc.network.model import Network
from simsvc.network.travel import band_seconds
from simsvc.network.weights import town_weights
from simsvc.scenario.base import Text
from simsvc.scenario.places import Band, Weights
from simsvc.scenario.places import Network as Spec

Cover = tuple[str, Sequence[str], Sequence[str]]
"""A station: its node, the ids of the areas that it covers whole, the ids of single towns that it covers."""


@dataclass(frozen=True)
class CoverageRow:
    """One station and one area (or some towns of one).

    ``towns``: covered towns. ``share``: their share of the area's demand; ``beyond``: share of the area's demand at
    covered towns with a drive longer than the limit or with no road. ``seat_minutes``: drive to the area's seat, None
    if it has none, it is not covered or no road leads there. ``worst``: covered town with the longest drive, and
    ``worst_minutes``; empty and None if no road leads to any. ``unreachable``: covered towns without a road.
    """

    station: str
    area: str
    towns: tuple[str, ...]
    seat_minutes: float | None
    worst: str
    worst_name: Text | None
    worst_minutes: float | None
    share: float
    beyond: float
    unreachable: tuple[str, ...]
    unreachable_names: tuple[Text, ...]


def coverage(
    net: Network,
    spec: Spec,
    stations: Mapping[str, Cover],
    weights: Weights,
    limit_s: float,
    *,
    band: Band = "off_peak",
) -> list[CoverageRow]:
    """Drive times from each station to the areas and towns that it covers.

    Parameters
    ----------
    net, spec
        The network and its time factors.
    stations
        By station id: node, covered areas, covered single towns (those of an area covered whole are ignored).
    weights
        The scenario's ``weights`` table, see ``town_weights``.
    limit_s
        Limit in seconds of driving alone: a town is beyond it if its drive is longer (``>``).
    band
        Time band of the drives.

    Returns
    -------
    list
        Rows in the order of the stations; the areas of one in its own order, then those of single towns in network
        order.

    Raises
    ------
    NetworkError
        If a node, area or town does not exist, or a covered town is no place of an area.
    """
    _check(net, stations)
    groups = {station: _groups(net, cover) for station, cover in stations.items()}
    shares = {area: dict(towns) for area, towns in town_weights(net, weights).items()}
    wanted = {node for node, _, _ in stations.values()}
    wanted.update(town for areas in groups.values() for towns in areas.values() for town in towns)
    nodes = [node for node in net.ids if node in wanted]
    at = {node: i for i, node in enumerate(nodes)}
    drive = band_seconds(net, spec, band, nodes)
    rows = []
    for station, (node, _, _) in stations.items():
        for area, towns in groups[station].items():
            seconds = {town: int(drive[at[node], at[town]]) for town in towns}
            rows.append(_row(net, station, area, seconds, shares[area], limit_s))
    return rows


def _groups(net: Network, cover: Cover) -> dict[str, tuple[str, ...]]:
    """Covered towns by area."""
    _, areas, single = cover
    groups = {area: net.places[area] for area in areas}
    for area in net.areas:
        some = tuple(town for town in net.places[area.id] if town in single)
        if some and area.id not in groups:
            groups[area.id] = some
    return groups


def _check(net: Network, stations: Mapping[str, Cover]) -> None:
    problems = []
    places = {town for towns in net.places.values() for town in towns}
    for station, (node, areas, towns) in stations.items():
        path = f"stations.{station}"
        if node not in net.index:
            problems.append(missing(f"{path}.node", node, net.ids, "node"))
        problems += [missing(f"{path}.covers", area, net.places, "area") for area in areas if area not in net.places]
        for town in towns:
            if town not in net.index:
                problems.append(missing(f"{path}.covers_towns", town, places, "town"))
            elif town not in places:
                problems.append(
                    Problem(f"{path}.covers_towns", town, "this node is no seat, town or zone", "name a town")
                )
    if problems:
        raise NetworkError(problems)


def _row(
    net: Network, station: str, area: str, seconds: Mapping[str, int], shares: Mapping[str, float], limit_s: float
) -> CoverageRow:
    reached = {town: s for town, s in seconds.items() if s >= 0}
    lost = tuple(town for town in seconds if town not in reached)
    worst = max(reached, key=reached.__getitem__, default="")
    seat = net.areas[net.area_index[area]].seat
    return CoverageRow(
        station=station,
        area=area,
        towns=tuple(seconds),
        seat_minutes=reached[seat] / 60 if seat in reached else None,
        worst=worst,
        worst_name=net.name(worst) if worst else None,
        worst_minutes=reached[worst] / 60 if worst else None,
        share=_sum(shares[town] for town in seconds),
        beyond=_sum(shares[town] for town, s in seconds.items() if s < 0 or s > limit_s),
        unreachable=lost,
        unreachable_names=tuple(net.name(town) for town in lost),
    )


def _sum(shares: Iterable[float]) -> float:
    return min(1.0, math.fsum(shares))
