"""The trust card: what was checked for this study and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from simsvc.case.arrays import Case
from simsvc.case.reach import served_towns
from simsvc.promise.result import Row, Trust
from simsvc.promise.robust import Robustness
from simsvc.promise.tried import ranges_line
from simsvc.promise.twins import Twins, twins_line
from simsvc.scenario.model import Model
from simsvc.scenario.staff import called
from simsvc.stats import FEWEST

MOST_NAMES = 6

WHO = {
    "own": ("own station only", "派工：仅本站"),
    "own-then-backup": ("own station, then backup from stations near by", "派工：本站优先、邻站支援"),
    "nearest": ("nearest engineer of all", "派工：全省就近"),
}
FREE = {
    "from-site": ("free from the end of the work, sent on from the site", "完工后即可从现场转派"),
    "when-home": ("free only when home", "回站后方可再派"),
    "duty-days": ("sent on from the site on duty days only", "仅值班日可从现场转派"),
}
OFF = {
    "on-call": ("on call outside office hours", "下班后在家待命"),
    "off": ("nobody outside office hours", "下班后无人值守"),
}
FOLLOW_UPS = {
    "any": ("further visits at any hour", "再次上门不限时间"),
    "duty": ("further visits in office hours only", "再次上门仅限工作时间"),
}
RELIEF = {
    "none": ("nobody stands in for the absent", "缺勤无人顶班"),
    "cover": ("absent engineers: the next station covers", "缺勤由邻站兼顾"),
    "move": ("absent engineers: the next station sends somebody", "缺勤由邻站派人驻守"),
}
"""Rules in force, (english, chinese)."""


def trust_card(
    case: Case,
    rows: Sequence[Row],
    figures: Mapping[str, float],
    *,
    replications: int,
    low_confidence: float | None,
    changes: Mapping[str, Any] | None = None,
    engine: str = "reference",
    twins: Twins | None = None,
    robust: Robustness | None = None,
) -> tuple[Trust, ...]:
    """Lines of the card. ``low_confidence``: share of road segments known poorly, None if nobody counted them;
    ``changes``: values set since the file that the scenario came from, by path; ``engine``: which made the study;
    ``twins``: a replication that the other ran, too; ``robust``: what became of the verdicts over the ranges of the
    assumptions."""
    return (
        *_changes(changes or {}),
        _replications(rows, replications),
        _open_tickets(figures),
        _warm_up(case),
        _rules(case),
        _reach(case, figures),
        _network(case, low_confidence),
        _holidays(case),
        ranges_line(case, robust),
        twins_line(engine, twins),
        Trust(
            "Known answers (queueing and stock formulas, textbook cases)",
            "已知答案（排队与库存公式、教科书算例）",
            "not measured",
            "not measured in this run; the test suite of this version checks them",
            "本次运行未测量；由本版本的测试套件核查",
        ),
    )


def _changes(changes: Mapping[str, Any]) -> Iterator[Trust]:
    """A changed plan must not pass for the one that bears its name."""
    if changes:
        told = "; ".join(f"{path} = {value}" for path, value in changes.items())
        yield Trust("Changed against the scenario file", "与情景文件不同之处", "warning", told, told)


def _replications(rows: Sequence[Row], replications: int) -> Trust:
    decided = [r for r in rows if r.kind == "sim" and r.reading == "base" and r.area == "province"]
    widths = [(r.high - r.low) / 2 for r in decided if r.low is not None and r.high is not None]
    fine = replications >= FEWEST and not any(r.verdict == "undecided" for r in decided)
    widest = f"{100 * max(widths):.1f}" if widths else "–"
    return Trust(
        "Replications and width of the intervals",
        "重复次数与区间宽度",
        "checked" if fine else "warning",
        f"{replications} replications; the widest interval of a province-wide share is ± {widest} percentage points"
        + (f"; with fewer than {FEWEST} no share is decided" if replications < FEWEST else ""),
        f"重复 {replications} 次；全省比例的最宽区间为 ± {widest} 个百分点"
        + (f"；少于 {FEWEST} 次不作判定" if replications < FEWEST else ""),
    )


def _open_tickets(figures: Mapping[str, float]) -> Trust:
    left, cut = int(figures["open_at_end"]), int(figures["cut_off"])
    return Trust(
        "Tickets open at the end",
        "期末未结工单",
        "warning" if cut else "checked",
        f"{left} over all replications; {cut} cases were cut off before their limit and count as missed",
        f"全部重复合计 {left} 单；其中 {cut} 例在时限届满前被截断，按超时计",
    )


def _warm_up(case: Case) -> Trust:
    days = case.span.start // 86400
    return Trust(
        "Warm-up",
        "预热期",
        "not measured" if days else "warning",
        f"{days} days before the counted window, as the scenario says; whether that is enough was not measured here",
        f"统计期前 {days} 天，按情景设定；是否足够本次未测量",
    )


def _rules(case: Case) -> Trust:
    dispatch, staff = case.model.dispatch, case.model.staff
    told = [
        WHO[dispatch.who],
        FREE[dispatch.free_when],
        _out_of_hours(case.model),
        FOLLOW_UPS[dispatch.follow_ups],
        RELIEF[staff.relief.rule],
        *[("a contractor takes overflow", "忙时由外包上门")] * (dispatch.contractor is not None),
    ]
    en, zh = ("; ".join(line[0] for line in told), "；".join(line[1] for line in told))
    return Trust("Rules that move the result most", "影响结果最大的规则", "warning", en, zh)


def _out_of_hours(model: Model) -> tuple[str, str]:
    """The staff's rule outside office hours, and the stations that do the contrary."""
    en, zh = OFF[model.staff.out_of_hours]
    usual, staffed = model.staff.out_of_hours == "on-call", [s for s in model.stations.values() if s.engineers]
    others = [s.name for s in staffed if (called(model.staff, s) != "off") != usual]
    if not others:
        return en, zh
    names, more = others[:MOST_NAMES], len(others) - MOST_NAMES
    and_more, and_so_on = ("", "") if more <= 0 else (f" and {more} more", f"等 {len(others)} 站")
    return (
        f"{en}, except at {', '.join(n.en for n in names)}{and_more}",
        f"{zh}（{'、'.join(n['zh'] for n in names)}{and_so_on}除外）",
    )


