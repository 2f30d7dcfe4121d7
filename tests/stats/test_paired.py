"""Differences of two plans under the same luck: intervals that cover, the gain of pairing, replications still needed.

1,000 studies a case; 927 to 970 of 95 % intervals must cover (a false alarm once in a thousand).
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simsvc.stats import paired_ratio
from simsvc.stats.paired import decided

STUDIES = 1000
ONES = np.ones(12)


def test_with_one_case_a_replication_it_is_the_paired_t_interval() -> None:
    """Values without long tails, for which the degrees of freedom are those of the textbook."""
    a = np.array([1.0, 4.0, 2.0, 5.0, 3.0, 6.0, 2.5, 4.5, 1.5, 5.5, 3.5, 2.0])
    b = a + np.tile([1.0, -1.0], 6) + 0.25
    found = paired_ratio((a, ONES), (b, ONES))
    textbook = stats.ttest_rel(b, a)
    low, high = textbook.confidence_interval(0.95)
    assert found is not None
    assert (found.difference, found.low, found.high) == pytest.approx((0.25, low, high))
    assert found.p_value == pytest.approx(textbook.pvalue)
    assert found.gain == pytest.approx((a.var() + b.var()) / (b - a).var())


def test_replications_needed_are_those_at_which_the_half_width_falls_below_the_difference() -> None:
    spread = np.tile([1.0, -1.0], 6)
    found = paired_ratio((np.zeros(12), ONES), (spread + 0.25, ONES))
    assert found is not None
    assert found.needed is not None
    deviation = spread.std(ddof=1)
    widths = [stats.t.ppf(0.975, n - 1) * deviation / np.sqrt(n) for n in (found.needed - 1, found.needed)]
    assert widths[0] > 0.25 >= widths[1]


@pytest.mark.parametrize("level", [0.9, 0.95])
@pytest.mark.parametrize("common", [0.0, 0.9])
def test_the_interval_covers_with_and_without_common_luck(common: float, level: float) -> None:
    """Means per case of replications that differ in size; the second plan is 0.1 better."""
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(STUDIES):
        cases = rng.poisson(50, 20) + 1
        luck, own = rng.normal(size=20), rng.normal(size=(2, 20))
        first, second = (cases * (np.sqrt(common) * luck + np.sqrt(1 - common) * o) for o in own)
        found = paired_ratio((first, cases), (second + 0.1 * cases, cases), level)
        assert found is not None
        covered += found.low <= 0.1 <= found.high
    allowed = {0.9: (868, 928), 0.95: (927, 970)}[level]
    assert allowed[0] <= covered <= allowed[1]


def test_common_luck_gains_what_theory_says() -> None:
    """With correlation r of two plans of equal variance the variance falls by 1 / (1 - r)."""
    rng = np.random.default_rng(4)
    luck, own = rng.normal(size=4000), rng.normal(size=(2, 4000))
    first, second = (np.sqrt(0.9) * luck + np.sqrt(0.1) * o for o in own)
    ones = np.ones(4000)
    shared, alone = paired_ratio((first, ones), (second, ones)), paired_ratio((own[0], ones), (own[1], ones))
    assert shared is not None
    assert alone is not None
    assert shared.gain == pytest.approx(10, rel=0.1)
    assert alone.gain == pytest.approx(1, rel=0.1)


def test_shares_without_any_change_are_known_as_well_as_their_cases_allow() -> None:
    """No case of 600 changed: the share of cases that change is below 1 - 0.025^(1/600), rule of three and a bit."""
    kept, cases = np.full(12, 45.0), np.full(12, 50.0)
    found = paired_ratio((kept, cases), (kept, cases), share=True)
    assert found is not None
    bound = 1 - 0.025 ** (1 / 600)
    assert (found.difference, found.low, found.high) == pytest.approx((0.0, -bound, bound))
    assert (found.gain, found.needed, found.p_value) == (None, None, 1.0)
    assert not decided(found)


def test_a_difference_that_is_the_same_in_every_replication_needs_no_further_one() -> None:
    a = np.arange(12.0)
    found = paired_ratio((a, ONES), (a + 2, ONES))
    assert found is not None
    assert (found.difference, found.low, found.high, found.p_value) == (2.0, 2.0, 2.0, 0.0)
    assert (found.gain, found.needed) == (None, None)
    assert decided(found)


def test_shares_cannot_differ_by_more_than_one() -> None:
    found = paired_ratio(([0, 0, 1], [1, 1, 1]), ([1, 1, 0], [1, 1, 1]), share=True)
    assert found is not None
    assert (found.low, found.high) == (-1.0, 1.0)


def test_nothing_is_decided_from_few_replications() -> None:
    nine = np.arange(9.0)
    found = paired_ratio((nine, np.ones(9)), (nine + 5, np.ones(9)))
    single = paired_ratio(([3.0], [1.0]), ([5.0], [1.0]))
    assert found is not None
    assert single is not None
    assert not decided(found)
    assert (single.difference, single.low, single.high, single.needed) == (2.0, -np.inf, np.inf, None)


def test_without_cases_in_one_plan_there_is_no_difference() -> None:
    assert paired_ratio((np.zeros(12), np.zeros(12)), (ONES, ONES)) is None


def test_a_replication_without_cases_in_either_plan_counts_for_nothing() -> None:
    a, b = np.tile([1.0, 3.0], 6), np.tile([2.0, 3.0], 6)
    empty = np.append(ONES, 0.0)
    with_one = paired_ratio((np.append(a, 0.0), empty), (np.append(b, 0.0), empty))
    assert with_one == paired_ratio((a, ONES), (b, ONES))


def test_plans_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="same replications"):
        paired_ratio((ONES, ONES), (ONES[:5], ONES[:5]))
    with pytest.raises(ValueError, match="pair up"):
        paired_ratio((ONES, -ONES), (ONES, ONES))
