"""How the demand of an area falls on its towns: a network and the rule in, shares by town out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simsvc.network.model import Area, Network
from simsvc.scenario.places import Weights


def town_weights(net: Network, weights: Weights) -> dict[str, list[tuple[str, float]]]:
    """Share of each area's demand by town.

    Parameters
    ----------
    net, weights
        The network and the scenario's ``weights`` table. ``split`` moves demand between areas, not between towns,
        and is not used here.

    Returns
    -------
    dict
        By area id, in network order: (node id, share) of its seat, towns and zones. Shares add to 1 per area; an
        area without any such node has an empty list.

    Notes
    -----
    The rule. The seat takes ``weights.seat``; with ``"urban"`` the urban share of the area, or ``seat_default``
    where that is unknown. The other towns divide the rest in proportion to their population (township rule): a town
    without one counts as the mean of the known towns of its area, and if none is known (or all are 0) they share
    equally. A seat alone in its area takes all; in an area whose seat is not known the towns share all. A population
    of the seat plays no part.
    """
    return {area.id: _area_weights(net, area, weights) for area in net.areas}


def seat_share(area: Area, weights: Weights) -> float:
    """Share of an area's demand at its seat, if the area has other towns too."""
    if weights.seat != "urban":
        return weights.seat
    return weights.seat_default if area.urban_share is None else area.urban_share


def _area_weights(net: Network, area: Area, weights: Weights) -> list[tuple[str, float]]:
    towns = net.places[area.id]
    others = [town for town in towns if town != area.seat]
    at_seat = 0.0 if area.seat not in towns else 1.0 if not others else seat_share(area, weights)
    rest = _township_rule([float(net.population[net.index[town]]) for town in others])
    shares = {town: (1 - at_seat) * share for town, share in zip(others, rest, strict=True)}
    return [(town, at_seat if town == area.seat else shares[town]) for town in towns]


def _township_rule(population: Sequence[float]) -> list[float]:
    known = [p for p in population if not math.isnan(p)]
    if not population:
        return []
    if not sum(known):
        return [1 / len(population)] * len(population)
    mean = sum(known) / len(known)
    filled = [mean if math.isnan(p) else p for p in population]
    return [p / sum(filled) for p in filled]
