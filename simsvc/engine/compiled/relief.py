"""Kernels of the roster: who stands in for whom, and the hours that follow from it."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import ALL_ON_CALL, ROTA, Bools, Ints
from simsvc.clock import DAY
from simsvc.kernels import kernel

RULES = ("none", "cover", "move")
NO_RELIEF, COVER = RULES.index("none"), RULES.index("cover")


@kernel
def relief(
    absent: Bools, home: Ints, member_first: Ints, member: Ints, order: Ints, rule: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """``station``, ``stand_in``, ``relieved_first`` and ``relieved`` of the crew."""
    engineers, days = absent.shape
    stations = len(member_first) - 1
    station = np.empty((engineers, days), np.int64)
    stand_in = np.full((stations, days), -1, np.int64)
    relieved_first = np.zeros(days + 1, np.int64)
    for e in range(engineers):
        for day in range(days):
            station[e, day] = -1 if absent[e, day] else home[e]
    if rule == NO_RELIEF:
        return station, stand_in, relieved_first, np.empty((0, 2), np.int64)
    there, at_home = np.empty(stations, np.int64), np.empty(stations, np.int64)
    for day in range(days):
        there[:] = 0
        for e in range(engineers):
            there[home[e]] += not absent[e, day]
        at_home[:] = there
        relieved_first[day + 1] = relieved_first[day]
        for s in range(stations):
            # Only absence is relieved: a station that has lent its engineer for the day does without.
            if there[s] or member_first[s] == member_first[s + 1]:
                continue
            near = -1
            for other in order[s]:
                if other >= 0 and at_home[other]:
                    near = other
                    break
            if near < 0:
                continue
            if rule == COVER:
                stand_in[s, day] = near
                relieved_first[day + 1] += 1
            else:
                k = member_first[near + 1] - 1
                while station[member[k], day] != near:
                    k -= 1
                station[member[k], day] = s
                at_home[near] -= 1
    relieved = np.empty((relieved_first[days], 2), np.int64)
    n = 0
    for day in range(days):
        for s in range(stations):
            if stand_in[s, day] >= 0:
                relieved[n, 0], relieved[n, 1] = s, stand_in[s, day]
                n += 1
    return station, stand_in, relieved_first, relieved


@kernel
def hours(
    station: Ints, home: Ints, member_first: Ints, member: Ints, drive: Ints, office_first: Ints, office_start: Ints,
    office_end: Ints, week: Ints, on_call: Ints,
) -> tuple[Ints, Ints, Ints, Ints]:  # fmt: skip
    """First, start, end and open seconds before each start of every engineer's hours: of duty, and on call where his
    station's rule (``on_call``) says so.

    ``drive``: (stations, stations), seconds by which a stand-in comes late, and is home late.
    """
    engineers, days = station.shape
    most = len(office_start) + days
    first = np.zeros(engineers + 1, np.int64)
    start, end = np.empty(most, np.int64), np.empty(most, np.int64)
    n = 0
    for e in range(engineers):
        start, end = _roomy(start, n, n + most), _roomy(end, n, n + most)
        rule = on_call[home[e]]
        for day in range(days):
            where = station[e, day]
            if where < 0:
                continue
            called = rule == ALL_ON_CALL or (
                rule == ROTA and _turn(station, home[e], day, member_first, member, week[day]) == e
            )
            late = drive[home[e], where]
            free, midnight = day * DAY, (day + 1) * DAY
            for k in range(office_first[day], office_first[day + 1]):
                a, b = office_start[k], office_end[k]
                begins = k == office_first[day]
                # A stand-in who drives is not at home in breaks.
                if called and (begins or not late):
                    n = _added(start, end, first[e], n, free, a)
                n = _added(start, end, first[e], n, min(a + late, b) if begins else a, b)
                free = min(b + late, midnight)
            if called:
                n = _added(start, end, first[e], n, free, midnight)
        first[e + 1] = n
    before = np.empty(n, np.int64)
    for e in range(engineers):
        passed = 0
        for k in range(first[e], first[e + 1]):
            before[k] = passed
            passed += end[k] - start[k]
    return first, start[:n].copy(), end[:n].copy(), before


@kernel
def wakes(duty_first: Ints, duty_start: Ints, available_first: Ints, available_start: Ints) -> tuple[Ints, Ints]:
    """``wake_first`` and ``wake`` of the crew."""
    engineers = len(duty_first) - 1
    first, moment = np.zeros(engineers + 1, np.int64), np.empty(len(duty_start) + len(available_start), np.int64)
    n = 0
    for e in range(engineers):
        i, j = duty_first[e], available_first[e]
        while i < duty_first[e + 1] or j < available_first[e + 1]:
            if j == available_first[e + 1] or (i < duty_first[e + 1] and duty_start[i] <= available_start[j]):
                t = duty_start[i]
                i += 1
            else:
                t = available_start[j]
                j += 1
            if n == first[e] or t > moment[n - 1]:
                moment[n] = t
                n += 1
        first[e + 1] = n
    return first, moment[:n].copy()


@kernel
def _roomy(values: Ints, used: int, needed: int) -> Ints:
    """An array with room for so many values; those used stay."""
    if needed <= len(values):
        return values
    more = np.empty(max(needed, 2 * len(values)), np.int64)
    more[:used] = values[:used]
    return more


@kernel
def _added(start: Ints, end: Ints, first: int, n: int, a: int, b: int) -> int:
    """Open from ``a`` to ``b`` too, no earlier than all from ``first`` on: the number of intervals then."""
    if a >= b:
        return n
    if n > first and a <= end[n - 1]:
        end[n - 1] = max(end[n - 1], b)
        return n
    start[n], end[n] = a, b
    return n + 1


@kernel
def _turn(station: Ints, team: int, day: int, member_first: Ints, member: Ints, week: int) -> int:
    """Who of a team, of which somebody is there, is on call: by the week, or the next of his colleagues there."""
    first, size = member_first[team], member_first[team + 1] - member_first[team]
    k = week % size
    while station[member[first + k], day] < 0:
        k = (k + 1) % size
    found: int = member[first + k]
    return found
