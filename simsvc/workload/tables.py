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
class Calls:
    """How faults are reported and on which unit they happen; rows as in ``Faults``.

    ``channel``: in the order of the scenario, -1 without channels. ``lag``: until the desk sees a message; 0 for live
    callers. ``patience``: of live callers, -1 for ever. ``unit``: number within area and product; a repeat is of the
    same unit, impact and contract as its parent. ``approval``: open seconds of its calendar, 0 where none is needed.
    """

    channel: Ints
    live: Bools
    lag: Ints
    patience: Ints
    called_back: Bools
    unit: Ints
    stops_work: Bools
    in_contract: Bools
    approval: Ints


@dataclass(frozen=True)
class Repairs:
    """What happens to units that a visit can't repair, and to stand-ins; rows as in ``Faults``. 0 where not used.

    ``expert``: too hard for the first visit; ``expert_pick_up``: (shifts, faults). ``workshop``: must leave the site,
    by ``route`` (-1 if not). ``replacement``: until a new unit is there. ``brought``: a stand-in would be at hand;
    ``transfer``: on its way from another station; ``legs``: (rows, 1), the visit that places it; ``renewal``: until the
    pool has another for one that stays for good.
    """

    expert: Bools
    expert_pick_up: Ints
    expert_work: Ints
    workshop: Bools
    route: Ints
    turnaround: Ints
    scrapped: Bools
    replacement: Ints
    brought: Bools
    transfer: Ints
    renewal: Ints
    legs: Legs


@dataclass(frozen=True)
class Reviews:
    """Reviews of faults fixed on site; rows as in ``Faults``, none without a review.

    ``after``: open seconds of its calendar from the repair. ``fails``: it is dispatched again, ``legs``: (rows, 1).
    """

    after: Ints
    fails: Bools
    legs: Legs


@dataclass(frozen=True)
class Orders:
    """Orders in order of time, then key. ``procurement`` is 0 for goods in stock; ``install``: seconds, -1 for none.

    Goods sent out anew follow at the end with ``time`` -1: ``after`` their parent's delivery. ``child``: row of the
    order that replaces it, -1 for none. ``courier``: seconds from the pick-up, 0 for goods that go by van.
    """

    key: Keys
    parent: Ints
    child: Ints
    time: Ints
    after: Ints
    area: Ints
    town: Ints
    goods: Ints
    procurement: Ints
    install: Ints
    returned: Bools
    courier: Ints
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
    """All luck of one replication.

    ``contractor``: (faults,), seconds until he would be on site. ``absent``: (engineers, days). Lead times are drawn on
    demand by ``seed``.
    """

    seed: int
    faults: Faults
    calls: Calls
    contractor: Ints
    repairs: Repairs
    reviews: Reviews
    orders: Orders
    planned: Visits
    weather: Weather
    absent: Bools
