"""What there is to do before anybody is hired: expected cases and the time that each takes on site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Floats, Ints
from simsvc.measures.population import towns
from simsvc.scenario.demand import Mode, Product
from simsvc.scenario.distribution import (
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)
from simsvc.scenario.promises import Population
from simsvc.scenario.quantity import YEAR
from simsvc.workload.profiles import PER_DAY, SLICE, factors, week_factors

DOWN = 30 * 86400.0
"""A unit is taken to be down so long after each fault, so that faults are rather counted too few: one that is down has
no other."""


@dataclass(frozen=True)
class Work:
    """Faults that somebody must visit, by cell (area, product, mode).

    ``area``: index of the area; ``product``, ``mode``: ids; ``cause``; ``cases``: a year, without repeats; ``seconds``
    that a first visit takes on site at least, on average, ``squares`` the mean of its square at most.
    """

    area: Ints
    product: tuple[str, ...]
    mode: tuple[str, ...]
    cause: tuple[str, ...]
    cases: Floats
    seconds: Floats
    squares: Floats


@lru_cache(maxsize=4)
def first_visits(case: Case) -> Work:
    """First visits to faults in the counted window, at the rate of the window; the demand is rather too small."""
    rows: list[tuple[int, str, str, str, float, float, float]] = []
    access = case.model.staff.site_access
    for k, name in enumerate(case.supply.products):
        product = case.model.products[name]
        total = sum(mode.share for mode in product.modes.values())
        each = product.rate * case.model.demand.scale * window_factor(case, product.profile)
        rate = each * up(each)
        for key, mode in product.modes.items():
            helped = mode.remote if case.model.remote is not None else 0.0
            seconds = access.mean_s + _least(mode)
            squares = max(_square_of_sum(access, on_site) for on_site in (mode.work, mode.diagnosis))
            for area, units in enumerate(case.supply.units[:, k].tolist()):
                cases = units * rate * (mode.share / total if total else 0.0) * (1 - helped)
                if cases > 0:
                    rows.append((area, name, key, mode.cause, cases, seconds, squares))
    return Work(
        np.array([row[0] for row in rows], np.int64),
        tuple(row[1] for row in rows),
        tuple(row[2] for row in rows),
        tuple(row[3] for row in rows),
        np.array([row[4] for row in rows], np.float64),
        np.array([row[5] for row in rows], np.float64),
        np.array([row[6] for row in rows], np.float64),
    )


def up(rate: float) -> float:
    """Least share of the time that a unit which fails so often a year is up: one that is down does not fail."""
    return 1 / (1 + rate * DOWN / YEAR)


def among(case: Case, work: Work, who: Population) -> Floats | None:
    """Cases a year of each cell that belong to a population; None where it goes by what the cells don't tell."""
    if who.channels or who.routes or who.reported_in is not None:
        return None
    if (who.in_warranty, who.in_contract, who.special) != (None, None, None):
        return None
    inside = np.bincount(case.places.area, case.places.weight * towns(case, who), len(case.places.areas))
    such = [
        (not who.products or product in who.products)
        and (not who.modes or f"{product}.{mode}" in who.modes)
        and (not who.causes or cause in who.causes)
        for product, mode, cause in zip(work.product, work.mode, work.cause, strict=True)
    ]
    return np.asarray(work.cases * inside[work.area] * np.array(such, np.bool_))


def least_seconds(cases: Floats, seconds: Floats, share: float) -> float:
    """Least work of a ``share`` of the cases: the shortest first (the knapsack problem with parts, Dantzig 1957)."""
    left, found = share * float(cases.sum()), 0.0
    for k in np.argsort(seconds, kind="stable").tolist():
        done = min(left, float(cases[k]))
        found, left = found + done * float(seconds[k]), left - done
    return found


@lru_cache(maxsize=64)
def window_factor(case: Case, profile: str | None) -> float:
    """Mean factor of a profile over the counted window (1 over a year)."""
    if profile is None:
        return 1.0
    found = factors(case, case.model.profiles[profile])
    return float(found[case.span.start // SLICE : -(-case.span.end // SLICE)].mean())


def hour_factors(case: Case, profile: str | None) -> Floats:
    """Factor by hour of the week from Monday midnight, shape (168,), at the level of the counted window."""
    if profile is None:
        return np.ones(168)
    week = week_factors(case.model.profiles[profile]).reshape(7 * 24, PER_DAY // 24).mean(axis=1)
    return np.asarray(week * window_factor(case, profile))


def faults(case: Case) -> Iterator[tuple[int, Product, float]]:
    """Number of the area, product, faults a year there (all units up)."""
    for k, name in enumerate(case.supply.products):
        product = case.model.products[name]
        for area, units in enumerate(case.supply.units[:, k].tolist()):
            if units:
                yield area, product, units * product.rate * case.model.demand.scale


def square(dist: Distribution) -> float:
    """Mean of the square."""
    m = dist.mean_s
    match dist:
        case Constant():
            return m**2
        case Uniform():
            return m**2 + (dist.high - dist.low) ** 2 / 12
        case Triangular():
            a, b, c = dist.low, dist.mode, dist.high
            return m**2 + (a * a + b * b + c * c - a * b - a * c - b * c) / 18
        case Exponential():
            return 2 * m**2
        case Gamma() | Lognormal():
            return m**2 * (1 + dist.cv**2)
        case Weibull():
            from scipy.special import gamma

            return float(dist.scale_s**2 * gamma(1 + 2 / dist.shape))
        case Empirical():
            return float(np.average(np.square(dist.values), weights=dist.weights))


def _least(mode: Mode) -> float:
    """Mean time of a first visit after access, at least: it repairs, or can but diagnose; where a part is needed, that
    depends on the stock, and the shorter counts."""
    work, diagnosis = mode.work.mean_s, mode.diagnosis.mean_s
    can = (1 - mode.expert) * (1 - mode.workshop)
    return can * ((1 - mode.part) * work + mode.part * min(work, diagnosis)) + (1 - can) * diagnosis


def _square_of_sum(a: Distribution, b: Distribution) -> float:
    return square(a) + 2 * a.mean_s * b.mean_s + square(b)
