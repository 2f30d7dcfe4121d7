"""The luck of one replication as columns of the memory."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Ints
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.facts import Facts
from simsvc.engine.compiled.layout import Layout
from simsvc.engine.kinds import MESSAGES
from simsvc.engine.roster import job_groups
from simsvc.log.schema import JOB_KINDS
from simsvc.workload import Workload


def columns(case: Case, workload: Workload, known: Facts, group: Ints, page: Layout) -> None:
    """Faults, orders, planned visits and weather; ``group``: group of each town."""
    _faults(case, workload, known, group, page)
    _repairs(case, workload, known, page)
    _orders(case, workload, known, group, page)
    _planned(case, workload, group, page)
    _weather(workload, page)


def _faults(case: Case, workload: Workload, known: Facts, group: Ints, page: Layout) -> None:
    f, calls = workload.faults, workload.calls
    page.set(at.FAULTS, len(f.key))
    page.set(at.PRIMARY, int(np.count_nonzero(f.parent < 0)))
    for slot, column in (
        (at.FAULT_TIME, f.time),
        (at.FAULT_TOWN, f.town),
        (at.FAULT_AREA, f.area),
        (at.GROUP, job_groups(case, group, f.town, f.product)),
        (at.PRIORITY, f.priority),
        (at.CHILD, f.child),
        (at.FAULT_AFTER, f.after),
        (at.DECISION, f.decision),
        (at.LAG, calls.lag),
        (at.RANK, f.priority + np.where(calls.live, 0, MESSAGES)),
        (at.PATIENCE, calls.patience),
        (at.CALLED_BACK, calls.called_back),
        (at.IN_CONTRACT, calls.in_contract),
        (at.APPROVAL, calls.approval),
        (at.UNIT, known.units_before[f.area, f.product] + calls.unit),
        (at.SOLVED, f.remote_solved),
        (at.DUE, case.due_limit[f.town, f.mode]),
        (at.PICK_UP, f.pick_up),
        (at.HANDLING, f.handling),
        (at.REMOTE_PICK_UP, f.remote_pick_up),
        (at.REMOTE_WORK, f.remote_work),
        (at.PART, f.part),
        (at.RIGHT_PART, f.right_part),
        (at.REPAIRS, f.fixed),
        (at.FAILURES, known.failures[f.product]),
    ):
        page.put(slot, column)
    if case.model.dispatch.contractor is not None:
        page.put(at.ARRIVAL, workload.contractor)
        page.put(at.TAKES, known.contracted[f.town, f.product])
    page.room(at.DOWN, int(case.supply.units.sum()), 0)


def _repairs(case: Case, workload: Workload, known: Facts, page: Layout) -> None:
    """What happens to units that a visit can't repair; columns that the scenario doesn't use stay away."""
    luck, pools, review = workload.repairs, case.model.loaners, case.model.review
    if case.model.experts is not None:
        page.put(at.EXPERT, luck.expert)
        page.put(at.EXPERT_PICK_UP, luck.expert_pick_up)
        page.put(at.EXPERT_WORK, luck.expert_work)
    if known.memory[at.WITH_WORKSHOP]:
        page.put(at.WORKSHOP, luck.workshop)
        page.put(at.ROUTE, luck.route)
        page.put(at.TURNAROUND, luck.turnaround)
        page.put(at.SCRAPPED, luck.scrapped)
    page.put(at.REPLACEMENT, luck.replacement)
    if pools:
        page.put(at.POOL, case.supply.loaner_pool[workload.faults.product])
        page.put(at.BROUGHT_BY, luck.brought)
        page.put(at.TRANSFER, luck.transfer)
        page.put(at.RENEWAL, luck.renewal)
        page.put(at.FREE, case.supply.loaner_pieces)
    if review is not None:
        page.put(at.REVIEW_AFTER, workload.reviews.after)
        page.put(at.REVIEW_FAILS, workload.reviews.fails)


def _orders(case: Case, workload: Workload, known: Facts, group: Ints, page: Layout) -> None:
    o, delivers = workload.orders, case.model.delivery is not None
    n = len(o.key)
    page.set(at.ORDERS, n)
    page.set(at.ORDER_PRIMARY, int(np.count_nonzero(o.parent < 0)) if delivers else 0)
    moments = np.full((n, at.ORDER), -1)
    moments[:, at.ORDERED] = o.time
    page.put(at.ORDER_ROWS, moments)
    if not delivers or not n:
        return
    carrier = case.supply.carrier[o.area, o.goods]
    vans = len(known.stop_rank)
    by_van = (carrier >= 0) & (carrier < vans)
    rank = np.zeros(n, np.int64)
    rank[by_van] = known.stop_rank[carrier[by_van], o.area[by_van]]
    for slot, column in (
        (at.ORDER_TIME, o.time),
        (at.ORDER_AREA, o.area),
        (at.ORDER_TOWN, o.town),
        (at.ORDER_GROUP, job_groups(case, group, o.town, case.staffing.first_goods + o.goods)),
        (at.ORDER_CHILD, o.child),
        (at.ORDER_AFTER, o.after),
        (at.PROCUREMENT, o.procurement),
        (at.INSTALL, o.install),
        (at.COURIER, o.courier),
        (at.CARRIER, carrier),
        (at.SIZE, known.size[o.goods]),
        (at.STOP_RANK, rank),
    ):
        page.put(slot, column)
    page.room(at.QUEUE_NEXT, n)
    page.room(at.STOP_TIME, n)


def _planned(case: Case, workload: Workload, group: Ints, page: Layout) -> None:
    p = workload.planned
    kinds = np.array([JOB_KINDS.index(plan.kind) for plan in case.model.planned.values()], np.int64)
    page.set(at.PLANNED, len(p.key))
    for slot, column in (
        (at.PLANNED_TIME, p.release),
        (at.PLANNED_KIND, kinds[p.plan]),
        (at.PLANNED_AREA, p.area),
        (at.PLANNED_TOWN, p.town),
        (at.PLANNED_GROUP, job_groups(case, group, p.town, case.staffing.first_planned + p.plan)),
        (at.PLANNED_DUE, p.due),
    ):
        page.put(slot, column)


def _weather(workload: Workload, page: Layout) -> None:
    sky = workload.weather
    for spells, starts, ends, count in (
        (sky.rain, at.RAIN, at.RAIN_END, at.RAIN_COUNT),
        (sky.strait, at.STRAIT, at.STRAIT_END, at.STRAIT_COUNT),
    ):
        page.put(starts, spells[:, 0])
        page.put(ends, spells[:, 1])
        page.set(count, len(spells))
    closed = np.concatenate([np.empty((0, 2), np.int64), *sky.closed])
    page.put(at.CLOSED_FIRST, np.cumsum([0, *map(len, sky.closed)]))
    page.put(at.CLOSED, closed[:, 0])
    page.put(at.CLOSED_END, closed[:, 1])
