"""Towns and other places as arrays: weights, zones, travel times, timetables of boats and flights."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from simsvc import network as roads
from simsvc.case.arrays import Crossing, Ints, Places
from simsvc.clock import DAY, Epoch
from simsvc.network import Network
from simsvc.network.travel import KEPT
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model
from simsvc.scenario.places import Network as Roads
from simsvc.scenario.places import Passage, Weights
from simsvc.scenario.reporting import Reporting

OTHER = Text(en="other places", zh="其他")


def places(model: Model, net: Network, epoch: Epoch, days: int) -> Places:
    """The towns of a network by the scenario's weights, and the nodes that it names besides.

    Cases of small networks that differ in nothing of this share one object.
    """
    others = [s.node for s in model.stations.values()]
    others += [model.stock.hub.node] if model.stock.hub else []
    others += [model.delivery.warehouse.node] if model.delivery else []
    others += [node for passage in model.network.passages for node in (passage.from_, passage.to)]
    make = _kept if len(net.ids) <= KEPT else _places
    return make(net, model.network, model.weights, model.reporting, frozenset(others), epoch, days)


def _places(
    net: Network, spec: Roads, weights: Weights, reporting: Reporting, others: frozenset[str], epoch: Epoch, days: int
) -> Places:
    shares = roads.town_weights(net, weights)
    areas = tuple(area.id for area in net.areas)
    town_weight = {node: (k, w) for k, area in enumerate(areas) for node, w in shares.get(area, [])}
    row = net.index
    towns = sorted(town_weight, key=row.__getitem__)
    ids = towns + sorted(others - set(towns), key=row.__getitem__)
    zones, zone = _zones(reporting, net, [row[i] for i in towns])
    at = {node: k for k, node in enumerate(ids)}
    return Places(
        ids=tuple(ids),
        names=tuple(Text(en=net.name_en[row[i]], zh=net.name_zh[row[i]]) for i in ids),
        towns=len(towns),
        area=np.array([town_weight[i][0] for i in towns], np.int64),
        zone=np.array(zone, np.int64),
        weight=np.array([town_weight[i][1] for i in towns], np.float64),
        travel=roads.travel_seconds(net, spec, ids),
        areas=areas,
        area_names=tuple(Text(en=a.name_en, zh=a.name_zh) for a in net.areas),
        area_seat=np.array([at.get(a.seat, -1) for a in net.areas], np.int64),
        zones=tuple(name for name, _ in zones),
        zone_names=tuple(text for _, text in zones),
        crossings=tuple(_crossing(passage, at, epoch, days) for passage in spec.passages),
    )


_kept = lru_cache(maxsize=4)(_places)


def _zones(reporting: Reporting, net: Network, rows: list[int]) -> tuple[list[tuple[str, Text]], list[int]]:
    """The first zone that matches a town's kind and area counts; towns that match none are the zone "other"."""
    zones = [(name, z.name) for name, z in reporting.zones.items()]
    number = {name: k for k, (name, _) in enumerate(zones)}
    matched = [reporting.zone_of(net.kind[row], net.area[row]) for row in rows]
    found = [len(zones) if zone is None else number[zone] for zone in matched]
    if None in matched:
        zones.append(("other", OTHER))
    return zones, found


def _crossing(passage: Passage, at: dict[str, int], epoch: Epoch, days: int) -> Crossing:
    """Every departure of a passage, past the horizon as the calendars; the days go by the civil date."""
    first = epoch.first_day.toordinal()
    sails = [d for d in range(days) if (first + d) % passage.every_days == 0]

    def moments(times: list[int]) -> Ints:
        return np.array([d * DAY + t for d in sails for t in sorted(times)], np.int64)

    return Crossing(
        port=at[passage.from_],
        place=at[passage.to],
        out=moments(passage.departs),
        back=moments(passage.returns),
        seconds=int(passage.duration),
        check_in=int(passage.check_in),
    )
