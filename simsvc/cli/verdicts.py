"""A validation as tables on a terminal: headline, trust card, verdicts, plans, measures, ladder, counties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simsvc.cli.output import print_table
from simsvc.cli.words import word
from simsvc.report import sections, text
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

STYLES = {"holds": "green", "fails": "bold red", "undecided": "yellow", "no cases": "dim"}
MOST = 8
"""Lines of detail to a plan; the report has all."""
SHORT = 60
"""Characters of a wording in the verdict table; the report has it whole."""


def print_validation(
    out: Console, validation: Validation, model: Model, net: Network, language: str, *, counties: bool
) -> None:
    """Everything that a validation says, in the order in which a person asks."""
    words = Words(language)
    out.print(words.pick(validation.title), style="bold")
    out.print(words("page.made", replications=f"{validation.replications:,}", seed=validation.seed))
    head = headline(validation, model, net, words)
    out.print()
    out.print(head.counts, style=STYLES.get(head.state, ""))
    if head.worst:
        out.print(f"{head.worst_label}: {head.worst_id} {head.worst_text}")
        for sentence in head.worst:
            out.print(f"  {sentence}")
    out.print(words("headline.caution"), style="dim")
    out.print()
    card = [(words("state." + c.state), c.what, c.finding) for c in sections.trust(validation, words)]
    print_table(out, words("section.trust"), (), card)
    level = text.target(validation.provenance["level"])
    columns = [words("column.promise"), words("column.promised"), words("column.kept", level=level)]
    columns += [words("column." + c) for c in ("verdict", "reason", "keepable", "breaches", "clean_month")]
    print_table(out, words("section.verdicts"), columns, _verdicts(validation, model, net, words))
    plans = sections.plans(validation, model, words)
    rows = [(p.id, p.text, _coloured(p.verdict, f"{p.symbol} {p.word}"), _first(p.details)) for p in plans]
    print_table(
        out, words("section.plan"), ["", *(words("column." + c) for c in ("promise", "verdict", "details"))], rows
    )
    measures = [(m.id, m.what, m.value) for m in sections.measures(validation, model, words)]
    columns = ["", words("column.measure"), words("column.estimate", level=level)]
    print_table(out, words("section.measures"), columns, measures)
    ledger = [(line.id, line.text) for line in sections.unjudged(validation, model, words)]
    print_table(out, words("section.ledger"), ["", words("column.promise")], ledger)
    _print_ladders(out, validation, model, words)
    print_table(out, word("figures", language), (), sections.figures(validation, words))
    _print_counties(out, validation, model, net, words, every=counties)
    if validation.findings:
        hint = word("findings_hint", language).format(n=len(validation.findings), name=validation.scenario)
        out.print(hint)


def _first(lines: Sequence[str]) -> str:
    more = [f"… (+{len(lines) - MOST})"] if len(lines) > MOST else []
    return "\n".join([*lines[:MOST], *more])


def _coloured(state: str, content: str) -> Text:
    from rich.text import Text

    return Text(content, STYLES.get(state, ""))


def _verdicts(validation: Validation, model: Model, net: Network, words: Words) -> Iterator[Sequence[object]]:
    for v in judged.table(validation, model, net, words):
        wording = v.text if len(v.text) <= SHORT else v.text[: SHORT - 1] + "…"
        yield _line(v, f"{v.id} {wording}")
        for other in v.others:
            yield _line(other, f"  ↳ {other.reading}")


def _line(v: Verdict, first: str) -> Sequence[object]:
    promised = f"{v.what}, {v.limit}, {v.target}" if v.reading and not first.startswith("  ") else v.limit
    state = _coloured(v.verdict, f"{v.symbol} {v.word}")
    return first, promised, v.kept, state, v.reason, v.keepable, v.breaches, v.clean_month


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
