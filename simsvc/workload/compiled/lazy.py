"""Luck of visits that is not drawn until an engineer sets out: most visits for which there is luck never happen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simsvc.workload.tables import Floats, Ints, Keys

UNDRAWN = -1
"""Stands in the integer columns of legs, and in ``faults.diagnosis``, for what is not drawn yet."""
UNDRAWN_NOISE = 0.0
"""Stands for it in the factors on travel times."""


class Recipe(NamedTuple):
    """How the legs of one table are drawn, a row a visit's subject.

    ``key``: of all that is drawn by the table's own streams; ``work_key``, ``work_dist`` (row of ``Lazy.dists``) and
    ``work_stream``: of the time on site. The number of the visit is the count of each draw. No rows: all is drawn.
    """

    key: Keys
    work_key: Keys
    work_dist: Ints
    work_stream: int


class Lazy(NamedTuple):
    """What kernels need to draw the legs of a workload at need.

    ``set_out``, ``mobilise``, ``access``: rows of ``dists``. ``noise``: mean and standard deviation of the logarithm of
    the factor on travel times; no deviation means no noise, a factor of 1. ``tables``: faults, repairs (the visit that
    places a loaner), orders, planned visits, reviews. ``diagnosis_dist``: row of ``dists`` a fault, by the fault's key.
    """

    seed: np.uint64
    dists: Floats
    set_out: int
    mobilise: int
    access: int
    noise: tuple[float, float]
    tables: tuple[Recipe, Recipe, Recipe, Recipe, Recipe]
    diagnosis_dist: Ints
