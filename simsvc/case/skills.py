"""Plausibility of skills and dedication: work that nobody may do, entries that do nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simsvc.case.able import JobClass, able, engineer_ids, job_classes
from simsvc.case.load import stations_for, yearly_work
from simsvc.errors import Problem
from simsvc.network import Network
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion

MOST_NAMES = 8
REMEDY = "see skills and only in [staff.engineers]"


def nobody_able(model: Model, net: Network) -> Iterator[Problem]:
    """Work that no engineer may do at all."""
    may = able(model)
    if not len(may) or may.any(axis=0).all():
        return
    for k, kind, _ in _asked(model, net):
        if not may[:, k].any():
            message = (
                f"there is no engineer {_needs(kind)}who is not dedicated to something else: every visit is a miss"
            )
            yield Problem(f"{kind.table}.{kind.key}.skill", kind.skill or "", message, REMEDY)


def nobody_near(model: Model, net: Network) -> Iterator[Problem]:
    """Work that none of the engineers may do who may serve the place where it comes up."""
    may, ids = able(model), engineer_ids(model)
    if not ids or may.all():
        return
    who = {town: {s for _, s in rows} for town, rows in stations_for(model, net, backups=True).items()}
    area = dict(zip(net.ids, net.area, strict=True))
    station = np.array([name.rpartition("-")[0] for name in ids])
    for k, kind, towns in _asked(model, net):
        teams = set(station[may[:, k]])
        without = sorted({area[t] for t in towns if who[t] and not teams & who[t]}, key=net.area_index.__getitem__)
        if teams and without:
            names = ", ".join(without[:MOST_NAMES]) + (", …" if len(without) > MOST_NAMES else "")
            message = f"no engineer {_needs(kind)}free to do it may serve {names}: every visit needed there is a miss"
            path = f"{kind.table}.{kind.key}.skill"
            yield Problem(path, kind.skill or "", message, f"{REMEDY}, or dispatch.who", "warning")


def _asked(model: Model, net: Network) -> Iterator[tuple[int, JobClass, set[str]]]:
    """Classes of jobs that come up, with the towns where no contractor takes them over."""
    contractor = model.dispatch.contractor
    area = dict(zip(net.ids, net.area, strict=True))
    asked: dict[int, set[str]] = {}
    for town, k, visits, _ in yearly_work(model, net):
        if visits:
            asked.setdefault(k, set()).add(town)
    for k, kind in enumerate(job_classes(model)):
        towns = asked.get(k, set())
        if contractor is not None and kind.table == "products" and kind.key in (contractor.products or model.products):
            towns = {t for t in towns if contractor.areas and area[t] not in contractor.areas}
        if towns:
            yield k, kind, towns


def _needs(kind: JobClass) -> str:
    return f'who has the skill "{kind.skill}" and ' if kind.skill else ""


def nobody_of_this_number(model: Model, _net: Network) -> Iterator[Problem]:
    """Entries for engineers whom the station has not (any more)."""
    ids = set(engineer_ids(model))
    for key in model.staff.engineers:
        if key not in ids:
            station = key.rpartition("-")[0]
            count = str(model.stations[station].engineers)
            message = f"{station} has not so many engineers: this entry does nothing"
            yield Problem(f"staff.engineers.{key}", count, message, "staff the station, or leave it out", "warning")


def skill_for_nothing(model: Model, _net: Network) -> Iterator[Problem]:
    """Skills that nothing asks for: mostly a slip of the pen."""
    asked = sorted({kind.skill for kind in job_classes(model) if kind.skill is not None})
    for key, engineer in model.staff.engineers.items():
        for skill in engineer.skills:
            if skill not in asked:
                message = "no product, planned visit or kind of goods asks for this skill"
                remedy = suggestion(skill, asked, "leave it out, or give a product this skill")
                yield Problem(f"staff.engineers.{key}.skills", skill, message, remedy, "warning")
