"""Stopping rule, family of counties, keepable limit: hand-worked answers and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.stats import (
    Interval,
    Plan,
    decide,
    decide_family,
    holm,
    p_value_share,
    quantile_limit,
    share_interval,
)

P_VALUES = st.lists(st.floats(0, 1), max_size=12)
TENS = np.full(10, 10)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.95, 0.97, "holds"), (0.9, 0.9499, "fails"), (0.9, 0.95, "undecided"), (0.949, 1.0, "undecided")],
)
def test_verdicts_at_their_edges(low: float, high: float, verdict: str) -> None:
    assert decide(Interval((low + high) / 2, low, high, 100), 0.95) == verdict


def test_no_interval_no_cases() -> None:
    assert decide(None, 0.95) == "no cases"


def test_the_plan_splits_its_error_evenly() -> None:
    plan = Plan()
    assert plan.looks == (10, 20, 40, 80)
    assert [plan.level(r) for r in plan.looks] == pytest.approx([0.9875] * 4)
    assert Plan((12,), 0.1).level(12) == pytest.approx(0.9)


@pytest.mark.parametrize("looks", [(), (9, 20), (10, 10), (20, 10)])
def test_a_plan_with_bad_looks_is_refused(looks: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="rise"):
        Plan(looks)


def test_other_bad_plans() -> None:
    with pytest.raises(ValueError, match="alpha"):
        Plan(alpha=0)
    with pytest.raises(ValueError, match="no look at 15"):
        Plan().level(15)


def test_holm_by_hand() -> None:
    """Smallest 0.005 x 4 = 0.02, then 0.01 x 3 = 0.03, 0.03 x 2 = 0.06, and 0.04 x 1 raised to 0.06."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.6]) == [1.0, 1.0]
    assert holm([]) == []


@given(P_VALUES)
def test_holm_lies_between_none_and_bonferroni_and_keeps_the_order(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    for p, a in zip(p_values, adjusted, strict=True):
        assert p <= a <= min(1.0, p * len(p_values)) or a == max(
            (len(p_values) - i) * q for i, q in enumerate(sorted(p_values)) if q <= p
        )
    assert [a for _, a in sorted(zip(p_values, adjusted, strict=True))] == sorted(adjusted)


@given(
    st.lists(st.integers(0, 10), min_size=10, max_size=10), st.floats(0.05, 0.99), st.sampled_from([0.01, 0.05, 0.2])
)
def test_a_family_of_one_is_decided_by_its_interval(kept: list[int], target: float, alpha: float) -> None:
    found = share_interval(np.array(kept), TENS, 1 - alpha)
    assert decide_family([(np.array(kept), TENS)], target, alpha) == [decide(found, target)]


def test_a_family_of_counties() -> None:
    good, bad, close = np.full(10, 10), np.full(10, 4), np.array([9, 10, 9, 8, 10, 9, 10, 9, 8, 10])
    none, few = np.zeros(10), (good[:9], TENS[:9])
    members = [(good, TENS), (bad, TENS), (close, TENS), (none, none), few]
    assert decide_family(members, 0.9) == ["holds", "fails", "undecided", "no cases", "undecided"]


def test_a_larger_family_is_decided_more_slowly() -> None:
    kept = np.array([10, 9, 10, 10, 9, 10, 10, 10, 10, 10])
    p_values = p_value_share(kept, TENS, 0.92)
    assert p_values is not None
    assert 0.0025 < p_values[0] < 0.05
    assert decide_family([(kept, TENS)], 0.92, 0.1) == ["holds"]
    assert decide_family([(kept, TENS)] * 20, 0.92, 0.1) == ["undecided"] * 20


def test_the_keepable_limit_by_hand() -> None:
    """Of ten times ten cases 80 come within 60, 18 more within 120, one within 180, one never."""
    counts = np.zeros((10, 4))
    counts[:, 0] = 8
    counts[:, 1] = 2
    counts[0] = [8, 1, 1, 0]
    counts[1] = [8, 1, 0, 1]
    limits = [60.0, 120.0, 180.0]
    assert [quantile_limit(counts, limits, t) for t in (0.7, 0.72, 0.9, 0.99)] == [60, 120, 120, None]
    for j, limit in enumerate(limits):
        found = share_interval(np.cumsum(counts, 1)[:, j], TENS)
        assert found is not None
        assert quantile_limit(counts, limits, found.low - 1e-9) == limit
        assert quantile_limit(counts, limits, found.low + 1e-9) != limit


def test_a_limit_holds_only_if_all_longer_ones_do() -> None:
    """All replications keep 60 in half their cases, one keeps 120 in all of them: 120 looks the less sure."""
    counts = np.tile([50, 0, 50, 0], (10, 1))
    counts[0] = [50, 50, 0, 0]
    within = [share_interval(np.cumsum(counts, 1)[:, j], np.full(10, 100)) for j in range(2)]
    assert [decide(i, 0.46) for i in within] == ["holds", "undecided"]
    assert quantile_limit(counts, [60.0, 120.0, 180.0], 0.46) == 180


def test_no_cases_have_no_limit() -> None:
    assert quantile_limit(np.zeros((10, 3)), [1.0, 2.0], 0.5) is None


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=10, max_size=12),
    st.floats(0.05, 0.95),
    st.floats(0.05, 0.95),
)
def test_a_higher_target_needs_a_longer_limit(counts: list[list[int]], a: float, b: float) -> None:
    limits = [1.0, 2.0, 3.0]
    easy, hard = (quantile_limit(counts, limits, t) for t in sorted((a, b)))
    assert hard is None or (easy is not None and easy <= hard)
    if hard is not None:
        kept = np.cumsum(counts, axis=1)[:, limits.index(hard)]
        assert decide(share_interval(kept, np.sum(counts, axis=1)), max(a, b)) == "holds"


@given(st.lists(st.lists(st.integers(0, 3), min_size=8, max_size=8), min_size=10, max_size=12), st.floats(0.0, 1.0))
def test_the_keepable_limit_is_what_trying_every_limit_gives(counts: list[list[int]], target: float) -> None:
    table, limits = np.array(counts), np.arange(1.0, 8.0)
    tried = [share_interval(np.cumsum(table, 1)[:, j], table.sum(axis=1)) for j in range(7)]
    sure = [j for j in range(7) if all(i is not None and i.low >= target for i in tried[j:])]
    assert quantile_limit(table, limits, target) == (limits[sure[0]] if sure else None)


@pytest.mark.parametrize(
    ("counts", "limits"),
    [([[1, 2]], [1.0, 2.0]), ([[1, 2, 3]], [2.0, 2.0]), ([[1, -2, 3]], [1.0, 2.0]), ([1, 2], [1.0])],
)
def test_a_histogram_that_does_not_fit_is_refused(counts: object, limits: list[float]) -> None:
    with pytest.raises(ValueError, match="one column per rising limit"):
        quantile_limit(np.array(counts), limits, 0.9)
