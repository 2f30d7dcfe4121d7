"""Which features of the model a log shows, so that one sees whether random scenarios really use them."""

from __future__ import annotations

from typing import Any

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import ROTA
from simsvc.clock import DAY
from simsvc.engine.roster import roster
from simsvc.log import CODES, Log, Table
from simsvc.workload import Workload

OPEN, SOLVED, FIXED, REPLACED, ABANDONED = range(len(CODES["TICKET_STATUS"]))
JOB = {name: k for k, name in enumerate(CODES["JOB_KINDS"])}
OUTCOME = {name: k for k, name in enumerate(CODES["OUTCOMES"])}
MOVE = {name: k for k, name in enumerate(CODES["STOCK_EVENTS"])}
STATE = {name: k for k, name in enumerate(CODES["STATES"])}
Found = dict[str, Any]
"""Feature -> how many rows show it (or flags of rows)."""


def shown(case: Case, workload: Workload, log: Log) -> dict[str, int]:
    """How many rows of a log show each feature."""
    found: Found = {}
    for part in (
        _desk,
        _tickets,
        _parts,
        _chain,
        _stand_ins,
        _visits,
        _places,
        _crew,
        _contractor,
        _jobs,
        _goods,
        _time,
    ):
        found |= part(case, workload, log)
    return {name: int(np.sum(rows)) for name, rows in found.items()} | _rules(case, log)


def _desk(case: Case, workload: Workload, log: Log) -> Found:
    t = log.tickets
    channels = list(case.model.desk.channels.values()) if case.model.desk else []
    message = np.array([*(not c.live for c in channels), False])[t["channel"]]
    lost = t["status"] == ABANDONED
    return {
        "unit down, no fault": (workload.faults.parent < 0).sum() - (t["parent"] < 0).sum(),
        "waits at the desk": t["answered"] > t["reported"],
        "never answered": t["answered"] < 0,
        "message": message,
        "hung up, lost": lost,
        "hung up, called back": (t["abandoned"] >= 0) & ~lost,
        "solved from afar": t["status"] == SOLVED,
        "remote help in vain": (t["remote_end"] >= 0) & (t["status"] != SOLVED),
        "approved": t["approved"] >= 0,
        "never approved": (t["in_contract"] == 0) & (t["triaged"] >= 0) & (t["ready"] < 0),
    }


def _tickets(case: Case, workload: Workload, log: Log) -> Found:
    t = log.tickets
    parents = t["parent"][t["parent"] >= 0]
    return {
        "comes back": t["parent"] >= 0,
        "comes back twice": t["parent"][parents] >= 0,
        "highest priority": t["priority"] == 0,
        "lowest priority": t["priority"] == 9,
        "island, no way": t["reachable"] == 0,
        "fixed on site": t["status"] == FIXED,
        "ready, never assigned": (t["ready"] >= 0) & (t["assigned"] < 0),
        "nobody on duty": t["off_duty"] > 0,
        "mobilised": t["mobilise"] > 0,
        "set out": t["set_out"] > 0,
        "held by a closure": t["held"] > 0,
        "closed on the way": _met(workload, t),
    }


def _met(workload: Workload, t: Table) -> list[bool]:
    """Whether the roads of the area were closed between departure and arrival."""
    closed = workload.weather.closed
    return [
        bool(((closed[a][:, 0] > start) & (closed[a][:, 1] == end)).any())
        for a, start, end in zip(t["area"], t["departed"], t["arrived"], strict=True)
    ]


def _parts(case: Case, workload: Workload, log: Log) -> Found:
    t, s = log.tickets, log.stock
    hub = s["store"] == len(case.staffing.stations)
    strait_ends = np.isin(s["time"], workload.weather.strait[:, 1])
    return {
        "part waited for": t["part_wait"] > 0,
        "substitute": t["substitute"],
        "lateral": s["event"] == MOVE["lateral"],
        "backorder": (s["event"] == MOVE["backorder"]) & ~hub,
        "hub issues": (s["event"] == MOVE["issue"]) & hub,
        "hub has none": (s["event"] == MOVE["backorder"]) & hub,
        "supplier waits for the strait": (s["event"] == MOVE["receipt"]) & strait_ends,
        "two wait for one shelf": s["backorders"] > 1,
    }


