"""The shipped Hainan network: package data in, a network of one date out."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from simsvc.network.draft import DraftNode, DraftRoad, build
from simsvc.network.model import Area, Network
from simsvc.scenario.places import Node, Road

SOURCES = (
    "Hainan road network of simsvc: positions from GeoNames or general knowledge; road lengths from published "
    "kilometre stakes and totals, estimated inside counties; speeds set to published drive times. Typical error "
    "about 6 % in kilometres and 15 % in minutes, in bad cases 15 % and 45 %."
)
ATTRIBUTION = "Contains data from GeoNames (CC BY 4.0)"


@lru_cache(maxsize=16)
def hainan(as_of: dt.date | None = None) -> Network:
    """Network of the roads of Hainan open on ``as_of`` (all roads of the file if None).

    A segment whose year of opening alone is known counts as opened on 1 January of it. Sources and confidence of
    every row stand in the files (``simsvc/network/hainan``).
    """
    read = _read()
    net = build(read.nodes, read.roads, read.areas, read.in_area, as_of=as_of, sources=SOURCES, attribution=ATTRIBUTION)
    return replace(net, low_confidence=read.low)


class _Files(NamedTuple):
    nodes: list[DraftNode]
    roads: list[DraftRoad]
    areas: list[Area]
    in_area: list[str]
    low: float


@cache
def _read() -> _Files:
    """The files of the package; ``low``: share of the road segments of low confidence."""
    rows, segments = _table("towns.csv"), _table("roads.csv")
    return _Files(
        nodes=[DraftNode(f"towns.csv row {n}", _node(row)) for n, row in enumerate(rows, start=2)],
        roads=[DraftRoad(f"roads.csv row {n}", _road(row)) for n, row in enumerate(segments, start=2)],
        areas=[_area(row) for row in _table("areas.csv")],
        in_area=[row["area"] for row in rows],
        low=sum(row["confidence"] == "low" for row in segments) / len(segments),
    )


def _table(name: str) -> list[dict[str, str]]:
    # The package, not a path, is asked: it may lie in a zip file.
    text = resources.files("simsvc.network").joinpath("hainan", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _node(row: dict[str, str]) -> Node:
    return Node.model_validate(
        {
            "id": row["id"],
            "name_en": row["name_en"],
            "name_zh": row["name_zh"],
            "lat": _number(row["lat"]),
            "lon": _number(row["lon"]),
            "kind": row["kind"],
            "area": row["area"],
            "population": _number(row["population"]),
        }
    )


def _road(row: dict[str, str]) -> Road:
    year, date = row["opening_year"], row["opening_date"]
    opened = dt.date.fromisoformat(date) if date else dt.date(int(year), 1, 1) if year else None
    return Road.model_validate(
        {
            "from": row["from"],
            "to": row["to"],
            "ref": row["ref"],
            "class": row["class"],
            "length_km": _number(row["length_km"]),
            "typical_kmh": _number(row["typical_kmh"]),
            "opening_date": opened,
        }
    )


def _area(row: dict[str, str]) -> Area:
    return Area(
        id=row["id"],
        code=row["code"],
        name_en=row["name_en"],
        name_zh=row["name_zh"],
        kind=row["kind"],
        seat=row["seat"],
        population=_number(row["population_2020"]),
        urban_share=_number(row["urban_share"]),
        parent=row["parent"],
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
