"""Plausibility of skills and dedication: work that nobody may do, entries that do nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simsvc.case.able import able, engineer_ids, job_classes
from simsvc.case.load import stations_for, yearly_work
from simsvc.errors import Problem
from simsvc.network import Network
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion

MOST_NAMES = 8


def nobody_able(model: Model, net: Network) -> Iterator[Problem]:
    """Work that no engineer may do at all, or none of those who may serve the place where it comes up."""
    may, ids = able(model), engineer_ids(model)
    if not ids or may.all():
        return
    contractor = model.dispatch.contractor
    who = {town: {s for _, s in rows} for town, rows in stations_for(model, net, backups=True).items()}
    area = dict(zip(net.ids, net.area, strict=True))
    station = np.array([name.rpartition("-")[0] for name in ids])
    asked: dict[int, set[str]] = {}
    for town, k, visits, _ in yearly_work(model, net):
        if visits:
            asked.setdefault(k, set()).add(town)
    for k, kind in enumerate(job_classes(model)):
        towns = asked.get(k, set())
        if contractor is not None and kind.table == "products" and kind.key in (contractor.products or model.products):
            towns = {t for t in towns if contractor.areas and area[t] not in contractor.areas}
        if not towns:
            continue
        teams = set(station[may[:, k]])
        without = sorted({area[t] for t in towns if who[t] and not teams & who[t]}, key=net.area_index.__getitem__)
        needs = f'who has the skill "{kind.skill}" and ' if kind.skill else ""
        path, value = f"{kind.table}.{kind.key}.skill", kind.skill or ""
        remedy = "see skills and only in [staff.engineers]"
        if not teams:
            message = f"there is no engineer {needs}who is not dedicated to something else: every visit is a miss"
            yield Problem(path, value, message, remedy)
        elif without:
            names = ", ".join(without[:MOST_NAMES]) + (", …" if len(without) > MOST_NAMES else "")
            message = f"no engineer {needs}free to do it may serve {names}: every visit needed there is a miss"
            yield Problem(path, value, message, f"{remedy}, or dispatch.who", "warning")


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
