"""A plan of sizing as tables on a terminal, in the order of the page."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from simsvc.cli.output import print_table
from simsvc.cli.verdicts import STYLES
from simsvc.report.sizing.answer import answer
from simsvc.report.sizing.subject import Subject
from simsvc.report.sizing.tables import Cell, Mark, Section, Table
from simsvc.report.sizing.told import told
from simsvc.report.words import Words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from simsvc.network import Network
    from simsvc.promise.sizing import Plan


def print_plan(out: Console, plan: Plan, net: Network, language: str, *, asked: Collection[str] = ()) -> None:
    """Everything that a plan says but its map. ``asked``: ``counties``, ``log``: the long tables that are wanted."""
    from simsvc.cli.wrapping import Prose

    words = Words(language)
    subject = Subject(plan, net, words)
    head = answer(subject)
    out.print(words.pick(plan.title), style="bold")
    out.print(Prose(head.lead, STYLES.get(head.state, "")))
    for sentence in head.sentences:
        out.print(Prose(sentence))
    out.print(words("headline.caution"), style="dim")
    out.print()
    for section in told(subject):
        if section.key != "map":
            _section(out, section, words, asked)


def _section(out: Console, section: Section, words: Words, asked: Collection[str]) -> None:
    from simsvc.cli.wrapping import Prose

    shown = [table for table in section.tables if not table.asked or table.asked in asked]
    out.print(words(f"sizing.{section.key}"), style="bold")
    for note in section.notes:
        out.print(Prose(note))
    for table in shown:
        _table(out, table)
    if not shown:
        out.print()


def _table(out: Console, table: Table) -> None:
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    print_table(out, table.title, table.heads, rows, whole={*table.right, *table.whole}, right=table.right)


def _cell(cell: Cell) -> str | Text:
    from rich.text import Text

    return Text(str(cell), STYLES.get(cell.state, "")) if isinstance(cell, Mark) else cell
