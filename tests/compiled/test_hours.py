"""Open hours, spells and bands as kernels answer them are those of ``clock`` and of the reference's roads."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simsvc.clock import DAY, NEVER, Calendar
from simsvc.engine.reference.roads import Spells
from tests.engine.twins import twins

pytest.importorskip("numba")

from simsvc.engine.compiled import hours
from simsvc.engine.compiled import slots as at
from simsvc.engine.compiled.facts import facts
from simsvc.engine.compiled.layout import Layout

HOUR = 3600
SPELLS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), max_size=12)


def calendar(spells: list[tuple[int, int]]) -> Calendar:
    return Calendar.from_intervals([(a * 60, (a + long) * 60) for a, long in spells])


def laid_out(some: Calendar) -> np.ndarray:
    """Memory with one calendar, number 0."""
    page = Layout(at.SLOTS)
    before = np.concatenate(([0], np.cumsum(some.ends - some.starts)))
    cells = [page.put(-1, column) for column in (some.starts, some.ends, before)]
    page.put(at.HOURS, [*cells, len(some.starts)])
    memory = np.zeros(page.size, np.int64)
    page.write(memory)
    return memory


@settings(max_examples=80)
@given(spells=SPELLS, t=st.integers(0, 250 * 60), open_s=st.integers(0, 100 * 60))
def test_a_calendar(spells: list[tuple[int, int]], t: int, open_s: int) -> None:
    some = calendar(spells)
    memory = laid_out(some)
    edges = [*some.starts.tolist(), *some.ends.tolist()]
    for moment in {t, t // 60 * 60, 0, *edges[:6], *(e - 1 for e in edges[-6:])}:
        assert hours.is_open(memory, 0, moment) == some.is_open(moment)
        assert hours.next_open(memory, 0, moment) == some.next_open(moment)
        for length in (open_s, open_s // 60 * 60, 0, 1):
            assert hours.add_open(memory, 0, moment, length) == some.add(moment, length)


def test_a_calendar_that_never_opens() -> None:
    memory = laid_out(calendar([]))
    assert hours.next_open(memory, 0, 5) == NEVER
    assert hours.add_open(memory, 0, 5, 1) == NEVER
    assert hours.add_open(memory, 0, 5, 0) == 5
    assert not hours.is_open(memory, 0, 5)


@settings(max_examples=50)
@given(spells=SPELLS, t=st.integers(0, 250))
def test_spells(spells: list[tuple[int, int]], t: int) -> None:
    some = calendar(spells)
    memory, n = np.concatenate((some.starts, some.ends)), len(some.starts)
    here = Spells(np.stack((some.starts, some.ends), axis=1).tolist())
    for moment in (t * 60, t * 60 + 59):
        assert hours.spell_end(memory, 0, n, n, moment) == here.end(moment)


def test_travel_bands_over_holidays_and_past_the_end() -> None:
    case, _ = next(c for c in (twins(random.Random(k)).luck() for k in range(20)) if c[0].book.country == "CN")
    memory, dice = facts(case).memory, random.Random(1)
    edges = case.band.starts.tolist()
    moments = [dice.randrange(case.span.horizon + 70 * DAY) for _ in range(300)] + edges + [t - 1 for t in edges[1:]]
    assert [int(hours.band(memory, t)) for t in moments] == [case.band.at(t) for t in moments]
    assert len({case.band.at(t) for t in moments}) >= 5
