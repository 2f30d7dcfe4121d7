"""Orders for goods of one replication, and the goods sent out anew for those that arrive faulty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream, derive, name_key
from simsvc.workload.arrivals import arrivals
from simsvc.workload.faults import GENERATIONS, legs, towns
from simsvc.workload.profiles import SLICE, factors
from simsvc.workload.samplers import Draws
from simsvc.workload.tables import Bools, Floats, Ints, Keys, Orders, joined


def orders(case: Case, draws: Draws) -> Orders:
    """Orders in order of time, then key; then those that replace them, generation by generation."""
    time, key, area, goods = _first(case, draws)
    parents = _attributes(case, draws, key, time, area, towns(case, draws, key, area), goods)
    kinds = list(case.model.goods.values())
    table, offset = parents, 0
    for _ in range(GENERATIONS):
        wrong = draws.happens(np.array([g.faulty for g in kinds])[parents.goods], Stream.FAULTY, parents.key)
        rows = np.flatnonzero(wrong)
        if not len(rows):
            break
        size = len(table.key)
        child = table.child.copy()
        child[offset + rows] = size + np.arange(len(rows))
        children = replace(_anew(case, draws, parents, rows), parent=offset + rows)
        table = joined(replace(table, child=child), children)
        offset, parents = size, children
    return table


def _anew(case: Case, draws: Draws, parents: Orders, rows: Ints) -> Orders:
    """Orders that replace some rows of others: the same goods, from stock, to the same place."""
    key, goods = parents.key[rows], parents.goods[rows]
    dists = [g.faulty_after for g in case.model.goods.values()]
    late, again = np.full(len(rows), -1), derive(key, int(Stream.CHILD))
    made = _attributes(case, draws, again, late, parents.area[rows], parents.town[rows], goods)
    after = draws.seconds_of(dists, goods, Stream.FAULTY_AFTER, key)
    return replace(made, after=after, procurement=np.zeros(len(rows), np.int64))


def _first(case: Case, draws: Draws) -> tuple[Ints, Keys, Ints, Ints]:
    """Moment, key, area and goods of what is ordered at first."""
    goods = list(case.model.goods.values())
    product = [case.supply.products.index(g.per_product) for g in goods]
    pairs = [
        (a, g)
        for a in range(len(case.places.areas))
        for g in range(len(goods))
        if goods[g].rate * case.supply.units[a, product[g]] > 0
    ]
    yearly = [goods[g].rate * float(case.supply.units[a, product[g]]) for a, g in pairs]
    shape = [factors(case, case.model.profiles[g.profile] if g.profile is not None else None) for g in goods]

    def rate(k: int, times: Floats) -> Floats:
        return np.asarray(yearly[k] * shape[pairs[k][1]][(times // SLICE).astype(np.int64)])

    process, time, key = arrivals(
        draws.seed,
        [name_key("order", case.places.areas[a], case.supply.goods[g]) for a, g in pairs],
        [y * float(shape[g].max()) for y, (_, g) in zip(yearly, pairs, strict=True)],
        rate,
        case.span.horizon,
        case.epoch.first_day.toordinal(),
    )
    order = np.lexsort((key, time))
    area, kind = (np.array([pair[k] for pair in pairs], np.int64)[process[order]] for k in (0, 1))
    return time[order], key[order], area, kind


def _attributes(case: Case, draws: Draws, key: Keys, time: Ints, area: Ints, town: Ints, goods: Ints) -> Orders:
    """Everything drawn once an order, by its key alone."""
    kinds, supply = list(case.model.goods.values()), case.supply

    def happens(shares: list[float], stream: Stream) -> Bools:
        return draws.happens(np.array(shares, np.float64)[goods], stream, key)

    in_stock = happens([g.in_stock for g in kinds], Stream.IN_STOCK)
    wanted = happens([g.install for g in kinds], Stream.INSTALL)
    procurement = draws.seconds_of([g.procurement for g in kinds], goods, Stream.PROCUREMENT, key)
    work = draws.seconds_of([g.installation for g in kinds], goods, Stream.INSTALLATION, key)
    couriers = list(case.model.delivery.couriers.values()) if case.model.delivery else []
    courier = np.maximum(supply.carrier[area, goods] - (len(supply.routes) - len(couriers)), -1)
    return Orders(
        key=key,
        parent=np.full(len(key), -1),
        child=np.full(len(key), -1),
        time=time,
        after=np.zeros(len(key), np.int64),
        area=area,
        town=town,
        goods=goods,
        procurement=np.where(in_stock, 0, procurement),
        install=np.where(wanted, work, -1),
        returned=happens([g.returns for g in kinds], Stream.RETURNED),
        courier=draws.seconds_of([c.lead for c in couriers], courier, Stream.COURIER, key),
        noise=draws.noise(case.model.network.noise_cv, Stream.NOISE_OUT, key, 1),
        legs=legs(case, draws, key, work[:, None]),
    )
