"""The whole scenario as one validated, immutable model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table, Text
from simsvc.scenario.demand import Demand, Goods, Planned, Product
from simsvc.scenario.places import Calendar, Environment, Network, Profile, Time, Weights
from simsvc.scenario.preset import Preset
from simsvc.scenario.promises import Assumption, Clause, Rollout
from simsvc.scenario.repair import Loaner, Repair, Review
from simsvc.scenario.reporting import Reporting
from simsvc.scenario.sizing import Sizing
from simsvc.scenario.staff import Desk, Dispatch, Pool, Staff, Station
from simsvc.scenario.supply import Delivery, Part, Stock


class Model(Table):
    """One scenario file. Tables are keyed by stable ids; luck goes by these ids, never by position."""

    format: Literal[1] = 1
    name: str
    title: Text
    about: Text = Text(en="")
    source: str = ""
    time: Time
    network: Network = Network()
    weights: Weights = Weights()
    calendars: dict[str, Calendar] = {}
    profiles: dict[str, Profile] = {}
    environment: Environment = Environment()
    stations: Annotated[dict[str, Station], Field(min_length=1)]
    staff: Staff
    desk: Desk | None = None
    remote: Pool | None = None
    experts: Pool | None = None
    dispatch: Dispatch = Dispatch()
    products: dict[str, Product] = {}
    demand: Demand = Demand()
    planned: dict[str, Planned] = {}
    parts: dict[str, Part] = {}
    stock: Stock = Stock()
    repairs: dict[str, Repair] = {}
    loaners: dict[str, Loaner] = {}
    review: Review | None = None
    goods: dict[str, Goods] = {}
    delivery: Delivery | None = None
    rollout: Rollout = Rollout()
    sizing: Sizing = Sizing()
    clauses: dict[str, Clause] = {}
    assumptions: dict[str, Assumption] = {}
    reporting: Reporting = Reporting()
    presets: dict[str, Preset] = {}
