"""The roster as flat arrays, worked out by kernels: equal to ``engine.roster``, which is its definition."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simsvc.case import Case
from simsvc.case.arrays import NOT_ON_CALL, Bools, Ints
from simsvc.clock import DAY, Calendar
from simsvc.engine.compiled.relief import RULES, hours, relief, wakes
from simsvc.engine.roster import NOBODY, OFF_PEAK, able, groups


class Crew(NamedTuple):
    """Who works where, when and for whom in one replication.

    A pair ``x_first``, ``x_…`` holds lists one after the other: list ``i`` is at ``x_first[i]:x_first[i + 1]``.

    Parameters
    ----------
    station : int64 array, shape (engineers, days)
        Station he works for, -1 away.
    stand_in : int64 array, shape (stations, days)
        Station that covers for one whose engineers are all away, -1 none.
    relieved_first, relieved : int64 arrays, shapes (days + 1,) and (n, 2)
        The same by day: rows (station away, station that covers), by station away.
    group : int64 array, shape (towns,)
        Group of towns that the same stations serve in the same tiers.
    tiers : int8 array, shape (stations, groups)
        0 own area, 1 backup, ``NOBODY`` not served; without those who stand in.
    by_group_first, by_group_station, by_group_tier : int64 arrays
        Stations that serve each group, in order, and their tiers.
    by_station_first, by_station_group, by_station_tier : int64 arrays
        Groups that each station serves, in order, and their tiers.
    able : bool array, shape (engineers, signatures)
        Who may do jobs of which signature.
    duty_first, duty_start, duty_end, duty_before : int64 arrays
        Hours of duty of each engineer; ``before``: his open seconds before each start.
    available_first, available_start, available_end, available_before : int64 arrays
        Hours on duty or on call, likewise.
    wake_first, wake : int64 arrays
        Moments at which each engineer comes on duty or on call, sorted.
    home : int64 array, shape (engineers,)
        Station that each engineer belongs to.
    member_first, member : int64 arrays
        Engineers who belong to each station, in order.
    """

    station: Ints
    stand_in: Ints
    relieved_first: Ints
    relieved: Ints
    group: Ints
    tiers: npt.NDArray[np.int8]
    by_group_first: Ints
    by_group_station: Ints
    by_group_tier: Ints
    by_station_first: Ints
    by_station_group: Ints
    by_station_tier: Ints
    able: Bools
    duty_first: Ints
    duty_start: Ints
    duty_end: Ints
    duty_before: Ints
    available_first: Ints
    available_start: Ints
    available_end: Ints
    available_before: Ints
    wake_first: Ints
    wake: Ints
    home: Ints
    member_first: Ints
    member: Ints


class _Team(NamedTuple):
    """What of a roster depends on the case alone; columns of the crew, and what else its kernels need.

    All are arrays of their own, in C order, so that each kernel is compiled once.

    ``members``: first and member. ``order``: of relief. ``drive``: (stations, stations), seconds by which somebody of
    the first comes late to the second. ``office``: hours of duty, cut at midnight, as first (by day), start and end.
    ``week``: number of each day's week. ``on_call``: rule of each station.
    """

    group: Ints
    tiers: npt.NDArray[np.int8]
    by_group: tuple[Ints, Ints, Ints]
    by_station: tuple[Ints, Ints, Ints]
    able: Bools
    home: Ints
    members: tuple[Ints, Ints]
    order: Ints
    drive: npt.NDArray[np.int32]
    office: tuple[Ints, Ints, Ints]
    week: Ints
    on_call: Ints


def crew(case: Case, absent: Bools) -> Crew:
    """Work out the roster of one replication.

    Parameters
    ----------
    case : Case
        Stations, engineers, rules.
    absent : bool array, shape (engineers, days)
        Days on which each engineer is away.
    """
    team = _team(case, absent.shape[1])
    rule = RULES.index(case.model.staff.relief.rule)
    station, stand_in, *relieved = relief(absent, team.home, *team.members, team.order, rule)
    off = np.full_like(team.on_call, NOT_ON_CALL)
    duty = available = hours(station, team.home, *team.members, team.drive, *team.office, team.week, off)
    if (team.on_call != NOT_ON_CALL).any():
        available = hours(station, team.home, *team.members, team.drive, *team.office, team.week, team.on_call)
    return Crew._make((
        station, stand_in, *relieved, team.group, team.tiers, *team.by_group, *team.by_station, team.able,
        *duty, *available, *wakes(*duty[:2], *available[:2]), team.home, *team.members,
    ))  # fmt: skip


@lru_cache(maxsize=8)
def _team(case: Case, days: int) -> _Team:
    staffing, staff = case.staffing, case.model.staff
    home = staffing.engineer_station.copy()
    member = np.argsort(home, kind="stable")
    group, tiers = groups(case)
    drive = case.places.travel[OFF_PEAK][np.ix_(staffing.station_place, staffing.station_place)]
    np.fill_diagonal(drive, 0)
    return _Team(
        group=group,
        tiers=np.ascontiguousarray(tiers),
        by_group=_serving(tiers.T),
        by_station=_serving(tiers),
        able=np.ascontiguousarray(able(case)),
        home=home,
        members=(_first(home[member], len(staffing.stations)), member),
        order=staffing.relief_order.copy(),
        drive=drive if staff.relief.daily_drive else np.zeros_like(drive),
        office=_by_day(case.calendars[staff.calendar], days),
        week=(np.arange(days) + case.epoch.date(0).toordinal() - 1) // 7,
        on_call=staffing.on_call.copy(),
    )


def _first(of: Ints, count: int) -> Ints:
    """Where the list of each of so many begins, from the sorted numbers of whose the entries are; and the end."""
    return np.searchsorted(of, np.arange(count + 1))


def _serving(tiers: npt.NDArray[np.int8]) -> tuple[Ints, Ints, Ints]:
    """For each row: the columns that are served, with their tiers."""
    row, column = np.nonzero(tiers != NOBODY)
    return _first(row, len(tiers)), column.copy(), tiers[row, column].astype(np.int64)


def _by_day(calendar: Calendar, days: int) -> tuple[Ints, Ints, Ints]:
    """Hours of each day, cut at midnight: first (by day), start and end."""
    midnight = np.arange(days) * DAY
    begins = np.searchsorted(calendar.ends, midnight, "right")
    count = np.searchsorted(calendar.starts, midnight + DAY, "left") - begins
    first = np.concatenate(([0], np.cumsum(count)))
    day = np.repeat(np.arange(days), count)
    k = np.arange(first[-1]) - first[day] + begins[day]
    start = np.maximum(calendar.starts[k], midnight[day])
    return first, start, np.minimum(calendar.ends[k], midnight[day] + DAY)
