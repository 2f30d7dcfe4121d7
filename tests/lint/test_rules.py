"""The linter says nothing of clear promises, and finds each kind of contradiction by its own rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simsvc.promise.lint import RULES, Finding

Found = Callable[..., list[Finding]]
Raw = dict[str, Any]


def test_clear_promises_that_fit_the_resources_draw_no_finding(found: Found) -> None:
    assert found() == []


def _hotline(raw: Raw) -> None:
    raw["clauses"]["arrive"]["states"]["hotline_hours"] = 8.0


def _one_person(raw: Raw) -> None:
    raw["clauses"]["answer"]["states"]["persons"] = 1


def _no_hours(raw: Raw) -> None:
    raw["clauses"]["arrive"]["states"]["hours_named"] = False


def _office_only(raw: Raw) -> None:
    raw["staff"]["out_of_hours"] = "off"


def _desk_by_day(raw: Raw) -> None:
    raw["desk"]["shifts"] = [{"calendar": "office", "agents": 1}]


def _island(raw: Raw) -> None:
    raw["network"]["nodes"].append({"id": "island", "name_en": "Island", "kind": "town", "area": "east"})


def _slow_road(raw: Raw) -> None:
    raw["network"]["roads"][0]["minutes"] = 121


def _both(raw: Raw) -> None:
    raw["stations"]["west"]["covers"].append("east")


def _bare_village(raw: Raw) -> None:
    raw["stations"]["west"]["covers"] = []
    raw["stations"]["west"]["covers_towns"] = ["west"]


def _unmanned(raw: Raw) -> None:
    raw["stations"]["west"]["node"] = "east"


def _flood(raw: Raw) -> None:
    raw["demand"]["installed"][0]["units"] = 3000


def _long_calls(raw: Raw) -> None:
    raw["desk"]["work"] = "60 h"


def _two_limits(raw: Raw) -> None:
    part = {"kind": "sim", "measure": "time_to_site", "limit": "4 h"}
    raw["clauses"]["elsewhere"] = {"text": {"en": "Another."}, "parts": [part]}


def _slip(raw: Raw) -> None:
    """Twelve hours for the loaner, twelve days for the repair."""
    parts = [
        {"kind": "sim", "measure": "repaired", "limit": "12 d"},
        {"kind": "sim", "measure": "loaner_placed", "limit": "12 h"},
    ]
    raw["loaners"] = {"pc": {"name": {"en": "PCs"}, "products": ["pc"], "at": {"east": 1}}}
    raw["clauses"]["repair"] = {"text": {"en": "Repaired in 12 d, or a loaner in 12 h."}, "parts": parts}


def _three_wordings(raw: Raw) -> None:
    raw["clauses"]["arrive"]["states"]["wordings"] = ["arrived", "set-out", "in-general"]


def _in_general(raw: Raw) -> None:
    raw["clauses"]["arrive"]["states"]["wordings"] = ["in-general"]


def _two_warranties(raw: Raw) -> None:
    raw["clauses"]["arrive"]["states"]["warranty"] = [{"length": "3 years"}]
    raw["clauses"]["cover"]["states"]["warranty"] = [{"length": "365 d", "since": "commissioning"}]


def _two_frequencies(raw: Raw) -> None:
    raw["planned"]["monthly"] = {"name": {"en": "Round"}, "every_months": 1, "work": "1 min"}
    part = {"kind": "sim", "measure": "planned_done", "population": {"planned": ["monthly"]}}
    raw["clauses"]["rounds"] = {"text": {"en": "Monthly rounds."}, "parts": [part]}


def _no_figure(raw: Raw) -> None:
    raw["clauses"]["answer"]["states"]["figure_named"] = False


def _no_frequency(raw: Raw) -> None:
    raw["clauses"]["inspect"]["states"]["frequency_named"] = False


SEEDED = {
    "hours_disagree": (_hotline, ("answer", "arrive")),
    "too_few_persons": (_one_person, ("answer",)),
    "hours_unnamed": (_no_hours, ("arrive",)),
    "nobody_on_duty": (_office_only, ("arrive",)),
    "out_of_reach": (_island, ("cover", "arrive")),
    "too_far": (_slow_road, ("arrive",)),
    "covered_twice": (_both, ("cover",)),
    "covered_by_nobody": (_bare_village, ("cover", "arrive")),
    "rollout_unscheduled": (_unmanned, ("open",)),
    "too_much_work": (_flood, ("arrive", "inspect")),
    "too_many_calls": (_long_calls, ("answer",)),
    "limits_differ": (_two_limits, ("arrive", "elsewhere")),
    "units_slip": (_slip, ("repair",)),
    "wordings_differ": (_three_wordings, ("arrive",)),
    "hedged": (_in_general, ("arrive",)),
    "figure_unnamed": (_no_figure, ("answer",)),
    "warranties_differ": (_two_warranties, ("arrive", "cover")),
    "frequencies_differ": (_two_frequencies, ("inspect", "rounds")),
    "frequency_unnamed": (_no_frequency, ("inspect",)),
}


@pytest.mark.parametrize("rule", SEEDED)
def test_a_seeded_contradiction_is_found_by_its_rule_alone(found: Found, rule: str) -> None:
    change, clauses = SEEDED[rule]
    findings = found(change)
    assert [(f.rule, f.clauses) for f in findings] == [(rule, clauses)]
    for text in (findings[0].why, findings[0].instead):
        assert text.en
        assert text.zh


def test_every_rule_has_a_seeded_contradiction() -> None:
    assert [rule.__name__ for rule in RULES] == list(SEEDED)


def test_a_desk_that_sleeps_at_night_breaks_a_response_round_the_clock(found: Found) -> None:
    (finding,) = found(_desk_by_day)
    assert (finding.rule, finding.clauses) == ("nobody_on_duty", ("answer",))
    assert "70 %" in finding.why.en


def test_office_hours_in_the_limit_make_peace_with_office_hours_on_duty(found: Found) -> None:
    def change(raw: Raw) -> None:
        _office_only(raw)
        raw["clauses"]["arrive"]["parts"][0]["clock_hours"] = "office"

    assert found(change) == []


def test_a_limit_that_runs_on_holidays_needs_somebody_on_holidays(found: Found) -> None:
    def change(raw: Raw) -> None:
        _office_only(raw)
        raw["calendars"]["weekdays"] = {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "as-week"}
        raw["clauses"]["arrive"]["parts"][0]["clock_hours"] = "weekdays"

    (finding,) = found(change)
    assert finding.rule == "nobody_on_duty"
    assert "on statutory holidays" in finding.why.en


def test_silent_limits_are_held_against_the_clause_that_states_office_hours(found: Found) -> None:
    def change(raw: Raw) -> None:
        _no_hours(raw)
        raw["clauses"]["answer"]["states"] = {"open_hours": "office"}

    (finding,) = found(change)
    assert (finding.rule, finding.clauses, finding.severity) == ("hours_unnamed", ("answer", "arrive"), "conflict")
    assert "50 of 168 hours" in finding.why.en


def test_areas_kept_out_of_the_promise_are_not_held_against_it(found: Found) -> None:
    def change(raw: Raw) -> None:
        _slow_road(raw)
        raw["clauses"]["arrive"]["parts"][0]["population"] = {"not_areas": ["east"]}

    assert found(change) == []


def test_limits_for_different_cases_may_differ(found: Found) -> None:
    def change(raw: Raw) -> None:
        _two_limits(raw)
        raw["clauses"]["arrive"]["parts"][0]["population"] = {"areas": ["east"]}
        raw["clauses"]["elsewhere"]["parts"][0]["population"] = {"areas": ["west"]}

    assert found(change) == []


def test_a_scheduled_opening_keeps_the_rollout(found: Found) -> None:
    def change(raw: Raw, month: int) -> None:
        _unmanned(raw)
        raw["rollout"] = {"openings": {"west": month}}

    assert found(lambda raw: change(raw, 6)) == []
    assert [f.rule for f in found(lambda raw: change(raw, 7))] == ["rollout_unscheduled"]


def test_findings_become_plain_values(found: Found) -> None:
    (finding,) = found(_both)
    plain = finding.as_dict()
    assert plain["rule"] == "covered_twice"
    assert plain["clauses"] == ["cover"]
    assert set(plain["why"]) == {"en", "zh"}
