"""The memory of a run: what the case says, the luck of the replication, the roster, and room for what happens."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Floats, Ints
from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.columns import columns
from simsvc.engine.compiled.crew import Crew
from simsvc.engine.compiled.facts import Facts
from simsvc.engine.compiled.heap import ENTITY_BITS, KIND_BITS
from simsvc.engine.compiled.layout import Layout
from simsvc.engine.compiled.luck import HEADER, STREAMS
from simsvc.engine.raw import Raw
from simsvc.kernels import kernel
from simsvc.luck.compiled import ROW, base
from simsvc.workload import Legs, Workload
from simsvc.workload.compiled import Lazy

_own = threading.local()


class Rooms:
    """For how many rows there is room at first; doubled where a run shows that it isn't enough."""

    def __init__(self, workload: Workload, staff: int) -> None:
        faults, jobs = len(workload.faults.key), len(workload.planned.key) + len(workload.orders.key)
        visits = faults + jobs + 64
        self.sizes = {
            at.HEAP_FULL: 1024 + 4 * staff,
            at.VISITS_FULL: visits,
            at.STATES_FULL: 4 * visits,
            at.STOCK_FULL: 2 * faults + 64,
            at.NODES_FULL: 1024 + 2 * staff,
            at.BACK_FULL: 1024,
        }

    def grow(self, full: int) -> None:
        """More room of the kind that was full."""
        self.sizes[full] *= 2


def lay_out(
    case: Case, workload: Workload, known: Facts, crew: Crew, lazy: Lazy | None, rooms: Rooms
) -> tuple[Ints, Floats]:
    """The memory of a run before its first event, and what its draws need besides."""
    page = Layout(len(known.memory))
    columns(case, workload, known, crew.group, page)
    _roster(crew, known, page)
    _shelves(case, page)
    luck = _legs(workload, known, lazy, page)
    _rooms(workload, rooms, page)
    memory = _buffer(page.size)
    memory[: len(known.memory)] = known.memory
    page.write(memory)
    n, tickets = len(workload.faults.key), page.slots[at.TICKETS]
    memory[tickets : tickets + n * at.TICKET : at.TICKET] = -1  # REPORTED: nothing has happened
    return memory, luck


