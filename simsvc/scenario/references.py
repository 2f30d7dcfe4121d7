"""Names in a scenario that must be defined in it: calendars, profiles, products, parts, stations, planned visits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from simsvc.scenario import shape
from simsvc.scenario.base import Table, Text
from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.parts import parts
from simsvc.scenario.promises import MeasurePart, PlanPart, Population, SimPart
from simsvc.scenario.shape import Tokens

_ID = re.compile(r"\w[\w-]*")
_KEYED = (
    "calendars", "profiles", "stations", "products", "planned", "parts", "repairs", "loaners", "goods", "clauses",
    "assumptions",
)  # fmt: skip


def check(model: Model) -> Iterator[Flaw]:
    """Names that refer to nothing, rows that are there twice, ids and texts that can't be used."""
    yield from _calendars(model)
    yield from _demand(model)
    yield from _stock(model)
    yield from _clauses(model)
    yield from _sizing(model)
    yield from _twice(model)
    yield from _texts(model, ())
    yield from _ids(model)


def known(tokens: Tokens, name: str | None, names: Collection[str], table: str, what: str) -> Iterator[Flaw]:
    """A flaw if ``name`` is not among ``names``, which ``[table]`` defines."""
    if name is not None and name not in names:
        remedy = suggestion(name, names, none=f"define it as [{table}.{name}]")
        yield Flaw(tokens, f"there is no {what} of this name in [{table}]", remedy, (tuple(table.split(".")),))


def _calendars(model: Model) -> Iterator[Flaw]:
    named: list[tuple[Tokens, str | None]] = [(("staff", "calendar"), model.staff.calendar)]
    for pool, people in (("desk", model.desk), ("remote", model.remote), ("experts", model.experts)):
        shifts = people.shifts if people is not None else []
        named += [((pool, "shifts", i, "calendar"), shift.calendar) for i, shift in enumerate(shifts)]
    if model.delivery is not None:
        named.append((("delivery", "warehouse", "calendar"), model.delivery.warehouse.calendar))
        named += [(("delivery", "routes", k, "calendar"), r.calendar) for k, r in model.delivery.routes.items()]
        named += [(("delivery", "couriers", k, "calendar"), c.calendar) for k, c in model.delivery.couriers.items()]
    if model.review is not None:
        named.append((("review", "calendar"), model.review.calendar))
    if model.dispatch.contractor is not None:
        named.append((("dispatch", "contractor", "calendar"), model.dispatch.contractor.calendar))
    if model.reporting.escalation is not None:
        named.append((("reporting", "escalation", "calendar"), model.reporting.escalation.calendar))
    if model.dispatch.approval is not None:
        named.append((("dispatch", "approval", "calendar"), model.dispatch.approval.calendar))
    for tokens, part in parts(model):
        if isinstance(part, SimPart):
            named.append(((*tokens, "clock_hours"), part.clock_hours))
            for key, reading in part.readings.items():
                named.append(((*tokens, "readings", key, "clock_hours"), reading.clock_hours))
                named.append(((*tokens, "readings", key, "reported_in"), reading.reported_in))
        if isinstance(part, SimPart | MeasurePart):
            named.append(((*tokens, "population", "reported_in"), part.population.reported_in))
    named += [(("clauses", k, "states", "open_hours"), c.states.open_hours) for k, c in model.clauses.items()]
    for tokens, name in named:
        yield from known(tokens, name, model.calendars, "calendars", "calendar")


def _demand(model: Model) -> Iterator[Flaw]:
    for key, product in model.products.items():
        yield from known(("products", key, "profile"), product.profile, model.profiles, "profiles", "profile")
        for mode_key, mode in product.modes.items():
            own = {p for p, part in model.parts.items() if part.product == key}
            for name in mode.parts:
                tokens: Tokens = ("products", key, "modes", mode_key, "parts", name)
                other = model.parts[name].product if name in model.parts else key
                if other != key and other in model.products:
                    yield Flaw(
                        tokens,
                        f'is a part of "{other}", not of "{key}"',
                        suggestion(name, own),
                        (("parts", name, "product"),),
                    )
                else:
                    yield from known(tokens, name, model.parts, "parts", "part")
    for i, row in enumerate(model.demand.installed):
        yield from known(("demand", "installed", i, "product"), row.product, model.products, "products", "product")
    for key in model.reporting.costs.units if model.reporting.costs is not None else ():
        yield from known(("reporting", "costs", "units", key), key, model.products, "products", "product")
    for key, goods in model.goods.items():
        yield from known(("goods", key, "profile"), goods.profile, model.profiles, "profiles", "profile")
        yield from known(("goods", key, "per_product"), goods.per_product, model.products, "products", "product")


def _stock(model: Model) -> Iterator[Flaw]:
    for key, part in model.parts.items():
        yield from known(("parts", key, "product"), part.product, model.products, "products", "product")
    for i, level in enumerate(model.stock.levels):
        tokens: Tokens = ("stock", "levels", i)
        if level.station == "hub" and model.stock.hub is None:
            yield Flaw((*tokens, "station"), "there is no central store", "add [stock.hub] or name a station")
        elif level.station != "hub":
            yield from known((*tokens, "station"), level.station, model.stations, "stations", "station")
        yield from known((*tokens, "part"), level.part, model.parts, "parts", "part")


