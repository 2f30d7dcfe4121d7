"""The promises of the five documents (``promises.csv``: id and kinds) against the shipped scenarios."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from simsvc.case import build
from simsvc.scenario import Scenario, load, paths, shipped
from simsvc.scenario.promises import SimPart
from simsvc.scenario.scenario import _leaves

ROOT = Path(__file__).parent.parent.parent
TABLE = Path(__file__).with_name("promises.csv")
DOCUMENTS = {
    "A": "huitian-2018",
    "B": "heating-and-alarm",
    "C": "hospital-supplies",
    "D": "archive-digitising",
    "E": "fertiliser-supply",
}
READINGS = {
    "A01": 2, "A02": 2, "A03": 2, "A04": 2, "A06": 2, "A09": 4, "A19": 4, "X01": 7, "B02": 6, "B03": 2, "B11": 2,
    "B12": 2, "C02": 2, "C04": 6, "C12": 2, "D02": 4, "D03": 2, "D04": 2, "E02": 2, "E03": 5,
}  # fmt: skip
"""Readings of the clause's first simulated part that has any, the base reading included."""


def table() -> dict[str, list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["kinds"].split() for row in csv.DictReader(file)}


def of_document(letter: str) -> dict[str, list[str]]:
    return {key: kinds for key, kinds in table().items() if key[0] == letter or (letter == "A" and key[0] == "X")}


@pytest.fixture(scope="module", params=sorted(DOCUMENTS))
def letter(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def scenario(letter: str) -> Scenario:
    return load(DOCUMENTS[letter])


def test_the_table_is_whole() -> None:
    numbers = {letter: sorted(int(key[1:]) for key in table() if key[0] == letter) for letter in "ABCDEX"}
    last = {"A": 19, "B": 21, "C": 14, "D": 15, "E": 8, "X": 1}
    assert numbers == {letter: list(range(1, n + 1)) for letter, n in last.items()}


def test_every_shipped_file_is_a_document_or_a_variant_of_one() -> None:
    originals = {name for name in shipped.names() if "\nextends" not in (shipped.folder() / f"{name}.toml").read_text()}
    assert originals == set(DOCUMENTS.values())


def test_every_row_of_the_table_is_a_clause_and_no_other_clause_is(letter: str, scenario: Scenario) -> None:
    assert list(scenario.model.clauses) == list(of_document(letter))


def test_the_parts_are_of_the_kinds_that_the_table_gives(letter: str, scenario: Scenario) -> None:
    """Another kind needs a reason in docs/decisions.md, on a line that names the clause and both kinds."""
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").splitlines()
    for key, kinds in of_document(letter).items():
        found = list(dict.fromkeys(part.kind for part in scenario.model.clauses[key].parts))
        words = (key, *set(found).symmetric_difference(kinds))
        excused = any(all(re.search(rf"\b{word}\b", line) for word in words) for line in decisions)
        assert found == kinds or excused, f"{key} has {found}, the table {kinds}"


def test_readings_stand_beside_the_base_reading(letter: str, scenario: Scenario) -> None:
    found = {
        key: max(1 + len(part.readings) for part in clause.parts if isinstance(part, SimPart))
        for key, clause in scenario.model.clauses.items()
        if any(isinstance(part, SimPart) and part.readings for part in clause.parts)
    }
    assert found == {key: count for key, count in READINGS.items() if key in of_document(letter)}


def test_everything_a_bid_writer_reads_is_in_both_languages(scenario: Scenario) -> None:
    model = scenario.model
    texts = [model.title, model.about, *(c.text for c in model.clauses.values())]
    texts += [a.name for a in model.assumptions.values()]
    for table in (
        model.stations,
        model.products,
        model.parts,
        model.planned,
        model.goods,
        model.repairs,
        model.loaners,
    ):
        texts += [row.name for row in table.values()]
    texts += [mode.name for product in model.products.values() for mode in product.modes.values()]
    texts += [part.note for clause in model.clauses.values() for part in clause.parts if part.note is not None]
    texts += [
        reading.name
        for clause in model.clauses.values()
        for part in clause.parts
        if isinstance(part, SimPart)
        for reading in part.readings.values()
    ]
    for text in texts:
        assert text.en
        assert re.search("[一-鿿]", text.zh), text.en


def test_modes_share_out_all_faults_of_a_product(scenario: Scenario) -> None:
    for product in scenario.model.products.values():
        assert sum(mode.share for mode in product.modes.values()) == pytest.approx(1)


def test_every_figure_may_take_both_ends_of_its_range(scenario: Scenario) -> None:
    for end in ("low", "high"):
        moved = scenario.replace(**{f"assumptions.{e.id}": getattr(e, end) for e in scenario.ledger()})
        assert build(moved).key


TABLES = (
    "staff", "desk", "remote", "experts", "dispatch", "products", "planned", "repairs", "loaners", "review", "goods",
    "delivery", "demand.scale", "stock.share", "stock.hub", "stock.lateral", "stock.supplier_lead",
)  # fmt: skip
FIGURES = (
    "rate", "mean", "cv", "remote", "part", "right_part", "fixed", "repeat", "expert", "workshop", "stops_work",
    "scrap", "brought", "in_stock", "install", "returns", "faulty", "in_warranty", "in_contract", "fail", "call",
    "call_back", "agents", "release", "sites", "within", "scale", "cut_off", "handling", "unload", "capacity", "cycle",
)  # fmt: skip
"""Keys of the figures of demand, times and stocks, of which no document gives any. 0 and 1 say never and always."""


def test_every_figure_that_the_document_does_not_give_is_in_the_ledger(scenario: Scenario, letter: str) -> None:
    known = {path for entry in scenario.ledger() for path in (entry.path, *entry.also)}
    bare = [
        path
        for tokens, value in _leaves(scenario.raw)
        if (path := paths.join(tokens)).startswith(TABLES) and tokens[-1] in FIGURES and tokens[-2] != "routes"
        if path not in known and value not in (0, 1)
    ]
    assert bare == []


def test_staff_that_the_document_does_not_name_is_an_assumption(scenario: Scenario, letter: str) -> None:
    known = {path for entry in scenario.ledger() for path in (entry.path, *entry.also)}
    posts = {f"stations.{key}.engineers" for key in scenario.model.stations}
    assert posts & known == (set() if letter == "A" else posts)
