"""Pages of documents of every kind: whatever the main promise is, other readings, single years, limits in days."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.console import Console

from simsvc.cli.verdicts import print_validation
from simsvc.promise.result import Step
from simsvc.report import figures, headline, lines, sections, verdicts
from simsvc.report.ladder import ladders
from simsvc.report.naming import part_names
from simsvc.report.page import render
from simsvc.report.words import LANGUAGES, Words
from simsvc.scenario.demand import Planned
from simsvc.scenario.model import Model
from simsvc.scenario.promises import Clause

EN = Words("en")


def clause(*parts):
    return Clause.model_validate({"text": {"en": "A promise", "zh": "一项承诺"}, "parts": list(parts)})


def sim(measure, **fields):
    return {"kind": "sim", "measure": measure, **fields}


def document(world, clauses, rows, **changes):
    """The world with these clauses, and rows like those of T01 (province and counties) for (id, part, changes)."""
    province, north, south = world.validation.rows[:3]
    made = []
    for key, label, more in rows:
        made.append(replace(province, id=key, part=label, **more))
        made += [replace(r, id=key, part=label) for r in (north, south) if more.get("kind", "sim") == "sim"]
    model = world.model.model_copy(update={"clauses": clauses})
    return replace(world.validation, rows=tuple(made), ladder=(), **changes), model


@pytest.mark.parametrize(
    ("measures", "mapped"),
    [
        (["response", "time_to_site", "repaired"], "time_to_site"),
        (["response", "repaired"], "repaired"),
        (["response", "planned_done", "delivered"], "delivered"),
        (["answered", "response"], "answered"),
    ],
)
def test_the_promise_that_differs_most_from_place_to_place_is_mapped(world, measures, mapped):
    limits = {"planned_done": {}}
    clauses = {f"T{k}": clause(sim(m, **limits.get(m, {"limit": "2 h"}))) for k, m in enumerate(measures)}
    validation, model = document(world, clauses, [(key, "sim", {}) for key in clauses])
    found = verdicts.headline_clause(validation, model)
    assert verdicts.measure_of(model, found) == mapped


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_without_time_to_site(world, language):
    """Map and counties speak of the repair; there is no ladder; a time figure stays, without a limit."""
    clauses = {"T1": clause(sim("repaired", days=2, day_kind="working", population={"causes": ["misuse"]}))}
    validation, model = document(world, clauses, [("T1", "sim", {"keepable": None, "keepable_days": 4})])
    page = render(validation, model, world.network, language=language)
    said = {
        "en": ("Clause T1 (repaired, by the end of the 2nd working day)", "by the end of the 4th working day"),
        "zh": ("条款 T1（修复，其后第 2 个工作日结束前）", "其后第 4 个工作日结束前"),
    }
    assert page.count(said[language][0]) == 2
    assert page.count(said[language][1]) == 2  # in the headline and in the table
    assert 'href="#ladder"' not in page
    assert figures._limits(validation, model) == {}
    assert "misuse" in page if language == "en" else "使用不当" in page


def test_nothing_to_map_is_no_error(world):
    validation, model = document(world, {"T1": clause({"kind": "ledger"})}, [])
    assert verdicts.headline_clause(validation, model) is None
    page = render(validation, model, world.network)
    assert 'id="map"' not in page
    assert 'id="counties"' not in page


def test_parts_of_one_clause_are_told_apart_in_the_headline(world):
    parts = (sim("repaired", limit="2 d"), sim("repaired", limit="7 d"), sim("loaner_placed", limit="12 h"))
    rows = [("T1", "sim:repaired:1", {}), ("T1", "sim:repaired:2", {}), ("T1", "sim:loaner_placed", {})]
    validation, model = document(world, {"T1": clause(*parts)}, rows)
    head = headline.headline(validation, model, world.network, EN)
    assert head.lists[0][2] == (
        "T1 repaired within 48 h (93.1 %), T1 repaired within 7 d (93.1 %), T1 stand-in placed (93.1 %)"
    )
    assert head.worst[0] == "repaired, within 48 h:"


def test_what_sets_parts_apart_stands_in_lists_and_on_the_terminal(world):
    """By the plan and by simulation; the plan of visits where the limits are equal; the cases where that is, too."""
    visit = {"every_months": 12, "work": "1 h"}
    plans = {key: Planned.model_validate({"name": {"en": key}, **visit}) for key in ("check", "yearly")}
    parts = (
        SPARES,
        sim("planned_done", population={"planned": ["check"]}),
        sim("planned_done", population={"planned": ["yearly"]}),
        sim("response", limit="1 h", population={"in_warranty": True}),
        sim("response", limit="1 h", population={"in_warranty": False}),
    )  # fmt: skip
    spec = clause(*parts)
    labels = ["plan", "sim:planned_done:1", "sim:planned_done:2", "sim:response:1", "sim:response:2"]
    plan = {"kind": "plan", "estimate": 1.0, "cases": 1}
    rows = [("T1", label, plan if label == "plan" else {}) for label in labels]
    validation, model = document(world, {"T1": spec}, rows)
    model = model.model_copy(update={"planned": plans})
    named = part_names(validation.base(), model, world.network, EN)
    assert list(named.values()) == [
        "T1 spares at the start", "T1 planned visit check", "T1 planned visit yearly",
        "T1 response in warranty", "T1 response out of warranty",
    ]  # fmt: skip
    console = Console(width=200, record=True, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        print_validation(console, validation, model, world.network, "en", counties=False, given="tiny")
    told = " ".join(captured.get().split())
    assert "95 %: all faults; in warranty" in told
    assert "95 %: yearly, every 12 months" in told


def test_time_that_shelves_held_is_no_share_of_cases(world):
    validation, model = document(world, {"T1": clause(sim("stock_ratio", ratio="3 %"))}, [("T1", "sim", {})])
    head = headline.headline(validation, model, world.network, EN)
    assert "held for 93.1 % (92.4–93.8) of the time, judged against 95 %." in head.worst


SPARES = {
    "kind": "plan", "rule": "spares_at_start", "ratio": "3 %",
    "readings": {"money": {"name": {"en": "by value", "zh": "按价值"}, "of": "value"}},
}  # fmt: skip


def test_other_readings_of_a_plan_stand_beneath_it(world):
    plan = {"kind": "plan", "measure": "spares_at_start", "cases": 4, "target": 1.0}
    rows = [
        ("T1", "plan", plan | {"estimate": 1.0, "verdict": "holds", "details": (("fine", "好"),)}),
        ("T1", "plan", plan | {"reading": "money", "estimate": 0.5, "details": (("short", "缺"), ("more", "更"))}),
    ]
    validation, model = document(world, {"T1": clause(SPARES)}, rows)
    (base,) = lines.plans(validation, model, EN)
    assert base.reading == "stock at least 3 % of the units served; at each station; per device type"
    assert [(o.reading, o.verdict, o.value) for o in base.others] == [("by value", "fails", "2 of 4 met")]
    page = render(validation, model, world.network, language="zh")
    assert re.search(r"另一解读：按价值.*?✗.*?4 项中 2 项达标.*?缺 …", page, re.DOTALL)


def test_estimates_say_what_counts_and_where_single_years_lie(world):
    part = {"kind": "measure", "measure": "load", "population": {"in_warranty": False}}
    load = {"kind": "measure", "measure": "load", "unit": "/year", "estimate": 317.2, "low": 308.0, "high": 326.6}
    rows = [
        ("T1", "measure", load | {"verdict": "estimate", "spread": (287.4, 346.9)}),
        ("T1", "measure:load_hours", load | {"measure": "load_hours", "unit": "h/year", "spread": None}),
    ]
    validation, model = document(world, {"T1": clause(part)}, rows, figures={"window_years": 1.0})
    main, further = lines.measures(validation, model, world.network, EN)
    assert (main.counted, main.value, main.spread) == (
        "visits to faults; out of warranty",
        "317 (308–327) a year",
        "287–347",
    )
    assert (further.what, further.counted, further.spread) == ("hours on site for faults", "", "")
    assert "single years (5–95\u00a0%)" in render(validation, model, world.network)
    half = replace(validation, figures={"window_years": 0.5})
    assert "single runs (5–95\u00a0%)" in render(half, model, world.network)


def test_all_zones_together_have_a_limit_only_from_a_promise_on_all_of_them(world):
    city = sim("time_to_site", limit="2 h", population={"zones": ["seats"]})
    clauses = {"T1": clause(city), "T2": clause(sim("time_to_site", limit="12 h"))}
    validation, model = document(world, clauses, [(key, "sim", {}) for key in clauses])
    steps = [Step(c, z, 7200.0, 10, 0.9, 0.8, 0.95, 1.0) for c, z in (("T1", "all"), ("T1", "seats"), ("T2", "all"))]
    steps.append(replace(steps[-1], zone="seats"))
    found = figures._limits(replace(validation, ladder=tuple(steps)), model)
    assert found == {"seats": 7200.0, "all": 43200.0}


def test_one_zone_is_not_shown_twice(world):
    validation, model = document(world, {"T1": clause(sim("time_to_site", limit="2 h"))}, [("T1", "sim", {})])
    steps = tuple(Step("T1", zone, 7200.0, 10, 0.9, 0.8, 0.95, 1.0) for zone in ("all", "seats"))
    (ladder,) = ladders(replace(validation, ladder=steps), model, EN)
    assert [name for name, _ in ladder.zones] == ["Seats"]
    assert len(ladder.keepable) == len(ladder.rows[0][2]) == 1


def test_the_ladder_says_from_which_step_on_a_promise_holds_beyond_the_limits_tried(world):
    validation, model = document(world, {"T1": clause(sim("time_to_site", limit="1 h"))}, [("T1", "sim", {})])
    lows = {3600.0: 0.1, 86400.0: 0.951, 172800.0: 0.96}
    steps = [Step("T1", "all", limit, 10, 0.97, low, 0.98, 1.0) for limit, low in lows.items()]
    (ladder,) = ladders(replace(validation, ladder=tuple(steps)), model, EN)
    assert ladder.keepable == ("24 h",)
    (ladder,) = ladders(replace(validation, ladder=tuple(steps), replications=4), model, EN)
    assert ladder.keepable == ("–",)
    steps[-1] = replace(steps[-1], low=0.9)
    (ladder,) = ladders(replace(validation, ladder=tuple(steps)), model, EN)
    assert ladder.keepable == ("–",)


@pytest.mark.parametrize(
    ("share", "label"), [(0.96, "Closest to its limit"), (0.1, "Lowest share so far, not decided")]
)
def test_what_is_undecided_and_far_below_is_not_said_to_be_close(world, share, label):
    row = {"estimate": share, "low": share - 0.05, "high": share + 0.03, "verdict": "undecided"}
    validation, model = document(world, {"T1": clause(sim("response", limit="1 h"))}, [("T1", "sim", row)])
    assert headline.headline(validation, model, world.network, EN).worst_label == label


def test_of_equally_bad_counties_the_surest_is_worst_and_places_apart_without_cases_are_left_out(world):
    validation, model = document(world, {"T1": clause(sim("response", limit="1 h"))}, [("T1", "sim", {})])
    north, south = (replace(r, estimate=0.0, low=0.0) for r in validation.rows[1:3])
    none = replace(south, area="Isle", cases=0, estimate=None, low=None, high=None, apart=True)
    rows = (validation.rows[0], replace(north, high=0.5), replace(south, high=0.1), none)
    head = headline.headline(replace(validation, rows=rows), model, world.network, EN)
    shown = [c.area for c in sections.counties(list(rows[1:]), world.network, EN)]
    assert shown == [rows[2].area, rows[1].area]
    assert head.worst[-1] == f"Worst county: {shown[0]}, 0.0 % (0.0–10.0)."


@pytest.mark.parametrize("replications", [2, 20])
def test_no_limit_holds_is_said_only_where_limits_were_tried(world, replications):
    validation, model = document(
        world, {"T1": clause(sim("response", limit="1 h"))}, [("T1", "sim", {"keepable": None})]
    )
    (row,) = verdicts.table(replace(validation, replications=replications), model, world.network, EN)
    assert row.keepable == ("–" if replications < 10 else "none up to 12 h")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_tables_fit_the_terminal(world, width, language):
    """Nothing is wider than the terminal or cut, and no share is broken."""
    console = Console(width=width, record=True, markup=False, emoji=False, highlight=False)
    with console.capture() as captured:
        plain = Model.model_validate(world.model)
        print_validation(console, world.validation, plain, world.network, language, counties=False, given="tiny")
    text = captured.get()
    assert all(len(line) <= width for line in text.splitlines())
    table = text[text.index(Words(language)("section.verdicts")) : text.index(Words(language)("section.plan"))]
    assert "93.1 % (92.4–93.8)" in table
    assert "…" not in table
    if language == "en":
        heads = table[: table.index("─")].split()
        assert {"shortest", "limit", "holds", "reason"} <= set(heads)
        assert ({"chance", "clean", "month"} <= set(heads)) == (width >= 110)  # unbroken, or left out
    assert ({"en": "T02 Answered", "zh": "T02 1小时内"}[language] in table) == (width >= 150)  # the wording
    assert ("0.4 %" in table) == (width >= 110)  # the chance of a clean month
