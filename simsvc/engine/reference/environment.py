"""SimPy's environment with a written order of simultaneous events.

Times are whole seconds, so events meet often. They are processed by (time, kind, entity): the kinds in the order
of ``engine.kinds``, then the entity (engineer, ticket, order …) by its number. What one event triggers at once (a
resource handed over) happens directly after it.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, cast

import simpy
from simpy.events import EventPriority

from simsvc.engine import kinds as Kind

__all__ = ["Environment", "Kind", "Process"]

_AFTER_TRIGGERS = 2
"""SimPy's own priorities are 0 (urgent) and 1 (triggered events)."""
_ROOM = 40


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
