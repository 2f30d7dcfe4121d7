"""Faults of one replication, with everything that luck decides about them."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.log.schema import CAUSES
from simsvc.luck import Stream, inverse, name_key
from simsvc.scenario.demand import Mode
from simsvc.scenario.staff import Pool
from simsvc.workload.arrivals import Rates, Surges
from simsvc.workload.chains import chains
from simsvc.workload.profiles import rates
from simsvc.workload.samplers import ByGroup, Choices, Draws, per_case
from simsvc.workload.tables import VISITS, Bools, Faults, Floats, Ints, Keys, Weather


def faults(case: Case, draws: Draws, weather: Weather) -> Faults:
    """First faults in order of time, then the repeats generation by generation.

    A repeat has the place, product, mode and warranty of its parent; all else is drawn by its own key.
    """
    key, time, area, product = _first(case, draws, weather)
    town = draws.choose(towns(case), area, Stream.TOWN, key)
    in_warranty = draws.happens(_in_warranty(case)[product], Stream.WARRANTY, key)
    mode = draws.choose(_modes(case), product, Stream.MODE, key)
    chain = chains(draws, key, by_mode(case, "repeat")[mode], Stream.REPEAT)
    key, first, repeats = chain.key, chain.first, chain.parent[len(time) :]
    mode, kinds = mode[first], modes(case)
    after = ByGroup([m.repeat_after for m in kinds], mode[repeats], Stream.REPEAT_AFTER, key[repeats])
    desk, remote, nothing = case.model.desk, case.model.remote, np.zeros(len(key), np.int64)
    return Faults(
        key=key,
        parent=chain.parent,
        child=chain.child,
        time=np.concatenate((time, np.full(len(repeats), -1))),
        after=np.concatenate((nothing[: len(time)], draws.seconds_of(after))),
        area=area[first],
        town=town[first],
        product=product[first],
        mode=mode,
        cause=np.array([CAUSES.index(m.cause) for m in kinds], np.int64)[mode],
        priority=np.array([m.priority for m in kinds], np.int64)[mode],
        pick_up=_pick_up(draws, desk, Stream.PICK_UP, key),
        handling=draws.seconds(desk.work, Stream.HANDLING, key) if desk else nothing,
        remote_pick_up=_pick_up(draws, remote, Stream.REMOTE_PICK_UP, key),
        remote_work=draws.seconds(remote.work, Stream.REMOTE_WORK, key) if remote else nothing,
        remote_solved=draws.happens(by_mode(case, "remote")[mode] if remote else 0.0, Stream.REMOTE_SOLVED, key),
        decision=draws.seconds(case.model.dispatch.decision, Stream.DECISION, key),
        part=_part(case, draws, key, mode),
        right_part=draws.happens(by_mode(case, "right_part")[mode], Stream.RIGHT_PART, key),
        in_warranty=in_warranty[first],
        diagnosis=draws.diagnosis(ByGroup([m.diagnosis for m in kinds], mode, Stream.DIAGNOSIS, key), VISITS),
        fixed=_fixed(draws, by_mode(case, "fixed")[mode], key),
        legs=draws.legs(case, key, ByGroup([m.work for m in kinds], mode, Stream.WORK, key), VISITS),
    )


@per_case
def modes(case: Case) -> list[Mode]:
    """Fault modes in the order of ``case.supply.modes``."""
    return [list(case.model.products.values())[p].modes[m] for p, m in case.supply.modes]


@per_case
def by_mode(case: Case, field: str) -> Floats:
    """A figure of each fault mode."""
    return np.array([getattr(m, field) for m in modes(case)], np.float64)


@per_case
def towns(case: Case) -> Choices:
    """Towns of each area, by their weights."""
    members = [np.flatnonzero(case.places.area == a) for a in range(len(case.places.areas))]
    return Choices.of([(some, case.places.weight[some]) for some in members])


def _first(case: Case, draws: Draws, weather: Weather) -> tuple[Keys, Ints, Ints, Ints]:
    """Key, moment, area and product of the faults with which chains begin, in order of time, then key."""
    broken, areas, products = _rates(case)
    storms = case.model.environment.typhoons
    surges = Surges.of(storms.surge if storms else 1.0, areas, weather.surge)
    process, moment, key = draws.arrivals(broken, surges)
    return key, inverse.seconds(moment), areas[process], products[process]


@per_case
def _rates(case: Case) -> tuple[Rates, Ints, Ints]:
    """Rates of faults by area and product, and area and product of each process."""
    products, scale = list(case.model.products.values()), case.model.demand.scale
    pairs = [
        (a, p)
        for a in range(len(case.places.areas))
        for p, product in enumerate(products)
        if product.rate * scale * case.supply.units[a, p] > 0
    ]
    area, product = (np.array([pair[k] for pair in pairs], np.int64) for k in (0, 1))
    keys = [name_key("fault", case.places.areas[a], case.supply.products[p]) for a, p in pairs]
    yearly = [products[p].rate * scale * float(case.supply.units[a, p]) for a, p in pairs]
    return rates(case, keys, yearly, [products[p].profile for _, p in pairs]), area, product


@per_case
def _modes(case: Case) -> Choices:
    """Fault modes of each product, by their shares."""
    first = {p: k for k, (p, _) in reversed(list(enumerate(case.supply.modes)))}
    shares = [[m.share for m in p.modes.values()] for p in case.model.products.values()]
    return Choices.of([(range(first[p], first[p] + len(some)), some) for p, some in enumerate(shares)])


@per_case
def _parts(case: Case) -> Choices:
    """Parts that a repair may need, by fault mode."""
    index = {name: k for k, name in enumerate(case.supply.parts)}
    return Choices.of([([index[p] for p in m.parts], list(m.parts.values())) for m in modes(case)])


@per_case
def _in_warranty(case: Case) -> Floats:
    return np.array([p.in_warranty for p in case.model.products.values()], np.float64)


def _pick_up(draws: Draws, pool: Pool | None, stream: Stream, key: Keys) -> Ints:
    """Until somebody of each shift takes up the call, shape (shifts, keys)."""
    drawn = [draws.seconds(s.pick_up, stream, key) for s in pool.shifts] if pool else []
    return np.array(drawn, np.int64).reshape(len(drawn), len(key))


def _part(case: Case, draws: Draws, key: Keys, mode: Ints) -> Ints:
    needed = draws.happens(by_mode(case, "part")[mode], Stream.PART_NEEDED, key)
    return draws.choose(_parts(case), np.where(needed, mode, -1), Stream.PART_CHOICE, key)


def _fixed(draws: Draws, probability: Floats, key: Keys) -> Bools:
    """Whether each visit repairs; the last always does."""
    fixed = np.ones((len(key), VISITS), np.bool_)
    for visit in range(VISITS - 1):
        fixed[:, visit] = draws.happens(probability, Stream.FIXED, key, visit)
    return fixed
