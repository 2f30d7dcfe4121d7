"""Clauses that can't be judged: a limit missing or too much, keys without a meaning, tables that they lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.parts import BASE, parts, read_as
from simsvc.scenario.promises import MeasurePart, Part, PlanPart, SimPart
from simsvc.scenario.shape import Tokens

TIMED = (
    "response", "time_to_site", "repaired", "loaner_placed", "manager_answer", "delivered", "installed", "in_use",
)  # fmt: skip
MAYBE_TIMED = ("answered", "taken_up")
"""Measures that need a limit, and those that may have one."""

_ONLY_FOR = {
    "ratio": ("stock_ratio",),
    "level": ("stock_ratio",),
    "per": ("stock_ratio",),
    "of": ("stock_ratio",),
    "on_order": ("stock_ratio",),
    "cut_off": ("delivered", "installed"),
    "stand_in": ("repaired",),
    "clock_start": ("response", "answered", "time_to_site", "repaired", "loaner_placed"),
    "clock_stop": ("time_to_site", "installed", "planned_done"),
    "clock_hours": (*TIMED, *MAYBE_TIMED),
    "strict": (*TIMED, *MAYBE_TIMED, "planned_done"),
}
_NEEDS = {
    "delivered": "delivery",
    "installed": "delivery",
    "in_use": "delivery",
    "returns": "delivery",
    "replacement_goods": "delivery",
    "remote_share": "remote",
    "remote_time": "remote",
    "answer_time": "desk",
    "answered": "desk",
    "response": "desk",
    "abandoned": "desk",
    "desk_load": "desk",
    "approval_delay": "dispatch.approval",
    "third_level": "experts",
    "repairs": "repairs",
    "loaner_placed": "loaners",
    "stand_in_available": "loaners",
    "planned_load": "planned",
    "rework": "review",
    "manager_answer": "reporting.escalation",
    "escalations": "reporting.escalation",
    "open_age": "reporting.escalation",
    "reminders": "reporting.warranty",
    "warranty_liability": "reporting.warranty",
    "costs": "reporting.costs",
}


def check(model: Model) -> Iterator[Flaw]:
    """Parts of clauses that can't be judged as they stand."""
    for tokens, part in parts(model):
        kind = ((*tokens, "measure"), (*tokens, "rule"))
        yield from (replace(flaw, needs=(*flaw.needs, *kind)) for flaw in _part(model, tokens, part))


def _part(model: Model, tokens: Tokens, part: Part) -> Iterator[Flaw]:
    if isinstance(part, SimPart | PlanPart) and BASE in part.readings:
        yield Flaw((*tokens, "readings", BASE), '"base" is the part itself', "give the other reading another id")
    if isinstance(part, SimPart):
        yield from _limit(tokens, part)
        yield from _keys(tokens, part)
    elif isinstance(part, PlanPart):
        yield from _plan(tokens, part)
    if isinstance(part, SimPart | MeasurePart):
        yield from _needs(model, tokens, part.measure)


def _needs(model: Model, tokens: Tokens, measure: str) -> Iterator[Flaw]:
    table = _NEEDS.get(measure)
    if table is not None and not attrgetter(table)(model):
        yield Flaw((*tokens, "measure"), f"needs [{table}]", f"add [{table}]", (tuple(table.split(".")),))


def _limit(tokens: Tokens, part: SimPart) -> Iterator[Flaw]:
    timed = [key for key in ("limit", "days") if getattr(part, key) is not None]
    if len(timed) == 2:
        yield Flaw((*tokens, "days"), "limit and days exclude each other", "take one of them out")
    if part.measure in TIMED and not timed:
        yield Flaw((*tokens, "limit"), f'the measure "{part.measure}" needs a limit', 'add limit = "2 h" or days = 1')
    if part.measure not in (*TIMED, *MAYBE_TIMED):
        for key in timed:
            yield Flaw((*tokens, key), f'has no meaning for the measure "{part.measure}"', "take it out")
    if part.clock_start == "arrived" and part.measure in ("response", "answered", "time_to_site"):
        message = f'the clock of "{part.measure}" has stopped when somebody arrives'
        yield Flaw((*tokens, "clock_start"), message, 'write "reported" or "remote_failed"')
    if part.measure in ("installed", "planned_done"):
        stops = [
            (tokens, part.clock_stop),
            *(((*tokens, "readings", k), r.clock_stop) for k, r in part.readings.items()),
        ]
        for at, stop in stops:
            if stop == "set-out":
                message = f'nobody is seen to set out for the measure "{part.measure}"'
                yield Flaw((*at, "clock_stop"), message, 'write "reached" or "arranged"')
    for name, reading in part.readings.items():
        at = (*tokens, "readings", name)
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
        elif key == "ratio" and part.ratio is None:
            yield Flaw((*tokens, key), f'the measure "{part.measure}" needs it', 'add ratio = "3 %"')


def _plan(tokens: Tokens, part: PlanPart) -> Iterator[Flaw]:
    for key, rule, value in (("within_months", "rollout", "6"), ("ratio", "spares_at_start", '"3 %"')):
        given = getattr(part, key) is not None
        if part.rule == rule and not given:
            yield Flaw((*tokens, key), f'the rule "{rule}" needs it', f"add {key} = {value}")
        elif part.rule != rule and given:
            yield Flaw((*tokens, key), f'has no meaning for the rule "{part.rule}"', "take it out")
