"""The answer in sentences, and what no plan can keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from simsvc.promise.result import PROVINCE, Row
from simsvc.promise.sizing import Obstacle, Plan
from simsvc.report import text, wording
from simsvc.report.sizing.subject import Subject, money, more, points
from simsvc.report.sizing.tables import Section, Table
from simsvc.scenario.model import Model
from simsvc.scenario.promises import SimPart

NO_GAP = 0.0005
"""A gap below half a thousandth is none: costs are figures to three digits at best."""
_NAMED = 4
"""So many places where a promise can't be kept are named in a row."""
_STATES = {"kept": "holds", "impossible": "fails", "not found": "undecided"}


@dataclass(frozen=True)
class Answer:
    """The head of the page: ``state`` colours it as a verdict does."""

    state: str
    lead: str
    sentences: tuple[str, ...]


def answer(subject: Subject) -> Answer:
    """Whether there is a plan, what it takes, what it costs, how much cheaper another could be at best."""
    plan, words = subject.plan, subject.words
    lead = "eased" if plan.status == "kept" and eased(plan) else plan.status.replace(" ", "_")
    state = "undecided" if lead == "eased" else _STATES[plan.status]
    return Answer(state, words(f"sizing.lead_{lead}"), tuple(_sentences(subject)))


def eased(plan: Plan) -> bool:
    """Whether something of what was asked for can't be kept, so that the plan is for something else."""
    return bool(plan.obstacles) or any(wish.eased for wish in plan.wishes)


def _sentences(subject: Subject) -> Iterator[str]:
    plan, words = subject.plan, subject.words
    if plan.cost is not None and plan.scenario is not None:
        change = plan.cost - plan.cost_today
        said = {"cost": money(plan.cost), "today": money(plan.cost_today), "change": more(change)}
        yield words("sizing.costs", **said)
        yield words("sizing.people", **_people(plan.today.model, "today_"), **_people(plan.scenario.model, ""))
    if plan.gap is not None and plan.bound is not None:
        said = {"bound": money(plan.bound.cost), "gap": text.share(plan.gap)}
        yield words("sizing.gap_said", **said) if plan.gap >= NO_GAP else words("sizing.gap_none")
    least = weakest(subject)
    if least is not None and plan.scenario is not None:
        yield words(
            "sizing.weakest",
            promise=subject.planned.get((least.id, least.part), least.id),
            area=subject.area(least.area),
            share=text.interval(least.estimate, least.low, least.high),
            target=text.target(least.target),
        )
    yield from _eased(subject)
    yield from _instead(subject)
    if plan.status == "not found" and plan.moves:
        last = plan.moves[-1]
        yield words("sizing.last_step", what=subject.pick(last.what), why=subject.pick(last.why))


def _eased(subject: Subject) -> Iterator[str]:
    """What was planned for instead of what was asked for, promises of the same wording in one sentence."""
    found: dict[tuple[str, str], list[str]] = {}
    for key, wish in subject.eased.items() if subject.plan.scenario is not None else ():
        planned = subject.promised(key, wish.limit, wish.target)
        asked = subject.promised(key, wish.asked_limit, wish.asked_target)
        found.setdefault((planned, asked), []).append(subject.names[key])
    for (planned, asked), names in found.items():
        promises = subject.words.join(names)
        yield subject.words("sizing.eased_said", promises=promises, planned=planned, asked=asked)


def _instead(subject: Subject) -> Iterator[str]:
    """For each promise that can't be kept and was not eased: that it was left out, or the limit that could be kept, and
    where nothing can be promised."""
    words, plan = subject.words, subject.plan
    planned = {(wish.clause, wish.part) for wish in plan.wishes}
    never: dict[tuple[str, str], list[str]] = {}
    for place, mine in _by_promise(plan.obstacles).items():
        name = subject.name(*place)
        if plan.status != "impossible" and place not in planned:
            yield words("sizing.left_out", promise=name)
        if (mine[0].clause, subject.label(*place)) in subject.eased and plan.status != "impossible":
            continue
        if mine[0].area == PROVINCE and (mine[0].target >= 1 or mine[0].low == mine[0].high):
            # A rule decided from the plan, or a share that no number of cases can show.
            yield words("sizing.rule_said", promise=name, why=subject.pick(mine[0].why))
            continue
        possible = [o for o in mine if o.nearest is not None or o.nearest_days is not None]
        if possible and plan.status == "impossible":
            limit = words.join((_nearest(subject, possible), text.target(possible[0].target)))
            yield words("sizing.nearest_said", promise=name, limit=limit)
        nowhere = [o for o in mine if o not in possible]
        for why in dict.fromkeys(subject.pick(o.why) for o in nowhere):
            areas = words.join(_place(subject, o) for o in nowhere if subject.pick(o.why) == why)
            never.setdefault((areas, why), []).append(name)
    for (areas, why), names in never.items():
        yield words("sizing.nowhere_said", promise=words.join(names), areas=areas, why=why)


