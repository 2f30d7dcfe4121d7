"""Callers who hang up, and units that are few: two birth–death queues whose state is added up level by level.

Cut off at a level, a birth–death chain is at that level with probability b = λ·b' / (μ + λ·b'), where b' is the same
one level lower, λ the rate up from there and μ the rate down (Erlang's recursion, whatever the rates). With one level
more, every mean m becomes (1 − b)m + b·x, x its value at the new level: sums of positive terms below 1 only, so that
nothing overflows or cancels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simsvc.analytic.erlang import erlang_b, erlang_c, mmc_wait

_TAIL = 1e-15


@dataclass(frozen=True)
class Abandonment:
    """Shares of callers who find everyone busy (``waits``) and who hang up (``abandoned``); mean ``wait`` of all."""

    waits: float
    abandoned: float
    wait: float


def erlang_a(servers: int, rate: float, service: float, patience: float) -> Abandonment:
    """Queue of impatient callers, M/M/c+M, first come first served.

    Parameters
    ----------
    servers : int
        Agents, at least 1.
    rate : float
        Calls per unit of time.
    service, patience : float
        Mean service and mean patience in that unit, both exponential. Patience 0 is Erlang's loss system; infinite
        patience is M/M/c.

    Returns
    -------
    Abandonment
        The mean wait is that of all callers, until they are answered or hang up.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    Palm 1957, Research on telephone traffic carried by full availability groups, Tele 1; Mandelbaum and Zeltyn 2007,
    Service engineering in action: the Palm/Erlang-A queue, in Advances in Services Innovations (Springer). With Q the
    number waiting, E Q / rate is the mean wait (Little) and E Q / (patience × rate) the share that hangs up.
    """
    if not (servers >= 1 and 0 <= rate < math.inf and 0 < service < math.inf and patience >= 0):
        found = f"(found: {servers}, {rate}, {service}, {patience})"
        raise ValueError(f"servers must be at least 1, rate and patience at least 0, service above 0 {found}")
    load = rate * service
    if patience == math.inf:
        return Abandonment(erlang_c(servers, load), 0.0, mmc_wait(servers, rate, service))
    top = waits = erlang_b(servers, load)
    if patience == 0 or load == 0:
        return Abandonment(waits, waits if patience == 0 else 0.0, 0.0)
    answering, queue, level = servers / service, 0.0, 0
    while True:
        level += 1
        down = answering + level / patience
        top = rate * top / (down + rate * top)
        waits, queue = waits + top * (1 - waits), queue + top * (level - queue)
        ahead = rate / (down + 1 / patience)
        # From here on the levels weigh less than a geometric series of ratio ``ahead``.
        if ahead < 1 and top * ahead * (level + 1 / (1 - ahead)) < _TAIL * queue * (1 - ahead):
            return Abandonment(waits, queue / (patience * rate), queue / rate)


def machine_repair(units: int, servers: int, rate: float, service: float) -> float:
    """Mean number of ``units`` that are down, each failing at ``rate`` while up, mended by ``servers``: M/M/c//N.

    Parameters
    ----------
    units, servers : int
        At least 0 units, at least 1 server.
    rate, service : float
        Failures of a unit per unit of time in which it is up, mean service in that unit. Both times exponential.

    Returns
    -------
    float
        Mean number waiting or in service, L. Failures come ``rate`` × (``units`` − L) per unit of time.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    Notes
    -----
    Palm 1947, Industritidningen Norden 75 (the machine-interference problem); Gross and Harris 1998, Fundamentals of
    Queueing Theory, 3rd ed., chapter 2 (finite-source queues).
    """
    if not (units >= 0 and servers >= 1 and 0 <= rate < math.inf and 0 <= service < math.inf):
        found = f"(found: {units}, {servers}, {rate}, {service})"
        raise ValueError(f"servers must be at least 1, units, rate and service at least 0 {found}")
    top, down = 1.0, 0.0
    for level in range(1, units + 1):
        up = (units - level + 1) * rate * service * top
        top = up / (min(level, servers) + up)
        down += top * (level - down)
    return down
