"""Who may do what: skills and dedication of the engineers, by class of job."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simsvc.case.arrays import Bools
from simsvc.scenario.model import Model
from simsvc.scenario.staff import Engineer

EVERYTHING = Engineer()
"""An engineer of whom the scenario says nothing: he does all that needs no skill."""


class JobClass(NamedTuple):
    """A class of jobs: the scenario's table (``products``, ``planned``, ``goods``) and id, and the skill it needs."""

    table: str
    key: str
    skill: str | None


def job_classes(model: Model) -> list[JobClass]:
    """Classes of jobs in the order of ``Staffing.able``: products, then planned visits, then goods."""
    return [
        *(JobClass("products", key, product.skill) for key, product in model.products.items()),
        *(JobClass("planned", key, plan.skill) for key, plan in model.planned.items()),
        *(JobClass("goods", key, goods.skill) for key, goods in model.goods.items()),
    ]


def engineer_ids(model: Model) -> list[str]:
    """``<station>-1``, ``<station>-2`` and so on, in the order of the stations."""
    return [f"{name}-{n + 1}" for name, station in model.stations.items() for n in range(station.engineers)]


def able(model: Model) -> Bools:
    """Whether each engineer may do each class of job, shape (engineers, classes).

    He has the skill that it needs, and if he is dedicated it is among what he is dedicated to.
    """
    people = [model.staff.engineers.get(name, EVERYTHING) for name in engineer_ids(model)]
    kinds = job_classes(model)
    rows = [[may_do(person, kind) for kind in kinds] for person in people]
    return np.array(rows, np.bool_).reshape(len(people), len(kinds))


def may_do(person: Engineer, kind: JobClass) -> bool:
    """Whether one engineer may do jobs of a class."""
    return (kind.skill is None or kind.skill in person.skills) and (not person.only or kind.key in person.only)
