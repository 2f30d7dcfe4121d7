"""What a plan may decide and what it costs: the least staff and stock that keeps the promises."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table
from simsvc.scenario.quantity import Amount, Natural, Share


class YearlyCosts(Table):
    """CNY a year, all on-costs included. ``engineer_at``, ``station_at``: other figures by station, area or town.

    ``engineer``: one engineer; ``on_call``: a night on call, each engineer; ``station``: rent, running and the yearly
    part of setting up; ``agent``, ``technician``: one person at the desk or helping from afar who gives ``hours`` a
    year; ``van``: one van with its driver; ``spare``, ``loaner``: the part of its price that a piece or device costs a
    year; ``device``: price of a device that has none in ``reporting.costs.units``. What a contractor takes for a visit
    stands in ``dispatch.contractor.price``.
    """

    engineer: Amount = 95_000.0
    engineer_at: dict[str, Amount] = {}
    on_call: Amount = 80.0
    station: Amount = 35_000.0
    station_at: dict[str, Amount] = {}
    agent: Amount = 76_000.0
    technician: Amount = 125_000.0
    hours: Annotated[float, Field(gt=0, le=8784)] = 1_710.0
    van: Amount = 118_000.0
    spare: Share = 0.22
    loaner: Share = 0.35
    device: Amount = 5_000.0


class Sizing(Table):
    """What ``size`` is asked for.

    ``keep``: clauses to keep under their base reading (all that are judged when empty); ``target``: the share promised
    instead of each clause's own; ``confidence`` of the whole plan; ``areas`` in which they must hold one by one (all
    that are not shown apart when empty). ``candidates``: towns where a station may be opened (left out: the seat of
    every area not shown apart). ``existing`` stations stay open (``fixed``) or may be closed (``free``).
    ``most_engineers``: no more than so many in all. ``ease``: where a promise can't be kept by any plan, plan for the
    nearest one that can, and say so; otherwise stop and name it.
    """

    keep: list[str] = []
    target: Share | None = None
    confidence: Annotated[Share, Field(ge=0.5, lt=1)] = 0.95
    areas: list[str] = []
    candidates: list[str] | None = None
    existing: Literal["fixed", "free"] = "fixed"
    most_engineers: Natural | None = None
    ease: bool = False
    costs: YearlyCosts = YearlyCosts()
