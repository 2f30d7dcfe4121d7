"""Values of a scenario that don't fit together: whole days, orders of low and high, sums, keys that need each other."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model

_DAY = 86400


def check(model: Model) -> Iterator[Flaw]:
    """Tables that are fine by themselves and wrong together (how a network is given is the network room's to judge)."""
    yield from _days(model)
    yield from _network(model)
    yield from _environment(model)
    yield from _profiles(model)
    yield from _products(model)
    yield from _service(model)


def _days(model: Model) -> Iterator[Flaw]:
    if not 1900 <= model.time.start.year <= 2200:
        yield Flaw(("time", "start"), "must lie in the years 1900 to 2200", "write the first day counted: 2018-07-01")
    for key in ("window", "warm_up", "drain"):
        days = getattr(model.time, key) / _DAY
        if days != int(days):
            yield Flaw(("time", key), "must be whole days", f'for example "{math.ceil(days)} d"')


def _network(model: Model) -> Iterator[Flaw]:
    rain = model.network.rain
    if rain is not None and max(rain.share) > 1:
        yield Flaw(("network", "rain", "share"), "shares of hours lie between 0 and 1", "write 0.05 for 5 %")


def _environment(model: Model) -> Iterator[Flaw]:
    typhoons, strait = model.environment.typhoons, model.environment.strait
    pairs = []
    if typhoons is not None:
        pairs += [("typhoons", "closure_low", "closure_high"), ("typhoons", "surge_low", "surge_high")]
    if strait is not None:
        pairs.append(("strait", "low", "high"))
    for table, low, high in pairs:
        at = getattr(model.environment, table)
        if getattr(at, low) > getattr(at, high):
            tokens = ("environment", table, low)
            needs = (("environment", table, high),)
            yield Flaw(tokens, f"must not exceed {high}", f"exchange {low} and {high}", needs)
    for name, spell in (("typhoons", typhoons), ("strait", strait)):
        if spell is not None and spell.per_year > 0 and sum(spell.months) == 0:
            yield Flaw(("environment", name, "months"), "one month at least needs a weight", "write 1.0 for its months")
    if typhoons is not None and typhoons.per_year > 0 and sum(typhoons.landfall.values()) == 0:
        tokens = ("environment", "typhoons", "landfall")
        yield Flaw(tokens, "one area at least needs a weight", "for example { wenchang = 3, wanning = 1 }")


def _profiles(model: Model) -> Iterator[Flaw]:
    for key, profile in model.profiles.items():
        if sum(profile.months) == 0:
            yield Flaw(("profiles", key, "months"), "one month at least needs a weight", "write 1.0 for equal months")
        if profile.base == 0 and not any(row.weight for row in profile.week):
            yield Flaw(("profiles", key, "base"), "some hour needs a weight", "leave base out, or add rows to week")


def _products(model: Model) -> Iterator[Flaw]:
    for key, product in model.products.items():
        if sum(mode.share for mode in product.modes.values()) == 0:
            yield Flaw(("products", key, "modes"), "the shares of the modes add to 0", "give one mode share = 1.0")
        for name, mode in product.modes.items():
            if mode.part > 0 and sum(mode.parts.values()) == 0:
                own = [p for p, part in model.parts.items() if part.product == key] or ["psu"]
                at = ("products", key, "modes", name, "parts" if mode.parts else "part")
                yield Flaw(at, "a part is needed, but no part has a weight", f"write parts = {{ {own[0]} = 1.0 }}")


def _service(model: Model) -> Iterator[Flaw]:
    if model.dispatch.who == "own-then-backup" and model.dispatch.backup_radius == 0:
        message = "backup_radius is needed: how far a backup may come"
        yield Flaw(("dispatch", "who"), message, 'add backup_radius = "90 min"')
    if model.stock.rule == "share" and "share" not in model.stock.model_fields_set:
        yield Flaw(("stock", "rule"), "share is needed", 'add share = "3 %"')
    if model.goods and model.delivery is None:
        yield Flaw(("goods",), "goods are ordered, but nothing delivers them", "add [delivery.warehouse] and a route")