def _chain(case: Case, workload: Workload, log: Log) -> Found:
    t, v = log.tickets, log.visits
    scrapped = t["scrapped"] > 0
    return {
        "too hard": v["outcome"] == OUTCOME["too_hard"],
        "third level over": t["expert_end"] >= 0,
        "part missing": v["outcome"] == OUTCOME["part_missing"],
        "not fixed": v["outcome"] == OUTCOME["not_fixed"],
        "four visits": t["visits"] >= 4,
        "sent away": t["sent"] >= 0,
        "back from repair": (t["back"] >= 0) & ~scrapped,
        "scrapped": scrapped,
        "scrapped, stand-in stays": scrapped & (t["status"] == REPLACED) & (t["fixed"] == t["back"]),
        "new unit after a scrap": scrapped & (t["status"] == REPLACED) & (t["fixed"] > t["back"]),
        "new unit after failures": (t["status"] == REPLACED) & ~scrapped,
        "rework": log.jobs["kind"] == JOB["rework"],
    }


def _stand_ins(case: Case, workload: Workload, log: Log) -> Found:
    t, v = log.tickets, log.visits
    brings = (v["kind"] == JOB["loaner"]) & (v["work_end"] >= 0)
    ticket = v["ticket"][brings]
    ended = t["fixed"][ticket]
    asked = t["loaner_asked"] >= 0
    visited = np.isin(t["ticket"], v["ticket"][v["kind"] == JOB["loaner"]])
    return {
        "stand-in, none free": asked & (t["loaner"] < 0),
        "stand-in brought": asked & (t["loaner_placed"] == t["loaner_asked"]),
        "stand-in by a visit": t["loaner_placed"][ticket] == v["work_end"][brings],
        "stand-in in vain": (ended >= 0) & (ended < v["work_end"][brings]),
        "stand-in not sent any more": (t["loaner"] >= 0) & (t["loaner_placed"] < 0) & (t["fixed"] >= 0) & ~visited,
        "stand-in asked for again": asked & (t["loaner_placed"] >= 0) & (t["visits"] > 2),
    }


def _visits(case: Case, workload: Workload, log: Log) -> Found:
    v, e = log.visits, log.engineers
    back, ends = e["state"] == STATE["travel_back"], set(zip(e["engineer"], e["end"], strict=True))
    on_road = [(k, t) in ends for k, t in zip(v["engineer"], v["assigned"], strict=True)]
    turned = set(zip(e["engineer"][back], e["end"][back], strict=True))
    mine = v["engineer"] >= 0
    return {
        "backup comes": v["tier"] == 1,
        "follow-up": v["kind"] == JOB["follow_up"],
        "fetches a part": (v["via"] >= 0) & (v["kind"] == JOB["follow_up"]),
        "sent on, or called on the road": on_road,
        "called on the way home": [(k, t) in turned for k, t in zip(v["engineer"], v["assigned"], strict=True)],
        "waited for somebody": v["assigned"] > v["ready"],
        "under way at the end": mine & (v["work_end"] < 0),
        "no drive": mine & (v["arrived"] >= 0) & (v["arrived"] == v["departed"]),
        "no work": (v["work_end"] >= 0) & (v["work_end"] == v["work_start"]),
    }


def _places(case: Case, workload: Workload, log: Log) -> Found:
    v = log.visits
    beyond = [c.place for c in case.places.crossings]
    return {
        "by boat": np.isin(v["town"], beyond) & (v["arrived"] >= 0) & ~np.isin(v["origin"], beyond),
        "within a place": (v["origin"] == v["town"]) & (v["arrived"] > v["departed"]),
        "to a second town": v["town"] == case.places.ids.index("a2") if "a2" in case.places.ids else 0,
    }


