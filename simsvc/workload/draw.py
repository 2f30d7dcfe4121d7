"""All luck of one replication."""

from __future__ import annotations

from dataclasses import replace

from simsvc.case import Case
from simsvc.luck import replication_seed
from simsvc.workload.absences import absent
from simsvc.workload.calls import calls
from simsvc.workload.contractor import contractor_arrival
from simsvc.workload.faults import faults
from simsvc.workload.orders import orders
from simsvc.workload.planned import planned
from simsvc.workload.repairs import repairs
from simsvc.workload.reviews import reviews
from simsvc.workload.samplers import Draws
from simsvc.workload.tables import Workload
from simsvc.workload.weather import weather


def draw(case: Case, seed: int, replication: int) -> Workload:
    """Draw the workload of one replication.

    Parameters
    ----------
    case : Case
        What can happen and how often.
    seed : int
        Study seed.
    replication : int
        Number of the replication; each is drawn by itself, none needs the ones before it.
    """
    return drawn(case, Draws(replication_seed(seed, replication)))


def restaffed(case: Case, workload: Workload) -> Workload:
    """The same luck for a case that differs from the one it was drawn for in staffing, stocks and rules alone.

    Of all that is drawn only the days of absence depend on who is employed.
    """
    return replace(workload, absent=absent(case, Draws(workload.seed)))


def drawn(case: Case, draws: Draws) -> Workload:
    """The workload that some hand on the luck draws."""
    sky = weather(case, draws)
    broken = faults(case, draws, sky)
    return Workload(
        seed=draws.seed,
        faults=broken,
        calls=calls(case, draws, broken),
        contractor=contractor_arrival(case, draws, broken),
        repairs=repairs(case, draws, broken),
        reviews=reviews(case, draws, broken),
        orders=orders(case, draws),
        planned=planned(case, draws),
        weather=sky,
        absent=absent(case, draws),
    )
