"""The whole answer: ladder, use, trust card, JSON there and back."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import replace

import pytest

from simsvc.errors import StudyError
from simsvc.measures import tally
from simsvc.promise import assemble, from_json, to_json
from simsvc.promise.trust import trust_card
from simsvc.scenario.places import Network

CLAUSES = {
    "A": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}, {"kind": "plan", "rule": "coverage"}],
    "B": [{"kind": "measure", "measure": "answer_time"}, {"kind": "ledger"}],
}


def validation(tiny, count=12, clauses=CLAUSES, **case):
    """Each replication: one in time at a seat, one late at the farm; the first engineer works a duty day of 28."""
    made = tiny.case(clauses, **case)
    near = tiny.ticket(tiny.at(1, "09:00"), travel=45)
    far = tiny.ticket(tiny.at(2, "19:00"), travel=150, town=1)
    work = {"engineer": 0, "start": tiny.at(1, "08:00"), "end": tiny.at(1, "20:00")}
    log = tiny.log(tickets=[near, far], engineers=[work], visits=[{"engineer": 0, "assigned": tiny.at(1)}])
    tallies = [tally(made, log)] * count
    finding = {"rule": "hours", "clauses": ["A"]}
    return assemble(made, tallies, seed=7, engine="reference", semantics="1", findings=[finding], low_confidence=0.25)


def trust(found):
    return {line.what_en: line for line in found.trust}


def test_ladder_by_zone(tiny):
    steps = {(s.zone, s.limit): s for s in validation(tiny).ladder}
    assert set(steps) == {(zone, limit) for zone in ("all", "seats", "other") for limit in (3600.0, 7200.0)}
    assert {key: step.share for key, step in steps.items()} == {
        ("all", 3600.0): 0.5, ("all", 7200.0): 0.5, ("seats", 3600.0): 1.0, ("seats", 7200.0): 1.0,
        ("other", 3600.0): 0.0, ("other", 7200.0): 0.0,
    }  # fmt: skip
    assert steps["other", 7200.0].breaches_per_year == pytest.approx(365 / 28)
    assert steps["all", 3600.0].cases == 24
    assert 0 < steps["seats", 3600.0].low < 1


def test_histogram_and_figures(tiny):
    found = validation(tiny)
    assert set(found.histogram) == {"all", "seats", "other"}
    assert {m: n for m, n in enumerate(found.histogram["all"]) if n} == {45: 12, 150: 12}
    assert found.figures["tickets_per_year"] == pytest.approx(2 * 365 / 28)
    assert found.figures["out_of_hours_share"] == 0.5
    assert found.figures["on_site_share"] == 1.0
    assert found.figures["cut_off"] == 0


def test_use_of_engineers(tiny):
    first, second, _ = validation(tiny).use
    assert (first.engineer, first.station) == ("port-1", "port")
    assert first.utilisation == pytest.approx(10 / 200)
    assert first.overtime_hours == pytest.approx(2 * 365 / 28)
    assert first.visits == pytest.approx(365 / 28)
    assert (second.utilisation, second.visits) == (0.0, 0.0)
    alone = validation(tiny, count=1).use[0]
    assert (alone.low, alone.high) == (0.0, 1.0)


def test_the_trust_card_says_what_was_not_measured(tiny):
    lines = trust(validation(tiny))
    for what in ("Two engines agree", "Known answers (queueing and stock formulas, textbook cases)"):
        assert lines[what].state == "not measured"
    assert lines["Places out of reach"].finding_en.startswith("Isle: every visit needed there is a miss")
    assert lines["Assumptions"].state == "warning"
    assert lines["Quality of the road network"].state == "not measured"
    assert lines["Warm-up"].state == "warning"
    assert lines["Tickets open at the end"].state == "checked"
    rules = lines["Rules that move the result most"]
    assert "sent on from the site" in rules.finding_en
    assert "further visits at any hour" in rules.finding_en
    assert "contractor" not in rules.finding_en
    assert all(line.what_zh and line.finding_zh for line in lines.values())


def test_places_without_anything_to_serve_are_not_out_of_reach(tiny):
    case = tiny.case()
    units = case.supply.units.copy()
    units[case.places.areas.index("isle")] = 0
    empty = replace(case, supply=replace(case.supply, units=units))
    figures = {"open_at_end": 0, "cut_off": 0, "unreachable_per_year": 0}
    lines = trust_card(empty, [], figures, replications=12, low_confidence=None)
    found = next(line for line in lines if line.what_en == "Places out of reach")
    assert (found.state, "Isle" in found.finding_en) == ("checked", False)


def test_the_shipped_network_says_how_rough_it_is(tiny):
    case = tiny.case()
    shipped = replace(case, model=case.model.model_copy(update={"network": Network()}))
    figures = {"open_at_end": 0, "cut_off": 0, "unreachable_per_year": 0}
    lines = trust_card(shipped, [], figures, replications=12, low_confidence=0.25)
    found = next(line for line in lines if line.what_en == "Quality of the road network")
    assert found.state == "warning"
    assert "25 % of the road segments" in found.finding_en


def test_few_replications_are_a_warning(tiny):
    assert trust(validation(tiny, count=9))["Replications and width of the intervals"].state == "warning"
    assert trust(validation(tiny))["Replications and width of the intervals"].state == "checked"


def test_years_without_announced_make_up_days_are_named(tiny):
    far_off = trust(validation(tiny, time={"start": dt.date(2035, 1, 1), "holidays": "CN"}))
    assert far_off["Holidays"].state == "warning"
    assert "2035" in far_off["Holidays"].finding_en
    known = trust(validation(tiny, time={"holidays": "CN"}))
    assert known["Holidays"].state == "checked"


def test_headline_and_provenance(tiny):
    found = validation(tiny)
    assert [(r.id, r.part, r.verdict) for r in found.base()] == [("A", "sim", "fails"), ("A", "plan", "fails")]
    assert found.exit_code == 1
    assert (found.scenario, found.title, found.seed, found.replications) == (
        "tiny",
        {"en": "Tiny", "zh": "小例"},
        7,
        12,
    )
    assert found.provenance["semantics"] == "1"
    assert {"simsvc", "numpy", "scipy"} <= set(found.provenance["versions"])


def test_json_has_the_documented_keys_and_comes_back_the_same(tiny):
    found = validation(tiny)
    data = json.loads(json.dumps(to_json(found), allow_nan=False))
    assert data["format"] == 1
    assert {"scenario", "seed", "replications", "clauses"} <= set(data)
    asked = {
        "id", "part", "reading", "kind", "area", "population", "cases", "estimate", "low", "high", "target", "verdict",
        "reasons",
    }  # fmt: skip
    assert all(asked <= set(row) for row in data["clauses"])
    assert {row["kind"] for row in data["clauses"]} == {"sim", "measure", "plan", "ledger"}
    assert data["clauses"][0]["area"] == "province"
    assert from_json(data) == found


def test_json_of_another_format_or_half_of_one_is_refused(tiny):
    data = to_json(validation(tiny, count=2))
    with pytest.raises(StudyError, match="format"):
        from_json(data | {"format": 2})
    with pytest.raises(StudyError, match="ladder"):
        from_json({key: value for key, value in data.items() if key != "ladder"})
    with pytest.raises(StudyError):
        from_json(data | {"clauses": [{"id": "A", "details": []}]})
    later = data | {"clauses": [row | {"new": 1} for row in data["clauses"]]}
    assert from_json(later) == from_json(data)


def test_a_look_of_a_sequential_plan_widens_every_interval(tiny):
    made = tiny.case(CLAUSES)
    tickets = [tiny.ticket(tiny.at(1), travel=t) for t in (30, 60, 200)]
    tallies = [tally(made, tiny.log(tickets=tickets[: 2 + k % 2])) for k in range(12)]
    plain, strict = (
        assemble(made, tallies, seed=1, engine="reference", semantics="1", level=level).rows[0]
        for level in (0.95, 0.99)
    )
    assert strict.low < plain.low < plain.high < strict.high
    assert replace(strict, low=plain.low, high=plain.high, verdict=plain.verdict, keepable=plain.keepable) == plain


def test_the_rules_in_force_stand_on_the_card_in_both_languages(tiny):
    dispatch = {"who": "nearest", "follow_ups": "duty", "contractor": {"arrival": "1 h"}}
    card = trust_card(tiny.case(dispatch=dispatch), (), defaultdict(float), replications=1, low_confidence=None)
    rules = next(line for line in card if line.what_en == "Rules that move the result most")
    assert rules.finding_en.startswith("nearest engineer of all; ")
    assert rules.finding_en.endswith("a contractor takes overflow")
    assert "further visits in office hours only" in rules.finding_en
    assert all(said in rules.finding_zh for said in ("全省就近", "再次上门仅限工作时间", "外包"))


def test_stations_with_another_rule_out_of_hours_stand_on_the_card(tiny):
    def told(**duty):
        stations = tiny.raw()["stations"]
        for key, out_of_hours in duty.items():
            stations[key]["out_of_hours"] = out_of_hours
        card = trust_card(tiny.case(stations=stations), (), defaultdict(float), replications=1, low_confidence=None)
        rules = next(line for line in card if line.what_en == "Rules that move the result most")
        return rules.finding_en.split("; ")[2], rules.finding_zh.split("；")[2]

    assert told() == told(hill="on-call") == ("on call outside office hours", "下班后在家待命")
    assert told(hill="off") == ("on call outside office hours, except at Hill", "下班后在家待命（山站除外）")
    assert told(hill="off", port="off")[0] == "on call outside office hours, except at Port, Hill"
