"""Tallies: what one replication says, in sums that add, and laws that hold whatever the log."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.measures import BINS, REASONS, bin_of, cases_of, tally, width
from simsvc.measures.counts import count

ON_SITE = {"kind": "sim", "measure": "time_to_site", "limit": "2 h"}
READINGS = {
    "failed": {"name": {"en": "failed"}, "clock_start": "remote_failed"},
    "office": {"name": {"en": "office"}, "clock_hours": "office"},
    "same-day": {"name": {"en": "same day"}, "days": 0},
}
lengths = st.fixed_dictionaries(
    {name: st.integers(0, 300) for name in ("desk", "off_duty", "busy", "mobilise", "set_out", "held", "travel")}
)
rows = st.lists(
    st.tuples(lengths, st.integers(0, 28 * 1440 - 1), st.integers(0, 2), st.sampled_from(["done", "waits", "desk"])),
    min_size=1,
    max_size=12,
)


def made(tiny, drawn):
    """Tickets of drawn lengths, some of them still waiting for an engineer or a word from the desk."""
    tickets = []
    for length, minute, area, state in drawn:
        ticket = tiny.ticket(minute * 60, **length, area=area, town=(0, 2, 3)[area])
        if state != "done":
            ticket |= {"assigned": -1, "departed": -1, "arrived": -1, "fixed": -1, "status": 0}
        if state == "desk":
            ticket |= {"ready": -1}
        tickets.append(ticket)
    return tiny.log(tickets=tickets)


@pytest.mark.parametrize("reading", ["base", *READINGS])
@settings(max_examples=40, deadline=None)
@given(drawn=rows)
def test_every_miss_has_one_reason_and_every_case_one_month(tiny, reading, drawn):
    case = tiny.case({"A": [ON_SITE | {"readings": READINGS}]})
    found = tally(case, made(tiny, drawn)).counts["A", 0, reading]
    assert (found.kept >= 0).all()
    assert (found.kept <= found.cases).all()
    assert found.reasons.sum(axis=1).tolist() == (found.cases - found.kept).tolist()
    assert found.missed.sum(axis=1).tolist() == (found.cases - found.kept).tolist()


@settings(max_examples=40, deadline=None)
@given(drawn=rows, minutes=st.integers(1, 600), strict=st.booleans())
def test_the_delays_say_what_any_limit_would_have_kept(tiny, drawn, minutes, strict):
    """Counted up to a limit, the delays of the promise of 2 hours (bins of a minute) give the share kept at it."""
    case, log = tiny.case(), made(tiny, drawn)
    part = tiny.part("time_to_site", limit="2 h", strict=strict)
    other = tiny.part("time_to_site", limit=f"{minutes} min", strict=strict)
    delays = count(case, part, cases_of(case, log, part)).delays
    assert width(7200) == 60
    assert int(delays.cases[delays.cell % BINS <= minutes].sum()) == int(cases_of(case, log, other).kept.sum())


def test_bins_end_with_the_limit(tiny):
    elapsed = np.array([0, 1, 60, 61, 1440 * 60, 1440 * 60 + 1, -1])
    assert bin_of(elapsed, 60, strict=False).tolist() == [0, 1, 1, 2, 1440, 1441, 1441]
    assert bin_of(elapsed, 60, strict=True).tolist() == [1, 1, 2, 2, 1441, 1441, 1441]


def test_ladder_and_histogram_by_zone(tiny):
    """Two in seats (30 minutes; never), one at the farm (90 minutes)."""
    near = tiny.ticket(tiny.at(1), travel=30, town=0)
    farm = tiny.ticket(tiny.at(1), travel=90, town=1)
    never = tiny.ticket(tiny.at(1), town=2, area=1, status=0, assigned=-1, departed=-1, arrived=-1, fixed=-1)
    found = tally(tiny.case({"A": [ON_SITE]}), tiny.log(tickets=[near, farm, never]))
    rungs = found.ladder["A", 0]
    assert rungs.cases.tolist() == [2, 1, 0]
    assert rungs.kept.tolist() == [[1, 1], [0, 1], [0, 0]]
    assert np.argwhere(found.histogram.table(3)).tolist() == [[0, 30], [0, BINS - 1], [1, 90]]


def test_months_are_equal_parts_of_the_window(tiny):
    case = tiny.case({"A": [ON_SITE]}, time={"window": "365 d"})  # a month: 30 days 10 hours
    moments = [(0, "12:00"), (30, "09:00"), (30, "12:00"), (364, "23:00")]
    log = tiny.log(tickets=[tiny.ticket(tiny.at(*moment), travel=600) for moment in moments])
    missed = tally(case, log).counts["A", 0, "base"].missed
    assert missed.shape == (4, 12)
    assert missed.sum(axis=0).tolist() == [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_figures_count_the_cohort(tiny):
    """In office hours, in the evening and solved by telephone, on the isle and open; one outside the window."""
    tickets = [
        tiny.ticket(tiny.at(1, "09:00")),
        tiny.ticket(tiny.at(1, "19:00"), status=1, ready=-1),
        tiny.ticket(tiny.at(5, "09:00"), status=0, arrived=-1, area=2, town=3, reachable=0),
        tiny.ticket(tiny.at(30), counted=0),
    ]
    assert tally(tiny.case(), tiny.log(tickets=tickets)).figures == {
        "tickets": 3,
        "out_of_hours": 2,
        "on_site": 2,
        "settled": 3,
        "open_at_end": 1,
        "unreachable": 1,
    }


def test_shelves_count_by_month_and_area(tiny):
    case = tiny.case({"X": [{"kind": "sim", "measure": "stock_ratio", "ratio": 0.03}]}, time={"window": "365 d"})
    out = {"time": tiny.at(73), "store": 1, "part": 0, "on_hand": 0}
    found = tally(case, tiny.log(stock=[out])).counts["X", 0, "base"]
    assert found.cases.tolist() == [24, 12, 0, 0]
    assert found.kept.tolist() == pytest.approx([24, 2.4, 0, 0])
    assert found.reasons[1, REASONS.index("part")] == pytest.approx(9.6)
    assert found.hours == pytest.approx(8760 / 12)


def test_an_empty_log_gives_an_empty_tally_and_any_tally_can_be_sent_away(tiny):
    parts = [{"kind": "sim", "measure": m, **f} for m, f in MEASURES.items()]
    clauses = {f"A{k}": [part] for k, part in enumerate(parts)} | {"M": [{"kind": "measure", "measure": "returns"}]}
    found = tally(tiny.case(clauses), tiny.log())
    assert sum(c.cases.sum() for key, c in found.counts.items() if key[0] != "A7") == 0
    again = pickle.loads(pickle.dumps(found))
    assert again.figures == found.figures
    assert [a.cases.tolist() for a in again.counts.values()] == [a.cases.tolist() for a in found.counts.values()]


MEASURES = {
    "response": {"limit": "1 h"},
    "answered": {},
    "time_to_site": {"limit": "2 h", "clock_hours": "office"},
    "taken_up": {},
    "delivered": {"days": 1, "day_kind": "working", "cut_off": True},
    "installed": {"days": 0},
    "planned_done": {"population": {"planned": ["inspection"]}},
    "stock_ratio": {"ratio": 0.03},
}
