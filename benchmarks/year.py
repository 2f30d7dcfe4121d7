"""A year of huitian-2018 by both engines, the same shape in plain SimPy, and the bare heap."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import simpy

import simsvc as sv
from benchmarks import heap, plain
from benchmarks.measuring import Goal, Way, table
from simsvc.case import Case, build
from simsvc.engine import compiled, reference
from simsvc.engine.compiled import slots as at
from simsvc.engine.reference.environment import Environment
from simsvc.measures import tallier
from simsvc.workload import draw

DAYS = 365
compiled_run = importlib.import_module("simsvc.engine.compiled.run")


class _Stop(Exception):
    """The memory of a run is ready."""


def memory_of(case: Case, replication: int) -> tuple[Any, ...]:
    """What the compiled event loop is called with."""
    found: list[Any] = []

    def catch(memory: Any, *rest: Any) -> None:
        found.extend((memory.copy(), *rest))
        raise _Stop

    plain_loop, compiled_run.event_loop = compiled_run.event_loop, catch
    try:
        compiled.run(case, draw(case, 1, replication))
    except _Stop:
        pass
    finally:
        compiled_run.event_loop = plain_loop
    return tuple(found)


def watched(kind: type[simpy.Environment], what: Callable[[], object]) -> tuple[int, float]:
    """Events of a run in SimPy, and how many were pending on average."""
    steps = pending = 0
    step = kind.step

    def counting(env: Any) -> None:
        nonlocal steps, pending
        steps += 1
        pending += len(env._queue)
        step(env)

    kind.step = counting  # type: ignore[method-assign]
    try:
        what()
    finally:
        kind.step = step  # type: ignore[method-assign]
    return steps, pending / max(steps, 1)


class Year:
    """The ways of simulating a year, to be timed, and what comes of it."""

    def __init__(self) -> None:
        self.case = case = build(sv.load("huitian-2018"))
        self.years = case.span.horizon / (DAYS * 86400)
        self.reference_events, self.pending = watched(Environment, lambda: reference.run(case, draw(case, 1, 1)))
        self.plain_events, _ = watched(simpy.Environment, lambda: plain.year(1))
        memory, *rest = memory_of(case, 1)
        compiled_run.event_loop(memory, *rest)
        self.events = int(memory[at.EVENTS])
        times, delays = heap.pending(round(self.pending))
        tallied = tallier("compiled")
        self.ways = {
            "both": Way("reference engine, with drawing", lambda r: self.rows(reference.run(case, draw(case, 1, r)))),
            "alone": Way(
                "reference engine, luck drawn before", lambda w: self.rows(reference.run(case, w)), self.drawn
            ),
            "plain": Way("plain SimPy, the same shape", lambda r: plain.TICKETS if plain.year(r) else 0),
            "compiled both": Way("compiled twin, with drawing", lambda r: self.rows(compiled.simulate(case, 1, r))),
            "compiled alone": Way(
                "compiled twin, luck drawn before", lambda w: self.rows(compiled.run(case, w)), self.drawn
            ),
            "loop": Way(
                "  of it the event loop",
                lambda a: float(a[0][at.FAULTS]) if _loop(a) else 0.0,
                lambda r: memory_of(case, r),
            ),
            "tally": Way(
                "  its verdict measures (tally)",
                lambda log: len(log.tickets["ticket"]) if tallied(case, log) else 0,
                lambda r: compiled.simulate(case, 1, r),
            ),
            "heap": Way("bare heap, as many events", lambda _: heap.churn(times, delays, self.events)),
        }

    @staticmethod
    def rows(log: Any) -> int:
        """Tickets of a log."""
        return len(log.tickets["ticket"])

    def drawn(self, replication: int) -> Any:
        """The luck of a replication."""
        return draw(self.case, 1, replication)

    def text(self) -> str:
        """The table."""
        events = dict.fromkeys(("both", "alone"), self.reference_events) | {"plain": self.plain_events}
        events |= dict.fromkeys(("compiled both", "compiled alone", "loop", "heap"), self.events)
        base = self.ways["both"].median / self.years
        rows = []
        for key, way in self.ways.items():
            years = 1.0 if key == "plain" else self.years
            ms = 1000 * way.median / years
            count = events.get(key)
            rows.append(
                (
                    way.name,
                    f"{ms:,.1f}",
                    f"{count / years:,.0f}" if count else "",
                    f"{count / way.median:,.0f}" if count else "",
                    f"{1000 * base / ms:,.1f}",
                )
            )
        title = f"A year of huitian-2018 ({self.pending:.0f} events pending on average), one core, CPU time"
        return table(title, ("way", "ms a year", "events a year", "events/s", "× reference"), rows)

    def goals(self) -> list[Goal]:
        """Ratios to be reached."""
        ms = {key: way.median / self.years for key, way in self.ways.items()}
        each = ms["compiled alone"] / ms["heap"]
        return [
            Goal("reference engine, seconds a year", ms["both"], 1.0, most=True, unit=" s"),
            Goal(
                "compiled twin against the reference, both with drawing",
                ms["both"] / ms["compiled both"],
                50,
                unit=" ×",
            ),
            Goal("the same, luck drawn before", ms["alone"] / ms["compiled alone"], 80, unit=" ×"),
            Goal("compiled twin against the bare heap, per event", each, 6, most=True, unit=" ×"),
        ]


def _loop(arguments: tuple[Any, ...]) -> bool:
    compiled_run.event_loop(*arguments)
    return True
