"""Promises that no plan keeps, as the scenario alone shows: no way leads there, or a plan rule asks for too much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Bools, Ints
from simsvc.case.reach import delivered_towns, passable, served
from simsvc.measures.population import towns
from simsvc.promise.plan import Plan, decide_plan
from simsvc.promise.sizing import Obstacle, Wish
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.sizing.wishes import PROVINCE, Wishes, area_id, area_name

if TYPE_CHECKING:
    from simsvc.sizing.space import Space

Both = tuple[str, str]
_SHOWN = 3
"""So many lines say why a plan rule can't be met."""
_NO_ROAD = (
    "no road leads there from any station, today's or candidate: only remote help can be promised, or visits by boat "
    "or flight where [network] names passages",
    "现有及候选服务站均无公路可达，只能承诺远程支持；如在 [network] 中列明船班或航班，方可承诺上门",
)
_NOBODY = (
    "a road leads there, but nobody who may serve the place can do such work",
    "有公路可达，但无人可在当地承担此类工作",
)
_NO_GOODS = (
    "no road leads there from the warehouse, or no van route or courier goes there: no delivery can be promised",
    "仓库无公路可达，或没有配送线路和快递到达，不能承诺送货",
)


def unreachable(space: Space, wishes: Wishes) -> tuple[Obstacle, ...]:
    """Wishes that no plan of the space keeps, told without simulation.

    Parameters
    ----------
    space : Space
        What may be decided; its most is held against the wishes: every candidate open, all staff and stock.
    wishes : Wishes
        The promises to keep.

    Returns
    -------
    tuple of Obstacle
        Areas to which no road leads for the promises that somebody or something must come there for, and plan rules
        that even the most of everything doesn't meet. What is only too far or too slow: ``ceilings``.
    """
    case = space.case_of(space.most)
    return (*_areas(case, wishes), *(o for w in wishes.wishes if w.kind == "plan" for o in _rule(case, w)))


def met_share(case: Case, wish: Wish) -> float:
    """Share of a plan rule's areas, shelves or fields that a plan meets; 1 where nothing is asked."""
    return _decided(case, wish).share


def _areas(case: Case, wishes: Wishes) -> Iterator[Obstacle]:
    for column in wishes.columns:
        if column.area == PROVINCE or column.target <= 0:
            continue
        part = case.model.clauses[column.clause].parts[column.part]
        assert isinstance(part, SimPart)
        here = np.flatnonzero((case.places.area == column.area) & towns(case, part.population))
        why = _cut_off(case, part, column.area, here)
        if why is not None:
            wish = wishes.wish(column.clause, column.part)
            yield Obstacle(
                clause=wish.clause,
                part=wish.part,
                area=area_id(case, column.area),
                name=area_name(case, column.area),
                limit=wish.limit,
                target=column.target,
                best=0.0,
                low=0.0,
                high=0.0,
                nearest=None,
                nearest_days=None,
                why=why,
            )


def _cut_off(case: Case, part: SimPart, area: int, here: Ints) -> Both | None:
    """Why every case of the part in these towns of an area is a miss; None where some may be kept."""
    if not len(here):
        return None
    if part.measure in ("delivered", "in_use"):
        kinds = np.array([part.population.special in (None, g.special) for g in case.model.goods.values()], np.bool_)
        no_route = not (case.supply.carrier[area, kinds] >= 0).any()
        if no_route or not delivered_towns(case)[here].any():
            return _NO_GOODS
    if part.measure not in ("time_to_site", "installed", "in_use", "planned_done"):
        return None
    if served(case)[np.ix_(here, np.flatnonzero(_classes(case, part)))].any():
        return None
    return _NOBODY if passable(case)[:, here].any() else _NO_ROAD


def _classes(case: Case, part: SimPart) -> Bools:
    """Classes of jobs that the part's cases belong to, as in ``Staffing.able``."""
    who, staffing = part.population, case.staffing
    found = np.zeros(staffing.able.shape[1], np.bool_)
    if part.measure == "time_to_site":
        names = case.supply.products
        found[: len(names)] = [not who.products or name in who.products for name in names]
    elif part.measure == "planned_done":
        plans = case.model.planned
        found[staffing.first_planned : staffing.first_goods] = [not who.planned or n in who.planned for n in plans]
    else:
        found[staffing.first_goods :] = True
    return found


def _rule(case: Case, wish: Wish) -> Iterator[Obstacle]:
    """The obstacle of a plan rule that the most of everything doesn't meet."""
    share = met_share(case, wish)
    if share >= wish.target:
        return
    plan = _decided(case, wish)
    # A rollout says in one line which areas lack a station; the other rules say what is wrong line by line, first.
    wrong = plan.details[: 1 if wish.measure == "rollout" else min(plan.asked - plan.met, _SHOWN)]
    best = (f"{plan.met} of {plan.asked} at best", f"至多 {plan.met}/{plan.asked}")
    yield Obstacle(
        clause=wish.clause,
        part=wish.part,
        area=area_id(case, PROVINCE),
        name=area_name(case, PROVINCE),
        limit=wish.limit,
        target=wish.target,
        best=share,
        low=share,
        high=share,
        nearest=None,
        nearest_days=None,
        why=("; ".join((best[0], *(en for en, _ in wrong))), "；".join((best[1], *(zh for _, zh in wrong)))),
    )


def _decided(case: Case, wish: Wish) -> Plan:
    part = case.model.clauses[wish.clause].parts[wish.part]
    assert isinstance(part, PlanPart)
    return decide_plan(case, part)
