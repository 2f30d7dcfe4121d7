"""Names and needs of the repair chain: routes, third level, stand-ins, substitutes."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.references import known
from simsvc.scenario.shape import Tokens


def check(model: Model) -> Iterator[Flaw]:
    """Routes, products and stations that don't exist, units that could go nowhere, parts that replace themselves."""
    yield from _modes(model)
    yield from _loaners(model)
    yield from _substitutes(model)


def _modes(model: Model) -> Iterator[Flaw]:
    for key, product in model.products.items():
        for name, mode in product.modes.items():
            at: Tokens = ("products", key, "modes", name)
            for route in mode.routes:
                yield from known((*at, "routes", route), route, model.repairs, "repairs", "route")
            if mode.workshop > 0 and sum(mode.routes.values()) == 0:
                message = "units leave for repair, but no route has a weight"
                remedy = f"write routes = {{ {next(iter(model.repairs), 'workshop')} = 1.0 }}"
                yield Flaw((*at, "routes" if mode.routes else "workshop"), message, remedy)
            if mode.expert > 0 and model.experts is None:
                message = "faults go to the third level, but there is none"
                yield Flaw((*at, "expert"), message, "add [experts] with its shifts and work", (("experts",),))


def _loaners(model: Model) -> Iterator[Flaw]:
    first: dict[str, str] = {}
    for key, pool in model.loaners.items():
        for i, product in enumerate(pool.products):
            at: Tokens = ("loaners", key, "products", i)
            yield from known(at, product, model.products, "products", "product")
            if first.setdefault(product, key) != key:
                message = f'the stand-ins of "{product}" come from the pool "{first[product]}" already'
                yield Flaw(at, message, "put their pieces into one pool", (("loaners", first[product], "products"),))
        for station in pool.at:
            yield from known(("loaners", key, "at", station), station, model.stations, "stations", "station")


def _substitutes(model: Model) -> Iterator[Flaw]:
    for key, part in model.parts.items():
        at: Tokens = ("parts", key, "substitute")
        if part.substitute == key:
            others = [p for p in model.parts if p != key]
            yield Flaw(at, "a part is no substitute of itself", suggestion(key, others, "leave it out"))
        else:
            yield from known(at, part.substitute, model.parts, "parts", "part")
