"""Rules about places: out of reach, too far, covered twice, covered by nobody, without their own station."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.promise.lint.finding import Finding, Subject, duration, ids, joined
from simsvc.scenario.base import Text

ZONE = "zone"


def out_of_reach(subject: Subject) -> Iterator[Finding]:
    """Places with a limit on arrival, or said to be covered, to which no road leads from their station."""
    plans = [clause for clause, _ in subject.plans("coverage")]
    for area in subject.net.areas:
        towns = subject.net.places[area.id]
        stations = {
            k: s for k, s in subject.model.stations.items() if _covered(s.covers, s.covers_towns, area.id, towns)
        }
        own = [t for t in towns if any(_covered(s.covers, s.covers_towns, area.id, (t,)) for s in stations.values())]
        lost = [town for town in own if town not in subject.serving]
        limits = [
            (clause, part.limit)
            for clause, part in subject.sim_parts()
            if part.measure == "time_to_site"
            and part.limit is not None
            and not subject.towns(part.population).isdisjoint(lost)
        ]
        if not lost or not (limits or plans):
            continue
        names = joined(subject.net.name(town) for town in lost)
        station = next(iter(stations.values())).name
        promise = Text(en="covered all the same", zh="却列入覆盖范围")
        if limits:
            shortest = duration(min(limit for _, limit in limits))
            promise = Text(en=f"promised in {shortest['en']} all the same", zh=f"却承诺{shortest['zh']}到场")
        ferry = _ferry(subject, lost)
        yield Finding(
            "out_of_reach",
            ids([*plans, *(clause for clause, _ in limits)]),
            Text(
                en=f"No road leads from {station['en']} to {names['en']}, {promise['en']}{ferry['en']}.",
                zh=f"从{station['zh']}到{names['zh']}无公路可达，{promise['zh']}{ferry['zh']}。",
            ),
            Text(
                en=f"Except {area.name['en']} from the limit and promise remote help there, with a visit by the next "
                "ship or flight.",
                zh=f"将{area.name['zh']}排除在时限之外，写明当地先行远程支持，上门随下一班船舶或航班。",
            ),
            "conflict",
        )


def too_far(subject: Subject) -> Iterator[Finding]:
    """Towns to which the expected drive alone, without any wait, takes longer than a limit on arrival."""
    limits: dict[float, list[tuple[str, frozenset[str]]]] = {}
    for clause, part in subject.sim_parts():
        if part.measure == "time_to_site" and part.limit is not None and part.clock_hours is None:
            limits.setdefault(part.limit, []).append((clause, subject.towns(part.population)))
    for limit, promises in sorted(limits.items()):
        promised = frozenset[str]().union(*(towns for _, towns in promises))
        far = [(drive, town) for town, (_, drive) in subject.serving.items() if town in promised and drive > limit]
        towns_far = {town for _, town in far}
        clauses = [clause for clause, towns in promises if towns & towns_far]
        if far:
            far.sort(reverse=True)
            names = joined(_with_minutes(subject, town, drive) for drive, town in far)
            yield Finding(
                "too_far",
                ids(clauses),
                Text(
                    en=f"The drive alone from the assigned station takes longer than {duration(limit)['en']} to "
                    f"{names['en']}.",
                    zh=f"仅从所属服务站行车，就超过{duration(limit)['zh']}：{names['zh']}。",
                ),
                Text(
                    en="Give these towns a longer limit (a table by zone), or a station nearer to them.",
                    zh="对上述乡镇另定较长时限（按区域列表），或就近设站。",
                ),
                "conflict",
            )


def covered_twice(subject: Subject) -> Iterator[Finding]:
    """Areas in the coverage of two stations: who is to come?"""
    stations = subject.model.stations
    plans = [clause for clause, _ in subject.plans("coverage")]
    limits = [(c, subject.towns(p.population)) for c, p in subject.sim_parts() if p.measure == "time_to_site"]
    for area in subject.net.areas:
        towns = subject.net.places[area.id]
        several = [s for s in stations.values() if _covered(s.covers, s.covers_towns, area.id, towns)]
        shared = [t for t in towns if sum(area.id in s.covers or t in s.covers_towns for s in several) > 1]
        promises = ids(plans or (clause for clause, towns in limits if not towns.isdisjoint(shared)))
        if shared and promises:
            names = joined(s.name for s in several)
            yield Finding(
                "covered_twice",
                promises,
                Text(
                    en=f"{area.name['en']} is in the coverage of several stations: {names['en']}.",
                    zh=f"{area.name['zh']}同时列入多个服务站的覆盖范围：{names['zh']}。",
                ),
                Text(
                    en="Name one station that answers, and the other as its backup.",
                    zh="写明由一个站负责，另一个站为后备。",
                ),
                "conflict",
            )


def covered_by_nobody(subject: Subject) -> Iterator[Finding]:
    """Areas, or parts of them, without a station though full coverage or a limit on arrival is promised."""
    plans = [clause for clause, _ in subject.plans("coverage")]
    limits = [(c, subject.towns(p.population)) for c, p in subject.sim_parts() if p.measure == "time_to_site"]
    stations = subject.model.stations.values()
    for area in subject.net.areas:
        towns = subject.net.places[area.id]
        bare = [t for t in towns if not any(area.id in s.covers or t in s.covers_towns for s in stations)]
        promises = ids([*plans, *(clause for clause, towns in limits if not towns.isdisjoint(bare))])
        if not bare or not promises:
            continue
        names = joined(subject.net.name(town) for town in bare)
        part = len(bare) < len(towns)
        yield Finding(
            "covered_by_nobody",
            promises,
            Text(
                en=f"Only part of {area.name['en']} is assigned to a station; nobody answers for {names['en']}."
                if part
                else f"{area.name['en']} is assigned to no station.",
                zh=f"{area.name['zh']}仅部分划归服务站，{names['zh']}无站负责。"
                if part
                else f"{area.name['zh']}未划归任何服务站。",
            ),
            Text(
                en=f"Assign all of {area.name['en']} to a station, or except what is not served from the promise.",
                zh=f"将{area.name['zh']}全境划归一个服务站，或将不服务的部分排除在承诺之外。",
            ),
            "conflict",
        )


def rollout_unscheduled(subject: Subject) -> Iterator[Finding]:
    """Cities and counties that are promised their own station, have none, and for which none is scheduled in time."""
    area_of = dict(zip(subject.net.ids, subject.net.area, strict=True))
    own = {area_of.get(s.node) for s in subject.model.stations.values() if s.engineers}
    openings = subject.model.rollout.openings
    for clause, part in subject.plans("rollout"):
        months = part.within_months or 0
        without = [
            area
            for area in subject.net.areas
            if area.kind != ZONE and area.id not in own and not openings.get(area.id, months + 1) <= months
        ]
        if without:
            names = joined(area.name for area in without)
            yield Finding(
                "rollout_unscheduled",
                (clause,),
                Text(
                    en=f"A station of its own is promised to every city and county within {months} months; none stands "
                    f"or is scheduled in {names['en']}.",
                    zh=f"承诺{months}个月内各市县均设站，而{names['zh']}既无站也未列入开设计划。",
                ),
                Text(
                    en="List the openings by month, with address and staff, or promise only what is planned.",
                    zh="按月列出开设计划（地址、人员），或只承诺已有计划的部分。",
                ),
                "conflict",
            )


def _covered(areas: list[str], single: list[str], area: str, towns: tuple[str, ...]) -> bool:
    return area in areas or any(town in single for town in towns)


def _ferry(subject: Subject, lost: list[str]) -> Text:
    """Where a ferry to the first of these towns sails from, if the network has one."""
    from simsvc.network import cut_off

    for part in cut_off(subject.net):
        if lost[0] in part.towns and part.ferry_names:
            ports = joined(part.ferry_names)
            return Text(en=f"; a ferry sails from {ports['en']}", zh=f"；轮渡自{ports['zh']}出发")
    return Text(en="")


def _with_minutes(subject: Subject, town: str, drive: float) -> Text:
    name = subject.net.name(town)
    return Text(en=f"{name['en']} ({drive / 60:.0f} min)", zh=f"{name['zh']}（{drive / 60:.0f}分钟）")
