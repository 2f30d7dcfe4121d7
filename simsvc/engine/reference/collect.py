"""What the processes left behind, put into the tables of the log."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.case.reach import served
from simsvc.engine.reference.crew import Diary
from simsvc.engine.reference.delivery import Delivery
from simsvc.engine.reference.planned import ORDER, PLAN, REVIEW, Jobs
from simsvc.engine.reference.stores import Stores
from simsvc.engine.reference.tickets import AMOUNTS, MOMENTS, Tickets
from simsvc.engine.reference.visits import Visits
from simsvc.engine.roster import Roster
from simsvc.engine.waits import off_duty_waits
from simsvc.log import Log, Table, from_rows, table
from simsvc.workload import Workload


def collect(
    case: Case, workload: Workload, who: Roster, tickets: Tickets, visits: Visits, jobs: Jobs, stores: Stores,
    delivery: Delivery, diary: Diary,
) -> Log:  # fmt: skip
    """The log of one replication."""
    order, rank = _happened(workload.faults.key, np.array(tickets.columns["reported"], np.int64))
    ordered, order_rank = _happened(workload.orders.key, np.array(delivery.columns["ordered"], np.int64))
    return Log(
        tickets=_tickets(case, workload, who, tickets, order, rank),
        visits=_visits(visits, rank),
        jobs=_jobs(case, workload, jobs, rank, order_rank),
        orders=_orders(case, workload, delivery, ordered, order_rank),
        stock=from_rows("stock", stores.rows),
        engineers=from_rows("engineers", sorted(diary.rows, key=lambda r: (r[0], r[2]))),
        seed=workload.seed,
    )


def _happened(key: np.ndarray, begun: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of what began, in order of its beginning and key; and the number in the log of every row, -1 for none."""
    order = np.lexsort((key, begun))
    order = order[begun[order] >= 0]
    rank = np.full(len(begun) + 1, -1, np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _counted(case: Case, times: np.ndarray) -> np.ndarray:
    return (times >= case.span.start) & (times < case.span.end)


def _tickets(
    case: Case, workload: Workload, who: Roster, tickets: Tickets, order: np.ndarray, rank: np.ndarray
) -> Table:
    faults, calls = workload.faults, workload.calls
    columns = {name: np.array(tickets.columns[name], np.int64)[order] for name in (*MOMENTS, *AMOUNTS)}
    town, product = faults.town[order], faults.product[order]
    columns["off_duty"] = off_duty_waits(case, who, town, product, columns["ready"], columns["assigned"])
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
            "reachable": served(case)[town, product],
            "counted": _counted(case, columns["reported"]),
        },
    )


def _visits(visits: Visits, rank: np.ndarray) -> Table:
    made = dict(from_rows("visits", visits.rows))
    made["ticket"] = rank[made["ticket"]].astype(made["ticket"].dtype)
    return made


def _jobs(case: Case, workload: Workload, jobs: Jobs, rank: np.ndarray, order_rank: np.ndarray) -> Table:
    origin, source = np.array(jobs.origin, np.int64), np.array(jobs.source, np.int64)
    planned, released, due = origin == PLAN, np.array(jobs.released, np.int64), np.array(jobs.due, np.int64)
    plan = np.full(len(source), -1)
    plan[planned] = workload.planned.plan[source[planned]]
    # A planned visit counts where its window ends inside the counted time, other jobs where they were released.
    counted = np.where(planned, (due > case.span.start) & (due <= case.span.end), _counted(case, released))
    return table(
        "jobs",
        {
            "job": np.arange(len(source)),
            "kind": np.array(jobs.kind, np.int64),
            "plan": plan,
            "order": order_rank[np.where(origin == ORDER, source, -1)],
            "ticket": rank[np.where(origin == REVIEW, source, -1)],
            "area": np.array(jobs.area, np.int64),
            "town": np.array(jobs.town, np.int64),
            "released": released,
            "due": due,
            "assigned": np.array(jobs.assigned, np.int64),
            "arrived": np.array(jobs.arrived, np.int64),
            "done": np.array(jobs.done, np.int64),
            "counted": counted,
        },
    )


def _orders(case: Case, workload: Workload, delivery: Delivery, order: np.ndarray, rank: np.ndarray) -> Table:
    orders = workload.orders
    columns = {name: np.array(values, np.int64)[order] for name, values in delivery.columns.items()}
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
