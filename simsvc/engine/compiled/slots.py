"""Where things lie in the memory of a compiled run.

All whole numbers of a run lie in one array, ``M``. Its first cells, the slots, hold single figures (the time, counts,
rules) or say where a table begins: ``M[M[DUE] + k]`` is the limit by which ticket ``k`` is due. Records (tickets,
visits, engineers, jobs) are rows of fixed width: ``M[M[TICKETS] + k * TICKET + FIXED]``. It is one array, because each
array handed to a function that is not inlined costs as much as the work it does.
"""

from __future__ import annotations

from simsvc.engine.raw import AMOUNTS, MOMENTS
from simsvc.log.schema import VISITS

# Slots: single figures of the run.
(
    NOW, LAST, HORIZON, EVENTS, FULL, TODAY, DAYS, LAZY,
    TRAVEL_TIME, TRAVEL_DRY, TRAVEL_WET, HEAP, HEAP_ROOM, HEAP_SIZE,
    FAULTS, PRIMARY, FAULT_AT, ORDERS, ORDER_PRIMARY, ORDER_AT, PLANNED, PLANNED_AT, WAKES, WAKE_AT,
    STAFF, STATIONS, PARTS, SIGNATURES, PLACES, TOWNS, WAITING,
    # Rules and figures of the scenario.
    SET_OUT_MEAN, MOBILISE_MEAN, FOLLOW_UPS_ON_DUTY, BY_DUE, FREE_WHEN, DAILY_DRIVE, REVIEW, REVIEW_WITHIN, HUB,
    SUPPLIER_LEAD, HUB_LEAD, LATERAL_HANDLING, SALES, SENT, WITH_EXPERTS, WITH_LOANERS, WITH_WORKSHOP,
    CONTRACTOR, AFTER, ROOM, IN_HAND, EXPECTED, CONTRACTOR_AT, CONTRACTOR_HOURS, DELIVERS, CUT_OFF, HANDLING_TIME,
    WAREHOUSE, WAREHOUSE_HOURS, ROUTES,
    # Tables that a run fills: where, how many rows there are, and for how many there is room.
    TICKETS, VISIT_ROWS, VISIT_COUNT, VISIT_ROOM, STATE_ROWS, STATE_COUNT, STATE_ROOM, STOCK_ROWS, STOCK_COUNT,
    STOCK_ROOM, JOB_ROWS, JOB_COUNT, ORDER_ROWS, SHELVES, NODES, NODE_FREE, NODE_ROOM, NODE_USED, BACK, BACK_FREE,
    BACK_ROOM, BACK_USED, ENGINEERS, AT_STATION, STOOD_IN, STANDS_IN, WAIT_MASK, WAIT_HEAD, WAIT_TAIL, DOWN, FREE,
    QUEUE_HEAD, QUEUE_TAIL, QUEUE_NEXT, STOP_TIME, DESKS,
    # Luck and attributes of faults, orders and planned visits, a column each.
    FAULT_TIME, FAULT_AREA, FAULT_TOWN, GROUP, PRIORITY, CHILD, FAULT_AFTER, DECISION, LAG, RANK, PATIENCE, CALLED_BACK,
    IN_CONTRACT, APPROVAL, UNIT, SOLVED, DUE, PICK_UP, HANDLING, REMOTE_PICK_UP, REMOTE_WORK, PART, RIGHT_PART, REPAIRS,
    EXPERT, EXPERT_PICK_UP, EXPERT_WORK, WORKSHOP, ROUTE, TURNAROUND, SCRAPPED, REPLACEMENT, FAILURES, POOL, BROUGHT_BY,
    TRANSFER, RENEWAL, REVIEW_AFTER, REVIEW_FAILS, ARRIVAL, TAKES,
    ORDER_TIME, ORDER_AREA, ORDER_TOWN, ORDER_GROUP, ORDER_CHILD, ORDER_AFTER, PROCUREMENT, INSTALL, COURIER, CARRIER,
    SIZE, STOP_RANK, PLANNED_TIME, PLANNED_KIND, PLANNED_AREA, PLANNED_TOWN, PLANNED_GROUP, PLANNED_DUE,
    # Facts of the case and the roster.
    STATION_PLACE, PARTS_FROM, SUBSTITUTE, NEAREST, LATERAL_DRIVE, THRESHOLD,
    BAND, BAND_CODE, BAND_COUNT, BAND_DAY, BAND_DAYS, RAIN, RAIN_END, RAIN_COUNT, CLOSED_FIRST, CLOSED, CLOSED_END,
    STRAIT, STRAIT_END, STRAIT_COUNT, AREA, CROSSINGS, CROSSING, CROSSING_ROWS, HOURS, ROUTE_ROWS, PICK_UPS,
    PICK_UPS_FIRST, STATION_OF, STAND_IN, GROUPS, GROUP_FIRST, GROUP_STATION, GROUP_TIER, STATION_FIRST, STATION_GROUP,
    STATION_TIER, ABLE, DUTY_START, DUTY_END, DUTY_BEFORE, DUTY_FIRST, OPEN_START, OPEN_END, OPEN_FIRST, WAKE,
    # Luck of visits by table (faults, stand-ins, orders, planned, reviews): rows of LEG slots.
    LEGS, DIAGNOSIS, DIAGNOSIS_DIST, SET_OUT_DIST, MOBILISE_DIST, ACCESS_DIST, LEAD_KEYS, BASES, ORDER_NOISE,
    SLOTS,
) = range(212)  # fmt: skip

