"""Laws that need no formula: what must be the same, or no worse, on the same luck."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.case import build
from simsvc.engine.roster import roster
from simsvc.study.replicate import one
from simsvc.workload import draw

WORK = [{"dist": "exponential", "mean": "3 h"}, "5 h", {"dist": "lognormal", "mean": "3 h", "cv": 3.0}]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(seed=st.integers(0, 99), work=st.sampled_from(WORK), calendar=st.sampled_from(["always", "office"]))
def test_a_second_engineer_delays_no_start(own: Any, endless: Any, seed: int, work: Any, calendar: str) -> None:
    """First come, first served, one class, no travel, luck by ticket: nobody starts later with a second engineer.

    With priorities it does not hold: the second engineer brings long jobs of low rank forward, and both may be busy
    with them when an urgent one comes that a single engineer, still at short ones, would have taken.
    """
    base = own(
        time={"window": "30 d", "drain": "5 d"},
        products={"p": {"rate": "6 /d", "modes": {"m": {"work": work}}}},
        demand=endless("a"),
        staff={"calendar": calendar},
        dispatch={"which_ticket": "fifo"},
    )
    starts = []
    for n in (1, 2, 3):
        t = one(build(base.override("stations.a.engineers", n)), seed, 0).tickets
        starts.append(np.where(t["assigned"] < 0, np.iinfo(np.int64).max, t["assigned"]))
    assert (starts[1] <= starts[0]).all()
    assert (starts[2] <= starts[1]).all()
    assert (starts[1] < starts[0]).any()


def test_waits_follow_the_recursion_of_kiefer_and_wolfowitz(own: Any, endless: Any) -> None:
    """First come, first served with three engineers: every single start as the vector of free times gives it."""
    scenario = own(
        time={"window": "20 d"},
        stations={"a": {"engineers": 3}},
        products={"p": {"rate": "100 /d", "modes": {"m": {"work": {"dist": "gamma", "mean": "40 min", "cv": 2.0}}}}},
        demand=endless("a"),
    )
    log = one(build(scenario), 5, 0)
    t, v = log.tickets, log.visits
    work = np.full(len(t["ticket"]), 10**9)  # not done when the run ends
    work[v["ticket"]] = np.where(v["work_end"] >= 0, v["work_end"] - v["work_start"], 10**9)
    free = [0, 0, 0]
    for k in np.flatnonzero(t["assigned"] >= 0):
        free.sort()
        start = max(free[0], int(t["reported"][k]))
        assert t["assigned"][k] == start
        free[0] = start + int(work[k])


def test_relief_follows_absence_not_the_order_of_stations(own: Any, line: Any, station: Any) -> None:
    """Whoever lends his engineer for the day does without: a chain of moves would depend on the order of the file."""
    for order in (("a", "b", "c"), ("c", "b", "a"), ("b", "a", "c")):
        scenario = own(
            network=line("a", "b", "c", minutes=20),
            stations={"a": None, **{f"at-{s}": station(s) for s in order}},
            staff={"relief": {"rule": "move"}},
            demand={"installed": []},
        )
        case = build(scenario)
        luck = draw(case, 1, 0)
        where = {s: k for k, s in enumerate(order)}
        luck.absent[:] = False
        luck.absent[where["a"], 0] = True
        station_of = roster(case, luck).station[:, 0]
        assert {s: int(station_of[where[s]]) for s in order} == {"a": -1, "b": where["a"], "c": where["c"]}


def test_travel_noise_has_mean_one_and_dispatch_does_not_know_it(
    own: Any, endless: Any, line: Any, station: Any
) -> None:
    scenario = own(
        time={"window": "200 d"},
        network=line("a", "b", minutes=100, noise_cv=0.3),
        stations={"a": station("a", 40, covers=["b"])},
        dispatch={"free_when": "when-home"},
        products={"p": {"rate": "60 /d", "modes": {"m": {"work": "1 min"}}}},
        demand=endless("b"),
    )
    log = one(build(scenario), 2, 0)
    v, e = log.visits, log.engineers
    done = v["arrived"] >= 0
    assert (v["expected_travel"] == 6000).all()
    factor = (v["arrived"] - v["departed"])[done] / 6000
    back = e["state"] == 3
    # 99.9 %: 3.3 standard errors of 0.3 / sqrt(n); of the spread, about 3.3 x 0.3 x sqrt((kurtosis - 1)/4n).
    assert abs(factor.mean() - 1) < 3.3 * 0.3 / np.sqrt(done.sum())
    assert abs(factor.std() - 0.3) < 0.015
    ways = (e["end"] - e["start"])[back] / 6000
    assert abs(ways.mean() - 1) < 3.3 * 0.3 / np.sqrt(back.sum()) + 1e-3
    assert factor.size > 10_000
