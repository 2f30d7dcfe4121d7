"""Who: stations, engineers, desk, technicians, duty, absence, dispatch."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import ZERO, Distribution
from simsvc.scenario.quantity import Amount, Count, Duration, Natural, Share

OutOfHours = Literal["on-call", "off"]
OnCall = Literal["all", "rota"]


class Station(Table):
    """A service station. ``covers`` names areas; ``covers_towns`` single towns (by node) of areas not covered whole.

    Engineers are ``<station>-1``, ``<station>-2`` and so on; their luck goes by that id. ``out_of_hours`` and
    ``on_call``: as in [staff], for this station's engineers (the staff's rule when left out).
    """

    name: Text
    node: str
    engineers: Annotated[Count, Field(le=10_000)]
    covers: list[str] = []
    covers_towns: list[str] = []
    out_of_hours: OutOfHours | None = None
    on_call: OnCall | None = None


class Shift(Table):
    """So many agents while ``calendar`` is open; a caller to whom an agent turns waits ``pick_up`` more."""

    calendar: str
    agents: Natural
    pick_up: Distribution = ZERO


class Pool(Table):
    """People who serve a queue one case each, FIFO within priority. The first shift that is open counts."""

    shifts: Annotated[list[Shift], Field(min_length=1)]
    work: Distribution


class Channel(Table):
    """A way in which faults are reported, ``share`` (weight) of them.

    ``live``: the caller is on the line (telephone, chat), is served before all messages and may hang up; a message
    (e-mail, fax, form) is seen by the desk after ``lag`` and waits as long as it takes.
    """

    name: Text
    share: Amount
    live: bool = True
    lag: Distribution = ZERO


class Desk(Pool):
    """The service desk. Without ``channels`` every fault comes by one live channel.

    ``patience``: how long a live caller waits for an answer before hanging up (left out: for ever). ``call_back``:
    share of those whom the desk calls back as soon as it can: their call then waits like a message; the others are
    lost (status ``abandoned``).
    """

    channels: dict[str, Channel] = {}
    patience: Distribution | None = None
    call_back: Share = 0.0


class Absence(Table):
    """Spells in which an engineer is away: ``days_per_year`` in all, in spells of ``spell``."""

    days_per_year: Amount
    spell: Annotated[Duration, Field(ge=86400)]


class Relief(Table):
    """Who stands in where every engineer of a station is away on a day.

    ``none``: nobody. ``cover``: the nearest station that has somebody serves the area from its own base as well.
    ``move``: one engineer of that station drives there for the day (``daily_drive``: back home at night, and late in
    the morning by the drive; otherwise he stays), and his own area loses him.
    """

    rule: Literal["none", "cover", "move"] = "none"
    daily_drive: bool = True


class Engineer(Table):
    """What one engineer can do. ``skills``: skills he has. ``only``: products, planned visits and goods (by id) to
    which he is dedicated; he does nothing else. Empty: everything that needs no skill he lacks."""

    skills: list[str] = []
    only: list[str] = []


class Staff(Table):
    """Duty of the station engineers. ``engineers``: skills and dedication by engineer id (``haikou-1``).

    ``out_of_hours``: ``"on-call"`` (at home, mobilisation inside the clock) or ``"off"``. ``on_call``: ``"all"``
    engineers of a station, or a weekly ``"rota"`` of one. ``set_out``: from being told on duty at the station to
    leaving; ``mobilisation``: the same at home on call; neither when sent on from a site or called on the road.
    ``site_access``: gate, parking, finding the room, after arrival and before work.
    """

    calendar: str
    out_of_hours: OutOfHours = "off"
    on_call: OnCall = "all"
    set_out: Distribution = ZERO
    mobilisation: Distribution = ZERO
    site_access: Distribution = ZERO
    absences: dict[str, Absence] = {}
    relief: Relief = Relief()
    engineers: dict[str, Engineer] = {}


def called(staff: Staff, station: Station) -> Literal["off", "rota", "all"]:
    """Who of a station is on call outside duty hours, by its own rule or the staff's."""
    if (station.out_of_hours or staff.out_of_hours) == "off":
        return "off"
    return station.on_call or staff.on_call


class Contractor(Table):
    """Overflow: takes a fault's visit that no engineer has taken ``after`` so long of being ready.

    Called in the hours of ``calendar`` (always when left out), for ``areas`` and ``products`` (all when empty), at
    most ``capacity`` visits at once (no bound when left out). On site after ``arrival``; CNY ``price`` a visit. Parts
    and follow-ups remain with the stations.
    """

    after: Duration = 0.0
    arrival: Distribution
    calendar: str | None = None
    areas: list[str] = []
    products: list[str] = []
    capacity: Natural | None = None
    price: Amount = 0.0


class Approval(Table):
    """Faults outside contract wait for sales before dispatch: ``time``, counted in the open hours of ``calendar``."""

    calendar: str
    time: Distribution


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
    contractor: Contractor | None = None
    approval: Approval | None = None
