"""A validation as tables on a terminal: headline, trust card, verdicts, plans, measures, ladder, counties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simsvc.cli.output import print_table
from simsvc.cli.words import word
from simsvc.report import lines, robust, sections, text
from simsvc.report import verdicts as judged
from simsvc.report.headline import headline
from simsvc.report.ladder import ladders
from simsvc.report.words import Words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from simsvc.network import Network
    from simsvc.promise import Validation
    from simsvc.report.verdicts import Verdict
    from simsvc.scenario.model import Model

STYLES = {"holds": "green", "fails": "bold red", "undecided": "yellow", "depends": "yellow", "no cases": "dim"}
MOST = 8
"""Lines of detail to a plan; the report has all."""
WIDE, NARROW = 150, 110
"""Columns of a terminal from which the verdict table has the wording of the clauses, and the consequences of misses."""
SHORT = 60
"""Characters of a wording in the verdict table; the report has it whole."""


def print_validation(
    out: Console, validation: Validation, model: Model, net: Network, language: str, *, counties: bool, given: str
) -> None:
    """Everything that a validation says, in the order in which a person asks. ``given``: how the scenario was named."""
    words = Words(language)
    out.print(words.pick(validation.title), style="bold")
    out.print(words("page.made", replications=f"{validation.replications:,}", seed=validation.seed))
    head = headline(validation, model, net, words)
    out.print()
    out.print(head.counts, style=STYLES.get(head.state, ""))
    if head.remark:
        out.print(head.remark)
    if head.worst:
        out.print(f"{head.worst_label}{words('page.colon')}{head.worst_id} {head.worst_text}")
        for sentence in head.worst:
            out.print(f"  {sentence}")
    out.print(words("headline.caution"), style="dim")
    out.print()
    card = [(words("state." + c.state), c.what, c.finding) for c in sections.trust(validation, words)]
    print_table(out, words("section.trust"), (), card)
    _print_verdicts(out, validation, model, net, words)
    columns = ["", *(words("column." + c) for c in ("promise", "verdict", "details"))]
    print_table(out, words("section.plan"), columns, _plans(validation, model, words), whole=(0, 2))
    _print_ranges(out, validation, model, net, words)
    level = text.target(validation.provenance["level"])
    found = lines.measures(validation, model, net, words)
    measures = [(m.id, m.what + (f" ({m.counted})" if m.counted else ""), m.value, m.spread) for m in found]
    columns = ["", words("column.measure"), words("column.estimate", level=level)]
    columns.append(words("column.spread" if sections.yearly(validation) else "column.spread_runs"))
    shown = measures if any(spread for *_, spread in measures) else [row[:-1] for row in measures]
    print_table(out, words("section.measures"), columns[: len(shown[0]) if shown else 0], shown, whole=(0,))
    ledger = [(line.id, line.text) for line in lines.unjudged(validation, model, words)]
    print_table(out, words("section.ledger"), ["", words("column.promise")], ledger)
    _print_ladders(out, validation, model, words)
    print_table(out, word("figures", language), (), sections.figures(validation, words))
    _print_counties(out, validation, model, net, words, every=counties)
    if validation.findings:
        hint = word("findings_hint", language).format(n=len(validation.findings), name=given)
        out.print(hint)


def _beneath(reading: str, words: Words) -> str:
    """Another reading under its base reading."""
    return f"  ↳{words('page.space')}{reading}"


def _first(lines: Sequence[str]) -> str:
    more = [f"… (+{len(lines) - MOST})"] if len(lines) > MOST else []
    return "\n".join([*lines[:MOST], *more])


def _coloured(state: str, content: str) -> Text:
    from rich.text import Text

    return Text(content, STYLES.get(state, ""))


def _plans(validation: Validation, model: Model, words: Words) -> Iterator[Sequence[object]]:
    for p in lines.plans(validation, model, words):
        yield p.id, p.text, _coloured(p.verdict, f"{p.symbol} {p.word}"), _first(p.details)
        for other in p.others:
            state = _coloured(other.verdict, f"{other.symbol} {other.word}")
            yield "", _beneath(other.reading, words), state, other.value


def _print_ranges(out: Console, validation: Validation, model: Model, net: Network, words: Words) -> None:
    """What becomes of each promise over the ranges of the assumptions."""
    rows = [
        (
            r.name,
            _coloured(r.verdict, f"{r.symbol} {r.word}"),
            _coloured(r.robust, f"{r.robust_symbol} {r.robust_word}"),
            "\n".join(r.details),
            r.combinations,
        )
        for r in robust.ranged(validation, model, net, words)
    ]
    columns = [words("column." + c) for c in ("promise", "base", "over_ranges", "hangs_on", "combinations")]
    print_table(out, words("section.robust"), columns, rows, whole=(1, 2))
    if rows and validation.tried is not None:
        out.print(words("caption.robust", combinations=validation.tried.combinations), style="dim")
        out.print()


def _print_verdicts(out: Console, validation: Validation, model: Model, net: Network, words: Words) -> None:
    """One line a reading: the wording of the clause on wide terminals only, on narrow ones no consequences either."""
    level = text.target(validation.provenance["level"])
    heads = [words("column.promise"), words("column.promised"), words("column.kept", level=level)]
    heads += [words("column." + c) for c in ("verdict", "reason", "keepable", "breaches", "clean_month")]
    worded, rows = out.width >= WIDE, []
    found = judged.table(validation, model, net, words)
    ranged = robust.verdicts(validation, words)
    for v in found:
        promised = words.join((v.what, v.limit, v.target)) + _apart(v, found, words)
        wording = v.text if len(v.text) <= SHORT else v.text[: SHORT - 1] + "…"
        rows.append(_line(v, f"{v.id} {wording}" if worded else v.id, promised, ranged=ranged.get((v.id, v.part))))
        for other in v.others:
            reading = _beneath(other.reading, words)
            rows.append(_line(other, reading, other.limit) if worded else _line(other, "", reading))
    keep = len(heads) if out.width >= NARROW else len(heads) - 2
    whole = (2, 3, 6, 7) if worded else (0, 2, 3, 6, 7)
    heads[0] = heads[0] if worded else ""
    print_table(out, words("section.verdicts"), heads[:keep], [row[:keep] for row in rows], whole=whole)


def _apart(own: Verdict, found: Sequence[Verdict], words: Words) -> str:
    """How a part reads or which cases it counts, where a clause has several on one measure that differ in it."""
    alike = [v for v in found if (v.id, v.what) == (own.id, own.what)]
    told = [getattr(own, name) for name in ("reading", "population") if len({getattr(v, name) for v in alike}) > 1]
    return words("page.colon") + words.phrases(told) if told else ""


def _line(v: Verdict, *first: str, ranged: tuple[str, str] | None = None) -> Sequence[object]:
    """``ranged``: the verdict over the ranges of the assumptions, and its words."""
    state = _coloured(v.verdict, f"{v.symbol} {v.word}")
    if ranged is not None:
        state.append_text(_coloured(ranged[0], f"\n{ranged[1]}"))
    return *first, v.kept, state, v.reason, v.keepable, v.breaches, v.clean_month


def _print_ladders(out: Console, validation: Validation, model: Model, words: Words) -> None:
    for ladder in ladders(validation, model, words):
        title = f"{words('section.ladder')} · {ladder.clause}"
        columns = [words("column.limit"), *(f"{name} ({cases})" for name, cases in ladder.zones)]
        rows = [
            (("→ " if promised else "") + limit, *(f"{r.share} · {r.breaches}" for r in rungs))
            for limit, promised, rungs in ladder.rows
        ]
        rows.append((words("column.keepable"), *ladder.keepable))
        print_table(out, title, columns, rows)


def _print_counties(
    out: Console, validation: Validation, model: Model, net: Network, words: Words, *, every: bool
) -> None:
    first = judged.headline_clause(validation, model)
    shown = [r for r in judged.judged_rows(validation) if r.reading == "base"] if every else [first] if first else []
    for row in shown:
        rows = [
            (
                c.area + (" *" if c.apart else ""),
                c.cases,
                c.kept,
                _coloured(c.verdict, f"{c.symbol} {c.word}"),
                c.breaches,
            )
            for c in sections.counties(judged.county_rows(validation, row), net, words)
        ]
        level = text.target(validation.provenance["level"])
        columns = [words("column.area"), words("column.cases"), words("column.kept", level=level)]
        columns += [words("column.verdict"), words("column.breaches")]
        print_table(out, f"{words('section.counties')} · {row.id}", columns, rows)
        if any(str(name).endswith(" *") for name, *_ in rows):
            out.print(f"* {words('area.apart')}")
