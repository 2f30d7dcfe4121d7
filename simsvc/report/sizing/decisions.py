"""The plan against today, line by line and by kind; the bound; rivals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simsvc.promise.sizing import Kind, Line, Rival
from simsvc.report import text
from simsvc.report.sizing.answer import NO_GAP
from simsvc.report.sizing.subject import Subject, money, more, points
from simsvc.report.sizing.tables import Cell, Mark, Section, Table

COUNTED: tuple[Kind, ...] = ("engineers", "agents", "technicians", "vans", "loaners")
"""Decisions whose levels are numbers of people or things, so that they can be added up."""
_OF_STATIONS: tuple[Kind, ...] = ("engineers", "duty")
_RIVALS: dict[str, tuple[str, str]] = {
    "plan": ("holds", "✓"), "dearer": ("none", "–"), "fails": ("fails", "✗"), "same": ("undecided", "="),
}  # fmt: skip


def decisions(subject: Subject) -> Section:
    """What the plan changes, station by station and beside; what it leaves as it is only for those who ask."""
    words, lines = subject.words, subject.plan.lines
    heads = tuple(words(f"sizing.{head}") for head in ("what", "today", "plan", "cost_today", "cost_plan", "change"))
    if subject.plan.scenario is None:
        return Section("decisions")
    stations = tuple(_stations(subject))
    changed = tuple(_line(subject, line) for line in lines if line.changed and line.kind not in _OF_STATIONS)
    same = tuple(_line(subject, line)[:-1] for line in lines if not line.changed)
    return Section(
        "decisions",
        words("sizing.decisions_means"),
        tuple(_notes(subject, bool(stations or changed))),
        (
            Table(heads, tuple(_kinds(subject)), words("sizing.by_kind"), right=(1, 2, 3, 4, 5)),
            Table(
                _station_heads(subject),
                stations,
                words("sizing.staffing"),
                right=(1, 2, 5, 6, 7),
                whole=(3, 4),
            ),
            Table(heads, changed, words("sizing.changed"), right=(3, 4, 5)),
            Table(heads[:-1], same, words("sizing.unchanged"), right=(3, 4), whole=(1, 2), asked="all"),
        ),
    )


def _notes(subject: Subject, changes: bool) -> Iterator[str]:
    if not changes:
        yield subject.words("sizing.no_change")
    if any(line.kind == "reach" and line.planned == "nearest" for line in subject.plan.lines):
        yield subject.words("sizing.nearest_sent")


def _station_heads(subject: Subject) -> tuple[str, ...]:
    keys = ("engineers_today", "engineers_plan", "duty_today", "duty_plan", "cost_today", "cost_plan", "change")
    return subject.words("sizing.station"), *(subject.words(f"sizing.{key}") for key in keys)


def _stations(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Stations whose engineers or duty change: both, and what they cost together."""
    lines = [line for line in subject.plan.lines if line.kind in _OF_STATIONS]
    for place in dict.fromkeys(line.place for line in lines):
        mine = [line for line in lines if line.place == place]
        if not any(line.changed for line in mine):
            continue
        people, duty = (next((line for line in mine if line.kind == kind), None) for kind in _OF_STATIONS)
        levels = *_levels(subject, people), *_levels(subject, duty, people)
        before, after = sum(x.cost_today for x in mine), sum(x.cost for x in mine)
        yield subject.station(place), *levels, money(before), money(after), more(after - before)


def _levels(subject: Subject, line: Line | None, people: Line | None = None) -> tuple[str, str]:
    """Today's level and the plan's; nobody's being on call says nothing where ``people`` are none."""
    if line is None:
        return "", ""
    today = "" if people is not None and people.today == 0 else subject.level(line, line.today)
    return today, "" if people is not None and people.planned == 0 else subject.level(line, line.planned)


def _line(subject: Subject, line: Line) -> tuple[str, ...]:
    levels = subject.level(line, line.today), subject.level(line, line.planned)
    return (
        subject.decision(line), *levels, money(line.cost_today), money(line.cost), more(line.cost - line.cost_today),
    )  # fmt: skip


def _kinds(subject: Subject) -> Iterator[tuple[str, ...]]:
    """What is paid for, by kind."""
    plan, words = subject.plan, subject.words
    for kind in dict.fromkeys(line.kind for line in plan.lines if line.cost_today or line.cost):
        mine = [line for line in plan.lines if line.kind == kind]
        counts = (_sum([x.today for x in mine], kind), _sum([x.planned for x in mine], kind))
        costs = sum(x.cost_today for x in mine), sum(x.cost for x in mine)
        yield words(f"sizing.kind_{kind}"), *counts, money(costs[0]), money(costs[1]), more(costs[1] - costs[0])
    if plan.cost is not None:
        total = money(plan.cost_today), money(plan.cost), more(plan.cost - plan.cost_today)
        yield words("fact.total"), "", "", *total


def _sum(levels: Sequence[int | str], kind: Kind) -> str:
    numbers = [level for level in levels if isinstance(level, int)]
    return f"{sum(numbers):,}" if kind in COUNTED and len(numbers) == len(levels) else text.MISSING


def bound(subject: Subject) -> Section:
    """What no plan can be cheaper than, and what that follows from."""
    plan, words = subject.plan, subject.words
    if plan.bound is None:
        return Section("bound")
    rows = tuple((subject.pick((en, zh)), money(cost)) for en, zh, cost in plan.bound.because)
    notes = [words("sizing.bound_said", bound=money(plan.bound.cost))]
    if plan.gap is not None:
        said = {"cost": money(plan.cost), "gap": text.share(plan.gap)}
        notes.append(words("sizing.gap_means", **said) if plan.gap >= NO_GAP else words("sizing.gap_none"))
    table = Table((words("sizing.because"), words("sizing.cost")), rows, right=(1,))
    return Section("bound", words("sizing.bound_means"), tuple(notes), (table,))


def rivals(subject: Subject) -> Section:
    """Plans of the last round beside the one that was taken."""
    words = subject.words
    heads = tuple(words(f"sizing.{head}") for head in ("other", "cost", "spare", "became"))
    rows = tuple(_rival(subject, rival) for rival in subject.plan.rivals)
    table = Table(heads, rows, right=(1,), whole=(2, 3))
    return Section("rivals", words("sizing.rivals_means"), tables=(table,))


def _rival(subject: Subject, rival: Rival) -> tuple[Cell, ...]:
    words = subject.words
    state, symbol = _RIVALS[rival.state]
    return (
        subject.steps(rival.lines) or words("sizing.the_plan"),
        money(rival.cost),
        f"{points(rival.worst)} ({points(rival.low)} … {points(rival.high)})",
        Mark(state, symbol, words(f"sizing.rival_{rival.state}")),
    )
