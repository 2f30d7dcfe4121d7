"""Everything that a page, a table or a story names has words in both languages: codes, measures, units, readings."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from simsvc.log import CODES
from simsvc.measures.estimates import estimate
from simsvc.measures.reasons import REASONS
from simsvc.network import load
from simsvc.promise.plan import RULES
from simsvc.promise.result import Verdict
from simsvc.promise.sizing import Kind, Rival, Status
from simsvc.promise.together import MEASURE
from simsvc.report import text, wording
from simsvc.report.rules import rules
from simsvc.report.style import REASON_COLOURS
from simsvc.report.words import LANGUAGES, Words, table
from simsvc.scenario import from_dict
from simsvc.scenario.promises import Estimate, MeasurePart, PlanRule, Population, Reading, SimMeasure, SimPart
from tests.tiny import Tiny


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("measure", (*get_args(SimMeasure), *get_args(Estimate), *get_args(PlanRule), MEASURE)),
        ("population", (*get_args(SimMeasure), *get_args(Estimate))),
        ("short", get_args(SimMeasure)),
        ("reason", REASONS),
        ("verdict", get_args(Verdict)),
    ],
)
def test_every_name_of_a_kind_is_worded(section, names):
    assert set(names) - set(table()[section]) == set()


def test_plan_rules_and_reasons_are_complete_elsewhere_too():
    assert set(RULES) == set(get_args(PlanRule))
    assert set(REASON_COLOURS) == set(REASONS)
    assert len(set(REASON_COLOURS.values())) == len(REASONS)


def test_every_figure_of_an_estimate_and_its_unit_is_worded(tiny):
    """The figures that each estimate gives, with everything in the scenario on which further figures depend."""
    reporting = {"costs": {"visit": 50.0}, "warranty": {"length": "1 year"}, "escalation": {}}
    case, log = tiny.case(reporting=reporting), tiny.log()
    sums = [s for name in get_args(Estimate) for s in estimate(case, log, MeasurePart(kind="measure", measure=name))]
    assert {s.name for s in sums} - set(table()["measure"]) == set()
    assert {s.unit for s in sums} - {"share"} - set(table()["unit"]) == set()
    assert {"extra_cost", "cost_units", "desk_use"} <= {s.name for s in sums}


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_of_the_log_are_worded(language):
    words = Words(language)
    assert all(words.code(name, code) for name, codes in CODES.items() for code in codes)


NARROW = {
    "areas": ["north"], "not_areas": ["south"], "zones": ["seats"], "causes": ["misuse"], "products": ["printer"],
    "modes": ["printer.jam"], "channels": ["phone"], "routes": ["on-site", "post"], "in_warranty": False,
    "in_contract": True, "special": True, "replacement": True, "planned": ["each"], "reported_in": "office",
}  # fmt: skip
PHRASES = {
    "en": "only north; without south; only Seats; cause: misuse; only Printer; only Jam; reported by Telephone; "
    "repair: on site, By post; only Check; out of warranty; under contract; special goods; goods sent out anew; "
    "reported in the hours “office”",
    "zh": "仅north；不含south；仅城区；原因：使用不当；仅打印机；仅卡纸；报修渠道：电话；"
    "维修途径：现场、邮寄；仅Check；保外；合同内；特殊货物；补换货物；“office”时段内报修",
}


def planned(**rule):
    return {"name": {"en": "Check"}, "work": "1 h", **rule}


LIFE = {"cycle": "3 years", "windows": [["0 d", "30 d"], ["30 d", "60 d"]]}
TABLES = {
    "repairs": {"post": {"name": {"en": "By post", "zh": "邮寄"}, "turnaround": "5 d"}},
    "planned": {
        "inspection": planned(every_months=6),
        "each": planned(every_months=1),
        "mid": planned(months=[3, 9], days=[11, 20]),
        "spring": planned(months=[3]),
        "young": planned(life=LIFE),
        "asked": planned(rate="1 /year", within="5 d"),
    },
}


@pytest.fixture(scope="module")
def told():
    """A scenario with something of everything that has to be named, and its network."""
    raw = Tiny.raw() | TABLES
    raw["desk"]["channels"] = {"phone": {"name": {"en": "Telephone", "zh": "电话"}, "share": 1.0}}
    made = from_dict(raw)
    return made.model, load(made.model.network)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_narrows_a_population_is_said(told, language):
    model, network = told
    assert set(NARROW) == set(Population.model_fields)
    said = wording.narrowed(Population(**NARROW), model, network, Words(language))
    assert "；".join(said) == PHRASES[language].replace("; ", "；").replace("North", "northern").replace(
        "北部", "northern"
    )
    assert wording.narrowed(Population(), model, network, Words(language)) == []


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("inspection", "Check, every 6 months"),
        ("each", "Check, every month"),
        ("mid", "Check, in months 3, 9, days 11–20"),
        ("spring", "Check, in months 3"),
        ("young", "Check, 2 windows after going into use"),
        ("asked", "Check, on request within 5 d"),
    ],
)
def test_rules_of_planned_visits(told, rule, said):
    assert wording.planned(told[0], rule, Words("en")) == said


def part(measure, **fields):
    return SimPart.model_validate({"kind": "sim", "measure": measure, **fields})


@pytest.mark.parametrize(
    ("judged", "en", "zh"),
    [
        (part("repaired", days=2, day_kind="working"), "by the end of the 2nd working day", "其后第 2 个工作日结束前"),
        (part("repaired", days=11), "by the end of the 11th calendar day", "其后第 11 个自然日结束前"),
        (part("loaner_placed", limit="12 h"), "within 12 h", "12 小时以内"),
        (part("staff_reachable"), "at all times", "任何时候"),
        (part("stand_in_available"), "whenever it is asked for", "凡申请时"),
        (part("planned_done"), "inside its window", "在规定期内"),
        (
            part("stock_ratio", ratio="3 %", of="jobs"),
            "stock at least 3 % of the jobs of a year",
            "备件不少于年维修量的 3 %",
        ),
        (part("answered"), "–", "–"),
    ],
)
def test_limits(judged, en, zh):
    assert wording.limit(judged, Words("en")) == en
    assert wording.limit(judged, Words("zh")) == zh


@pytest.mark.parametrize("measure", get_args(SimMeasure))
def test_every_measure_has_its_conditions(told, measure):
    """A measure whose clock has no words, or a reading that may change a thing unsaid, would raise KeyError here."""
    for start in ("reported", "remote_failed", "arrived"):
        judged = part(measure, limit="1 h", clock_start=start, ratio="3 %", population={"planned": ["each"]})
        assert all(wording.conditions(judged, told[0], Words(language)) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"stand_in": True}, "a stand-in counts as repaired"),
        ({"clock_stop": "arranged"}, "arranged counts as done"),
        ({"clock_hours": "office"}, "clock runs in the hours “office” (Mon–Fri 08:00–18:00)"),
    ],
)
def test_conditions_say_how_the_clock_is_read(told, fields, said):
    assert said in wording.conditions(part("repaired", limit="1 h", **fields), told[0], Words("en"))


def test_shelves_are_said():
    judged = part("stock_ratio", ratio="3 %", level="island", per="overall", on_order=True)
    assert (
        wording.conditions(judged, None, Words("en")) == "over the whole island; over all types; stock on order counts"
    )
    assert {"level", "per", "of", "on_order"} <= set(Reading.model_fields)


@pytest.mark.parametrize(("number", "en"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (12, "12th"), (22, "22nd")])
def test_ordinals(number, en):
    assert text.ordinal(number, Words("en")) == en
    assert text.ordinal(number, Words("zh")) == str(number)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "on call at home (all engineers of the station); Hill: nobody; "
         "Port: on call at home (one of the station by weekly rota)"),
        ("zh", "在家待命（本站全体工程师）；山站：无人；港站：在家待命（本站每周轮值一人）"),
    ],
)  # fmt: skip
def test_stations_with_a_rule_of_their_own_out_of_hours(language, said):
    raw = Tiny.raw()
    raw["stations"] = {
        "hill": raw["stations"]["hill"] | {"out_of_hours": "off"},
        "port": raw["stations"]["port"] | {"on_call": "rota"},
    }
    words = Words(language)
    assert (words("fact.out_of_hours"), said) in rules(from_dict(raw).model, words)


def test_everything_that_a_plan_can_say_has_words():
    words = table()["sizing"]
    for before, names in (
        ("kind", get_args(Kind)),
        ("status", get_args(Status)),
        ("sturdy", get_args(Status)),
        ("lead", get_args(Status)),
        ("rival", get_args(get_type_hints(Rival)["state"])),
    ):
        assert {f"{before}_{name.replace(' ', '_')}" for name in names} - set(words) == set()
