"""Orders for goods of one replication, and the goods sent out anew for those that arrive faulty."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream, inverse, name_key
from simsvc.workload.arrivals import Rates
from simsvc.workload.chains import chains
from simsvc.workload.faults import towns
from simsvc.workload.profiles import rates
from simsvc.workload.samplers import ByGroup, Draws, per_case
from simsvc.workload.tables import Floats, Ints, Keys, Orders


def orders(case: Case, draws: Draws) -> Orders:
    """Orders in order of time, then key; then those that replace them, generation by generation.

    What replaces an order is the same goods, from stock, to the same place.
    """
    key, time, area, goods = _first(case, draws)
    town, kinds = draws.choose(towns(case), area, Stream.TOWN, key), list(case.model.goods.values())
    chain = chains(draws, key, _share(case, "faulty")[goods], Stream.FAULTY)
    key, first, anew = chain.key, chain.first, chain.parent[len(time) :]
    area, goods = area[first], goods[first]
    after = ByGroup([g.faulty_after for g in kinds], goods[anew], Stream.FAULTY_AFTER, key[anew])
    ordered = chain.parent < 0
    procured = ordered & ~draws.happens(_share(case, "in_stock")[goods], Stream.IN_STOCK, key)
    wanted = draws.happens(_share(case, "install")[goods], Stream.INSTALL, key)
    work = ByGroup([g.installation for g in kinds], goods, Stream.INSTALLATION, key)
    couriers = list(case.model.delivery.couriers.values()) if case.model.delivery else []
    courier = np.maximum(case.supply.carrier[area, goods] - (len(case.supply.routes) - len(couriers)), -1)
    return Orders(
        key=key,
        parent=chain.parent,
        child=chain.child,
        time=np.concatenate((time, np.full(len(anew), -1))),
        after=np.concatenate((np.zeros(len(time), np.int64), draws.seconds_of(after))),
        area=area,
        town=town[first],
        goods=goods,
        procurement=draws.seconds_of(
            ByGroup([g.procurement for g in kinds], np.where(procured, goods, -1), Stream.PROCUREMENT, key)
        ),
        install=np.where(wanted, draws.seconds_of(work._replace(group=np.where(wanted, goods, -1))), -1),
        returned=draws.happens(_share(case, "returns")[goods], Stream.RETURNED, key),
        courier=draws.seconds_of(ByGroup([c.lead for c in couriers], courier, Stream.COURIER, key)),
        noise=draws.noise(case.model.network.noise_cv, Stream.NOISE_OUT, key, 1),
        legs=draws.legs(case, key, work, 1),
    )


@per_case
def _share(case: Case, field: str) -> Floats:
    """A share of each kind of goods."""
    return np.array([getattr(g, field) for g in case.model.goods.values()], np.float64)


def _first(case: Case, draws: Draws) -> tuple[Keys, Ints, Ints, Ints]:
    """Key, moment, area and goods of what is ordered at first, in order of time, then key."""
    ordered, areas, goods = _rates(case)
    process, moment, key = draws.arrivals(ordered)
    return key, inverse.seconds(moment), areas[process], goods[process]


@per_case
def _rates(case: Case) -> tuple[Rates, Ints, Ints]:
    """Rates of orders by area and goods, and area and goods of each process."""
    kinds, supply = list(case.model.goods.values()), case.supply
    product = [supply.products.index(g.per_product) for g in kinds]
    pairs = [
        (a, g)
        for a in range(len(case.places.areas))
        for g in range(len(kinds))
        if kinds[g].rate * supply.units[a, product[g]] > 0
    ]
    area, goods = (np.array([pair[k] for pair in pairs], np.int64) for k in (0, 1))
    keys = [name_key("order", case.places.areas[a], supply.goods[g]) for a, g in pairs]
    yearly = [kinds[g].rate * float(supply.units[a, product[g]]) for a, g in pairs]
    return rates(case, keys, yearly, [kinds[g].profile for _, g in pairs]), area, goods
