"""A hand-made scenario, its network and a validation of it, with texts that a page must not take for markup."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from simsvc.network import Network, load
from simsvc.promise.result import Row, Step, Trust, Use, Validation
from simsvc.scenario.model import Model

EVIL = "<script>alert(\"x\")</script> & '$5$'"
NODES = [
    {
        "id": "north",
        "name_en": "North",
        "name_zh": "北城",
        "lat": 20.0,
        "lon": 110.3,
        "kind": "seat",
        "area": "northern",
    },
    {
        "id": "mill",
        "name_en": "Mill",
        "name_zh": "磨坊镇",
        "lat": 19.8,
        "lon": 110.1,
        "kind": "town",
        "area": "northern",
    },
    {
        "id": "south",
        "name_en": "South",
        "name_zh": "南城",
        "lat": 18.3,
        "lon": 109.5,
        "kind": "seat",
        "area": "southern",
    },
    {"id": "isle", "name_en": "Isle", "name_zh": "小岛", "lat": 15.0, "lon": 114.0, "kind": "seat", "area": "island"},
]
ROADS = [
    {"from": "north", "to": "mill", "class": "county", "minutes": 30.0},
    {"from": "mill", "to": "south", "class": "expressway", "minutes": 120.0},
    {"from": "south", "to": "isle", "class": "ferry", "minutes": 900.0},
]
SCENARIO: dict[str, Any] = {
    "name": "tiny",
    "title": {"en": "Tiny & small", "zh": "小例"},
    "about": {"en": EVIL, "zh": EVIL},
    "time": {"start": dt.date(2026, 1, 1), "window": "365 d"},
    "network": {"source": "own", "nodes": NODES, "roads": ROADS},
    "calendars": {"office": {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed"}},
    "stations": {
        "north": {"name": {"en": "North", "zh": "北站"}, "node": "north", "engineers": 2, "covers": ["northern"]},
        "south": {"name": {"en": "South", "zh": "南站"}, "node": "south", "engineers": 1, "covers": ["southern"]},
    },
    "staff": {"calendar": "office"},
    "products": {
        "pc": {
            "name": {"en": "Computer", "zh": "电脑"},
            "rate": "0.5 /year",
            "modes": {"any": {"name": {"en": "Fault", "zh": "故障"}, "share": 1.0, "work": "45 min"}},
        }
    },
    "demand": {
        "installed": [
            {"area": "northern", "product": "pc", "units": 1200},
            {"area": "southern", "product": "pc", "units": 300},
        ]
    },
    "clauses": {
        "T01": {
            "text": {"en": f"On site within 2 hours {EVIL}.", "zh": f"2小时内到场{EVIL}。"},
            "parts": [
                {
                    "kind": "sim",
                    "measure": "time_to_site",
                    "limit": "2 h",
                    "readings": {"duty": {"name": {"en": "in duty", "zh": "仅计服务时间"}, "clock_hours": "office"}},
                }
            ],
        },
        "T02": {
            "text": {"en": "Answered in less than 1 hour", "zh": "1小时内响应"},
            "parts": [{"kind": "sim", "measure": "response", "limit": "1 h", "strict": True}],
        },
        "T03": {
            "text": {"en": "Full coverage", "zh": "全覆盖"},
            "parts": [{"kind": "plan", "rule": "coverage"}, {"kind": "measure", "measure": "remote_share"}],
        },
        "T04": {
            "text": {"en": "Confidential", "zh": "保密"},
            "parts": [{"kind": "ledger", "note": {"en": "No queue.", "zh": "与排队无关。"}}],
        },
        "T05": {
            "text": {"en": "Delivered the same day", "zh": "当日送达"},
            "parts": [{"kind": "sim", "measure": "delivered", "days": 0}],
        },
    },
    "assumptions": {
        "rate": {
            "path": "products.pc.rate", "low": "0.3 /year", "high": "1.5 /year", "source": EVIL, "confidence": "low",
            "name": {"en": "Faults a unit", "zh": "单台故障"},
        },
        "work": {
            "path": "products.pc.modes.any.work", "low": "30 min", "high": "75 min", "source": "guess",
            "confidence": "medium", "name": {"en": "Work on site", "zh": "现场作业"},
        },
    },
    "reporting": {"zones": {"seats": {"name": {"en": "Seats", "zh": "城区"}, "kinds": ["seat"]}}, "apart": ["island"]},
}  # fmt: skip


def row(key: str, **changes: Any) -> Row:
    """A judged row of the province, changed as asked."""
    plain: dict[str, Any] = {
        "id": key,
        "part": "sim",
        "reading": "base",
        "kind": "sim",
        "area": "province",
        "population": "all",
        "cases": 12345,
        "estimate": 0.9312,
        "low": 0.9243,
        "high": 0.9378,
        "target": 0.95,
        "verdict": "fails",
    }
    return Row(**{**plain, **changes})


ROWS = (
    row("T01", reasons={"too_far": 0.6, "busy": 0.4}, keepable=13020.0, breaches_per_year=849.3, clean_month=0.004),
    row("T01", area="northern", cases=9000, estimate=0.96, low=0.951, high=0.967, verdict="holds"),
    row("T01", area="southern", cases=3000, estimate=0.8461, low=0.83, high=0.86),
    row("T01", area="island", cases=0, estimate=None, low=None, high=None, verdict="no cases", apart=True),
    row("T01", reading="duty", estimate=0.9712, low=0.966, high=0.975, verdict="holds"),
    row("T02", estimate=0.99974, low=0.9991, high=1.0, verdict="holds", breaches_per_year=0.02),
    row(
        "T03", part="plan", kind="plan", cases=3, estimate=2 / 3, low=None, high=None, target=1.0,
        details=(("Island: no station", "小岛：无服务站"),),
    ),
    row("T03", part="measure", kind="measure", verdict="estimate", target=None, measure="remote_share", unit="share",
        estimate=0.5023, low=0.4995, high=0.5052),
    row("T04", part="ledger", kind="ledger", verdict="not judged", cases=0, estimate=None, low=None, high=None,
        target=None),
    row("T05", cases=0, estimate=None, low=None, high=None, verdict="no cases"),
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """What ``report`` takes."""

    validation: Validation
    model: Model
    network: Network


@pytest.fixture(scope="session")
def world() -> World:
    """The scenario, its network and its validation."""
    model = Model.model_validate(SCENARIO)
    histogram = [0] * 1442
    histogram[30], histogram[120], histogram[121], histogram[1441] = 10, 5, 3, 2
    validation = Validation(
        scenario="tiny",
        title={"en": "Tiny & small", "zh": "小例"},
        seed=7,
        replications=20,
        rows=ROWS,
        ladder=(
            Step("T01", "all", 7200.0, 12345, 0.9312, 0.9243, 0.9378, 849.3),
            Step("T01", "all", 14400.0, 12345, 0.981, 0.975, 0.985, 234.5),
            Step("T01", "seats", 14400.0, 8000, 0.99, 0.985, 0.993, 80.0),
        ),
        use=(
            Use("north-1", "north", 0.31, 0.3, 0.33, 12.0, 410.0),
            Use("south-1", "south", 0.1, 0.09, 0.12, 0.0, 99.0),
        ),
        histogram={"all": histogram, "seats": [0] * 1442},
        trust=(
            Trust("Warm-up", "预热期", "checked", "fine", "正常"),
            Trust("Twin", "双引擎", "not measured", EVIL, EVIL),
        ),
        findings=(
            {
                "rule": "hours",
                "clauses": ["T01", "T02"],
                "severity": "conflict",
                "why": {"en": "8 h and 24 h", "zh": "8 小时与 24 小时"},
                "instead": {"en": "state one", "zh": "只写一种"},
            },
        ),
        figures={"tickets_per_year": 1234.0, "out_of_hours_share": 0.17},
        provenance={"hash": "abc", "level": 0.95, "versions": {"numpy": "2"}, "text": "line\n" * 60},
    )
    return World(validation, model, load(model.network))
