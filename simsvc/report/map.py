"""A network, and shares by area if there are any, on one schematic map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from scipy.spatial import Delaunay, QhullError

from simsvc.errors import NetworkError, Problem
from simsvc.network import FERRY, PLACE_KINDS, CutOff, Network, nodes_for_map, roads_for_map
from simsvc.report import text
from simsvc.report.areas import beyond, expected_faults, seat, short_name
from simsvc.report.labels import Spot, place
from simsvc.report.style import GOOD, INK, LAND, LINE, MUTED, PAPER, blank, look
from simsvc.report.words import Words
from simsvc.scenario.model import Model

STEPS = (0.0, 0.5, 0.7, 0.8, 0.9)
"""Lower ends of the colour classes below the target; above it there is one colour more."""
BELOW = ("#7f2704", "#b84a0c", "#e0762c", "#f3a561", "#fbd3a5")
ROADS = {
    "expressway": ("#7c8794", 2.0),
    "national": ("#98a1ab", 1.3),
    "provincial": ("#b3bac2", 0.9),
    "county": ("#c8cdd3", 0.6),
    "urban": ("#c8cdd3", 0.6),
}
_OTHER_ROAD = ("#b3bac2", 0.9)
_LAND = 0.16
"""Longest side, as a share of the map, of a triangle of places that is shaded as land."""
_HEIGHT_IN = 6.4
_LEGEND_IN = 2.1


@dataclass(frozen=True)
class _Dot:
    """A circle at a seat: area, place on the map (points), size, colour, label."""

    area: str
    x: float
    y: float
    radius: float
    colour: str
    label: str


def colour_of(share: float | None, target: float) -> str:
    """Colour of a share: blue at the target or above, the darker orange the farther below."""
    if share is None or not math.isfinite(share):
        return LINE
    if share >= target:
        return GOOD
    return BELOW[max(k for k, step in enumerate(STEPS) if share >= step)]


def network_map(
    network: Network,
    scenario_model: Model,
    values: Mapping[str, float | None] | None = None,
    *,
    sizes: Mapping[str, float] | None = None,
    target: float = 0.95,
    language: str = "en",
) -> Figure:
    """Roads by class, towns, stations, and a labelled circle at the seat of every area.

    Parameters
    ----------
    network, scenario_model
        What to draw: places and roads; stations and demand.
    values
        Shares (0..1) by area id to colour by; None for an area without cases. Without them the roads come forward.
    sizes
        What the areas of the circles stand for, by area id; faults a year from the scenario when left out.
    target
        The promised share, from which on a circle is blue.
    language
        ``"en"`` or ``"zh"``.

    Raises
    ------
    NetworkError
        No node has coordinates.
    """
    words = Words(language)
    if not nodes_for_map(network):
        remedy = "give the nodes lat and lon, degrees WGS-84"
        raise NetworkError(Problem("network.nodes", "", "no node has coordinates, so there is no map", remedy))
    away = beyond(network)
    hidden = {town for part in away for town in part.towns}
    with look(words):
        low, high = _extent(network, hidden)
        stretch = 1 / math.cos(math.radians((low[1] + high[1]) / 2))
        width = _HEIGHT_IN * (high[0] - low[0]) / ((high[1] - low[1]) * stretch)
        figure, (axes,) = blank(min(max(width, 3.0), 12.0) + _LEGEND_IN, _HEIGHT_IN + 0.3)
        axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect=stretch, xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set_visible(False)
        per_degree = 72 * _HEIGHT_IN / (high[1] - low[1])
        _land(axes, network, hidden)
        _roads(axes, network, plain=values is None)
        _towns(axes, network, hidden, values, target)
        dots = _dots(network, scenario_model, words, values, sizes, target, (per_degree / stretch, per_degree), hidden)
        _circles(axes, dots, (per_degree / stretch, per_degree))
        _stations(axes, network, scenario_model)
        _legend(axes, network, words, values, sizes, target)
        notes = [words("figure.map_note"), *(_note(network, part, words, values) for part in away)]
        axes.text(
            0, -0.01, "\n".join(notes), transform=axes.transAxes, va="top", fontsize=7.5, color=MUTED, linespacing=1.5
        )
    return figure


def _note(network: Network, part: CutOff, words: Words, values: Mapping[str, float | None] | None) -> str:
    note: str = part.text[words.language]
    areas = dict.fromkeys(network.area[network.index[town]] for town in part.towns)
    shares = [f"{short_name(network, a, words)} {text.share(values[a])}" for a in areas if values and a in values]
    return " · ".join([note, *shares])


def _extent(network: Network, hidden: set[str]) -> tuple[tuple[float, float], tuple[float, float]]:
    spots = [(lon, lat) for node, lon, lat, _ in nodes_for_map(network) if node not in hidden]
    (west, south), (east, north) = np.min(spots, axis=0), np.max(spots, axis=0)
    margin = 0.04 * max(east - west, north - south, 0.01)
    return (float(west - margin), float(south - margin)), (float(east + margin), float(north + margin))


def _land(axes: Axes, network: Network, hidden: set[str]) -> None:
    """Shade what lies between and along the roads: the shape of the country, without claiming a coastline."""
    spots = np.array([(lon, lat) for node, lon, lat, _ in nodes_for_map(network) if node not in hidden])
    lines = [[(a, b), (c, d)] for a, b, c, d, k in roads_for_map(network) if k != FERRY]
    axes.add_collection(LineCollection(lines, colors=LAND, linewidths=22, capstyle="round", zorder=0))
    try:
        corners = spots[Delaunay(spots).simplices]
    except (QhullError, ValueError):  # fewer than three places, or all on one line
        return
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(axis=1)
    near = corners[longest < _LAND * np.ptp(spots, axis=0).max()]
    shape = PolyCollection(list(near), facecolors=LAND, edgecolors=LAND, linewidths=22, joinstyle="round", zorder=0)
    axes.add_collection(shape)


def _roads(axes: Axes, network: Network, *, plain: bool) -> None:
    lines = [road for road in roads_for_map(network) if road[4] != FERRY]
    for name in dict.fromkeys(road[4] for road in reversed(lines)):
        colour, width = ROADS.get(name, _OTHER_ROAD)
        mine = [[(a, b), (c, d)] for a, b, c, d, k in lines if k == name]
        axes.add_collection(
            LineCollection(mine, colors=colour, linewidths=width * (1.2 if plain else 0.8), capstyle="round", zorder=1)
        )


def _towns(
    axes: Axes, network: Network, hidden: set[str], values: Mapping[str, float | None] | None, target: float
) -> None:
    shown = [
        (lon, lat, MUTED if values is None else colour_of(values.get(network.area[network.index[node]]), target))
        for node, lon, lat, kind in nodes_for_map(network)
        if kind in PLACE_KINDS and node not in hidden
    ]
    if shown:
        lon, lat, colours = zip(*shown, strict=True)
        axes.scatter(lon, lat, s=9, c=list(colours), linewidths=0, zorder=2)


def _dots(
    network: Network,
    model: Model,
    words: Words,
    values: Mapping[str, float | None] | None,
    sizes: Mapping[str, float] | None,
    target: float,
    scale: tuple[float, float],
    hidden: set[str],
) -> list[_Dot]:
    names = [area.id for area in network.areas]
    demand = dict(expected_faults(model, names) if sizes is None else sizes)
    largest = max(demand.values(), default=0.0)
    dots = []
    for area in names:
        at = seat(network, area)
        if at is None or network.ids[at] in hidden:
            continue
        radius = 4 + 11 * math.sqrt(demand.get(area, 0.0) / largest) if largest > 0 else 7.0
        label = short_name(network, area, words)
        colour = PAPER
        if values is not None:
            label += f"\n{text.share(values.get(area))}"
            colour = colour_of(values.get(area), target)
        x, y = float(network.lon[at]) * scale[0], float(network.lat[at]) * scale[1]
        dots.append(_Dot(area, x, y, radius, colour, label))
    return dots


def _circles(axes: Axes, dots: list[_Dot], scale: tuple[float, float]) -> None:
    size = 8.0
    spots = []
    for dot in dots:
        lines = dot.label.split("\n")
        wide = max(sum(size * (1.0 if ord(c) > 0x2E80 else 0.56) for c in line) for line in lines)
        spots.append(Spot(dot.x, dot.y, dot.radius + 1.5, wide, size * 1.3 * len(lines)))
    for dot, spot, side in zip(dots, spots, place(spots), strict=True):
        x, y = dot.x / scale[0], dot.y / scale[1]
        axes.scatter([x], [y], s=(2 * dot.radius) ** 2, c=dot.colour, edgecolors=INK, linewidths=0.7, zorder=3)
        across, up = {"right": (1, 0), "left": (-1, 0), "above": (0, 1), "below": (0, -1)}[side]
        axes.annotate(
            dot.label,
            (x, y),
            (across * spot.radius, up * spot.radius),
            textcoords="offset points",
            ha="center" if up else "left" if across > 0 else "right",
            va="center" if across else "bottom" if up > 0 else "top",
            fontsize=size,
            linespacing=1.05,
            zorder=5,
            bbox={"boxstyle": "square,pad=0.08", "facecolor": LAND, "alpha": 0.8, "linewidth": 0},
        )


def _stations(axes: Axes, network: Network, model: Model) -> None:
    at = [network.index[s.node] for s in model.stations.values() if s.node in network.index]
    axes.scatter(network.lon[at], network.lat[at], s=34, marker="^", c=INK, edgecolors=PAPER, linewidths=0.8, zorder=4)


def _legend(
    axes: Axes,
    network: Network,
    words: Words,
    values: Mapping[str, float | None] | None,
    sizes: Mapping[str, float] | None,
    target: float,
) -> None:
    def dot(colour: str, label: str, marker: str = "o", size: float = 8.0) -> Line2D:
        return Line2D([], [], ls="", marker=marker, ms=size, mfc=colour, mec=INK, mew=0.5, label=label)

    rows = []
    title = [words("figure.map_size" if sizes is not None else "figure.map_demand")]
    if values is not None:
        title.insert(0, words("figure.map_share"))
        bounds = [step for step in STEPS if step < target] + [target]
        rows = [dot(GOOD, f"≥ {text.target(target)}")]
        rows += [
            dot(BELOW[k], f"{100 * bounds[k]:.4g}–{text.target(bounds[k + 1])}")
            for k in reversed(range(len(bounds) - 1))
        ]
        if any(value is None for value in values.values()):
            rows.append(dot(LINE, words("figure.map_no_cases")))
    rows.append(dot(INK, words("figure.map_station"), "^", 6))
    small = Line2D([], [], ls="", marker="o", ms=3, mfc=MUTED, mew=0)
    small.set_label(words("figure.map_town_plain" if values is None else "figure.map_town"))
    rows.append(small)
    present = {road[4] for road in roads_for_map(network)} - {FERRY}
    rows += [
        Line2D([], [], color=ROADS.get(name, _OTHER_ROAD)[0], lw=1.2 * ROADS.get(name, _OTHER_ROAD)[1],
               label=words.option("road", name))
        for name in sorted(present, key=lambda name: -ROADS.get(name, _OTHER_ROAD)[1])
    ]  # fmt: skip
    legend = axes.legend(
        handles=rows,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        fontsize=8,
        title="\n".join(title),
        title_fontsize=8,
        alignment="left",
        labelspacing=0.6,
    )
    legend.get_title().set_linespacing(1.4)