def _crew(case: Case, workload: Workload, log: Log) -> Found:
    v, who = log.visits, roster(case, workload)
    own = np.flatnonzero(v["engineer"] >= 0)
    e, day, station = v["engineer"][own], v["assigned"][own] // DAY, v["station"][own]
    home = case.staffing.engineer_station[e]
    tier = who.tier[day, station, who.group[v["town"][own]]]
    plain = np.where(case.staffing.covers[home, v["town"][own]], 0, 1)
    end = np.where(v["work_end"][own] < 0, case.span.horizon, v["work_end"][own])
    over = [not who.duty[k].is_open(int(t) - 1) for k, t in zip(e, end, strict=True)]
    on_duty = [who.duty[k].is_open(int(t)) for k, t in zip(e, v["assigned"][own], strict=True)]
    staff = case.model.staff
    own_rule = np.array([bool(s.out_of_hours or s.on_call) for s in case.model.stations.values()])
    return {
        "works for another station": station != home,
        "stands in from his own": (station == home) & (tier == 0) & (plain == 1) if staff.relief.rule == "cover" else 0,
        "absent": workload.absent,
        "drives daily": (station != home) if staff.relief.daily_drive else 0,
        "out of hours": np.logical_not(on_duty),
        "by rota": np.logical_not(on_duty) & (case.staffing.on_call[home] == ROTA),
        "on call by the station's own rule": np.logical_not(on_duty) & own_rule[home],
        "overtime": np.logical_and(on_duty, over),
        "may not do all": len(own) if not case.staffing.able.all() else 0,
        "dedicated": [bool(staff.engineers[n].only) if n in staff.engineers else False for n in _names(case, e)],
        "station with nobody": (
            np.bincount(case.staffing.engineer_station, minlength=len(case.staffing.stations)) == 0
        ),
    }


def _names(case: Case, engineers: np.ndarray) -> list[str]:
    return [case.staffing.engineers[e] for e in engineers]


def _contractor(case: Case, workload: Workload, log: Log) -> Found:
    v, spec = log.visits, case.model.dispatch.contractor
    his = (v["tier"] == 2) & (v["engineer"] < 0)
    waited = v["assigned"] - v["ready"]
    after = int(spec.after) if spec else 0
    return {
        "contractor": his,
        "contractor after a time": his & (waited == after) & (after > 0),
        "contractor late": his & (waited > after),
        "contractor without the part": his & (v["brought"] == 0),
        "contractor doesn't repair": his & (v["work_end"] >= 0) & (v["outcome"] != OUTCOME["done"]),
    }


def _jobs(case: Case, workload: Workload, log: Log) -> Found:
    j = log.jobs
    kinds = {
        name: (j["kind"] == JOB[name]) & (j["done"] >= 0)
        for name in ("installation", "inspection", "cleaning", "training", "standby")
    }
    return kinds | {
        "rework done": (j["kind"] == JOB["rework"]) & (j["done"] >= 0),
        "planned, never done": j["done"] < 0,
        "planned, done late": j["done"] > j["due"],
    }


def _goods(case: Case, workload: Workload, log: Log) -> Found:
    o, spec = log.orders, case.model.delivery
    if spec is None:
        return dict.fromkeys(
            ("by van", "by courier", "no carrier", "sent anew", "after the cut-off", "next van", "procured"), 0
        )
    vans = len(spec.routes)
    by_van = (o["route"] >= 0) & (o["route"] < vans) & (o["delivered"] >= 0)
    return {
        "by van": by_van,
        "by courier": (o["route"] >= vans) & (o["delivered"] >= 0),
        "no carrier": (o["ready"] >= 0) & (o["route"] < 0),
        "sent anew": o["parent"] >= 0,
        "after the cut-off": o["received"] > o["ordered"],
        "next van": by_van & (o["departed"] - o["ready"] >= DAY),
        "procured": (o["ready"] >= 0) & (o["ready"] > o["received"] + spec.warehouse.handling),
    }


def _time(case: Case, workload: Workload, log: Log) -> Found:
    reported = log.tickets["reported"]
    moments = np.concatenate(
        [t[c] for t, c in ((log.visits, "assigned"), (log.tickets, "fixed"), (log.orders, "ordered"))]
    )
    moments = moments[moments >= 0]
    return {
        "reports meet": np.diff(np.sort(reported)) == 0,
        "something else meets": len(moments) - len(np.unique(moments)),
        "rain": len(workload.weather.rain),
        "typhoon": sum(map(len, workload.weather.closed)),
        "strait closed": len(workload.weather.strait),
    }


def _rules(case: Case, log: Log) -> dict[str, int]:
    """Each rule's setting, by the visits made under it."""
    made, m = len(log.visits["visit"]), case.model
    settings = {
        "who": m.dispatch.who, "which": m.dispatch.which_ticket, "free": m.dispatch.free_when,
        "unassigned": m.dispatch.unassigned,
        "follow-ups": m.dispatch.follow_ups, "hours": m.staff.calendar, "out of hours": m.staff.out_of_hours,
        "relief": m.staff.relief.rule, "holidays": m.time.holidays, "stock": m.stock.rule,
    }  # fmt: skip
    return {f"{name} = {value}": made for name, value in settings.items()}
