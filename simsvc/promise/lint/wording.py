"""Rules about wording: two limits for one thing, a figure or a frequency that is not stated."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.promise.lint.finding import Finding, Subject, duration, ids, listed
from simsvc.scenario.base import Text
from simsvc.scenario.promises import SimPart

JUDGED_BY_TIME = ("response", "answered", "taken_up", "time_to_site", "delivered", "installed")


def limits_differ(subject: Subject) -> Iterator[Finding]:
    """Different limits for one measure and the same cases; limits that the scenario's writer chose don't count."""
    clauses = subject.model.clauses
    same: dict[str, dict[Text, list[str]]] = {}
    for clause, part in subject.sim_parts():
        if part.measure in JUDGED_BY_TIME and clauses[clause].states.figure_named:
            cases = f"{part.measure} {part.planned} {part.population.model_dump_json()}"
            same.setdefault(cases, {}).setdefault(_limit(part), []).append(clause)
    for limits in same.values():
        if len(limits) > 1:
            said = [(listed(names), limit) for limit, names in limits.items()]
            yield Finding(
                "limits_differ",
                ids(name for names in limits.values() for name in names),
                Text(
                    en="Different limits for the same cases: "
                    + "; ".join(f"{t['en']} ({n['en']})" for n, t in said)
                    + ".",
                    zh="同一事项时限不一：" + "；".join(f"{t['zh']}（{n['zh']}）" for n, t in said) + "。",
                ),
                Text(
                    en="Keep one limit; a buyer will hold the shortest against you.",
                    zh="只保留一个时限；买方会按最短的一个主张。",
                ),
                "conflict",
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


def frequency_unnamed(subject: Subject) -> Iterator[Finding]:
    """Regular visits without a frequency."""
    clauses = subject.model.clauses
    silent = ids(
        clause
        for clause, part in subject.sim_parts()
        if part.measure == "planned_done" and not clauses[clause].states.frequency_named
    )
    if silent:
        yield Finding(
            "frequency_unnamed",
            silent,
            Text(
                en=f"Regular visits are promised, but not how often ({listed(silent)['en']}).",
                zh=f"{listed(silent)['zh']}承诺定期上门而未写明频次。",
            ),
            Text(en='Write the frequency, as "once in every half-year".', zh="写明频次，例如“每半年一次”。"),
            "warning",
        )


def _limit(part: SimPart) -> Text:
    """A limit in words."""
    if part.limit is not None:
        limit = duration(part.limit)
        return Text(en=f"less than {limit['en']}", zh=f"小于{limit['zh']}") if part.strict else limit
    if part.days is None:
        return Text(en="no limit", zh="无时限")
    kind_en, kind_zh = ("working", "个工作日") if part.day_kind == "working" else ("calendar", "个自然日")
    return Text(en=f"{part.days} {kind_en} days", zh=f"{part.days}{kind_zh}")
