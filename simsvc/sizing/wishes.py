"""The promises to keep, and the shares that decide whether a plan keeps them: province and areas one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simsvc.case import Case, build
from simsvc.case.arrays import Bools
from simsvc.errors import Problem, ScenarioError
from simsvc.measures.kept import Place
from simsvc.promise.plan.rows import plan_limit
from simsvc.promise.result import PROVINCE as ALL
from simsvc.promise.shares import shown_areas
from simsvc.promise.sizing import Wish
from simsvc.promise.texts import limit_text, part_label
from simsvc.scenario import Scenario
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.sizing.request import Request

PROVINCE = -1
"""Area of a column that speaks of all areas together."""


@dataclass(frozen=True)
class Column:
    """A share that must reach its target: clause, position of the part, index of the area (``PROVINCE``: all)."""

    clause: str
    part: int
    area: int
    target: float


@dataclass(frozen=True)
class Wishes:
    """The promises to keep as they are planned for.

    ``scenario``: the scenario with these limits and shares written in; ``kept``: parts judged from logs; ``planned``:
    parts decided from the scenario alone; ``columns``: for every kept part the province, then its areas that are asked
    for and may have cases; ``confidence`` of all columns together.
    """

    scenario: Scenario
    wishes: tuple[Wish, ...]
    kept: tuple[Place, ...]
    planned: tuple[Place, ...]
    columns: tuple[Column, ...]
    confidence: float

    def wish(self, clause: str, part: int) -> Wish:
        """The wish of a clause part.

        Raises
        ------
        KeyError
            If it is not to be kept.
        """
        for wish in self.wishes:
            if (wish.clause, wish.part) == (clause, part):
                return wish
        raise KeyError((clause, part))


def wishes(scenario: Scenario, request: Request) -> Wishes:
    """The promises of a scenario that a request wants kept, under their base reading.

    Parameters
    ----------
    scenario : Scenario
        Today's; nothing of it is changed but the promised shares, where the request names one.
    request : Request
        Made from the same scenario.

    Returns
    -------
    Wishes
        In the order of the clauses and their parts. Estimates and clauses that are not judged are never among them.

    Raises
    ------
    ScenarioError
        If there is nothing to keep.
    """
    clauses = scenario.model.clauses
    places = [
        (clause, k)
        for clause, spec in clauses.items()
        if not request.keep or clause in request.keep
        for k, part in enumerate(spec.parts)
        if isinstance(part, SimPart | PlanPart)
    ]
    if not places:
        message = "no clause that is judged: a promise is needed to plan for"
        raise ScenarioError(Problem("clauses", "", message, 'add a clause with a part of kind "sim" or "plan"'))
    asked = scenario
    if request.target is not None:
        sims = [(c, k) for c, k in places if isinstance(clauses[c].parts[k], SimPart)]
        asked = scenario.replace(**{f"clauses.{c}.parts.{k}.target": request.target for c, k in sims})
    case = build(asked)
    found = [_wish(case, request, place) for place in places]
    return assemble(asked, case, found, request.confidence)


def assemble(scenario: Scenario, case: Case, found: list[Wish], confidence: float) -> Wishes:
    """Wishes, with the columns that follow from their parts as they stand in ``scenario``."""
    number = {area: k for k, area in enumerate(case.places.areas)}
    return Wishes(
        scenario=scenario,
        wishes=tuple(found),
        kept=tuple((w.clause, w.part) for w in found if w.kind == "sim"),
        planned=tuple((w.clause, w.part) for w in found if w.kind == "plan"),
        columns=tuple(
            Column(w.clause, w.part, area, w.target)
            for w in found
            if w.kind == "sim"
            for area in (PROVINCE, *(number[a] for a in w.areas))
        ),
        confidence=confidence,
    )


def _wish(case: Case, request: Request, place: Place) -> Wish:
    clause, k = place
    spec = case.model.clauses[clause]
    label = part_label(spec, k)
    part = spec.parts[k]
    if isinstance(part, PlanPart):
        limit = plan_limit(part)
        return Wish(clause, k, label, "plan", part.rule, limit, limit, part.target, part.target, ())
    assert isinstance(part, SimPart)
    there = _demand(case, part)
    shown = (case.places.areas[a] for a in shown_areas(case, part) if there[a])
    areas = tuple(a for a in shown if a in request.areas)
    limit = limit_text(part)
    return Wish(clause, k, label, "sim", part.measure, limit, limit, part.target, part.target, areas)


def _demand(case: Case, part: SimPart) -> Bools:
    """Areas in which there is anything that a case of the part could come of, shape (areas,)."""
    model, who, areas = case.model, part.population, case.places.areas
    if part.measure == "stock_ratio":
        # Wherever a plan may open a station.
        return np.ones(len(areas), np.bool_)
    if part.measure == "planned_done":
        sites = {row.area for row in model.demand.sites}
        return np.array([area in sites for area in areas], np.bool_)
    products = set(who.products or model.products)
    if part.measure in ("delivered", "installed", "in_use"):
        kinds = (g for g in model.goods.values() if who.special is None or g.special == who.special)
        products &= {g.per_product for g in kinds if part.measure == "delivered" or g.install > 0}
    elif who.modes:
        products &= {mode.split(".")[0] for mode in who.modes}
    such = np.array([p in products for p in case.supply.products], np.bool_)
    return np.asarray((case.supply.units[:, such] > 0).any(axis=1))


def area_id(case: Case, area: int) -> str:
    """Id of a column's area, ``"province"`` for all together."""
    return ALL if area == PROVINCE else case.places.areas[area]


def area_name(case: Case, area: int) -> dict[str, str]:
    """Name of a column's area by language."""
    if area == PROVINCE:
        return {"en": "province", "zh": "全省"}
    name = case.places.area_names[area]
    return {"en": name.en or case.places.areas[area], "zh": name["zh"] or case.places.areas[area]}
