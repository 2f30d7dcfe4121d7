"""What every field, measure and term means, in English and Chinese: the one source of documents, messages and reports.

Log columns carry their own meaning (``simsvc.log.schema``). Nothing else of simsvc is known here: tables go by name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["KINDS", "Entry", "Measure", "Term", "field", "glossary", "measure", "measures", "table", "tables"]

KINDS = ("sim", "estimate", "further", "plan")
"""Kinds of measure: judged against a limit, estimated, second figures of an estimate, rules decided from the plan."""


@dataclass(frozen=True)
class Entry:
    """A meaning in both languages; ``unit`` of a plain number (quantities with a unit carry their own)."""

    en: str
    zh: str
    unit: str = ""

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Measure:
    """A measure: its name, its unit (empty: a share of ``cases`` within the limit) and what it means."""

    name: Entry
    meaning: Entry
    cases: Entry
    unit: str


@dataclass(frozen=True)
class Term:
    """A term of the trade with its meaning; ``explains``: the measures that it stands for."""

    term: Entry
    meaning: Entry
    explains: frozenset[str] = frozenset()


def tables() -> tuple[str, ...]:
    """Names of all scenario tables."""
    return tuple(_fields())


def table(name: str) -> dict[str, Entry]:
    """Meanings of the keys of a scenario table; ``"*"`` is the table itself.

    Raises
    ------
    KeyError
        There is no such table.
    """
    return _fields()[name]


def field(table_name: str, key: str) -> Entry | None:
    """What a key of a scenario table means, None if there is no such key."""
    return _fields().get(table_name, {}).get(key)


def measures(kind: str) -> dict[str, Measure]:
    """Measures of one of the ``KINDS`` by name."""
    return _measures()[kind]


def measure(name: str) -> Measure:
    """One measure, of whatever kind.

    Raises
    ------
    KeyError
        There is no such measure.
    """
    return {key: found for of_kind in _measures().values() for key, found in of_kind.items()}[name]


def glossary(used: Iterable[str]) -> list[Term]:
    """The terms that a page needs: those of all pages, those that stand for a measure used, then the other measures."""
    wanted = list(dict.fromkeys(used))
    shown = [term for term in _terms() if not term.explains or term.explains & set(wanted)]
    explained = frozenset[str]().union(*(term.explains for term in shown))
    rest = [measure(name) for name in wanted if name not in explained]
    return [*shown, *(Term(m.name, m.meaning) for m in rest)]


@cache
def _fields() -> dict[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = {}
    for file in sorted(files(__name__).joinpath("fields").iterdir(), key=lambda f: f.name):
        for name, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found[name] = {key: Entry(**row) for key, row in rows.items()}
    return found


@cache
def _measures() -> dict[str, dict[str, Measure]]:
    return {kind: {name: _measure(row) for name, row in rows.items()} for kind, rows in _read("measures.toml").items()}


@cache
def _terms() -> tuple[Term, ...]:
    rows = _read("terms.toml")["terms"]
    return tuple(
        Term(Entry(**row["term"]), Entry(**row["meaning"]), frozenset(row.get("explains", ()))) for row in rows
    )


def _measure(row: dict[str, Any]) -> Measure:
    cases = Entry(**row["cases"]) if "cases" in row else Entry("", "")
    return Measure(Entry(**row["name"]), Entry(**row["meaning"]), cases, row.get("unit", ""))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))
