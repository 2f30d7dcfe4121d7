"""The hypercube queueing model: who serves whom when every place has its own order of preference among few servers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MOST_SERVERS = 12
"""2^12 states: a dense system of equations of 128 MB."""


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
        Share of all calls that find every server busy.
    """

    workload: npt.NDArray[np.float64]
    dispatch: npt.NDArray[np.float64]
    lost: float


def hypercube(rates: Sequence[float], preferences: Sequence[Sequence[int]], service: Sequence[float]) -> Hypercube:
    """Exact steady state of the hypercube model without a queue: calls that find all servers busy go elsewhere.

    Parameters
    ----------
    rates : sequence of float, length places
        Calls of each place per unit of time, Poisson.
    preferences : sequence of sequences of int, shape (places, servers)
        Servers for each place's calls, the most preferred first; the first that is free is sent.
    service : sequence of float, length servers
        Mean time for which each server is busy with a call, whosever it is, exponential.

    Returns
    -------
    Hypercube
        Workloads, who is sent where, and the share lost.

    Raises
    ------
    ValueError
        If a preference list does not name every server once, a rate or service is no positive number (a place may
        have no calls), or there are more than 12 servers.

    Notes
    -----
    States are the subsets of busy servers. The balance equations are solved as a dense linear system, O(8^servers).
    Source: Larson 1974, A hypercube queuing model for facility location and redistricting in urban emergency services,
    Computers & Operations Research 1, 67–95 (zero-line capacity).
    """
    n = len(service)
    if not 1 <= n <= MOST_SERVERS:
        raise ValueError(f"1 to {MOST_SERVERS} servers can be solved exactly (found: {n})")
    if any(sorted(order) != list(range(n)) for order in preferences) or len(preferences) != len(rates):
        raise ValueError("every place needs a list that names each server once")
    if not (min(rates, default=0) >= 0 < sum(rates) < np.inf) or not (min(service) > 0 and max(service) < np.inf):
        raise ValueError("rates must be at least 0 and services more than 0, both finite")
    states = 1 << n
    full = states - 1
    flow = np.zeros((states, states))
    sent = np.full((len(rates), states), -1)
    for state in range(states):
        for server in range(n):
            if state >> server & 1:
                flow[state, state ^ 1 << server] += 1 / service[server]
        for place, order in enumerate(preferences):
            if state != full:
                sent[place, state] = next(s for s in order if not state >> s & 1)
                flow[state, state | 1 << sent[place, state]] += rates[place]
    balance = flow.T - np.diag(flow.sum(axis=1))
    balance[-1] = 1.0  # the probabilities add to 1, in place of an equation that follows from the others
    chance = np.linalg.solve(balance, np.eye(states)[-1])
    busy = np.arange(states)[:, None] >> np.arange(n) & 1
    share = np.array(rates, np.float64) / sum(rates)
    dispatch = np.array([[chance[row == s].sum() for s in range(n)] for row in sent]) * share[:, None]
    return Hypercube(workload=chance @ busy, dispatch=dispatch, lost=float(chance[full]))
