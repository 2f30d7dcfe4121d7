"""Do 95 % intervals cover the truth in 95 % of studies? 1,000 studies a case; 927 to 970 must cover."""

from __future__ import annotations

import numpy as np
import pytest

from simsvc.stats import Interval, Plan, decide_family, mean_interval, quantile_limit, ratio_interval, share_interval

STUDIES = 1000


def covered(intervals: list[Interval | None], truth: float) -> int:
    return sum(i is not None and i.low <= truth <= i.high for i in intervals)


def beta_binomial(rng: np.random.Generator, cases: np.ndarray, share: float, correlation: float) -> np.ndarray:
    """Kept cases when every two cases of a replication have the given correlation."""
    size = (1 - correlation) / correlation
    return rng.binomial(cases, rng.beta(share * size, (1 - share) * size, cases.shape))


@pytest.mark.parametrize("shape", [1.0, 2.0, 10.0])
def test_means_of_skewed_numbers(shape: float) -> None:
    rng = np.random.default_rng(11)
    values = rng.gamma(shape, 1 / shape, (STUDIES, 30))
    assert 927 <= covered([mean_interval(v) for v in values], 1.0) <= 970


@pytest.mark.parametrize("replications", [10, 20, 40])
@pytest.mark.parametrize(("share", "correlation"), [(0.5, 0.1), (0.9, 0.02), (0.9, 0.1), (0.95, 0.02), (0.95, 0.05)])
def test_shares_of_cases_that_go_together(replications: int, share: float, correlation: float) -> None:
    rng = np.random.default_rng(5)
    cases = np.full((STUDIES, replications), 60)
    kept = beta_binomial(rng, cases, share, correlation)
    found = [share_interval(k, n) for k, n in zip(kept, cases, strict=True)]
    assert 927 <= covered(found, share) <= 970


@pytest.mark.parametrize("replications", [10, 40])
@pytest.mark.parametrize("mean_cases", [8, 80])
def test_shares_with_a_random_number_of_cases(replications: int, mean_cases: int) -> None:
    rng = np.random.default_rng(6)
    cases = rng.negative_binomial(4, 4 / (4 + mean_cases), (STUDIES, replications))
    kept = beta_binomial(rng, cases, 0.8, 0.05)
    found = [share_interval(k, n) for k, n in zip(kept, cases, strict=True)]
    assert 927 <= covered(found, 0.8) <= 970


@pytest.mark.parametrize("replications", [20, 40])
def test_shares_of_independent_cases_are_covered_a_little_too_often(replications: int) -> None:
    rng = np.random.default_rng(7)
    cases = rng.poisson(50, (STUDIES, replications))
    found = [share_interval(k, n) for k, n in zip(rng.binomial(cases, 0.9), cases, strict=True)]
    assert 940 <= covered(found, 0.9) <= 980


def test_a_share_without_a_miss_is_covered_at_least_as_often_as_promised() -> None:
    rng = np.random.default_rng(8)
    cases = np.full((STUDIES, 10), 5)
    kept = rng.binomial(cases, 0.99)
    found = [share_interval(k, n) for k, n in zip(kept, cases, strict=True) if k.sum() == n.sum()]
    assert len(found) > 300
    assert covered(found, 0.99) == len(found)


@pytest.mark.parametrize("replications", [15, 30])
def test_ratios(replications: int) -> None:
    rng = np.random.default_rng(9)
    tickets = rng.poisson(40, (STUDIES, replications))
    hours = rng.gamma(tickets * 0.5) * rng.gamma(8, 1 / 8, tickets.shape)
    found = [ratio_interval(h, n) for h, n in zip(hours, tickets, strict=True)]
    assert 927 <= covered(found, 0.5) <= 970


def test_a_plan_is_seldom_wrong_at_any_look() -> None:
    """At a target that is exactly the truth both verdicts are wrong or due to luck: at most alpha in all."""
    rng = np.random.default_rng(10)
    plan = Plan()
    wrong = 0
    cases = np.full(80, 40)
    for _ in range(STUDIES // 2):
        kept = beta_binomial(rng, cases, 0.9, 0.03)
        looks = [share_interval(kept[:r], cases[:r], plan.level(r)) for r in plan.looks]
        wrong += covered(looks, 0.9) < len(looks)
    assert wrong / (STUDIES // 2) <= 0.05


def test_a_family_is_seldom_wrong_anywhere() -> None:
    rng = np.random.default_rng(12)
    cases = np.full((12, 20), 30)
    wrong = 0
    for _ in range(300):
        kept = beta_binomial(rng, cases, 0.9, 0.03)
        wrong += decide_family(list(zip(kept, cases, strict=True)), 0.9, 0.05) != ["undecided"] * 12
    assert wrong / 300 <= 0.075, "0.05 and two standard errors"


def test_the_keepable_limit_is_seldom_too_short() -> None:
    """The true 90 % quantile of an exponential of mean 1 is 2.303."""
    rng = np.random.default_rng(13)
    limits = np.arange(0.1, 6.05, 0.1)
    found = []
    for _ in range(400):
        times = rng.exponential(1.0, (20, 50)) * rng.gamma(40, 1 / 40, (20, 1))
        bins = np.searchsorted(limits, times)
        counts = np.stack([np.bincount(row, minlength=limits.size + 1) for row in bins])
        found.append(quantile_limit(counts, limits, 0.9))
    assert all(limit is not None for limit in found)
    too_short = np.mean([limit is not None and limit < 2.303 for limit in found])
    assert too_short <= 0.025 + 0.016
    assert np.median([limit for limit in found if limit is not None]) <= 2.8, "and not needlessly long"
