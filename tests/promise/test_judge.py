"""Rows: verdicts, intervals, reasons and what else stands beside them, from tallies worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.measures import tally
from simsvc.promise import headline, judge

ON_SITE = {"kind": "sim", "measure": "time_to_site", "limit": "2 h"}
NORTH, SOUTH, ISLE = ({"area": 0, "town": 0}, {"area": 1, "town": 2}, {"area": 2, "town": 3, "reachable": 0})


def rows(tiny, clauses, logs, **case):
    made = tiny.case(clauses, **case)
    return judge(made, [tally(made, log) for log in logs])


def fault(tiny, day, place, **lengths):
    return tiny.ticket(tiny.at(day, "09:00"), **place, **lengths)


def year_of(tiny, late_north=0, late_south=0, isle=0):
    """40 faults in the north, 10 in the south, some of them late by the drive; some on the isle, never reached."""
    tickets = [fault(tiny, 1, NORTH, travel=180 if k < late_north else 60) for k in range(40)]
    tickets += [fault(tiny, 2, SOUTH, busy=180 if k < late_south else 0, travel=60) for k in range(10)]
    tickets += [fault(tiny, 3, ISLE) | {"arrived": -1, "assigned": -1, "departed": -1, "status": 0}] * isle
    return tiny.log(tickets=tickets)


def test_province_and_areas_of_a_promise_on_time_to_site(tiny):
    logs = [year_of(tiny, late_north=k % 2, late_south=5, isle=1) for k in range(12)]
    province, north, south, isle = rows(tiny, {"A": [ON_SITE]}, logs)
    assert (province.id, province.part, province.reading, province.kind) == ("A", "sim", "base", "sim")
    assert [r.area for r in (province, north, south, isle)] == ["province", "north", "south", "Isle"]
    assert [r.cases for r in (province, north, south, isle)] == [12 * 51, 480, 120, 12]
    assert province.estimate == pytest.approx(1 - (6 + 60 + 12) / 612)
    assert province.low < province.estimate < province.high
    assert [r.verdict for r in (province, north, south, isle)] == ["fails", "holds", "fails", "fails"]
    assert [r.apart for r in (province, north, south, isle)] == [False, False, False, True]
    assert province.reasons == pytest.approx({"too_far": 6 / 78, "busy": 60 / 78, "closed": 12 / 78})
    assert isle.reasons == {"closed": 1.0}
    assert province.target == 0.95
    assert province.breaches_per_year == pytest.approx(78 / 12 * 365 / 28)
    assert province.clean_month == 0.0
    assert north.clean_month == pytest.approx(0.5)


def test_the_limit_that_can_be_kept(tiny):
    logs = [year_of(tiny, late_south=5, isle=1) for _ in range(20)]
    province, north, south, isle = rows(tiny, {"A": [ON_SITE]}, logs)
    assert north.keepable == 3600
    assert south.keepable == 240 * 60
    assert isle.keepable is None
    assert province.keepable == 240 * 60


def test_few_replications_decide_nothing_and_a_promise_without_cases_says_so(tiny):
    fine = rows(tiny, {"A": [ON_SITE]}, [year_of(tiny)] * 9)
    assert [r.verdict for r in fine] == ["undecided"] * 3 + ["no cases"]
    assert fine[0].keepable is None
    empty = rows(tiny, {"A": [ON_SITE]}, [tiny.log()] * 12)
    assert {r.verdict for r in empty} == {"no cases"}
    assert {(r.estimate, r.low, r.high, r.breaches_per_year, r.clean_month) for r in empty} == {(None,) * 5}
    with pytest.raises(ValueError, match="replication"):
        judge(tiny.case({"A": [ON_SITE]}), [])


def test_a_promise_never_missed_has_no_interval_of_no_width(tiny):
    province = rows(tiny, {"A": [ON_SITE]}, [year_of(tiny)] * 10)[0]
    assert province.verdict == "holds"
    assert province.estimate == 1
    assert 0.99 < province.low < 1
    assert province.reasons == {}
    assert province.clean_month == 1


def test_estimates_on_which_all_replications_agree_have_width_too(tiny):
    """No event in ten windows of 28 days, ten remote fixes of ten; a constant wait is what it is."""
    solved = {"status": 1, "remote_start": tiny.at(1), "remote_end": tiny.at(1), "ready": -1}
    told = [{"kind": "measure", "measure": m} for m in ("replacements", "remote_share", "remote_time")]
    found = rows(tiny, {"A": told}, [tiny.log(tickets=[tiny.ticket(tiny.at(1), **solved)])] * 10)
    never, always, constant = (r for r in found if r.measure in ("replacements", "remote_share", "remote_time"))
    assert (never.estimate, never.low) == (0, 0)
    assert never.high == pytest.approx(-math.log(0.025) / (10 * 28 / 365), rel=1e-3)
    assert (always.estimate, always.high) == (1, 1)
    assert always.low == pytest.approx(0.025**0.1)
    assert (constant.low, constant.high) == (0, 0)


def test_areas_are_decided_together(tiny):
    """27 of 400 late in the north against a promise of 90 %: holds when asked alone, not as one of two areas."""
    logs = [year_of(tiny, late_north=3 if k < 7 else 2, late_south=1) for k in range(10)]
    promise = ON_SITE | {"target": 0.9}
    alone = rows(tiny, {"A": [promise | {"population": {"areas": ["north"]}}]}, logs)
    together = rows(tiny, {"A": [promise]}, logs)
    assert [(r.area, r.verdict) for r in alone] == [("province", "holds"), ("north", "holds")]
    north, south = together[1:3]
    assert (north.verdict, south.verdict) == ("undecided", "undecided")
    assert north.low == alone[1].low > 0.9


def test_readings_stand_beside_the_base(tiny):
    reading = {"name": {"en": "office hours"}, "clock_hours": "office"}
    overnight = tiny.ticket(tiny.at(1, "17:30"), off_duty=14 * 60, travel=60)
    found = rows(tiny, {"A": [ON_SITE | {"readings": {"office": reading}}]}, [tiny.log(tickets=[overnight] * 30)] * 10)
    base, office = (next(r for r in found if r.reading == name) for name in ("base", "office"))
    assert (base.verdict, base.reasons) == ("fails", {"off_duty": 1.0})
    assert (office.verdict, office.limit) == ("holds", "<= 2 h of office")


def test_parts_of_one_kind_are_told_apart(tiny):
    estimates = [{"kind": "measure", "measure": m} for m in ("fill_rate", "wait_for_parts")]
    clauses = {
        "X": [{"kind": "sim", "measure": "stock_ratio", "ratio": 0.03}, *estimates],
        "Y": [ON_SITE, ON_SITE, {"kind": "ledger"}],
    }
    labels = [(r.id, r.part) for r in rows(tiny, clauses, [tiny.log()] * 2) if r.area == "province"]
    assert labels == [
        ("X", "sim"), ("X", "sim:stock_together"), ("X", "measure:fill_rate"), ("X", "measure:wait_for_parts"),
        ("Y", "sim:time_to_site:1"), ("Y", "sim:time_to_site:2"), ("Y", "ledger"),
    ]  # fmt: skip


def test_estimates_have_units_and_bounds_that_make_sense(tiny):
    start = tiny.at(1, "09:00")
    logs = [
        tiny.log(tickets=[tiny.ticket(start, answered=start + 60 * k, part=0, part_wait=3600 * (k % 2))])
        for k in range(10)
    ]
    clauses = {
        "A": [{"kind": "measure", "measure": "answer_time"}],
        "B": [{"kind": "measure", "measure": "fill_rate"}],
        "C": [{"kind": "measure", "measure": "returns"}],
        "D": [{"kind": "measure", "measure": "remote_time"}],
    }
    answer, fill, returns, per_trip, remote = rows(tiny, clauses, logs)
    assert (answer.estimate, answer.unit, answer.verdict, answer.target) == (4.5, "min", "estimate", None)
    assert 0 <= answer.low < 4.5 < answer.high
    assert (fill.estimate, fill.unit) == (0.5, "share")
    assert 0 <= fill.low < 0.5 < fill.high <= 1
    assert (returns.estimate, returns.unit) == (0, "/year")
    assert (per_trip.part, per_trip.verdict, per_trip.estimate) == ("measure:returns_per_trip", "no cases", None)
    assert (remote.verdict, remote.cases) == ("no cases", 0)


def test_one_replication_leaves_bounds_open(tiny):
    start = tiny.at(1, "09:00")
    log = tiny.log(tickets=[tiny.ticket(start, answered=start + 60)])
    row = rows(tiny, {"A": [{"kind": "measure", "measure": "answer_time"}]}, [log])[0]
    assert (row.estimate, row.low, row.high) == (1.0, 0.0, None)


def test_shelves_are_told_in_hours_and_by_station_area(tiny):
    """The fuser of port is out for one week of four, in every replication."""
    moves = [{"time": tiny.at(day), "store": 0, "part": 0, "on_hand": pieces} for day, pieces in [(7, 1), (14, 2)]]
    stock = {"kind": "sim", "measure": "stock_ratio", "ratio": 0.03}
    province, north, south, isle, together = rows(tiny, {"X": [stock]}, [tiny.log(stock=moves)] * 10)
    assert (together.kind, together.estimate, together.verdict) == ("measure", pytest.approx(0.75), "estimate")
    assert province.cases == 10 * 3 * 28 * 24
    assert province.estimate == pytest.approx(2.75 / 3)
    assert (north.estimate, south.estimate, isle.verdict) == (pytest.approx(0.875), 1.0, "no cases")
    assert province.reasons == {"part": 1.0}
    assert (province.breaches_per_year, province.clean_month, province.keepable) == (None, None, None)
    island = rows(tiny, {"X": [stock | {"level": "island"}]}, [tiny.log(stock=moves)] * 10)
    assert [r.area for r in island if r.kind == "sim"] == ["province"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10), st.integers(0, 3)), min_size=10, max_size=14))
def test_shares_of_reasons_add_to_one_and_intervals_hold_the_estimate(tiny, late):
    for row in rows(tiny, {"A": [ON_SITE]}, [year_of(tiny, *each) for each in late]):
        if row.verdict == "no cases":
            continue
        assert row.low <= row.estimate <= row.high
        assert row.low < row.high
        assert sum(row.reasons.values()) == pytest.approx(1.0 if row.estimate < 1 else 0.0)
        assert row.verdict != "holds" or row.low >= 0.95
        assert row.verdict != "fails" or row.high < 0.95


def test_the_headline_is_what_the_rows_say_of_the_province(tiny):
    reading = {"name": {"en": "office hours"}, "clock_hours": "office"}
    stock = {"kind": "sim", "measure": "stock_ratio", "ratio": 0.03}
    told = {"kind": "measure", "measure": "fill_rate"}
    clauses = {"A": [told, ON_SITE | {"readings": {"office": reading}}], "B": [stock], "C": [{"kind": "ledger"}]}
    case = tiny.case(clauses)
    for count in (4, 12):
        tallies = [tally(case, year_of(tiny, late_south=k % 3)) for k in range(count)]
        found = headline(case, tallies, level=0.9)
        base = [
            r for r in judge(case, tallies, level=0.9) if (r.kind, r.reading, r.area) == ("sim", "base", "province")
        ]
        assert list(found) == [("A", 1), ("B", 0)]
        for (share, verdict), row in zip(found.values(), base, strict=True):
            assert (share.estimate, share.low, share.high, verdict) == (row.estimate, row.low, row.high, row.verdict)
    assert headline(case, [tally(case, tiny.log())] * 12)["A", 1] == (None, "no cases")
