"""The fewest who keep a promise on waiting: Erlang C and A, alone and hour by hour of a timetable."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from scipy import special

from simsvc.analytic.abandonment import erlang_a
from simsvc.analytic.erlang import erlang_c, mmc_wait_exceeds

Floats = npt.NDArray[np.float64]

MOST = 1_000_000
"""Servers beyond which nobody looks."""
_GAUSS = special.roots_legendre(64)
_SMALL = -45.0
"""Logarithm of what counts for nothing."""


def answered_within(servers: int, rate: float, service: float, limit: float, patience: float = math.inf) -> float:
    """Share of callers whom somebody serves within ``limit``; those who hang up count as not served.

    Parameters
    ----------
    servers : int
        At least 1.
    rate : float
        Calls per unit of time.
    service, patience : float
        Mean service and mean patience in that unit, both exponential; infinite patience is M/M/c.
    limit : float
        At least 0.

    Returns
    -------
    float
        0 for an overloaded M/M/c.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    The wait v that a caller of endless patience would have has, beyond 0, a density in proportion to
    exp(λ/θ (1 − e^(−θv)) − cμv), θ = 1/patience (Baccelli and Hebuterne 1981, On queues with impatient customers, in
    Performance '81, 159–179; Zeltyn and Mandelbaum 2005, Queueing Systems 51, 361–402). Who waits v is still there with
    probability e^(−θv). Integrated by Gauss and Legendre, piece by piece.
    """
    if limit < 0 or not limit < math.inf:
        raise ValueError(f"limit must be at least 0 (found: {limit})")
    if patience == math.inf:
        return 1.0 - mmc_wait_exceeds(servers, rate, service, limit)
    waits = erlang_a(servers, rate, service, patience).waits
    if not rate or not patience:
        return 1.0 - waits
    away, speed = 1 / patience, servers / service
    top = max(0.0, math.log(rate / speed) * patience)

    def height(v: Floats | float) -> Floats:
        return np.asarray(-rate * patience * np.expm1(-away * np.asarray(v)) - speed * np.asarray(v))

    peak = float(height(top))

    def end(start: float) -> float:
        """Where the density has become nothing."""
        reach = start + 1 / speed
        while float(height(reach)) - peak > _SMALL:
            reach = start + 2 * (reach - start)
        return reach

    def area(a: float, b: float, leaving: float) -> float:
        if b <= a:
            return 0.0
        cuts = np.unique(np.clip(np.concatenate([np.linspace(0, last, 33), [top]]), a, b))
        nodes, weights = _GAUSS
        half = np.diff(cuts)[:, None] / 2
        v = cuts[:-1, None] + half * (1 + nodes)
        return float((half * weights * np.exp(height(v) - peak - leaving * v)).sum())

    last = end(top)
    whole = area(0.0, last, 0.0)
    return 1.0 - waits + waits * area(0.0, min(limit, last), away) / whole


def least_servers(rate: float, service: float, limit: float, share: float, patience: float = math.inf) -> int:
    """The fewest servers with whom at least ``share`` of the callers are served within ``limit``: Erlang C, or A.

    Parameters
    ----------
    rate, service, limit, patience : float
        As in :func:`answered_within`.
    share : float
        From 0 to below 1 (a share of 1 takes endlessly many).

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If the share is out of its range.
    """
    if not 0 <= share < 1:
        raise ValueError(f"share must be from 0 to below 1 (found: {share})")
    return least(lambda servers: answered_within(servers, rate, service, limit, patience) >= share)


def least_with_few_waiting(load: float, share: float) -> int:
    """The fewest servers with whom at most ``share`` (above 0) of the arrivals wait, by Erlang C at that load."""
    if not 0 < share <= 1 or not 0 <= load < math.inf:
        raise ValueError(f"share must be above 0 and at most 1, load at least 0 (found: {share}, {load})")
    return least(lambda servers: servers > load and erlang_c(servers, load) <= share)


def least(enough: Callable[[int], bool]) -> int:
    """The least number from 1 on that is enough, if all above an enough are: doubled, then halved.

    Raises
    ------
    ValueError
        If a million are not enough.
    """
    high = 1
    while not enough(high):
        high *= 2
        if high > MOST:
            raise ValueError(f"{MOST:,} servers are not enough")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def by_shift(
    loads: npt.ArrayLike,
    shifts: Sequence[npt.NDArray[np.bool_]],
    service: float,
    limit: float,
    share: float,
    patience: float = math.inf,
) -> list[int]:
    """Fewest servers of each shift: enough for its busiest hour as if that went on for ever.

    Parameters
    ----------
    loads : array, shape (hours,)
        Offered load (:func:`simsvc.analytic.load.offered_load`), Erlangs.
    shifts : sequence of bool arrays, shape (hours,)
        Hours that each shift serves.
    service, limit, share, patience
        As in :func:`least_servers`.

    Returns
    -------
    list of int
        At least 1 each.

    Notes
    -----
    The modified offered load: a queue with a changing rate is taken as the stationary one with the momentary load
    (Jagerman 1975, Bell System Technical Journal 54, 875–892; Green, Kolesar and Whitt 2007, Coping with time-varying
    demand when setting staffing requirements for a service system, Production and Operations Management 16, 13–39). An
    approximation.
    """
    load = np.asarray(loads, np.float64)
    peaks = [float(load[hours].max()) if hours.any() else 0.0 for hours in shifts]
    return [least_servers(peak / service, service, limit, share, patience) for peak in peaks]
