"""Dispatch: which engineer for a job, which job for an engineer; as ``reference.dispatch``."""

from __future__ import annotations

from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.contractor import offer_contractor
from simsvc.engine.compiled.crewing import available, duty_seconds, on_duty, place, station_today
from simsvc.engine.compiled.roads import crossing_to
from simsvc.engine.compiled.rows import engineer
from simsvc.engine.compiled.sending import passed, start, way
from simsvc.engine.compiled.waiting import sooner, take_out, wait
from simsvc.engine.roster import NOBODY
from simsvc.kernels import lean_kernel


@lean_kernel
def eta(M, R, e, job, origin, on_road):
    """Expected seconds until he is on site."""
    ready = 0 if on_road else M[at.SET_OUT_MEAN] if on_duty(M, e) else M[at.MOBILISE_MEAN]
    via = passed(M[job + at.JOB_VIA], origin, on_road)
    return ready + way(M, R, origin, via, M[job + at.JOB_TOWN], M[at.NOW])


@lean_kernel
def may_start(M, R, e, job, origin, on_road):
    """Faults always. Follow-ups on duty only, if so ruled; planned work on duty, if he is expected on site before
    the duty ends (or goes by boat or air)."""
    planned = M[job + at.JOB_RANK] >= at.PLANNED_RANK
    if not planned and not (M[job + at.JOB_NUMBER] and M[at.FOLLOW_UPS_ON_DUTY]):
        return True
    if not on_duty(M, e):
        return False
    if not planned or crossing_to(M, M[job + at.JOB_TOWN]) >= 0:
        return True
    now, needs = M[at.NOW], eta(M, R, e, job, origin, on_road) + 1
    return duty_seconds(M, e, now, now + needs) == needs


@lean_kernel
def add(M, R, F, slot):
    """A job is ready: the least expected arrival among the free engineers of the nearest tier takes it."""
    job = M[at.NODES] + slot * at.NODE
    town_group, signature = divmod(M[job + at.JOB_GROUP], M[at.SIGNATURES])
    best, best_tier, best_eta, best_origin, best_on_road = -1, NOBODY, 0, 0, False
    for c in range(M[M[at.GROUP_FIRST] + town_group], M[M[at.GROUP_FIRST] + town_group + 1]):
        tier, there = M[M[at.GROUP_TIER] + c], M[M[at.GROUP_STATION] + c]
        stand_in = M[M[at.STAND_IN] + there * M[at.DAYS] + M[at.TODAY]]
        for turn in range(2):
            station = stand_in if turn else there
            e = M[M[at.AT_STATION] + station] if station >= 0 and tier <= best_tier else -1
            while e >= 0:
                row = engineer(M, e)
                may = M[M[at.ABLE] + e * M[at.SIGNATURES] + signature] and not M[row + at.BUSY] and available(M, e)
                if may and tier <= best_tier:
                    origin, on_road = place(M, e)
                    if may_start(M, R, e, job, origin, on_road):
                        needs = eta(M, R, e, job, origin, on_road)
                        nearer = needs < best_eta or (needs == best_eta and e < best)
                        if best < 0 or tier < best_tier or nearer:
                            best, best_tier, best_eta, best_origin, best_on_road = e, tier, needs, origin, on_road
                e = M[row + at.NEXT_THERE]
    if best >= 0:
        start(M, R, F, best, slot, best_origin, best_on_road, best_tier)
    elif not offer_contractor(M, F, slot):
        wait(M, slot)


@lean_kernel
def cancel(M, slot):
    """Take a job out of those waiting for good."""
    take_out(M, slot)
    M[M[at.NODES] + slot * at.NODE + at.JOB_BEHIND] = M[at.NODE_FREE]
    M[at.NODE_FREE] = slot


@lean_kernel
def offer(M, R, F, e, site):
    """A free engineer (at ``site``, or wherever he is) takes the first job in order that he may serve."""
    if not M[at.WAITING] or M[engineer(M, e) + at.BUSY] or not available(M, e):
        return False
    there = station_today(M, e)
    origin, on_road = site, True
    if site < 0:
        origin, on_road = place(M, e)
    best, tier = _first_of(M, R, e, there, origin, on_road, -1, NOBODY)
    away = M[M[at.STOOD_IN] + there] if there >= 0 else -1
    while away >= 0:
        best, tier = _first_of(M, R, e, away, origin, on_road, best, tier)
        away = M[M[at.STANDS_IN] + away]
    if best < 0:
        return False
    take_out(M, best)
    start(M, R, F, e, best, origin, on_road, tier)
    return True


@lean_kernel
def _first_of(M, R, e, station, origin, on_road, best, best_tier):
    """The better of a job and the first that he may do among the jobs of a station, and its tier."""
    nodes, signatures, duty = M[at.NODES], M[at.SIGNATURES], on_duty(M, e)
    for c in range(M[M[at.STATION_FIRST] + station], M[M[at.STATION_FIRST] + station + 1]):
        tier = M[M[at.STATION_TIER] + c]
        for signature in range(signatures):
            group = M[M[at.STATION_GROUP] + c] * signatures + signature
            mask, rank = M[M[at.WAIT_MASK] + group], 0
            if not mask or not M[M[at.ABLE] + e * signatures + signature]:
                continue
            while mask:
                best_rank = M[nodes + best * at.NODE + at.JOB_RANK] if best >= 0 else at.RANKS
                if (rank >= at.PLANNED_RANK and not duty) or (rank, tier) > (best_rank, best_tier):
                    break
                slot = M[M[at.WAIT_HEAD] + group * at.RANKS + rank] if mask & 1 else -1
                tied = (rank, tier) == (best_rank, best_tier)
                while slot >= 0 and not (tied and not sooner(M, slot, best)):
                    if may_start(M, R, e, nodes + slot * at.NODE, origin, on_road):
                        best, best_tier = slot, tier
                        break
                    slot = M[nodes + slot * at.NODE + at.JOB_BEHIND]
                mask >>= 1
                rank += 1
    return best, best_tier


@lean_kernel
def new_day(M, day):
    """Who is at which station today, and which stations each stands in for."""
    M[at.TODAY] = day
    for s in range(M[at.STATIONS]):
        M[M[at.AT_STATION] + s] = M[M[at.STOOD_IN] + s] = -1
    for s in range(M[at.STATIONS]):
        other = M[M[at.STAND_IN] + s * M[at.DAYS] + day]
        if other >= 0:
            M[M[at.STANDS_IN] + s] = M[M[at.STOOD_IN] + other]
            M[M[at.STOOD_IN] + other] = s
    for e in range(M[at.STAFF]):
        station = M[M[at.STATION_OF] + e * M[at.DAYS] + day]
        if station >= 0:
            M[engineer(M, e) + at.NEXT_THERE] = M[M[at.AT_STATION] + station]
            M[M[at.AT_STATION] + station] = e
