"""Clauses that can't be judged: what a measure needs, which keys mean something to it, how long the drain must be."""

from __future__ import annotations

from typing import Any

import pytest

from simsvc.errors import ScenarioError
from simsvc.scenario import from_dict

GONE = object()
POOL = {"name": {"en": "Loaners"}, "products": ["pc"], "at": {"haikou": 1}, "threshold": "40 d"}
REPORTING = {
    "zones": {"city": {"name": {"en": "City"}, "kinds": ["seat"]}},
    "warranty": {"length": "1 year", "extension": "60 d"},
    "escalation": {"after": "30 min", "answer": "3 min", "calendar": "office"},
    "costs": {"visit": 100, "units": {"pc": 4500}},
}
TABLES = {
    "reporting": REPORTING,
    "loaners": {"pool": POOL | {"threshold": "12 h"}},
    "repairs": {"workshop": {"name": {"en": "Workshop"}, "turnaround": "5 d"}},
    "experts": {"shifts": [{"calendar": "office", "agents": 1}], "work": "1 h"},
    "dispatch": {"approval": {"calendar": "office", "time": "2 h"}},
    "review": {"calendar": "office"},
}


def problems(raw: dict[str, Any], part: dict[str, Any], **tables: Any) -> list[tuple[str, str, str]]:
    """Path, message and remedy of all that is wrong with a part, in a scenario with every table of reporting."""
    whole = {**raw, **TABLES, **tables, "clauses": {"A": {"text": {"en": "a"}, "parts": [part]}}}
    try:
        from_dict({key: value for key, value in whole.items() if value is not GONE})
    except ScenarioError as error:
        return [(p.path.removeprefix("clauses.A.parts.0."), p.message, p.remedy) for p in error.problems]
    return []


def sim(measure: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "sim", "measure": measure, **fields}


def told(measure: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "measure", "measure": measure, **fields}


