"""What the processes left behind, put into the tables of the log."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.case.reach import served_towns
from simsvc.engine.reference.crew import Diary
from simsvc.engine.reference.delivery import Delivery
from simsvc.engine.reference.planned import INSPECTION, INSTALLATION, Jobs
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
    order, rank = _order(workload, tickets)
    return Log(
        tickets=_tickets(case, workload, who, tickets, order, rank),
        visits=_visits(visits, rank),
        jobs=_jobs(case, workload, jobs),
        orders=_orders(case, workload, delivery),
        stock=from_rows("stock", stores.rows),
        engineers=from_rows("engineers", sorted(diary.rows, key=lambda r: (r[0], r[2]))),
    )


def _order(workload: Workload, tickets: Tickets) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the faults that were reported, in order of report and key; and the ticket number of every fault."""
    reported = np.array(tickets.columns["reported"], np.int64)
    order = np.lexsort((workload.faults.key, reported))
    order = order[reported[order] >= 0]
    rank = np.full(len(reported) + 1, -1, np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _counted(case: Case, times: np.ndarray) -> np.ndarray:
    return (times >= case.span.start) & (times < case.span.end)


def _tickets(
    case: Case, workload: Workload, who: Roster, tickets: Tickets, order: np.ndarray, rank: np.ndarray
) -> Table:
    faults = workload.faults
    columns = {name: np.array(tickets.columns[name], np.int64)[order] for name in (*MOMENTS, *AMOUNTS)}
    town = faults.town[order]
    columns["off_duty"] = off_duty_waits(case, who, town, columns["ready"], columns["assigned"])
    return table(
        "tickets",
        columns
        | {
            "ticket": np.arange(len(order)),
            "key": faults.key[order],
            "parent": rank[faults.parent[order]],
            "area": faults.area[order],
            "town": town,
            "product": faults.product[order],
            "mode": faults.mode[order],
            "cause": faults.cause[order],
            "priority": faults.priority[order],
            "part": faults.part[order],
            "in_warranty": faults.in_warranty[order],
            "reachable": served_towns(case)[town],
            "counted": _counted(case, columns["reported"]),
        },
    )


def _visits(visits: Visits, rank: np.ndarray) -> Table:
    made = dict(from_rows("visits", visits.rows))
    made["ticket"] = rank[made["ticket"]].astype(made["ticket"].dtype)
    return made


def _jobs(case: Case, workload: Workload, jobs: Jobs) -> Table:
    kind, source = np.array(jobs.kind, np.int64), np.array(jobs.source, np.int64)
    inspection = kind == INSPECTION
    released, due = np.array(jobs.released, np.int64), np.array(jobs.due, np.int64)
    plan = np.full(len(kind), -1)
    plan[inspection] = workload.planned.plan[source[inspection]]
    # A planned visit counts where its window ends inside the counted time, an installation where it was released.
    counted = np.where(inspection, (due > case.span.start) & (due <= case.span.end), _counted(case, released))
    return table(
        "jobs",
        {
            "job": np.arange(len(kind)),
            "kind": kind,
            "plan": plan,
            "order": np.where(kind == INSTALLATION, source, -1),
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


def _orders(case: Case, workload: Workload, delivery: Delivery) -> Table:
    orders = workload.orders
    columns = {name: np.array(values, np.int64) for name, values in delivery.columns.items()}
    return table(
        "orders",
        columns
        | {
            "order": np.arange(len(orders.key)),
            "key": orders.key,
            "area": orders.area,
            "town": orders.town,
            "goods": orders.goods,
            "install": orders.install >= 0,
            "returned": orders.returned,
            "counted": _counted(case, orders.time),
        },
    )
