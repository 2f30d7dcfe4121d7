"""What commands write: tables for people, JSON for machines, problems on stderr."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simsvc.errors import InputError, Problem

if TYPE_CHECKING:
    from rich.console import Console

FORMAT = 1
"""Version of the JSON that commands write; it rises when a key changes its meaning or goes."""

HEAD = 10
"""Characters that the heading of a column has at least, however short its cells."""

MOST = 50
"""So many problems are listed at most; a table with a wrong column would fill the screen."""


def console(*, stderr: bool = False) -> Console:
    """A console that takes texts as they are (no markup) and is wide enough in a pipe."""
    from rich.console import Console

    class Plain(Console):
        """rich's console ends the program by itself when a pipe closes; ours leaves that to the guard."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    made = Plain(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = 120
    return made


def print_table(
    target: Console,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    whole: Collection[int] = (),
    right: Collection[int] = (),
) -> None:
    """A table with a title (and no header if no columns are named); nothing if it has no rows.

    Cells of the columns ``whole`` are not broken into lines as long as the others can give way; those of the columns
    ``right`` stand to the right.
    """
    from rich import box
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    from simsvc.cli.wrapping import Prose

    filled = [
        tuple(Prose(cell.plain, cell.style) if isinstance(cell, Text) else Prose(str(cell)) for cell in row)
        for row in rows
    ]
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for k, column in enumerate(columns):
        lines = [line for row in filled for line in row[k].plain.split("\n")]
        wide = max(map(cell_len, lines), default=0)
        head = Text("\n").join(Prose(column).wrap(target, max(wide, HEAD))) if k in whole else Prose(column)
        table.add_column(head, overflow="fold", no_wrap=k in whole, justify="right" if k in right else "left")
    for _ in filled[0] if filled and not columns else ():
        table.add_column(overflow="fold")
    table.show_header = bool(columns)
    for row in filled:
        table.add_row(*row)
    if filled:
        target.print(table)


def print_problems(problems: Sequence[Problem], *, stderr: bool = True) -> None:
    """Problems, one below the other: path and what stands there, what is wrong, how to mend it."""
    from rich.text import Text

    target = console(stderr=stderr)
    for problem in problems[:MOST]:
        style = "bold red" if problem.severity == "error" else "yellow"
        found = f" = {problem.value}" if problem.value else ""
        target.print(Text.assemble((f"{problem.severity}: ", style), (problem.path, "bold"), found), soft_wrap=True)
        target.print(Text(f"    {problem.message}"), soft_wrap=True)
        if problem.remedy:
            target.print(Text(f"    → {problem.remedy}", "cyan"), soft_wrap=True)
    if len(problems) > MOST:
        target.print(f"… and {len(problems) - MOST} more")


def write_json(data: Mapping[str, Any], target: str) -> None:
    """JSON to a file, whole or not at all, or to the standard output (``"-"``).

    Raises
    ------
    InputError
        If the file can't be written.
    """
    if target == "-":
        ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        sys.stdout.write(_dumps(data, ascii_only=ascii_only))
        return
    from simsvc.whole import write_whole

    try:
        write_whole(target, _dumps(data))
    except OSError as error:
        raise InputError(
            Problem("--json", target, f"can't be written: {error.strerror}", "name another file")
        ) from None


def _dumps(data: Mapping[str, Any], *, ascii_only: bool = False) -> str:
    return json.dumps(data, ensure_ascii=ascii_only, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
