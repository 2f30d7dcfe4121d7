"""The fewest who keep a promise on waiting: published examples, a Markov chain solved by itself, and every number."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg

from simsvc.analytic import erlang_a, erlang_c, mmc_wait_exceeds
from simsvc.analytic.staffing import (
    answered_within,
    by_shift,
    least,
    least_servers,
    least_with_few_waiting,
)

INFINITE = math.inf


def test_the_call_centre_of_garnett_mandelbaum_and_reiman() -> None:
    """Designing a call center with impatient customers, 2002, table 1: 50 agents, 48 calls a minute of a minute each;
    90th percentile of the wait 58.1 s without, 3.1 % hang up with a patience of two minutes."""
    assert answered_within(50, 48.0, 1.0, 58.1 / 60) == pytest.approx(0.9, abs=5e-4)
    assert answered_within(50, 48.0, 1.0, 60.0, 2.0) == pytest.approx(1 - 0.031, abs=5e-4)


def test_a_small_call_centre_by_hand() -> None:
    """A call a minute of five minutes each: of 8 agents' callers 0.1673 wait (tables of Erlang C), of those e^(−3/15)
    more than 20 s; so 86 % are answered by then, and 80 % with no fewer agents."""
    assert answered_within(8, 1.0, 5.0, 1 / 3) == pytest.approx(1 - 0.1673 * np.exp(-0.2), abs=5e-5)
    assert least_servers(1.0, 5.0, 1 / 3, 0.8) == 8
    assert least_servers(1.0, 5.0, 1 / 3, 0.9) == 9


@pytest.mark.parametrize(
    ("servers", "rate", "patience", "limit"),
    [(1, 0.7, 2.0, 0.5), (3, 4.0, 0.6, 0.2), (3, 2.0, 30.0, 1.0), (5, 9.0, 1.5, 2.0), (2, 1.0, 1.0, 0.0)],
)
def test_answered_in_time_against_the_chain_of_one_caller(
    servers: int, rate: float, patience: float, limit: float
) -> None:
    """Who finds n ahead of him in the queue moves up as somebody is served or hangs up, or hangs up himself: a chain
    whose transient states are his place; the stationary law of what he finds by birth and death."""
    size = 120
    weights = np.ones(size)
    for n in range(1, size):
        weights[n] = weights[n - 1] * rate / (min(n, servers) + max(n - servers, 0) / patience)
    weights /= weights.sum()
    most = size - servers
    places = np.zeros((most + 2, most + 2))  # places 0 … most − 1 in the queue, then served, then gone
    for k in range(most):
        ahead = servers + k / patience
        places[k, k - 1 if k else most] += ahead
        places[k, most + 1] += 1 / patience
        places[k, k] -= ahead + 1 / patience
    after = linalg.expm(places * limit)
    exact = weights[:servers].sum() + weights[servers:] @ after[:most, most]
    assert answered_within(servers, rate, 1.0, limit, patience) == pytest.approx(exact, abs=1e-9)


@given(st.integers(1, 60), st.floats(0.1, 80.0), st.floats(0.01, 500.0))
def test_in_the_end_all_are_answered_who_do_not_hang_up(servers: int, rate: float, patience: float) -> None:
    found = answered_within(servers, rate, 1.0, 1e6, patience)
    assert found == pytest.approx(1 - erlang_a(servers, rate, 1.0, patience).abandoned, abs=1e-8)
    at_once = answered_within(servers, rate, 1.0, 0.0, patience)
    assert at_once == pytest.approx(1 - erlang_a(servers, rate, 1.0, patience).waits, abs=1e-9)


@given(st.integers(1, 30), st.floats(0.1, 0.95), st.floats(0.0, 5.0))
def test_endless_patience_is_erlang_c(servers: int, use: float, limit: float) -> None:
    rate = servers * use
    exact = 1 - mmc_wait_exceeds(servers, rate, 1.0, limit)
    assert answered_within(servers, rate, 1.0, limit) == exact
    assert answered_within(servers, rate, 1.0, limit, 1e7) == pytest.approx(exact, abs=1e-3)


@given(st.floats(0.1, 40.0), st.floats(0.0, 2.0), st.floats(0.0, 0.99), st.sampled_from([0.5, 5.0, INFINITE]))
def test_one_fewer_is_too_few(rate: float, limit: float, share: float, patience: float) -> None:
    found = least_servers(rate, 1.0, limit, share, patience)
    assert answered_within(found, rate, 1.0, limit, patience) >= share
    assert found == 1 or answered_within(found - 1, rate, 1.0, limit, patience) < share


@given(st.floats(0.0, 300.0), st.floats(0.001, 1.0))
def test_few_wait_with_as_few_as_possible(load: float, share: float) -> None:
    found = least_with_few_waiting(load, share)
    assert found > load
    assert erlang_c(found, load) <= share
    assert found == 1 or found - 1 <= load or erlang_c(found - 1, load) > share


def test_each_shift_has_enough_for_its_busiest_hour() -> None:
    loads = np.array([0.5] * 8 + [5.0] * 10 + [2.0] * 6)
    day = np.arange(24) // 8 == 1
    assert by_shift(loads, [day, ~day, np.zeros(24, np.bool_)], 5.0, 1 / 3, 0.8) == [
        least_servers(1.0, 5.0, 1 / 3, 0.8),
        least_servers(1.0, 5.0, 1 / 3, 0.8),
        1,
    ]
    assert by_shift(loads, [loads == 0.5], 5.0, 1 / 3, 0.8) == [least_servers(0.1, 5.0, 1 / 3, 0.8)]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: least_servers(1.0, 1.0, 1.0, 1.0), "share"),
        (lambda: least_servers(1.0, 1.0, -1.0, 0.5), "limit"),
        (lambda: least_with_few_waiting(1.0, 0.0), "share"),
        (lambda: least(lambda _: False), "not enough"),
    ],
)
def test_what_nobody_can_keep_is_refused(call, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=words):
        call()
