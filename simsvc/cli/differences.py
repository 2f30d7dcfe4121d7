"""A comparison as tables on a terminal: the answer in sentences, inputs, promises, figures, places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simsvc.cli.output import print_table
from simsvc.report import comparison as told
from simsvc.report.words import Words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from simsvc.network import Network
    from simsvc.promise.comparison import Comparison
    from simsvc.scenario.model import Model

STYLES = {"better": "green", "worse": "bold red", "undecided": "yellow", "same": "dim", "no cases": "dim"}
MOST = 25
"""Inputs that are listed; the JSON has all."""


def print_comparison(
    out: Console, found: Comparison, model: Model, net: Network, language: str, *, counties: bool
) -> None:
    """Everything that a comparison says. ``model``, ``net``: of plan A, which names the rows."""
    words = Words(language)
    for letter, party in (("A", found.a), ("B", found.b)):
        out.print(f"{letter}{words('page.colon')}{words.pick(party.label)}", style="bold")
    out.print(words("comparison.luck", replications=f"{found.replications:,}", seed=found.seed))
    out.print()
    for sentence in told.summary(found, model, net, words):
        out.print(sentence)
    out.print(words("comparison.caution"), style="dim")
    out.print()
    changed = told.inputs(found, words)
    rows: list[tuple[str, ...]] = [(f"{name}\n{path}", a, b) for name, path, a, b in changed[:MOST]]
    if len(changed) > MOST:
        rows.append((f"… (+{len(changed) - MOST})", "", ""))
    print_table(out, words("comparison.inputs"), (words("comparison.value"), "A", "B"), rows)
    if not changed:
        out.print(words("comparison.all_same"))
        out.print()
    heads = told.heads(words, found.level)
    for title, lines in (
        ("comparison.promises", told.promises(found, model, net, words)),
        ("comparison.figures", told.figures(found, words)),
    ):
        print_table(out, words(title), heads, [_cells(line) for line in lines], whole=(1, 2, 3, 4))
    if counties:
        there = [(line.area, *_cells(line)) for line in told.places(found, model, net, words)]
        print_table(out, words("comparison.places"), (words("column.area"), *heads), there, whole=(2, 3, 4, 5))


def _cells(line: told.Line) -> Sequence[str | Text]:
    from rich.text import Text

    state = Text(line.word, STYLES.get(line.state, ""))
    return line.name, line.a, line.b, line.difference, state, line.gain
