"""The hypercube queueing model: who serves whom when every place has its own order of preference among few servers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_SERVERS = 18
"""2^18 states: rates up of 40 MB."""
_EXACT, _SWEEPS = 1e-14, 20_000


@dataclass(frozen=True)
class Hypercube:
    """Steady state of a hypercube model.

    Attributes
    ----------
    workload : array, shape (servers,)
        Share of the time that each server is busy.
    dispatch : array, shape (places, servers)
        Share of all calls that come from the place and are served by the server.
    lost : float
        Share of all calls that find every server busy and go elsewhere; 0 with a queue.
    waits : float
        Share of all calls that find every server busy and wait; 0 without a queue.
    """

    workload: Floats
    dispatch: Floats
    lost: float
    waits: float = 0.0


def hypercube(
    rates: Sequence[float], preferences: Sequence[Sequence[int]], service: Sequence[float], *, queue: bool = False
) -> Hypercube:
    """Exact steady state of the hypercube model.

    Parameters
    ----------
    rates : sequence of float, length places
        Calls of each place per unit of time, Poisson.
    preferences : sequence of sequences of int, shape (places, servers)
        Servers for each place's calls, the most preferred first; the first that is free is sent.
    service : sequence of float, length servers
        Mean time for which each server is busy with a call, whosever it is, exponential.
    queue : bool
        Whether calls that find all servers busy wait, first come first served, or go elsewhere.

    Returns
    -------
    Hypercube
        Workloads, who is sent where, and the share that finds nobody free.

    Raises
    ------
    ValueError
        If a preference list does not name every server once, a rate or service is no positive number (a place may
        have no calls), there are more than 18 servers, or calls that wait come faster than they can be served.
    ArithmeticError
        If the balance equations were not solved (rates that differ by many orders of magnitude).

    Notes
    -----
    States are the subsets of busy servers. A state's neighbours have one server more or less busy, so that the states
    with an even number busy follow from those with an odd number and the other way round: Gauss-Seidel in two halves,
    each a few passes over whole arrays. In between the levels (numbers busy) are put in balance, since as much flows up
    from one to the next as down (aggregation; Koury, McAllister and Stewart 1984, SIAM Journal on Algebraic and
    Discrete Methods 5, 164–186). With a queue the states with calls waiting form a geometric tail behind "all busy",
    and the first in it goes to whoever is free first.
    Source: Larson 1974, A hypercube queuing model for facility location and redistricting in urban emergency services,
    Computers & Operations Research 1, 67–95; Larson and Odoni 1981, Urban Operations Research, sections 5.4 and 5.5.
    """
    n = len(service)
    if not 1 <= n <= MOST_SERVERS:
        raise ValueError(f"1 to {MOST_SERVERS} servers can be solved exactly (found: {n})")
    if any(sorted(order) != list(range(n)) for order in preferences) or len(preferences) != len(rates):
        raise ValueError("every place needs a list that names each server once")
    if not (min(rates, default=0) >= 0 < sum(rates) < np.inf) or not (min(service) > 0 and max(service) < np.inf):
        raise ValueError("rates must be at least 0 and services more than 0, both finite")
    down = 1 / np.array(service, np.float64)
    total, serving = float(sum(rates)), float(down.sum())
    if queue and total >= serving:
        raise ValueError(f"calls come faster than servers can serve them (found: {total:g}, at most {serving:g})")
    share = np.array(rates, np.float64) / total
    sent = [_first_free(order, n) for order in preferences]
    up = np.zeros((n, 1 << n))
    for rate, first in zip(rates, sent, strict=True):
        up[first, np.arange(len(first))] += rate
    chance = _solve(up, down)
    # Calls waiting: so many times the probability that all are busy and nobody waits.
    behind = total / (serving - total) * float(chance[-1]) if queue else 0.0
    chance = chance / (1 + behind)
    waiting = behind / (1 + behind)
    full = float(chance[-1]) + waiting
    workload = np.array([_split(chance, s)[:, 1].sum() for s in range(n)]) + waiting
    dispatch = np.array([np.bincount(first, chance[:-1], n) for first in sent]) * share[:, None]
    if queue:
        dispatch += full * np.outer(share, down / serving)
    return Hypercube(workload, dispatch, lost=0.0 if queue else full, waits=full if queue else 0.0)


def _first_free(order: Sequence[int], servers: int) -> Ints:
    """Server that is sent in each state but the last (all busy); bit s of a state says that server s is busy."""
    states = np.arange((1 << servers) - 1)
    first = np.full(len(states), -1)
    for server in reversed(order):
        first[states >> server & 1 == 0] = server
    return first


def _split(chance: Floats, server: int) -> Floats:
    """The states as (higher servers, free or busy, lower servers): a view, one pair for each state of the others."""
    return chance.reshape(-1, 2, 1 << server)


def _solve(up: Floats, down: Floats) -> Floats:
    """Probabilities of all states. ``up``: rate at which each server gets busy in each state."""
    servers, states = up.shape
    leaving = up.sum(axis=0)
    for s in range(servers):
        _split(leaving, s)[:, 1] += down[s]
    # States with an even and with an odd number busy, each by its bits above the lowest, which the number settles.
    high = np.arange(states // 2)
    odd = np.bitwise_count(high).astype(np.int64) % 2
    halves = [high << 1 | (odd ^ half) for half in (0, 1)]
    rates, outs = [up[:, half] for half in halves], [leaving[half] for half in halves]
    busy = [np.bitwise_count(half).astype(np.int64) for half in halves]
    rising = [rate.sum(axis=0) for rate in rates]
    falling = [out - rise for out, rise in zip(outs, rising, strict=True)]
    chance = [np.full(states // 2, 1 / states) for _ in halves]
    for _ in range(_SWEEPS):
        chance = _balanced(chance, busy, rising, falling)
        change = 0.0
        for here in (1, 0):
            there = 1 - here
            # Server 0 is busy here where it is free there, and the other way round.
            flow = chance[there] * np.where(odd ^ here, rates[there][0], down[0])
            for s in range(1, servers):
                into, out = _split(flow, s - 1), _split(chance[there], s - 1)
                into[:, 1] += _split(rates[there][s], s - 1)[:, 0] * out[:, 0]
                into[:, 0] += down[s] * out[:, 1]
            found = flow / outs[here]
            change += float(np.abs(found - chance[here]).sum())
            chance[here] = found
        if change <= _EXACT * servers:
            whole = np.empty(states)
            whole[halves[0]], whole[halves[1]] = chance
            return np.asarray(whole / whole.sum())
    raise ArithmeticError(f"no steady state to the last digits after {_SWEEPS} sweeps")


def _balanced(chance: list[Floats], busy: list[Ints], rising: list[Floats], falling: list[Floats]) -> list[Floats]:
    """The same within each number busy, the numbers so that as much flows up from each to the next as down."""
    levels = max(int(half[-1]) for half in busy) + 1
    up, down = np.zeros((2, levels))
    for n, c, rise, fall in zip(busy, chance, rising, falling, strict=True):
        up += np.bincount(n, c * rise, levels)
        down += np.bincount(n, c * fall, levels)
    scale = np.ones(levels)
    for level in range(1, levels):
        # A level too unlikely for a number is left out.
        scale[level] = scale[level - 1] * up[level - 1] / down[level] if down[level] > 0 else 0.0
    found = [c * scale[n] for c, n in zip(chance, busy, strict=True)]
    total = sum(float(c.sum()) for c in found)
    return [c / total for c in found]