# A ticket's record: the log's moments and amounts, then how it stands.
(
    REPORTED, ANSWERED, ABANDONED, TRIAGED, REMOTE_START, REMOTE_END, APPROVED, READY, ASSIGNED, DEPARTED, ARRIVED,
    EXPERT_START, EXPERT_END, SENT_BY, SENT_AT, BACK_AT, LOANER_ASKED, LOANER, LOANER_PLACED, FIXED_AT,
    STATUS, VISITED, FAILED, SCRAP, BY_CONTRACTOR, SUBSTITUTED, PART_WAIT, OFF_DUTY, MOBILISE, SET_OUT, HELD, TRAVEL,
    # Where it stands with desk, technicians and experts: queue position.
    STAGE, WAITS, QUEUED_AS, BEFORE, BEHIND,
    # The part it needs: 0 none asked, 1 live, 2 gone; and the unit that the next visit brings (a status, or -1).
    NEED, ASKED, STORE, HAVE, IDLE, FETCH, NEW_UNIT, WORK_STATION, UNIT_STAGE,
    # Its stand-in.
    LENT, LOAN_HOME, LOAN_JOB, IN_PLACE, OVER, LOAN_STATION,
    # Its waiting first visit, and the contractor's.
    WAIT_JOB, CONTRACTOR_ROW, CONTRACTOR_BROUGHT,
    TICKET,
) = range(56)  # fmt: skip
LOGGED = len(MOMENTS) + len(AMOUNTS)
FIRST_AMOUNT = len(MOMENTS)

# An engineer's record.
(
    BUSY, TRIP_START, TRIP_END, TRIP_ORIGIN, TRIP_VISIT, DUTY_AT, OPEN_AT, HOME_PLACE, NEXT_THERE,
    VISIT, KIND, INDEX, NUMBER, TOWN, ORIGIN, ON_ROAD, VIA, ON_DUTY, PREPARE, NEEDED, BROUGHT,
    ENGINEER,
) = range(22)  # fmt: skip

# A job that waits or is being handed out.
(
    JOB_KIND, JOB_INDEX, JOB_NUMBER, JOB_TOWN, JOB_READY, JOB_RANK, JOB_DUE, JOB_VIA, JOB_GROUP, JOB_WAITS, JOB_LATE,
    JOB_BEFORE, JOB_BEHIND,
    NODE,
) = range(14)  # fmt: skip
RANKS = 22
"""Ranks of waiting jobs: two for each priority of faults (0 to 9), then installations, then other planned work."""
PLANNED_RANK = 20

# A planned job's row, as ``raw.JOB``.
WORK_KIND, WORK_ORIGIN, WORK_SOURCE, WORK_AREA, WORK_TOWN, WORK_RELEASED, WORK_DUE, WORK_ASSIGNED, WORK_ARRIVED, WORK_DONE, WORK = range(11)  # fmt: skip  # noqa: E501
# An order's row, as ``raw.DELIVERY``.
ORDERED, RECEIVED, AT_HAND, LEFT, DELIVERED, ROUTED, ORDER = range(7)
# A shelf: stock of one part in one store.
ON_HAND, ON_ORDER, ORDERED_SO_FAR, BACK_HEAD, BACK_TAIL, BACK_COUNT, SHELF = range(7)
# A backorder: who waits (a ticket, or a shelf to which the hub then ships).
WAITER, OF_SHELF, TRANSPORT, BACK_NEXT, BACKORDER = range(5)
# A pool of people: desk, technicians, experts; its queue by rank.
SHIFT, AGENTS, SERVING, QUEUED, CHANGE, CHANGES, QUEUES, DESK = range(8)
QUEUE_RANKS = 20
# Where the luck of the visits of one table lies.
LEG_KEY, LEG_WORK_KEY, LEG_WORK_DIST, LEG_WORK_BASE, LEG_VISITS, LEG_SET_OUT, LEG_MOBILISE, LEG_ACCESS, LEG_WORK, LEG_OUT, LEG_BACK, LEG = range(12)  # fmt: skip  # noqa: E501
# Columns of a visit's row.
V_ASSIGNED, V_DEPARTED, V_ARRIVED, V_START, V_END, V_OUTCOME, V_STATION, V_ENGINEER, V_ORIGIN, V_TOWN, V_BROUGHT = (
    [c.name for c in VISITS].index(name)
    for name in (
        "assigned", "departed", "arrived", "work_start", "work_end", "outcome", "station", "engineer", "origin", "town",
        "brought",
    )
)  # fmt: skip
V_ROW = len(VISITS)
STATE, MOVE = 6, 7
"""Widths of the rows of engineer states and of stock moves."""
DESK_POOL, REMOTE_POOL, EXPERT_POOL = range(3)
HEAP_FULL, VISITS_FULL, STATES_FULL, STOCK_FULL, NODES_FULL, BACK_FULL = range(1, 7)
"""What has no more room; the run is then done again with more."""
