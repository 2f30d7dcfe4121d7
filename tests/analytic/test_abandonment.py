"""Impatient callers and few units: by hand, a published case, limits, and the balance equations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.analytic import erlang_a, erlang_b, erlang_c, machine_repair, mmc_wait

SERVERS = st.integers(1, 30)
LOAD, PATIENCE = st.floats(0.05, 2.0), st.floats(0.01, 20.0)
"""Load per server, and patience in services."""


def stationary(up: np.ndarray, down: np.ndarray) -> np.ndarray:
    """A birth–death chain's stationary law by solving its balance equations."""
    n = len(up) + 1
    q = np.zeros((n, n))
    q[np.arange(n - 1), np.arange(1, n)], q[np.arange(1, n), np.arange(n - 1)] = up, down
    np.fill_diagonal(q, -q.sum(axis=1))
    a = np.vstack((q.T, np.ones(n)))
    return np.linalg.lstsq(a, np.append(np.zeros(n), 1.0), rcond=None)[0]


@given(st.integers(1, 6), LOAD, st.floats(0.05, 2.0))
def test_erlang_a_solves_the_balance_equations(servers: int, load: float, patience: float) -> None:
    rate, levels = load * servers, np.arange(1, 121)
    down = np.minimum(levels, servers) + np.maximum(levels - servers, 0) / patience
    p = stationary(np.full(120, rate), down)
    queue = np.maximum(np.arange(121) - servers, 0) @ p
    found = erlang_a(servers, rate, 1.0, patience)
    assert found.waits == pytest.approx(p[servers:].sum(), abs=1e-9)
    assert found.wait == pytest.approx(queue / rate, abs=1e-9)
    # Whoever doesn't hang up is served: what the agents do is what is left.
    assert 1 - found.abandoned == pytest.approx(np.minimum(np.arange(121), servers) @ p / rate, abs=1e-9)


def test_one_agent_whose_callers_stay_as_long_as_a_service_takes() -> None:
    """Patience = service = 1: the number there is Poisson, as if everyone had an agent; a = 1 gives 1/e."""
    found = erlang_a(1, 1.0, 1.0, 1.0)
    assert found.waits == pytest.approx(1 - math.exp(-1))
    assert found.abandoned == pytest.approx(math.exp(-1))
    assert found.wait == pytest.approx(math.exp(-1))


def test_a_published_call_centre() -> None:
    """Garnett, Mandelbaum and Reiman 2002, table 1: 50 agents, 48 calls a minute of a minute each, two minutes'
    patience: 3.1 % hang up, the mean wait is 3.7 s; without hanging up it would be 20.8 s."""
    found = erlang_a(50, 48.0, 1.0, 2.0)
    assert found.abandoned == pytest.approx(0.031, abs=5e-4)
    assert 60 * found.wait == pytest.approx(3.7, abs=0.05)
    assert 60 * erlang_a(50, 48.0, 1.0, math.inf).wait == pytest.approx(20.8, abs=0.05)


@given(SERVERS, st.floats(0.05, 0.9), st.floats(0.1, 100.0))
def test_endless_patience_is_erlang_c(servers: int, load: float, service: float) -> None:
    rate = load * servers / service
    for patience in (math.inf, 1e9 * service):
        found = erlang_a(servers, rate, service, patience)
        assert found.waits == pytest.approx(erlang_c(servers, rate * service), rel=1e-5)
        assert found.wait == pytest.approx(mmc_wait(servers, rate, service), rel=1e-5)
        assert found.abandoned == pytest.approx(0.0, abs=1e-6)
    assert erlang_a(servers, 1.5 * servers / service, service, math.inf).wait == math.inf


@given(SERVERS, LOAD, st.floats(0.1, 100.0))
def test_no_patience_is_erlang_b(servers: int, load: float, service: float) -> None:
    lost = erlang_b(servers, load * servers)
    for patience in (0.0, 1e-9 * service):
        found = erlang_a(servers, load * servers / service, service, patience)
        assert found.abandoned == pytest.approx(lost, rel=1e-6)
        assert found.waits == pytest.approx(lost, rel=1e-6)
        assert found.wait == pytest.approx(0.0, abs=1e-6 * service)


@given(SERVERS, LOAD, PATIENCE)
def test_hanging_up_is_waiting_over_patience_and_more_agents_lose_fewer(servers: int, load: float, p: float) -> None:
    found, more = (erlang_a(c, load * servers, 1.0, p) for c in (servers, servers + 1))
    assert found.abandoned == pytest.approx(found.wait / p)
    assert found.abandoned <= found.waits <= 1
    assert more.abandoned < found.abandoned
    assert more.wait < found.wait


def test_heavy_overload_neither_overflows_nor_loses_a_call() -> None:
    """A hundred times too many calls, long patience: the agents are always busy and all others hang up."""
    found = erlang_a(10, 1000.0, 1.0, 100.0)
    assert found.abandoned == pytest.approx(0.99, rel=1e-9)
    assert found.waits == pytest.approx(1.0)


def test_no_calls() -> None:
    found = erlang_a(3, 0.0, 1.0, 1.0)
    assert (found.waits, found.abandoned, found.wait) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("bad", [(0, 1, 1, 1), (1, -1, 1, 1), (1, 1, 0, 1), (1, 1, 1, -1), (1, 1, 1, math.nan)])
def test_impossible_queues_are_refused(bad: tuple[int, float, float, float]) -> None:
    with pytest.raises(ValueError, match="at least"):
        erlang_a(*bad)


def test_three_machines_by_hand() -> None:
    """One mender, failures as fast as repairs: 1 : 3 : 6 : 6 for 0 to 3 down."""
    assert machine_repair(3, 1, 1.0, 1.0) == pytest.approx(33 / 16)


@given(st.integers(0, 40), st.integers(1, 5), st.floats(0.01, 5.0), st.floats(0.1, 10.0))
def test_machine_repair_solves_the_balance_equations(units: int, servers: int, load: float, service: float) -> None:
    rate, levels = load / service, np.arange(1, units + 1)
    p = stationary(rate * (units - levels + 1.0), np.minimum(levels, servers) / service)
    found = machine_repair(units, servers, rate, service)
    assert found == pytest.approx(np.arange(units + 1) @ p, abs=1e-8)


@given(st.integers(1, 40), st.floats(0.01, 5.0))
def test_a_mender_for_each_machine_is_one_machine_many_times(units: int, load: float) -> None:
    assert machine_repair(units, units, load, 1.0) == pytest.approx(units * load / (1 + load))


def test_many_units_that_hardly_fail_are_a_poisson_source() -> None:
    """The mean number in M/M/c is its load and what Erlang C leaves waiting."""
    exact = 1.6 + 1.6 * mmc_wait(2, 1.6, 1.0)
    assert machine_repair(10**6, 2, 1.6e-6, 1.0) == pytest.approx(exact, rel=1e-3)


@pytest.mark.parametrize("bad", [(-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, -1, 1), (1, 1, 1, math.inf)])
def test_impossible_machines_are_refused(bad: tuple[int, int, float, float]) -> None:
    with pytest.raises(ValueError, match="at least"):
        machine_repair(*bad)
