"""A drain too short to see the limits of the clauses pass."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.parts import BASE, parts, readings, sim_parts
from simsvc.scenario.paths import join
from simsvc.scenario.promises import MeasurePart, SimPart
from simsvc.scenario.shape import Tokens

_DAY = 86400
_LONGEST_BREAK = 10
"""Longest run of closed days around a Chinese statutory holiday (8 in 2020 and 2023), a weekend beside it included."""

_SEVERAL = {"mon-fri": 5, "mon-sat": 6, "sat-sun": 2, "mon-sun": 7}


def check(model: Model) -> Iterator[Flaw]:
    """The drain must outlast every limit; the longest is named."""
    longest, days = needed(model)
    if days * _DAY > model.time.drain:
        message = f"may end before the limit of {join(longest)} has passed: late cases would not be seen to be late"
        needs = tuple((*longest, key) for key in ("limit", "days", "rectify"))
        yield Flaw(("time", "drain"), message, f'write drain = "{days} d" or more', needs)


def needed(model: Model) -> tuple[Tokens, int]:
    """The limit that lasts longest, and the days of drain that outlast it; no limit: none, 0."""
    reach: dict[Tokens, int] = {}
    for tokens, part in sim_parts(model):
        for name, read in readings(part):
            at = tokens if name == BASE else (*tokens, "readings", name)
            reach[at] = math.ceil(_reach(model, read) / _DAY)
    if model.reporting.escalation is not None and any(_is_age(part) for _, part in parts(model)):
        reach["reporting", "escalation"] = math.ceil(model.reporting.escalation.rectify / _DAY)
    longest = max(reach, key=lambda tokens: reach[tokens], default=())
    return longest, reach.get(longest, 0)


def _is_age(part: object) -> bool:
    return isinstance(part, MeasurePart) and part.measure == "open_age"


def _reach(model: Model, part: SimPart) -> float:
    """Seconds after the start by which the limit has certainly passed.

    Whether a fault goes to the manager is known ``after`` so long; the manager's answer is drawn from the log.
    A loaner is due from its pool's threshold on.
    """
    if part.measure == "manager_answer":
        return model.reporting.escalation.after if model.reporting.escalation is not None else 0.0
    if part.measure == "loaner_placed":
        longest = max((pool.threshold for pool in model.loaners.values()), default=0.0)
        if part.limit is not None:
            part = part.model_copy(update={"limit": max(part.limit, longest)})
        return max(_time(model, part), longest)
    return _time(model, part)


def _time(model: Model, part: SimPart) -> float:
    closed = _LONGEST_BREAK if model.time.holidays != "none" else 2
    if part.days is not None:
        days = part.days + part.cut_off
        working = part.day_kind == "working" or part.cut_off
        return (_open_days(days, 5, closed) if working else days + 1) * _DAY
    if part.limit is None:
        return 0.0
    calendar = model.calendars.get(part.clock_hours) if part.clock_hours is not None else None
    if calendar is None:
        return part.limit
    shortest = min((end - start for spans in calendar.week.values() for start, end in spans), default=0)
    open_days = min(7, sum(_SEVERAL.get(days, 1) for days, spans in calendar.week.items() if spans))
    if shortest == 0:
        return 0.0
    closed = closed if calendar.holidays == "closed" else 7 - open_days
    return _open_days(math.ceil(part.limit / shortest), open_days, closed) * _DAY


def _open_days(days: int, per_week: int, closed: int) -> int:
    """Calendar days that hold so many open days, whenever they begin: whole weeks, the rest, one long break."""
    return days // per_week * 7 + days % per_week + 1 + closed
