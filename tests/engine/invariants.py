"""What must be true of every log, of whatever scenario."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import NOT_ON_CALL
from simsvc.engine.roster import NOBODY, Roster
from simsvc.log import CODES, TABLES, Log

DAY = 86400
OPEN, SOLVED, FIXED, REPLACED, ABANDONED = range(5)
FAULT, FOLLOW_UP, INSTALLATION, INSPECTION = range(4)
CONTRACTOR = 2
"""Tier of the contractor's visits."""
REWORK, LOANER = (CODES["JOB_KINDS"].index(kind) for kind in ("rework", "loaner"))
assert CODES["TICKET_STATUS"] == ("open", "solved_remotely", "fixed_on_site", "replaced", "abandoned")
assert CODES["JOB_KINDS"][:4] == ("fault", "follow_up", "installation", "inspection")


def hold(case: Case, log: Log, who: Roster) -> None:
    """All invariants."""
    within_the_run(case, log)
    in_one_place(case, log)
    moments_in_order(log)
    tickets_consistent(log)
    visits_allowed(case, log, who)
    nobody_idle(case, log, who)
    planned_behind_faults(case, log, who)
    stock_balanced(case, log)
    deliveries(case, log)
    jobs_from_something(case, log)


def within_the_run(case: Case, log: Log) -> None:
    for name, columns in TABLES.items():
        for c in columns:
            values = getattr(log, name)[c.name]
            if c.unit == "time" and c.name != "due":
                assert (values >= -1).all(), (name, c.name)
                assert (values <= case.span.horizon - (c.name != "end")).all(), (name, c.name)


def in_one_place(case: Case, log: Log) -> None:
    """Nobody is at two things at once, and a visit fills his time from assignment to its end or that of the run."""
    e, v = log.engineers, log.visits
    out = e["state"] != CODES["STATES"].index("travel_back")
    spent = np.bincount(e["visit"][out], (e["end"] - e["start"])[out], len(v["visit"]))
    ended = np.where(v["work_end"] < 0, case.span.horizon, v["work_end"])
    assert (spent == np.where(v["engineer"] >= 0, ended - v["assigned"], 0)).all()
    assert (e["end"] > e["start"]).all()
    same = e["engineer"][1:] == e["engineer"][:-1]
    assert (e["start"][1:] >= e["end"][:-1])[same].all()
    order = np.lexsort((v["assigned"], v["engineer"]))
    order = order[v["engineer"][order] >= 0]
    same = np.diff(v["engineer"][order]) == 0
    ends = np.where(v["work_end"][order] < 0, np.iinfo(np.int64).max, v["work_end"][order])
    assert (v["assigned"][order][1:] >= ends[:-1])[same].all()


def moments_in_order(log: Log) -> None:
    chains = {
        "tickets": [
            ("reported", "answered", "triaged", "ready", "assigned", "departed", "arrived", "fixed"),
            ("triaged", "remote_start", "remote_end"),
        ],
        "visits": [("ready", "assigned", "departed", "arrived", "work_start", "work_end")],
        "jobs": [("released", "assigned", "arrived", "done")],
        "orders": [("ordered", "received", "ready", "departed", "delivered")],
    }
    for name, some in chains.items():
        for chain in some:
            last = getattr(log, name)[chain[0]]
            for column in chain[1:]:
                values = getattr(log, name)[column]
                remote = log.tickets["status"] == SOLVED if name == "tickets" and column == "fixed" else False
                assert ((values < 0) | ((values >= last) & (last >= 0)) | remote).all(), (name, column)
                last = values


