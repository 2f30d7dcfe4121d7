"""What stands in the scenario: window, stations, rules of duty and dispatch, units served."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.network import Network
from simsvc.report import text
from simsvc.report.areas import area_name
from simsvc.report.rules import rules
from simsvc.report.words import Words
from simsvc.scenario.model import Model


@dataclass(frozen=True)
class StationFact:
    """One station: name, town, engineers, what it answers for."""

    name: str
    town: str
    engineers: int
    covers: str


@dataclass(frozen=True)
class Facts:
    """``general`` and ``rules`` are (name, value); ``installed`` has a row per area, a column per product, totals."""

    general: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, str], ...]
    stations: tuple[StationFact, ...]
    engineers: int
    products: tuple[str, ...]
    installed: tuple[tuple[str, tuple[str, ...]], ...]


def facts(model: Model, network: Network, words: Words) -> Facts:
    """Everything that the page states as a fact of the scenario."""
    products = tuple(p.name[words.language] for p in model.products.values())
    return Facts(
        general=tuple(_general(model, words)),
        rules=tuple(rules(model, words)),
        stations=tuple(_stations(model, network, words)),
        engineers=sum(station.engineers for station in model.stations.values()),
        products=products,
        installed=tuple(_installed(model, network, words)),
    )


def _general(model: Model, words: Words) -> list[tuple[str, str]]:
    time = model.time
    window = words(
        "fact.window_value",
        start=time.start.isoformat(),
        length=text.duration(time.window, words),
        warm_up=text.duration(time.warm_up, words),
        drain=text.duration(time.drain, words),
    )
    date = model.network.as_of.isoformat() if model.network.as_of else words("fact.today")
    roads = words("fact.network_value", source=words(f"fact.network_{model.network.source}"), date=date)
    found = [(words("fact.window"), window), (words("fact.network"), roads)]
    return [*found, (words("fact.source"), model.source)] if model.source else found


def _stations(model: Model, network: Network, words: Words) -> list[StationFact]:
    def town(node: str) -> str:
        return network.name(node)[words.language] if node in network.index else node

    found = []
    for station in model.stations.values():
        covers = [area_name(network, area, words) for area in station.covers]
        if station.covers_towns:
            covers.append(words("fact.towns_of", towns=words.join(town(t) for t in station.covers_towns)))
        name = station.name[words.language]
        found.append(StationFact(name, town(station.node), station.engineers, words.join(covers) or text.MISSING))
    return found


def _installed(model: Model, network: Network, words: Words) -> list[tuple[str, tuple[str, ...]]]:
    units: dict[str, dict[str, int]] = {}
    for row in model.demand.installed:
        area = units.setdefault(row.area, dict.fromkeys(model.products, 0))
        area[row.product] = area.get(row.product, 0) + row.units
    total = {p: sum(area.get(p, 0) for area in units.values()) for p in model.products}
    rows = [(area_name(network, area, words), found) for area, found in units.items()]
    rows += [(words("fact.total"), total)] if units else []
    return [(name, tuple(f"{found.get(p, 0):,}" for p in model.products)) for name, found in rows]
