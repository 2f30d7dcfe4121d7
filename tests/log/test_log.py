"""Tables of the log: the schema's columns, and where two logs differ first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simsvc.log import CODES, TABLES, Log, from_rows, table
from simsvc.log.words import CODE_WORDS


def empty() -> Log:
    return Log(**{name: from_rows(name, []) for name in TABLES})


def stock(*rows: tuple[int, ...]) -> Log:
    return replace(empty(), stock=from_rows("stock", rows))


def test_types_are_the_schemas() -> None:
    log = stock((1, 2, 3, 0, 5, 6, 0))
    for name, columns in TABLES.items():
        made = getattr(log, name)
        assert list(made) == [c.name for c in columns]
        assert all(made[c.name].dtype == np.dtype(c.dtype) for c in columns)


def test_every_column_has_both_languages_and_refers_to_something() -> None:
    for columns in TABLES.values():
        names = [c.name for c in columns]
        assert len(set(names)) == len(names)
        for c in columns:
            assert c.en
            assert c.zh
            assert (not c.refers) or c.unit in ("index", "code")
            assert c.unit != "code" or c.refers in CODES


def test_every_code_is_worded_in_both_languages() -> None:
    assert {name: tuple(words) for name, words in CODE_WORDS.items()} == CODES
    assert all(en and zh for words in CODE_WORDS.values() for en, zh in words.values())


def test_first_difference_names_table_column_row_and_values() -> None:
    a = stock((1, 0, 0, 0, 1, 0, 0), (2, 0, 0, 1, 1, 0, 0), (3, 0, 0, 0, 1, 0, 0))
    b = stock((1, 0, 0, 0, 1, 0, 0), (2, 0, 0, 1, 7, 0, 0), (9, 0, 0, 0, 1, 0, 0))
    assert a.first_difference(a) == ""
    assert a.first_difference(stock((1, 0, 0, 0, 1, 0, 0), (2, 0, 0, 1, 7, 0, 0), (3, 0, 0, 0, 1, 0, 0))) == (
        "stock.on_hand, row 1: 1 against 7"
    )
    assert a.first_difference(b) == "stock.on_hand, row 1: 1 against 7"  # a row before the one that begins differently
    assert a.first_difference(empty()) == "stock.time, row 0: 1 against no row"
    assert empty().first_difference(a) == "stock.time, row 0: no row against 1"


def test_a_table_that_ends_early_differs_where_it_ends() -> None:
    a, b = stock((1, 0, 0, 0, 1, 0, 0)), stock((1, 0, 0, 0, 1, 0, 0), (2, 0, 0, 1, 4, 0, 0))
    (found,) = a.differences(b)
    assert (found.table, found.row, found.mine) == ("stock", 1, None)
    assert found.theirs is not None
    assert (found.theirs["time"], found.theirs["on_hand"]) == (2, 4)


def test_wrong_columns_are_refused() -> None:
    with pytest.raises(KeyError, match="on_hand"):
        table("stock", {c.name: [] for c in TABLES["stock"] if c.name != "on_hand"})
    with pytest.raises(ValueError, match="7"):
        from_rows("stock", [(1, 2)])
