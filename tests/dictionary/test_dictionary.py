"""One dictionary: every field, measure and column is in it, nothing else is, and the pages are made from it."""

from __future__ import annotations

import typing
from collections.abc import Callable
from pathlib import Path

import pytest

from simsvc import case, dictionary, network
from simsvc.dictionary.describe import markdown as measures_page
from simsvc.errors import ScenarioError
from simsvc.log.schema import TABLES
from simsvc.scenario import json_schema, loads, shape
from simsvc.scenario.describe import EXAMPLE, paths
from simsvc.scenario.describe import markdown as scenario_page
from simsvc.scenario.promises import Estimate, PlanRule, SimMeasure

DOCS = Path(__file__).parent.parent.parent / "docs"
FIELDS = {table.__name__: set(shape.fields(table)) for table in paths()}
FILE = {"include", "extends", "set"}


def _measures() -> list[str]:
    return [name for kind in dictionary.KINDS for name in dictionary.measures(kind)]


def test_every_table_of_the_language_is_explained_and_no_other() -> None:
    assert set(dictionary.tables()) == {"File", *FIELDS}


@pytest.mark.parametrize("table", [*FIELDS, "File"])
def test_every_key_of_a_table_is_explained_and_no_other(table: str) -> None:
    assert set(dictionary.table(table)) == {"*", *FIELDS.get(table, FILE)}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("sim", typing.get_args(SimMeasure)),
        ("estimate", typing.get_args(Estimate)),
        ("plan", typing.get_args(PlanRule)),
    ],
)
def test_every_measure_is_explained_and_no_other(kind: str, names: tuple[str, ...]) -> None:
    assert list(dictionary.measures(kind)) == list(names)


def test_estimates_have_units_and_shares_kept_have_none() -> None:
    assert all(m.unit for kind in ("estimate", "further") for m in dictionary.measures(kind).values())
    assert not any(m.unit for kind in ("sim", "plan") for m in dictionary.measures(kind).values())
    assert all(m.cases.en and m.cases.zh for kind in ("sim", "estimate") for m in dictionary.measures(kind).values())


def test_meanings_are_in_both_languages_and_fit_into_a_table() -> None:
    entries = [e for table in dictionary.tables() for e in dictionary.table(table).values()]
    for kind in dictionary.KINDS:
        entries += [e for m in dictionary.measures(kind).values() for e in (m.name, m.meaning)]
    entries += [e for row in dictionary.glossary(_measures()) for e in (row.term, row.meaning)]
    entries += [dictionary.Entry(c.en, c.zh) for columns in TABLES.values() for c in columns]
    for entry in entries:
        assert entry.en
        assert not entry.en.endswith(".")
        assert any("\u4e00" <= c <= "\u9fff" for c in entry.zh), entry.en
        assert not {"|", "\n"} & {*entry.en, *entry.zh}


def test_the_glossary_of_a_page_explains_what_stands_on_it() -> None:
    terms = [row.term.en for row in dictionary.glossary(["response", "delivered", "response"])]
    assert "confidence interval" in terms
    assert "response time" in terms
    assert "response: answered by a person" not in terms
    assert terms.count("goods delivered") == 1
    assert "third level" not in terms


def test_terms_stand_for_measures_that_exist() -> None:
    every = dictionary.glossary(_measures())
    assert {name for row in every for name in row.explains} <= set(_measures())
    assert len({row.term.en for row in every}) == len(every)


@pytest.mark.parametrize(
    ("page", "made", "how"),
    [
        ("scenario.md", scenario_page, "python -m simsvc.scenario.describe"),
        ("measures.md", measures_page, "python -m simsvc.dictionary"),
    ],
)
def test_the_pages_are_made_from_the_dictionary(page: str, made: Callable[[], str], how: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == made(), f"run: {how} > docs/{page}"


def test_links_of_the_scenario_page_lead_to_its_headings() -> None:
    page = scenario_page()
    headings = {line.lstrip("# ") for line in page.splitlines() if line.startswith("##")}
    anchors = {"".join(c for c in h.lower().replace(" ", "-") if c.isalnum() or c in "-_") for h in headings}
    links = {link.split(")")[0] for link in page.split("](#")[1:]}
    assert len(links) > 40
    assert links <= anchors


def test_the_small_scenario_of_the_page_can_be_checked_and_built() -> None:
    scenario = loads(EXAMPLE)
    net = network.load(scenario.model.network)
    assert case.check(scenario.model, net) == []
    assert case.build(scenario, net).span.horizon == 31 * 86400
    assert {entry.base for entry in scenario.ledger()} == {"0.8 /year"}


def test_the_page_gives_type_default_and_unit() -> None:
    page = scenario_page()
    for row in (
        "| `engineers` | whole number, people | **required** |",
        "| `cut_off` | time of day | `24:00` |",
        "| `warm_up` | duration | `0 s` |",
        "| `check` | duration | `7 d` |",
        "| `target` | share | `0.95` |",
        "| `price` | number, CNY | `0` |",
        "| `out_of_hours` | `on-call` · `off` | `off` |",
        "| `week` | list of hours, by name | **required** |",
        "| `work` | distribution | **required** |",
    ):
        assert row in page


def test_the_schema_for_editors_says_what_a_key_means() -> None:
    schema = json_schema()
    assert schema["$defs"]["Staff"]["properties"]["mobilisation"]["description"].startswith("from being called at home")
    assert schema["$defs"]["Station"]["description"] == "A service station"


def _message(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    return "\n".join(str(problem) for problem in caught.value.problems)


def test_an_error_on_a_field_says_what_the_field_means() -> None:
    message = _message('name = "x"\n[staff]\ncalendar = "office"\nmobilisation = 30\n')
    assert "(mobilisation: from being called at home to leaving)" in message
    assert "time.start: is missing (start: first counted day, local civil time)" in _message('name = "x"\n[time]\n')


def test_a_field_whose_name_says_it_all_is_not_explained() -> None:
    message = _message('name = "x"\n[stations.a]\nname = 3\nnode = "a"\nengineers = 1\n')
    assert "stations.a.name" in message
    assert "(name:" not in message
