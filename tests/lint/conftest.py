"""A small scenario whose promises are clear and fit its resources, and changed copies of it."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from simsvc.promise.lint import Finding, lint
from simsvc.scenario import from_dict

Change = Callable[[dict[str, Any]], None]


def _clause(part: dict[str, Any], **states: Any) -> dict[str, Any]:
    return {"text": {"en": "A promise."}, "parts": [part], "states": states}


def _clean() -> dict[str, Any]:
    """Two counties of two towns each (seat and village, 30 minutes apart), one staffed station in each seat."""
    nodes = [
        {"id": "east", "kind": "seat", "area": "east"},
        {"id": "east-village", "kind": "town", "area": "east"},
        {"id": "west", "kind": "seat", "area": "west"},
        {"id": "west-village", "kind": "town", "area": "west"},
    ]
    roads = [
        {"from": "east", "to": "east-village", "minutes": 30},
        {"from": "west", "to": "west-village", "minutes": 30},
        {"from": "east", "to": "west", "minutes": 60},
    ]
    return {
        "format": 1,
        "name": "small",
        "title": {"en": "Small"},
        "time": {"start": dt.date(2018, 7, 1), "window": "364 d", "drain": "28 d"},
        "network": {"source": "own", "nodes": nodes, "roads": roads},
        "calendars": {
            "office": {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed"},
            "always": {"week": {"mon-sun": ["00:00-24:00"]}},
        },
        "stations": {
            "east": {"name": {"en": "East"}, "node": "east", "engineers": 1, "covers": ["east"]},
            "west": {"name": {"en": "West"}, "node": "west", "engineers": 1, "covers": ["west"]},
        },
        "staff": {"calendar": "office", "out_of_hours": "on-call"},
        "desk": {"shifts": [{"calendar": "always", "agents": 1}], "work": "5 min"},
        "remote": {"shifts": [{"calendar": "always", "agents": 1}], "work": "10 min"},
        "products": {
            "pc": {
                "name": {"en": "PC"},
                "rate": "1 /year",
                "modes": {"any": {"name": {"en": "Fault"}, "share": 1.0, "work": "1 h"}},
            }
        },
        "demand": {
            "installed": [
                {"area": "east", "product": "pc", "units": 100},
                {"area": "west", "product": "pc", "units": 100},
            ],
            "sites": [{"area": "east", "sites": 5}],
        },
        "planned": {"inspection": {"name": {"en": "Inspection"}, "every_months": 6, "work": "1 h"}},
        "clauses": {
            "answer": _clause({"kind": "sim", "measure": "response", "limit": "1 h"}, round_the_clock=True, persons=6),
            "arrive": _clause({"kind": "sim", "measure": "time_to_site", "limit": "2 h"}),
            "cover": _clause({"kind": "plan", "rule": "coverage"}),
            "open": _clause({"kind": "plan", "rule": "rollout", "within_months": 6}),
            "inspect": _clause({"kind": "sim", "measure": "planned_done", "population": {"planned": ["inspection"]}}),
        },
    }


@pytest.fixture
def found() -> Callable[[Change | None], list[Finding]]:
    """The linter's findings on the clean scenario after a change to its plain values."""

    def findings(change: Change | None = None) -> list[Finding]:
        raw = copy.deepcopy(_clean())
        if change is not None:
            change(raw)
        return lint(from_dict(raw))

    return findings
