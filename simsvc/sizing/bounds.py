"""What no plan can be below: the least of every decision, stations that must be there, work that must be done.

Only true relaxations: whatever is left out (queues, driving, follow-ups, absences, chance) could only cost more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from simsvc.case import Case
from simsvc.case.arrays import Bools
from simsvc.case.reach import passable
from simsvc.measures.population import towns
from simsvc.measures.stock import groups
from simsvc.promise.sizing import Bound
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.sizing import prices
from simsvc.sizing.seats import heard, latest, on_site, seats
from simsvc.sizing.siting import Needs, Post, Share, cheapest, in_time, posts
from simsvc.sizing.space import Space
from simsvc.sizing.start import ruled, start
from simsvc.sizing.wishes import PROVINCE, Wishes
from simsvc.sizing.work import Work, among, first_visits, least_seconds

__all__ = ["lower", "start"]

Because = tuple[str, str, float]
_CENT = 0.005
"""Less is nothing."""


def lower(space: Space, wishes: Wishes) -> Bound:
    """A cost that no plan of the space that keeps the wishes can be below.

    Parameters
    ----------
    space : Space
        What may be decided.
    wishes : Wishes
        The promises to keep.

    Returns
    -------
    Bound
        CNY a year, with what it follows from, part by part: the least of every decision; stations that a rule on
        stations of one's own or on coverage asks for, or that must be there because nobody else comes (within the
        limit, where engineers start from home only; elsewhere they may be sent on from anywhere a road leads);
        engineers for the work on site of the share promised; spares that a rule asks for; agents and technicians for
        the calls.

    Notes
    -----
    Stations and engineers by a mixed-integer programme, by its proven bound (set covering: Toregas et al. 1971). Work:
    who must begin a share τ of the jobs, N a year of mean S, within hours H does so with n engineers only if
    τ N S ≤ n (H + E S²/E S for each stretch of duty): the last job of a stretch may run over (Lorden 1970, Annals of
    Mathematical Statistics 41, 520–527). It is offered load held against capacity.
    Who hangs up and is not called back asks for no visit: of the work only the share counts that a promise on
    answering, or the calls back, bring to the desk in any plan.
    """
    least = tuple(lever.low for lever in space.levers)
    # What shelves cost goes by the stations that are open: only what a rule asks for is sure.
    base = sum(cost for lever, cost in zip(space.levers, space.costs(least), strict=True) if lever.kind != "spares")
    said: list[Because] = [
        ("the least of every decision (what is fixed today included)", "各项决策的下限（含现有固定配置）", base)
    ]
    case = space.case_of(space.most)
    said += _staff(space, wishes, case)
    if any(lever.kind == "spares" for lever in space.levers):
        pieces = min(_ruled_stock(wishes, found) for found in (case, space.case_of(space.today)))
        said.append(("spares that a rule asks for on the island as a whole", "规则要求的全岛备件总量", pieces))
    said += seats(space, wishes, case)
    told = tuple(row for row in said if row[2] > _CENT) or tuple(said[:1])
    return Bound(sum(row[2] for row in told), told)


def _staff(space: Space, wishes: Wishes, case: Case) -> Iterator[Because]:
    """Stations and engineers: each kind of need on top of those before."""
    stations = posts(space)
    if not stations:
        return
    needs, cost = Needs(), 0.0
    steps: tuple[tuple[Callable[[], None], str, str], ...] = (
        (
            lambda: needs.groups.extend(ruled(wishes, case)),
            "stations that every area must have, or be assigned to (plan rules)",
            "规则要求各区域自有或指定的服务站",
        ),
        (
            lambda: _reached(needs, wishes, case),
            "stations from which the asked areas can be reached (covering)",
            "可到达各承诺区域的服务站（覆盖模型）",
        ),
        (
            lambda: needs.engineers.extend(_loaded(space, wishes, case, stations)),
            "engineers for the work on site (offered load)",
            "完成现场工作所需的工程师（提供负荷）",
        ),
    )
    for add, en, zh in steps:
        add()
        found = cheapest(stations, needs)
        if found is None:
            # What no plan of the space can meet is an obstacle, not a bound.
            return
        yield en, zh, max(found.cost - cost, 0.0)
        cost = max(found.cost, cost)


def _reached(needs: Needs, wishes: Wishes, case: Case) -> None:
    """Stations without which a share on time to site can't be kept, whoever is sent from wherever he is."""
    if case.model.dispatch.contractor is not None or not len(case.staffing.stations):
        return
    roads = passable(case)
    # Who starts from home only can't be nearer than his station; who stands in elsewhere for a day can.
    model = case.model
    from_home = model.dispatch.free_when == "when-home" and model.staff.relief.rule != "move"
    for column, part in on_site(wishes, case):
        if column.area == PROVINCE or column.target <= 0:
            continue
        where = np.flatnonzero((case.places.area == column.area) & towns(case, part.population))
        weight = case.places.weight[where]
        if not weight.sum() > 0:
            continue
        if from_home and part.limit is not None and part.clock_hours is None and part.clock_stop == "reached":
            needs.shares.append(Share(where, weight / weight.sum(), in_time(case, part.limit)[:, where], column.target))
        else:
            there = np.asarray(roads[:, where].any(axis=1))
            needs.groups += [there] if there.any() else []


