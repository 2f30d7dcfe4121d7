"""What a plan of sizing says: the answer, its tables, its page in both languages, its figures."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from matplotlib.text import Text as Label
from rich.console import Console

from simsvc.cli.plans import print_plan
from simsvc.network import load
from simsvc.promise.sizing import Bound, Line, Move, Wish
from simsvc.report import report
from simsvc.report.layers import OPENED
from simsvc.report.sizing import figures
from simsvc.report.sizing.answer import answer
from simsvc.report.sizing.moves import together
from simsvc.report.sizing.page import render
from simsvc.report.sizing.subject import Subject, money, more, points
from simsvc.report.sizing.told import told
from simsvc.report.words import LANGUAGES, Words
from tests import planned
from tests.report.test_page import read, visible


@pytest.fixture(scope="module")
def plan():
    return planned.plan()


@pytest.fixture(scope="module")
def roads(plan):
    return load(plan.today.model.network)


def subject(plan, roads, language="en"):
    return Subject(plan, roads, Words(language))


def section(plan, roads, key, language="en"):
    return next((s for s in told(subject(plan, roads, language)) if s.key == key), None)


def rows(section, number=0):
    return [[str(cell) for cell in row] for row in section.tables[number].rows]


@pytest.fixture(scope="module")
def pages(plan, roads):
    return {x: render(plan, roads, language=x) for x in LANGUAGES}


def test_the_answer_says_what_it_takes_and_costs(plan, roads):
    said = answer(subject(plan, roads))
    text = " ".join(said.sentences)
    assert "609,200 CNY a year; today costs 355,000 (+254,200)" in text
    assert "Stations: 2 today, 3 in the plan. Engineers: 3 today, 5 in the plan." in text
    # 609,200 / 480,000 - 1
    assert "at most 26.9 % dearer" in text
    assert "Closest to its limit: T01 on site (eased), southern: 95.3 %" in text


@pytest.mark.parametrize(
    ("changes", "state", "lead"),
    [
        ({}, "undecided", "Not everything that was asked for can be kept."),
        ({"status": "not found"}, "undecided", "No plan was found"),
        ({"status": "impossible", "scenario": None, "cost": None}, "fails", "No plan can keep"),
    ],
)
def test_the_answer_by_status(plan, roads, changes, state, lead):
    said = answer(subject(replace(plan, **changes), roads))
    assert said.state == state
    assert said.lead.startswith(lead)


def test_an_impossible_wish_ends_with_what_could_be_promised(roads):
    said = answer(subject(planned.impossible(), roads)).sentences
    assert said[-2:] == (
        "Instead of T01 on site this could be promised: within 2 h, 95 %.",
        "T01 on site: no limit can be kept in Island: no road leads there.",
    )


def test_what_is_eased_is_said_with_what_was_asked_for(plan, roads):
    said = answer(subject(plan, roads)).sentences
    assert "Eased: T01 on site: within 2 h, 95 %. Asked was: <= 90 min, 95 %." in said
    assert not any("Instead of" in sentence for sentence in said)


def test_promises_eased_alike_stand_in_one_sentence(plan, roads):
    (wish,) = plan.wishes
    rule = Wish("T03", 0, "plan", "plan", "coverage", "", "", 1.0, 0.66, ())
    said = answer(subject(replace(plan, wishes=(wish, wish, rule)), roads)).sentences
    assert [s for s in said if s.startswith("Eased:")][1] == "Eased: T03 coverage: 2 of 3. Asked was: all 3."
    assert sum(s.startswith("Eased:") for s in said) == 2


def test_a_promise_that_was_left_out_is_named(plan, roads):
    said = answer(subject(replace(plan, wishes=()), roads)).sentences
    assert any(s.startswith("Not planned for, since no plan keeps it: T01") for s in said)


def test_a_plan_that_keeps_everything_as_asked_is_good_news(plan, roads):
    (wish,) = plan.wishes
    met = replace(plan, obstacles=(), wishes=(replace(wish, asked_limit=wish.limit),))
    said = answer(subject(met, roads))
    assert (said.state, said.lead) == ("holds", "A plan keeps every promise that was asked for.")
    assert section(met, roads, "obstacles") is None
    assert section(met, roads, "eased") is None


def test_without_a_bound_there_is_no_gap(plan, roads):
    for bare in (replace(plan, bound=None), replace(plan, bound=Bound(0.0, ()))):
        assert not any("dearer" in sentence for sentence in answer(subject(bare, roads)).sentences)


def test_a_bound_that_is_reached_leaves_no_gap(plan, roads):
    proven = replace(plan, bound=Bound(609_200.0, ()))
    said = "No plan can cost less: the lower bound is reached."
    assert said in answer(subject(proven, roads)).sentences
    assert section(proven, roads, "bound").notes[1] == said


def test_decisions_add_up_by_kind_and_unchanged_lines_are_kept_apart(plan, roads):
    found = section(plan, roads, "decisions")
    assert rows(found) == [
        ["Stations and engineers", "3", "5", "355,000", "580,000", "+225,000"],
        ["On call outside duty hours", "–", "–", "0", "29,200", "+29,200"],
        ["Total", "", "", "355,000", "609,200", "+254,200"],
    ]
    # Engineers and duty of a station in one row, with what they cost together.
    assert rows(found, 1) == [
        ["North", "2", "3", "nobody", "by rota", "225,000", "349,200", "+124,200"],
        ["Mill", "no station", "1", "", "", "0", "130,000", "+130,000"],
    ]
    assert rows(found, 2) == [["Engineers, South", "1", "1", "130,000", "130,000"]]
    assert [table.asked for table in found.tables] == ["", "", "all"]


def test_other_changes_stand_apart_and_name_hours_and_areas(plan, roads):
    agents = Line("agents.0", "agents", "0", planned.both("Desk agents, shift 1", "坐席"), 2, 3, 1.0, 2.0)
    found = section(replace(plan, lines=(*plan.lines, agents)), roads, "decisions")
    assert found.tables[2].title == "What else changes"
    assert rows(found, 2)[0][1:3] == ["2", "3"]


def test_sending_the_nearest_is_explained(plan, roads):
    reach = Line("reach", "reach", "", planned.both("Who may be sent", "派工范围"), "own", "nearest", 0.0, 0.0)
    (note,) = section(replace(plan, lines=(*plan.lines, reach)), roads, "decisions").notes
    assert note.startswith("The nearest free engineer is sent")
    # What costs nothing has no row among the sums.
    assert "Who may serve whom" not in [row[0] for row in rows(section(plan, roads, "decisions"))]


def test_one_engineer_is_on_call_by_rota_and_all_at_once(plan, roads):
    closed = replace(plan.lines[3], key="duty.mill", place="mill", today="off", planned="rota")
    found = section(replace(plan, lines=(*plan.lines, closed)), roads, "decisions")
    # Nobody's being on call says nothing of a station that is not there.
    assert rows(found, 1)[1][3:5] == ["", "by rota"]


def test_a_plan_like_today_says_so(plan, roads):
    same = replace(plan, lines=tuple(replace(line, planned=line.today) for line in plan.lines))
    assert section(same, roads, "decisions").notes == ("Nothing has to change.",)


def test_obstacles_name_who_why_and_the_nearest_promise(plan, roads):
    found = section(plan, roads, "obstacles")
    # A promise in a row, the worst place first; behind it every place by itself, folded.
    assert rows(found) == [
        ["T01 on site", "within 2 h, 95 %", "Island 0.0 %, Southern 81.2 %", "within 2 h; none in Island",
         "no road leads there"],
    ]  # fmt: skip
    assert [table.asked for table in found.tables] == ["", "places"]
    assert rows(found, 1) == [
        ["T01 on site", "Island", "0.0 %", "none", "no road leads there"],
        ["T01 on site", "Southern", "81.2 % (80.0–82.5)", "within 2 h", "towns too far from any seat"],
    ]
    assert "无公路可达" in rows(section(plan, roads, "obstacles", "zh"))[0]


def test_many_places_are_counted_and_the_province_stands_first(plan, roads):
    far = plan.obstacles[1]
    places = [replace(far, area=f"a{k}", name=planned.both(f"A{k}", f"甲{k}"), best=0.9 - k / 100) for k in range(5)]
    found = section(replace(plan, obstacles=(*places, replace(far, area="province", best=0.9))), roads, "obstacles")
    assert rows(found)[0][2] == "Province 90.0 %, A4 86.0 %, A3 87.0 %, A2 88.0 % and 2 more"


@pytest.mark.parametrize(("days", "said"), [(0, "on the same day"), (2, "by the end of the 2nd calendar day")])
def test_the_nearest_promise_in_days(plan, roads, days, said):
    slow = replace(plan, obstacles=(replace(plan.obstacles[0], nearest_days=days),))
    assert rows(section(slow, roads, "obstacles"))[0][3] == said


def test_verdicts_name_the_worst_area_and_count_those_that_hold(plan, roads):
    found = section(plan, roads, "kept")
    assert rows(found)[0] == [
        "T01 on site (eased)", "within 2 h, 95 % (asked: <= 90 min, 95 %)", "96.1 % (95.7–96.5)",
        "✓ holds as eased", "southern 95.3 %", "2 of 2",
    ]  # fmt: skip
    one = replace(plan, wishes=(replace(plan.wishes[0], areas=("northern",)),))
    assert rows(section(one, roads, "kept"))[0][4:] == ["northern 96.0 %", "1 of 1"]
    # Areas shown apart count for nothing; promises that were not asked for stand beside.
    assert rows(found, 1) == [["T03 coverage", "all 3", "2 of 3", "✗ fails"]]
    assert [row[0] for row in rows(found, 2)] == ["northern", "southern"]


def test_rivals_are_told_by_what_differs_from_the_plan(plan, roads):
    found = rows(section(plan, roads, "rivals"))
    assert found[0] == ["the plan", "609,200", "+0.3 (+0.1 … +0.6)", "✓ taken"]
    # Not from today's 2 to 4: the plan has 3.
    assert found[1][0] == "Engineers, North: 3 → 4"


def test_a_price_stands_only_where_the_gain_is_sure(plan, roads):
    found = rows(section(plan, roads, "next"))
    assert [row[0] for row in found] == ["South", "North"]  # most breaches avoided first
    assert [row[-1] for row in found] == ["1,583", ""]  # 95,000 / 60
    covers = rows(section(plan, roads, "relief"))
    assert [row[-1] for row in covers] == ["", "3,167"]  # a yardstick has no price


def test_what_does_not_bind_costs_nothing(plan, roads):
    found = rows(section(plan, roads, "relaxed"))
    assert [row[:3] for row in found] == [["T01 on site (eased)", "within 135 min", "95,000"]]
    (note,) = section(plan, roads, "relaxed").notes
    assert note.endswith("the others need the same staff and stock: T03 coverage.")
    both = replace(plan, relaxed=tuple(replace(r, also=(("T03", 0),)) for r in plan.relaxed[1:]))
    assert rows(section(both, roads, "relaxed"))[0][0] == "T01 on site (eased), T03 coverage"


def test_the_sturdy_plan_is_told_against_the_plan(plan, roads):
    found = section(plan, roads, "sturdy")
    # 609,200 and 95,000 more.
    assert "It costs 95,000 CNY a year more than the plan: 704,200." in found.notes
    assert rows(found) == [["Faults a unit", "0.5 /year", "0.3 /year", "1.5 /year"]]
    assert rows(found, 1)[0][:3] == ["Engineers, North", "3", "4"]


def test_an_eased_rule_is_met_where_its_share_is(plan, roads):
    rule = Wish("T03", 0, "plan", "plan", "coverage", "", "", 1.0, 0.66, ())
    met = tuple(replace(row, verdict="holds") if row.id == "T03" else row for row in plan.rows)
    eased = replace(plan, wishes=(*plan.wishes, rule), rows=met)
    said = ["T03 coverage (eased)", "2 of 3 (asked: all 3)", "2 of 3", "✓ holds as eased"]
    assert rows(section(eased, roads, "kept"))[1][:4] == said
    assert rows(section(eased, roads, "eased"))[1][1:3] == ["all 3", "2 of 3"]
    assert rows(section(replace(eased, rows=plan.rows), roads, "kept"))[1][3] == "✗ fails"


def test_the_ladder_counts_repairs_and_shows_where_no_plan_is(plan, roads):
    found = section(plan, roads, "ladder")
    assert found.notes == ("Rungs that took the plan of a stricter one: 1 of 5.",)
    assert rows(found)[2] == ["98 %", "–", "–", "–", "✗ no plan can", ""]
    assert [row[0] for row in rows(found, 1)] == ["× 0.5", "× 1"]


def test_the_rollout_says_from_when_promises_hold(plan, roads):
    found = section(plan, roads, "rollout")
    assert found.notes[0] == "Every kept promise holds from month 2 on."
    assert "6 months" in found.notes[1]
    assert rows(found)[0][-2:] == ["0 of 1", "T01 southern 84.6 %"]
    never = replace(plan, rollout=replace(plan.rollout, kept_from=None, in_time=False, within=0))
    # Without a promise on openings nothing is said on being in time.
    assert section(never, roads, "rollout").notes[0] == "In no month does every promise hold."
    assert len(section(never, roads, "rollout").notes) == 2


def test_an_empty_plan_has_no_empty_sections(roads):
    found = told(subject(planned.impossible(), roads))
    assert [s.key for s in found] == ["obstacles"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_closed(pages, language):
    page = pages[language]
    reader = read(page)
    assert "://" not in page
    assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe"}
    assert len(reader.ids) == len(set(reader.ids))
    links = {attributes["href"][1:] for _, attributes in reader.tags if attributes.get("href", "").startswith("#")}
    assert links <= set(reader.ids)
    assert "2 stations &lt;b&gt;" in page or "2 个站 &lt;b&gt;" in page
    assert page.count("<svg role=") == 5


def test_both_languages_hold_the_same_numbers(pages):
    numbers = {x: set(re.findall(r"\d[\d,.]*\d|\d", visible(pages[x]))) for x in LANGUAGES}
    # The written limit "<= 90 min" and durations are worded alike.
    assert numbers["en"] == numbers["zh"]


def test_report_takes_a_plan(plan, tmp_path):
    path = report(plan, tmp_path / "plan.html", language="zh")
    assert "守住承诺所需的最少人员与备件" in path.read_text(encoding="utf-8")


def labels(figure):
    return [label.get_text() for label in figure.findobj(Label) if label.get_text()]


def test_the_map_marks_what_the_plan_adds(plan, roads):
    found = labels(figures.map_of(plan, roads))
    # One engineer more at the old station, one at the new.
    assert any(text.startswith("northern +2") for text in found)
    assert any(text.startswith("southern\n") for text in found)
    assert "opened by the plan" in found
    assert "closed by the plan" not in found
    back = replace(plan, today=plan.scenario, scenario=plan.today)
    shut = labels(figures.map_of(back, roads))
    assert any(text.startswith("northern −2") for text in shut)
    assert "closed by the plan" in shut


def test_a_map_without_a_plan_before_marks_nothing(world):
    from simsvc.report.map import network_map

    figure = network_map(world.network, world.model, {"northern": 0.96})
    assert not [text for text in labels(figure) if "+" in text or "opened" in text]


def test_the_rollout_figure_stacks_what_is_new(plan, roads):
    bars, grid = figures.rollout_of(plan, roads).axes
    assert [bar.get_height() for bar in bars.patches] == [2, 0, 2, 1]
    assert bars.patches[-1].get_facecolor()[:3] == pytest.approx([int(OPENED[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    assert {"✗ 93.1 %", "✓ 96.1 %"} <= {text.get_text() for text in grid.texts}


def test_the_curve_marks_the_plan(plan):
    figure = figures.pareto_of(plan)
    found = labels(figure)
    assert "the plan\nengineers: 5" in found
    assert "today\nengineers: 3" in found
    assert "4" in found
    curve = max(figure.axes[0].lines, key=lambda line: len(line.get_xdata()))
    assert list(curve.get_ydata()) == pytest.approx([90, 95.3, 96.1])  # today's staff is no plan of the curve


def test_the_next_engineer_of_most_value_stands_on_top(plan):
    axis = figures.next_of(plan).axes[0]
    assert [t.get_text() for t in axis.get_yticklabels()] == ["South", "North"]
    assert [bar.get_width() for bar in axis.patches] == pytest.approx([2.0, 0.4])
    assert "60 breaches a year fewer" in labels(axis.figure)


def test_a_rung_without_a_plan_is_no_bar(plan):
    figure = figures.ladder_of(plan)
    assert len(figure.axes[0].patches) == 2
    assert "✗ no plan" in labels(figure)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_prints_long_tables_only_when_asked(plan, roads, language):
    def printed(*asked):
        out = Console(file=io.StringIO(), width=200)
        print_plan(out, plan, roads, language, asked=asked)
        return " ".join(out.file.getvalue().split())

    words = Words(language)
    short, long = printed(), printed("log", "counties")
    for key in ("steps", "area_by_area"):
        assert words(f"sizing.{key}") not in short
        assert words(f"sizing.{key}") in long
    assert words("sizing.unchanged") not in long
    assert words("sizing.decisions") in short


@pytest.mark.parametrize(
    ("value", "as_money", "as_more"),
    [(0.0, "0", "0"), (-0.3, "0", "0"), (1234.5, "1,234", "+1,234"), (-5e6, "−5,000,000", "−5,000,000")],
)
def test_money(value, as_money, as_more):
    assert (money(value), more(value)) == (as_money, as_more)


@pytest.mark.parametrize(
    ("value", "said"), [(0.0312, "+3.1"), (-0.0312, "−3.1"), (0.0001, "0.0"), (-0.0001, "0.0"), (0.1004, "+10.0")]
)
def test_points(value, said):
    assert points(value) == said


def test_levels_in_words(plan, roads):
    at = subject(plan, roads)
    line = Line("cut-off", "cut-off", "", {"en": "Cut-off"}, "16:00", "15:00", 0.0, 0.0)
    assert at.level(line, "15:00") == "15:00"
    assert at.level(line, 1200) == "1,200"
    assert at.level(replace(line, key="agents.0"), 0) == "0"
    assert at.level(replace(line, key="engineers.mill"), 0) == "no station"
    assert at.level(replace(line, key="reach"), "nearest") == "the nearest"


def test_a_scenario_may_be_given(plan, tmp_path):
    given = SimpleNamespace(model=plan.today.model, folder=None)
    assert report(plan, tmp_path / "plan.html", scenario=given).is_file()


def moves(*said):
    """Steps of a search: stage, what, why, cost, replications."""
    worst = ("T01", "southern", -0.01)
    return tuple(
        Move(k + 1, stage, (what, what), (why, why), cost, worst, spent)
        for k, (stage, what, why, cost, spent) in enumerate(said)
    )


def test_the_same_step_at_several_places_is_one_row(plan, roads):
    steps = moves(
        ("trim", "On call, North: everyone → nobody", "still passes", 90.0, 12),
        ("trim", "On call, South: everyone → nobody", "still passes", 90.0, 12),
        ("trim", "Engineers, South: 2 → 1", "still passes", 90.0, 12),
        ("trim", "Engineers, South: 1 → 0", "still passes", 80.0, 18),
    )
    found = rows(section(replace(plan, moves=steps), roads, "log"))
    assert [row[:3] for row in found] == [
        ["1–3", "trim", "On call, North, South: everyone → nobody; Engineers, South: 2 → 1"],
        ["4", "trim", "Engineers, South: 1 → 0"],
    ]
    assert [row[4] for row in found] == ["90", "80"]


def test_steps_of_a_round_for_other_reasons_stand_below_each_other(plan, roads):
    steps = moves(
        ("climb", "Engineers, North: 1 → 2", "busy", 90.0, 12),
        ("climb", "Engineers, South: 1 → 2", "too far", 90.0, 12),
        ("climb", "nothing is left that helps", "too far", 90.0, 18),
    )
    found = rows(section(replace(plan, moves=steps), roads, "log"))
    # What the round shares is said once.
    assert found[0] == ["1", "climb", steps[0].what[0], "busy", "90", "T01 southern −1.0", "12"]
    assert found[1] == ["2", "", steps[1].what[0], "too far", "", "", ""]
    assert found[2][:3] == ["3", "climb", "nothing is left that helps"]


def test_in_chinese_steps_are_joined_likewise():
    zh = Words("zh")
    assert together(["工程师，海口站：2 → 1", "工程师，三亚站：2 → 1"], zh) == ["工程师，海口站、三亚站：2 → 1"]
    assert together(["再无有效措施"], zh) == ["再无有效措施"]


def test_months_say_what_is_not_decided(plan, roads):
    months = tuple(
        replace(m, rows=tuple(replace(row, verdict="undecided") for row in m.rows)) for m in plan.rollout.months
    )
    open_ = replace(plan, rollout=replace(plan.rollout, months=months))
    assert rows(section(open_, roads, "rollout"))[0][-2] == "0 of 1; undecided: 1"


def test_costs_of_the_sturdy_plan_add_up(plan, roads):
    """What changes though its level doesn't, such as on-call pay, is a row of its own."""
    sturdy = plan.sturdy
    more_said = rows(section(plan, roads, "sturdy"), 1)
    listed = sum(line.cost - line.cost_today for line in sturdy.lines)
    dearer = replace(plan, sturdy=replace(sturdy, cost=listed + 29_200))
    last = rows(section(dearer, roads, "sturdy"), 1)[-1]
    assert last == ["What follows from it, such as on-call pay of more people", "", "", "+29,200"]
    exact = replace(plan, sturdy=replace(sturdy, cost=listed))
    assert len(rows(section(exact, roads, "sturdy"), 1)) == len(sturdy.lines) <= len(more_said)


def test_numbers_on_the_curve_do_not_run_into_each_other(plan):
    (first, *_) = plan.pareto
    close = tuple(replace(first, cost=1e6 + x, mark="", engineers=n) for x, n in ((0, 11), (1e3, 12), (1e6, 13)))
    found = labels(figures.pareto_of(replace(plan, pareto=close)))
    assert {"11", "13"} <= set(found)
    assert "12" not in found
