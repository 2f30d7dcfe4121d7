"""Ways of covering for absences at one-engineer stations, as changes of a plan with their price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from simsvc.case.arrays import Ints
from simsvc.case.drives import FAR, drives
from simsvc.scenario import Scenario, paths
from simsvc.scenario.base import Text
from simsvc.scenario.promises import SimPart
from simsvc.sizing.after.shown import shown
from simsvc.sizing.found import Found

Use = Literal["share", "move", "nearest"]
"""What a reserve is for: it answers for the one-engineer stations within reach, too; it makes up for those who are sent
where all are away; or it goes wherever it is nearest, as everybody does."""

KINDS = {
    "leave": Text(en="leave", zh="休假"),
    "sickness": Text(en="sickness", zh="病假"),
    "vacancy": Text(en="vacant posts", zh="岗位空缺"),
}
RULES = {
    "cover": Text(
        en="The nearest station with somebody present covers from its own base",
        zh="由最近有人的服务站从本站兼顾",
    ),
    "move": Text(
        en="The nearest station with somebody present sends one for the day", zh="由最近有人的服务站派一人顶班"
    ),
}


@dataclass(frozen=True)
class Option:
    """A way of covering: the plan with it as a scenario, and what it costs a year more, CNY."""

    id: str
    name: Text
    scenario: Scenario
    cost: float


def staffed(found: Found) -> dict[str, int]:
    """Engineers of the plan by station, of those that the plan could give more."""
    pairs = zip(found.space.levers, found.levels, strict=True)
    return {lever.place: level for lever, level in pairs if lever.kind == "engineers" and level}


def alone(found: Found) -> tuple[str, ...]:
    """Such stations with one engineer."""
    return tuple(station for station, engineers in staffed(found).items() if engineers == 1)


def yardsticks(plan: Scenario) -> list[Option]:
    """Nobody is ever away, then each kind of absence by itself left out: what absences cost, no option to take."""
    kinds = list(plan.model.staff.absences)
    ideal = Text(en="If nobody were ever away (a yardstick)", zh="假如无人缺勤（仅作对照）")
    found = [Option("nobody-away", ideal, _present(plan, kinds), 0.0)]
    for kind in kinds if len(kinds) > 1 else ():
        word = KINDS.get(kind, Text(en=kind))
        name = Text(en=f"If there were no {word.en} (a yardstick)", zh=f"假如没有{word['zh']}（仅作对照）")
        found.append(Option(f"without.{kind}", name, _present(plan, [kind]), 0.0))
    return found


def _present(plan: Scenario, kinds: Sequence[str]) -> Scenario:
    """The plan without these absences: their length stays, for the ledger names it."""
    return plan.replace(**{f"{paths.join(('staff', 'absences', kind))}.days_per_year": 0 for kind in kinds})


def arrangements(found: Found, plan: Scenario) -> list[Option]:
    """Other rules of relief, and further reach where the plan could have it: nobody is hired."""
    rules = [rule for rule in RULES if rule != plan.model.staff.relief.rule]
    options = [Option(rule, RULES[rule], plan.replace(**{"staff.relief.rule": rule}), 0.0) for rule in rules]
    for k, lever in enumerate(found.space.levers):
        for level in range(found.levels[k] + 1, lever.high + 1) if lever.kind == "reach" else ():
            levels = (*found.levels[:k], level, *found.levels[k + 1 :])
            en, zh = lever.said(level)
            cost = found.space.cost(levels) - found.space.cost(found.levels)
            name = Text(en=f"Reach of dispatch: {en}", zh=f"派工范围：{zh}")
            options.append(Option(f"reach.{level}", name, found.space.scenario_of(levels), cost))
    return options


def second(found: Found, plan: Scenario, station: str) -> Option:
    """A second engineer at one station."""
    where = plan.model.stations[station].name
    name = Text(en=f"A second engineer in {where.en}", zh=f"{where['zh']}增加第二名工程师")
    return _hired(found, f"second.{station}", name, Counter([station]), {})


def seconds(found: Found) -> Option:
    """A second engineer at each one-engineer station."""
    single = alone(found)
    name = Text(
        en=f"A second engineer at each of {len(single)} one-engineer stations",
        zh=f"{len(single)} 个单人站各增一名工程师",
    )
    return _hired(found, "second.all", name, Counter(single), {})


def reserve(found: Found, plan: Scenario, hubs: Sequence[str], use: Use) -> Option:
    """Reserve engineers, one for each time a hub is named."""
    stations, count = plan.model.stations, len(hubs)
    names = [stations[hub].name for hub in dict.fromkeys(hubs)]
    en, zh = " and ".join(n.en for n in names), "、".join(n["zh"] for n in names)
    people = f"{count} reserve engineer{'' if count == 1 else 's'} at {en}"
    name = {
        "share": Text(
            en=f"{people}, answering for one-engineer stations within reach, too",
            zh=f"{zh}设 {count} 名后备工程师，兼顾可达范围内的单人站",
        ),
        "move": Text(
            en=f"{people}, and the nearest station sends one where all are away",
            zh=f"{zh}设 {count} 名后备工程师，全站缺勤时由最近的站派人顶班",
        ),
        "nearest": Text(en=f"{people}, sent wherever nearest", zh=f"{zh}设 {count} 名后备工程师，就近出动"),
    }[use]
    changes: dict[str, Any] = {"staff.relief.rule": "move"} if use == "move" else {}
    if use == "share":
        changes = _shared(found, plan, hubs)
    return _hired(found, f"reserve.{count}", name, Counter(hubs), changes)


def uses(plan: Scenario) -> tuple[Use, ...]:
    """What a reserve can be for under the plan's rules of dispatch."""
    return ("nearest", "move") if plan.model.dispatch.who == "nearest" else ("share", "move")


