"""What an engine writes down while it runs, before the tables of the log are made of it: the same for both engines."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

MOMENTS = (
    "reported",
    "answered",
    "abandoned",
    "triaged",
    "remote_start",
    "remote_end",
    "approved",
    "ready",
    "assigned",
    "departed",
    "arrived",
    "expert_start",
    "expert_end",
    "route",
    "sent",
    "back",
    "loaner_asked",
    "loaner",
    "loaner_placed",
    "fixed",
)
"""Columns of tickets that are -1 until something happens."""
AMOUNTS = (
    "status",
    "visits",
    "failed",
    "scrapped",
    "contractor",
    "substitute",
    "part_wait",
    "off_duty",
    "mobilise",
    "set_out",
    "held",
    "travel",
)
"""Columns of tickets that begin at 0."""
DELIVERY = ("ordered", "received", "ready", "departed", "delivered", "route")
"""Columns of orders; -1 until something happens."""
JOB = ("kind", "origin", "source", "area", "town", "released", "due", "assigned", "arrived", "done")
"""Columns of planned jobs. ``source``: row of what the job comes from, in the table that ``origin`` names."""
CONTRACTOR_TIER = 2
"""Tier of the contractor's visits: behind own area (0) and backup (1)."""
ORDER, PLAN, REVIEW = range(3)
"""What a job comes from, and so whose luck it has: an order, a planned visit, a fault whose repair was reviewed."""


class Raw(NamedTuple):
    """Rows in the order in which an engine writes them; faults and orders by their row in the workload.

    The arrays may be views of any layout: the log gets copies.

    Parameters
    ----------
    tickets : int64 array, shape (len(MOMENTS) + len(AMOUNTS), faults)
        A row for each column, in the order of ``MOMENTS`` and ``AMOUNTS``; ``off_duty`` is worked out afterwards.
    visits : int64 array, shape (visits, 20)
        Columns as in ``schema.VISITS``; tickets by their row in the workload.
    jobs : int64 array, shape (jobs, 10)
        Columns as in ``JOB``.
    orders : int64 array, shape (6, orders)
        A row for each column, in the order of ``DELIVERY``.
    stock : int64 array, shape (moves, 7)
        Columns as in ``schema.STOCK``.
    states : int64 array, shape (spells, 6)
        Columns as in ``schema.ENGINEERS``, in any order.
    """

    tickets: Ints
    visits: Ints
    jobs: Ints
    orders: Ints
    stock: Ints
    states: Ints
