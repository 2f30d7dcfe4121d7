"""Queueing formulas: textbook values, limits, and each against the others."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.analytic import erlang_b, erlang_c, mg1_wait, mmc_wait, mmc_wait_exceeds, priority_waits

SERVERS, SHARE = st.integers(1, 40), st.floats(0.01, 0.99)


@given(st.integers(0, 40), st.floats(0, 60))
def test_erlang_b_is_the_truncated_poisson(servers: int, load: float) -> None:
    terms = [load**k / math.factorial(k) for k in range(servers + 1)]
    assert erlang_b(servers, load) == pytest.approx(terms[-1] / sum(terms), abs=1e-12)


def test_erlang_b_by_hand() -> None:
    assert erlang_b(0, 2.0) == 1.0
    assert erlang_b(1, 1.0) == pytest.approx(1 / 2)
    assert erlang_b(2, 1.0) == pytest.approx(1 / 5)
    assert erlang_b(10, 5.0) == pytest.approx(0.0184, abs=5e-5)  # tables of the Erlang loss formula
    assert erlang_b(3, 0.0) == 0.0


@pytest.mark.parametrize(("servers", "load"), [(-1, 1.0), (1, -1.0), (1, math.inf), (1, math.nan)])
def test_impossible_loads_are_refused(servers: int, load: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        erlang_b(servers, load)


def test_a_call_centre() -> None:
    """200 calls an hour of 3 minutes, 14 agents: 17.4 % wait, 88.8 % are answered in 20 s, the mean wait is 7.8 s."""
    rate, talk = 200 / 3600, 180.0
    assert erlang_c(14, rate * talk) == pytest.approx(0.174, abs=5e-4)
    assert 1 - mmc_wait_exceeds(14, rate, talk, 20) == pytest.approx(0.888, abs=5e-4)
    assert mmc_wait(14, rate, talk) == pytest.approx(7.8, abs=0.05)


def test_two_servers_by_hand() -> None:
    """a = 1, c = 2: C = 1/3 and the mean wait is a third of a service."""
    assert erlang_c(2, 1.0) == pytest.approx(1 / 3)
    assert mmc_wait(2, 0.1, 10.0) == pytest.approx(10 / 3)
    assert mmc_wait_exceeds(2, 0.1, 10.0, 10.0) == pytest.approx(math.exp(-1) / 3)


@given(SHARE, st.floats(0.1, 100))
def test_one_exponential_server_is_pollaczek_khinchine_with_cv_1(load: float, service: float) -> None:
    assert mmc_wait(1, load / service, service) == pytest.approx(mg1_wait(load / service, service, 1.0))


@given(SERVERS, SHARE, st.floats(0.1, 100))
def test_the_mean_wait_is_the_integral_of_its_tail(servers: int, share: float, service: float) -> None:
    rate = share * servers / service
    at_all = mmc_wait_exceeds(servers, rate, service, 0.0)
    decay = math.log(at_all / mmc_wait_exceeds(servers, rate, service, service)) / service
    assert at_all == pytest.approx(erlang_c(servers, rate * service))
    assert mmc_wait(servers, rate, service) == pytest.approx(at_all / decay)


@given(SERVERS, SHARE)
def test_more_servers_wait_less_and_waiting_is_likelier_than_loss(servers: int, share: float) -> None:
    load = share * servers
    assert erlang_b(servers, load) <= erlang_c(servers, load) <= 1
    assert mmc_wait(servers + 1, load, 1.0) < mmc_wait(servers, load, 1.0)


def test_overload_waits_for_ever() -> None:
    assert (erlang_c(2, 2.0), mmc_wait(2, 2.0, 1.0), mmc_wait_exceeds(2, 3.0, 1.0, 5.0)) == (1.0, math.inf, 1.0)
    assert mg1_wait(1.0, 1.0, 0.0) == math.inf


def test_constant_service_halves_the_wait() -> None:
    assert mg1_wait(0.8, 1.0, 0.0) == pytest.approx(2.0)
    assert mg1_wait(0.8, 1.0, 1.0) == pytest.approx(4.0)


def test_priorities_by_hand() -> None:
    """Loads 0.3 and 0.5 of unit services: residual work 0.8, waits 0.8/0.7 and 0.8/(0.7 x 0.2)."""
    assert priority_waits((0.3, 0.5), (1.0, 1.0)) == pytest.approx((0.8 / 0.7, 0.8 / 0.14))


@given(SHARE, SHARE, st.floats(0.1, 10), st.floats(0.1, 10))
def test_priorities_share_out_the_same_work(load: float, split: float, a: float, b: float) -> None:
    """Kleinrock's conservation law: waits weighted with loads are those without priorities; a class alone is M/M/1."""
    loads = (load * split, load * (1 - split))
    rates = (loads[0] / a, loads[1] / b)
    first, second = priority_waits(rates, (a, b))
    residual = rates[0] * a**2 + rates[1] * b**2
    assert loads[0] * first + loads[1] * second == pytest.approx(load * residual / (1 - load))
    assert first < second
    assert priority_waits((rates[0], 0.0), (a, b))[0] == pytest.approx(mmc_wait(1, rates[0], a))
    assert priority_waits((0.0, rates[1]), (a, b))[1] == pytest.approx(mmc_wait(1, rates[1], b))


def test_priorities_under_overload() -> None:
    """The first class still gets through behind one job of the second; the wait grows into it without a jump."""
    first, second = priority_waits((0.3, 2.0), (1.0, 1.0))
    assert (first, second) == (pytest.approx(1.0 / 0.7), math.inf)
    assert priority_waits((0.3, 0.7 - 1e-9), (1.0, 1.0))[0] == pytest.approx(first)
    assert priority_waits((1.0, 0.1), (1.0, 1.0)) == (math.inf, math.inf)
