"""Scenario and network to case: names become indices, quantities become integer seconds and dense arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from simsvc import network as roads
from simsvc.case import stations, supply
from simsvc.case.arrays import Bools, Case, Floats, Ints, Places, Span
from simsvc.case.places import places
from simsvc.case.plausibility import errors
from simsvc.clock import DAY, Calendar, Epoch, HolidayBook, bands
from simsvc.errors import ScenarioError
from simsvc.network import Network
from simsvc.scenario import Scenario
from simsvc.scenario.model import Model
from simsvc.scenario.places import Calendar as Hours
from simsvc.scenario.promises import SimPart

PAST_HORIZON = 60
"""Days for which calendars run on after the horizon."""
NONE = np.iinfo(np.int64).max


def build(scenario: Scenario, network: Network | None = None) -> Case:
    """Compile a scenario into a case.

    Parameters
    ----------
    scenario : Scenario
        A validated scenario.
    network : Network, optional
        Its network, if it is loaded already.

    Raises
    ------
    ScenarioError
        If a plausibility check finds an error; all of them are listed.
    """
    model = scenario.model
    net = network if network is not None else roads.load(model.network, scenario.folder)
    found = errors(model, net)
    if found:
        raise ScenarioError(found)
    epoch = Epoch(model.time.start - dt.timedelta(seconds=model.time.warm_up))
    span = _span(model)
    days = span.horizon // DAY + PAST_HORIZON
    book = HolidayBook(model.time.holidays)
    where = places(model, net, epoch, days)
    staffing = stations.staffing(model, where)
    return Case(
        model=model,
        key=scenario.hash,
        span=span,
        epoch=epoch,
        calendars={name: _calendar(c, epoch, days, book) for name, c in model.calendars.items()},
        book=book,
        band=_bands(epoch, days, book, tuple(model.network.peak), tuple(model.network.night)),
        places=where,
        staffing=staffing,
        supply=supply.supply(model, where, staffing),
        due_limit=_due_limit(model, where),
        hit=_hit(net, model.environment.typhoons.reach_km if model.environment.typhoons else -1.0),
    )


@lru_cache(maxsize=64)
def _calendar(spec: Hours, epoch: Epoch, days: int, book: HolidayBook) -> Calendar:
    return Calendar.from_spec(spec.week, spec.holidays, spec.make_up, epoch, days, book)


_bands = lru_cache(maxsize=16)(bands)


def _span(model: Model) -> Span:
    start = int(model.time.warm_up)
    end = start + int(model.time.window)
    return Span(start, end, end + int(model.time.drain))


def _due_limit(model: Model, where: Places) -> Ints:
    """The shortest limit on time to site by town and fault mode; areas, zones, causes, products and modes narrow it.

    Faults to which nothing is promised count as if they had the longest limit: they don't go before what is promised.
    """
    modes = [(p, m, mode.cause) for p, product in model.products.items() for m, mode in product.modes.items()]
    due = np.full((where.towns, len(modes)), NONE)
    for part in (p for c in model.clauses.values() for p in c.parts):
        if not isinstance(part, SimPart) or part.measure != "time_to_site" or part.limit is None:
            continue
        who = part.population
        there = _among(where.areas, who.areas)[where.area] & _among(where.zones, who.zones)[where.zone]
        if who.not_areas:
            there &= ~_among(where.areas, who.not_areas)[where.area]
        such = np.array(
            [
                (not who.causes or cause in who.causes)
                and (not who.products or product in who.products)
                and (not who.modes or f"{product}.{mode}" in who.modes)
                for product, mode, cause in modes
            ],
            np.bool_,
        )
        due[np.ix_(there, such)] = np.minimum(due[np.ix_(there, such)], int(part.limit))
    promised = due[due != NONE]
    return np.where(due == NONE, promised.max(initial=0), due)


def _among(names: Sequence[str], wanted: Collection[str]) -> Bools:
    """Which of the names are wanted; all of them if none is named."""
    return np.array([not wanted or name in wanted for name in names], np.bool_)


@lru_cache(maxsize=16)
def _hit(net: Network, reach_km: float) -> Bools:
    """Areas whose seats lie within the typhoon's reach of the landfall area's seat (great-circle distance)."""
    hit = _apart(net) <= reach_km
    np.fill_diagonal(hit, val=True)
    return hit


@lru_cache(maxsize=4)
def _apart(net: Network) -> Floats:
    """Great-circle km between the seats of all areas; nan where one of the two has none."""
    km = np.full((len(net.areas), len(net.areas)), np.nan)
    seats = [(k, net.index[area.seat]) for k, area in enumerate(net.areas) if area.seat]
    for a, i in seats:
        for b, j in seats:
            km[a, b] = roads.crow_km(net.lat[i], net.lon[i], net.lat[j], net.lon[j])
    return km
