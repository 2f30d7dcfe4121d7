"""What the case says, laid out once a case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simsvc.case import Case
from simsvc.case.arrays import Bools, Floats, Ints
from simsvc.case.reach import contracted
from simsvc.clock import DAY
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.delivery import ROUTE
from simsvc.engine.compiled.layout import Layout
from simsvc.engine.compiled.visits import FREE_WHEN
from simsvc.engine.timetables import departures, shift_changes
from simsvc.luck import name_key
from simsvc.scenario.distribution import ZERO
from simsvc.workload.compiled.dists import table

NEVER_REPLACED = 1 << 30


@dataclass(frozen=True)
class Facts:
    """The case's part of the memory, the same in all replications; and what columns of the luck are looked up in.

    ``memory``: the cells, slots first. ``travel``: int32, all bands, origins and targets in one row. ``lead_keys``:
    (stores, parts). ``leads``: distributions of lead times. ``stop_rank``: (routes, areas), place of an area on a tour.
    """

    memory: Ints
    travel: npt.NDArray[np.int32]
    lead_keys: npt.NDArray[np.uint64]
    leads: Floats
    contracted: Bools
    failures: Ints
    units_before: Ints
    size: Ints
    stop_rank: Ints


@lru_cache(maxsize=8)
def facts(case: Case) -> Facts:
    """Lay out a case."""
    model, staffing, supply, places = case.model, case.staffing, case.supply, case.places
    page = Layout(at.SLOTS)
    _rules(case, page)
    page.put(at.STATION_PLACE, staffing.station_place)
    page.put(at.PARTS_FROM, staffing.parts_from)
    page.put(at.SUBSTITUTE, supply.substitute)
    page.put(at.NEAREST, staffing.relief_order)
    page.put(at.LATERAL_DRIVE, supply.lateral)
    page.put(at.THRESHOLD, [int(pool.threshold) for pool in model.loaners.values()])
    page.put(at.AREA, places.area)
    calendars = _hours(case, page)
    _bands(case, page)
    _crossings(case, page)
    _desks(case, page)
    _delivery(case, page, calendars)
    for slot, name in (
        (at.SALES, model.dispatch.approval.calendar if model.dispatch.approval else None),
        (at.REVIEW, model.review.calendar if model.review else None),
        (at.CONTRACTOR_HOURS, model.dispatch.contractor.calendar if model.dispatch.contractor else None),
    ):
        page.set(slot, calendars[name] if name is not None else -1)
    memory = np.zeros(page.size, np.int64)
    page.write(memory)
    stores = (*staffing.stations, "hub")
    stock = model.stock
    units = supply.units.reshape(-1)
    return Facts(
        memory=memory,
        travel=np.ascontiguousarray(places.travel).reshape(-1),
        lead_keys=_lead_keys(stores, tuple(supply.parts)),
        leads=table(
            [
                stock.supplier_lead,
                stock.hub.lead if stock.hub else ZERO,
                stock.lateral.handling if stock.lateral else ZERO,
            ]
        ),
        contracted=contracted(case),
        failures=np.array([p.replace_after or NEVER_REPLACED for p in model.products.values()], np.int64),
        units_before=(np.cumsum(units) - units).reshape(supply.units.shape),
        size=np.array([goods.size for goods in model.goods.values()], np.int64),
        stop_rank=_stop_ranks(case),
    )


@lru_cache(maxsize=64)
def _lead_keys(stores: tuple[str, ...], parts: tuple[str, ...]) -> npt.NDArray[np.uint64]:
    return np.array([name_key("lead", s, p) for s in stores for p in parts], np.uint64)


def _rules(case: Case, page: Layout) -> None:
    """Single figures and switches."""
    model, staffing, span = case.model, case.staffing, case.span
    staff, dispatch, contractor = model.staff, model.dispatch, model.dispatch.contractor
    for slot, value in (
        (at.HORIZON, span.horizon),
        (at.LAST, -1),
        (at.TRAVEL_TIME, -1),
        (at.DAYS, -(-span.horizon // DAY)),
        (at.STAFF, len(staffing.engineers)),
        (at.STATIONS, len(staffing.stations)),
        (at.PARTS, len(case.supply.parts)),
        (at.SIGNATURES, int(staffing.signature.max(initial=-1)) + 1),
        (at.PLACES, len(case.places.ids)),
        (at.TOWNS, case.places.towns),
        (at.SET_OUT_MEAN, int(staff.set_out.mean_s)),
        (at.MOBILISE_MEAN, int(staff.mobilisation.mean_s)),
        (at.FOLLOW_UPS_ON_DUTY, dispatch.follow_ups == "duty"),
        (at.BY_DUE, dispatch.which_ticket == "priority-due"),
        (at.FREE_WHEN, FREE_WHEN.index(dispatch.free_when)),
        (at.DAILY_DRIVE, staff.relief.daily_drive),
        (at.REVIEW_WITHIN, int(model.review.within) if model.review else 0),
        (at.HUB, model.stock.hub is not None),
        (at.WITH_EXPERTS, model.experts is not None),
        (at.WITH_LOANERS, len(model.loaners)),
        (at.WITH_WORKSHOP, any(m.workshop > 0 for p in model.products.values() for m in p.modes.values())),
        (at.CONTRACTOR, contractor is not None),
        (at.AFTER, int(contractor.after) if contractor else 0),
        (at.ROOM, -1 if contractor is None or contractor.capacity is None else contractor.capacity),
        (at.EXPECTED, int(contractor.arrival.mean_s) if contractor else 0),
    ):
        page.set(slot, value)


def _hours(case: Case, page: Layout) -> dict[str, int]:
    """Every calendar: where its starts, ends and open seconds before each start lie, and how many there are."""
    rows = []
    for calendar in case.calendars.values():
        before = np.concatenate(([0], np.cumsum(calendar.ends - calendar.starts)))
        cells = [page.put(-1, column) for column in (calendar.starts, calendar.ends, before)]
        rows.append((*cells, len(calendar.starts)))
    page.put(at.HOURS, np.array(rows, np.int64))
    return {name: k for k, name in enumerate(case.calendars)}


def _bands(case: Case, page: Layout) -> None:
    starts, last = case.band.starts, int(case.band.starts[-1]) // DAY + 1
    page.put(at.BAND, starts)
    page.put(at.BAND_CODE, case.band.codes)
    page.put(at.BAND_DAY, np.maximum(np.searchsorted(starts, np.arange(last + 1) * DAY, "right") - 1, 0))
    page.set(at.BAND_COUNT, len(starts))
    page.set(at.BAND_DAYS, last)


def _crossings(case: Case, page: Layout) -> None:
    crossings = case.places.crossings
    number = np.full(len(case.places.ids), -1)
    rows = []
    for k, c in enumerate(crossings):
        number[c.place] = k
        out, back = page.put(-1, c.out), page.put(-1, c.back)
        rows.append((c.port, c.seconds, c.check_in, out, out + len(c.out), back, back + len(c.back)))
    page.put(at.CROSSING, number)
    page.put(at.CROSSING_ROWS, np.array(rows, np.int64))
    page.set(at.CROSSINGS, len(crossings))


def _desks(case: Case, page: Layout) -> None:
    """Pools of people: no shift counts until the first change; their queues by rank are empty."""
    model, rows = case.model, []
    for pool in (model.desk, model.remote, model.experts):
        if pool is None:
            rows.append((0,) * at.DESK)
            continue
        changes = [*shift_changes(case, pool), (case.span.horizon, -1, 0)]
        queues = page.room(-1, 2 * at.QUEUE_RANKS, -1)
        rows.append((-1, 0, 0, 0, 0, page.put(-1, np.array(changes)), queues))
    page.put(at.DESKS, np.array(rows, np.int64))


def _delivery(case: Case, page: Layout, calendars: dict[str, int]) -> None:
    spec = case.model.delivery
    if spec is None:
        return
    house, rows = spec.warehouse, []
    for route in spec.routes.values():
        moments = departures(case, route.calendar, route.departs)
        cells = page.put(-1, moments), page.room(-1, route.vans, 0)
        rows.append((cells[0], len(moments), 0, route.vans, route.capacity, int(route.unload), cells[1]))
    page.put(at.ROUTE_ROWS, np.array(rows, np.int64).reshape(-1, ROUTE))
    pick_ups = [departures(case, c.calendar, c.departs) for c in spec.couriers.values()]
    page.put(at.PICK_UPS, np.concatenate([np.empty(0, np.int64), *pick_ups]))
    page.put(at.PICK_UPS_FIRST, np.cumsum([0, *map(len, pick_ups)]))
    page.room(at.QUEUE_HEAD, len(rows), -1)
    page.room(at.QUEUE_TAIL, len(rows), -1)
    for slot, value in (
        (at.DELIVERS, 1),
        (at.ROUTES, len(rows)),
        (at.CUT_OFF, house.cut_off),
        (at.HANDLING_TIME, int(house.handling)),
        (at.WAREHOUSE, case.places.ids.index(house.node)),
        (at.WAREHOUSE_HOURS, calendars[house.calendar]),
    ):
        page.set(slot, value)


def _stop_ranks(case: Case) -> Ints:
    routes = list(case.model.delivery.routes.values()) if case.model.delivery else []
    rank = np.zeros((len(routes), len(case.places.areas)), np.int64)
    for r, route in enumerate(routes):
        for k, area in enumerate(route.areas):
            rank[r, case.places.areas.index(area)] = k
    return rank
