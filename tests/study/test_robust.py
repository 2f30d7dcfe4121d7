"""Verdicts over the ranges of the assumptions: known answers, points that can't be built, the same whoever runs it."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import brentq

import simsvc as sv
from simsvc.case import build
from simsvc.errors import ScenarioError
from simsvc.measures import tally
from simsvc.study.points import explore, trial
from simsvc.study.replicate import one
from simsvc.study.robust import explore_ranges, sum_up
from simsvc.study.workers import Workers
from tests.tiny import SCENARIO

HOUR = 3600


def row(path, low, high):
    return {"path": path, "low": low, "high": high, "source": "s", "confidence": "low", "name": {"en": path}}


def clause(*parts):
    return {"text": {"en": "promise"}, "parts": list(parts)}


@pytest.fixture(scope="module")
def queue(own, endless):
    """One engineer, faults at his own door, exponential work of 2 h on average: M/M/1, on site when work begins."""
    work = {"dist": "exponential", "mean": "2 h"}
    promise = {"kind": "sim", "measure": "time_to_site", "limit": "3 h"}
    return own(
        time={"window": "140 d", "drain": "5 d"},
        products={"p": {"rate": "2 /d", "modes": {"m": {"work": work}}}},
        demand=endless("a"),
        clauses={
            "strict": clause(promise | {"target": 0.9}),
            "easy": clause(promise | {"target": 0.05}),
            "hopeless": clause(promise | {"target": 0.9999}),
        },
        assumptions={
            "rate": row("products.p.rate", "1.5 /d", "6 /d"),
            "mean": row("products.p.modes.m.work.mean", "100 min", "3.5 h"),
            "night": row("staff.out_of_hours", "off", "on-call"),
        },
    )


@pytest.fixture(scope="module")
def tried(queue):
    case = build(queue)
    tallies = [tally(case, one(case, 1, r, "reference")) for r in range(20)]
    return case, trial(queue, case, tallies, seed=1, engine="reference", level=0.95)


@pytest.fixture(scope="module")
def found(tried):
    case, base = tried
    with Workers("reference", workers=1) as workers:
        explored = explore_ranges(base, workers, combinations=4)
    return explored, sum_up(case, explored)


def kept(rate, mean):
    """Share of customers of M/M/1 that wait 3 h at most; ``rate`` a day, ``mean`` in hours."""
    busy = rate / 24 * mean
    return 1 - busy * np.exp(-3 * (1 - busy) / mean)


def test_verdicts_of_a_queue(found):
    verdicts = {name: robust.verdict for (name, _), robust in found[1].verdicts.items()}
    assert verdicts == {"strict": "depends", "easy": "holds", "hopeless": "fails"}


def test_break_evens_of_a_queue(found):
    """Rate and mean at which 90 % wait 3 h at most, by formula: found within a tenth. (The share is known to about
    one point, its slope is 8 points per fault a day and 14 per hour of work.)"""
    turns = {end.assumption: end for end in found[1].verdicts["strict", "sim"].turns}
    assert set(turns) == {"rate", "mean"}
    for name, truth in (
        ("rate", brentq(lambda x: kept(x, 2) - 0.9, 2, 6)),
        ("mean", brentq(lambda x: kept(2, x) - 0.9, 2, 4)),
    ):
        at, (low, high) = turns[name].turns_at, turns[name].between
        number = [float(str(v).split()[0]) for v in (low, at, high)]
        # The first unit written is the scale's: minutes for the work.
        scale = {"min": 1 / 60}.get(str(at).split()[1], 1)
        assert number == sorted(number)
        assert number[1] * scale == pytest.approx(truth, rel=0.1)
        assert turns[name].verdict == "fails"


def test_shares_at_the_ends_of_a_queue(found):
    """Intervals of the estimates, made half as wide again, hold the formula's shares (each with 98 %: 95 % intervals of
    four replications)."""
    explored, _ = found
    column = explored.tried.places.index(("strict", 0))
    ends = {(e.assumption, e.side): e for e in explored.of(column).values()}
    for (name, side), truth in {
        ("rate", "low"): kept(1.5, 2), ("rate", "high"): kept(6, 2),
        ("mean", "low"): kept(2, 5 / 3), ("mean", "high"): kept(2, 3.5),
    }.items():  # fmt: skip
        end = ends[name, side]
        assert end.low < end.estimate < end.high
        more = (end.high - end.low) / 4
        assert end.low - more <= truth <= end.high + more


def test_what_has_no_effect_moves_nothing(found):
    """Round-the-clock duty leaves nothing outside it: the word that rules it is tried, and not a case changes."""
    explored, _ = found
    end = next(e for e in explored.of(0).values() if e.assumption == "night")
    assert (end.value, end.shift, end.turns_at) == ("on-call", 0.0, None)


def test_one_worker_or_many_the_same(tried, found):
    case, base = tried
    with ThreadPoolExecutor(3) as pool, Workers("reference", pool) as workers:
        again = explore_ranges(base, workers, combinations=4)
    assert sum_up(case, again) == found[1]


def test_more_luck_is_spent_only_where_it_may_decide(tried):
    """Far from its target a promise takes the first round; more where the interval straddles the target, and would not
    if the change's effect were known exactly."""
    _, base = tried
    change = {"assumptions.rate": "3 /d"}
    base = replace(base, rounds=(4, 8, 16))
    first = explore(replace(base, rounds=(4,)), change)
    surely = base.base.low + first.shift
    assert first.shares.low[0] < surely[0]
    near = replace(base, target=(first.shares.low + surely) / 2)
    assert explore(near, change).replications > 4
    assert explore(replace(base, target=first.shares.estimate), change).replications == 4
    assert explore(replace(base, target=first.shares.low / 2), change).replications == 4


