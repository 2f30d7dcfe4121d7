"""Agents and technicians whom no plan can do without: the work of the calls that must be answered."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simsvc.case import Case
from simsvc.scenario.promises import SimPart
from simsvc.scenario.staff import Pool
from simsvc.sizing import prices
from simsvc.sizing.space import Space
from simsvc.sizing.wishes import PROVINCE, Column, Wishes
from simsvc.sizing.work import Work, among, faults, first_visits, square, up, window_factor

_HOLIDAYS = 14 * 86400.0
"""Longer than any row of days off."""


def seats(space: Space, wishes: Wishes, case: Case) -> Iterator[tuple[str, str, float]]:
    """Why so much of the desk and of remote help, English and Chinese, and what it costs a year beyond the lows."""
    for kind, pool, seconds, en, zh in _desks(wishes, case):
        yield en, zh, _seats(space, wishes, case, kind, pool, seconds)


def on_site(wishes: Wishes, case: Case) -> Iterator[tuple[Column, SimPart]]:
    """Columns of promises for which somebody must come to a fault."""
    for column in wishes.columns:
        part = case.model.clauses[column.clause].parts[column.part]
        if isinstance(part, SimPart) and part.measure == "time_to_site" and part.clock_stop == "reached":
            yield column, part


def heard(wishes: Wishes, case: Case) -> float:
    """Least share of the reports that come to anything: who hangs up and is not called back asks for nothing."""
    desk = case.model.desk
    if desk is None or desk.patience is None:
        return 1.0
    answered = (column.target for column in wishes.columns if column.area == PROVINCE and _answers(case, column))
    return max(desk.call_back, max(answered, default=0.0))


def latest(part: SimPart) -> float:
    """Seconds after which a case of the part is late, at most: limits in open hours and days stretched by weekends and
    holidays."""
    if part.days is not None:
        return (part.days + 1) * 86400.0 + _HOLIDAYS
    return (part.limit or 0.0) * (7 if part.clock_hours else 1) + (_HOLIDAYS if part.clock_hours else 0.0)


def _desks(wishes: Wishes, case: Case) -> Iterator[tuple[str, Pool, float, str, str]]:
    """Kind of lever, pool, seconds a year that its people must work at least, and words."""
    desk, remote = case.model.desk, case.model.remote
    calls = 0.0
    for _, product, yearly in faults(case):
        factor = window_factor(case, product.profile)
        calls += yearly * factor * up(product.rate * case.model.demand.scale * factor)
    shares = [column.target for column in wishes.columns if column.area == PROVINCE and _answers(case, column)]
    if desk is not None and shares:
        yield (
            "agents",
            desk,
            calls * max(shares) * desk.work.mean_s,
            "agents for the calls that must be answered (offered load)",
            "应答来电所需的坐席（提供负荷）",
        )
    if remote is not None:
        work = first_visits(case)
        visits = max((_helped(case, work, column, part) for column, part in on_site(wishes, case)), default=0.0)
        visits *= heard(wishes, case)
        yield (
            "technicians",
            remote,
            visits * remote.work.mean_s,
            "technicians for the faults that end on site (offered load)",
            "转现场故障经远程处理所需的技术人员（提供负荷）",
        )


def _answers(case: Case, column: Column) -> bool:
    """Whether a column promises an answer to every report."""
    part = case.model.clauses[column.clause].parts[column.part]
    who = part.population if isinstance(part, SimPart) else None
    return isinstance(part, SimPart) and part.measure in ("response", "answered") and who == type(part.population)()


def _helped(case: Case, work: Work, column: Column, part: SimPart) -> float:
    """Cases a year that the technicians must have had before somebody is sent, in a column's share."""
    cases = among(case, work, part.population)
    if cases is None or part.clock_start != "reported":
        return 0.0
    mine = cases if column.area == PROVINCE else cases[work.area == column.area]
    return column.target * float(mine.sum())


def _judged(wishes: Wishes, case: Case) -> Iterator[SimPart]:
    """Promises whose cases pass the desk in time to be kept."""
    for clause, k in wishes.kept:
        part = case.model.clauses[clause].parts[k]
        if isinstance(part, SimPart) and part.measure in ("response", "answered", "time_to_site"):
            yield part


def _seats(space: Space, wishes: Wishes, case: Case, kind: str, pool: Pool, seconds: float) -> float:
    """Least cost of a pool's people beyond their lows for so much work a year: the cheapest hours first."""
    levers = [(k, lever) for k, lever in enumerate(space.levers) if lever.kind == kind]
    if not levers or seconds <= 0:
        return 0.0
    least = tuple(lever.low for lever in space.levers)
    over = square(pool.work) / max(pool.work.mean_s, 1e-9)
    late = max((latest(part) for part in _judged(wishes, case)), default=0.0)
    offers: list[tuple[float, float, float]] = []
    left = seconds
    fixed = {int(lever.place): lever for _, lever in levers}
    for number, shift in enumerate(pool.shifts):
        calendar = case.calendars[shift.calendar]
        starts = int(((calendar.ends > case.span.start) & (calendar.starts < case.span.end)).sum())
        # The last case of a shift may run over.
        each = prices.shift_hours(case, pool, number) * 3600 + ((starts + 1) * over + late) / case.span.years
        lever = fixed.get(number)
        left -= (shift.agents if lever is None else lever.base + lever.low) * each
        if lever is not None and lever.high > lever.low:
            k = space.index[lever.key]
            price = space.costs((*least[:k], lever.low + 1, *least[k + 1 :]))[k] - space.costs(least)[k]
            offers.append((price, each, float(lever.high - lever.low)))
    cost = 0.0
    for price, each, most in sorted(offers, key=lambda offer: offer[0] / max(offer[1], 1e-9)):
        people = min(max(left / each, 0.0), most) if each > 0 else 0.0
        # People come whole where there is one shift only.
        people = float(np.ceil(people - 1e-6)) if len(offers) == 1 else people
        cost, left = cost + people * price, left - people * each
    return cost
