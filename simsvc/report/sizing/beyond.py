"""What a planner asks next: cost against service, the next engineer, the price of each promise, ladders, sturdiness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simsvc.promise.sizing import Next, Relaxed, Rung
from simsvc.report import text
from simsvc.report.robust import shown
from simsvc.report.sizing.moves import least
from simsvc.report.sizing.subject import Subject, money, more, points
from simsvc.report.sizing.tables import Cell, Mark, Section, Table

STATUSES = {"kept": ("holds", "✓"), "impossible": ("fails", "✗"), "not found": ("undecided", "?")}


def _heads(subject: Subject, *keys: str) -> tuple[str, ...]:
    return tuple(subject.words(f"sizing.{key}") for key in keys)


def pareto(subject: Subject) -> Section:
    """Plans that nothing beats in both cost and share of the worst area, the cheapest first, and today's."""
    marks = {mark: subject.words(f"sizing.fig_{mark}") for mark in ("plan", "today")}
    rows = tuple(
        (
            marks.get(p.mark, ""),
            money(p.cost),
            text.interval(p.share, p.low, p.high),
            subject.area(p.area),
            f"{p.stations}",
            f"{p.engineers}",
        )
        for p in sorted(subject.plan.pareto, key=lambda p: p.cost)
    )
    heads = _heads(subject, "plan", "cost", "worst_share", "area", "stations", "engineers")
    table = Table(heads, rows, right=(1, 4, 5), whole=(2,))
    others = [p for p in subject.plan.pareto if not p.mark]
    notes = _shown_by(subject) if rows else []
    notes += [subject.words("sizing.pareto_one")] if rows and not others else []
    return Section("pareto", subject.words("sizing.pareto_means"), tuple(notes), (table,))


def next_engineer(subject: Subject) -> Section:
    """One engineer more at each station, the best value first."""
    rows = tuple(
        (
            _new_or_not(subject, n),
            text.share(n.share),
            f"{points(n.gain)} ({points(n.low)} … {points(n.high)})",
            f"{_count(n.breaches)} ({_count(n.breaches_low)} … {_count(n.breaches_high)})",
            money(n.cost),
            money(n.cost / n.breaches) if n.breaches_low > 0 else "",
        )
        for n in sorted(subject.plan.next_engineer, key=lambda n: (-n.breaches, n.station))
    )
    heads = _heads(subject, "station", "share_now", "gain", "fewer", "cost", "per_breach")
    table = Table(heads, rows, right=(1, 2, 3, 4, 5))
    notes = _shown_by(subject) if rows else []
    return Section("next", subject.words("sizing.next_means"), tuple(notes), (table,))


def _count(value: float) -> str:
    return text.count(value) if value >= 0 else f"−{text.count(-value)}"


def _new_or_not(subject: Subject, after: Next) -> str:
    """The station of one more engineer; whether that would be a new one."""
    here = subject.model.stations.get(after.station)
    name = subject.pick(after.name)
    return name if here is not None and here.engineers else subject.words("sizing.new_station", station=name)


def _shown_by(subject: Subject) -> list[str]:
    """The promise by which plans are shown, as planned for: on time to site, else the first judged by simulation."""
    judged = [wish for wish in subject.plan.wishes if wish.kind == "sim"]
    wish = next((w for w in judged if w.measure == "time_to_site"), judged[0] if judged else None)
    if wish is None:
        return []
    promise = subject.words.join((subject.planned[subject.key(wish)], subject.as_planned(wish)))
    return [subject.words("sizing.shown_by", promise=promise)]


def relaxed(subject: Subject) -> Section:
    """What each promise costs: what relaxing it by a step saves, the largest saving first; those that save nothing."""
    rows = tuple(
        (_together(subject, r), subject.pick(r.to), money(r.saving), subject.steps(r.lines))
        for r in sorted(subject.plan.relaxed, key=lambda r: -r.saving)
        if r.saving
    )
    free = [_together(subject, r) for r in subject.plan.relaxed if not r.saving and not r.also]
    notes = (subject.words("sizing.relaxed_free", listed=subject.words.join(free)),) if free else ()
    table = Table(_heads(subject, "promise", "relaxed_to", "saving", "then"), rows, right=(2,))
    return Section("relaxed", subject.words("sizing.relaxed_means"), notes, (table,))


