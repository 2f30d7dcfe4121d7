"""Where lines of text may end: between words, and in Chinese between characters; never before "%" or a closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

_OPENING, _CLOSING = "(（《“", "、，。；：！？%％)）》”"
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_UNIT = re.compile(
    rf"[{_OPENING}]*"
    rf"(?:[^\s{_CHINESE}]*\d (?:%|[{_CHINESE}])|[{_CHINESE}]|[^\s{_CHINESE}{_CLOSING}]+|\S)"
    rf"[{_CLOSING}]*\s*"
)
"""What stays on one line: a word, a Chinese character, a number with its percent sign or its counter; with the marks
that belong to it."""


class Prose(Text):
    """Text whose lines end where a reader of English or Chinese expects it; rich by itself breaks at spaces alone."""

    def wrap(self, console: Console, width: int, *, no_wrap: bool | None = None, **options: Any) -> Lines:
        """As of ``Text``."""
        if no_wrap or self.no_wrap:
            return super().wrap(console, width, no_wrap=True, **options)
        lines = Lines()
        for line in self.split(allow_blank=True):
            for piece in line.divide(breaks(line.plain, width)):
                piece.rstrip()
                lines.extend(piece.wrap(console, width, **options))
        return lines


def breaks(text: str, width: int) -> Iterator[int]:
    """Offsets at which a line of so many cells ends; what is wider than a line is left to be folded."""
    used = 0
    for unit in _UNIT.finditer(text):
        if used and used + cell_len(unit.group().rstrip()) > width:
            yield unit.start()
            used = 0
        used += cell_len(unit.group())
