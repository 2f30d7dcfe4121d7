"""The promise about spares in one pass over the stock moves; as ``measures.stock``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.kernels import kernel
from simsvc.log import Log
from simsvc.measures.once import per_case, per_log
from simsvc.measures.questions import questions
from simsvc.measures.stock import Held, Shelves, at_start, stock_ratio
from simsvc.scenario.promises import SimPart

CELL, TIME, ON_HAND, ON_ORDER = range(4)


class Cells(NamedTuple):
    """``base`` stock, ``group`` and ``worth`` by cell (a part at a store); ``level`` as the run begins and ``needed``
    by group; ``on_order``: pieces on order count."""

    base: Ints
    group: Ints
    worth: Ints
    level: Ints
    needed: Ints
    on_order: bool


@per_case
def every_cells(case: Case) -> tuple[Cells | None, ...]:
    """Cells of every promise about spares, in the order of ``questions``; None for other promises."""
    return tuple(_cells(case, q.part, q.shelves) if q.shelves is not None else None for q in questions(case).sims)


def _cells(case: Case, part: SimPart, shelves: Shelves) -> Cells:
    return Cells(
        base=case.supply.base_stock.ravel(),
        group=shelves.group.ravel(),
        worth=np.tile(shelves.worth, len(shelves.group)),
        level=at_start(case, shelves),
        needed=shelves.needed,
        on_order=part.on_order,
    )


def stock_held(case: Case, log: Log, part: SimPart, shelves: Shelves, cells: Cells) -> Held:
    """As ``stock.stock_ratio``."""
    moves = _moves(case, log)
    if not _in_order(case, log):
        return stock_ratio(case, log, part, shelves)
    span = case.span
    kept, lacking = _levels(moves, cells, span.start, span.end)
    window = span.end - span.start
    return Held(shelves.area, kept / window, 1 - lacking / window)


@per_log
def _moves(case: Case, log: Log) -> Ints:
    """Cell (a part at a store), time, pieces on hand and on order afterwards, shape (4, moves)."""
    t = log.stock
    found = np.empty((4, len(t["time"])), np.int64)
    found[CELL] = t["store"].astype(np.int64) * len(case.supply.parts) + t["part"]
    found[TIME], found[ON_HAND], found[ON_ORDER] = t["time"], t["on_hand"], t["on_order"]
    return found


@per_log
def _in_order(case: Case, log: Log) -> bool:
    """Whether the moves are written in order of time; an engine's are."""
    return bool(np.all(np.diff(_moves(case, log)[TIME]) >= 0))


@kernel
def _levels(moves: Ints, cells: Cells, start: int, end: int) -> tuple[Ints, int]:
    """Seconds of the window in which each group held enough, and those in which any did not."""
    group, worth, needed = cells.group, cells.worth, cells.needed
    level, before = cells.level.copy(), cells.base.copy()
    kept, since = np.zeros(len(level), np.int64), np.full(len(level), start)
    short, lacking, mark = int((level < needed).sum()), 0, start
    for k in range(moves.shape[1]):
        cell, time = moves[CELL, k], max(moves[TIME, k], start)
        if time >= end:
            break
        after = moves[ON_HAND, k] + (moves[ON_ORDER, k] if cells.on_order else 0)
        step, of = (after - before[cell]) * worth[cell], group[cell]
        before[cell] = after
        if of < 0:
            continue
        enough = level[of] >= needed[of]
        if enough:
            kept[of] += time - since[of]
        if short > 0:
            lacking += time - mark
        since[of], mark = time, time
        level[of] += step
        short += int(enough) - int(level[of] >= needed[of])
    for of in range(len(level)):
        if level[of] >= needed[of]:
            kept[of] += end - since[of]
    if short > 0:
        lacking += end - mark
    return kept, lacking
