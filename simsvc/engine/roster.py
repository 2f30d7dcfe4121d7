"""Who works where on which day: absences and relief turned into hours and coverage (compiled: ``compiled.crew``).

A pure function of case and workload: queues play no part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import ALL_ON_CALL, ROTA
from simsvc.case.reach import passable
from simsvc.clock import DAY, Calendar
from simsvc.scenario.places import BANDS
from simsvc.workload import Workload

OFF_PEAK = BANDS.index("off_peak")
NOBODY = 9


@dataclass(frozen=True)
class Roster:
    """``station``: (engineers, days), station he works for, -1 away. ``stand_in``: (stations, days), station that
    covers for one whose engineers are all away, -1 none. ``group``: group of each town (same stations, same tiers).
    ``tier``: (days, stations, groups), 0 own area, 1 backup, 9 not served. ``able``: (engineers, signatures), who may
    do jobs of which signature. ``duty``, ``available``: hours by engineer (available: on duty or on call).
    """

    station: np.ndarray
    stand_in: np.ndarray
    group: np.ndarray
    tier: np.ndarray
    able: np.ndarray
    duty: tuple[Calendar, ...]
    available: tuple[Calendar, ...]


def roster(case: Case, workload: Workload) -> Roster:
    """Work out the roster of one replication."""
    station, stand_in = _relief(case, workload.absent)
    group, tiers = groups(case)
    days = workload.absent.shape[1]
    tier = np.repeat(tiers[None], days, axis=0)
    for s, day in np.argwhere(stand_in >= 0):
        other = stand_in[s, day]
        tier[day, other] = np.minimum(tier[day, other], tiers[s])
    duty, available = _hours(case, station)
    return Roster(station, stand_in, group, tier, able(case), duty, available)


def job_groups(case: Case, group: np.ndarray, town: np.ndarray, job_class: np.ndarray) -> np.ndarray:
    """Groups of jobs that the same engineers may do, in the same tiers: group of the town × signature of the class."""
    signature = case.staffing.signature
    return np.asarray(group[town] * (signature.max() + 1) + signature[job_class])


def able(case: Case) -> np.ndarray:
    """Who may do jobs of which signature, shape (engineers, signatures)."""
    _, first = np.unique(case.staffing.signature, return_index=True)
    return case.staffing.able[:, first]


def groups(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """Groups of towns that the same stations serve in the same tiers; a station that can't reach a town is out."""
    staffing = case.staffing
    tiers = np.where(staffing.covers, 0, np.where(staffing.backup, 1, NOBODY)).astype(np.int8)
    tiers = np.where(passable(case), tiers, NOBODY)
    unique, group = np.unique(tiers, axis=1, return_inverse=True)
    return group.ravel(), unique


def _relief(case: Case, absent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Station of each engineer by day after relief, and stations that stand in."""
    staffing, rule = case.staffing, case.model.staff.relief.rule
    station = np.where(absent, -1, staffing.engineer_station[:, None])
    stand_in = np.full((len(staffing.stations), absent.shape[1]), -1, np.int64)
    if rule == "none":
        return station, stand_in
    staffed = np.unique(staffing.engineer_station)
    for day in range(absent.shape[1]):
        for s in staffed:
            # Only absence is relieved: a station that has lent its engineer for the day does without.
            if not absent[staffing.engineer_station == s, day].all():
                continue
            at_home = station[:, day] == staffing.engineer_station
            near = [o for o in staffing.relief_order[s] if (at_home & (station[:, day] == o)).any()]
            if not near:
                continue
            if rule == "cover":
                stand_in[s, day] = near[0]
            else:
                station[np.flatnonzero(at_home & (station[:, day] == near[0]))[-1], day] = s
    return station, stand_in


def _hours(case: Case, station: np.ndarray) -> tuple[tuple[Calendar, ...], tuple[Calendar, ...]]:
    """Duty and availability by engineer.

    A stand-in who moves with a daily drive comes late by the expected drive, and is free at home late by the same.
    """
    staff, staffing = case.model.staff, case.staffing
    office = case.calendars[staff.calendar]
    drive = case.places.travel[OFF_PEAK]
    duty, available = [], []
    for e, home in enumerate(staffing.engineer_station):
        worked: list[tuple[int, int]] = []
        reachable: list[tuple[int, int]] = []
        for day in range(station.shape[1]):
            where = station[e, day]
            if where < 0:
                continue
            start, end = day * DAY, (day + 1) * DAY
            late = 0
            if where != home and staff.relief.daily_drive:
                late = int(drive[staffing.station_place[home], staffing.station_place[where]])
            spans = [(max(a, start), min(b, end)) for a, b in zip(*_within(office, start, end), strict=True)]
            hours = [(min(a + late, b) if k == 0 else a, b) for k, (a, b) in enumerate(spans)]
            worked += hours
            reachable += hours
            if _on_call(case, station, e, day):
                reachable += _outside(spans, start, end, late)
        duty.append(Calendar.from_intervals(worked))
        available.append(Calendar.from_intervals(reachable))
    return tuple(duty), tuple(available)


def _within(calendar: Calendar, start: int, end: int) -> tuple[list[int], list[int]]:
    first, last = np.searchsorted(calendar.ends, start, "right"), np.searchsorted(calendar.starts, end, "left")
    return calendar.starts[first:last].tolist(), calendar.ends[first:last].tolist()


def _outside(spans: list[tuple[int, int]], start: int, end: int, late: int) -> list[tuple[int, int]]:
    """The day without its duty hours; a stand-in who drives is not at home in breaks, nor until he is back."""
    if late and spans:
        spans = [(spans[0][0], min(spans[-1][1] + late, end))]
    edges = [start, *(x for span in spans for x in span), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _on_call(case: Case, station: np.ndarray, engineer: int, day: int) -> bool:
    """By his own station's rule: nobody, everybody, or one by the week; while he is away, the next colleague there."""
    home = case.staffing.engineer_station[engineer]
    rule = case.staffing.on_call[home]
    if rule != ROTA:
        return bool(rule == ALL_ON_CALL)
    team = np.flatnonzero(case.staffing.engineer_station == home)
    week = (case.epoch.date(day).toordinal() - 1) // 7
    turns = np.roll(team, -(week % len(team)))
    return int(turns[station[turns, day] >= 0][0]) == engineer