def tickets_consistent(log: Log) -> None:
    t, v = log.tickets, log.visits
    status = t["status"]
    assert ((t["fixed"] < 0) == np.isin(status, (OPEN, ABANDONED))).all()
    assert (t["answered"][status == ABANDONED] < 0).all()
    assert (t["abandoned"][status == ABANDONED] >= 0).all()
    rung_back = (t["abandoned"] >= 0) & (t["answered"] >= 0)
    assert (t["answered"] > t["abandoned"])[rung_back].all()
    approved = t["approved"] >= 0
    assert (t["approved"] == t["ready"])[approved].all()
    assert (t["in_contract"][approved] == 0).all()
    # A unit that is down does not fail.
    closed = np.where(status == ABANDONED, t["abandoned"], t["fixed"])
    until = np.where(closed < 0, np.iinfo(np.int64).max, closed)
    order = np.lexsort((until, t["reported"], t["unit"], t["product"], t["area"]))
    same = np.logical_and.reduce([np.diff(t[name][order]) == 0 for name in ("area", "product", "unit")])
    assert (t["reported"][order][1:] >= until[order][:-1])[same].all()
    assert (t["fixed"] == t["remote_end"])[status == SOLVED].all()
    assert (t["visits"][status == SOLVED] == 0).all()
    assert (t["visits"][status == FIXED] > 0).all()
    mine = v["kind"] <= FOLLOW_UP
    assert (np.bincount(v["ticket"][mine], minlength=len(status)) == t["visits"]).all()
    assert ((v["ticket"] >= 0) == (mine | (v["kind"] == LOANER))).all()
    assert ((v["job"] >= 0) == (v["ticket"] < 0)).all()
    rows = np.flatnonzero(v["kind"] == FAULT)
    assert (v["number"][rows] == 1).all()
    assert (v["number"][v["kind"] == FOLLOW_UP] > 1).all()
    for name in ("assigned", "departed", "arrived", "ready"):
        assert (t[name][v["ticket"][rows]] == v[name][rows]).all(), name
    assert (t["assigned"][np.setdiff1d(t["ticket"], v["ticket"][rows])] < 0).all()
    assert (t["mobilise"] + t["set_out"] == np.maximum(t["departed"] - t["assigned"], 0))[t["departed"] >= 0].all()
    gone = t["arrived"] >= 0
    assert (t["held"] + t["travel"] == t["arrived"] - t["departed"])[gone].all()
    parents = t["parent"] >= 0
    assert (t["reported"][parents] >= t["fixed"][t["parent"][parents]]).all()
    waited = np.where(t["assigned"] >= 0, t["assigned"] - t["ready"], np.iinfo(np.int64).max)
    assert ((t["off_duty"] >= 0) & (t["off_duty"] <= waited)).all()


def visits_allowed(case: Case, log: Log, who: Roster) -> None:
    v = log.visits
    own = v["engineer"] >= 0
    day, e = v["assigned"][own] // DAY, v["engineer"][own]
    assert (who.station[e, day] == v["station"][own]).all()
    assert (who.tier[day, v["station"][own], who.group[v["town"][own]]] == v["tier"][own]).all()
    assert (v["tier"][own] != NOBODY).all()
    assert case.staffing.able[e, visit_class(case, log)[own]].all()
    contractor_allowed(case, log)
    for e in range(len(who.available)):
        mine = v["engineer"] == e
        assert who.available[e].is_open(v["assigned"][mine]).all()
        planned = mine & (v["kind"] >= INSTALLATION) & (v["kind"] != LOANER)
        assert who.duty[e].is_open(v["assigned"][planned]).all()
        if case.staffing.on_call[case.staffing.engineer_station[e]] == NOT_ON_CALL:
            assert who.duty[e].is_open(v["assigned"][mine]).all()


def visit_class(case: Case, log: Log) -> np.ndarray:
    """Class of job of each visit."""
    v, j, o = log.visits, log.jobs, log.orders
    job = v["job"]
    ticket = np.where(v["ticket"] >= 0, v["ticket"], np.append(j["ticket"], -1)[job])
    order = np.append(j["order"], -1)[job]
    of_order = case.staffing.first_goods + np.append(o["goods"], 0)[order]
    of_plan = case.staffing.first_planned + np.append(j["plan"], 0)[job]
    of_ticket = np.append(log.tickets["product"], 0)[ticket]
    return np.where(ticket >= 0, of_ticket, np.where(order >= 0, of_order, of_plan))