def hubs(found: Found, plan: Scenario, most: int) -> list[str]:
    """Stations with the least mean drive to the one-engineer stations that they can reach by road, nearest first."""
    drive, names = _drives(found), list(plan.model.stations)
    single = [names.index(name) for name in alone(found)]
    able: list[tuple[int, float, int]] = []
    for s in map(names.index, staffed(found)):
        there = [drive[s, other] for other in single if s != other and drive[s, other] < FAR]
        if there:
            # One that reaches few of them is no hub, however near those are.
            able.append((-len(there), float(np.mean(there)), s))
    return [names[s] for _, _, s in sorted(able)[:most]]


def _shared(found: Found, plan: Scenario, at: Sequence[str]) -> dict[str, list[str]]:
    """Coverage of the hubs with that of the one-engineer stations which they can reach in the promised time to site."""
    promise, drive, names = shown(found.wishes), _drives(found), list(plan.model.stations)
    part = None if promise is None else plan.model.clauses[promise.wish.clause].parts[promise.wish.part]
    timed = isinstance(part, SimPart) and part.measure == "time_to_site"
    limit = part.limit if timed and isinstance(part, SimPart) and part.limit is not None else FAR - 1
    changes: dict[str, list[str]] = {}
    for hub in dict.fromkeys(at):
        near = [s for s in alone(found) if drive[names.index(hub), names.index(s)] <= limit]
        for key in ("covers", "covers_towns"):
            lists = [getattr(plan.model.stations[s], key) for s in (hub, *near)]
            changes[f"stations.{hub}.{key}"] = list(dict.fromkeys(name for named in lists for name in named))
    return changes


def _drives(found: Found) -> Ints:
    """Expected off-peak drive between the plan's stations, seconds, ``FAR`` where no road leads; by their order."""
    case = found.space.case_of(found.levels)
    place = case.staffing.station_place
    return drives(case.places, place)[:, place]


def _hired(found: Found, key: str, name: Text, more: Counter[str], changes: Mapping[str, Any]) -> Option:
    """So many more engineers by station, at the price that the plan pays for engineers there, and further changes."""
    levels = tuple(
        level + (more[lever.place] if lever.kind == "engineers" else 0)
        for lever, level in zip(found.space.levers, found.levels, strict=True)
    )
    scenario = found.space.scenario_of(levels)
    cost = found.space.cost(levels) - found.space.cost(found.levels)
    return Option(key, name, scenario.replace(**changes) if changes else scenario, cost)
