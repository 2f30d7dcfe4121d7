"""A plan of sizing written by hand, for those who print it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from simsvc.promise.result import Row
from simsvc.promise.sizing import (
    Bound,
    Cover,
    Line,
    Month,
    Move,
    Next,
    Obstacle,
    Plan,
    Point,
    Relaxed,
    Rival,
    RolloutPlan,
    Rung,
    Sturdy,
    Wish,
)
from simsvc.scenario import Scenario, from_dict
from tests.report.conftest import ROWS, SCENARIO


def both(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


NORTH, MILL = both("Engineers, North", "工程师，北站"), both("Engineers, Mill", "工程师，磨坊站")
SOUTH = both("Engineers, South", "工程师，南站")
HEADLINE = ROWS[0]
OPENED = {"name": both("Mill", "磨坊站"), "node": "mill", "engineers": 1, "covers_towns": ["mill"]}


CLAUSES = {
    "T01": SCENARIO["clauses"]["T01"],
    "T03": {**SCENARIO["clauses"]["T03"], "parts": [{"kind": "plan", "rule": "coverage"}]},
}


def scenarios() -> tuple[Scenario, Scenario]:
    """Today and the plan: a second station in the north, one engineer more there."""
    today = from_dict({**SCENARIO, "time": {**SCENARIO["time"], "drain": "4 d"}, "clauses": CLAUSES})
    return today, today.replace(**{"stations.north.engineers": 3, "stations.mill": OPENED})


def judged(row: Row, **changes: Any) -> Row:
    """A row of the validation's, changed."""
    return replace(row, **changes)


def plan(**changes: Any) -> Plan:
    """The whole answer, with something in every field, changed as asked."""
    today, planned = scenarios()
    lines = (
        Line("engineers.north", "engineers", "north", NORTH, 2, 3, 225_000.0, 320_000.0),
        Line("engineers.mill", "engineers", "mill", MILL, 0, 1, 0.0, 130_000.0),
        Line("engineers.south", "engineers", "south", SOUTH, 1, 1, 130_000.0, 130_000.0),
        Line("duty.north", "duty", "north", both("On call, North", "待命，北站"), "off", "rota", 0.0, 29_200.0),
    )  # fmt: skip
    more = replace(lines[0], planned=4, cost=415_000.0)
    kept = {"verdict": "holds", "estimate": 0.9612, "low": 0.957, "high": 0.965}
    rows = (
        judged(HEADLINE, **kept),
        judged(ROWS[1]),
        judged(ROWS[2], estimate=0.9531, low=0.951, high=0.956, verdict="holds"),
        judged(ROWS[3]),
        judged(ROWS[4]),
        judged(ROWS[6]),
    )
    made = Plan(
        title=both("Tiny & small", "小例"),
        today=today,
        scenario=planned,
        status="kept",
        seed=7,
        confidence=0.95,
        wishes=(
            Wish("T01", 0, "sim", "sim", "time_to_site", "<= 90 min", "<= 2 h", 0.95, 0.95, ("northern", "southern")),
        ),
        obstacles=(
            Obstacle("T01", 0, "island", both("Island", "小岛"), "<= 2 h", 0.95, 0.0, 0.0, 0.0, None, None,
                     ("no road leads there", "无公路可达")),
            Obstacle("T01", 0, "southern", both("Southern", "南部"), "<= 90 min", 0.95, 0.8123, 0.8, 0.825, 7200.0,
                     None, ("towns too far from any seat", "乡镇距任何县城过远")),
        ),
        lines=lines,
        cost=609_200.0,
        cost_today=355_000.0,
        bound=Bound(480_000.0, (("2 stations <b>", "2 个站 <b>", 70_000.0), ("4 engineers", "4 名", 410_000.0))),
        rows=rows,
        rivals=(
            Rival((), 609_200.0, 0.0031, 0.001, 0.006, "plan"),
            Rival((more,), 704_200.0, 0.012, 0.009, 0.015, "dearer"),
        ),
        moves=(
            Move(1, "start", ("offered load", "业务量"), ("enough for the mean", "满足均值"), 450_000.0, None, 0),
            Move(2, "climb", ("Engineers, North: 2 → 3", "工程师，北站：2 → 3"), ("everyone busy", "人手全忙"),
                 609_200.0, ("T01", "southern", -0.0123), 40),
        ),
        replications={"search": 400, "selection": 60, "estimate": 80},
        evaluations=37,
        pareto=(
            Point(355_000.0, 0.81, 0.80, 0.82, "southern", 3, 2, "today"),
            Point(480_000.0, 0.90, 0.89, 0.91, "southern", 4, 2),
            Point(609_200.0, 0.953, 0.95, 0.956, "southern", 5, 3, "plan"),
            Point(704_200.0, 0.961, 0.958, 0.964, "southern", 6, 3),
        ),
        next_engineer=(
            Next("north", both("North", "北站"), 0.96, 0.004, -0.001, 0.009, 12.0, -3.0, 27.0, 95_000.0),
            Next("south", both("South", "南站"), 0.953, 0.02, 0.015, 0.025, 60.0, 45.0, 75.0, 95_000.0),
        ),
        relaxed=(
            Relaxed("T03", 0, both("within 2 h", "2 小时以内"), 0.0, ()),
            Relaxed("T01", 0, both("within 135 min", "135 分钟以内"), 95_000.0, (replace(lines[0], planned=2),)),
        ),
        ladder=(
            Rung("target", 0.9, "kept", 480_000.0, 4, 2, repaired=True),
            Rung("target", 0.95, "kept", 609_200.0, 5, 3),
            Rung("target", 0.98, "impossible", None, None, None),
            Rung("demand", 0.5, "kept", 450_000.0, 4, 2),
            Rung("demand", 1.0, "kept", 609_200.0, 5, 3),
        ),
        sturdy=Sturdy(
            ({"id": "rate", "name": both("Faults a unit", "单台故障"), "base": "0.5 /year", "low": "0.3 /year",
              "high": "1.5 /year"},),
            "kept", 95_000.0, (more,), ("T01", "southern", 0.002), ("", ""), planned,
        ),
        rollout=RolloutPlan(
            (
                Month(1, (), (), 2, 2, (judged(HEADLINE, verdict="fails"), judged(ROWS[2]))),
                Month(2, ("mill",), (both("Mill", "磨坊站"),), 2, 3, (judged(HEADLINE, **kept),)),
            ),
            2, 6, 2, True, 140.0, 171.0, planned,
        ),
        relief=(
            Cover("none", both("No absences", "无缺勤"), 0.0, 0.97, 500.0, 40.0, 20.0, 60.0),
            Cover("second", both("A second engineer", "再加一名"), 95_000.0, 0.966, 510.0, 30.0, 12.0, 48.0),
        ),
        provenance={"hash": "abc", "seed": 7},
    )  # fmt: skip
    return replace(made, **changes)


def impossible() -> Plan:
    """No plan keeps what was asked for."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("lines", "rows", "rivals", "moves", "pareto", "next_engineer", "relaxed", "ladder", "relief"), ()
    )
    return plan(
        status="impossible", scenario=None, cost=None, bound=None, replications={}, evaluations=0, sturdy=None,
        rollout=None, **nothing,
    )  # fmt: skip
