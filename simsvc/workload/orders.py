"""Orders for goods of one replication."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream, name_key
from simsvc.workload.arrivals import arrivals
from simsvc.workload.faults import legs, towns
from simsvc.workload.profiles import SLICE, factors
from simsvc.workload.samplers import Draws, by_group
from simsvc.workload.tables import Floats, Ints, Orders


def orders(case: Case, draws: Draws) -> Orders:
    """Orders in order of time, then key."""
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
    process, time, key = process[order], time[order], key[order]
    area = np.array([a for a, _ in pairs], np.int64)[process]
    kind = np.array([g for _, g in pairs], np.int64)[process]

    def of(values: list[float]) -> Floats:
        return np.array(values, np.float64)[kind]

    in_stock = draws.happens(of([g.in_stock for g in goods]), Stream.IN_STOCK, key)
    wanted = draws.happens(of([g.install for g in goods]), Stream.INSTALL, key)

    def procurement(g: int, rows: Ints) -> Ints:
        return draws.seconds(goods[g].procurement, Stream.PROCUREMENT, key[rows])

    def installation(g: int, rows: Ints) -> Ints:
        return draws.seconds(goods[g].installation, Stream.INSTALLATION, key[rows])

    work = by_group(kind, len(key), installation).astype(np.int64)
    return Orders(
        key=key,
        time=time,
        area=area,
        town=towns(case, draws, key, area),
        goods=kind,
        procurement=np.where(in_stock, 0, by_group(kind, len(key), procurement)).astype(np.int64),
        install=np.where(wanted, work, -1),
        returned=draws.happens(of([g.returns for g in goods]), Stream.RETURNED, key),
        noise=draws.noise(case.model.network.noise_cv, Stream.NOISE_OUT, key, 1),
        legs=legs(case, draws, key, work[:, None]),
    )
