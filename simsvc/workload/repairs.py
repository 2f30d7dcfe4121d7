"""What luck decides about units that a visit can't repair: third level, workshop, new units, stand-ins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream, derive
from simsvc.scenario.demand import Mode
from simsvc.scenario.distribution import Distribution
from simsvc.workload.faults import legs, modes
from simsvc.workload.samplers import Draws, by_group, pick
from simsvc.workload.tables import Faults, Floats, Ints, Legs, Repairs


def repairs(case: Case, draws: Draws, faults: Faults) -> Repairs:
    """One row a fault, keyed by it alone; what the scenario doesn't use is not drawn."""
    n, model = len(faults.key), case.model
    nothing, never = np.zeros(n, np.int64), np.zeros(n, np.bool_)
    table = Repairs(
        expert=never,
        expert_pick_up=np.empty((0, n), np.int64),
        expert_work=nothing,
        workshop=never,
        route=np.full(n, -1),
        turnaround=nothing,
        scrapped=never,
        replacement=nothing,
        brought=never,
        transfer=nothing,
        renewal=nothing,
        legs=_no_legs(),
    )
    if not n:
        return table
    kinds = modes(case)
    if model.experts is not None:
        table = _third_level(case, draws, faults, kinds, table)
    if any(m.workshop > 0 for m in kinds):
        table = _workshop(case, draws, faults, kinds, table)
    products = list(model.products.values())
    if model.repairs or any(p.replace_after for p in products):
        leads = [p.replacement for p in products]
        table = replace(table, replacement=draws.seconds_of(leads, faults.product, Stream.REPLACEMENT, faults.key))
    return _loaners(case, draws, faults, table) if model.loaners else table


def _third_level(case: Case, draws: Draws, faults: Faults, kinds: list[Mode], table: Repairs) -> Repairs:
    experts = case.model.experts
    assert experts is not None
    pick_ups = [draws.seconds(s.pick_up, Stream.EXPERT_PICK_UP, faults.key) for s in experts.shifts]
    return replace(
        table,
        expert=draws.happens(_of([m.expert for m in kinds], faults.mode), Stream.EXPERT, faults.key),
        expert_pick_up=np.array(pick_ups, np.int64),
        expert_work=draws.seconds(experts.work, Stream.EXPERT_WORK, faults.key),
    )


def _workshop(case: Case, draws: Draws, faults: Faults, kinds: list[Mode], table: Repairs) -> Repairs:
    routes, u = list(case.model.repairs), draws.uniforms(Stream.ROUTE, faults.key)
    leaves = draws.happens(_of([m.workshop for m in kinds], faults.mode), Stream.WORKSHOP, faults.key)

    def choose(m: int, rows: Ints) -> Ints:
        weights = kinds[m].routes
        if not weights:
            return np.full(len(rows), -1)
        return np.array([routes.index(r) for r in weights])[pick(np.array(list(weights.values())), u[rows])]

    route = np.where(leaves, by_group(faults.mode, len(faults.key), choose), -1).astype(np.int64)
    ways = list(case.model.repairs.values())
    return replace(
        table,
        workshop=leaves,
        route=route,
        turnaround=draws.seconds_of([w.turnaround for w in ways], route, Stream.TURNAROUND, faults.key),
        scrapped=draws.happens(_of([w.scrap for w in ways], route), Stream.SCRAPPED, faults.key) & leaves,
    )


def _loaners(case: Case, draws: Draws, faults: Faults, table: Repairs) -> Repairs:
    """By the pool of each fault's product; the visit that places one has a key of its own."""
    key, pools = faults.key, list(case.model.loaners.values())
    pool = case.supply.loaner_pool[faults.product]

    def some(stream: Stream, dists: list[Distribution]) -> Ints:
        return draws.seconds_of(dists, pool, stream, key)

    placing = some(Stream.PLACING, [p.placing for p in pools])
    visit = derive(key, int(Stream.LOANER_VISIT))
    return replace(
        table,
        brought=draws.happens(_of([p.brought for p in pools], pool), Stream.LOANER_BROUGHT, key) & (pool >= 0),
        transfer=some(Stream.TRANSFER, [p.transfer for p in pools]),
        renewal=some(Stream.RENEWAL, [p.renewal for p in pools]),
        legs=legs(case, draws, visit, placing[:, None]),
    )


def _of(values: list[float], group: Ints) -> Floats:
    return np.array(values, np.float64)[group]


def _no_legs() -> Legs:
    none, even = np.empty((0, 1), np.int64), np.empty((0, 1))
    return Legs(none, none, none, none, even, even)