def _together(subject: Subject, r: Relaxed) -> str:
    """The promises relaxed, as planned for."""
    keys = [(clause, subject.label(clause, part)) for clause, part in ((r.clause, r.part), *r.also)]
    return subject.words.join(subject.planned.get(key, key[0]) for key in keys)


def ladder(subject: Subject) -> Section:
    """Cost by target and by demand, and how often the plan of a stricter rung was taken."""
    words, rungs = subject.words, subject.plan.ladder
    tables = []
    for axis in ("target", "demand"):
        rows = tuple(_rung(subject, rung) for rung in rungs if rung.axis == axis)
        heads = _heads(subject, f"axis_{axis}", "cost", "stations", "engineers", "outcome", "repaired")
        tables.append(Table(heads, rows, words(f"sizing.ladder_{axis}"), right=(1, 2, 3), whole=(0, 4)))
    notes = (words("sizing.repairs", n=sum(r.repaired for r in rungs), of=len(rungs)),) if rungs else ()
    return Section("ladder", words("sizing.ladder_means"), notes, tuple(tables))


def _rung(subject: Subject, rung: Rung) -> tuple[Cell, ...]:
    state, symbol = STATUSES[rung.status]
    return (
        text.target(rung.value) if rung.axis == "target" else f"× {rung.value:g}",
        money(rung.cost),
        text.MISSING if rung.stations is None else f"{rung.stations}",
        text.MISSING if rung.engineers is None else f"{rung.engineers}",
        Mark(state, symbol, subject.words(f"sizing.status_{rung.status.replace(' ', '_')}")),
        subject.words("sizing.yes") if rung.repaired else "",
    )


def sturdy(subject: Subject) -> Section:
    """The plan that holds over the ranges of the assumptions that matter most, and what it costs more."""
    found, words = subject.plan.sturdy, subject.words
    if found is None:
        return Section("sturdy")
    notes = [words(f"sizing.sturdy_{found.status.replace(' ', '_')}")]
    if found.cost is not None:
        total = money((subject.plan.cost or 0.0) + found.cost)
        notes.append(words("sizing.sturdy_cost", more=money(found.cost), cost=total))
    if found.worst is not None:
        notes.append(words("sizing.sturdy_worst", worst=least(found.worst, subject.network, words)))
    if why := subject.pick(found.why):
        notes.append(
            words("sizing.sturdy_sure" if found.status == "kept" else "sizing.why") + words("page.colon") + why
        )
    tried = tuple(_assumed(subject, a) for a in found.assumptions)
    planned = {line.key: line.planned for line in subject.plan.lines}
    changed = [
        (
            subject.decision(x),
            subject.level(x, planned.get(x.key, x.today)),
            subject.level(x, x.planned),
            more(x.cost - x.cost_today),
        )
        for x in found.lines
    ]
    rest = (found.cost or 0.0) - sum(x.cost - x.cost_today for x in found.lines)
    changed += [(words("sizing.sturdy_rest"), "", "", more(rest))] * bool(changed and found.cost and round(rest))
    tables = (
        Table(_heads(subject, "assumption", "base", "low", "high"), tried, words("sizing.sturdy_tried")),
        Table(
            _heads(subject, "what", "plan", "sturdy_plan", "change"),
            tuple(changed),
            words("sizing.sturdy_lines"),
            right=(3,),
        ),
    )
    return Section("sturdy", words("sizing.sturdy_means"), tuple(notes), tables)


def _assumed(subject: Subject, tried: Mapping[str, Any]) -> tuple[str, ...]:
    """An assumption, its base and the values that were tried, as the ledger prints them."""
    return subject.pick(tried["name"]), *(shown(tried[value], subject.words) for value in ("base", "low", "high"))
