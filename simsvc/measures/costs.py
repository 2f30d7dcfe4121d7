"""What the service costs, from the log and the scenario's prices."""

from __future__ import annotations

import numpy as np

from simsvc.case.arrays import Bools, Case, Floats, Ints
from simsvc.clock import DAY
from simsvc.log import Log
from simsvc.measures import population
from simsvc.measures.once import per_log
from simsvc.measures.staff import overtime
from simsvc.measures.sums import HOUR, Sum
from simsvc.measures.tickets import FIXED_ON_SITE, REPLACED
from simsvc.scenario.promises import MeasurePart, Population
from simsvc.scenario.reporting import Costs

ITEMS = ("visits", "hours", "overtime", "desk", "contractor", "parts", "loaners", "units")


def costs(case: Case, log: Log, part: MeasurePart) -> list[Sum]:
    """CNY a year of the cohort's faults and of planned work, then by item.

    Overtime is that of the counted window, of engineers whose stations lie in the population's areas. Where the
    population is narrowed to some faults (by product, cause …), planned work and overtime are left out.
    """
    prices = _prices(case)
    mine = population.tickets(case, log, part.population)
    found = dict.fromkeys(ITEMS, 0.0) | {item: float(cny[mine].sum()) for item, cny in _by_ticket(case, log).items()}
    if not _only_some_faults(part.population):
        v, jobs = log.visits, population.jobs(case, log, part.population)
        planned = (v["ticket"] < 0) & (v["job"] >= 0) & np.append(jobs, False)[v["job"]]
        found["visits"] += prices.visit * int(planned.sum())
        found["hours"] += prices.hour * float(on_site(case, log)[planned].sum()) / HOUR
        found["overtime"] = prices.overtime_hour * float(overtime(case, log, part.population).sum()) / HOUR
    cases = int(mine.sum())
    total = Sum("costs", "CNY/year", sum(found.values()), case.span.years, cases)
    return [total, *(Sum(f"cost_{item}", "CNY/year", cny, case.span.years, cases) for item, cny in found.items())]


def fault_costs(case: Case, log: Log) -> Floats:
    """CNY of the counted faults by product, without overtime."""
    t = log.tickets
    each = np.sum(list(_by_ticket(case, log).values()), axis=0) * (t["counted"] == 1)
    return np.bincount(t["product"], each, len(case.supply.products)).astype(np.float64)


@per_log
def on_site(case: Case, log: Log) -> Ints:
    """Seconds on site of each visit so far."""
    visits = log.visits
    ended = np.where(visits["work_end"] < 0, case.span.horizon, visits["work_end"])
    return np.where(visits["arrived"] < 0, 0, ended - visits["arrived"])


def _prices(case: Case) -> Costs:
    return case.model.reporting.costs or Costs()


@per_log
def _by_ticket(case: Case, log: Log) -> dict[str, Floats]:
    """CNY of each fault by item; the visits of a contractor have his price."""
    prices, model, t, v = _prices(case), case.model, log.tickets, log.visits
    rows = len(t["ticket"])
    own, contracted = (v["ticket"] >= 0) & (v["engineer"] >= 0), (v["ticket"] >= 0) & (v["engineer"] < 0)

    def each(chosen: Bools, amount: Ints | Floats) -> Floats:
        return np.bincount(v["ticket"][chosen], np.broadcast_to(amount, chosen.shape)[chosen], rows).astype(np.float64)

    def spell(since: str, until: str) -> Floats:
        ended = np.where(t[until] < 0, case.span.horizon, t[until])
        return np.where(t[since] < 0, 0, ended - t[since]).astype(np.float64)

    contractor = model.dispatch.contractor
    substitutes = [p.substitute or name for name, p in model.parts.items()]
    part_price = np.array([*(p.cost for p in model.parts.values()), 0.0])
    other_price = np.array([*(model.parts[name].cost for name in substitutes), 0.0])
    unit_price = np.array([prices.units.get(name, 0.0) for name in case.supply.products])
    part = np.where(t["substitute"] == 1, other_price[t["part"]], part_price[t["part"]])
    return {
        "visits": prices.visit * each(own, np.ones(len(own))),
        "hours": prices.hour * each(own, on_site(case, log)) / HOUR,
        "desk": prices.desk_hour * (spell("answered", "triaged") + spell("remote_start", "remote_end")) / HOUR,
        "contractor": each(contracted, np.full(len(own), contractor.price if contractor is not None else 0.0)),
        "parts": np.where(t["status"] == FIXED_ON_SITE, part, 0.0),
        "loaners": prices.loaner_day * spell("loaner_placed", "fixed") / DAY,
        "units": np.where(t["status"] == REPLACED, unit_price[t["product"]], 0.0),
    }


def _only_some_faults(who: Population) -> bool:
    named = (who.causes, who.products, who.modes, who.channels, who.routes)
    return any(named) or who.in_warranty is not None or who.in_contract is not None
