"""What the stations' stock buys, next to the same money placed by marginal analysis."""

from __future__ import annotations

import math

import numpy as np

from simsvc.analytic import expected_backorders
from simsvc.analytic.marginal import Demand, Service, allocate, serve, value_for
from simsvc.case.arrays import Case, Floats, Ints
from simsvc.case.part_demand import part_demand, part_lead
from simsvc.promise.plan.decided import Lines
from simsvc.scenario.quantity import YEAR


def bought(case: Case) -> Lines:
    """Value, fill rate and mean wait of the stations' base stock; of the same value placed by marginal analysis; and
    the value with which that reaches the stock's fill rate. Nothing where no part is ever asked for or none is held.

    Both are computed by the same formulas (Palm, METRIC) from the expected demand; the hub's stock stays as it is.
    Without a cost for every part pieces are counted instead of money.
    """
    demand, stocks = shelves(case)
    if not demand.rate.any() or not stocks.any():
        return ()
    ours = serve(demand, stocks)
    best = serve(demand, allocate(demand, ours.value, stocks))
    needed = value_for(demand, ours.fill_rate)
    money = _priced(case)
    en, zh = ("CNY", "元") if money else ("pieces", "件")
    asked = float(demand.rate.sum())
    left_out, left_out_zh = _left_out(case)
    lines = [
        (
            f"formula{left_out}, {asked:,.0f} demands a year: "
            f"stations' stock of {ours.value:,.0f} {en} {_said(ours, 'en')}",
            f"按公式{left_out_zh}，每年需求 {asked:,.0f} 件：各站储备 {ours.value:,.0f} {zh}，{_said(ours, 'zh')}",
        ),
        (f"the same by marginal analysis {_said(best, 'en')}", f"同额按边际分析配置：{_said(best, 'zh')}"),
    ]
    if math.isfinite(needed):
        share = f"{100 * needed / ours.value:.0f} %"
        lines.append(
            (
                f"marginal analysis reaches that fill rate with {needed:,.0f} {en} ({share})",
                f"边际分析达到同样满足率只需 {needed:,.0f} {zh}（{share}）",
            )
        )
    return tuple(lines)


def shelves(case: Case) -> tuple[Demand, Ints]:
    """Demand (a year, times in years) and base stock of every part at every station, station by station.

    A station waits its own lead time and the mean delay at the hub, which by Little's law is the hub's backorders over
    its demand (METRIC).
    """
    rate = part_demand(case)
    own, hub_lead = (seconds / YEAR for seconds in part_lead(case))
    lead = np.full(rate.shape, own)
    if case.model.stock.hub is not None:
        lead += _hub_delay(rate.sum(axis=0), hub_lead, case.supply.base_stock[-1])
    cost = [p.cost if _priced(case) else 1.0 for p in case.model.parts.values()]
    demand = Demand(rate.ravel(), lead.ravel(), np.tile(np.array(cost, np.float64), len(rate)))
    return demand, case.supply.base_stock[:-1].ravel()


def _hub_delay(rate: Floats, lead: float, stock: Ints) -> Floats:
    pairs = zip(rate.tolist(), stock.tolist(), strict=True)
    return np.array([expected_backorders(s, r * lead) / r if r > 0 else 0.0 for r, s in pairs])


def _left_out(case: Case) -> tuple[str, str]:
    """What helps the stations and is unknown to the formula, so that it promises less than the simulation finds."""
    helps = [("lateral supply", "站间调拨")] * (case.model.stock.lateral is not None)
    helps += [("substitutes", "代用件")] * any(part.substitute for part in case.model.parts.values())
    if not helps:
        return "", ""
    return f" without {' and '.join(en for en, _ in helps)}", f"（不计{'、'.join(zh for _, zh in helps)}）"


def _priced(case: Case) -> bool:
    return all(part.cost > 0 for part in case.model.parts.values())


def _said(found: Service, language: str) -> str:
    """Fill rate and mean wait; neither is rounded to all or nothing."""
    hours, zh = found.wait * YEAR / 3600, language == "zh"
    fill, wait = f"{100 * found.fill_rate:.1f} %", f"{hours:,.1f}"
    if found.fill_rate >= 0.9995:
        fill = "99.9 % 以上" if zh else "over 99.9 %"
    if hours < 0.05:
        wait = "不到 0.1" if zh else "under 0.1"
    return f"满足率 {fill}，平均等件 {wait} 小时" if zh else f"fills {fill} at once, mean wait {wait} h"
