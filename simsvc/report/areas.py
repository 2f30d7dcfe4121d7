"""Areas of a network as the report names them, where they lie, and the faults that the scenario expects in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from simsvc.network import CutOff, Network, cut_off
from simsvc.report.words import Words
from simsvc.scenario.model import Model

_KIND = {
    "en": re.compile(r" (?:Economic Development Zone|District|County|City)$"),
    "zh": re.compile(r"(?:(?:黎族苗族|黎族)?自治县|经济开发区|[市县])$"),
}
_MARGIN = 0.25


def area_id(network: Network, area: str) -> str | None:
    """The id of an area that is given by id or by name; None if the network has no such area."""
    return next((a.id for a in network.areas if area in (a.id, a.name_en, a.name_zh)), None)


def area_name(network: Network, area: str, words: Words) -> str:
    """The name of an area by its id; the id where the network knows none."""
    at = network.area_index.get(area)
    return area if at is None else network.areas[at].name[words.language]


def short_name(network: Network, area: str, words: Words) -> str:
    """A name for a map, without the kind of area ("县", "Economic Development Zone")."""
    name = area_name(network, area, words)
    return _KIND[words.language].sub("", name) or name


def seat(network: Network, area: str) -> int | None:
    """Node index of an area's seat, else of its first place; None if it has none, or none with coordinates."""
    places = network.places[area]
    chosen = network.areas[network.area_index[area]].seat or next(iter(places), "")
    at = network.index.get(chosen)
    return at if at is not None and np.isfinite(network.lat[at]) and np.isfinite(network.lon[at]) else None


def beyond(network: Network) -> tuple[CutOff, ...]:
    """Parts that no road joins and that lie so far off that a map with them would show little else."""
    away = cut_off(network)
    outside = {town for part in away for town in part.towns}
    main = np.array([node not in outside for node in network.ids]) & np.isfinite(network.lat) & np.isfinite(network.lon)
    if not main.any():
        return ()

    def far(part: CutOff) -> bool:
        return any(
            not low - _MARGIN * (high - low) <= values[network.index[town]] <= high + _MARGIN * (high - low)
            for values in (network.lat, network.lon)
            for low, high in [(values[main].min(), values[main].max())]
            for town in part.towns
        )

    return tuple(part for part in away if far(part))


def expected_faults(model: Model, areas: Iterable[str]) -> dict[str, float]:
    """Faults a year by area, from the installed base, the rates and the splits; zero where nothing stands."""
    faults = dict.fromkeys(areas, 0.0)
    for row in model.demand.installed:
        if row.area in faults:
            faults[row.area] += row.units * model.products[row.product].rate * model.demand.scale
    for zone, split in model.weights.split.items():
        if zone in faults and split.from_ in faults:
            taken = faults[split.from_] * split.share
            faults[zone] += taken
            faults[split.from_] -= taken
    return faults
