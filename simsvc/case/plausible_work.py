"""Plausibility of planned visits and deliveries: sites and windows for the visits, carriers for the goods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from simsvc.case.load import units_by_area
from simsvc.case.windows import calendar_windows
from simsvc.clock import Epoch
from simsvc.errors import Problem
from simsvc.network import Network
from simsvc.scenario.demand import Planned
from simsvc.scenario.model import Model
from simsvc.scenario.places import Time


def no_case(model: Model, _net: Network) -> Iterator[Problem]:
    """Planned visits to no site, or with no window that ends in the counted time: promises on them have no case."""
    if model.planned and not any(row.sites for row in model.demand.sites):
        message = f"visits are planned ({', '.join(model.planned)}), but there is no site to visit"
        yield Problem("demand.sites", "", message, "add rows of area and sites", "warning")
        return
    for key, plan in model.planned.items():
        if not _has_case(plan, model.time):
            message = "no window ends in the counted time with its visits in the run: there is no case to judge"
            remedy = "lengthen time.window (or warm_up), or take shorter windows"
            yield Problem(f"planned.{key}", f"{model.time.window / 86400:.0f} d", message, remedy, "warning")


def _has_case(plan: Planned, time: Time) -> bool:
    """Whether some visit is released in the run and due in the counted time (for some site, with windows by site)."""
    start, end = int(time.warm_up), int(time.warm_up + time.window)
    if plan.rate is not None:
        return plan.within is not None and plan.within < end
    if plan.life is not None:
        return any((closes - opens) * (1 - plan.release) < end for opens, closes in plan.life.windows)
    epoch = Epoch(time.start - dt.timedelta(seconds=time.warm_up))
    windows = calendar_windows(plan, epoch, end)
    return any(start < b <= end and a + plan.release * (b - a) > 0 for a, b, _ in windows)


def no_carrier(model: Model, net: Network) -> Iterator[Problem]:
    """Areas that order goods which no route or courier takes there."""
    if model.delivery is None:
        return
    carriers = [(r.areas, r.goods) for r in model.delivery.routes.values()]
    carriers += [(c.areas, c.goods) for c in model.delivery.couriers.values()]
    units = units_by_area(model)
    off: dict[tuple[str, ...], list[str]] = {}
    for key, goods in model.goods.items():
        taken = [areas for areas, some in carriers if not some or key in some]
        ordering = [a.id for a in net.areas if goods.rate > 0 and units.get((a.id, goods.per_product))]
        bare = tuple(a for a in ordering if not any(not areas or a in areas for areas in taken))
        if bare:
            off.setdefault(bare, []).append(key)
    for bare, some in off.items():
        where = ", ".join(bare[:8]) + (f" and {len(bare) - 8} more" if len(bare) > 8 else "")
        message = f"{', '.join(some)} are ordered in {where}, but no route goes there: they are never delivered"
        remedy = "add these areas to a route or a courier that takes such goods, if a road leads there"
        yield Problem("delivery.routes", "", message, remedy, "warning")
