"""Clauses that can't be judged: a limit missing or too much, a drain too short to see it pass."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.paths import join
from simsvc.scenario.promises import MeasurePart, Part, PlanPart, Reading, SimPart
from simsvc.scenario.shape import Tokens

_DAY = 86400
_LONGEST_BREAK = 10
"""Longest run of closed days around a Chinese statutory holiday (8 in 2020 and 2023), a weekend beside it included."""

_SEVERAL = {"mon-fri": 5, "mon-sat": 6, "sat-sun": 2, "mon-sun": 7}
_TIMED = ("response", "time_to_site", "delivered", "installed")
_MAYBE_TIMED = ("answered", "taken_up")
_ONLY_FOR = {
    "ratio": ("stock_ratio",),
    "level": ("stock_ratio",),
    "per": ("stock_ratio",),
    "on_order": ("stock_ratio",),
    "planned": ("planned_done",),
    "cut_off": ("delivered", "installed"),
}
_NEEDS = {
    "delivered": "delivery",
    "installed": "delivery",
    "remote_share": "remote",
    "remote_time": "remote",
    "answer_time": "desk",
    "answered": "desk",
    "response": "desk",
}


def check(model: Model) -> Iterator[Flaw]:
    """Parts of clauses that can't be judged as they stand."""
    for key, clause in model.clauses.items():
        for i in range(len(clause.parts)):
            tokens: Tokens = ("clauses", key, "parts", i)
            kind = ((*tokens, "measure"), (*tokens, "rule"))
            yield from (replace(flaw, needs=(*flaw.needs, *kind)) for flaw in _part(model, tokens, clause.parts[i]))
    yield from _drain(model)


def _part(model: Model, tokens: Tokens, part: Part) -> Iterator[Flaw]:
    if isinstance(part, SimPart):
        yield from _limit(tokens, part)
        yield from _keys(tokens, part)
    elif isinstance(part, PlanPart):
        yield from _plan(tokens, part)
    if isinstance(part, SimPart | MeasurePart):
        table = _NEEDS.get(part.measure)
        if table is not None and getattr(model, table) is None:
            yield Flaw((*tokens, "measure"), f"needs [{table}]", f"add [{table}]")


def _limit(tokens: Tokens, part: SimPart) -> Iterator[Flaw]:
    timed = [key for key in ("limit", "days") if getattr(part, key) is not None]
    if len(timed) == 2:
        yield Flaw((*tokens, "days"), "limit and days exclude each other", "take one of them out")
    if part.measure in _TIMED and not timed:
        yield Flaw((*tokens, "limit"), f'the measure "{part.measure}" needs a limit', 'add limit = "2 h" or days = 1')
    if part.measure not in (*_TIMED, *_MAYBE_TIMED):
        for key in timed:
            yield Flaw((*tokens, key), f'has no meaning for the measure "{part.measure}"', "take it out")
    for name, reading in part.readings.items():
        at = (*tokens, "readings", name)
        if name == "base":
            yield Flaw(at, '"base" is the part itself', "give the other reading another id")
        if reading.limit is not None and reading.days is not None:
            yield Flaw((*at, "days"), "limit and days exclude each other", "take one of them out")
        if reading.day_kind is not None and read_as(part, reading).days is None:
            yield Flaw((*at, "day_kind"), "there are no days to count", "add days = 1")


def _keys(tokens: Tokens, part: SimPart) -> Iterator[Flaw]:
    for key, measures in _ONLY_FOR.items():
        if part.measure not in measures:
            holders = [((*tokens, key), key in part.model_fields_set)]
            holders += [((*tokens, "readings", k, key), key in r.model_fields_set) for k, r in part.readings.items()]
            for at, written in holders:
                if written:
                    yield Flaw(at, f'has no meaning for the measure "{part.measure}"', "take it out")
        elif key in ("ratio", "planned") and getattr(part, key) is None:
            value = '"3 %"' if key == "ratio" else '"inspection"'
            yield Flaw((*tokens, key), f'the measure "{part.measure}" needs it', f"add {key} = {value}")


def _plan(tokens: Tokens, part: PlanPart) -> Iterator[Flaw]:
    for key, rule, value in (("within_months", "rollout", "6"), ("ratio", "spares_at_start", '"3 %"')):
        given = getattr(part, key) is not None
        if part.rule == rule and not given:
            yield Flaw((*tokens, key), f'the rule "{rule}" needs it', f"add {key} = {value}")
        elif part.rule != rule and given:
            yield Flaw((*tokens, key), f'has no meaning for the rule "{part.rule}"', "take it out")


def _drain(model: Model) -> Iterator[Flaw]:
    """The drain must outlast every limit; the longest is named."""
    reach: dict[Tokens, int] = {}
    for tokens, part in sim_parts(model):
        reach[tokens] = math.ceil(_reach(model, part) / _DAY)
        for name, reading in part.readings.items():
            reach[(*tokens, "readings", name)] = math.ceil(_reach(model, read_as(part, reading)) / _DAY)
    longest = max(reach, key=lambda tokens: reach[tokens], default=())
    if longest and reach[longest] * _DAY > model.time.drain:
        days = reach[longest]
        message = f"may end before the limit of {join(longest)} has passed: late cases would not be seen to be late"
        needs = tuple((*longest, key) for key in ("limit", "days"))
        yield Flaw(("time", "drain"), message, f'write drain = "{days} d" or more', needs)


def sim_parts(model: Model) -> Iterator[tuple[Tokens, SimPart]]:
    """Every part that is judged from simulated logs, with its place."""
    for key, clause in model.clauses.items():
        for i, part in enumerate(clause.parts):
            if isinstance(part, SimPart):
                yield ("clauses", key, "parts", i), part


def read_as(part: SimPart, reading: Reading) -> SimPart:
    """The part as another reading has it: what it names takes the place; a limit replaces days, days a limit."""
    changes = {k: getattr(reading, k) for k in reading.model_fields_set if k not in ("name", "reported_in")}
    if reading.reported_in is not None:
        changes["population"] = part.population.model_copy(update={"reported_in": reading.reported_in})
    if reading.limit is not None:
        changes["days"] = None
    elif reading.days is not None:
        changes["limit"] = None
    return part.model_copy(update={**changes, "readings": {}})


def _reach(model: Model, part: SimPart) -> float:
    """Seconds after the start by which the limit has certainly passed."""
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
