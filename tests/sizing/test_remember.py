"""What is known of plans outlives the process that found it out, wherever that was killed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simsvc.errors import StudyError
from simsvc.measures import REASONS
from simsvc.sizing.remember import Memory, Seen, memory

OF = {"scenario": "a1b2", "seed": 3}
SHAPE = (2, 3)
PLANS = [(1, 0), (1, 0), (2, 5), (1, 0), (2, 5)]
"""Plans in the order in which their replications were run."""


def seen(number: int) -> Seen:
    """An entry unlike any other, with shares that no short number holds and misses in a few cells."""
    luck = np.random.default_rng(number)
    cell = np.sort(luck.choice(np.prod(SHAPE) * len(REASONS), number % 4, replace=False)).astype(np.uint32)
    return Seen(luck.random(SHAPE), luck.random(SHAPE), cell, luck.random(len(cell)), luck.random())


def write(folder: Path) -> Path:
    """A file of all entries."""
    known = Memory(OF, SHAPE, 2, folder)
    for number, plan in enumerate(PLANS):
        known.add(plan, seen(number))
    (file,) = folder.glob("*.plans")
    return file


def entries(known: Memory) -> dict[tuple[int, ...], list[Any]]:
    """All that is known, as plain values."""
    return {plan: [plain(entry) for entry in known.known(plan)] for plan in dict.fromkeys(PLANS)}


def plain(entry: Seen) -> list[Any]:
    return [x.tolist() if isinstance(x, np.ndarray) else x for x in vars(entry).values()]


def first(count: int) -> dict[tuple[int, ...], list[Any]]:
    """The first so many entries."""
    found: dict[tuple[int, ...], list[Any]] = {plan: [] for plan in PLANS}
    for number, plan in enumerate(PLANS[:count]):
        found[plan].append(plain(seen(number)))
    return found


def test_read_back_to_the_bit(tmp_path: Path) -> None:
    write(tmp_path)
    assert entries(Memory(OF, SHAPE, 2, tmp_path)) == first(len(PLANS))


def test_killed_at_any_byte(tmp_path: Path) -> None:
    """Whatever was written whole is known; the rest is run again, and the file is then as if nothing had happened."""
    file = write(tmp_path)
    whole, counts = file.read_bytes(), set()
    for size in range(len(whole)):
        file.write_bytes(whole[:size])
        known = Memory(OF, SHAPE, 2, tmp_path)
        there = sum(len(rows) for rows in entries(known).values())
        assert entries(known) == first(there)
        for number in range(there, len(PLANS)):
            known.add(PLANS[number], seen(number))
        del known
        assert file.read_bytes() == whole, size
        counts.add(there)
    assert counts == set(range(len(PLANS)))


def test_a_spoilt_byte_costs_what_stands_behind_it(tmp_path: Path) -> None:
    file = write(tmp_path)
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        known = Memory(OF, SHAPE, 2, tmp_path)
        there = sum(len(rows) for rows in entries(known).values())
        assert there < len(PLANS)
        assert entries(known) == first(there)
        del known


def test_other_searches_have_files_of_their_own(tmp_path: Path) -> None:
    write(tmp_path)
    other = Memory({**OF, "seed": 4}, SHAPE, 2, tmp_path)
    assert not any(entries(other).values())
    assert len(list(tmp_path.glob("*.plans"))) == 2


def test_one_writer(tmp_path: Path) -> None:
    mine = Memory(OF, SHAPE, 2, tmp_path)
    with pytest.raises(StudyError, match="another process"):
        Memory(OF, SHAPE, 2, tmp_path)
    Memory({**OF, "seed": 4}, SHAPE, 2, tmp_path)
    del mine
    Memory(OF, SHAPE, 2, tmp_path)


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "plans").write_text("mine")
    with pytest.raises(StudyError, match="can't be written"):
        Memory(OF, SHAPE, 2, tmp_path / "plans")
    assert (tmp_path / "plans").read_text() == "mine"


def test_one_memory_for_all_who_ask_for_the_same(tmp_path: Path) -> None:
    one = memory(OF, SHAPE, 2, tmp_path)
    assert memory(dict(reversed(OF.items())), SHAPE, 2, tmp_path) is one
    assert memory({**OF, "seed": 4}, SHAPE, 2, tmp_path) is not one
    assert memory(OF, SHAPE, 2, None) is not one
