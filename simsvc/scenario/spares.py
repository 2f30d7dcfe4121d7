"""Readings of a rule on spares: what they may change, and what a reading in money needs."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.parts import BASE, parts, readings
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.scenario.shape import Tokens

_KEYS = ("level", "per", "of")


def check(model: Model) -> Iterator[Flaw]:
    """Keys without a meaning for the plan rule, and prices that a reading in value lacks."""
    for tokens, part in parts(model):
        if isinstance(part, PlanPart):
            yield from _plan_keys(tokens, part)
            if part.rule == "spares_at_start":
                yield from _prices(model, tokens, readings(part))
        elif isinstance(part, SimPart) and part.measure == "stock_ratio":
            yield from _prices(model, tokens, readings(part))


def _plan_keys(tokens: Tokens, part: PlanPart) -> Iterator[Flaw]:
    for name, reading in part.readings.items():
        at = (*tokens, "readings", name)
        for key in sorted(reading.model_fields_set - {"name", *_KEYS}):
            yield Flaw((*at, key), "has no meaning for what is decided from the plan", "take it out")
    if part.rule != "spares_at_start":
        for key in (*_KEYS, "readings"):
            if key in part.model_fields_set and getattr(part, key):
                yield Flaw((*tokens, key), f'has no meaning for the rule "{part.rule}"', "take it out")


def _prices(model: Model, tokens: Tokens, read: Iterator[tuple[str, SimPart | PlanPart]]) -> Iterator[Flaw]:
    """A reading in value holds the cost of the parts against the price of the units: it needs both."""
    for name, part in read:
        if part.of != "value":
            continue
        at = (*tokens, "of") if name == BASE else (*tokens, "readings", name, "of")
        wanted = part.population.products if isinstance(part, SimPart) else []
        mine = [key for key, p in model.parts.items() if not wanted or p.product in wanted]
        prices = model.reporting.costs.units if model.reporting.costs is not None else {}
        products = dict.fromkeys(model.parts[key].product for key in mine)
        if without := [p for p in products if prices.get(p, 0.0) <= 0]:
            message = f"value is held against the price of the units served: none is given for {_some(without)}"
            remedy = f"add reporting.costs.units.{without[0]} = 4500, CNY, and so on, or take another reading"
            yield Flaw(at, message, remedy, (("reporting",), ("parts",)))
        if free := [key for key in mine if model.parts[key].cost <= 0]:
            message = f"value needs what a piece costs: no cost is given for {_some(free)}"
            remedy = f"add parts.{free[0]}.cost = 350, CNY, and so on, or take another reading"
            yield Flaw(at, message, remedy, (("parts",),))


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(f'"{name}"' for name in names[:3]) + more
