"""1,000 intervals at 95 % for something simulated: 927 to 970 of them cover the truth.

The truth is the share that waits no longer than half a service in M/M/1. A study is ten replications of one of 50 towns
with stations of their own; 20 study seeds give 1,000 studies. 927 to 970 is where a binomial of 1,000 at 0.95 lies with
99.5 %, a little wider below.
"""

from __future__ import annotations

import logging
from typing import Any

import numpy as np

from simsvc import analytic
from simsvc.stats import share_interval

STUDIES, SEEDS, TOWNS, REPLICATIONS = 1000, 20, 50, 10
PER_DAY, SERVICE = 8.0, 3240


def test_intervals_cover_the_truth(own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> None:
    towns = [f"t{k}" for k in range(TOWNS)]
    work = {"dist": "exponential", "mean": f"{SERVICE} s"}
    scenario = own(
        time={"window": "1 d", "warm_up": "1 d", "drain": "1 d"},
        network=line(*towns),
        stations={"a": None, **{t: station(t) for t in towns}},
        products={"p": {"rate": f"{PER_DAY} /d", "modes": {"m": {"work": work}}}},
        demand=endless(*towns),
    )
    truth = 1 - analytic.mmc_wait_exceeds(1, PER_DAY * SERVICE / 86400, 1.0, 0.5)
    covered = 0
    for seed in range(SEEDS):
        kept, cases = np.zeros((REPLICATIONS, TOWNS)), np.zeros((REPLICATIONS, TOWNS))
        for r, (_, log) in enumerate(replicate(scenario, REPLICATIONS, seed)):
            t = log.tickets
            counted = t["counted"] == 1
            short = counted & (t["assigned"] >= 0) & (t["assigned"] - t["ready"] <= SERVICE / 2)
            kept[r], cases[r] = (np.bincount(t["area"][some], minlength=TOWNS) for some in (short, counted))
        for town in range(TOWNS):
            interval = share_interval(kept[:, town], cases[:, town], 0.95)
            assert interval is not None
            covered += interval.low <= truth <= interval.high
    logging.getLogger("verification").info("%d of %d cover %.4f", covered, STUDIES, truth)
    assert 927 <= covered <= 970