def _buffer(size: int) -> Ints:
    """Memory of this thread, kept from run to run: fresh pages cost more than what is written to them."""
    buffer: Ints | None = getattr(_own, "buffer", None)
    if buffer is None or len(buffer) < size:
        buffer = _own.buffer = np.empty(size + size // 4, np.int64)
    return buffer


def _roster(crew: Crew, known: Facts, page: Layout) -> None:
    """Who works where; engineers begin at home."""
    for slot, column in (
        (at.STATION_OF, crew.station),
        (at.STAND_IN, crew.stand_in),
        (at.GROUP_FIRST, crew.by_group_first),
        (at.GROUP_STATION, crew.by_group_station),
        (at.GROUP_TIER, crew.by_group_tier),
        (at.STATION_FIRST, crew.by_station_first),
        (at.STATION_GROUP, crew.by_station_group),
        (at.STATION_TIER, crew.by_station_tier),
        (at.ABLE, crew.able),
        (at.DUTY_FIRST, crew.duty_first),
        (at.DUTY_START, crew.duty_start),
        (at.DUTY_END, crew.duty_end),
        (at.DUTY_BEFORE, crew.duty_before),
        (at.OPEN_FIRST, crew.available_first),
        (at.OPEN_START, crew.available_start),
        (at.OPEN_END, crew.available_end),
    ):
        page.put(slot, column)
    staff, stations = len(crew.home), len(crew.stand_in)
    who = np.repeat(np.arange(staff), np.diff(crew.wake_first))
    page.put(at.WAKE, np.sort((crew.wake << (KIND_BITS + ENTITY_BITS)) | (kinds.ROSTER << ENTITY_BITS) | who))
    page.set(at.WAKES, len(who))
    engineers = np.zeros((staff, at.ENGINEER), np.int64)
    engineers[:, at.TRIP_START] = -1
    engineers[:, at.DUTY_AT], engineers[:, at.OPEN_AT] = crew.duty_first[:-1], crew.available_first[:-1]
    place = known.memory[at.STATION_PLACE]
    engineers[:, at.HOME_PLACE] = known.memory[place + crew.home]
    page.put(at.ENGINEERS, engineers)
    for slot in (at.AT_STATION, at.STOOD_IN, at.STANDS_IN):
        page.room(slot, stations, -1)
    groups = crew.tiers.shape[1]
    page.set(at.GROUPS, groups)
    queues = groups * int(known.memory[at.SIGNATURES])
    page.room(at.WAIT_MASK, queues, 0)
    page.room(at.WAIT_HEAD, queues * at.RANKS)
    page.room(at.WAIT_TAIL, queues * at.RANKS)


def _shelves(case: Case, page: Layout) -> None:
    shelves = np.zeros((case.supply.base_stock.size, at.SHELF), np.int64)
    shelves[:, at.ON_HAND] = case.supply.base_stock.reshape(-1)
    page.put(at.SHELVES, shelves)


def _legs(workload: Workload, known: Facts, lazy: Lazy | None, page: Layout) -> Floats:
    """Where the luck of visits lies, or the keys by which it is drawn. The real numbers that draws need."""
    tables: list[Legs] = [
        t.legs for t in (workload.faults, workload.repairs, workload.orders, workload.planned, workload.reviews)
    ]
    drawn = np.empty(0) if lazy is None else lazy.dists
    leads, size = HEADER + len(drawn), HEADER + len(drawn) + len(known.leads)
    floats = [np.zeros(HEADER), drawn, known.leads, workload.orders.noise]
    page.set(at.ORDER_NOISE, size)
    size += len(workload.orders.noise)
    page.put(at.BASES, _cells([base(np.uint64(workload.seed), int(stream)) for stream in STREAMS]))
    page.put(at.LEAD_KEYS, _cells(known.lead_keys))
    for k, slot in enumerate((at.SUPPLIER_LEAD, at.HUB_LEAD, at.LATERAL_HANDLING)):
        page.set(slot, leads // ROW + k)
    legs = np.zeros((len(tables), at.LEG), np.int64)
    page.set(at.LAZY, lazy is not None)
    for k, table in enumerate(tables):
        legs[k, at.LEG_VISITS] = table.work.shape[1]
        if lazy is not None:
            recipe = lazy.tables[k]
            legs[k, at.LEG_KEY] = page.put(-1, _cells(recipe.key))
            legs[k, at.LEG_WORK_KEY] = page.put(-1, _cells(recipe.work_key))
            legs[k, at.LEG_WORK_BASE] = _cells([base(np.uint64(workload.seed), recipe.work_stream)])[0]
            legs[k, at.LEG_WORK_DIST] = page.put(-1, _behind_header(recipe.work_dist))
            continue
        for cell, column in (
            (at.LEG_SET_OUT, table.set_out),
            (at.LEG_MOBILISE, table.mobilise),
            (at.LEG_ACCESS, table.access),
            (at.LEG_WORK, table.work),
        ):
            legs[k, cell] = page.put(-1, column)
        for cell, factors in ((at.LEG_OUT, table.noise_out), (at.LEG_BACK, table.noise_back)):
            legs[k, cell] = size
            floats.append(factors.reshape(-1))
            size += factors.size
    page.put(at.LEGS, legs)
    if lazy is None:
        page.put(at.DIAGNOSIS, workload.faults.diagnosis)
    else:
        page.put(at.DIAGNOSIS_DIST, _behind_header(lazy.diagnosis_dist))
        rows = np.array([lazy.set_out, lazy.mobilise, lazy.access])
        for slot, row in zip((at.SET_OUT_DIST, at.MOBILISE_DIST, at.ACCESS_DIST), _behind_header(rows), strict=True):
            page.set(slot, row)
        floats[0][: len(lazy.noise)] = lazy.noise
    return np.concatenate(floats)


def _cells(keys: Any) -> Ints:
    """Keys as whole numbers, bit for bit."""
    return np.asarray(keys, np.uint64).view(np.int64)


def _behind_header(rows: Ints) -> Ints:
    """Rows of a table of distributions that lies behind the header; -1 stays."""
    return np.where(rows < 0, rows, rows + HEADER // ROW)


def _rooms(workload: Workload, rooms: Rooms, page: Layout) -> None:
    """Room for what happens; jobs can't be more than there are orders, planned visits and reviews."""
    faults = len(workload.faults.key)
    page.room(at.TICKETS, faults * at.TICKET)
    for slot, room, kind, width in (
        (at.HEAP, at.HEAP_ROOM, at.HEAP_FULL, 2),
        (at.VISIT_ROWS, at.VISIT_ROOM, at.VISITS_FULL, at.V_ROW),
        (at.STATE_ROWS, at.STATE_ROOM, at.STATES_FULL, at.STATE),
        (at.STOCK_ROWS, at.STOCK_ROOM, at.STOCK_FULL, at.MOVE),
        (at.NODES, at.NODE_ROOM, at.NODES_FULL, at.NODE),
        (at.BACK, at.BACK_ROOM, at.BACK_FULL, at.BACKORDER),
    ):
        page.room(slot, (rooms.sizes[kind] + 1) * width)
        page.set(room, rooms.sizes[kind])
    jobs = len(workload.planned.key) + len(workload.orders.key) + len(workload.reviews.after)
    page.room(at.JOB_ROWS, jobs * at.WORK)
    page.set(at.NODE_FREE, -1)
    page.set(at.BACK_FREE, -1)


def raw(memory: Ints) -> Raw:
    """What a run has written down; good until this thread's next run."""

    def rows(where: int, count: int, width: int) -> Ints:
        return memory[memory[where] : memory[where] + count * width].reshape(count, width)

    return Raw(
        tickets=columns_of(rows(at.TICKETS, memory[at.FAULTS], at.TICKET), at.LOGGED),
        visits=rows(at.VISIT_ROWS, memory[at.VISIT_COUNT], at.V_ROW),
        jobs=rows(at.JOB_ROWS, memory[at.JOB_COUNT], at.WORK),
        orders=columns_of(rows(at.ORDER_ROWS, memory[at.ORDERS], at.ORDER), at.ORDER),
        stock=rows(at.STOCK_ROWS, memory[at.STOCK_COUNT], at.MOVE),
        states=rows(at.STATE_ROWS, memory[at.STATE_COUNT], at.STATE),
    )


@kernel
def columns_of(rows, count):
    """The first so many columns of a table, one after the other; by blocks, so that both sides stay in the cache."""
    out = np.empty((count, len(rows)), np.int64)
    for first in range(0, len(rows), 64):
        last = min(first + 64, len(rows))
        for column in range(count):
            for row in range(first, last):
                out[column, row] = rows[row, column]
    return out
