"""The comparison of two engines stops at the first differing row and shows both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine import compare, difference
from simsvc.engine.reference import run
from simsvc.engine.select import obstacle
from simsvc.log import Log
from simsvc.workload import draw


@pytest.fixture(scope="module")
def case(own: Any) -> Case:
    return build(own(products={"p": {"rate": "5 /d"}}))


@pytest.fixture(scope="module")
def log(case: Case) -> Log:
    return run(case, draw(case, 1, 0))


def changed(log: Log, table: str, **cells: tuple[int, int]) -> Log:
    """The log with values in place of others: column=(row, value)."""
    columns = {name: values.copy() for name, values in getattr(log, table).items()}
    for name, (row, value) in cells.items():
        columns[name][row] = value
    return replace(log, **{table: columns})


def test_logs_that_are_the_same(case: Case, log: Log) -> None:
    assert difference(case, log, run(case, draw(case, 1, 0))) is None


def test_the_first_row_counts_not_the_first_column(case: Case, log: Log) -> None:
    other = changed(log, "visits", arrived=(4, 11), kind=(7, 3))
    found = difference(case, log, other)
    assert found is not None
    assert (found.table, found.row, found.column) == ("visits", 4, "arrived")
    assert (found.reference, found.compiled) == (int(log.visits["arrived"][4]), 11)


def test_both_rows_are_shown_in_words(case: Case, log: Log) -> None:
    found = difference(case, log, changed(log, "visits", assigned=(0, 90061), engineer=(0, -1)))
    assert found is not None
    told = str(found).splitlines()
    assert told[0] == "the engines differ: visits.engineer, row 0: 0 against -1"
    assert told[1].split() == ["reference", "compiled"]
    marked = {line[2:].split()[0]: line for line in told[2:] if line.startswith("*")}
    assert set(marked) == {"engineer", "assigned"}
    assert "0 (a-1)" in marked["engineer"]
    # Day 1 is a Tuesday: 25 hours, a minute and a second from Monday's midnight.
    assert marked["assigned"].endswith("90061 (2018-01-02 Tue 01:01:01)")
    assert any(line.split() == ["kind", "0", "(fault)", "0", "(fault)"] for line in told)
    assert len(told) == 2 + len(log.visits)


def test_a_row_too_few_and_what_else_differs(case: Case, log: Log) -> None:
    n = len(log.visits["visit"])
    shorter = replace(log, visits={name: values[:-1] for name, values in log.visits.items()})
    found = difference(case, log, changed(shorter, "engineers", end=(2, 5)))
    assert found is not None
    assert (found.table, found.row, found.compiled) == ("visits", n - 1, None)
    assert ("visit", str(n - 1), "no row") in found.columns
    assert found.also == (f"engineers.end, row 2: {log.engineers['end'][2]} against 5",)
    assert str(found).splitlines()[-1] == f"also: {found.also[0]}"


def test_logs_of_different_luck_are_not_compared(case: Case, log: Log) -> None:
    with pytest.raises(sv.StudyError, match="different luck"):
        difference(case, log, run(case, draw(case, 2, 0)))


def test_an_index_that_leads_nowhere_is_shown(case: Case, log: Log) -> None:
    found = difference(case, log, changed(log, "visits", engineer=(0, 99)))
    assert "99 (not known)" in str(found)


@pytest.mark.skipif(bool(obstacle()), reason=obstacle())
def test_the_engines_agree(case: Case) -> None:
    assert compare(case, draw(case, 1, 0)) is None


@pytest.mark.skipif(bool(obstacle()), reason=obstacle())
def test_an_engine_that_errs_is_found_out(case: Case, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = changed(log, "tickets", fixed=(3, 7))
    monkeypatch.setattr("simsvc.engine.compiled.run", lambda *_: wrong)
    found = compare(case, draw(case, 1, 0))
    assert found is not None
    assert (found.place, found.compiled) == (f"tickets.fixed, row 3: {log.tickets['fixed'][3]} against 7", 7)
