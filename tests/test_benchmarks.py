"""What the benchmarks compare is what they say: the heap is one, the queue is M/M/c, cells keep to themselves."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

import simsvc as sv
from benchmarks import country, heap, plain, queue
from benchmarks.measuring import Goal, Way, interleaved, table
from simsvc.case import build
from simsvc.study import one


def test_the_bare_heap_takes_out_the_first_each_time() -> None:
    """Against a sorted list: the checksum is the exclusive or of the times taken out, in whatever order ties come."""
    times, delays = heap.pending(97)
    waiting, taken = sorted(times.tolist()), 0
    for n in range(5000):
        now = waiting.pop(0)
        taken ^= now
        waiting.append(now + int(delays[n]))
        waiting.sort()
    assert heap.churn(times, delays, 5000) == taken
    assert sorted(times.tolist()) == waiting
    assert all(times[(i - 1) // 2] <= times[i] for i in range(1, len(times)))


def test_the_queue_waits_as_the_formula_says() -> None:
    """Plain SimPy and the reference engine, a week each run: within four standard errors (t with 3 degrees of freedom:
    1 in 35 for another seed)."""
    case = build(sv.from_dict(queue.SCENARIO))
    for waits in (
        [queue.Queue.wait(one(case, 1, r, "reference")) for r in range(4)],
        [queue.plain(s) for s in range(4)],
    ):
        assert abs(np.mean(waits) - queue.EXACT) <= 4 * np.std(waits, ddof=1) / 2
        assert np.std(waits, ddof=1) < queue.EXACT / 2


def test_cells_keep_to_themselves_and_load_their_engineers_alike() -> None:
    case = build(country.scenario(2, 28))
    log = one(case, 1, 0, "reference")
    visits, stations = log.visits, np.array(case.staffing.stations)
    tickets = log.tickets["area"][visits["ticket"]]
    cell = np.array([int(name[2:]) for name in stations])[visits["station"]]
    assert (np.array([int(a[4:]) for a in case.places.areas])[tickets] == cell).all()
    share = np.bincount(cell) / len(cell)
    assert share == pytest.approx([0.5, 0.5], abs=0.05)
    assert len(case.staffing.engineers) == 2 * country.CELL


def test_plain_simpy_has_the_size_of_a_year_of_huitian() -> None:
    service = plain.year(1)
    assert len(service.to_site) == pytest.approx(plain.TICKETS * (1 - plain.REMOTE), rel=0.05)
    assert min(service.to_site) > 0


def test_ways_take_turns_and_the_first_use_is_not_counted() -> None:
    turns: list[tuple[str, int]] = []
    ways = [Way(n, lambda r, n=n: turns.append((n, r)) or 2.0, clock=lambda: float(len(turns))) for n in "ab"]  # type: ignore[misc,func-returns-value]
    interleaved(ways, 2)
    assert turns == [("a", 0), ("b", 0), ("a", 1), ("b", 1), ("a", 2), ("b", 2)]
    assert (ways[0].median, ways[0].per, ways[0].rate) == (1.0, 0.5, 2.0)


def test_goals_say_whether_they_are_met() -> None:
    assert Goal("", 3.0, 3.0).met
    assert Goal("", 3.0, 3.0, most=True).met
    assert not Goal("", 2.9, 3.0).met
    assert not Goal("", 3.1, 3.0, most=True).met


def test_tables_line_up() -> None:
    made = table("T", ("way", "ms"), [("a", "1.0"), ("bcd", "10.0")])
    assert made.split("\n") == ["T", "way    ms", "---------", "a     1.0", "bcd  10.0"]