FINE = [
    sim("repaired", limit="3 h", clock_start="arrived", stand_in=True),
    sim("repaired", days=2, day_kind="working", population={"modes": ["pc.soft"], "routes": ["workshop", "on-site"]}),
    sim("loaner_placed", limit="12 h"),
    sim("manager_answer", limit="5 min", clock_hours="office"),
    sim("in_use", days=15),
    sim("staff_reachable", population={"zones": ["city", "other"]}),
    sim("stand_in_available"),
    sim("delivered", days=0, population={"replacement": True}),
    sim("time_to_site", limit="2 h", readings={"city": {"name": {"en": "city"}, "zones": ["city"]}}),
    told("load", population={"in_warranty": False}),
    told("planned_load", population={"zones": ["city"], "planned": ["checkup"]}),
    *[
        told(m)
        for m in (
            "abandoned", "desk_load", "approval_delay", "third_level", "first_time_fix", "right_part", "substitutes",
            "repeat_share", "repairs", "replacements", "rework", "replacement_goods", "escalations", "open_age",
            "reminders", "warranty_liability", "costs",
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize("part", FINE)
def test_what_is_fine(raw: dict[str, Any], part: dict[str, Any]) -> None:
    assert problems(raw, part) == []


@pytest.mark.parametrize(
    ("part", "without", "needs"),
    [
        (sim("loaner_placed", limit="12 h"), "loaners", "loaners"),
        (sim("stand_in_available"), "loaners", "loaners"),
        (told("repairs"), "repairs", "repairs"),
        (told("third_level"), "experts", "experts"),
        (told("approval_delay"), "dispatch", "dispatch.approval"),
        (told("planned_load"), "planned", "planned"),
        (sim("manager_answer", limit="5 min"), "reporting", "reporting.escalation"),
        (told("escalations"), "reporting", "reporting.escalation"),
        (told("open_age"), "reporting", "reporting.escalation"),
        (told("reminders"), "reporting", "reporting.warranty"),
        (told("warranty_liability"), "reporting", "reporting.warranty"),
        (told("rework"), "review", "review"),
        (told("costs"), "reporting", "reporting.costs"),
    ],
)
def test_tables_that_a_measure_needs(raw: dict[str, Any], part: dict[str, Any], without: str, needs: str) -> None:
    path, message, remedy = ("measure", f"needs [{needs}]", f"add [{needs}]")
    assert problems(raw, part, **{without: GONE}) == [(path, message, remedy)]


@pytest.mark.parametrize(
    ("part", "path"),
    [
        (sim("repaired"), "limit"),
        (sim("in_use"), "limit"),
        (sim("staff_reachable", limit="1 h"), "limit"),
        (sim("stand_in_available", days=1), "days"),
        (sim("time_to_site", limit="2 h", stand_in=True), "stand_in"),
        (sim("delivered", days=1, clock_start="remote_failed"), "clock_start"),
        (sim("time_to_site", limit="2 h", clock_start="arrived"), "clock_start"),
        (sim("repaired", limit="2 h", clock_stop="arranged"), "clock_stop"),
        (sim("planned_done", population={"planned": ["checkup"]}, clock_stop="set-out"), "clock_stop"),
        (sim("staff_reachable", clock_hours="office"), "clock_hours"),
        (sim("stock_ratio", ratio="3 %", strict=True), "strict"),
        (sim("repaired", limit="2 h", population={"planned": ["checkup"]}), "population.planned"),
        (sim("repaired", limit="2 h", population={"special": True}), "population.special"),
        (sim("delivered", days=1, population={"causes": ["misuse"]}), "population.causes"),
        (sim("planned_done", population={"planned": ["checkup"], "products": ["pc"]}), "population.products"),
        (told("overtime_hours", population={"zones": ["city"]}), "population.zones"),
        (told("reminders", population={"reported_in": "office"}), "population.reported_in"),
        (told("load", population={"planned": ["checkup"]}), "population.planned"),
        (told("planned_load", population={"planned": ["chekup"]}), "population.planned.0"),
        (sim("repaired", limit="2 h", population={"zones": ["town"]}), "population.zones.0"),
        (
            sim("stock_ratio", ratio="3 %", readings={"city": {"name": {"en": "city"}, "zones": ["city"]}}),
            "readings.city.zones",
        ),
    ],
)
def test_keys_that_mean_nothing(raw: dict[str, Any], part: dict[str, Any], path: str) -> None:
    found = problems(raw, part)
    assert [where for where, _, _ in found] == [path]
    assert all(message and remedy for _, message, remedy in found)


def test_what_may_narrow_a_measure_is_said(raw: dict[str, Any]) -> None:
    ((_, message, remedy),) = problems(raw, told("overtime_hours", population={"causes": ["misuse"]}))
    assert message == 'does not narrow what "overtime_hours" counts'
    assert remedy == "take it out; allowed: areas, not_areas"


def test_prices_and_managers_hours_refer_to_what_is_there(raw: dict[str, Any]) -> None:
    wrong = REPORTING | {"costs": {"units": {"pcs": 1}}, "escalation": {"calendar": "offices"}}
    found = problems(raw, told("costs"), reporting=wrong)
    assert [path for path, _, _ in found] == ["reporting.costs.units.pcs", "reporting.escalation.calendar"]
    assert [remedy.split("?")[0] for _, _, remedy in found] == ['did you mean "pc"', 'did you mean "office"']


@pytest.mark.parametrize(
    ("part", "tables", "days"),
    [
        (sim("repaired", limit="31 d"), {}, 31),
        (sim("repaired", days=30), {}, 31),
        (sim("in_use", days=30, day_kind="working"), {}, 53),
        (sim("loaner_placed", limit="2 d"), {"loaners": {"pool": POOL}}, 40),
        (told("open_age"), {"reporting": {"escalation": {"check": "1 week", "rectify": "5 weeks"}}}, 35),
    ],
)
def test_the_drain_outlasts_every_limit(raw: dict[str, Any], part: dict[str, Any], tables: Any, days: int) -> None:
    """The drain has 30 days. The manager's answer needs none: it is drawn from the log."""
    ((path, _, remedy),) = problems(raw, part, **tables)
    assert (path, remedy) == ("time.drain", f'write drain = "{days} d" or more')
    assert problems(raw, part, **tables, time=raw["time"] | {"drain": f"{days} d"}) == []
    assert problems(raw, sim("manager_answer", limit="40 d")) == []