def _clauses(model: Model) -> Iterator[Flaw]:
    for tokens, part in parts(model):
        if isinstance(part, SimPart | MeasurePart):
            yield from _population(model, (*tokens, "population"), part.population)
        if isinstance(part, SimPart):
            for key, reading in part.readings.items():
                yield from _zones(model, (*tokens, "readings", key, "zones"), reading.zones or [])


def _sizing(model: Model) -> Iterator[Flaw]:
    """Clauses to keep that no plan can be held to."""
    judged = [k for k, c in model.clauses.items() if any(isinstance(part, SimPart | PlanPart) for part in c.parts)]
    for i, name in enumerate(model.sizing.keep):
        tokens: Tokens = ("sizing", "keep", i)
        if name in model.clauses and name not in judged:
            message = "nothing of this clause is judged, so no plan can be held to it"
            remedy = suggestion(name, judged, none="leave it out")
            yield Flaw(tokens, message, remedy, (("clauses", name),))
        else:
            yield from known(tokens, name, model.clauses, "clauses", "clause")


def _population(model: Model, tokens: Tokens, who: Population) -> Iterator[Flaw]:
    modes = [f"{key}.{mode}" for key, product in model.products.items() for mode in product.modes]
    channels = model.desk.channels if model.desk is not None else {}
    yield from _zones(model, (*tokens, "zones"), who.zones)
    for i, name in enumerate(who.products):
        yield from known((*tokens, "products", i), name, model.products, "products", "product")
    for i, name in enumerate(who.channels):
        yield from known((*tokens, "channels", i), name, channels, "desk.channels", "channel")
    for i, name in enumerate(who.modes):
        if name not in modes:
            message = "there is no such fault mode (write product.mode)"
            yield Flaw((*tokens, "modes", i), message, suggestion(name, modes), (("products",),))
    for i, name in enumerate(who.planned):
        yield from known((*tokens, "planned", i), name, model.planned, "planned", "planned visit")
    for i, name in enumerate(who.routes):
        if name != "on-site":
            yield from known((*tokens, "routes", i), name, model.repairs, "repairs", "repair route")


def _zones(model: Model, tokens: Tokens, names: Sequence[str]) -> Iterator[Flaw]:
    zones = [*model.reporting.zones, "other"]
    for i, name in enumerate(names):
        yield from known((*tokens, i), name, zones, "reporting.zones", "zone")


def _twice(model: Model) -> Iterator[Flaw]:
    tables: list[tuple[Tokens, tuple[str, ...], Sequence[Table]]] = [
        (("demand", "installed"), ("area", "product"), model.demand.installed),
        (("demand", "sites"), ("area",), model.demand.sites),
        (("stock", "levels"), ("station", "part"), model.stock.levels),
        (("network", "nodes"), ("id",), model.network.nodes or []),
    ]
    for tokens, columns, rows in tables:
        first: dict[tuple[str, ...], int] = {}
        for i, row in enumerate(rows):
            key = tuple(getattr(row, column) for column in columns)
            before = first.setdefault(key, i)
            if before != i:
                message = f"{' and '.join(key)} stands here twice (row {before + 1} and row {i + 1})"
                needs = tuple((*tokens, n, column) for n in (before, i) for column in columns)
                yield Flaw((*tokens, i), message, "put both into one row", needs)


def _texts(table: Table, tokens: Tokens) -> Iterator[Flaw]:
    """Titles and names without words."""
    for key, name in _worded(type(table)):
        value = getattr(table, name)
        below: Iterable[tuple[Tokens, object]] = [((key,), value)]
        if isinstance(value, dict):
            below = [((key, k), v) for k, v in value.items()]
        elif isinstance(value, list):
            below = [((key, i), v) for i, v in enumerate(value)]
        for at, item in below:
            if isinstance(item, Text) and not item.en.strip() and (*tokens, *at) != ("about",):
                yield Flaw((*tokens, *at, "en"), "must not be empty", 'write the text in English, as en = "Haikou"')
            elif isinstance(item, Table):
                yield from _texts(item, (*tokens, *at))


@cache
def _worded(table: type[Table]) -> tuple[tuple[str, str], ...]:
    """Keys and names of a table's fields that may hold a text, or tables in which one may stand."""
    return tuple(
        (info.alias or name, name) for name, info in table.model_fields.items() if _holds_text(info.annotation)
    )


def _holds_text(annotation: Any) -> bool:
    pair, item, chosen = shape.map_of(annotation), shape.list_of(annotation), shape.choice(annotation)
    inner = shape.strip(pair[1] if pair is not None else item if item is not None else annotation)
    tables = list((chosen or shape.choice(inner) or ("", {}))[1].values()) or [inner]
    return any(shape.is_table(t) and (t is Text or _worded(t) != ()) for t in tables)


def _ids(model: Model) -> Iterator[Flaw]:
    if not model.name.strip():
        yield Flaw(("name",), "must not be empty", "write the name of the file without .toml")
    ids: list[Tokens] = [(table, key) for table in _KEYED for key in getattr(model, table)]
    ids += [("products", key, "modes", mode) for key, product in model.products.items() for mode in product.modes]
    ids += [("desk", "channels", key) for key in (model.desk.channels if model.desk is not None else ())]
    for tokens in ids:
        if not _ID.fullmatch(str(tokens[-1])):
            yield Flaw(tokens, "an id is made of letters, digits, - and _", "rename it")
    if "hub" in model.stations:
        yield Flaw(("stations", "hub"), '"hub" means the central store', "give the station another id")
