"""Intervals of means and ratios, and the number of replications: known answers and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simsvc.stats import FEWEST, Interval, mean_interval, ratio_interval, replications_needed
from simsvc.stats.spread import degrees_of_freedom

# Ten mean delays of a bank and their 90 % interval 2.03 ± 0.32 (Law, Simulation Modeling and Analysis, section 9.4.1).
BANK = [1.53, 1.66, 1.24, 2.34, 2.00, 1.69, 2.69, 2.86, 1.70, 2.60]
NUMBERS = st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20)


def mean(values: object, level: float = 0.95) -> Interval:
    found = mean_interval(np.asarray(values, float), level)
    assert found is not None
    return found


def test_a_textbook_mean() -> None:
    found = mean(BANK, 0.90)
    assert (round(found.estimate, 2), found.n) == (2.03, 10)
    assert (round(found.low, 2), round(found.high, 2)) == (1.71, 2.35)


def test_a_mean_of_short_tails_is_students_t() -> None:
    assert (mean(BANK).low, mean(BANK).high) == pytest.approx(stats.t.interval(0.95, 9, np.mean(BANK), stats.sem(BANK)))


def test_long_tails_widen_the_interval() -> None:
    tailed = [1.0] * 9 + [5.0]
    plain = stats.t.interval(0.95, 9, np.mean(tailed), stats.sem(tailed))
    assert mean(tailed).high > plain[1]


def test_degrees_of_freedom_by_hand() -> None:
    """Ten values of which one stands out have the largest kurtosis, G2 + 3 = 13; with 6 left out 20 / (7 - 7/9)."""
    residuals = np.array([-0.1] * 9 + [0.9])[:, None]
    assert degrees_of_freedom(residuals, np.array([10.0])) == pytest.approx(3), "20 / (13 - 7/9) is less"
    assert degrees_of_freedom(residuals, np.array([10.0]), 6.0) == pytest.approx(20 / (7 - 7 / 9))
    even = np.array([-1.0, 1.0] * 5)[:, None]
    assert degrees_of_freedom(even, np.array([10.0])) == pytest.approx(9)


def test_nothing_and_one_value() -> None:
    assert mean_interval([]) is None
    assert mean_interval([math.nan]) is None
    assert mean([3.0]) == Interval(3.0, -math.inf, math.inf, 1)
    assert mean([3.0, math.nan, 5.0]).n == 2


def test_a_constant_has_no_spread() -> None:
    assert mean([2.0, 2.0, 2.0]) == Interval(2.0, 2.0, 2.0, 3)


@given(NUMBERS, st.floats(0.5, 2), st.floats(-10, 10))
def test_a_mean_moves_with_its_unit(values: list[float], scale: float, shift: float) -> None:
    found, moved = mean(values), mean(scale * np.array(values) + shift)
    assert (moved.low, moved.high) == pytest.approx((scale * found.low + shift, scale * found.high + shift), abs=1e-6)


@given(NUMBERS, st.floats(0.5, 0.99), st.floats(0.5, 0.99))
def test_a_higher_level_is_wider(values: list[float], a: float, b: float) -> None:
    low, high = mean(values, min(a, b)), mean(values, max(a, b))
    assert high.low <= low.low <= low.estimate <= low.high <= high.high


def test_a_ratio_by_hand() -> None:
    """Sums 12 and 6: ratio 2, residuals 1, -1, 0, error sqrt(2 * 3/2) / 6, two degrees of freedom."""
    found = ratio_interval([3, 3, 6], [1, 2, 3])
    assert found is not None
    half = stats.t.ppf(0.975, 2) * math.sqrt(3) / 6
    assert (found.estimate, found.n) == (2.0, 3)
    assert (found.low, found.high) == pytest.approx((2 - half, 2 + half))


def test_a_ratio_of_equal_denominators_is_a_mean() -> None:
    found = ratio_interval(np.array(BANK) * 4, np.full(10, 4))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((mean(BANK).low, mean(BANK).high))


def test_a_ratio_without_denominators() -> None:
    assert ratio_interval([0, 0], [0, 0]) is None
    assert ratio_interval([3, 0], [1, 0]) == Interval(3.0, -math.inf, math.inf, 1)
    assert ratio_interval([3, 3, 6, 0], [1, 2, 3, 0]) == ratio_interval([3, 3, 6], [1, 2, 3])


@pytest.mark.parametrize(("numerators", "denominators"), [([1], [1, 2]), ([1, 1], [1, -1]), ([1], [math.nan])])
def test_a_ratio_that_makes_no_sense_is_refused(numerators: list[float], denominators: list[float]) -> None:
    with pytest.raises(ValueError, match="denominators"):
        ratio_interval(numerators, denominators)


def test_replications_needed_by_hand() -> None:
    """Standard deviation 1 and ± 0.5: 18 replications, as t² / 0.25 is 17.8 for 17 degrees of freedom, 17.98 for 16."""
    pilot = np.array([-1.0, 1.0, 0.0])
    assert replications_needed(pilot, 0.5) == 18
    assert replications_needed(pilot, 100.0) == FEWEST


@given(st.floats(0.01, 3), st.floats(0.01, 3))
def test_a_narrower_wish_takes_more_replications(a: float, b: float) -> None:
    assert replications_needed(BANK, min(a, b)) >= replications_needed(BANK, max(a, b))


@pytest.mark.parametrize(("values", "half_width"), [([1.0], 0.1), ([1.0, 2.0], 0.0)])
def test_replications_needed_refuses_what_it_cannot_know(values: list[float], half_width: float) -> None:
    with pytest.raises(ValueError, match="half-width"):
        replications_needed(values, half_width)
