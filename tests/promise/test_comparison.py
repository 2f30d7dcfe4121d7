"""Two plans row by row: hand-made replications whose differences are known."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from simsvc.measures import tally
from simsvc.promise import judge
from simsvc.promise.comparison import Comparison, Party, alone, changes, to_json
from simsvc.promise.pairs import pairs

SITE = {"kind": "sim", "measure": "time_to_site", "limit": "2 h", "target": 0.9}
STRICT = {"strict": {"name": {"en": "less"}, "strict": True}}
CLAUSES = {
    "A": [{**SITE, "readings": STRICT}, {"kind": "plan", "rule": "coverage"}],
    "B": [{"kind": "measure", "measure": "answer_time"}],
    "C": [{"kind": "ledger"}],
}
RISING, SHIFTED = (0, 1, 2, 3), (1, 2, 3, 1, 1, 2, 3, 0, 1, 2, 3, 0)


def replications(tiny, case, late, count=12, answered=5):
    """Ten cases at the port each; ``late``: how many come late, replication by replication, over and over."""
    made = []
    for misses in itertools.islice(itertools.cycle(late), count):
        tickets = []
        for k in range(10):
            reported = tiny.at(1 + k % 4, "09:00")
            travel = 150 if k < misses else 45
            tickets.append(tiny.ticket(reported, travel=travel, answered=reported + answered * 60))
        made.append(tally(case, tiny.log(tickets=tickets)))
    return made


def compared(tiny, late_a, late_b, count=12, clauses=CLAUSES, **b):
    case = tiny.case(clauses)
    other = tiny.case(clauses, **b) if b else case
    runs = (case, replications(tiny, case, late_a, count)), (other, replications(tiny, other, late_b, count))
    return {c.key: c for c in changes(*runs)[0]}


def test_a_share_that_rises_in_every_replication_is_better(tiny):
    found = compared(tiny, (4, 5), (2, 3))["A", "sim", "base", "province"]
    assert (found.a.estimate, found.b.estimate) == pytest.approx((0.55, 0.75))
    assert (found.difference, found.state) == (pytest.approx(0.2), "better")
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 0.2 < found.high


def test_the_other_way_round_it_is_worse_by_as_much(tiny):
    there = compared(tiny, (4, 5), (1, 2, 3))["A", "sim", "base", "province"]
    back = compared(tiny, (1, 2, 3), (4, 5))["A", "sim", "base", "province"]
    assert (back.state, there.state) == ("worse", "better")
    assert back.difference == pytest.approx(-there.difference)
    assert (back.low, back.high) == (pytest.approx(-there.high), pytest.approx(-there.low))
    assert back.gain == pytest.approx(there.gain)


def test_common_luck_is_what_the_pairs_share(tiny):
    """Both plans are late by luck r, one of them once more every other time: the difference knows no r."""
    found = compared(tiny, RISING, (0, 2, 2, 4))["A", "sim", "base", "province"]
    a, b = np.tile(RISING, 3), np.tile((0, 2, 2, 4), 3)
    assert found.gain == pytest.approx((a.var() + b.var()) / (b - a).var())


def test_what_no_replication_changes_is_the_same(tiny):
    found = compared(tiny, (0, 1, 2), (0, 1, 2))["A", "sim", "base", "province"]
    assert (found.difference, found.state, found.gain, found.needed) == (0.0, "same", None, None)


def test_a_difference_within_luck_is_undecided_and_says_how_many_replications_it_takes(tiny):
    found = compared(tiny, RISING, SHIFTED)["A", "sim", "base", "province"]
    assert found.state == "undecided"
    assert found.needed is not None
    assert found.needed > 12


def test_nine_replications_decide_nothing(tiny):
    found = compared(tiny, (5,), (0,), count=9)["A", "sim", "base", "province"]
    assert (found.difference, found.state) == (0.5, "undecided")


def test_one_replication_has_no_interval_and_json_no_infinity(tiny):
    found = compared(tiny, (5,), (0,), count=1)["A", "sim", "base", "province"]
    assert (found.difference, found.low, found.high) == (0.5, None, None)


def test_areas_and_readings_are_paired_and_ledger_rows_are_not(tiny):
    found = compared(tiny, (4,), (2,))
    assert {("A", "sim", "strict", "province"), ("A", "sim", "base", "north")} <= set(found)
    assert found["A", "sim", "base", "north"].state == "better"
    assert found["A", "sim", "base", "south"].state == "no cases"
    assert not any(key[0] == "C" for key in found)


def test_plan_rows_go_by_verdict_then_by_what_is_met(tiny):
    spares = {"A": [{"kind": "plan", "rule": "spares_at_start", "ratio": 0.03}]}
    few = {"levels": [{"station": "port", "part": "fuser", "base_stock": 2}]}
    more = {"levels": [*few["levels"], {"station": "port", "part": "disk", "base_stock": 2}]}
    everything = {
        "levels": [{"station": s, "part": p, "base_stock": 9} for s in ("port", "hill") for p in ("fuser", "disk")]
    }

    def change(a, b):
        runs = ((case, replications(tiny, case, (0,))) for case in (tiny.case(spares, stock=s) for s in (a, b)))
        ((found,), _, _) = changes(*runs)
        return found

    part, whole = change(few, more), change(few, everything)
    assert (part.a.verdict, part.b.verdict, part.state, part.turns) == ("fails", "fails", "better", False)
    assert (whole.b.verdict, whole.state, whole.turns) == ("holds", "better", True)
    assert change(everything, few).state == "worse"
    same = change(more, more)
    assert (same.state, same.gain, same.needed) == ("same", None, None)


def test_other_figures_are_higher_or_lower(tiny):
    case = tiny.case(CLAUSES)
    slow, quick = (replications(tiny, case, (0,), answered=minutes) for minutes in (8, 3))
    (found,) = (c for c in changes((case, slow), (case, quick))[0] if c.a.kind == "measure")
    assert (found.state, found.difference) == ("lower", pytest.approx(-5.0))


def test_rows_of_one_plan_alone_are_listed(tiny):
    more = {**CLAUSES, "D": [SITE]}
    first, second = tiny.case(CLAUSES), tiny.case(more)
    runs = ((case, replications(tiny, case, (1,))) for case in (first, second))
    made, only_a, only_b = changes(*runs)
    assert not any(c.a.id == "D" for c in made)
    assert (alone(only_a), alone(only_b)) == ((), (("D", "sim", "base"),))


def test_plans_need_the_same_replications(tiny):
    case = tiny.case(CLAUSES)
    with pytest.raises(ValueError, match="same replications"):
        changes((case, replications(tiny, case, (1,))), (case, replications(tiny, case, (1,), count=11)))


def test_the_pairs_pool_to_what_the_rows_say(tiny):
    """Every judged or estimated row with cases is top over bottom of its pairs."""
    case = tiny.case({**CLAUSES, "S": [{"kind": "sim", "measure": "stock_ratio", "ratio": 0.01}]})
    made = replications(tiny, case, (0, 1, 2))
    found = pairs(case, made)
    rows = [r for r in judge(case, made) if r.kind in ("sim", "measure") and r.estimate is not None]
    assert {r.part for r in rows if r.id == "S"} == {"sim", "sim:stock_together"}
    for row in rows:
        top, bottom = found[row.id, row.part, row.reading, row.area]
        assert top.sum() / bottom.sum() == pytest.approx(row.estimate), row


def test_the_gain_and_the_need_of_the_whole_leave_out_what_stays_the_same(tiny):
    clauses = {"A": [SITE], "R": [{"kind": "sim", "measure": "response", "limit": "1 min"}]}
    case = tiny.case(clauses)
    runs = [(case, replications(tiny, case, late)) for late in (RISING, SHIFTED)]
    made, _, _ = changes(*runs)
    party = Party("tiny", {"en": "a", "zh": "a"}, "", {})
    found = Comparison(party, party, 1, 12, 0.95, (), made)
    site, response = found.deciding()
    assert (site.a.id, response.state) == ("A", "same")
    assert (found.gain, found.needed) == (site.gain, site.needed)
    data = json.loads(json.dumps(to_json(found)))
    assert [c["id"] for c in data["changes"]] == [c.a.id for c in made]
    row = data["changes"][0]
    assert row["a"]["estimate"] == site.a.estimate
    assert (row["state"], row["needed"]) == ("undecided", site.needed)
    table = found.table()
    assert list(table["a_estimate"].dropna()) == [c.a.estimate for c in made if c.a.estimate is not None]
