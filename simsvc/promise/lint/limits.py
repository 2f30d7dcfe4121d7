"""Rules about limits: two for one thing, one number in two units, a figure that is not stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from simsvc.promise.lint.finding import UNITS, Finding, Subject, duration, expressions, ids, joined, listed
from simsvc.promise.lint.scope import Scope, scope
from simsvc.scenario.base import Text
from simsvc.scenario.clauses import MAYBE_TIMED, TIMED
from simsvc.scenario.promises import SimPart
from simsvc.scenario.quantity import SECONDS

JUDGED_BY_TIME = (*TIMED, *MAYBE_TIMED)
BY_CHANCE = 2
"""Numbers up to this one stand beside different units in many a proper promise (2 hours, 2 days)."""


@dataclass(frozen=True, eq=False)
class _Limit:
    """A limit that the document states for some cases; ``parts`` of one measure are comparable if ``same`` is equal."""

    clause: str
    same: tuple[str, bool]
    cases: Scope
    seconds: float
    text: Text


def limits_differ(subject: Subject) -> Iterator[Finding]:
    """Different limits of one measure for cases that are the same, or partly the same.

    A shorter limit for some of the cases of a longer one is a refinement, no contradiction. Limits that the scenario's
    writer chose don't count.
    """
    stated = list(_stated(subject))
    differ: dict[tuple[str, bool], list[_Limit]] = {}
    for a, b in combinations(stated, 2):
        if a.same == b.same and a.text != b.text and _clash(a, b):
            differ.setdefault(a.same, []).extend((a, b))
    for pairs in differ.values():
        by_text: dict[Text, list[str]] = {}
        for limit in sorted(set(pairs), key=stated.index):
            by_text.setdefault(limit.text, []).append(limit.clause)
        said = [(text, listed(clauses)) for text, clauses in by_text.items()]
        shortest = min(pairs, key=lambda limit: limit.seconds).text
        yield Finding(
            "limits_differ",
            ids(limit.clause for limit in sorted(set(pairs), key=stated.index)),
            Text(
                en="Different limits for the same cases: " + "; ".join(f"{t['en']} ({n['en']})" for t, n in said) + ".",
                zh="同一事项时限不一：" + "；".join(f"{t['zh']}（{n['zh']}）" for t, n in said) + "。",
            ),
            Text(
                en=f"Keep one limit and strike the others; a buyer will hold the shortest ({shortest['en']}) against "
                "you. Where cases differ, say for which each limit is meant.",
                zh=f"只保留一个时限，删去其余；买方会按最短的（{shortest['zh']}）主张。若适用情形不同，逐一写明。",
            ),
            "conflict",
        )


def units_slip(subject: Subject) -> Iterator[Finding]:
    """One number in two units within one clause: likely a slip of the pen."""
    for clause, spec in subject.model.clauses.items():
        lengths = [length for same, length, _ in _lengths(subject, clause)]
        for a, b in combinations(dict.fromkeys(lengths), 2):
            twice = [
                (number, one, other)
                for one, number in expressions(a).items()
                for other, again in expressions(b).items()
                if number == again > BY_CHANCE and one != other
            ]
            if twice:
                number, *units = twice[0]
                zh = {unit: word for unit, word, _ in UNITS}
                terms = joined(Text(en=f"{number} {unit}", zh=f"{number}{zh[unit]}") for unit in units)
                yield Finding(
                    "units_slip",
                    (clause,),
                    Text(
                        en=f"The same number stands in two units in one clause ({terms['en']}): perhaps a slip of the "
                        f'pen in "{spec.text["en"]}"',
                        zh=f"同一条款中同一数字用了两种单位（{terms['zh']}），疑为笔误：“{spec.text['zh']}”",
                    ),
                    Text(
                        en="Check both figures and units; where they are meant so, write them into two sentences.",
                        zh="核对两处数字与单位；如确为本意，分两句写明。",
                    ),
                    "warning",
                )


def figure_unnamed(subject: Subject) -> Iterator[Finding]:
    """Promises of time without a figure."""
    clauses = subject.model.clauses
    silent = ids(
        clause
        for clause, part in subject.sim_parts()
        if part.measure in JUDGED_BY_TIME and not clauses[clause].states.figure_named
    )
    if silent:
        yield Finding(
            "figure_unnamed",
            silent,
            Text(
                en=f"No figure is stated ({listed(silent)['en']}): it can be held to any, and scores nothing.",
                zh=f"{listed(silent)['zh']}未写数值：既可被任意解释，也不得分。",
            ),
            Text(en="Write a figure that holds, as the report shows.", zh="按报告写入能够做到的数值。"),
            "note",
        )


def _lengths(subject: Subject, clause: str) -> Iterator[tuple[SimPart, float, Text]]:
    """Part, length (s) and words of every limit that a clause states, in its parts and elsewhere."""
    facts = subject.model.clauses[clause].states
    for name, part in subject.sim_parts():
        if name == clause and part.measure in JUDGED_BY_TIME:
            length = part.limit if part.limit is not None else (part.days or 0) * SECONDS["d"]
            if facts.figure_named and (part.limit is not None or part.days is not None):
                yield part, length, _words(part)
            for other in facts.also_limits.get(part.measure, ()):
                yield part, other, duration(other)


def _stated(subject: Subject) -> Iterator[_Limit]:
    for clause in subject.model.clauses:
        for part, seconds, text in _lengths(subject, clause):
            yield _Limit(clause, (part.measure, part.stand_in), scope(subject, part), seconds, text)


def _clash(a: _Limit, b: _Limit) -> bool:
    """Whether some case has two limits and neither merely refines the other."""
    shorter, longer = (a, b) if a.seconds <= b.seconds else (b, a)
    if a.cases == b.cases:
        return True
    return a.cases.meets(b.cases) and not shorter.cases.within(longer.cases)


def _words(part: SimPart) -> Text:
    """The limit of a part in words."""
    if part.limit is not None:
        limit = duration(part.limit)
        return Text(en=f"less than {limit['en']}", zh=f"小于{limit['zh']}") if part.strict else limit
    kind_en, kind_zh = ("working", "个工作日") if part.day_kind == "working" else ("calendar", "个自然日")
    return Text(en=f"{part.days} {kind_en} days", zh=f"{part.days}{kind_zh}")
