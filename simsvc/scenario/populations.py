"""Populations of clauses: what may narrow which measure."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.parts import parts
from simsvc.scenario.promises import MeasurePart, SimPart
from simsvc.scenario.shape import Tokens

_AREAS = ("areas", "not_areas")
_CASES = (*_AREAS, "zones", "reported_in")
_FAULTS = (*_CASES, "causes", "products", "modes", "channels", "routes", "in_warranty", "in_contract")
_ORDERS = (*_CASES, "products", "special", "replacement")
_OTHERS = {
    **dict.fromkeys(("delivered", "installed", "in_use", "returns", "replacement_goods"), _ORDERS),
    **dict.fromkeys(("planned_done", "planned_load"), (*_CASES, "planned")),
    "rework": _CASES,
    **dict.fromkeys(("stock_ratio", "reminders"), (*_AREAS, "products")),
    "overtime_hours": _AREAS,
}
"""What may narrow the measures that don't count faults."""


def check(model: Model) -> Iterator[Flaw]:
    """Keys of a population that narrow nothing, promised visits that are not named."""
    for tokens, part in parts(model):
        if isinstance(part, SimPart | MeasurePart):
            yield from _narrowed(tokens, part)
            if part.measure == "planned_done" and not part.population.planned:
                at = (*tokens, "population", "planned")
                yield Flaw(
                    at,
                    'the measure "planned_done" needs it',
                    f'add planned = ["{next(iter(model.planned), "inspection")}"]',
                )


def _narrowed(tokens: Tokens, part: SimPart | MeasurePart) -> Iterator[Flaw]:
    allowed = _OTHERS.get(part.measure, _FAULTS)
    places = [((*tokens, "population"), part.population.model_fields_set)]
    if isinstance(part, SimPart):
        read = {"zones", "reported_in"}
        places += [((*tokens, "readings", name), r.model_fields_set & read) for name, r in part.readings.items()]
    for at, keys in places:
        for key in sorted(keys - set(allowed)):
            message = f'does not narrow what "{part.measure}" counts'
            yield Flaw((*at, key), message, f"take it out; allowed: {', '.join(allowed)}", ((*tokens, "measure"),))
