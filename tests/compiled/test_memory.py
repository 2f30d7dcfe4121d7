"""The memory of a compiled run: kept from run to run, grown where needed, never written beyond the end of a table."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simsvc.case import Case
from simsvc.log import TABLES, Log
from simsvc.workload import Workload
from tests.engine.twins import agree, twins, unlike

pytest.importorskip("numba")

from simsvc.engine import compiled
from simsvc.engine.compiled import memory
from simsvc.engine.compiled.facts import facts
from simsvc.engine.compiled.layout import Layout
from simsvc.engine.compiled.memory import Rooms

GUARD, WIDTH = 0x5EED << 40, 8
Some = list[tuple[Case, Workload]]


@pytest.fixture(scope="module")
def some() -> Some:
    return [twins(random.Random(number)).luck() for number in range(12)]


@pytest.fixture(scope="module")
def logs(some: Some) -> list[Log]:
    return [compiled.run(case, luck) for case, luck in some]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Room for one row of each kind at first; what had to grow, in order."""
    grown: list[int] = []

    class Narrow(Rooms):
        def __init__(self, *about: Any) -> None:
            super().__init__(*about)
            self.sizes = dict.fromkeys(self.sizes, 1)

        def grow(self, full: int) -> None:
            grown.append(full)
            super().grow(full)

    monkeypatch.setattr(sys.modules["simsvc.engine.compiled.run"], "Rooms", Narrow)
    return grown


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Layout]]:
    """Cells with a mark behind every table; the layouts made."""
    made: list[Layout] = []
    add, write = Layout._add, Layout.write

    def wider(self: Layout, slot: int, content: Any, cells: int) -> int:
        cell = add(self, slot, content, cells)
        self._pieces.append((self.size, GUARD, WIDTH))
        self.size += WIDTH
        return cell

    def noted(self: Layout, cells: Any) -> None:
        made.append(self)
        write(self, cells)

    monkeypatch.setattr(Layout, "_add", wider)
    monkeypatch.setattr(Layout, "write", noted)
    facts.cache_clear()
    yield made
    facts.cache_clear()


def test_a_run_is_done_again_with_more_room_until_all_fits(some: Some, logs: list[Log], narrow: list[int]) -> None:
    for (case, luck), log in zip(some, logs, strict=True):
        assert not unlike(case, log, compiled.run(case, luck))
    assert set(narrow) == set(Rooms(some[0][1], 1).sizes)


@pytest.mark.parametrize("wide", [True, False])
def test_no_table_is_written_beyond_its_end(
    some: Some, logs: list[Log], guarded: list[Layout], wide: bool, request: pytest.FixtureRequest
) -> None:
    if not wide:
        request.getfixturevalue("narrow")
    for (case, luck), log in zip(some, logs, strict=True):
        guarded.clear()
        assert not unlike(case, log, compiled.run(case, luck))
        cells = memory._own.buffer
        for layout in {page.start: page for page in guarded}.values():
            marks = [cell for cell, content, _ in layout._pieces if content is GUARD]
            assert len(marks) > 20
            for cell in marks:
                assert (cells[cell : cell + WIDTH] == GUARD).all()


def test_what_another_run_left_in_memory_does_not_matter(some: Some, logs: list[Log]) -> None:
    rubbish = np.random.default_rng(1)
    for (case, luck), log in zip(some, logs, strict=True):
        memory._own.buffer[:] = rubbish.integers(-5, 1 << 40, len(memory._own.buffer))
        assert not unlike(case, log, compiled.run(case, luck))


def test_a_log_keeps_nothing_of_the_memory(some: Some) -> None:
    """A later run writes over the memory, not over the logs of runs before it."""
    case, luck = some[1]
    log = compiled.run(case, luck)
    kept = replace(log, **{name: {c: v.copy() for c, v in getattr(log, name).items()} for name in TABLES})
    memory._own.buffer[:] = 7
    assert not unlike(case, kept, log)


def test_threads_have_memory_of_their_own(some: Some, logs: list[Log]) -> None:
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda one: compiled.run(*one), some * 3))
    for (case, _), before, after in zip(some * 3, logs * 3, together, strict=True):
        assert not unlike(case, before, after)


def test_drawing_at_need_finds_room_too(narrow: list[int]) -> None:
    for number in range(6):
        *_, told = agree(replace(twins(random.Random(number)), grain=0))
        assert not told, told
    assert narrow
