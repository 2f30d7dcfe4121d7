"""SimPy's environment with a written order of simultaneous events.

Times are whole seconds, so events meet often. They are processed by (time, kind, entity): the kinds in the order
below, then the entity (engineer, ticket, order …) by its number. What one event triggers at once (a resource handed
over) happens directly after it.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, cast

import simpy
from simpy.events import EventPriority

_AFTER_TRIGGERS = 2
"""SimPy's own priorities are 0 (urgent) and 1 (triggered events)."""
_ROOM = 40


class Kind:
    """Kinds of events in the order in which simultaneous ones happen. The order is part of the model."""

    DAY = 0
    ROSTER = 1
    SHIFT = 2
    RECEIPT = 3
    WORK_END = 4
    HOME = 5
    ARRIVE = 6
    DEPART = 7
    HANDLED = 8
    DECIDED = 9
    REPORT = 10
    RELEASE = 11
    READY = 12
    DELIVER = 13
    VAN = 14
    HANG_UP = 15
    OVERFLOW = 16
    UNIT = 20
    STAND_IN = 21
    LATERAL = 22
    REVIEWED = 25


class Environment(simpy.Environment):
    """An environment in which everything that takes time says what it is and whose."""

    @property
    def now(self) -> int:
        """The current second."""
        return self._now  # type: ignore[return-value]

    def at(self, time: int, kind: int, entity: int) -> simpy.Event:
        """Event at ``time`` (not before now)."""
        event = simpy.Event(self)
        event._ok, event._value = True, None
        priority = cast(EventPriority, ((kind + _AFTER_TRIGGERS) << _ROOM) + entity)
        self.schedule(event, priority, time - self._now)
        return event


Process = Generator[simpy.Event, Any, None]
"""What a process function yields."""
