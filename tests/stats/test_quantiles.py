"""How far single replications lie apart."""

from __future__ import annotations

import numpy as np
import pytest

from simsvc.stats import middle_range, middle_ranges


def test_the_range_of_nine_in_ten_by_hand() -> None:
    """0 to 20 in steps of 1: the 5 % quantile is the second, the 95 % quantile the last but one."""
    assert middle_range(np.arange(21.0), np.ones(21)) == pytest.approx((1, 19))
    assert middle_range(2 * np.arange(21.0)[::-1], np.full(21, 4)) == pytest.approx((0.5, 9.5))


def test_few_replications_and_those_that_say_nothing_tell_no_range() -> None:
    assert middle_range(np.ones(19), np.ones(19)) is None
    assert middle_range(np.ones(20), np.ones(20)) == (1.0, 1.0)
    assert middle_range(np.ones(30), np.append(np.ones(19), np.zeros(11))) is None


def test_many_ratios_at_once_are_as_one_by_one() -> None:
    luck = np.random.default_rng(1)
    top, bottom = luck.random((30, 6)), luck.integers(0, 4, (30, 6)).astype(float)
    bottom[:, 0], bottom[12:, 1] = 1, 0
    found = middle_ranges(top, bottom)
    assert found == [middle_range(top[:, k], bottom[:, k]) for k in range(6)]
    assert found[0] is not None
    assert found[1] is None
