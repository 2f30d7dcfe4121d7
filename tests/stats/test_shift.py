"""A share under a change: the paired shift, and the interval of the sum."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simsvc.stats.shift import Shares, narrower, paired_shift


def pairs(kept, cases):
    """One column; kept and cases by replication."""
    return np.stack([np.asarray(kept, float), np.asarray(cases, float)], axis=1)[:, :, None]


def test_the_shift_by_hand():
    """Two replications of 100 cases: kept 90, 80 and then 88, 76; the differences are 2 and 4 points."""
    shift, half = paired_shift(pairs([90, 80], [100, 100]), pairs([88, 76], [100, 100]))
    assert shift == pytest.approx([-0.03])
    # Deviations of 1 point each: standard error 1 point, one degree of freedom.
    assert half == pytest.approx([stats.t.ppf(0.975, 1) * 0.01])


def test_without_any_change_the_bound_comes_from_the_number_of_cases():
    same = pairs([90, 80, 85, 95], [100] * 4)
    shift, half = paired_shift(same, same)
    assert shift == [0]
    # Of 400 cases none changed: so many might, with a chance of 2.5 %.
    assert (1 - half[0]) ** 400 == pytest.approx(0.025)


def test_a_promise_without_cases_says_nothing():
    shift, half = paired_shift(pairs([9, 9], [10, 10]), pairs([0, 0], [0, 0]))
    assert np.isnan(shift).all()
    assert np.isnan(half).all()
    moved = Shares(*(np.array([0.9]),) * 3).moved(shift, half)
    assert moved.against(np.array([0.5])) == [0]


def test_sides_of_a_target():
    shares = Shares(np.array([0.9, 0.9, 0.9]), np.array([0.8, 0.85, 0.8]), np.array([0.95, 0.95, 0.84]))
    assert shares.against(np.array([0.85, 0.85, 0.85])).tolist() == [0, 1, -1]


def test_shares_stay_shares():
    moved = Shares(np.array([0.95]), np.array([0.9]), np.array([0.98])).moved(np.array([0.1]), 0.05)
    assert (moved.estimate, moved.low, moved.high) == pytest.approx((1.0, 0.95, 1.0))


def test_the_narrower_interval_is_taken_column_by_column():
    one = Shares(np.array([0.5, 0.5]), np.array([0.4, 0.2]), np.array([0.6, 0.8]))
    other = Shares(np.array([0.7, np.nan]), np.array([0.65, np.nan]), np.array([0.75, np.nan]))
    assert narrower(one, other).estimate.tolist() == [0.7, 0.5]


def test_another_estimate_stays_within_the_interval():
    shares = Shares(np.array([0.7, 0.7, 0.7]), np.array([0.65, 0.65, 0.65]), np.array([0.75, 0.75, 0.75]))
    found = shares.about(np.array([0.66, 0.9, np.nan]))
    assert found.estimate.tolist() == [0.66, 0.75, 0.7]
    assert (found.low.tolist(), found.high.tolist()) == (shares.low.tolist(), shares.high.tolist())


@pytest.mark.parametrize("few", [2, 4, 8])
def test_the_interval_of_the_sum_covers(few):
    """Cases that share a replication's luck, kept 0.90 of the time and 0.86 with the change, half of what varies in
    common: the interval from 20 replications of the base and a few pairs covers at least 95 % of 1,000 studies (less
    than 93 % by chance: 0.2 %)."""
    rng, cases, covered = np.random.default_rng(few), 500, 0
    for _ in range(1000):
        year = rng.normal(0, 0.02, 20)
        before = np.clip(0.90 + year + rng.normal(0, 0.01, 20), 0, 1)
        after = np.clip(0.86 + year + rng.normal(0, 0.01, 20), 0, 1)
        kept, moved = rng.binomial(cases, before), rng.binomial(cases, after)
        base = Shares.of(pairs(kept, [cases] * 20))
        shift, half = paired_shift(pairs(kept[:few], [cases] * few), pairs(moved[:few], [cases] * few))
        found = narrower(base.moved(shift, half), Shares.of(pairs(moved[:few], [cases] * few)))
        covered += found.low[0] <= 0.86 <= found.high[0]
    assert covered >= 930


def test_common_luck_pays():
    """Under the same luck the change is seen far more sharply than with luck of its own."""
    rng = np.random.default_rng(1)
    year, other = rng.normal(0, 20, 4), rng.normal(0, 20, 4)
    before = pairs(np.round(900 + year), [1000] * 4)
    _, same = paired_shift(before, pairs(np.round(860 + year), [1000] * 4))
    _, apart = paired_shift(before, pairs(np.round(860 + other), [1000] * 4))
    assert same[0] < apart[0] / 5
