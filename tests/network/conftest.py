"""What several tests of the network room share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from simsvc.network import Network, hainan, load
from simsvc.scenario.places import Network as Spec

DATES = (dt.date(2018, 6, 30), dt.date(2018, 10, 31), dt.date(2025, 12, 31))


@pytest.fixture(scope="session")
def islands() -> dict[dt.date, Network]:
    """Hainan at the dates of the published check."""
    return {date: hainan(date) for date in DATES}


@pytest.fixture
def spec() -> Callable[..., Spec]:
    """Make an own ``network`` table of plain rows."""

    def make(nodes: list[dict[str, Any]], roads: list[dict[str, Any]] | None = None, **more: Any) -> Spec:
        tables: dict[str, Any] = {"nodes": nodes} | ({} if roads is None else {"roads": roads})
        return Spec.model_validate({"source": "own", **tables, **more})

    return make


@pytest.fixture
def small(spec: Callable[..., Spec]) -> tuple[Network, Spec]:
    """Worked by hand: a–b by two parallel roads, b–c, the detour a–x–c, and the island i–j.

    Free flow in minutes: a–b 30 (motorway 40 km at 80) or 40; b–c 20; a–x 24, x–c 24; i–j 7; c–i a ferry of 60.
    """
    nodes = [
        {"id": "a", "kind": "seat", "area": "west", "name_en": "Ash", "name_zh": "甲"},
        {"id": "b", "area": "west", "population": 300.0},
        {"id": "c", "kind": "seat", "area": "east", "name_en": "Cove"},
        {"id": "x", "kind": "junction"},
        {"id": "i", "name_en": "Isle"},
        {"id": "j", "kind": "town", "area": "i", "name_en": "Jetty"},
    ]
    roads = [
        {"from": "a", "to": "b", "class": "motorway", "length_km": 40.0, "typical_kmh": 80.0},
        {"from": "b", "to": "a", "class": "lane", "minutes": 40.0},
        {"from": "b", "to": "c", "class": "motorway", "minutes": 20.0},
        {"from": "a", "to": "x", "class": "lane", "minutes": 24.0},
        {"from": "x", "to": "c", "class": "lane", "minutes": 24.0},
        {"from": "i", "to": "j", "class": "lane", "minutes": 7.0},
        {"from": "c", "to": "i", "class": "ferry", "minutes": 60.0},
    ]
    bands = {"motorway": {"peak": 2.0, "night": 0.5}, "all": {"peak": 1.5, "rain": 1.2}}
    table = spec(nodes, roads, bands=bands)
    return load(table), table
