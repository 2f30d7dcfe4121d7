"""Rules of planned visits and of deliveries that don't fit together."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.demand import Life, Planned
from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.references import known
from simsvc.scenario.shape import Tokens
from simsvc.scenario.supply import Delivery

_DAY = 86400
_RULES = ("every_months", "months", "life", "rate")
_ONLY_WITH = (("days", "months", "months = [3, 9]"), ("within", "rate", 'rate = "2 /year"'))


def check(model: Model) -> Iterator[Flaw]:
    """Planned visits with no rule or two, windows that can't be, carriers of goods that don't exist."""
    for key, plan in model.planned.items():
        yield from _planned(("planned", key), plan)
    if model.delivery is not None:
        yield from _delivery(model, model.delivery)


def _planned(at: Tokens, plan: Planned) -> Iterator[Flaw]:
    rules = [rule for rule in _RULES if getattr(plan, rule)]
    if not rules:
        remedy = 'add every_months = 6, months = [3, 9], rate = "2 /year" with within, or a life table'
        yield Flaw(at, "how often is missing", remedy, tuple((*at, rule) for rule in _RULES))
    for rule in rules[1:]:
        yield Flaw((*at, rule), f"{rules[0]} and {rule} exclude each other", "take one of them out")
    for key, rule, example in _ONLY_WITH:
        if getattr(plan, key) is not None and not getattr(plan, rule):
            yield Flaw((*at, key), f"has a meaning only with {rule}", f"add {example}, or take it out")
    if plan.rate is not None:
        if not plan.within:
            yield Flaw((*at, "within"), "visits on request need a time in which they are due", 'add within = "5 d"')
        if "release" in plan.model_fields_set:
            yield Flaw((*at, "release"), "visits on request are released as they are asked for", "take it out")
    if len(set(plan.months)) < len(plan.months):
        yield Flaw((*at, "months"), "a month stands here twice", "name each month once")
    if plan.days is not None and plan.days[0] > plan.days[1]:
        yield Flaw((*at, "days"), "the first day comes after the last", "write them in order, as [11, 20]")
    if plan.life is not None:
        yield from _life((*at, "life"), plan.life)


def _life(at: Tokens, life: Life) -> Iterator[Flaw]:
    if life.cycle % _DAY:
        yield Flaw((*at, "cycle"), "must be whole days", 'for example "1095 d"')
    first: dict[float, int] = {}
    for i, (start, end) in enumerate(life.windows):
        here = (*at, "windows", i)
        if start % _DAY or end % _DAY:
            yield Flaw(here, "must be whole days", 'for example ["0 d", "30 d"]')
        if start >= end:
            yield Flaw(here, "must end after it starts", 'write start and end, as ["0 d", "30 d"]')
        if end > life.cycle:
            yield Flaw(here, "ends after the cycle", "lengthen cycle, or take it out", ((*at, "cycle"),))
        before = first.setdefault(start, i)
        if before != i:
            message = f"begins with window {before + 1}: a site has one visit in each"
            yield Flaw(here, message, "let them begin apart, or write two planned visits")


def _delivery(model: Model, delivery: Delivery) -> Iterator[Flaw]:
    carriers = [("routes", k, r.goods) for k, r in delivery.routes.items()]
    carriers += [("couriers", k, c.goods) for k, c in delivery.couriers.items()]
    if not carriers:
        yield Flaw(
            ("delivery",), "nothing leaves the warehouse", "add [delivery.routes.NAME] or [delivery.couriers.NAME]"
        )
    for name in delivery.couriers:
        if name in delivery.routes:
            yield Flaw(("delivery", "couriers", name), "a route has the same name", "rename one of them")
    for table, name, goods in carriers:
        for i, one in enumerate(goods):
            yield from known(("delivery", table, name, "goods", i), one, model.goods, "goods", "kind of goods")
