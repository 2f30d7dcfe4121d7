"""A network, and shares by area if there are any, on one schematic map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from matplotlib.figure import Figure

from simsvc.errors import NetworkError, Problem
from simsvc.network import CutOff, Network, nodes_for_map
from simsvc.report import layers, text
from simsvc.report.areas import area_id, beyond, expected_faults, short_name
from simsvc.report.layers import Ground
from simsvc.report.style import MUTED, blank, look
from simsvc.report.words import Words
from simsvc.scenario.model import Model

V = TypeVar("V")
_HEIGHT_IN = 6.4
_LEGEND_IN = 2.5


def network_map(
    network: Network,
    scenario_model: Model,
    values: Mapping[str, float | None] | None = None,
    *,
    sizes: Mapping[str, float] | None = None,
    target: float = 0.95,
    before: Model | None = None,
    language: str = "en",
) -> Figure:
    """Roads by class, towns, stations, and a labelled circle at the seat of every area.

    Parameters
    ----------
    network, scenario_model
        What to draw: places and roads; stations and demand.
    values
        Shares (0..1) to colour by, by area id or name; None or nan for an area without cases. Without them the roads
        come forward.
    sizes
        What the areas of the circles stand for, by area id or name; faults a year from the scenario when left out.
    target
        The promised share, from which on a circle is blue.
    before
        The scenario that a plan (``scenario_model``) is held against: stations opened and closed are marked, and
        engineers more or fewer stand behind the names.
    language
        ``"en"`` or ``"zh"``.

    Returns
    -------
    Figure
        For a notebook, or for :func:`simsvc.report.svg.save`. Parts that no road joins and that lie far off are
        named beneath the map instead.

    Raises
    ------
    NetworkError
        No node has coordinates.
    ValueError
        The language is not known.
    """
    words = Words(language)
    if not nodes_for_map(network):
        remedy = "give the nodes lat and lon, degrees WGS-84"
        raise NetworkError(Problem("network.nodes", "", "no node has coordinates, so there is no map", remedy))
    away = beyond(network)
    hidden = frozenset(town for part in away for town in part.towns)
    low, high = _extent(network, hidden)
    stretch = 1 / math.cos(math.radians((low[1] + high[1]) / 2))
    width = _HEIGHT_IN * (high[0] - low[0]) / ((high[1] - low[1]) * stretch)
    up = 72 * _HEIGHT_IN / (high[1] - low[1])
    demand = expected_faults(scenario_model, network.area_index) if sizes is None else _by_id(network, sizes)
    values = None if values is None else _by_id(network, values)
    ground = Ground(network, words, hidden, values, demand, target, (up / stretch, up), before)
    with look(words):
        figure, (axes,) = blank(min(max(width, 3.0), 12.0) + _LEGEND_IN, _HEIGHT_IN + 0.3)
        axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect=stretch, xticks=[], yticks=[])
        axes.spines["bottom"].set_visible(False)
        layers.land(axes, ground)
        layers.roads(axes, ground)
        layers.towns(axes, ground)
        layers.circles(axes, ground, scenario_model)
        layers.stations(axes, ground, scenario_model)
        layers.legend(axes, ground, scenario_model, words("figure.map_demand" if sizes is None else "figure.map_size"))
        notes = "\n".join([words("figure.map_note"), *(_note(ground, part) for part in away)])
        axes.text(0, -0.01, notes, transform=axes.transAxes, va="top", fontsize=7.5, color=MUTED, linespacing=1.5)
    return figure


def _by_id(network: Network, figures: Mapping[str, V]) -> dict[str, V]:
    return {area_id(network, area) or area: figure for area, figure in figures.items()}


def _extent(network: Network, hidden: frozenset[str]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Corners of the map, (lon, lat), with a margin; never without width or height."""
    spots = [(lon, lat) for node, lon, lat, _ in nodes_for_map(network) if node not in hidden]
    (west, south), (east, north) = np.min(spots, axis=0), np.max(spots, axis=0)
    margin = 0.04 * max(east - west, north - south, 0.1)
    return (float(west - margin), float(south - margin)), (float(east + margin), float(north + margin))


def _note(ground: Ground, part: CutOff) -> str:
    """One line on places that are not on the map, with the shares of their areas."""
    network, words, values = ground.network, ground.words, ground.values or {}
    areas = dict.fromkeys(network.area[network.index[town]] for town in part.towns)
    shares = [f"{short_name(network, a, words)} {text.share(values[a])}" for a in areas if values.get(a) is not None]
    return " · ".join([str(part.text[words.language]), *shares])
