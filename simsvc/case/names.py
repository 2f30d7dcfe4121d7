"""Names of areas, towns and nodes that a scenario uses, held against its network."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from simsvc.errors import Problem
from simsvc.network import Network
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.promises import MeasurePart, SimPart

Named = Iterator[tuple[str, str]]
"""Path in the scenario and the name that stands there."""


def unknown_names(model: Model, net: Network) -> Iterator[Problem]:
    """Every name that the network doesn't have, with the nearest that it has."""
    places = [town for towns in net.places.values() for town in towns]
    yield from _missing(_areas(model), list(net.area_index), "area")
    yield from _missing(_nodes(model), list(net.index), "node")
    yield from _missing(_towns(model), places, "town")
    yield from _missing_prices(model, [*model.stations, *net.area_index, *places])


def _missing(named: Named, known: Collection[str], what: str) -> Iterator[Problem]:
    there = frozenset(known)
    for path, name in named:
        if name not in there:
            yield Problem(path, name, f"the network has no {what} of this name", suggestion(name, known, "it has none"))


def _missing_prices(model: Model, known: Collection[str]) -> Iterator[Problem]:
    """Prices by place of what is no station, nor an area or town in which one may be opened."""
    costs, there = model.sizing.costs, frozenset(known)
    for key, prices in (("engineer_at", costs.engineer_at), ("station_at", costs.station_at)):
        for name in prices:
            if name not in there:
                message = "there is no station, area or town of this name"
                yield Problem(f"sizing.costs.{key}.{name}", name, message, suggestion(name, known))


def _areas(model: Model) -> Named:
    for key, station in model.stations.items():
        yield from ((f"stations.{key}.covers", area) for area in station.covers)
    for zone, split in model.weights.split.items():
        yield f"weights.split.{zone}", zone
        yield f"weights.split.{zone}.from", split.from_
    for i, row in enumerate(model.demand.installed):
        yield f"demand.installed.{i}.area", row.area
    for i, site in enumerate(model.demand.sites):
        yield f"demand.sites.{i}.area", site.area
    if model.environment.typhoons is not None:
        yield from ((f"environment.typhoons.landfall.{a}", a) for a in model.environment.typhoons.landfall)
    for key, route in (model.delivery.routes if model.delivery else {}).items():
        yield from ((f"delivery.routes.{key}.areas", area) for area in route.areas)
    for key, courier in (model.delivery.couriers if model.delivery else {}).items():
        yield from ((f"delivery.couriers.{key}.areas", area) for area in courier.areas)
    if model.dispatch.contractor is not None:
        yield from (("dispatch.contractor.areas", area) for area in model.dispatch.contractor.areas)
    for key, clause in model.clauses.items():
        for i, part in enumerate(clause.parts):
            if isinstance(part, SimPart | MeasurePart):
                path = f"clauses.{key}.parts.{i}.population"
                yield from ((f"{path}.areas", area) for area in part.population.areas)
                yield from ((f"{path}.not_areas", area) for area in part.population.not_areas)
    yield from ((f"rollout.openings.{area}", area) for area in model.rollout.openings)
    for key, zone_ in model.reporting.zones.items():
        yield from ((f"reporting.zones.{key}.areas", area) for area in zone_.areas)
    yield from (("reporting.apart", area) for area in model.reporting.apart)
    yield from ((f"sizing.areas.{i}", area) for i, area in enumerate(model.sizing.areas))


def _nodes(model: Model) -> Named:
    yield from ((f"stations.{key}.node", station.node) for key, station in model.stations.items())
    for i, passage in enumerate(model.network.passages):
        yield f"network.passages.{i}.from", passage.from_
        yield f"network.passages.{i}.to", passage.to
    if model.stock.hub is not None:
        yield "stock.hub.node", model.stock.hub.node
    if model.delivery is not None:
        yield "delivery.warehouse.node", model.delivery.warehouse.node


def _towns(model: Model) -> Named:
    for key, station in model.stations.items():
        yield from ((f"stations.{key}.covers_towns", town) for town in station.covers_towns)
    yield from ((f"sizing.candidates.{i}", town) for i, town in enumerate(model.sizing.candidates or ()))