def _reach(case: Case, figures: Mapping[str, float]) -> Trust:
    installed = case.supply.units[case.places.area].any(axis=1)
    lost = [case.places.names[int(k)] for k in np.flatnonzero(~served_towns(case) & installed)]
    if not lost:
        fine = (
            "some staffed station serves every town with units and reaches it by road",
            "凡有设备的乡镇均有服务站负责且公路可达",
        )
        return Trust("Places out of reach", "无法到达的地点", "checked", *fine)
    more = ("", "") if len(lost) <= MOST_NAMES else (f" and {len(lost) - MOST_NAMES} more", f"等 {len(lost)} 处")
    per_year = figures["unreachable_per_year"]
    return Trust(
        "Places out of reach",
        "无法到达的地点",
        "warning",
        f"{', '.join(n.en for n in lost[:MOST_NAMES])}{more[0]}: every visit needed there is a miss "
        f"({per_year:.1f} a year)",
        f"{'、'.join(n['zh'] for n in lost[:MOST_NAMES])}{more[1]}：凡需上门均计为超时（每年 {per_year:.1f} 次）",
    )


def _network(case: Case, low_confidence: float | None) -> Trust:
    what = "Quality of the road network", "路网数据质量"
    if case.model.network.source != "hainan":
        return Trust(*what, "not measured", "own network, errors not known", "自带路网，误差未知")
    en, zh = "driving minutes are typically within 15 % of published ones", "行车分钟数与公开数据的典型误差约 15 %"
    if low_confidence is not None:
        en += f"; {100 * low_confidence:.0f} % of the road segments rest on estimates of low confidence"
        zh += f"；{100 * low_confidence:.0f} % 的路段为低可信度估计"
    return Trust(*what, "warning", en, zh)


def _holidays(case: Case) -> Trust:
    what = "Holidays", "节假日"
    first, last = case.epoch.date(0).year, case.epoch.date(case.span.horizon // 86400).year
    if case.model.time.holidays == "none":
        return Trust(*what, "warning", "the scenario has no holidays", "情景未计节假日")
    projected = [str(year) for year in range(first, last + 1) if case.book.projected(year)]
    if not projected:
        return Trust(*what, "checked", "all years as announced", "各年均按已公布安排")
    return Trust(
        *what,
        "warning",
        f"make-up working days not announced yet, so left out: {', '.join(projected)}",
        f"调休上班日尚未公布、未计入：{'、'.join(projected)}",
    )
