"""What the processes left behind, as the rows of which the log is made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.engine.raw import AMOUNTS, DELIVERY, JOB, MOMENTS, Ints, Raw
from simsvc.engine.reference.crew import Diary
from simsvc.engine.reference.delivery import Delivery
from simsvc.engine.reference.planned import Jobs
from simsvc.engine.reference.stores import Stores
from simsvc.engine.reference.tickets import Tickets
from simsvc.engine.reference.visits import Visits
from simsvc.log import TABLES


def written(tickets: Tickets, visits: Visits, jobs: Jobs, stores: Stores, delivery: Delivery, diary: Diary) -> Raw:
    """All that was written down during a run."""
    return Raw(
        tickets=np.array([tickets.columns[name] for name in (*MOMENTS, *AMOUNTS)], np.int64),
        visits=_rows("visits", visits.rows),
        jobs=np.array([getattr(jobs, name) for name in JOB], np.int64).T,
        orders=np.array([delivery.columns[name] for name in DELIVERY], np.int64),
        stock=_rows("stock", stores.rows),
        states=_rows("engineers", diary.rows),
    )


def _rows(name: str, rows: Sequence[Sequence[int]]) -> Ints:
    return np.array(rows, np.int64).reshape(len(rows), len(TABLES[name]))
