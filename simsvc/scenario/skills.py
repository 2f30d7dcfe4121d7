"""Names of engineers, skills and what engineers are dedicated to; names that the contractor serves."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.references import known
from simsvc.scenario.shape import Tokens


def check(model: Model) -> Iterator[Flaw]:
    """Engineers of no station, skills that nobody has, dedication to nothing, contractors for nothing."""
    yield from _engineers(model)
    yield from _skills(model)
    yield from _contractor(model)


def _engineers(model: Model) -> Iterator[Flaw]:
    work = [*model.products, *model.planned, *model.goods]
    for key, engineer in model.staff.engineers.items():
        station, _, number = key.rpartition("-")
        if station not in model.stations or not number.isdecimal() or number.startswith("0"):
            names = [f"{s}-{n + 1}" for s, row in model.stations.items() for n in range(row.engineers)]
            remedy = suggestion(key, names, "no station has an engineer")
            message = "no station has such an engineer (an id is the station's, - and a number from 1)"
            yield Flaw(("staff", "engineers", key), message, remedy, (("stations",),))
        for i, name in enumerate(engineer.only):
            if name not in work:
                message = "there is no product, planned visit or kind of goods of this name"
                tokens: Tokens = ("staff", "engineers", key, "only", i)
                needs = tuple((table,) for table in ("products", "planned", "goods"))
                yield Flaw(tokens, message, suggestion(name, work, "leave it out"), needs)


def _skills(model: Model) -> Iterator[Flaw]:
    known = sorted({skill for engineer in model.staff.engineers.values() for skill in engineer.skills})
    asked: list[tuple[Tokens, str | None]] = [
        *((("products", key, "skill"), product.skill) for key, product in model.products.items()),
        *((("planned", key, "skill"), plan.skill) for key, plan in model.planned.items()),
        *((("goods", key, "skill"), goods.skill) for key, goods in model.goods.items()),
    ]
    for tokens, skill in asked:
        if skill is not None and skill not in known:
            give = f'give it to somebody, as [staff.engineers.{_somebody(model)}] skills = ["{skill}"]'
            remedy = suggestion(skill, known, give)
            yield Flaw(tokens, "no engineer in [staff.engineers] has this skill", remedy, (("staff", "engineers"),))


def _somebody(model: Model) -> str:
    """Id of some engineer, to show how one is named."""
    return f"{next((s for s, row in model.stations.items() if row.engineers), next(iter(model.stations)))}-1"


def _contractor(model: Model) -> Iterator[Flaw]:
    contractor = model.dispatch.contractor
    for i, name in enumerate(contractor.products if contractor is not None else []):
        yield from known(("dispatch", "contractor", "products", i), name, model.products, "products", "product")
