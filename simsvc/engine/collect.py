"""What an engine has written down, put into the tables of the log; for both engines."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Bools, Ints
from simsvc.case.reach import served
from simsvc.engine.raw import AMOUNTS, DELIVERY, JOB, MOMENTS, ORDER, PLAN, REVIEW, Raw
from simsvc.log import Log, Table, from_rows, table
from simsvc.workload import Workload

Waits = Callable[[Ints, Ints, Ints, Ints], Ints]
"""Town, class of job, ready, assigned -> seconds of the wait with nobody on duty or on call."""

_STARTS = 1 << 40
"""More than any moment of a run."""

_served = lru_cache(maxsize=8)(served)


def collect(case: Case, workload: Workload, raw: Raw, off_duty: Waits, *, states: bool = True) -> Log:
    """The log of one replication. ``states``: with the states of the engineers, the longest table of all."""
    order, rank = _happened(workload.faults.key, raw.tickets[MOMENTS.index("reported")])
    ordered, order_rank = _happened(workload.orders.key, raw.orders[DELIVERY.index("ordered")])
    spells = _by_engineer(raw.states[:, 0], raw.states[:, 2]) if states else np.empty(0, np.int64)
    return Log(
        tickets=_tickets(case, workload, raw.tickets, off_duty, order, rank),
        visits=_visits(raw.visits, rank),
        jobs=_jobs(case, workload, raw.jobs, rank, order_rank),
        orders=_orders(case, workload, raw.orders, ordered, order_rank),
        stock=from_rows("stock", raw.stock),
        engineers=from_rows("engineers", raw.states.take(spells, axis=0)),
        seed=workload.seed,
    )


def _happened(key: np.ndarray, begun: Ints) -> tuple[Ints, Ints]:
    """Rows of what began, in order of its beginning and key; and the number in the log of every row, -1 for none."""
    order = np.argsort(begun, kind="stable")  # nearly sorted already, which a stable sort is quick at
    order = order[np.searchsorted(begun[order], 0) :]
    same = np.diff(begun[order]) == 0
    ties = np.flatnonzero(np.concatenate((same, [False])) | np.concatenate(([False], same)))
    rows = order[ties]
    order[ties] = rows[np.lexsort((key[rows], begun[rows]))]
    rank = np.full(len(begun) + 1, -1, np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _by_engineer(engineer: Ints, start: Ints) -> Ints:
    """Order of spells by engineer and start; those of one engineer are nearly sorted as they come."""
    few = engineer.max(initial=0) < 1 << 16
    order = np.argsort(engineer.astype(np.uint16) if few else engineer, kind="stable")  # linear for short integers
    return np.asarray(order[np.argsort(engineer[order] * _STARTS + start[order], kind="stable")])


def _counted(case: Case, times: Ints) -> Bools:
    return (times >= case.span.start) & (times < case.span.end)


def _tickets(case: Case, workload: Workload, raw: Ints, off_duty: Waits, order: Ints, rank: Ints) -> Table:
    faults, calls = workload.faults, workload.calls
    columns = dict(zip((*MOMENTS, *AMOUNTS), np.ascontiguousarray(raw).take(order, axis=1), strict=True))
    town, product = faults.town[order], faults.product[order]
    columns["off_duty"] = off_duty(town, product, columns["ready"], columns["assigned"])
    return table(
        "tickets",
        columns
        | {
            "ticket": np.arange(len(order)),
            "key": faults.key[order],
            "parent": rank[faults.parent[order]],
            "area": faults.area[order],
            "town": town,
            "product": product,
            "mode": faults.mode[order],
            "unit": calls.unit[order],
            "channel": calls.channel[order],
            "stops_work": calls.stops_work[order],
            "in_contract": calls.in_contract[order],
            "cause": faults.cause[order],
            "priority": faults.priority[order],
            "part": faults.part[order],
            "in_warranty": faults.in_warranty[order],
            "reachable": _served(case)[town, product],
            "counted": _counted(case, columns["reported"]),
        },
    )


def _visits(raw: Ints, rank: Ints) -> Table:
    made = dict(from_rows("visits", raw))
    made["ticket"] = rank[made["ticket"]].astype(made["ticket"].dtype)
    return made


def _jobs(case: Case, workload: Workload, raw: Ints, rank: Ints, order_rank: Ints) -> Table:
    columns = dict(zip(JOB, raw.T.copy(), strict=True))
    origin, source = columns.pop("origin"), columns.pop("source")
    planned, due = origin == PLAN, columns["due"]
    plan = np.full(len(source), -1)
    plan[planned] = workload.planned.plan[source[planned]]
    # A planned visit counts where its window ends inside the counted time, other jobs where they were released.
    inside = (due > case.span.start) & (due <= case.span.end)
    return table(
        "jobs",
        columns
        | {
            "job": np.arange(len(source)),
            "plan": plan,
            "order": order_rank[np.where(origin == ORDER, source, -1)],
            "ticket": rank[np.where(origin == REVIEW, source, -1)],
            "counted": np.where(planned, inside, _counted(case, columns["released"])),
        },
    )


def _orders(case: Case, workload: Workload, raw: Ints, order: Ints, rank: Ints) -> Table:
    orders = workload.orders
    columns = dict(zip(DELIVERY, np.ascontiguousarray(raw).take(order, axis=1), strict=True))
    return table(
        "orders",
        columns
        | {
            "order": np.arange(len(order)),
            "key": orders.key[order],
            "area": orders.area[order],
            "town": orders.town[order],
            "parent": rank[orders.parent[order]],
            "goods": orders.goods[order],
            "install": orders.install[order] >= 0,
            "returned": orders.returned[order],
            "counted": _counted(case, columns["ordered"]),
        },
    )
