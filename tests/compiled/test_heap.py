"""The heap of pending events hands them out by time, kind and entity, each with its payload."""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict

import numpy as np
import pytest

pytest.importorskip("numba")

from simsvc.engine import kinds
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.heap import ENTITY_BITS, ENTITY_MASK, KIND_BITS, KIND_MASK, key_of, pop, push

HORIZON = 1 << 30
Event = tuple[int, ...]


def memory(room: int) -> np.ndarray:
    cells = np.zeros(at.SLOTS + 2 * room + 2, np.int64)
    cells[[at.HORIZON, at.HEAP, at.HEAP_ROOM]] = HORIZON, at.SLOTS, room
    return cells


def first(cells: np.ndarray) -> tuple[int, int, int, int]:
    """Time, kind, entity and payload of the next event, which is taken out."""
    key = int(cells[cells[at.HEAP]])
    return key >> (KIND_BITS + ENTITY_BITS), (key >> ENTITY_BITS) & KIND_MASK, key & ENTITY_MASK, int(pop(cells))


def test_the_order_of_a_sorted_list_of_what_is_pending() -> None:
    """Many meet: few times, kinds and entities. Of events that are equal any comes first."""
    dice, cells, pending = random.Random(1), memory(400), list[Event]()
    payloads: dict[Event, Counter[int]] = defaultdict(Counter)
    for payload in range(5000):
        if pending and (len(pending) == 400 or dice.random() < 0.5):
            *event, carried = first(cells)
            assert tuple(event) == heapq.heappop(pending)
            payloads[tuple(event)][carried] -= 1
        else:
            new = (dice.randrange(6), dice.choice([kinds.DAY, kinds.REPORT, kinds.REVIEWED]), dice.randrange(3))
            heapq.heappush(pending, new)
            push(cells, *new, payload)
            payloads[new][payload] += 1
        assert cells[at.HEAP_SIZE] == len(pending)
    assert all(left in (0, 1) for some in payloads.values() for left in some.values())
    assert sum(some.total() for some in payloads.values()) == len(pending)


def test_the_bounds_of_times_kinds_entities_and_payloads() -> None:
    """A century, every kind, the last entity that fits."""
    cells, every = memory(100), sorted(v for k, v in vars(kinds).items() if k.isupper())
    century = 36525 * 86400
    cells[at.HORIZON] = century + 1
    assert key_of(century, every[-1], ENTITY_MASK) > 0
    assert every[-1] <= KIND_MASK
    for kind in reversed(every):
        push(cells, century, kind, ENTITY_MASK, 0xFFFFFFFF - kind)
    assert [first(cells) for _ in every] == [(century, kind, ENTITY_MASK, 0xFFFFFFFF - kind) for kind in every]


def test_what_the_run_does_not_reach_is_not_kept() -> None:
    cells = memory(4)
    push(cells, HORIZON, kinds.ARRIVE, 0, 0)
    push(cells, HORIZON - 1, kinds.ARRIVE, 1, 0)
    assert cells[at.HEAP_SIZE] == 1
    assert first(cells) == (HORIZON - 1, kinds.ARRIVE, 1, 0)


def test_one_more_than_there_is_room_for() -> None:
    cells = memory(2)
    for k in range(3):
        push(cells, k, kinds.ARRIVE, k, 0)
    assert cells[at.FULL] == at.HEAP_FULL
    assert cells[at.HEAP_SIZE] == 2