def contractor_allowed(case: Case, log: Log) -> None:
    """He makes first visits only, late enough, when he is open, where and what he serves, not too many at once."""
    v, t, spec = log.visits, log.tickets, case.model.dispatch.contractor
    his = np.flatnonzero(v["engineer"] < 0)
    assert (np.flatnonzero(v["tier"] == CONTRACTOR) == his).all()
    assert (np.flatnonzero(t["contractor"]) == np.sort(v["ticket"][his])).all()
    if spec is None:
        assert not len(his)
        return
    assert (v["kind"][his] == FAULT).all()
    assert (v["station"][his] == -1).all()
    assert (v["assigned"][his] - v["ready"][his] >= spec.after).all()
    if spec.calendar is not None:
        assert case.calendars[spec.calendar].is_open(v["assigned"][his]).all()
    if spec.areas:
        assert set(t["area"][v["ticket"][his]]) <= {case.places.areas.index(a) for a in spec.areas}
    ends = np.where(v["work_end"][his] < 0, np.iinfo(np.int64).max, v["work_end"][his])
    for now in v["assigned"][his]:
        assert ((v["assigned"][his] <= now) & (ends > now)).sum() <= (spec.capacity or len(his))
    if spec.capacity is None and spec.calendar is None and not spec.areas and not spec.products:
        wait = np.where(t["assigned"] < 0, case.span.horizon, t["assigned"]) - t["ready"]
        assert (wait[t["ready"] >= 0] <= spec.after).all()


