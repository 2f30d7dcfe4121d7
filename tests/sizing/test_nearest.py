"""The nearest promise that can be kept: grids of limits and shares, worked by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from simsvc.measures import STEPS, Binned
from simsvc.sizing.nearest import LONGEST, ladder, largest, limits, room, shortest, spare, within
from tests.tiny import DAY, HOUR, MINUTE, Tiny


def binned(needed: dict[int, int]) -> Binned:
    """Times needed of one replication: cases by bin."""
    bins = sorted({0, STEPS + 1, *needed})
    return Binned(np.array(bins), np.array([[needed.get(b, 0) for b in bins]]))


VISIT = Tiny.part("time_to_site", limit="2 h")
"""Bins of a minute."""


def test_a_third_of_the_permitted_misses_is_left_to_queues() -> None:
    assert room(0.7) == pytest.approx(0.8)
    assert room(0.95) == pytest.approx(0.95 + 0.05 / 3)


def test_where_cases_are_few_a_proof_asks_for_more_room() -> None:
    # To be shown 96.8 % of the few; a sixth of 3.2 % is left to queues.
    assert room(0.95) + spare(0.95, 0.968) == pytest.approx(0.968 + 0.032 / 6)
    assert spare(0.95, 0.955) == 0.0, "a third of the permitted misses is more"
    assert spare(1.0, 1.0) == 0.0


@pytest.mark.parametrize(
    ("asked", "following"),
    [
        ("5 min", [6 * MINUTE, 7 * MINUTE]),
        ("14 min", [15 * MINUTE, 20 * MINUTE]),
        ("2 h", [2.25 * HOUR, 2.5 * HOUR]),
        ("130 min", [2.25 * HOUR, 2.5 * HOUR]),
        ("6 h", [7 * HOUR, 8 * HOUR]),
        ("1 d", [1.5 * DAY, 2 * DAY]),
        ("5 d", [6 * DAY, 7 * DAY]),
    ],
)
def test_longer_limits_are_round_figures(asked: str, following: list[float]) -> None:
    found = limits(Tiny.part("time_to_site", limit=asked))

    assert list(found[1:3]) == following
    assert found[-1] <= LONGEST * found[0]
    assert all(a < b for a, b in itertools.pairwise(found))


def test_days_grow_by_days_and_no_limit_has_none() -> None:
    assert limits(Tiny.part("delivered", days=0)) == tuple(range(13))
    assert limits(Tiny.part("delivered", days=2)) == tuple(range(2, 25))
    assert limits(Tiny.part("planned_done")) == ()


def test_share_within_another_limit() -> None:
    needed = binned({90: 6, 121: 2, 150: 1, STEPS + 1: 1})

    assert within(VISIT, needed, 2 * HOUR) == 0.6
    # What needed more than 120 and up to 121 minutes is not within 120.5.
    assert within(VISIT, needed, 2 * HOUR + 30) == 0.6
    assert within(VISIT, needed, 121 * MINUTE) == 0.8
    assert within(VISIT, needed, 24 * HOUR) == 0.9, "later or never is within no limit"
    assert within(VISIT, binned({}), HOUR) == 1.0, "nothing is late where there is nothing"


def test_shortest_limit_that_helps_every_column() -> None:
    near, far = binned({60: 90, 140: 10}), binned({60: 90, 200: 10})
    never = binned({60: 50, STEPS + 1: 50})

    assert shortest(VISIT, [near], 0.9) == 2 * HOUR, "the limit itself, if that does"
    assert shortest(VISIT, [near], 0.95) == 2.5 * HOUR
    assert shortest(VISIT, [near, far], 0.95) == 3.5 * HOUR
    assert shortest(VISIT, [near, far, never], 0.95) is None
    days = Tiny.part("delivered", days=1)
    assert shortest(days, [binned({0: 5, 3: 5})], 0.95) == 3


def test_largest_share_with_room() -> None:
    assert ladder(0.95) == (0.90, 0.85, 0.80, 0.70, 0.60, 0.50)
    assert ladder(1.0)[0] == 0.98
    # 90 % asks for 93.3 %, 85 % for 90 %.
    assert largest([0.94, 0.99], 0.95) == 0.90
    assert largest([0.93, 0.99], 0.95) == 0.85
    assert largest([0.66], 0.95) is None
    assert largest([], 0.95) == 0.90
