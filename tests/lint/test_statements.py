"""What a document says of one thing in several places: warranty, frequency of visits, hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simsvc.promise.lint import Finding

Found = Callable[..., list[Finding]]
Raw = dict[str, Any]


def _warranty(*terms: Raw) -> Callable[[Raw], None]:
    def change(raw: Raw) -> None:
        raw["clauses"]["cover"]["states"]["warranty"] = list(terms)

    return change


@pytest.mark.parametrize(
    ("terms", "differ"),
    [
        ([{"length": "3 years"}, {"length": "1 year"}], True),
        ([{"length": "1 year", "since": "delivery"}, {"length": "1 year", "since": "commissioning"}], True),
        ([{"length": "1 year"}, {"length": "365 d", "since": "commissioning"}], False),
        ([{"length": "2 years"}], False),
    ],
)
def test_lengths_and_starts_of_warranty(found: Found, terms: list[Raw], differ: bool) -> None:
    assert [f.rule for f in found(_warranty(*terms))] == ["warranties_differ"] * differ


def test_every_statement_of_the_warranty_is_quoted(found: Found) -> None:
    terms = [{"length": "3 years"}, {"length": "1 year"}, {"length": "365 d", "since": "commissioning"}]
    (finding,) = found(_warranty(*terms))
    assert "3 years, 1 year, 1 year from commissioning" in finding.why.en
    assert "自投入使用起1年" in finding.why.zh


def _rounds(plan: Raw, **states: Any) -> Callable[[Raw], None]:
    """A second clause on planned visits, by a plan of its own."""

    def change(raw: Raw) -> None:
        raw["planned"]["rounds"] = {"name": {"en": "Rounds"}, "work": "1 min", **plan}
        part = {"kind": "sim", "measure": "planned_done", "population": {"planned": ["rounds"]}}
        raw["clauses"]["rounds"] = {"text": {"en": "Rounds."}, "parts": [part], "states": states}

    return change


@pytest.mark.parametrize(
    ("plan", "rules"),
    [
        ({"every_months": 3}, ["frequencies_differ"]),
        ({"months": [3, 6, 9, 12], "days": [11, 20]}, ["frequencies_differ"]),
        ({"every_months": 6}, []),
        ({"months": [6, 12]}, []),
        ({"every_months": 3, "kind": "cleaning"}, []),
        ({"life": {"cycle": "3 years", "windows": [["0 d", "30 d"]]}}, []),
        ({"rate": "1 /year", "within": "14 d"}, []),
    ],
)
def test_regular_visits_of_one_kind_come_equally_often(found: Found, plan: Raw, rules: list[str]) -> None:
    assert [f.rule for f in found(_rounds(plan))] == rules


def test_visits_promised_when_the_client_asks_as_well(found: Found) -> None:
    def change(raw: Raw) -> None:
        raw["clauses"]["inspect"]["states"]["frequencies"] = ["on-request"]

    (finding,) = found(change)
    assert (finding.rule, finding.clauses) == ("frequencies_differ", ("inspect",))
    assert "half-yearly, when the client asks" in finding.why.en


def test_the_same_frequency_said_twice_is_no_contradiction(found: Found) -> None:
    def change(raw: Raw) -> None:
        raw["clauses"]["inspect"]["states"]["frequencies"] = [6]

    assert found(change) == []


def test_a_frequency_that_the_writer_assumed_contradicts_nothing(found: Found) -> None:
    assert [f.rule for f in found(_rounds({"every_months": 1}, frequency_named=False))] == ["frequency_unnamed"]


def test_one_clause_may_promise_two_kinds_of_visit(found: Found) -> None:
    def change(raw: Raw) -> None:
        raw["planned"]["follow-up"] = {"name": {"en": "Follow-up"}, "every_months": 3, "work": "1 min"}
        raw["clauses"]["inspect"]["parts"].append(
            {"kind": "sim", "measure": "planned_done", "population": {"planned": ["follow-up"]}}
        )

    assert found(change) == []


def test_a_telephone_of_twelve_hours_beside_a_limit_without_hours(found: Found) -> None:
    """Also where the scenario takes "in desk hours" as its base reading: the text doesn't say so."""

    def change(raw: Raw) -> None:
        raw["calendars"]["telephone"] = {"week": {"mon-sun": ["08:00-20:00"]}}
        raw["desk"]["shifts"] = [{"calendar": "telephone", "agents": 1}]
        raw["clauses"]["answer"] = {
            "text": {"en": "A telephone, 7 days of 12 hours."},
            "parts": [{"kind": "sim", "measure": "answered", "clock_hours": "telephone"}],
            "states": {"hotline_hours": 12},
        }
        part = {"kind": "sim", "measure": "response", "limit": "1 h", "clock_hours": "telephone"}
        raw["clauses"]["respond"] = {"text": {"en": "An answer."}, "parts": [part], "states": {"hours_named": False}}

    (finding,) = found(change)
    assert (finding.rule, finding.clauses, finding.severity) == ("hours_unnamed", ("answer", "respond"), "conflict")
    assert "84 of 168 hours" in finding.why.en


