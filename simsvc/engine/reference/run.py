"""The reference engine: one replication of a case, as SimPy processes. It is the definition of the model."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from simsvc.case import Case
from simsvc.engine.collect import collect
from simsvc.engine.reference.collect import written
from simsvc.engine.reference.contractor import Contractor
from simsvc.engine.reference.crew import Diary, Engineer
from simsvc.engine.reference.delivery import Delivery
from simsvc.engine.reference.dispatch import Dispatcher
from simsvc.engine.reference.environment import Environment
from simsvc.engine.reference.planned import Jobs
from simsvc.engine.reference.repair import RepairChain
from simsvc.engine.reference.reviews import Reviews
from simsvc.engine.reference.roads import Roads
from simsvc.engine.reference.stores import Stores
from simsvc.engine.reference.tickets import Tickets
from simsvc.engine.reference.visits import Visits
from simsvc.engine.roster import roster
from simsvc.engine.waits import off_duty_waits
from simsvc.log import Log
from simsvc.workload import Workload


def run(case: Case, workload: Workload) -> Log:
    """Simulate one replication from time 0 to the horizon.

    Parameters
    ----------
    case : Case
        Places, staff, stocks, rules.
    workload : Workload
        All luck of the replication, from :func:`simsvc.workload.draw`.

    Returns
    -------
    Log
        Tickets, visits, planned jobs, orders, stock moves and engineer states.
    """
    with _no_garbage_collection():
        return _run(case, workload)


def _run(case: Case, workload: Workload) -> Log:
    env = Environment()
    who = roster(case, workload)
    roads = Roads(case, workload)
    crew = [Engineer(case, who, e) for e in range(len(case.staffing.engineers))]
    diary = Diary(case.span.horizon)
    visits = Visits(env, case, workload, roads, diary)
    dispatcher = Dispatcher(env, case, who, roads, crew, visits.start)
    tickets = Tickets(env, case, workload, dispatcher)
    jobs = Jobs(env, case, workload, dispatcher)
    stores = Stores(env, case, workload)
    delivery = Delivery(env, case, workload, roads, jobs, case.model.delivery)
    visits.dispatcher, visits.tickets, visits.jobs = dispatcher, tickets, jobs
    visits.repair = RepairChain(env, case, workload, dispatcher, tickets, stores)
    if case.model.review is not None:
        tickets.repaired = Reviews(env, case, workload, tickets, jobs, case.model.review).repaired
    if case.model.dispatch.contractor is not None:
        Contractor(env, case, workload, case.model.dispatch.contractor, dispatcher, tickets, visits)
    env.run(until=case.span.horizon)
    visits.cut_off()
    for engineer in crew:
        diary.close_trip(engineer, case.span.horizon, engineer.base(case.span.horizon - 1))
    raw = written(tickets, visits, jobs, stores, delivery, diary)
    return collect(case, workload, raw, partial(off_duty_waits, case, who))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A run makes many small objects that all live to its end; looking for cycles among them costs a quarter of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
