"""The layers of the map, from the ground up: land, roads, towns, circles at the seats, stations, legend."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D
from scipy.spatial import Delaunay, QhullError

from simsvc.network import FERRY, PLACE_KINDS, Network, nodes_for_map, roads_for_map
from simsvc.report import text
from simsvc.report.areas import seat, short_name
from simsvc.report.labels import Spot, place
from simsvc.report.style import GOOD, INK, LAND, LINE, MUTED, PAPER
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
"""Colour and width (points) by road class."""
_OTHER_ROAD = ("#b3bac2", 0.9)
OPENED = "#009e73"
"""Bluish green (Okabe and Ito 2008): stations that a plan opens."""
_LAND = 0.16
"""Longest side, as a share of the map, of a triangle of places that is shaded as land."""
_LABEL = 8.0


@dataclass(frozen=True, eq=False)
class Ground:
    """What all layers share.

    ``hidden``: nodes off the map; ``values``: shares by area id, None for a map of the roads alone; ``sizes``: what
    the circles' areas stand for, by area id; ``scale``: points per degree of longitude and of latitude; ``before``: the
    scenario that a plan is held against.
    """

    network: Network
    words: Words
    hidden: frozenset[str]
    values: Mapping[str, float | None] | None
    sizes: Mapping[str, float]
    target: float
    scale: tuple[float, float]
    before: Model | None = None


def colour_of(share: float | None, target: float) -> str:
    """Colour of a share: blue at the target or above, the darker orange the farther below, grey for none."""
    if share is None or not math.isfinite(share):
        return LINE
    return GOOD if share >= target else BELOW[max(k for k, step in enumerate(STEPS) if share >= step)]


def land(axes: Axes, ground: Ground) -> None:
    """Shade what lies between and along the roads: the shape of the country, without claiming a coastline."""
    lines = [[(a, b), (c, d)] for a, b, c, d, k in roads_for_map(ground.network) if k != FERRY]
    axes.add_collection(LineCollection(lines, colors=LAND, linewidths=22, capstyle="round", zorder=0))
    spots = np.array([(lon, lat) for node, lon, lat, _ in nodes_for_map(ground.network) if node not in ground.hidden])
    try:
        corners = spots[Delaunay(spots).simplices]
    except (QhullError, ValueError):  # fewer than three places, or all on one line
        return
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(axis=1)
    near = list(corners[longest < _LAND * np.ptp(spots, axis=0).max()])
    options: dict[str, Any] = {"facecolors": LAND, "edgecolors": LAND, "linewidths": 22, "joinstyle": "round"}
    axes.add_collection(PolyCollection(near, zorder=0, **options))


def roads(axes: Axes, ground: Ground) -> None:
    """Roads by class, the larger ones on top; fainter where circles carry the message."""
    lines = [road for road in roads_for_map(ground.network) if road[4] != FERRY]
    strength = 1.2 if ground.values is None else 0.8
    for name in reversed(_classes(ground.network)):
        colour, width = ROADS.get(name, _OTHER_ROAD)
        mine = [[(a, b), (c, d)] for a, b, c, d, k in lines if k == name]
        axes.add_collection(
            LineCollection(mine, colors=colour, linewidths=width * strength, capstyle="round", zorder=1)
        )


def towns(axes: Axes, ground: Ground) -> None:
    """Towns as dots in the colour of their area."""
    network, values = ground.network, ground.values
    shown = [
        (lon, lat, MUTED if values is None else colour_of(values.get(network.area[network.index[node]]), ground.target))
        for node, lon, lat, kind in nodes_for_map(network)
        if kind in PLACE_KINDS and node not in ground.hidden
    ]
    if shown:
        lon, lat, colours = zip(*shown, strict=True)
        axes.scatter(lon, lat, s=9, c=list(colours), linewidths=0, zorder=2)


def circles(axes: Axes, ground: Ground, model: Model) -> None:
    """A circle with its label at the seat of every area on the map; behind a name, by how many engineers it changes."""
    network, values = ground.network, ground.values
    gained = _gained(ground, model)
    largest = max(ground.sizes.values(), default=0.0)
    shown = []
    for area in network.area_index:
        at = seat(network, area)
        if at is None or network.ids[at] in ground.hidden:
            continue
        radius = 4 + 11 * math.sqrt(ground.sizes.get(area, 0.0) / largest) if largest > 0 else 7.0
        label = short_name(network, area, ground.words)
        label += f" {gained[area]:+d}".replace("-", "−") if gained[area] else ""
        label += "" if values is None else f"\n{text.share(values.get(area))}"
        colour = PAPER if values is None else colour_of(values.get(area), ground.target)
        shown.append((float(network.lon[at]), float(network.lat[at]), radius, colour, label))
    across, up = ground.scale
    spots = [Spot(x * across, y * up, r + 1.5, *_extent_of(label)) for x, y, r, _, label in shown]
    for (x, y, radius, colour, label), spot, side in zip(shown, spots, place(spots), strict=True):
        axes.scatter([x], [y], s=(2 * radius) ** 2, c=colour, edgecolors=INK, linewidths=0.7, zorder=3)
        right, above = {"right": (1, 0), "left": (-1, 0), "above": (0, 1), "below": (0, -1)}[side]
        axes.annotate(
            label,
            (x, y),
            (right * spot.radius, above * spot.radius),
            textcoords="offset points",
            ha="center" if above else "left" if right > 0 else "right",
            va="center" if right else "bottom" if above > 0 else "top",
            fontsize=_LABEL,
            linespacing=1.05,
            zorder=5,
            bbox={"boxstyle": "square,pad=0.08", "facecolor": LAND, "alpha": 0.8, "linewidth": 0},
        )


def stations(axes: Axes, ground: Ground, model: Model) -> None:
    """Stations as triangles; those that a plan opens larger and green, those that it closes as crosses."""
    network, (kept, opened, shut) = ground.network, _stations(ground, model)
    for nodes, marker, size, colour in (
        (kept, "^", 34, INK), (opened, "^", 62, OPENED), (shut, "X", 44, MUTED),
    ):  # fmt: skip
        at = [network.index[node] for node in nodes]
        options: dict[str, Any] = {"edgecolors": PAPER, "linewidths": 0.8, "zorder": 4}
        axes.scatter(network.lon[at], network.lat[at], s=size, marker=marker, c=colour, **options)


def _stations(ground: Ground, model: Model) -> tuple[list[str], list[str], list[str]]:
    """Nodes of the stations that stay, are opened, are closed; without a scenario before all stay."""
    here, there = _staffed(ground, model), _staffed(ground, model if ground.before is None else ground.before)
    kept = {key: node for key, node in here.items() if key in there}
    opened = {key: node for key, node in here.items() if key not in there}
    shut = {key: node for key, node in there.items() if key not in here}
    return list(kept.values()), list(opened.values()), list(shut.values())


def _staffed(ground: Ground, model: Model) -> dict[str, str]:
    """Nodes of the stations by id; with a scenario before, only where there are engineers."""
    known = ground.network.index
    return {k: s.node for k, s in model.stations.items() if s.node in known and (s.engineers or not ground.before)}


def _gained(ground: Ground, model: Model) -> Counter[str]:
    """Engineers more than before, by area of their station."""
    network, found = ground.network, Counter[str]()
    for scenario, sign in ((model, 1), (ground.before, -1)):
        for station in scenario.stations.values() if scenario is not None and ground.before is not None else ():
            if station.node in network.index:
                found[network.area[network.index[station.node]]] += sign * station.engineers
    return found


def legend(axes: Axes, ground: Ground, model: Model, size: str) -> None:
    """What colours, circles (``size`` says of what), dots and lines mean, beside the map."""
    words, values, target = ground.words, ground.values, ground.target
    rows, title = [], [size]
    if values is not None:
        title.insert(0, words("figure.map_share"))
        bounds = [step for step in STEPS if step < target] + [target]
        rows = [_mark(GOOD, f"≥ {text.target(target)}")]
        for k in reversed(range(len(bounds) - 1)):
            rows.append(_mark(BELOW[k], f"{100 * bounds[k]:.4g}–{text.target(bounds[k + 1])}"))
        if any(colour_of(value, target) == LINE for value in values.values()):
            rows.append(_mark(LINE, words("figure.map_no_cases")))
    rows.append(_mark(INK, words("figure.map_station"), "^", 6))
    _, opened, shut = _stations(ground, model)
    rows += [_mark(OPENED, words("sizing.map_opened"), "^", 8)] * bool(opened)
    rows += [_mark(MUTED, words("sizing.map_shut"), "X", 7)] * bool(shut)
    rows.append(_mark(MUTED, words("figure.map_town_plain" if values is None else "figure.map_town"), size=3, edge=0))
    for name in _classes(ground.network):
        colour, width = ROADS.get(name, _OTHER_ROAD)
        rows.append(Line2D([], [], color=colour, lw=1.2 * width, label=words.option("road", name)))
    box = axes.legend(
        handles=rows, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8, title="\n".join(title),
        title_fontsize=8, alignment="left", labelspacing=0.6,
    )  # fmt: skip
    box.get_title().set_linespacing(1.4)


def _mark(colour: str, label: str, marker: str = "o", size: float = 8.0, edge: float = 0.5) -> Line2D:
    return Line2D([], [], ls="", marker=marker, ms=size, mfc=colour, mec=INK, mew=edge, label=label)


def _classes(network: Network) -> list[str]:
    """Road classes on the map, the widest first."""
    present = sorted({road[4] for road in roads_for_map(network)} - {FERRY})
    return sorted(present, key=lambda name: -ROADS.get(name, _OTHER_ROAD)[1])


def _extent_of(label: str) -> tuple[float, float]:
    """Width and height of a label in points, roughly: Chinese characters are as wide as high."""
    lines = label.split("\n")
    wide = max(sum(_LABEL * (1.0 if ord(c) > 0x2E80 else 0.56) for c in line) for line in lines)
    return wide, _LABEL * 1.3 * len(lines)