@pytest.mark.parametrize(
    ("part", "tables"),
    [
        ({"measure": "answered"}, {"desk": {"shifts": [{"calendar": "office", "agents": 1}], "work": "5 min"}}),
        (
            {"measure": "taken_up", "limit": "2 h"},
            {"remote": {"shifts": [{"calendar": "office", "agents": 1}], "work": "5 min"}},
        ),
        ({"measure": "staff_reachable"}, {"staff": {"calendar": "office", "out_of_hours": "off"}}),
        (
            {"measure": "manager_answer", "limit": "5 min"},
            {"reporting": {"escalation": {"calendar": "office", "answer": "2 min"}}},
        ),
    ],
)
def test_promises_at_all_hours_with_nobody_there_at_night(found: Found, part: Raw, tables: Raw) -> None:
    def change(raw: Raw) -> None:
        raw.update(tables)
        raw["clauses"] = {"always": {"text": {"en": "At all times."}, "parts": [{"kind": "sim", **part}]}}

    (finding,) = found(change)
    assert (finding.rule, finding.clauses) == ("nobody_on_duty", ("always",))
    assert "70 %" in finding.why.en


@pytest.mark.parametrize(
    ("staff", "east", "bare"), [("off", "on-call", False), ("on-call", "off", False), ("off", None, True)]
)
def test_somebody_on_call_at_a_single_station_is_somebody(found: Found, staff: str, east: Any, bare: bool) -> None:
    def change(raw: Raw) -> None:
        raw["staff"]["out_of_hours"] = staff
        raw["stations"]["east"] |= {} if east is None else {"out_of_hours": east}
        raw["clauses"] = {
            "always": {"text": {"en": "Always."}, "parts": [{"kind": "sim", "measure": "staff_reachable"}]}
        }

    assert ("nobody_on_duty" in [finding.rule for finding in found(change)]) is bare


def test_a_contractor_at_night_is_somebody(found: Found) -> None:
    def change(raw: Raw) -> None:
        raw["staff"]["out_of_hours"] = "off"
        raw["dispatch"] = {"contractor": {"arrival": "60 min"}}

    assert found(change) == []


def test_planned_visits_that_fill_the_year_by_themselves(found: Found) -> None:
    """A round of 3 h in every month at 100 sites is more than 52 weeks of 50 hours."""

    def change(raw: Raw) -> None:
        raw["demand"]["sites"][0]["sites"] = 100
        raw["planned"]["inspection"] |= {"every_months": 1, "work": "3 h"}

    (finding,) = found(change)
    assert (finding.rule, finding.clauses) == ("too_much_work", ("inspect", "arrive"))
    assert "planned visits alone" in finding.why.en
    assert "East 2" in finding.instead.en
