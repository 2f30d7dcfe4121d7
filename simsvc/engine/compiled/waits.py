"""How much of a wait passed with nobody on duty or on call: equal to ``engine.waits``, which is its definition.

Looks only at the days on which somebody waits.
"""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Bools, Ints
from simsvc.clock import DAY
from simsvc.engine.compiled.crew import Crew
from simsvc.engine.roster import job_groups
from simsvc.kernels import kernel


def off_duty_waits(case: Case, crew: Crew, town: Ints, job_class: Ints, ready: Ints, assigned: Ints) -> Ints:
    """Seconds between ready and assigned (or the horizon) in which no engineer who may do the job was available."""
    group = job_groups(case, crew.group, town, job_class)
    until = np.where(assigned >= 0, assigned, case.span.horizon)
    waits: Ints = _waits(
        group, ready, until, crew.by_group_first, crew.by_group_station, crew.station, crew.stand_in, crew.home,
        crew.member_first, crew.member, crew.able, crew.available_first, crew.available_start, crew.available_end,
    )  # fmt: skip
    return waits


@kernel
def _waits(
    group: Ints, ready: Ints, until: Ints, serving_first: Ints, serving: Ints, station: Ints, stand_in: Ints,
    home: Ints, member_first: Ints, member: Ints, able: Bools, open_first: Ints, open_start: Ints, open_end: Ints,
) -> Ints:  # fmt: skip
    days, signatures = station.shape[1], able.shape[1]
    out = np.zeros(len(group), np.int64)
    first, rows = _by_group(group, ready, until, (len(serving_first) - 1) * signatures)
    guest = _guests(station, stand_in, home)
    spells = np.empty((2, 2 * days), np.int64)
    # Where the spells of a day that was looked at lie (last -1: not yet), and how long they are together.
    begin, last, length = np.empty(days, np.int64), np.empty(days, np.int64), np.empty(days, np.int64)
    for g in range(len(first) - 1):
        towns, signature, n = g // signatures, g % signatures, 0
        last[:] = -1
        for row in rows[first[g] : first[g + 1]]:
            a, b = ready[row], until[row]
            off = b - a
            for day in range(a // DAY, min((b - 1) // DAY + 1, days)):
                if last[day] < 0:
                    begin[day] = n
                    spells, n = _covered(
                        spells, n, day, serving[serving_first[towns] : serving_first[towns + 1]], signature, station,
                        stand_in, guest, member_first, member, able, open_first, open_start, open_end,
                    )  # fmt: skip
                    last[day] = n
                    length[day] = (spells[1, begin[day] : n] - spells[0, begin[day] : n]).sum()
                if a <= day * DAY and b >= (day + 1) * DAY:
                    off -= length[day]
                else:
                    for k in range(begin[day], last[day]):
                        off -= max(min(b, spells[1, k]) - max(a, spells[0, k]), 0)
            out[row] = off
    return out


@kernel
def _by_group(group: Ints, ready: Ints, until: Ints, groups: int) -> tuple[Ints, Ints]:
    """Rows that wait, group by group."""
    first = np.zeros(groups + 1, np.int64)
    for row in range(len(group)):
        if ready[row] >= 0 and until[row] > ready[row]:
            first[group[row] + 1] += 1
    for g in range(groups):
        first[g + 1] += first[g]
    rows, n = np.empty(first[groups], np.int64), first[:groups].copy()
    for row in range(len(group)):
        if ready[row] >= 0 and until[row] > ready[row]:
            rows[n[group[row]]] = row
            n[group[row]] += 1
    return first, rows


@kernel
def _guests(station: Ints, stand_in: Ints, home: Ints) -> Ints:
    """Engineer whom another station has sent to each, by day, -1 for none: shaped as ``stand_in``."""
    guest = np.full_like(stand_in, -1)
    for e in range(len(home)):
        for day in range(station.shape[1]):
            if station[e, day] >= 0 and station[e, day] != home[e]:
                guest[station[e, day], day] = e
    return guest


@kernel
def _covered(
    spells: Ints, first: int, day: int, stations: Ints, signature: int, station: Ints, stand_in: Ints, guest: Ints,
    member_first: Ints, member: Ints, able: Bools, open_first: Ints, open_start: Ints, open_end: Ints,
) -> tuple[Ints, int]:  # fmt: skip
    """Spells of a day, written from ``first`` on, in which somebody of the stations, or who stands in, is available."""
    midnight, n = day * DAY, first
    for s in stations:
        at = s if stand_in[s, day] < 0 else stand_in[s, day]
        for j in range(member_first[at], member_first[at + 1] + 1):
            if j < member_first[at + 1]:
                e = member[j]
                there = station[e, day] == at
            else:
                e = guest[s, day]
                there = e >= 0
            if not (there and able[e, signature]):
                continue
            k = open_first[e] + np.searchsorted(open_end[open_first[e] : open_first[e + 1]], midnight, "right")
            while k < open_first[e + 1] and open_start[k] < midnight + DAY:
                if n == spells.shape[1]:
                    more = np.empty((2, 2 * n), np.int64)
                    more[:, :n] = spells
                    spells = more
                n = _joined(spells, first, n, max(open_start[k], midnight), min(open_end[k], midnight + DAY))
                k += 1
            if n > first and spells[1, first] - spells[0, first] == DAY:
                return spells, n
    return spells, n


@kernel
def _joined(spells: Ints, first: int, n: int, a: int, b: int) -> int:
    """One more spell among those from ``first`` to ``n``, which are sorted and apart; how far they reach then."""
    i = n
    while i > first and spells[1, i - 1] >= a:
        i -= 1
    j = i
    while j < n and spells[0, j] <= b:
        a, b = min(a, spells[0, j]), max(b, spells[1, j])
        j += 1
    # Spells i to j become one.
    if j == i:
        for k in range(n, i, -1):
            spells[0, k], spells[1, k] = spells[0, k - 1], spells[1, k - 1]
    else:
        for k in range(j, n):
            spells[0, k - j + i + 1], spells[1, k - j + i + 1] = spells[0, k], spells[1, k]
    spells[0, i], spells[1, i] = a, b
    return n + 1 - (j - i)
