"""Who is there: every area assigned to a staffed station, every area with a station of its own in time."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.case.drives import OFF_PEAK, written
from simsvc.promise.plan.decided import Plan
from simsvc.scenario.base import Text
from simsvc.scenario.promises import PlanPart


def coverage(case: Case, _: PlanPart) -> Plan:
    """Is every town of every area assigned, as written, to a station with engineers and a road to it?

    Towns that only ``dispatch.unassigned`` gives to a station are assigned to nobody here. Drives are expected
    off-peak times, seconds rounded to minutes.
    """
    places, stations = case.places, list(case.model.stations.values())
    covers = written(case.model, places) & (np.array([s.engineers for s in stations], np.int64) > 0)[:, None]
    drive = places.travel[OFF_PEAK][case.staffing.station_place][:, : places.towns].astype(np.int64)
    wrong: list[tuple[str, str]] = []
    fine: list[tuple[str, str]] = []
    met = 0
    for k in range(len(places.areas)):
        towns, name = np.flatnonzero(places.area == k), _area(case, k)
        lost = towns[~covers[:, towns].any(axis=0)]
        cut = np.setdiff1d(towns[~(covers & (drive >= 0))[:, towns].any(axis=0)], lost)
        if len(lost) and len(lost) == len(towns):
            wrong.append((f"{name.en}: no staffed station", f"{name['zh']}：无有人值守的服务站"))
        elif len(lost):
            en, zh = _names(case, lost, "not assigned", "未指派")
            wrong.append((f"{name.en}: {en}", f"{name['zh']}：{zh}"))
        if len(cut):
            en, zh = _names(case, cut, "assigned, but no road leads there", "已指派，但无公路可达")
            wrong.append((f"{name.en}: {en}", f"{name['zh']}：{zh}"))
        met += not len(lost) and not len(cut)
        for s in np.flatnonzero((covers & (drive >= 0))[:, towns].any(axis=1)):
            mine = towns[(covers & (drive >= 0))[s, towns]]
            fine.append(_drives(case, name, stations[s].name, mine, drive[s], int(places.area_seat[k])))
    return Plan(met, len(places.areas), (*wrong, *fine))


def rollout(case: Case, part: PlanPart) -> Plan:
    """Has every area a station of its own, with engineers, by month ``within_months`` after going online?

    A station is an area's own if it stands in the area. Zones taken out of an area (``weights.split``) are listed, but
    are no area of their own here.
    """
    model, places = case.model, case.places
    today = own_areas(case)
    opened = {places.areas.index(a): month for a, month in model.rollout.openings.items() if a in places.areas}
    opened = {k: month for k, month in opened.items() if k not in today}
    within = part.within_months or 0
    asked = [k for k, name in enumerate(places.areas) if name not in model.weights.split]
    zones = [k for k, name in enumerate(places.areas) if name in model.weights.split and k not in today]
    own = {k for k in asked if k in today or opened.get(k, within + 1) <= within}
    without = [k for k in asked if k not in own]
    lines: list[tuple[str, str]] = []
    if without:
        en, zh = _list(case, without)
        lines.append((f"without an own station after month {within}: {en}", f"第 {within} 个月后仍无自有服务站：{zh}"))
    if zones:
        en, zh = _list(case, zones)
        lines.append((f"zones without one (no county of their own): {en}", f"无自有服务站的功能区（不计为市县）：{zh}"))
    for month in sorted({0, *opened.values(), within}):
        new = [k for k, m in opened.items() if m == month]
        have = sum(k in today or opened.get(k, month + 1) <= month for k in asked)
        en, zh = _list(case, new)
        more = (f"; new: {en}", f"；新增：{zh}") if new else ("", "")
        lines.append(
            (f"month {month}: {have} of {len(asked)}{more[0]}", f"第 {month} 个月：{have}/{len(asked)}{more[1]}")
        )
    return Plan(len(own), len(asked), tuple(lines))


def own_areas(case: Case) -> set[int]:
    """Areas in which a station with engineers stands."""
    staffed = np.array([s.engineers > 0 for s in case.model.stations.values()])
    return {int(a) for a in station_areas(case)[staffed] if a >= 0}


def station_areas(case: Case) -> Ints:
    """Area in which each station stands, -1 where none; shape (stations,)."""
    places = case.places
    return np.append(places.area, -1)[np.minimum(case.staffing.station_place, places.towns)]


def _drives(case: Case, area: Text, station: Text, towns: Ints, drive: Ints, seat: int) -> tuple[str, str]:
    worst = int(towns[np.argmax(drive[towns])])
    town, far = case.places.names[worst], round(int(drive[worst]) / 60)
    to_seat = f"{round(int(drive[seat]) / 60)} min" if seat in towns else "–"
    en = f"{area.en}: station {station.en}, seat {to_seat}, worst town {town.en} {far} min"
    zh = f"{area['zh']}：{station['zh']}，至驻地 {to_seat.replace('min', '分钟')}，最远 {town['zh']} {far} 分钟"
    return en, zh


def _area(case: Case, k: int) -> Text:
    name = case.places.area_names[k]
    return Text(en=name.en or case.places.areas[k], zh=name.zh)


def _list(case: Case, areas: list[int]) -> tuple[str, str]:
    names = [_area(case, k) for k in areas]
    return ", ".join(n.en for n in names), "、".join(n["zh"] for n in names)


def _names(case: Case, towns: Ints, en: str, zh: str) -> tuple[str, str]:
    names = [case.places.names[int(t)] for t in towns]
    return f"{en}: {', '.join(n.en for n in names)}", f"{zh}：{'、'.join(n['zh'] for n in names)}"
