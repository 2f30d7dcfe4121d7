"""Hub and stations on base stock (S−1,S), exactly, where METRIC approximates. Poisson demand, served in its order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse, stats
from scipy.sparse.linalg import spsolve

Floats = npt.NDArray[np.float64]
Transport = Literal["constant", "exponential"]
_TAIL = 1e-13


def station_orders(
    hub_stock: int, hub_lead: float, rate: float, lead: float, total: float, transport: Transport = "constant"
) -> Floats:
    """Distribution of a station's orders outstanding at the hub or on the way.

    Parameters
    ----------
    hub_stock, hub_lead : int, float
        Base stock of the hub and mean lead time of its supplier: independent lead times of any distribution with
        constant transport, exponential ones with exponential transport.
    rate, lead : float
        Demand rate at the station, and (mean) time from a hub that has the part to the station; times in one unit.
    total : float
        Demand rate at the hub: of all stations together.
    transport : {"constant", "exponential"}
        Distribution of the times to the station.

    Returns
    -------
    ndarray
        Probabilities of 0, 1, 2 … orders; what is left out is below 1e-12.

    Notes
    -----
    Orders outstanding at the hub are Poisson (Palm 1938); those beyond its stock are backorders, the latest of all
    demands. Whose each is says nothing about how many there are: a station's are binomial. With a constant transport
    time L, all that was backordered for the station L ago is outstanding now, and all it has asked for since then
    (Graves 1985, Management Science 31, 1247–1256; Simon 1971, Operations Research 19, 761–773). With exponential times
    (orders outstanding at the hub, pieces on the way to the station) is a Markov chain, whose station of a shipped
    piece is settled when it leaves.
    """
    if not 0 <= rate <= total:
        raise ValueError(f"rate must be at least 0 and at most the total (found: {rate}, {total})")
    if rate == 0:
        return np.ones(1)
    share, hub = rate / total, np.arange(int(stats.poisson.isf(_TAIL, total * hub_lead)) + 2)
    if transport == "constant":
        at_hub = _binomial(stats.poisson.pmf(hub, total * hub_lead), hub_stock, share)
        since = np.arange(int(stats.poisson.isf(_TAIL, rate * lead)) + 2)
        found = np.convolve(at_hub, stats.poisson.pmf(since, rate * lead))
    else:
        joint = _chain(hub_stock, hub_lead, rate, lead, total, len(hub))
        found = np.zeros(sum(joint.shape))
        for way in range(joint.shape[1]):
            waiting = _binomial(joint[:, way], hub_stock, share)
            found[way : way + len(waiting)] += waiting
    return np.asarray(found / found.sum())


def two_echelon_backorders(
    hub_stock: int,
    hub_lead: float,
    base_stocks: Sequence[int],
    rates: Sequence[float],
    leads: Sequence[float],
    transport: Transport = "constant",
) -> list[float]:
    """Mean backorders per station that is supplied from a hub; arguments as in ``metric_backorders``, which lies below.

    E(X − S)⁺ for X outstanding orders (:func:`station_orders`).
    """
    total, found = sum(rates), []
    for stock, rate, lead in zip(base_stocks, rates, leads, strict=True):
        orders = station_orders(hub_stock, hub_lead, rate, lead, total, transport)
        found.append(float(np.maximum(np.arange(len(orders)) - stock, 0) @ orders))
    return found


def two_echelon_fill_rates(
    hub_stock: int,
    hub_lead: float,
    base_stocks: Sequence[int],
    rates: Sequence[float],
    leads: Sequence[float],
    transport: Transport = "constant",
) -> list[float]:
    """Share of demands per station that are met from stock at once: P(X ≤ S − 1); arguments as above."""
    total = sum(rates)
    return [
        float(station_orders(hub_stock, hub_lead, rate, lead, total, transport)[:stock].sum())
        for stock, rate, lead in zip(base_stocks, rates, leads, strict=True)
    ]


def _binomial(outstanding: Floats, stock: int, share: float) -> Floats:
    """Distribution of one station's backorders, from that of the orders outstanding at the hub."""
    backorders = outstanding[stock:].copy()
    if not len(backorders):
        return np.array([outstanding.sum()])
    backorders[0] += outstanding[:stock].sum()
    n = np.arange(len(backorders))
    return np.asarray(backorders @ np.asarray(stats.binom.pmf(n[None, :], n[:, None], share)))


def _chain(hub_stock: int, hub_lead: float, rate: float, lead: float, total: float, size: int) -> Floats:
    """Stationary probabilities (orders outstanding at the hub, pieces on the way to the station)."""
    ways = int(stats.poisson.isf(_TAIL, rate * lead)) + 6
    n, w = (x.ravel() for x in np.indices((size, ways)))
    share = rate / total
    moves: list[tuple[npt.NDArray[np.bool_], int, int, Floats]] = []
    for step, speed, ships in ((1, np.full(len(n), total), n < hub_stock), (-1, n / hub_lead, n > hub_stock)):
        inside = (n + step >= 0) & (n + step < size)
        moves.append((inside & ships & (w + 1 < ways), step, 1, speed * share))
        moves.append((inside & ships, step, 0, speed * (1 - share)))
        moves.append((inside & ~ships, step, 0, speed))
    moves.append((w > 0, 0, -1, w / lead))
    here = [np.flatnonzero(mask) for mask, *_ in moves]
    there = [(n[k] + dn) * ways + w[k] + dw for k, (_, dn, dw, _) in zip(here, moves, strict=True)]
    speeds = [speed[k] for k, (*_, speed) in zip(here, moves, strict=True)]
    origin, target, flow = np.concatenate(here), np.concatenate(there), np.concatenate(speeds)
    balance = sparse.coo_array(
        (np.concatenate((flow, -flow)), (np.concatenate((target, origin)), np.concatenate((origin, origin)))),
        shape=(len(n), len(n)),
    ).tolil()
    balance[0] = 1.0
    right = np.zeros(len(n))
    right[0] = 1.0
    return np.asarray(spsolve(balance.tocsc(), right)).reshape(size, ways)
