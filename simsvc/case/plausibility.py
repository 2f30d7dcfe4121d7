"""Named checks of a scenario against its network: one function a rule; all problems are listed, none is raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from simsvc.case.load import offered_load, serving, units_by_area, visits_per_year
from simsvc.case.names import unknown_names
from simsvc.case.plausible_roads import no_way_on, outside, too_fast
from simsvc.case.plausible_work import no_carrier, no_case
from simsvc.case.skills import nobody_able, nobody_near, nobody_of_this_number, skill_for_nothing
from simsvc.clock import HolidayBook
from simsvc.errors import Problem
from simsvc.network import Network
from simsvc.scenario.model import Model
from simsvc.scenario.quantity import YEAR

Rule = Callable[[Model, Network], Iterator[Problem]]

MOST_EVENTS, MOST_YEARS = 3_000_000, 100
"""Faults or orders of one kind in a run, and its length, beyond which something has slipped."""


def check(model: Model, net: Network) -> list[Problem]:
    """Everything about a scenario that its network makes impossible (errors) or doubtful (warnings).

    Parameters
    ----------
    model, net
        A valid scenario and the network that its ``network`` table asks for.

    Returns
    -------
    list
        Problems in the order of ``RULES``. If a name is unknown, only the rules that need no names run beside.
    """
    found = [*unknown_names(model, net)]
    rules = WITHOUT_NAMES if found else RULES
    return found + [problem for rule in rules for problem in rule(model, net)]


def errors(model: Model, net: Network) -> list[Problem]:
    """The errors among what ``check`` finds, without a look at what can but be doubtful."""
    found = [*unknown_names(model, net)]
    rules = [rule for rule in (WITHOUT_NAMES if found else RULES) if rule not in DOUBTS]
    return found + [p for rule in rules for p in rule(model, net) if p.severity == "error"]


def split_twice(model: Model, _net: Network) -> Iterator[Problem]:
    """Zones that take a share of an area's demand and are listed with demand of their own."""
    listed = {row.area for row in model.demand.installed}
    for zone, split in model.weights.split.items():
        if zone in listed:
            message = f"this zone takes its demand out of {split.from_} and is listed in demand.installed too"
            remedy = f"take {zone} out of demand.installed, or its split out of weights"
            yield Problem(f"weights.split.{zone}", f"{split.share:g}", message, remedy)


def split_too_much(model: Model, _net: Network) -> Iterator[Problem]:
    """Zones that take their demand out of themselves, or more than there is."""
    taken: dict[str, float] = {}
    for zone, split in model.weights.split.items():
        taken[split.from_] = taken.get(split.from_, 0.0) + split.share
        if split.from_ == zone or split.from_ in model.weights.split:
            message = "a zone takes its demand out of an area that is no such zone itself"
            yield Problem(f"weights.split.{zone}.from", split.from_, message, "name the county around it")
    for area, share in taken.items():
        if share > 1 + 1e-9:
            message = f"the zones inside {area} take more than all of its demand"
            yield Problem("weights.split", f"{share:g}", message, "let the shares add to 1 at most")


def covers_nothing(model: Model, _net: Network) -> Iterator[Problem]:
    """Stations that answer for no place, though they have engineers; without any they are closed."""
    for key, station in model.stations.items():
        if station.engineers and not station.covers and not station.covers_towns:
            message = "this station covers nothing"
            yield Problem(f"stations.{key}.covers", "", message, f'name its areas, as covers = ["{key}"]')


def nobody_anywhere(model: Model, _net: Network) -> Iterator[Problem]:
    """No engineer at any station, though there is demand."""
    if not any(s.engineers for s in model.stations.values()) and (model.demand.installed or model.demand.sites):
        yield Problem("stations", "0", "no station has an engineer", "give at least one station engineers = 1")


def without_staff(model: Model, _net: Network) -> Iterator[Problem]:
    """Stations that cover places and have nobody."""
    for key, station in model.stations.items():
        if not station.engineers and (station.covers or station.covers_towns):
            message = "this station has no engineer: what it alone covers waits for ever"
            yield _warn(f"stations.{key}.engineers", "0", message, "staff it, or give its area to another station")


def without_demand(model: Model, net: Network) -> Iterator[Problem]:
    """Areas of the network in which nothing is installed."""
    if model.demand.installed:
        units: dict[str, float] = {}
        for (area, _), count in units_by_area(model).items():
            units[area] = units.get(area, 0.0) + count
        said = {row.area for row in model.demand.installed} | set(model.weights.split)
        unsaid = [area.id for area in net.areas if not units.get(area.id) and area.id not in said]
        if unsaid and model.network.source == "hainan":
            message = f"a shipped area must have demand or say that it has none; nothing stands for {_some(unsaid)}"
            yield Problem("demand.installed", "", message, "add rows for these areas (units = 0 if nothing is served)")
        elif unsaid:
            message = f"nothing is installed in {_some(unsaid)}"
            yield _warn("demand.installed", "", message, "add rows for these areas, if they are served")


def uneven_shares(model: Model, _net: Network) -> Iterator[Problem]:
    """Shares of a product's fault modes that do not add to 1: they count as weights."""
    for key, product in model.products.items():
        total = sum(mode.share for mode in product.modes.values())
        if abs(total - 1) > 0.005:
            message = "the shares of the modes do not add to 1; they are taken as weights"
            yield _warn(f"products.{key}.modes", f"{total:g}", message, "change the other shares too")


