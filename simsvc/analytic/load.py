"""How many are at work if nobody ever waits: offered load of arrivals whose rate goes up and down (M_t/G/∞)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Limited = Callable[[Floats], Floats]
"""E min(S, x) of a service time S, for each x: what of it lies in the first x."""

_CYCLES = 10_000


def constant(mean: float) -> Limited:
    """Of a service that takes exactly so long."""
    return lambda x: np.minimum(x, mean)


def exponential(mean: float) -> Limited:
    """Of an exponential service: m(1 − exp(−x/m))."""
    return lambda x: np.asarray(-mean * np.expm1(-x / mean))


def lognormal(mean: float, cv: float) -> Limited:
    """Of a lognormal service with that coefficient of variation, more than 0.

    m Φ(z − σ) + x Φ(−z), z = (ln x − ln m + σ²/2)/σ, σ² = ln(1 + cv²).
    """
    sigma = float(np.sqrt(np.log1p(cv**2)))

    def limited(x: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            z = (np.log(x / mean) + sigma**2 / 2) / sigma
        return np.asarray(mean * special.ndtr(z - sigma) + np.where(x > 0, x, 0.0) * special.ndtr(-z))

    return limited


def sample(values: npt.ArrayLike) -> Limited:
    """Of one of these values (one axis), each as likely."""
    found = np.sort(np.asarray(values, np.float64))
    below = np.concatenate([[0.0], np.cumsum(found)])

    def limited(x: Floats) -> Floats:
        done = np.searchsorted(found, x)
        return np.asarray((below[done] + (len(found) - done) * x) / len(found))

    return limited


def offered_load(rates: npt.ArrayLike, mean: float, limited: Limited, step: float = 1.0) -> Floats:
    """Mean number in service at the end of each step of a cycle, with as many servers as it takes.

    Parameters
    ----------
    rates : array, shape (steps,)
        Arrivals per unit of time in each step of the cycle (168 hours of a week), Poisson, the same in every cycle.
    mean : float
        Mean service time.
    limited : callable
        E min(S, x) of the service times (:func:`exponential`, :func:`lognormal`, :func:`constant`, :func:`sample`).
    step : float
        Length of a step, in the unit of the services.

    Returns
    -------
    float array, shape (steps,)
        Erlangs. The number in service is Poisson with that mean.

    Raises
    ------
    ValueError
        If a rate or the mean is negative or not finite, or services outlast 10,000 cycles.

    Notes
    -----
    m(t) = ∫ λ(t − x) P(S > x) dx: those who came x ago and are still there (Eick, Massey and Whitt 1993, The physics of
    the M_t/G/∞ queue, Operations Research 41, 731–742; M_t/G/∞ queues with sinusoidal arrival rates, Management Science
    39, 241–252). Exact for rates that are constant within a step.
    """
    rate = np.asarray(rates, np.float64)
    if rate.ndim != 1 or not rate.size or not np.isfinite(rate).all() or (rate < 0).any():
        raise ValueError(f"rates must be at least 0, one for each step (found: {rate})")
    if not 0 <= mean < np.inf or not 0 < step < np.inf:
        raise ValueError(f"mean must be at least 0 and step more than 0 (found: {mean}, {step})")
    steps = len(rate)
    ages = np.zeros(steps)
    for cycle in range(_CYCLES):
        edges = step * (cycle * steps + np.arange(steps + 1, dtype=np.float64))
        through = limited(edges)
        ages += np.diff(through)
        left = mean - float(through[-1])
        if left <= 1e-12 * mean:
            break
        # What lies further back than several cycles is spread over the cycle as good as evenly.
        if cycle >= 50 and left <= 1e-6 * mean:
            ages += left / steps
            break
    else:
        raise ValueError(f"services last longer than {_CYCLES} cycles of {steps * step:g}")
    # Who came in the step that lies j steps back: a circular convolution.
    back = (np.arange(steps)[:, None] - np.arange(steps)[None, :]) % steps
    return np.asarray(rate[back] @ ages)
