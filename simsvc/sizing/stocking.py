"""The base stocks that belong to one set of open stations: by today's rule, and step by step for a fill rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from simsvc.case import Case
from simsvc.case.arrays import Bools, Floats, Ints
from simsvc.case.part_demand import part_demand
from simsvc.case.supply import station_units
from simsvc.measures.stock import groups
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.sizing.apply import opened_case
from simsvc.sizing.sites import Ground, Opened, serving, taker, today

_SMALL = 1e-12


@dataclass(frozen=True, eq=False)
class Rule:
    """Shelves that together must hold ``needed``: ``cells``, (sites + 1, parts), and what a piece of each part counts
    (``worth``). ``watched``: held against stock on hand all the time, not only at the start."""

    cells: Bools
    worth: Ints
    needed: int
    watched: bool


@dataclass(frozen=True, eq=False)
class Stocking:
    """Demands a year by shelf (``rate``, the hub's row is 0), units by site and product, who serves each town (``by``),
    kept rules, and the base stocks by today's rule; rows are sites, then the hub."""

    rate: Floats
    units: Floats
    by: Ints
    rules: tuple[Rule, ...]
    as_today: Ints


def stocking(ground: Ground, opened: Opened, parts: Sequence[SimPart | PlanPart]) -> Stocking:
    """What the shelves are asked for when these sites are open; ``parts``: kept promises about spares."""
    # Nobody asks for anything where nobody goes.
    case = opened_case(ground, opened if any(opened) else today(ground))
    row = {site.key: s for s, site in enumerate(ground.sites)}
    rows = [row[name] for name in case.staffing.stations]
    shape = (len(ground.sites) + 1, len(case.supply.parts))
    rate, units = np.zeros(shape), np.zeros((len(ground.sites), len(case.supply.products)))
    rate[rows], units[rows] = part_demand(case), station_units(case.supply.units, case.places, case.staffing)
    covers = np.zeros(ground.drive.shape, np.bool_)
    covers[rows] = case.staffing.covers
    found = Stocking(rate, units, serving(ground, covers), _rules(case, rows, shape, parts), np.zeros(shape, np.int64))
    if any(opened):
        found.as_today[[*rows, -1]] = case.supply.base_stock
    if ground.model.stock.rule == "given" and opened != today(ground):
        _given(ground, opened, found)
    return found


def _rules(
    case: Case, rows: list[int], shape: tuple[int, int], parts: Sequence[SimPart | PlanPart]
) -> tuple[Rule, ...]:
    found = []
    for part in parts:
        shelves = groups(case, part)
        group = np.full(shape, -1, np.int64)
        group[[*rows, -1]] = shelves.group
        found += [
            Rule(group == g, shelves.worth, needed, isinstance(part, SimPart))
            for g, needed in enumerate(shelves.needed.tolist())
        ]
    return tuple(found)


def _given(ground: Ground, opened: Opened, found: Stocking) -> None:
    """Given stock follows the towns.

    What lies at a station that has closed goes where most of its towns went; a new station gets, of each who served its
    towns before, what goes with its units, rounded up; they keep theirs.
    """
    case, before = ground.case, stocking(ground, today(ground), ())
    weight = case.places.weight[:, None] * case.supply.units[case.places.area]
    product = case.supply.part_product
    for s, (was, now) in enumerate(zip(today(ground), opened, strict=True)):
        mine = np.flatnonzero(found.by == s)
        if was and not now and (other := taker(ground, opened, s)) >= 0:
            found.as_today[other] += found.as_today[s]
            found.as_today[s] = 0
        elif now and not was:
            share = np.zeros((len(before.units), weight.shape[1]))
            for town in mine[before.by[mine] >= 0].tolist():
                share[before.by[town]] += weight[town]
            share = np.divide(share, before.units, out=np.zeros_like(share), where=before.units > 0)
            pieces = (share[:, product] * before.as_today[:-1]).sum(axis=0)
            found.as_today[s] = np.ceil(pieces - _SMALL).astype(np.int64)


def by_price(rate: Floats, lead: Floats, worth_a_backorder: float, cost: Floats) -> Ints:
    """Base stocks of shelves that take a piece more as long as it saves backorders worth its cost.

    A piece beyond S saves P(on order > S) backorders (Palm; Sherbrooke 2004, chapter 2).
    """
    saves = np.minimum(cost / worth_a_backorder, 1.0)
    return np.where(rate > 0, np.maximum(stats.poisson.isf(saves, rate * lead), 0), 0).astype(np.int64)


def fill_rate(rate: Floats, lead: Floats, stocks: Ints) -> float:
    """Share of all demands that are met at once; 1 without any."""
    total = float(rate.sum())
    return float((rate * special.pdtr(stocks - 1, rate * lead))[stocks > 0].sum()) / total if total else 1.0


def fill_up(rule: Rule, stocks: Ints, pipeline: Floats, cost: Floats, spare: float) -> None:
    """Add pieces in the order of what they save for their money until a rule is kept.

    A rule that watches the stock on hand gets what is on order as well: its mean and so many standard deviations
    (``spare``). The hub's shelves take pieces only where no station is asked for anything.
    """
    cells = rule.cells & (rule.worth > 0)
    needed = float(rule.needed)
    if rule.watched and rule.needed:
        mean = (pipeline * rule.worth)[cells].sum()
        needed += mean + spare * float(np.sqrt((pipeline * rule.worth**2)[cells].sum()))
    short = int(np.ceil(needed - float((stocks * rule.worth)[cells].sum()) - 1e-9))
    if short <= 0 or not cells.any():
        return
    asked = cells & (pipeline > 0)
    asked[-1] = False
    s, p = np.nonzero(asked if asked.any() else cells)
    worth, each = rule.worth[p], cost[p]
    more = np.arange(int(np.ceil(short / worth.min())))
    on_order = stocks[s, p][:, None] + 1 + more
    saved = _log_chance(on_order, np.maximum(pipeline[s, p], _SMALL)[:, None]) - np.log(each)[:, None]
    order = np.argsort(-saved, axis=None, kind="stable")
    cell = order // len(more)
    count = int(np.searchsorted(np.cumsum(worth[cell]), short)) + 1
    np.add.at(stocks, (s[cell[:count]], p[cell[:count]]), 1)


def _log_chance(number: Ints, mean: Floats) -> Floats:
    """Log of P(X >= number), X Poisson; where that is too small for it, of P(X = number), which is nearly the same."""
    chance = special.pdtrc(number - 1, mean)
    exactly = number * np.log(mean) - mean - special.gammaln(number + 1.0)
    return np.where(chance > 1e-200, np.log(np.maximum(chance, 1e-300)), exactly)
