"""Faults of one replication, with everything that luck decides about them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simsvc.case import Case
from simsvc.log.schema import CAUSES
from simsvc.luck import Stream, derive, name_key
from simsvc.scenario.demand import Mode
from simsvc.scenario.distribution import Distribution
from simsvc.workload.arrivals import arrivals
from simsvc.workload.profiles import SLICE, factors
from simsvc.workload.samplers import Draws, by_group, pick
from simsvc.workload.tables import VISITS, Bools, Faults, Floats, Ints, Keys, Legs, Weather, joined

GENERATIONS = 12
"""Repeats of repeats followed; with 6 % a generation the thirteenth has odds of one in 10^15."""


def faults(case: Case, draws: Draws, weather: Weather) -> Faults:
    """First faults in order of time, then the repeats generation by generation."""
    process, time, key, pairs = _first(case, draws, weather)
    area = np.array([a for a, _ in pairs], np.int64)[process]
    product = np.array([p for _, p in pairs], np.int64)[process]
    order = np.lexsort((key, time))
    parents = _attributes(case, draws, key[order], time[order], area[order], product[order])
    table = parents
    offset = 0
    for _ in range(GENERATIONS):
        again = _repeats(case, draws, parents)
        rows = np.flatnonzero(again)
        if not len(rows):
            break
        child_key = derive(parents.key[rows], int(Stream.CHILD))
        children = _attributes(
            case,
            draws,
            child_key,
            np.full(len(rows), -1),
            parents.area[rows],
            parents.product[rows],
            town=parents.town[rows],
            mode=parents.mode[rows],
        )
        size = len(table.key)
        child = table.child.copy()
        child[offset + rows] = size + np.arange(len(rows))
        after = _repeat_after(case, draws, parents, rows)
        children = replace(children, parent=offset + rows, after=after, in_warranty=parents.in_warranty[rows])
        table = joined(replace(table, child=child), children)
        offset, parents = size, children
    return table


def modes(case: Case) -> list[Mode]:
    """Fault modes in the order of ``case.supply.modes``."""
    return [list(case.model.products.values())[p].modes[m] for p, m in case.supply.modes]


def _first(case: Case, draws: Draws, weather: Weather) -> tuple[Ints, Ints, Keys, list[tuple[int, int]]]:
    products = list(case.model.products.values())
    shape = {
        name: factors(case, case.model.profiles[name] if name is not None else None)
        for name in {p.profile for p in products}
    }
    peak = {name: float(f.max()) for name, f in shape.items()}
    storms = case.model.environment.typhoons
    surge = storms.surge if storms else 1.0
    scale = case.model.demand.scale
    pairs = [
        (a, p)
        for a in range(len(case.places.areas))
        for p, product in enumerate(products)
        if product.rate * scale * case.supply.units[a, p] > 0
    ]
    yearly = [products[p].rate * scale * float(case.supply.units[a, p]) for a, p in pairs]

    def rate(k: int, times: Floats) -> Floats:
        area, product = pairs[k]
        factor = shape[products[product].profile][(times // SLICE).astype(np.int64)]
        spells = weather.surge[area]
        if surge > 1 and len(spells):
            spell = np.searchsorted(spells[:, 0], times, "right") - 1
            factor = factor * np.where((spell >= 0) & (times < spells[spell, 1]), surge, 1.0)
        return np.asarray(yearly[k] * factor)

    keys = [name_key("fault", case.places.areas[a], case.supply.products[p]) for a, p in pairs]
    highest = [
        y * peak[products[p].profile] * (surge if len(weather.surge[a]) else 1.0)
        for y, (a, p) in zip(yearly, pairs, strict=True)
    ]
    process, time, key = arrivals(draws.seed, keys, highest, rate, case.span.horizon, case.epoch.first_day.toordinal())
    return process, time, key, pairs


def _attributes(
    case: Case,
    draws: Draws,
    key: Keys,
    time: Ints,
    area: Ints,
    product: Ints,
    town: Ints | None = None,
    mode: Ints | None = None,
) -> Faults:
    """Everything drawn once a fault, by its key alone."""
    n = len(key)
    kinds = modes(case)
    if town is None:
        town = towns(case, draws, key, area)
    if mode is None:
        first = {p: k for k, (p, _) in reversed(list(enumerate(case.supply.modes)))}
        u = draws.uniforms(Stream.MODE, key)
        shares = [np.array([m.share for m in p.modes.values()]) for p in case.model.products.values()]
        mode = np.asarray(by_group(product, n, lambda p, rows: first[p] + pick(shares[p], u[rows])), np.int64)

    def of(values: list[float]) -> Floats:
        return np.array(values, np.float64)[mode]

    desk, remote, model = case.model.desk, case.model.remote, case.model
    solved = draws.happens(of([m.remote for m in kinds]), Stream.REMOTE_SOLVED, key)
    return Faults(
        key=key,
        parent=np.full(n, -1),
        child=np.full(n, -1),
        time=time,
        after=np.zeros(n, np.int64),
        area=area,
        town=town,
        product=product,
        mode=mode,
        cause=np.array([CAUSES.index(m.cause) for m in kinds], np.int64)[mode],
        priority=np.array([m.priority for m in kinds], np.int64)[mode],
        pick_up=_shifts(draws, [s.pick_up for s in desk.shifts] if desk else [], Stream.PICK_UP, key),
        handling=draws.seconds(desk.work, Stream.HANDLING, key) if desk else np.zeros(n, np.int64),
        remote_pick_up=_shifts(draws, [s.pick_up for s in remote.shifts] if remote else [], Stream.REMOTE_PICK_UP, key),
        remote_work=draws.seconds(remote.work, Stream.REMOTE_WORK, key) if remote else np.zeros(n, np.int64),
        remote_solved=solved if remote else np.zeros(n, np.bool_),
        decision=draws.seconds(model.dispatch.decision, Stream.DECISION, key),
        part=_parts(case, draws, key, mode, kinds),
        right_part=draws.happens(of([m.right_part for m in kinds]), Stream.RIGHT_PART, key),
        in_warranty=draws.happens(
            np.array([p.in_warranty for p in model.products.values()])[product], Stream.WARRANTY, key
        ),
        diagnosis=_per_visit(draws, [m.diagnosis for m in kinds], mode, Stream.DIAGNOSIS, key),
        fixed=_fixed(draws, of([m.fixed for m in kinds]), key),
        legs=legs(case, draws, key, _per_visit(draws, [m.work for m in kinds], mode, Stream.WORK, key)),
    )


def towns(case: Case, draws: Draws, key: Keys, area: Ints) -> Ints:
    """Town of each key by the weights of its area."""
    u = draws.uniforms(Stream.TOWN, key)
    members = [np.flatnonzero(case.places.area == a) for a in range(len(case.places.areas))]
    return np.asarray(
        by_group(area, len(key), lambda a, rows: members[a][pick(case.places.weight[members[a]], u[rows])]), np.int64
    )


def legs(case: Case, draws: Draws, key: Keys, work: Ints) -> Legs:
    """Luck of the visits to each key: ``work`` has shape (rows, visits)."""
    numbers = np.broadcast_to(np.arange(work.shape[1]), work.shape)
    keys = key[:, None]
    staff, cv = case.model.staff, case.model.network.noise_cv
    return Legs(
        set_out=draws.seconds(staff.set_out, Stream.SET_OUT, keys, numbers),
        mobilise=draws.seconds(staff.mobilisation, Stream.MOBILISE, keys, numbers),
        access=draws.seconds(staff.site_access, Stream.ACCESS, keys, numbers),
        work=work,
        noise_out=draws.noise(cv, Stream.NOISE_OUT, keys, numbers),
        noise_back=draws.noise(cv, Stream.NOISE_BACK, keys, numbers),
    )


def _shifts(draws: Draws, pick_ups: list[Distribution], stream: Stream, key: Keys) -> Ints:
    return np.array([draws.seconds(d, stream, key) for d in pick_ups], np.int64).reshape(len(pick_ups), len(key))


def _per_visit(draws: Draws, dists: list[Distribution], mode: Ints, stream: Stream, key: Keys) -> Ints:
    out = np.zeros((len(key), VISITS), np.int64)
    for m in np.unique(mode):
        rows = np.flatnonzero(mode == m)
        numbers = np.broadcast_to(np.arange(VISITS), (len(rows), VISITS))
        out[rows] = draws.seconds(dists[int(m)], stream, key[rows, None], numbers)
    return out


def _fixed(draws: Draws, probability: Floats, key: Keys) -> Bools:
    numbers = np.broadcast_to(np.arange(VISITS), (len(key), VISITS))
    fixed = draws.happens(probability[:, None], Stream.FIXED, key[:, None], numbers)
    fixed[:, -1] = True
    return fixed


def _parts(case: Case, draws: Draws, key: Keys, mode: Ints, kinds: list[Mode]) -> Ints:
    needed = draws.happens(np.array([m.part for m in kinds])[mode], Stream.PART_NEEDED, key)
    u = draws.uniforms(Stream.PART_CHOICE, key)
    index = {name: k for k, name in enumerate(case.supply.parts)}

    def choose(m: int, rows: Ints) -> Ints:
        names = list(kinds[m].parts)
        if not names:
            return np.full(len(rows), -1)
        return np.array([index[p] for p in names])[pick(np.array(list(kinds[m].parts.values())), u[rows])]

    return np.where(needed, by_group(mode, len(key), choose), -1).astype(np.int64)


def _repeats(case: Case, draws: Draws, table: Faults) -> Bools:
    return draws.happens(np.array([m.repeat for m in modes(case)])[table.mode], Stream.REPEAT, table.key)


def _repeat_after(case: Case, draws: Draws, table: Faults, rows: Ints) -> Ints:
    dists = [m.repeat_after for m in modes(case)]
    return draws.seconds_of(dists, table.mode[rows], Stream.REPEAT_AFTER, table.key[rows])