def too_much(model: Model, _net: Network) -> Iterator[Problem]:
    """A run that no machine could hold: a slip in a rate, a number of units or the window."""
    years = (model.time.warm_up + model.time.window + model.time.drain) / YEAR
    per_year = {f"products.{k}.rate": p.rate * model.demand.scale for k, p in model.products.items()}
    units: dict[str, float] = {}
    for row in model.demand.installed:
        units[row.product] = units.get(row.product, 0.0) + row.units
    expected = {path: rate * units.get(path.split(".")[1], 0.0) for path, rate in per_year.items()}
    expected |= {f"goods.{k}.rate": g.rate * units.get(g.per_product, 0.0) for k, g in model.goods.items()}
    sites = sum(row.sites for row in model.demand.sites)
    expected |= {f"planned.{k}": visits_per_year(p, sites) for k, p in model.planned.items()}
    for path, rate in expected.items():
        if rate * years > MOST_EVENTS:
            message = f"about {rate * years:,.0f} events in one run; at most {MOST_EVENTS:,} are allowed"
            yield Problem(path, f"{rate:,.0f} a year", message, "check its unit, the units, and time.window")
    if years > MOST_YEARS:
        message = f"one run lasts {years:.0f} years; at most {MOST_YEARS} are allowed"
        yield Problem(
            "time.window", f"{model.time.window / 86400:.0f} d", message, "simulate a year in many replications"
        )


def demand_nowhere(model: Model, net: Network) -> Iterator[Problem]:
    """Demand in areas that have no town to put it in."""
    listed = {area for (area, _), units in units_by_area(model).items() if units}
    listed |= {row.area for row in model.demand.sites if row.sites}
    for area in sorted(listed):
        if not net.places[area]:
            message = "this area has demand and no seat, town or zone in the network"
            yield Problem("demand", area, message, "add a node of this area, or take its demand out")


def covered_by_nobody(model: Model, net: Network) -> Iterator[Problem]:
    """Areas, or towns of them, that no station covers, unless the scenario says that nothing is served there."""
    areas = {area for s in model.stations.values() for area in s.covers}
    towns = {town for s in model.stations.values() for town in s.covers_towns}
    then = "the nearest station serves them" if model.dispatch.unassigned == "nearest" else "nobody serves them"
    for area in net.areas:
        bare = [town for town in net.places[area.id] if area.id not in areas and town not in towns]
        if bare and area.id not in model.demand.unserved():
            what = f"{area.id} is" if len(bare) == len(net.places[area.id]) else f"{_some(bare)} in {area.id} are"
            message = f"{what} covered by no station; {then} (dispatch.unassigned)"
            yield _warn("stations", area.id, message, "add it to a station's covers or covers_towns")


def no_passage(model: Model, net: Network) -> Iterator[Problem]:
    """Towns with demand to which no road leads from any station that may serve them."""
    reached = serving(model, net)
    demand = {area for (area, _), units in units_by_area(model).items() if units}
    covered = {area for s in model.stations.values() for area in s.covers}
    covered_towns = {town for s in model.stations.values() for town in s.covers_towns}
    for area in net.areas:
        served = [t for t in net.places[area.id] if area.id in covered or t in covered_towns]
        lost = [t for t in served if t not in reached]
        if area.id in demand and lost:
            names = _some(net.name(t).en for t in lost)
            message = f"no road leads from its station to {names}: every visit needed there is a miss"
            yield _warn("stations", area.id, message, "islands are so; otherwise check network.as_of and the roads")


def projected_holidays(model: Model, _net: Network) -> Iterator[Problem]:
    """Years whose make-up working days are not announced yet."""
    book = HolidayBook(model.time.holidays)
    first = model.time.start - dt.timedelta(seconds=model.time.warm_up)
    last = model.time.start + dt.timedelta(seconds=model.time.window + model.time.drain)
    years = [str(year) for year in range(first.year, last.year + 1) if book.projected(year)]
    if years:
        message = f"make-up working days of {', '.join(years)} are not known: only the statutory holidays count"
        yield _warn("time.holidays", model.time.holidays, message, "take an earlier year, or read results as projected")


def overload(model: Model, net: Network) -> Iterator[Problem]:
    """Stations whose expected work and driving exceed their duty time."""
    if not model.demand.installed and not model.demand.sites:
        return
    for load in offered_load(model, net):
        if load.usual > 1 and model.stations[load.station].engineers:
            whose = f" of {_some(load.team)}, who alone may do it" if load.team else ""
            message = (
                f"work and driving, from the station and back, are {load.usual:.0%} of duty time{whose} "
                f"({load.on_site:.0f} h on site, {load.driving:.0f} h driving, {load.duty:.0f} h on duty a year)"
            )
            path = f"stations.{load.station}.engineers"
            yield _warn(path, str(model.stations[load.station].engineers), message, "add engineers or share its area")


def _warn(path: str, value: str, message: str, remedy: str) -> Problem:
    return Problem(path, value, message, remedy, "warning")


def _some(names: Iterable[str], most: int = 8) -> str:
    every = list(names)
    return ", ".join(every[:most]) + (f" and {len(every) - most} more" if len(every) > most else "")


WITHOUT_NAMES: tuple[Rule, ...] = (
    too_much,
    uneven_shares,
    too_fast,
    no_way_on,
    outside,
    split_twice,
    nobody_anywhere,
    covers_nothing,
    projected_holidays,
    nobody_of_this_number,
    skill_for_nothing,
)
RULES: tuple[Rule, ...] = (
    *WITHOUT_NAMES,
    split_too_much,
    demand_nowhere,
    without_staff,
    nobody_able,
    nobody_near,
    without_demand,
    covered_by_nobody,
    no_passage,
    no_carrier,
    no_case,
    overload,
)
DOUBTS: frozenset[Rule] = frozenset(
    {
        uneven_shares,
        projected_holidays,
        nobody_of_this_number,
        skill_for_nothing,
        without_staff,
        nobody_near,
        covered_by_nobody,
        no_passage,
        no_carrier,
        no_case,
        overload,
    }
)
"""Rules that find no errors."""
