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


def moved(lever: Lever, before: int, after: int) -> Both:
    """A lever's step."""
    return (
        f"{lever.name.en}: {lever.said(before)[0]} → {lever.said(after)[0]}",
        f"{lever.name['zh']}：{lever.said(before)[1]} → {lever.said(after)[1]}",
    )


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
    return (
        f"{en}: {share:.1%} kept, {promised:.0%} promised; mainly {why[0]} ({part:.0%} of misses)",
        f"{zh}：达标 {share:.1%}，承诺 {promised:.0%}；主要原因：{why[1]}（占未达标 {part:.0%}）",
    )


def spared(search: Search, levels: Levels) -> Both:
    """Why something is taken away: the promise nearest to its bar still passes."""
    now = search.at(levels, search.looks[0])
    worst = int(np.argmin(now.slack))
    en, zh = column_name(search.space, search.wishes, worst)
    share = now.share[worst]
    return (
        f"every promise still passes; nearest: {en}, {share:.1%}",
        f"全部承诺仍可达标；最接近下限：{zh}，{share:.1%}",
    )


def saved(amount: float) -> Both:
    """What an exchange saves."""
    return f"keeps every promise and saves {amount:,.0f} CNY a year", f"全部承诺仍可达标，每年节省 {amount:,.0f} 元"
