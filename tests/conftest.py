"""Small scenarios for all rooms: one station and one town at the same node, to which a test adds what it is about."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import settings

import simsvc as sv
from tests.tiny import Tiny

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.load_profile("repeatable")

Own = Callable[..., sv.Scenario]

BASE: dict[str, Any] = {
    "name": "small",
    "title": {"en": "Small"},
    # A Monday.
    "time": {"start": dt.date(2018, 1, 1), "window": "7 d"},
    "network": {"source": "own", "nodes": [{"id": "a", "lat": 0.0, "lon": 0.0}], "roads": []},
    "calendars": {"always": {"week": {"mon-sun": ["00:00-24:00"]}}, "office": {"week": {"mon-fri": ["08:00-18:00"]}}},
    "stations": {"a": {"name": {"en": "A"}, "node": "a", "engineers": 1, "covers": ["a"]}},
    "staff": {"calendar": "always"},
    "products": {
        "p": {"name": {"en": "P"}, "rate": "1 /d", "modes": {"m": {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}}}
    },
    "demand": {"installed": [{"area": "a", "product": "p", "units": 1}]},
}


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with ``changes`` laid over it: tables key by key, everything else replaced, None taken away."""
    out = dict(base)
    for key, value in changes.items():
        if value is None:
            out.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(out.get(key), Mapping):
            out[key] = merged(out[key], value)
        else:
            out[key] = value
    return out


@pytest.fixture(scope="session")
def own() -> Own:
    """``own(staff={…}, …)``: the small scenario with these tables laid over its own."""
    return lambda **changes: sv.from_dict(merged(BASE, changes))


@pytest.fixture(scope="session")
def endless() -> Callable[..., dict[str, Any]]:
    """``endless("a", ("b", "q"))``: demand of so many units per area (of product "p", or the one given) that hardly
    one fails while it is down; a product's rate is then that of an area."""

    def make(*where: str | tuple[str, str]) -> dict[str, Any]:
        pairs = [(w, "p") if isinstance(w, str) else w for w in where]
        return {"scale": 1e-6, "installed": [{"area": a, "product": p, "units": 10**6} for a, p in pairs]}

    return make


@pytest.fixture(scope="session")
def line() -> Callable[..., dict[str, Any]]:
    """``line("a", "b", minutes=30)``: the network table of an own network, its places in a row."""

    def make(*ids: str, minutes: float = 30, **more: Any) -> dict[str, Any]:
        nodes = [{"id": i, "lat": 0.0, "lon": 0.0} for i in ids]
        roads = [{"from": a, "to": b, "minutes": minutes} for a, b in itertools.pairwise(ids)]
        return {"source": "own", "nodes": nodes, "roads": roads, **more}

    return make


@pytest.fixture(scope="session")
def station() -> Callable[..., dict[str, Any]]:
    """``station("a", engineers=1)``: a station at a node that covers the area of the same name."""

    def make(node: str, engineers: int = 1, covers: list[str] | None = None, **more: Any) -> dict[str, Any]:
        return {"name": {"en": node}, "node": node, "engineers": engineers, "covers": covers or [node], **more}

    return make


@pytest.fixture(scope="session")
def tiny() -> type[Tiny]:
    """Maker of cases small enough to work out by hand, and of logs row by row."""
    return Tiny
