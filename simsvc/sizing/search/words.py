"""The search's steps in words, English and Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simsvc.measures.reasons import REASONS

if TYPE_CHECKING:
    from simsvc.sizing.search.search import Both, Search
    from simsvc.sizing.search.standing import Standing
    from simsvc.sizing.space import Levels, Lever, Space
    from simsvc.sizing.wishes import Wishes

REASON_WORDS = {
    "too_far": ("too far", "路程过远"),
    "busy": ("everyone busy", "人手全忙"),
    "off_duty": ("nobody on duty", "无人值班"),
    "part": ("waited for a part", "等待备件"),
    "desk": ("desk or remote help slow", "热线或远程支持慢"),
    "closed": ("road or sea closed", "道路或海路封闭"),
    "late_goods": ("waiting for goods or a van", "等待货物或车辆"),
    "repair": ("the repair itself", "维修本身"),
    "combined": ("several together", "多因叠加"),
    "open": ("still open", "尚未完结"),
}


def percent(share: float) -> str:
    """A promised share as it is written, "95 %" or "99.5 %"."""
    return f"{100 * share:.4g} %"


def moved(lever: Lever, before: int, after: int) -> Both:
    """A lever's step."""
    return (
        f"{lever.name.en}: {lever.said(before)[0]} → {lever.said(after)[0]}",
        f"{lever.name['zh']}：{lever.said(before)[1]} → {lever.said(after)[1]}",
    )


def sent(space: Space, mode: int | None) -> Both:
    """Where a climb begins: the way of sending engineers, where there is any to choose."""
    if mode is None:
        return "the starting point", "起点方案"
    reach = space.levers[space.index["reach"]]
    en, zh = reach.said(mode)
    return f"{reach.name.en}: {en}", f"{reach.name['zh']}：{zh}"


TOO_DEAR = ("given up: much dearer than a plan found already", "放弃：已明显贵于现有方案")
WORKED_OUT = ("the cheapest of the ways tried is worked out", "所试派工方式中最便宜者，进一步细化")


def begins(order: int, ways: int) -> Both:
    """Why a climb begins there."""
    if order:
        return "the next way, from the plan just found", "换下一种派工方式，自刚找到的方案出发"
    if ways > 1:
        return "the bounds' starting point; each way is tried briefly", "由测算公式给出的起点；各派工方式先作粗略尝试"
    return "what covering, Erlang and spares formulas suggest", "由覆盖、爱尔朗与备件公式给出"


def column_name(space: Space, wishes: Wishes, column: int) -> Both:
    """A promise and where."""
    c = wishes.columns[column]
    if c.area < 0:
        return f"{c.clause}, province", f"{c.clause}，全省"
    name = space.area_names[c.area]
    return f"{c.clause}, {name.en}", f"{c.clause}，{name['zh']}"


def missed(search: Search, now: Standing, column: int) -> Both:
    """How far a promise is from being kept, and why."""
    en, zh = column_name(search.space, search.wishes, column)
    share, promised = now.share[column], search.wishes.columns[column].target
    reasons = now.reasons[column]
    why = REASON_WORDS[REASONS[int(np.argmax(reasons))]] if reasons.sum() else ("no reason known", "原因不明")
    part = reasons.max() / max(reasons.sum(), 1e-9)
    bar, target = f"{100 * now.needs[column]:.1f} %", percent(promised)
    needed = (f"{bar} needed to prove {target}", f"证实 {target} 需达 {bar}")
    return (
        f"{en}: {100 * share:.1f} % kept, {needed[0]}; mainly {why[0]} ({100 * part:.0f} % of misses)",
        f"{zh}：达标 {100 * share:.1f} %，{needed[1]}；主要原因：{why[1]}（占未达标 {100 * part:.0f} %）",
    )


def spared(search: Search, levels: Levels) -> Both:
    """Why something is taken away: the promise nearest to its bar still passes."""
    now = search.settled(levels)
    worst = int(np.argmin(now.slack))
    en, zh = column_name(search.space, search.wishes, worst)
    share = now.share[worst]
    return (
        f"every promise still passes; nearest: {en}, {100 * share:.1f} %",
        f"全部承诺仍可达标；最接近下限：{zh}，{100 * share:.1f} %",
    )


def saved(amount: float) -> Both:
    """What an exchange saves."""
    if amount < 1:
        return "costs the same and keeps every promise with more to spare", "成本相同，达标余量更大"
    return f"keeps every promise and saves {amount:,.0f} CNY a year", f"全部承诺仍可达标，每年节省 {amount:,.0f} 元"
