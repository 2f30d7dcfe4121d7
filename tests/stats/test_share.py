"""Share intervals and p-values: known answers, laws, odd input."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from simsvc.stats import Interval, decide_family, p_value_share, share_interval, share_intervals

REPLICATIONS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=15).map(
    lambda pairs: (np.array([min(p) for p in pairs]), np.array([max(p) for p in pairs]))
)
LEVELS = st.floats(0.5, 0.999)


def interval(kept: object, cases: object, level: float = 0.95) -> Interval:
    found = share_interval(np.asarray(kept), np.asarray(cases), level)
    assert found is not None
    return found


def test_equal_replications_give_the_plain_wilson_interval() -> None:
    """90 of 100 in ten equal tens: no spread at all, so the cap counts. Wilson's bounds from R's prop.test."""
    found = interval([9] * 10, [10] * 10)
    assert (found.estimate, found.n) == (0.9, 100)
    assert (found.low, found.high) == pytest.approx((0.8256343, 0.9447709), abs=1e-6)


def test_a_worked_design_effect() -> None:
    """Half the replications keep all of ten, half none: cases count like replications, and t makes up for few."""
    kept, cases = np.array([10, 0] * 5), np.full(10, 10)
    effect = (25 * 10) * (10 / 9) / (0.25 * 100)  # residuals are all 5
    t = stats.t.ppf(0.975, 9)
    factor = t**2 * effect / 100
    half = np.sqrt(0.25 * factor + factor**2 / 4) / (1 + factor)
    found = interval(kept, cases)
    assert (found.low, found.high) == pytest.approx((0.5 - half, 0.5 + half))
    assert found.high - found.low > 0.5


@pytest.mark.parametrize(("kept", "low", "high"), [([20] * 10, 0.9817246, 1.0), ([0] * 10, 0.0, 1 - 0.9817246)])
def test_no_miss_or_no_hit_is_bounded_by_the_number_of_cases(kept: list[int], low: float, high: float) -> None:
    """Clopper and Pearson: 0.025 ** (1/200)."""
    found = interval(kept, [20] * 10)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-7)


def test_replications_without_cases_change_nothing() -> None:
    kept, cases = np.array([3, 4, 5, 2]), np.array([4, 4, 6, 5])
    assert interval(kept, cases) == interval(np.append(kept, [0, 0]), np.append(cases, [0, 0]))


def test_no_cases_at_all() -> None:
    assert share_interval(np.zeros(10), np.zeros(10)) is None
    assert p_value_share(np.zeros(10), np.zeros(10), 0.9) is None


def test_one_replication_with_a_miss_says_nothing() -> None:
    assert (interval([90], [100]).low, interval([90], [100]).high) == (0.0, 1.0)
    assert p_value_share(np.array([90]), np.array([100]), 0.5) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("kept", "cases"), [([3], [2]), ([-1], [2]), ([1, 2], [3]), ([[1]], [[2]]), ([float("nan")], [1])]
)
def test_impossible_counts_are_refused(kept: object, cases: object) -> None:
    with pytest.raises(ValueError, match="0 <= kept <= cases"):
        share_interval(np.asarray(kept), np.asarray(cases))


def test_more_data_narrow_the_interval() -> None:
    kept, cases = np.array([8, 9, 10, 9, 7, 10, 9, 9, 10, 8]), np.full(10, 10)
    widths = [interval(np.tile(kept, k), np.tile(cases, k)) for k in (1, 2, 4, 8)]
    assert all(a.high - a.low > b.high - b.low for a, b in pairwise(widths))


def test_cases_that_go_together_widen_the_interval() -> None:
    cases = np.full(10, 10)
    even, clustered = interval([9] * 10, cases), interval([10] * 9 + [0], cases)
    assert even.estimate == clustered.estimate
    assert clustered.low < even.low - 0.1


@given(REPLICATIONS, LEVELS)
def test_an_interval_has_width_and_holds_its_estimate(data: tuple[np.ndarray, np.ndarray], level: float) -> None:
    found = share_interval(*data, level)
    assume(found is not None)
    assert found is not None
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.low < found.high


@given(REPLICATIONS, LEVELS, LEVELS)
def test_a_higher_level_is_wider(data: tuple[np.ndarray, np.ndarray], a: float, b: float) -> None:
    low, high = share_interval(*data, min(a, b)), share_interval(*data, max(a, b))
    assume(low is not None)
    assert low is not None
    assert high is not None
    assert high.low <= low.low + 1e-12
    assert low.high <= high.high + 1e-12


@given(REPLICATIONS, LEVELS)
def test_misses_mirror_hits(data: tuple[np.ndarray, np.ndarray], level: float) -> None:
    kept, cases = data
    found, mirrored = share_interval(kept, cases, level), share_interval(cases - kept, cases, level)
    assume(found is not None)
    assert found is not None
    assert mirrored is not None
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((found.low, found.high), abs=1e-9)


@given(REPLICATIONS, LEVELS)
def test_never_narrower_than_independent_cases(data: tuple[np.ndarray, np.ndarray], level: float) -> None:
    kept, cases = data
    found = share_interval(kept, cases, level)
    assume(found is not None and 0 < kept.sum() < cases.sum())
    assert found is not None
    wilson = stats.binomtest(int(kept.sum()), int(cases.sum())).proportion_ci(level, method="wilson")
    assert found.low <= wilson.low + 1e-9
    assert found.high >= wilson.high - 1e-9


@given(REPLICATIONS, LEVELS)
def test_p_values_turn_the_bounds_around(data: tuple[np.ndarray, np.ndarray], level: float) -> None:
    """A target at the lower bound has the p-value (1 - level)/2 for the promise; likewise at the upper bound."""
    found = share_interval(*data, level)
    assume(found is not None)
    assert found is not None
    if found.low > 1e-6:
        assert p_value_share(*data, found.low)[0] == pytest.approx((1 - level) / 2, rel=1e-5)  # type: ignore[index]
    if found.high < 1 - 1e-6:
        assert p_value_share(*data, found.high)[1] == pytest.approx((1 - level) / 2, rel=1e-5)  # type: ignore[index]


@pytest.mark.parametrize(
    ("kept", "target", "p_values"),
    [([9, 8], 1.0, (1.0, 0.0)), ([10, 10], 1.0, (1.0, 1.0)), ([3, 4], 0.0, (0.0, 1.0)), ([0, 0], 0.0, (0.0, 1.0))],
)
def test_targets_of_all_and_nothing(kept: list[int], target: float, p_values: tuple[float, float]) -> None:
    assert p_value_share(np.array(kept), np.array([10, 10]), target) == p_values


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=10, max_size=15), LEVELS)
def test_many_shares_at_once_are_as_one_by_one(kept: list[list[int]], level: float) -> None:
    cases = np.maximum(np.array(kept, np.float64), [5, 3, 0, 1])
    together = share_intervals(np.array(kept, np.float64), cases, level)
    for found, column, total in zip(together, np.array(kept).T, cases.T, strict=True):
        alone = share_interval(column, total, level)
        assert (found is None) == (alone is None)
        if found is not None and alone is not None:
            assert (found.estimate, found.n) == (alone.estimate, alone.n)
            assert (found.low, found.high) == pytest.approx((alone.low, alone.high), abs=1e-12)


def test_members_of_a_family_may_have_different_replications() -> None:
    """The shorter ones are filled up with replications without cases, which change nothing."""
    good, tens = np.full(10, 10), np.full(10, 10)
    longer = np.append(good, [10, 10]), np.append(tens, [10, 10])
    assert decide_family([(good, tens), longer], 0.9) == ["holds", "holds"]
    with pytest.raises(ValueError, match="pair up"):
        decide_family([(good, tens[:9])], 0.9)
