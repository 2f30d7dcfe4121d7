"""Spare parts: base stocks (S−1,S) at the stations, replenished by the hub, the hub by the supplier.

Before a demand waits at its own shelf, a substitute there and a piece of a station near by are tried.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from simsvc.case import Case
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.roads import Spells
from simsvc.log.schema import STOCK_EVENTS
from simsvc.luck import Stream
from simsvc.workload import Leads, Workload

ISSUE, RECEIPT, BACKORDER, LATERAL = (STOCK_EVENTS.index(e) for e in ("issue", "receipt", "backorder", "lateral"))
Served = Callable[[], None]


class Shelf:
    """Stock of one part in one store. On hand + on order − backorders is always the base stock."""

    __slots__ = ("backorders", "on_hand", "on_order", "orders", "part", "store")

    def __init__(self, store: int, part: int, base_stock: int) -> None:
        self.store, self.part = store, part
        self.on_hand, self.on_order, self.orders = base_stock, 0, 0
        self.backorders: deque[Served] = deque()


class Stores:
    """All shelves. Each piece taken is ordered at once, one for one; a demand that finds none waits its turn."""

    def __init__(self, env: Environment, case: Case, workload: Workload) -> None:
        self.env = env
        self.rows: list[tuple[int, int, int, int, int, int, int]] = []
        self._stock = case.model.stock
        self._leads = Leads(workload.seed)
        self._names = (*case.staffing.stations, "hub")
        self._parts = case.supply.parts
        self._strait = Spells(workload.weather.strait.tolist())
        self._substitute: list[int] = case.supply.substitute.tolist()
        self._handling = Leads(workload.seed, Stream.LATERAL)
        self._sent = 0
        self._near = [
            [(other, drive) for other, drive in zip(others, drives, strict=True) if drive >= 0]
            for others, drives in zip(case.staffing.relief_order.tolist(), case.supply.lateral.tolist(), strict=True)
        ]
        self._shelves = [
            [Shelf(s, p, level) for p, level in enumerate(levels)]
            for s, levels in enumerate(case.supply.base_stock.tolist())
        ]

    def source(self, station: int, part: int, served: Served) -> int:
        """Ask for a piece for a ticket: the part taken (itself or its substitute), -1 if it has to come.

        In that case ``served`` is called when it is at the station: from the nearest station that has one, if it is
        near enough; else when the shelf's turn has come.
        """
        mine = self._shelves[station]
        if not mine[part].on_hand:
            other = self._substitute[part]
            if other >= 0 and mine[other].on_hand:
                part = other
            elif self._sent_by_another(station, part, served):
                return -1
        return part if self.take(station, part, served) else -1

    def take(self, store: int, part: int, served: Served) -> bool:
        """Ask for a piece. True if it is there; otherwise ``served`` is called when it is."""
        shelf = self._shelves[store][part]
        there = shelf.on_hand > 0
        shelf.on_order += 1
        if there:
            shelf.on_hand -= 1
            self._note(shelf, ISSUE)
        else:
            shelf.backorders.append(served)
            self._note(shelf, BACKORDER)
        self._replenish(shelf)
        return there

    def _sent_by_another(self, station: int, part: int, served: Served) -> bool:
        """Lateral transshipment; the giving shelf orders for itself, the asking one is untouched."""
        for other, drive in self._near[station]:
            shelf = self._shelves[other][part]
            if shelf.on_hand:
                lateral = self._stock.lateral
                assert lateral is not None
                shelf.on_hand -= 1
                shelf.on_order += 1
                self._note(shelf, LATERAL)
                handling = self._handling.seconds(lateral.handling, self._names[other], self._parts[part], shelf.orders)
                self._sent += 1
                self.env.process(self._under_way(self._sent, self.env.now + drive + handling, served))
                self._replenish(shelf)
                return True
        return False

    def _under_way(self, number: int, due: int, served: Served) -> Process:
        yield self.env.at(due, Kind.LATERAL, number)
        served()

    def _replenish(self, shelf: Shelf) -> None:
        """Order one piece: from the hub, when it has one; the hub and stations without a hub from the supplier."""
        number, shelf.orders = shelf.orders, shelf.orders + 1
        hub = len(self._shelves) - 1
        lead = self._leads.seconds
        if self._stock.hub is not None and shelf.store != hub:
            transport = lead(self._stock.hub.lead, self._names[shelf.store], self._parts[shelf.part], number)

            def ship() -> None:
                self.env.process(self._receive(shelf, self.env.now + transport))

            if self.take(hub, shelf.part, ship):
                ship()
            return
        due = self.env.now + lead(self._stock.supplier_lead, self._names[shelf.store], self._parts[shelf.part], number)
        self.env.process(self._receive(shelf, self._strait.end(due)))

    def _receive(self, shelf: Shelf, due: int) -> Process:
        yield self.env.at(due, Kind.RECEIPT, shelf.store * len(self._parts) + shelf.part)
        shelf.on_order -= 1
        if shelf.backorders:
            served = shelf.backorders.popleft()
            self._note(shelf, RECEIPT)
            served()
        else:
            shelf.on_hand += 1
            self._note(shelf, RECEIPT)

    def _note(self, shelf: Shelf, event: int) -> None:
        state = (shelf.on_hand, shelf.on_order, len(shelf.backorders))
        self.rows.append((self.env.now, shelf.store, shelf.part, event, *state))