@pytest.fixture(scope="module")
def cramped(own):
    """An assumption whose high end leaves no valid scenario: the least work would exceed the most."""
    return own(
        products={"p": {"modes": {"m": {"work": {"dist": "uniform", "low": "1 h", "high": "2 h"}}}}},
        time={"drain": "2 d"},
        clauses={"A": clause({"kind": "sim", "measure": "time_to_site", "limit": "3 h"})},
        assumptions={"least": row("products.p.modes.m.work.low", "30 min", "3 h")},
    )


def test_a_point_that_cannot_be_built_is_told_and_not_fatal(cramped):
    validation = sv.validate(cramped, replications=10, engine="reference", workers=1, robust=True)
    (first, *_) = validation.tried.failed
    assert (first.assumption, first.value) == ("least", "3 h")
    assert "products.p.modes.m.work" in first.problem
    assert validation.rows[0].robust.verdict == validation.rows[0].verdict
    line = next(t for t in validation.trust if t.what_en == "Ranges of the assumptions")
    assert line.state == "warning"
    assert "least = 3 h" in line.finding_en


def test_ranges_are_tried_on_request_and_never_with_few_replications(cramped):
    options = {"engine": "reference", "workers": 1}
    assert sv.validate(cramped, replications=10, **options).tried is None
    assert sv.validate(cramped, replications=9, robust=True, **options).tried is None


def test_a_promise_of_the_plan_turns_at_a_value(tiny):
    """3 % of 100 printers are 3 pieces: two fusers and a roller; with a fuser less the plan fails."""
    raw = tiny.raw()
    raw["clauses"] = {"P": clause({"kind": "plan", "rule": "spares_at_start", "ratio": 0.03, "of": "units"})}
    raw["stock"]["levels"][3]["base_stock"] = 9
    raw["time"]["window"] = "1 d"
    raw["assumptions"] = {"fusers": row("stock.levels.0.base_stock", 0, 8)}
    scenario = sv.from_dict(raw)
    case = build(scenario)
    tallies = [tally(case, one(case, 1, r, "reference")) for r in range(10)]
    base = trial(scenario, case, tallies, seed=1, engine="reference", level=0.95)
    with Workers("reference", workers=1) as workers:
        robust = sum_up(case, explore_ranges(base, workers, combinations=0)).verdicts["P", "plan"]
    (turn,) = robust.turns
    assert robust.verdict == "depends"
    assert (turn.side, turn.verdict, turn.turns_at, turn.between) == ("low", "fails", 1, (2, 1))


def test_prices_stand_in_the_ledger_and_are_not_tried(cramped):
    """Of two rows one is a price: a point at each end of the other, none of the price, which nobody may ask for."""
    raw = copy.deepcopy(cramped.raw)
    raw["sizing"] = {"costs": {"agent": 70000}}
    raw["assumptions"]["least"] |= {"low": "30 min", "high": "90 min"}
    raw["assumptions"]["pay"] = row("sizing.costs.agent", 50000, 90000)
    scenario = sv.from_dict(raw)
    validation = sv.validate(scenario, replications=10, engine="reference", workers=1, robust=True)
    assert (validation.tried.assumptions, validation.tried.ends) == (1, 2)
    line = next(t for t in validation.trust if t.what_en == "Ranges of the assumptions")
    assert line.finding_en.startswith("2 assumptions, 2 of low confidence, 1 of them prices, which move no promise")
    assert "价格类 1 项" in line.finding_zh
    with pytest.raises(ScenarioError, match="this is a price"):
        sv.sensitivity(scenario, assumptions=["least", "pay"])


def test_unknown_assumptions_and_odd_budgets_are_refused(cramped):
    with pytest.raises(ScenarioError, match='did you mean "least"'):
        sv.sensitivity(cramped, assumptions=["leest"])
    with pytest.raises(ScenarioError, match="at least 10"):
        sv.sensitivity(cramped, replications=5)
    with pytest.raises(ScenarioError, match="power of 2"):
        sv.sensitivity(cramped, replications=10, samples=3, inputs=1, combinations=0, engine="reference", workers=1)
    with pytest.raises(ScenarioError, match="lists none"):
        sv.sensitivity(sv.from_dict(SCENARIO))
