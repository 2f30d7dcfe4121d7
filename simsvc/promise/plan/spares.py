"""Are there enough spares on the first day?"""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Case, Ints
from simsvc.measures.stock import FEN, Shelves, at_start, groups
from simsvc.promise.plan.decided import Plan
from simsvc.scenario.base import Text
from simsvc.scenario.promises import PlanPart


def spares_at_start(case: Case, part: PlanPart) -> Plan:
    """Does the base stock of every shelf reach what the rule asks for, under the part's reading?

    What is a shelf, and what is held against what, as in ``measures.stock``. Where stations decide, the island as a
    whole is listed, too.
    """
    shelves = groups(case, part)
    held = at_start(case, shelves)
    enough = held >= shelves.needed
    lines = [_shelf(case, part, shelves, held, g) for g in np.flatnonzero(~enough).tolist()]
    island = part.model_copy(update={"level": "island"})
    whole = groups(case, island)
    pieces = at_start(case, whole)
    told = [g for g in range(len(whole.area)) if part.level == "station" or pieces[g] >= whole.needed[g]]
    lines += [_shelf(case, island, whole, pieces, g) for g in told]
    return Plan(int(enough.sum()), len(enough), tuple(lines))


def _shelf(case: Case, part: PlanPart, shelves: Shelves, held: Ints, g: int) -> tuple[str, str]:
    station, kind = int(shelves.station[g]), int(shelves.product[g])
    where = case.staffing.station_names[station] if station >= 0 else Text(en="whole island", zh="全岛")
    types = Text(en="all device types", zh="各类型合计")
    product = case.model.products[case.supply.products[kind]].name if kind >= 0 else types
    have, need = int(held[g]), int(shelves.needed[g])
    if part.of == "value":
        en, zh = f"{have / FEN:,.0f} CNY, {need / FEN:,.0f} needed", f"{have / FEN:,.0f} 元，需 {need / FEN:,.0f} 元"
    else:
        en, zh = f"{have} pieces, {need} needed", f"{have} 件，需 {need} 件"
    return f"{where.en}, {product.en}: {en}", f"{where['zh']}，{product['zh']}：{zh}"
