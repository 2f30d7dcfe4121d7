"""What luck decides about units that a visit can't repair: third level, workshop, new units, stand-ins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream, derive
from simsvc.scenario.distribution import Distribution
from simsvc.workload.faults import by_mode, modes
from simsvc.workload.samplers import ByGroup, Choices, Draws, per_case
from simsvc.workload.tables import Faults, Floats, Ints, Repairs


def repairs(case: Case, draws: Draws, faults: Faults) -> Repairs:
    """One row a fault, keyed by it alone; what the scenario doesn't use is not drawn."""
    n, model = len(faults.key), case.model
    no_loaner = ByGroup([], faults.mode[:0], Stream.PLACING, faults.key[:0])
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
        legs=draws.legs(case, faults.key[:0], no_loaner, 1),
    )
    if not n:
        return table
    if model.experts is not None:
        table = _third_level(case, draws, faults, table)
    if any(m.workshop > 0 for m in modes(case)):
        table = _workshop(case, draws, faults, table)
    products = list(model.products.values())
    if model.repairs or any(p.replace_after for p in products):
        leads = [p.replacement for p in products]
        lead = ByGroup(leads, faults.product, Stream.REPLACEMENT, faults.key)
        table = replace(table, replacement=draws.seconds_of(lead))
    return _loaners(case, draws, faults, table) if model.loaners else table


def _third_level(case: Case, draws: Draws, faults: Faults, table: Repairs) -> Repairs:
    experts = case.model.experts
    assert experts is not None
    pick_ups = [draws.seconds(s.pick_up, Stream.EXPERT_PICK_UP, faults.key) for s in experts.shifts]
    return replace(
        table,
        expert=draws.happens(by_mode(case, "expert")[faults.mode], Stream.EXPERT, faults.key),
        expert_pick_up=np.array(pick_ups, np.int64),
        expert_work=draws.seconds(experts.work, Stream.EXPERT_WORK, faults.key),
    )


def _workshop(case: Case, draws: Draws, faults: Faults, table: Repairs) -> Repairs:
    leaves = draws.happens(by_mode(case, "workshop")[faults.mode], Stream.WORKSHOP, faults.key)
    route = draws.choose(_routes(case), np.where(leaves, faults.mode, -1), Stream.ROUTE, faults.key)
    ways = list(case.model.repairs.values())
    return replace(
        table,
        workshop=leaves,
        route=route,
        turnaround=draws.seconds_of(ByGroup([w.turnaround for w in ways], route, Stream.TURNAROUND, faults.key)),
        scrapped=draws.happens(_of([w.scrap for w in ways], route), Stream.SCRAPPED, faults.key) & leaves,
    )


@per_case
def _routes(case: Case) -> Choices:
    """Routes to a workshop, by fault mode."""
    index = {name: k for k, name in enumerate(case.model.repairs)}
    return Choices.of([([index[r] for r in m.routes], list(m.routes.values())) for m in modes(case)])


def _loaners(case: Case, draws: Draws, faults: Faults, table: Repairs) -> Repairs:
    """By the pool of each fault's product; the visit that places one has a key of its own."""
    key, pools = faults.key, list(case.model.loaners.values())
    pool = case.supply.loaner_pool[faults.product]

    def some(stream: Stream, dists: list[Distribution]) -> Ints:
        return draws.seconds_of(ByGroup(dists, pool, stream, key))

    placing = ByGroup([p.placing for p in pools], pool, Stream.PLACING, key)
    return replace(
        table,
        brought=draws.happens(_of([p.brought for p in pools], pool), Stream.LOANER_BROUGHT, key) & (pool >= 0),
        transfer=some(Stream.TRANSFER, [p.transfer for p in pools]),
        renewal=some(Stream.RENEWAL, [p.renewal for p in pools]),
        legs=draws.legs(case, derive(key, int(Stream.LOANER_VISIT)), placing, 1),
    )


def _of(values: list[float], group: Ints) -> Floats:
    return np.array(values, np.float64)[group]
