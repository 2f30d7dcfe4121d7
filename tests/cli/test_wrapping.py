"""Lines end between words or Chinese characters, and never between a number and what belongs to it."""

from __future__ import annotations

import io
import itertools

import pytest
from rich.console import Console

from simsvc.cli.output import print_table
from simsvc.cli.wrapping import Prose, breaks


def wrapped(text: str, width: int) -> list[str]:
    at = [0, *breaks(text, width), len(text)]
    return [text[a:b].rstrip() for a, b in itertools.pairwise(at)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("two words", 9, ["two words"]),
        ("two words", 8, ["two", "words"]),
        ("kept 95 %, of 19", 8, ["kept", "95 %, of", "19"]),
        ("(96.8 %) at", 8, ["(96.8 %)", "at"]),
        # A Chinese character is two cells wide.
        ("守住承诺", 4, ["守住", "承诺"]),
        ("当日、95 %", 6, ["当日、", "95 %"]),
        ("在 2 小时以内", 6, ["在", "2 小时", "以内"]),
        ("到场（已放宽）", 6, ["到场", "（已放", "宽）"]),
        ("至多 19/20；三沙", 10, ["至多", "19/20；三", "沙"]),
        ("", 4, [""]),
    ],
)
def test_where_lines_end(text, width, lines):
    assert wrapped(text, width) == lines


def test_nothing_is_lost_and_no_line_is_too_long():
    text = "A09 到场（已放宽）、3 小时以内、95 %（所求：2 小时以内、95 %）；A long-word-that-no-line-holds and 12 more."
    for width in range(2, 60):
        out = Console(file=io.StringIO(), width=width)
        out.print(Prose(text))
        printed = out.file.getvalue()
        assert "".join(printed.split()) == "".join(text.split())


def test_cells_of_a_table_are_wrapped_so():
    out = Console(file=io.StringIO(), width=24)
    print_table(out, "", ["承诺", "规划依据"], [["A09 到场", "3 小时以内、95 %（所求：2 小时以内、95 %）"]])
    lines = [line.strip() for line in out.file.getvalue().splitlines()]
    assert not any(line.startswith(("%", "）", "、")) or line.endswith(" 2") for line in lines)
