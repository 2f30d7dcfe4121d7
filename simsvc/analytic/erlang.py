"""Waiting in queues with Poisson arrivals. Rates are per unit of time, in whatever unit the mean services have."""

from __future__ import annotations

import math


def erlang_b(servers: int, load: float) -> float:
    """Share of arrivals lost with ``servers`` servers and no queue (M/G/c/c), for an offered ``load`` in Erlangs.

    Recursion B(c) = aB(c−1) / (c + aB(c−1)) from B(0) = 1 (Jagerman 1974, Bell System Technical Journal 53, 525–551).
    """
    if servers < 0 or not 0 <= load < math.inf:
        raise ValueError(f"servers and load must be at least 0 (found: {servers}, {load})")
    lost = 1.0
    for c in range(1, servers + 1):
        lost = load * lost / (c + load * lost)
    return lost


def erlang_c(servers: int, load: float) -> float:
    """Share of arrivals that wait in M/M/c; 1 when the ``load`` is no less than the ``servers``.

    C = B / (1 − ρ(1 − B)), B by ``erlang_b``, ρ = load/servers (Cooper 1981, Introduction to Queueing Theory, 2nd ed.,
    section 3.4).
    """
    if load >= servers:
        return 1.0
    lost = erlang_b(servers, load)
    return lost / (1 - load / servers * (1 - lost))


def mmc_wait(servers: int, rate: float, service: float) -> float:
    """Mean wait in queue of M/M/c with arrival ``rate`` and mean ``service``; infinite when overloaded.

    C·s/(c − a) with a = rate × service (Cooper 1981, section 3.4).
    """
    load = rate * service
    return erlang_c(servers, load) * service / (servers - load) if load < servers else math.inf


def mmc_wait_exceeds(servers: int, rate: float, service: float, t: float) -> float:
    """Probability of waiting more than ``t`` (at least 0) in M/M/c, first come first served; 1 when overloaded.

    C·exp(−(c − a)t/s) with a = rate × service (Cooper 1981, section 3.4).
    """
    load = rate * service
    return erlang_c(servers, load) * math.exp(-(servers - load) * t / service) if load < servers else 1.0


def mg1_wait(rate: float, service: float, cv: float) -> float:
    """Mean wait in queue of M/G/1 with mean ``service`` and its coefficient of variation; infinite when overloaded.

    Pollaczek–Khinchine: ρs(1 + cv²)/(2(1 − ρ)) (Gross and Harris 1998, Fundamentals of Queueing Theory, 3rd ed.,
    section 5.1).
    """
    load = rate * service
    return load * service * (1 + cv**2) / (2 * (1 - load)) if load < 1 else math.inf


def priority_waits(rates: tuple[float, float], services: tuple[float, float]) -> tuple[float, float]:
    """Mean waits in queue of two classes in M/M/1, the first served first, nobody interrupted.

    W₀/(1 − ρ₁) and W₀/((1 − ρ₁)(1 − ρ₁ − ρ₂)), W₀ = Σ rate × service² (Cobham 1954, Operations Research 2, 70–76);
    infinite for a class that does not get through.
    """
    first, both = rates[0] * services[0], rates[0] * services[0] + rates[1] * services[1]
    if both >= 1:
        # The second class always waits, so that one of its jobs is under way whenever the first leaves room.
        residual = rates[0] * services[0] ** 2 + (1 - first) * services[1]
        return (residual / (1 - first) if first < 1 else math.inf), math.inf
    residual = rates[0] * services[0] ** 2 + rates[1] * services[1] ** 2
    return residual / (1 - first), residual / ((1 - first) * (1 - both))