def _by_promise(found: Iterable[Obstacle]) -> dict[tuple[str, int], list[Obstacle]]:
    """Obstacles by promise: the province first, then the areas, the worst first."""
    made: dict[tuple[str, int], list[Obstacle]] = {}
    for o in found:
        made.setdefault((o.clause, o.part), []).append(o)
    return {place: sorted(mine, key=lambda o: (o.area != PROVINCE, o.best)) for place, mine in made.items()}


def _place(subject: Subject, o: Obstacle) -> str:
    return subject.words("area.province") if o.area == PROVINCE else subject.pick(o.name) or subject.area(o.area)


def _people(model: Model, before: str) -> dict[str, object]:
    staffed = [station.engineers for station in model.stations.values()]
    return {f"{before}stations": sum(n > 0 for n in staffed), f"{before}engineers": sum(staffed)}


def weakest(subject: Subject) -> Row | None:
    """The row with the least to spare of the promises that the plan is to keep, province and areas."""
    kept = {subject.key(wish) for wish in subject.plan.wishes if wish.kind == "sim"}
    judged = (row for row in subject.plan.rows if row.reading == "base" and (row.id, row.part) in kept)
    rows = [row for row in judged if row.estimate is not None and not row.apart]
    return min(rows, key=lambda row: (row.estimate or 0.0) - (row.target or 0.0), default=None)


def obstacles(subject: Subject) -> Section:
    """What no plan keeps: a row a promise with the worst places; all the places, the worst first, for those who ask."""
    words, promises = subject.words, _by_promise(subject.plan.obstacles)
    heads = tuple(words(f"sizing.{head}") for head in ("promise", "promised", "where", "nearest", "why"))
    rows = tuple(_promise(subject, mine) for mine in promises.values())
    each = tuple(_obstacle(subject, o) for mine in promises.values() if len(mine) > 1 for o in mine)
    all_heads = tuple(words(f"sizing.{head}") for head in ("promise", "area", "best", "nearest", "why"))
    title = words("sizing.obstacles_each")
    return Section(
        "obstacles",
        notes=(words("sizing.obstacles_means"),) if rows else (),
        tables=(Table(heads, rows), Table(all_heads, each, title, whole=(0, 2), asked="places")),
    )


def _promise(subject: Subject, mine: Sequence[Obstacle]) -> tuple[str, ...]:
    """A promise that can't be kept; why: in the province as a whole, else in the worst place."""
    words = subject.words
    places = [f"{_place(subject, o)} {subject.kept(subject.key(o), o.best)}" for o in mine[:_NAMED]]
    where = words.join(places)
    if len(mine) > _NAMED:
        where = words("sizing.and_more", places=where, n=len(mine) - _NAMED)
    first = mine[0]
    return (
        subject.name(first.clause, first.part),
        subject.promised(subject.key(first), first.limit, first.target),
        where,
        _everywhere(subject, mine),
        subject.pick(first.why),
    )


def _everywhere(subject: Subject, mine: Sequence[Obstacle]) -> str:
    """The limit that could be kept in all places where any could; where none could."""
    never = [o for o in mine if o.nearest is None and o.nearest_days is None]
    limit = _nearest(subject, mine)
    if not never or len(never) == len(mine):
        return limit
    return subject.words("sizing.none_in", limit=limit, areas=subject.words.join(_place(subject, o) for o in never))


def _obstacle(subject: Subject, o: Obstacle) -> tuple[str, ...]:
    return (
        subject.name(o.clause, o.part), _place(subject, o), _best(subject, o), _nearest(subject, [o]),
        subject.pick(o.why),
    )  # fmt: skip


def _best(subject: Subject, o: Obstacle) -> str:
    return subject.kept(subject.key(o), o.best, *(() if o.low == o.high else (o.low, o.high)))


def _nearest(subject: Subject, mine: Sequence[Obstacle]) -> str:
    """The shortest limit that could be kept in all of these places where any could."""
    words = subject.words
    part = wording.part_of(subject.model, *subject.key(mine[0]))
    limits = [o.nearest for o in mine if o.nearest is not None]
    spans = [o.nearest_days for o in mine if o.nearest_days is not None]
    if limits:
        return words("read.within", limit=text.duration(max(limits), words))
    if spans:
        kind = part.day_kind if isinstance(part, SimPart) else "calendar"
        return wording.days(max(spans), kind, words)
    # Of 100 % the reason says what could be promised, of a rule how much of it.
    return words("sizing.no_nearest") if isinstance(part, SimPart) and mine[0].target < 1 else ""


def wanted(subject: Subject) -> Section:
    """What was asked for beside what was planned for, where they differ."""
    words = subject.words
    rows = []
    for key, wish in subject.eased.items() if subject.plan.scenario is not None else ():
        asked = subject.promised(key, wish.asked_limit, wish.asked_target)
        planned = subject.promised(key, wish.limit, wish.target)
        less = wish.target - wish.asked_target if wish.kind == "sim" else 0.0
        spare = points(less) if less else text.MISSING
        rows.append((subject.name(wish.clause, wish.part), asked, planned, spare))
    heads = ("promise", "asked", "planned_for", "points_less")
    table = Table(tuple(words(f"sizing.{head}") for head in heads), tuple(rows), right=(3,))
    return Section("eased", words("sizing.eased_means"), tables=(table,))
