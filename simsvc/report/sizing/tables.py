"""What a section of the answer is made of: sentences and tables of text, for the page and for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Mark:
    """A cell that carries a state: it is coloured, and its symbol says the same. ``state`` as a verdict."""

    state: str
    symbol: str
    word: str

    def __str__(self) -> str:
        return f"{self.symbol} {self.word}"


Cell = str | Mark
Asked = Literal["", "counties", "places", "log", "all"]


@dataclass(frozen=True)
class Table:
    """Heads and rows. ``right``: columns of numbers; ``whole``: columns whose cells are not broken; ``asked``: long, so
    that the terminal prints it only for those who ask for ``counties``, ``places`` or ``log``, and nowhere what is for
    ``all``; the page folds the latter three."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    right: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()
    asked: Asked = ""

    @property
    def fold(self) -> bool:
        """Whether the page folds it."""
        return self.asked in ("places", "log", "all")

    def without_empty(self) -> Table:
        """The table less the columns in which no row says anything."""
        kept = [k for k in range(len(self.heads)) if any(str(row[k]) not in ("", "–") for row in self.rows)]
        number = {k: place for place, k in enumerate(kept)}
        return replace(
            self,
            heads=tuple(self.heads[k] for k in kept),
            rows=tuple(tuple(row[k] for k in kept) for row in self.rows),
            right=tuple(number[k] for k in self.right if k in number),
            whole=tuple(number[k] for k in self.whole if k in number),
        )


@dataclass(frozen=True)
class Section:
    """``key`` names its heading (``sizing.KEY``), its place on the page and its figure, if it has one."""

    key: str
    caption: str = ""
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def with_content(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections that say anything, without empty tables."""
    for section in sections:
        tables = tuple(table.without_empty() for table in section.tables if table.rows)
        if tables or section.notes:
            yield replace(section, tables=tables)
