"""Where the labels of points go so that they cover each other as little as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Side = Literal["right", "left", "above", "below"]
SIDES: tuple[Side, ...] = ("right", "left", "above", "below")


@dataclass(frozen=True)
class Spot:
    """A point with a label, all in one unit of length: centre, radius, width and height of the label."""

    x: float
    y: float
    radius: float
    width: float
    height: float


Box = tuple[float, float, float, float]


def _box(spot: Spot, side: Side) -> Box:
    gap = spot.radius
    if side in ("right", "left"):
        left = spot.x + gap if side == "right" else spot.x - gap - spot.width
        return left, spot.y - spot.height / 2, left + spot.width, spot.y + spot.height / 2
    bottom = spot.y + gap if side == "above" else spot.y - gap - spot.height
    return spot.x - spot.width / 2, bottom, spot.x + spot.width / 2, bottom + spot.height


def _overlap(a: Box, b: Box) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return width * height if width > 0 and height > 0 else 0.0


def place(spots: Sequence[Spot], *, rounds: int = 4) -> list[Side]:
    """Side of the label of each spot: every spot in turn takes its best side, given the others', a few times over.

    Ties go to the first of ``SIDES``; the answer depends on nothing but the spots and their order.
    """
    dots: list[Box] = [(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]
    chosen: list[Side] = ["right"] * len(spots)
    for _ in range(rounds):
        for i, spot in enumerate(spots):
            others = [_box(s, chosen[j]) for j, s in enumerate(spots) if j != i]
            others += [dot for j, dot in enumerate(dots) if j != i]
            chosen[i] = min(SIDES, key=lambda side: sum(_overlap(_box(spot, side), box) for box in others))
    return chosen
