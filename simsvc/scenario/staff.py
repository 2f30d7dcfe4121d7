"""Who: stations, engineers, desk, technicians, duty, absence, dispatch."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import ZERO, Distribution
from simsvc.scenario.quantity import Duration


class Station(Table):
    """A service station. ``covers`` names areas; ``covers_towns`` single towns (by node) of areas not covered whole.

    Engineers are ``<station>-1``, ``<station>-2`` and so on; their luck goes by that id.
    """

    name: Text
    node: str
    engineers: NonNegativeInt
    covers: list[str] = []
    covers_towns: list[str] = []


class Shift(Table):
    """So many agents while ``calendar`` is open; a caller to whom an agent turns waits ``pick_up`` more."""

    calendar: str
    agents: PositiveInt
    pick_up: Distribution = ZERO


class Pool(Table):
    """People who serve a queue one case each, FIFO within priority. The first shift that is open counts."""

    shifts: Annotated[list[Shift], Field(min_length=1)]
    work: Distribution


class Absence(Table):
    """Spells in which an engineer is away: ``days_per_year`` in all, in spells of ``spell``."""

    days_per_year: NonNegativeFloat
    spell: Annotated[Duration, Field(ge=86400)]


class Relief(Table):
    """Who stands in where every engineer of a station is away on a day.

    ``none``: nobody. ``cover``: the nearest station that has somebody serves the area from its own base as well.
    ``move``: one engineer of that station drives there for the day (``daily_drive``: back home at night, and late in
    the morning by the drive; otherwise he stays), and his own area loses him.
    """

    rule: Literal["none", "cover", "move"] = "none"
    daily_drive: bool = True


class Staff(Table):
    """Duty of the station engineers.

    ``out_of_hours``: ``"on-call"`` (at home, mobilisation inside the clock) or ``"off"``. ``on_call``: ``"all"``
    engineers of a station, or a weekly ``"rota"`` of one. ``set_out``: from being told on duty at the station to
    leaving; ``mobilisation``: the same at home on call; neither when sent on from a site or called on the road.
    ``site_access``: gate, parking, finding the room, after arrival and before work.
    """

    calendar: str
    out_of_hours: Literal["on-call", "off"] = "off"
    on_call: Literal["all", "rota"] = "all"
    set_out: Distribution = ZERO
    mobilisation: Distribution = ZERO
    site_access: Distribution = ZERO
    absences: dict[str, Absence] = {}
    relief: Relief = Relief()


class Dispatch(Table):
    """Who goes where; see "Dispatch" in docs/model.md.

    ``who``: ``own`` station, ``own-then-backup`` (stations within ``backup_radius`` expected off-peak driving of the
    town), ``nearest`` engineer of all. ``which_ticket``: ``priority-due`` or ``fifo`` (both after rank).
    ``free_when``: ``from-site`` (sent on from the end of work), ``when-home``, ``duty-days`` (from the site only on
    days on which he has duty). ``unassigned``: towns that no station covers go to the ``nearest`` station or
    ``nobody``. ``follow_ups``: further visits to a fault start at ``any`` hour or on ``duty`` only. ``decision``: from
    remote help failed to the ticket being ready to dispatch.
    """

    who: Literal["own", "own-then-backup", "nearest"] = "own"
    backup_radius: Duration = 0.0
    which_ticket: Literal["priority-due", "fifo"] = "priority-due"
    free_when: Literal["from-site", "when-home", "duty-days"] = "from-site"
    unassigned: Literal["nearest", "nobody"] = "nobody"
    follow_ups: Literal["any", "duty"] = "any"
    decision: Distribution = ZERO
