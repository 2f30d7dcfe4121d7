"""Scenario and network to case: names become indices, quantities become integer seconds and dense arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np

from simsvc import network as roads
from simsvc.case import stations, supply
from simsvc.case.arrays import Bools, Case, Crossing, Ints, Places, Span
from simsvc.case.plausibility import check
from simsvc.clock import DAY, Calendar, Epoch, HolidayBook, bands
from simsvc.errors import ScenarioError
from simsvc.network import Network
from simsvc.scenario import Scenario
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model
from simsvc.scenario.places import Passage
from simsvc.scenario.promises import SimPart

PAST_HORIZON = 60
"""Days for which calendars run on after the horizon."""
NONE = np.iinfo(np.int64).max
OTHER = Text(en="other places", zh="其他")


def build(scenario: Scenario, network: Network | None = None) -> Case:
    """Compile a scenario into a case.

    Parameters
    ----------
    scenario : Scenario
        A validated scenario.
    network : Network, optional
        Its network, if it is loaded already.

    Raises
    ------
    ScenarioError
        If a plausibility check finds an error; all of them are listed.
    """
    model = scenario.model
    net = network if network is not None else roads.load(model.network, scenario.folder)
    errors = [p for p in check(model, net) if p.severity == "error"]
    if errors:
        raise ScenarioError(errors)
    epoch = Epoch(model.time.start - dt.timedelta(seconds=model.time.warm_up))
    span = _span(model)
    days = span.horizon // DAY + PAST_HORIZON
    book = HolidayBook(model.time.holidays)
    calendars = {
        name: Calendar.from_spec(c.week, c.holidays, c.make_up, epoch, days, book)
        for name, c in model.calendars.items()
    }
    places = _places(model, net)
    staffing = stations.staffing(model, places)
    return Case(
        model=model,
        key=scenario.hash,
        span=span,
        epoch=epoch,
        calendars=calendars,
        book=book,
        band=bands(epoch, days, book, model.network.peak, model.network.night),
        places=places,
        staffing=staffing,
        supply=supply.supply(model, places, staffing),
        due_limit=_due_limit(model, places),
        hit=_hit(model, net, places),
    )


def _span(model: Model) -> Span:
    start = int(model.time.warm_up)
    end = start + int(model.time.window)
    return Span(start, end, end + int(model.time.drain))


def _places(model: Model, net: Network) -> Places:
    weights = roads.town_weights(net, model.weights)
    areas = tuple(area.id for area in net.areas)
    town_weight = {node: (k, w) for k, area in enumerate(areas) for node, w in weights.get(area, [])}
    others = [s.node for s in model.stations.values()]
    others += [model.stock.hub.node] if model.stock.hub else []
    others += [model.delivery.warehouse.node] if model.delivery else []
    others += [node for passage in model.network.passages for node in (passage.from_, passage.to)]
    row = net.index
    towns = sorted(town_weight, key=row.__getitem__)
    ids = towns + sorted(set(others) - set(towns), key=row.__getitem__)
    zones, zone = _zones(model, net, [row[i] for i in towns])
    at = {node: k for k, node in enumerate(ids)}
    return Places(
        ids=tuple(ids),
        names=tuple(Text(en=net.name_en[row[i]], zh=net.name_zh[row[i]]) for i in ids),
        towns=len(towns),
        area=np.array([town_weight[i][0] for i in towns], np.int64),
        zone=np.array(zone, np.int64),
        weight=np.array([town_weight[i][1] for i in towns], np.float64),
        travel=roads.travel_seconds(net, model.network, ids),
        areas=areas,
        area_names=tuple(Text(en=a.name_en, zh=a.name_zh) for a in net.areas),
        area_seat=np.array([at.get(a.seat, -1) for a in net.areas], np.int64),
        zones=tuple(name for name, _ in zones),
        zone_names=tuple(text for _, text in zones),
        crossings=tuple(_crossing(model, passage, at) for passage in model.network.passages),
    )


def _crossing(model: Model, passage: Passage, at: dict[str, int]) -> Crossing:
    """Every departure of a passage, past the horizon as the calendars; the days go by the civil date."""
    first = (model.time.start - dt.timedelta(seconds=model.time.warm_up)).toordinal()
    days = range(_span(model).horizon // DAY + PAST_HORIZON)
    sails = [d for d in days if (first + d) % passage.every_days == 0]

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


def _zones(model: Model, net: Network, rows: list[int]) -> tuple[list[tuple[str, Text]], list[int]]:
    """The first zone that matches a town's kind and area counts; towns that match none are the zone "other"."""
    zones = [(name, z.name) for name, z in model.reporting.zones.items()]
    number = {name: k for k, (name, _) in enumerate(zones)}
    matched = [model.reporting.zone_of(net.kind[row], net.area[row]) for row in rows]
    found = [len(zones) if zone is None else number[zone] for zone in matched]
    if None in matched:
        zones.append(("other", OTHER))
    return zones, found


def _due_limit(model: Model, places: Places) -> Ints:
    """The shortest limit on time to site by town and fault mode; areas, zones, causes, products and modes narrow it.

    Faults to which nothing is promised count as if they had the longest limit: they don't go before what is promised.
    """
    modes = [(p, m, mode.cause) for p, product in model.products.items() for m, mode in product.modes.items()]
    due = np.full((places.towns, len(modes)), NONE)
    for part in (p for c in model.clauses.values() for p in c.parts):
        if not isinstance(part, SimPart) or part.measure != "time_to_site" or part.limit is None:
            continue
        who = part.population
        there = _among(places.areas, who.areas)[places.area] & _among(places.zones, who.zones)[places.zone]
        if who.not_areas:
            there &= ~_among(places.areas, who.not_areas)[places.area]
        such = np.array(
            [
                (not who.causes or cause in who.causes)
                and (not who.products or product in who.products)
                and (not who.modes or f"{product}.{mode}" in who.modes)
                for product, mode, cause in modes
            ],
            np.bool_,
        )
        due[np.ix_(there, such)] = np.minimum(due[np.ix_(there, such)], int(part.limit))
    promised = due[due != NONE]
    return np.where(due == NONE, promised.max(initial=0), due)


def _among(names: Sequence[str], wanted: Collection[str]) -> Bools:
    """Which of the names are wanted; all of them if none is named."""
    return np.array([not wanted or name in wanted for name in names], np.bool_)


def _hit(model: Model, net: Network, places: Places) -> Bools:
    """Areas whose seats lie within the typhoon's reach of the landfall area's seat (great-circle distance)."""
    storms = model.environment.typhoons
    if storms is None:
        return np.eye(len(places.areas), dtype=np.bool_)
    near = np.eye(len(places.areas), dtype=np.bool_)
    for a, b in np.argwhere(~near):
        ends = [net.areas[k].seat for k in (a, b)]
        if all(ends):
            i, j = (net.index[node] for node in ends)
            near[a, b] = roads.crow_km(net.lat[i], net.lon[i], net.lat[j], net.lon[j]) <= storms.reach_km
    return near
