"""The luck of one replication as arrays: what happens, where, when, and how long everything would take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]

VISITS = 4
"""Visits for which luck is drawn; a fourth visit with everything at hand always repairs."""


@dataclass(frozen=True)
class Legs:
    """Luck of visits, shape (rows, visits): seconds, and factors on travel times."""

    set_out: Ints
    mobilise: Ints
    access: Ints
    work: Ints
    noise_out: Floats
    noise_back: Floats


@dataclass(frozen=True)
class Faults:
    """Faults in order of time, then key. Repeats follow at the end with ``time`` -1: ``after`` their parent's repair.

    ``pick_up`` and ``remote_pick_up``: (shifts, faults). ``child``: row of the fault that comes back, -1 for none.
    ``part``: part that the repair needs, -1 for none. ``diagnosis``, ``fixed``: (faults, visits).
    """

    key: Keys
    parent: Ints
    child: Ints
    time: Ints
    after: Ints
    area: Ints
    town: Ints
    product: Ints
    mode: Ints
    cause: Ints
    priority: Ints
    pick_up: Ints
    handling: Ints
    remote_pick_up: Ints
    remote_work: Ints
    remote_solved: Bools
    decision: Ints
    part: Ints
    right_part: Bools
    in_warranty: Bools
    diagnosis: Ints
    fixed: Bools
    legs: Legs


@dataclass(frozen=True)
class Orders:
    """Orders in order of time, then key. ``procurement`` is 0 for goods in stock; ``install``: seconds, -1 for none."""

    key: Keys
    time: Ints
    area: Ints
    town: Ints
    goods: Ints
    procurement: Ints
    install: Ints
    returned: Bools
    noise: Floats
    legs: Legs


@dataclass(frozen=True)
class Visits:
    """Planned visits in order of release, then key."""

    key: Keys
    plan: Ints
    area: Ints
    town: Ints
    start: Ints
    release: Ints
    due: Ints
    legs: Legs


@dataclass(frozen=True)
class Weather:
    """Spells as (start, end) rows: ``rain``, ``strait``; per area ``closed`` roads and ``surge`` of faults."""

    rain: Ints
    closed: tuple[Ints, ...]
    surge: tuple[Ints, ...]
    strait: Ints


@dataclass(frozen=True)
class Workload:
    """All luck of one replication. ``absent``: (engineers, days). Lead times are drawn on demand by ``seed``."""

    seed: int
    faults: Faults
    orders: Orders
    planned: Visits
    weather: Weather
    absent: Bools