def _ruled_stock(wishes: Wishes, case: Case) -> float:
    """Cost of the cheapest pieces that meet the kept rule on spares which asks for most, wherever they lie: what every
    station's shelves need adds to no less than what the whole island needs."""
    price, found = prices.pieces(wishes.scenario.model.sizing.costs, case), 0.0
    for wish in wishes.wishes:
        part = case.model.clauses[wish.clause].parts[wish.part]
        # Of a rule that asks for a share of the shelves nobody knows which.
        if isinstance(part, PlanPart) and part.rule == "spares_at_start" and wish.target >= 1:
            shelves = groups(case, part.model_copy(update={"level": "island"}))
            each = [price[(shelves.group == g).any(axis=0)] for g in range(len(shelves.needed))]
            worth = [shelves.worth[(shelves.group == g).any(axis=0)] for g in range(len(shelves.needed))]
            triples = zip(shelves.needed.tolist(), each, worth, strict=True)
            found = max(found, sum(need * float((p / w).min()) for need, p, w in triples if len(p)))
    return found


def _loaded(space: Space, wishes: Wishes, case: Case, stations: Sequence[Post]) -> Iterator[tuple[Bools, int]]:
    """Groups of stations and the engineers needed in each for the work that only they can reach."""
    if case.model.dispatch.contractor is not None or not stations:
        return
    work, roads = first_visits(case), passable(case)
    if not len(work.cases):
        return
    # Towns that the same stations reach; an area's cells count where all of its towns are of one kind.
    kinds = np.unique(roads.T, axis=0)
    window, stretches = _hours(space, case)
    late = max((latest(part) for _, part in on_site(wishes, case)), default=0.0)
    over = float((work.squares / work.seconds.clip(1e-9)).max())
    years = case.span.years
    for group in kinds:
        inside = np.array([(group >= roads[:, case.places.area == a].T).all() for a in range(len(case.places.areas))])
        seconds = max((_needed(case, work, inside, part, wishes) for part in _parts(wishes, case)), default=0.0)
        # A job reported in the window may begin until its limit is over.
        each = window + late + (stretches + 1) * over
        number = int(np.ceil(seconds * years / each - 1e-6)) if each > 0 else 0
        if number > 0 and group.any():
            yield group, number


def _needed(case: Case, work: Work, inside: Bools, part: tuple[str, int], wishes: Wishes) -> float:
    """Least seconds a year on site, in areas that are ``inside``, of the shares promised by a part."""
    clause, k = part
    spec = case.model.clauses[clause].parts[k]
    assert isinstance(spec, SimPart)
    cases = among(case, work, spec.population)
    if cases is None:
        return 0.0
    cases = cases * heard(wishes, case)
    targets = {c.area: c.target for c in wishes.columns if (c.clause, c.part) == part}
    by_area = sum(
        least_seconds(cases[work.area == a], work.seconds[work.area == a], target)
        for a, target in targets.items()
        if a != PROVINCE and inside[a]
    )
    everywhere = 0.0
    if PROVINCE in targets and inside.all():
        everywhere = least_seconds(cases, work.seconds, targets[PROVINCE])
    return max(by_area, everywhere)


def _hours(space: Space, case: Case) -> tuple[float, int]:
    """Seconds of the window in which an engineer may begin a job at most, and its stretches."""
    model, span = case.model, case.span
    on_call = model.staff.out_of_hours == "on-call" or any(lever.kind == "duty" for lever in space.levers)
    if on_call or any(station.out_of_hours == "on-call" for station in model.stations.values()):
        return float(span.end - span.start), 0
    calendar = case.calendars[model.staff.calendar]
    stretches = int(((calendar.ends > span.start) & (calendar.starts < span.end)).sum())
    return float(calendar.open_seconds(span.start, span.end)), stretches


def _parts(wishes: Wishes, case: Case) -> list[tuple[str, int]]:
    """The promises of those columns."""
    return list(dict.fromkeys((column.clause, column.part) for column, _ in on_site(wishes, case)))
