"""Mistakes people make: each is reported at its path, with what stands there and a remedy that helps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import from_dict, paths

GONE = object()
"""Stands for a key taken out."""


def problems(raw: dict[str, Any]) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        from_dict(raw)
    return caught.value.problems


def edited(raw: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    tokens = paths.numbered(raw, paths.split(path))
    return paths.put(raw, tokens, None if value is GONE else value)


MISTAKES: list[tuple[str, Any, str, str, str]] = [
    # path, written there, path of the problem (if another), value shown, words of the remedy
    ("staff.calender", "office", "", '"office"', 'did you mean "calendar"?'),
    ("clause", {}, "", "{}", 'did you mean "clauses"?'),
    ("calender", {}, "", "{}", 'did you mean "calendars"?'),
    ("out_of_hours", "off", "", '"off"', '"out_of_hours" belongs under [staff]'),
    ("products.pc.modes.board.work.mode", "1 h", "", '"1 h"', 'allowed: "dist", "mean", "cv"'),
    ("clauses.A09.parts.0.limt", "3 h", "", '"3 h"', 'did you mean "limit"?'),
    ("stations.haikou.node", GONE, "", "", 'add in [stations.haikou] for example node = "haikou"'),
    ("time", GONE, "", "", "start = 2018-07-01"),
    ("title", GONE, "", "", "title = { en ="),
    ("products.pc.modes.board.work.cv", GONE, "", "", "cv = 0.5"),
    ("demand.installed.1.units", GONE, "", "", "units = 1"),
    ("stations.haikou.engineers", "2", "", '"2"', "write 2"),
    ("stations.haikou.engineers", 2.0, "", "2.0", "write 2"),
    ("stations.haikou.engineers", True, "", "true", "for example 1"),
    ("stations.haikou.engineers", -1, "", "-1", "for example 1"),
    ("staff.set_out", 10, "", "10", 'write "10 min"'),
    ("staff.set_out", "10", "", '"10"', 'write "10 min"'),
    ("staff.set_out", "10 minutes", "", '"10 minutes"', 'for example "75 min"'),
    ("staff.set_out", "-5 min", "", '"-5 min"', 'for example "75 min"'),
    ("staff.set_out", {"dist": "gama", "mean": "1 h"}, "staff.set_out.dist", '"gama"', 'did you mean "gamma"?'),
    ("staff.set_out", {"mean": "1 h"}, "staff.set_out.dist", "", 'add dist = "constant"'),
    ("staff.mobilisation.low", "2 h", "staff.mobilisation", None, "for example"),
    ("products.pc.rate", 0.3, "", "0.3", 'write "0.3 /year"'),
    ("products.pc.modes.soft.remote", 70, "", "70", 'write "70 %"'),
    ("products.pc.modes.soft.remote", "70 percent", "", '"70 percent"', "for example"),
    ("products.pc.modes.soft.cause", "sofware", "", '"sofware"', 'did you mean "software"?'),
    ("products.pc.modes.soft.priority", 10, "", "10", "for example"),
    ("products.pc.modes", {}, "", "{}", "for example"),
    ("planned.checkup.every_months", 5, "", "5", "for example 1"),
    ("time.start", "2018-07-02", "", '"2018-07-02"', "write 2018-07-02"),
    ("time.start", dt.datetime(2018, 7, 2, 8), "", "2018-07-02T08:00:00", "write 2018-07-02"),
    ("time.window", "0 d", "", '"0 d"', "for example"),
    ("time.window", "1.5 d", "", '"1.5 d"', '"2 d"'),
    ("time.warm_up", "36 h", "", '"36 h"', '"2 d"'),
    ("time.holidays", "china", "", '"china"', 'for example "CN"'),
    ("time.drain", "1 d", "", '"1 d"', 'write drain = "12 d" or more'),
    ("calendars.office.week", {"mon-fry": ["08:00-18:00"]}, "calendars.office.week.mon-fry", "", '"mon-fri"'),
    ("calendars.office.week.mon-fri", "08:00-18:00", "", '"08:00-18:00"', 'write ["08:00-18:00"]'),
    ("calendars.office.week.mon-fri", ["8:00-18:00"], "calendars.office.week.mon-fri.0", None, '"08:00-18:00"'),
    ("calendars.office.week.mon-fri", ["22:00-06:00"], "calendars.office.week.mon-fri.0", None, "for example"),
    ("delivery.warehouse.cut_off", dt.time(16), "", "16:00:00", 'write "16:00"'),
    ("delivery.warehouse.cut_off", "4 pm", "", '"4 pm"', 'for example "08:30"'),
    ("weights.seat", "urbn", "", '"urbn"', 'did you mean "urban"?'),
    ("network.bands.all.rush", 2.0, "network.bands.all.rush", "", '"peak"'),
    ("network.time_factor", 0, "", "0", "for example"),
    ("network.noise_cv", float("inf"), "", "inf", "for example"),
    ("staff.absences.leave.spell", "2 h", "", '"2 h"', 'for example "3 d"'),
    ("profiles.work.months", [1.0] * 11, "", None, "for example [0.5"),
    ("staff", "office", "", '"office"', "calendar ="),
    ("stations", {}, "", "{}", "for example"),
    ("stations.haikou.name.en", " ", "", '" "', "write the text in English"),
    ('stations."ha kou"', {"name": {"en": "X"}, "node": "x", "engineers": 1}, "", None, "rename"),
    # names that refer to nothing
    ("staff.calendar", "offic", "", '"offic"', 'did you mean "office"?'),
    ("desk.shifts.1.calendar", "allways", "", '"allways"', 'did you mean "always"?'),
    ("delivery.routes.north.calendar", "nights", "", '"nights"', 'allowed: "office", "always"'),
    ("products.pc.profile", "werk", "", '"werk"', 'did you mean "work"?'),
    ("goods.paper.per_product", "pcs", "", '"pcs"', 'did you mean "pc"?'),
    ("demand.installed.0.product", "pcc", "", '"pcc"', 'did you mean "pc"?'),
    ("parts.psu.product", "cp", "", '"cp"', '"pc"'),
    ("products.pc.modes.board.parts", {"pus": 1.0}, "products.pc.modes.board.parts.pus", "1.0", '"psu"'),
    ("stock.levels.0.station", "haiku", "", '"haiku"', 'did you mean "haikou"?'),
    ("stock.levels.0.station", "hub", "", '"hub"', "add [stock.hub]"),
    ("stock.levels.0.part", "psv", "", '"psv"', 'did you mean "psu"?'),
    ("clauses.A09.states.open_hours", "ofice", "", '"ofice"', 'did you mean "office"?'),
    ("clauses.A09.parts.0.population.products", ["tv"], "clauses.A09.parts.0.population.products.0", '"tv"', '"pc"'),
    ("clauses.A09.parts.0.readings.duty.clock_hours", "duty", "", '"duty"', '"office"'),
    ("clauses.A16.parts.0.population.planned.0", "chekup", "", '"chekup"', 'did you mean "checkup"?'),
    ("clauses.A16.parts.0.population.reported_in", "x", "", None, "of"),
    # tables that don't fit together
    ("demand.installed.1.area", "haikou", "demand.installed.1", None, "put both into one row"),
    ("products.pc.modes.board.parts", {"psu": 0.0}, "products.pc.modes.board.parts", None, "parts = { psu = 1.0 }"),
    ("products.pc.modes.board.share", 0, "", "", ""),
    ("dispatch", {"who": "own-then-backup"}, "dispatch.who", '"own-then-backup"', 'add backup_radius = "90 min"'),
    ("stock.share", GONE, "stock.rule", '"share"', 'add share = "3 %"'),
    ("delivery", GONE, "goods", None, "add [delivery.warehouse]"),
    ("network.nodes", [{"id": "haikou"}, {"id": "haikou"}], "network.nodes.1", None, "one row"),
    ("network.rain", {"share": [5] * 12}, "network.rain.share", None, "write 0.05 for 5 %"),
    ("environment.strait", {"per_year": 1, "months": [1] * 12, "low": "9 h", "high": "3 h"}, "environment.strait.low",
     '"9 h"', "exchange low and high"),
    ("profiles.work.base", 0, "", "", ""),
    ("clauses.A09.parts.0.limit", GONE, "", "", 'add limit = "2 h"'),
    ("clauses.A09.parts.0.days", 1, "", "1", "take one of them out"),
    ("clauses.A09.parts.0.ratio", 0.03, "", "0.03", "take it out"),
    ("clauses.A09.parts.0.limit", "40 d", "time.drain", '"30 d"', 'or more'),
    ("clauses.A16.parts.0.population", GONE, "clauses.A16.parts.0.population.planned", "", "add planned ="),
    ("clauses.A16.parts.1.within_months", 6, "", "6", "take it out"),
    ("remote", GONE, "clauses.A09.parts.1.measure", '"remote_share"', "add [remote]"),
    # the ledger
    ("assumptions.access.path", "staff.site_acces", "", '"staff.site_acces"', 'did you mean "staff.site_access"?'),
    ("assumptions.access.path", "staff.mobilisation", "", None, 'as "staff.mobilisation.'),
    ("assumptions.access.path", "products.pc.modes.board.diagnosis.mean", "", None, "nothing stands below"),
    ("assumptions.access.base", "9 min", "", '"9 min"', 'write "8 min"'),
    ("assumptions.access.low", "9 min", "", '"9 min"', "widen the range"),
    ("assumptions.access.high", 20, "", "20", 'write it as there: "8 min"'),
    ("assumptions.access.also", ["staff.set_out"], "assumptions.access.also.0", '"staff.set_out"', "row of its own"),
    ("assumptions.access.confidence", "middling", "", '"middling"', 'for example "high"'),
]  # fmt: skip
FINE = {"products.pc.modes.board.share", "profiles.work.base"}
"""Values at a boundary that are no mistakes; they guard against rules that are too strict."""


@pytest.mark.parametrize(("path", "written", "where", "value", "remedy"), MISTAKES)
def test_mistake(raw: dict[str, Any], path: str, written: Any, where: str, value: str | None, remedy: str) -> None:
    changed = edited(raw, path, written)
    if path in FINE:
        from_dict(changed)
        return
    found = problems(changed)
    assert [p.path for p in found] == [where or path]
    assert value is None or found[0].value == value
    assert remedy in found[0].remedy
    assert found[0].message
    assert found[0].severity == "error"


def test_each_row_of_the_list_is_another_kind_of_mistake() -> None:
    assert len({(path, repr(written)) for path, written, *_ in MISTAKES}) == len(MISTAKES)


def test_everything_wrong_is_listed_at_once(raw: dict[str, Any]) -> None:
    """Types, unknown keys, missing keys, references, rules: one go, in the order of the file."""
    for path, value in (
        ("time.drain", "20"),
        ("calendars.office.week.mon-fri", ["18:00-08:00"]),
        ("stations.haikou.enginers", 3),
        ("stations.sanya.node", GONE),
        ("staff.calendar", "offce"),
        ("products.pc.modes.board.work", {"dist": "uniform", "low": "2 h", "high": "1 h"}),
        ("products.pc.modes.soft.share", "a lot"),
        ("demand.installed.0.product", "pcs"),
        ("clauses.A16.parts.0.population.planned", ["none"]),
        ("assumptions.access.low", "30 min"),
    ):
        raw = edited(raw, path, value)
    found = problems(raw)
    assert [p.path for p in found] == [
        "time.drain",
        "calendars.office.week.mon-fri.0",
        "stations.haikou.enginers",
        "stations.sanya.node",
        "staff.calendar",
        "products.pc.modes.board.work",
        "products.pc.modes.soft.share",
        "demand.installed.0.product",
        "clauses.A16.parts.0.population.planned.0",
        "assumptions.access.low",
    ]


def test_a_stand_in_for_a_bad_value_raises_no_problems_of_its_own(raw: dict[str, Any]) -> None:
    """A drain without its unit must not make every clause complain about the drain."""
    assert [p.path for p in problems(edited(raw, "time.drain", "30"))] == ["time.drain"]
    assert [p.path for p in problems(edited(raw, "calendars", 3))] == ["calendars"]
    assert [p.path for p in problems(edited(raw, "parts.psu.product", 3))] == ["parts.psu.product"]
    assert [p.path for p in problems(edited(raw, "staff.site_access", 8))] == ["staff.site_access"]
    assert [p.path for p in problems(edited(raw, "clauses.A09.parts.0.measure", "x"))] == [
        "clauses.A09.parts.0.measure"
    ]
    assert [p.path for p in problems(edited(raw, "staff.mobilisation.low", 5))] == ["staff.mobilisation.low"]


def test_a_part_of_another_product(raw: dict[str, Any]) -> None:
    raw["products"]["tv"] = raw["products"]["pc"]
    (problem,) = problems(raw)
    assert problem.path == "products.tv.modes.board.parts.psu"
    assert problem.message == 'is a part of "pc", not of "tv"'


def test_a_missing_file_of_tables_says_all_that_is_missing() -> None:
    assert [p.path for p in problems({"format": 1})] == ["name", "staff", "stations", "time", "title"]


def test_problems_have_no_trace_of_the_machinery(raw: dict[str, Any]) -> None:
    for path, written, *_ in MISTAKES:
        if path in FINE:
            continue
        for problem in problems(edited(raw, path, written)):
            for word in ("pydantic", "constrained", "function-before", "literal[", "Traceback", "NoneType", "None"):
                assert word not in str(problem)
