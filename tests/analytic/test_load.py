"""Offered load by the hour: closed forms of Eick, Massey and Whitt, and their laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simsvc.analytic.load import constant, exponential, lognormal, offered_load, sample

DAY = 24.0


def sinusoid(steps: int, level: float, swing: float) -> np.ndarray:
    """Mean rate in each step of a day of ``level`` + ``swing`` sin(2πt/24)."""
    edges = np.arange(steps + 1) * DAY / steps
    gamma = 2 * np.pi / DAY
    return level - swing * np.diff(np.cos(gamma * edges)) / gamma * steps / DAY


@pytest.mark.parametrize("mean", [0.5, 3.0, 12.0])
def test_sinusoidal_rate_and_exponential_services(mean: float) -> None:
    """Eick, Massey and Whitt 1993 (Management Science), eq. 15: the load follows the rate damped and late:
    level·m + swing·m/(1 + γ²m²) (sin γt − γm cos γt)."""
    steps, gamma = 960, 2 * np.pi / DAY
    found = offered_load(sinusoid(steps, 10.0, 6.0), mean, exponential(mean), DAY / steps)
    t = np.arange(1, steps + 1) * DAY / steps
    lag = gamma * mean
    exact = mean * (10.0 + 6.0 / (1 + lag**2) * (np.sin(gamma * t) - lag * np.cos(gamma * t)))
    assert found == pytest.approx(exact, rel=1e-4)


@pytest.mark.parametrize("mean", [0.5, 3.0, 30.0])
def test_sinusoidal_rate_and_constant_services(mean: float) -> None:
    """All who came in the last ``mean``: ∫ of the rate; services may outlast the cycle."""
    steps, gamma = 960, 2 * np.pi / DAY
    found = offered_load(sinusoid(steps, 10.0, 6.0), mean, constant(mean), DAY / steps)
    t = np.arange(1, steps + 1) * DAY / steps
    exact = 10.0 * mean - 6.0 * (np.cos(gamma * t) - np.cos(gamma * (t - mean))) / gamma
    assert found == pytest.approx(exact, rel=1e-9)


@given(
    st.lists(st.floats(0.0, 20.0), min_size=1, max_size=30),
    st.floats(0.05, 40.0),
    st.sampled_from(["constant", "exponential", "lognormal"]),
)
def test_the_mean_load_is_rate_times_service(rates: list[float], mean: float, kind: str) -> None:
    """Whatever the distribution (Little); with a rate that never changes it is the load at all times."""
    limited = {"constant": constant(mean), "exponential": exponential(mean), "lognormal": lognormal(mean, 1.2)}[kind]
    even = offered_load([7.0] * len(rates), mean, limited)
    assert even == pytest.approx(7.0 * mean, rel=1e-6)
    if kind == "exponential":
        # The load obeys m' = rate − m/mean in each step.
        found = offered_load(rates, mean, limited)
        fade = np.exp(-1 / mean)
        stepped = np.roll(found, 1) * fade + np.array(rates) * mean * (1 - fade)
        assert found == pytest.approx(stepped, rel=1e-6, abs=1e-9)


def test_a_burst_in_the_last_hour_is_there_in_the_first_of_the_next_week() -> None:
    rates = np.zeros(168)
    rates[167] = 4.0
    found = offered_load(rates, 2.0, constant(2.0))
    assert found[[166, 167, 0, 1]].tolist() == pytest.approx([0.0, 4.0, 4.0, 0.0])


def test_the_part_of_a_service_that_lies_before_a_moment() -> None:
    """A sample by hand; a large lognormal sample agrees with the formula; nothing lies before 0, in the end all."""
    assert sample([1.0, 4.0])(np.array([0.0, 0.5, 2.0, 9.0])).tolist() == [0.0, 0.5, 1.5, 2.5]
    quantiles = (np.arange(200_000) + 0.5) / 200_000
    sigma = np.sqrt(np.log(1 + 0.8**2))
    values = stats.lognorm.ppf(quantiles, sigma, scale=3.0 * np.exp(-(sigma**2) / 2))
    x = np.array([0.0, 0.3, 1.0, 3.0, 10.0, 200.0])
    assert lognormal(3.0, 0.8)(x) == pytest.approx(sample(values)(x), abs=2e-4)


@pytest.mark.parametrize("rates", [[], [-1.0], [np.inf], [[1.0]]])
def test_rates_that_make_no_sense_are_refused(rates: list[float]) -> None:
    with pytest.raises(ValueError, match="rates must be"):
        offered_load(rates, 1.0, exponential(1.0))


def test_services_that_never_end_are_refused() -> None:
    with pytest.raises(ValueError, match="mean must be"):
        offered_load([1.0], np.inf, exponential(1.0))