def nobody_idle(case: Case, log: Log, who: Roster) -> None:
    """While a fault waits, nobody who may serve it is free and available (looked at half-way and at the end)."""
    v, e, t = log.visits, log.engineers, log.tickets
    if case.model.dispatch.free_when == "duty-days":
        return
    home, beyond = case.model.dispatch.free_when == "when-home", [c.place for c in case.places.crossings]
    last = FOLLOW_UP if case.model.dispatch.follow_ups == "any" else FOLLOW_UP - 1
    late = (v["kind"] <= last) & (v["assigned"] > v["ready"])
    never = (t["ready"] >= 0) & (t["assigned"] < 0)
    waits = [
        *zip(v["ready"][late], v["assigned"][late], v["town"][late], visit_class(case, log)[late], strict=True),
        *(
            (ready, case.span.horizon, town, product)
            for ready, town, product in zip(*(t[c][never] for c in ("ready", "town", "product")), strict=True)
        ),
    ]
    for ready, until, town, job_class in waits[:200]:
        # At ``ready`` itself others may be taken in the same second; look between.
        for moment in {(ready + until) // 2, until - 1} - {ready}:
            for engineer, available in enumerate(who.available):
                station = who.station[engineer, moment // DAY]
                if station < 0 or who.tier[moment // DAY, station, who.group[town]] == NOBODY:
                    continue
                if not case.staffing.able[engineer, job_class]:
                    continue
                mine = v["engineer"] == engineer
                busy = mine & (v["assigned"] <= moment) & ((v["work_end"] < 0) | (v["work_end"] > moment))
                back = (e["engineer"] == engineer) & (e["start"] <= moment) & (e["end"] > moment)
                # Nobody is called on the way back by boat or air.
                on_road = (back & (home | np.isin(v["town"][e["visit"]], beyond))).any()
                assert busy.any() or on_road or not available.is_open(int(moment)), (ready, until, engineer)


def planned_behind_faults(case: Case, log: Log, who: Roster) -> None:
    v, t = log.visits, log.tickets
    fault, planned = v["kind"] <= FOLLOW_UP, v["job"] >= 0
    never = (t["ready"] >= 0) & (t["assigned"] < 0)
    ready = np.concatenate((v["ready"][fault], t["ready"][never]))
    until = np.concatenate((v["assigned"][fault], np.full(never.sum(), np.iinfo(np.int64).max)))
    town = np.concatenate((v["town"][fault], t["town"][never]))
    of = np.concatenate((visit_class(case, log)[fault], t["product"][never]))
    for k in np.flatnonzero(planned):
        now = v["assigned"][k]
        waiting = (ready < now) & (until > now)
        serves = who.tier[now // DAY, v["station"][k], who.group[town[waiting]]] != NOBODY
        assert not (serves & case.staffing.able[v["engineer"][k], of[waiting]]).any()


def stock_balanced(case: Case, log: Log) -> None:
    s = log.stock
    base = case.supply.base_stock[s["store"], s["part"]]
    assert (s["on_hand"] + s["on_order"] - s["backorders"] == base).all()
    assert ((s["on_hand"] == 0) | (s["backorders"] == 0)).all()
    assert (s["on_hand"] >= 0).all()
    assert (np.diff(s["time"]) >= 0).all()
    if case.model.stock.hub is None:
        assert (s["store"] < len(case.staffing.stations)).all()


def deliveries(case: Case, log: Log) -> None:
    spec, o = case.model.delivery, log.orders
    if spec is None:
        return
    office = case.calendars[spec.warehouse.calendar]
    taken = o["received"] >= 0
    assert office.is_open(o["received"][taken]).all()
    assert (o["received"][taken] % DAY < spec.warehouse.cut_off).all()
    at_once = office.is_open(o["ordered"]) & (o["ordered"] % DAY < spec.warehouse.cut_off)
    assert (o["received"] == o["ordered"])[at_once].all()
    sizes = np.array([g.size for g in case.model.goods.values()])
    for r, route in enumerate(spec.routes.values()):
        mine = (o["route"] == r) & (o["departed"] >= 0)
        for moment in np.unique(o["departed"][mine]):
            assert moment % DAY in route.departs
            assert case.calendars[route.calendar].open_seconds(moment // DAY * DAY, (moment // DAY + 1) * DAY) > 0
            load = sizes[o["goods"][mine & (o["departed"] == moment)]]
            assert load.sum() <= route.capacity * route.vans or len(load) <= route.vans or load.max() > route.capacity
    for k, courier in enumerate(spec.couriers.values(), len(spec.routes)):
        moment = o["departed"][(o["route"] == k) & (o["departed"] >= 0)]
        assert np.isin(moment % DAY, courier.departs).all()
        assert (case.calendars[courier.calendar].open_seconds(moment // DAY * DAY, (moment // DAY + 1) * DAY) > 0).all()
    assert (np.diff(o["ordered"]) >= 0).all()
    again = np.flatnonzero(o["parent"] >= 0)
    before = o["parent"][again]
    assert len(np.unique(before)) == len(before)
    assert (o["ordered"][again] >= o["delivered"][before]).all()
    assert (o["delivered"][before] >= 0).all()
    for column in ("goods", "town"):
        assert (o[column][again] == o[column][before]).all()


def jobs_from_something(case: Case, log: Log) -> None:
    """Each job comes from an order, a plan or a review, and from that alone; none is due before it is released."""
    j, t, o = log.jobs, log.tickets, log.orders
    of_order, of_plan, of_ticket = (j[name] >= 0 for name in ("order", "plan", "ticket"))
    assert (of_order.astype(int) + of_plan + of_ticket == 1).all()
    assert (of_order == (j["kind"] == INSTALLATION)).all()
    assert (j["released"][of_order] == o["delivered"][j["order"][of_order]]).all()
    assert (j["kind"] == REWORK)[of_ticket].all()
    reviewed = j["ticket"][of_ticket]
    assert len(np.unique(reviewed)) == len(reviewed)
    assert (t["status"][reviewed] == FIXED).all()
    assert (j["released"][of_ticket] >= t["fixed"][reviewed]).all()
    kinds = np.array([CODES["JOB_KINDS"].index(p.kind) for p in case.model.planned.values()])
    assert (j["kind"][of_plan] == kinds[j["plan"][of_plan]]).all()
    assert (j["due"] >= j["released"]).all()
