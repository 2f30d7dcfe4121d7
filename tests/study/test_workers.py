"""Workers: results in order whoever makes them, few at a time, and nothing left behind when something goes wrong."""

from __future__ import annotations

import math
import operator
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

import pytest

import simsvc as sv
from simsvc.study import workers as module
from simsvc.study.workers import UNKNOWN, Workers


class Recorder:
    """An executor of unknown size that does at once what it is given, and notes it."""

    def __init__(self) -> None:
        self.bundles: list[list[int]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        self.bundles.append(list(args[-1]))
        done: Future[Any] = Future()
        done.set_result(fn(*args))
        return done


def test_one_threads_processes_and_given_executors_agree() -> None:
    items, wanted = range(40), [math.factorial(k) for k in range(40)]
    with Workers("reference", workers=2) as processes, Workers("compiled", workers=3) as threads:
        assert list(processes.map(math.factorial, items)) == wanted
        assert list(threads.map(math.factorial, items)) == wanted
    with ThreadPoolExecutor(2) as pool, Workers("reference", pool) as given:
        assert list(given.map(math.factorial, items)) == wanted
    with Workers("reference", Recorder()) as given, Workers("reference", workers=1) as alone:
        assert list(given.map(math.factorial, items)) == wanted
        assert list(alone.map(math.factorial, items)) == wanted
        assert list(given.map(math.factorial, [])) == []


def test_results_come_in_order_whoever_is_done_first() -> None:
    last = threading.Event()

    def first_waits_for_the_second(item: int) -> int:
        if item == 0:
            assert last.wait(60)
        elif item == 1:
            last.set()
        return item

    with Workers("compiled", workers=2) as pool:
        assert list(pool.map(first_waits_for_the_second, range(6))) == list(range(6))


def test_own_threads_work_side_by_side() -> None:
    """Three tasks that wait for each other end only if all three are under way at once."""
    meeting = threading.Barrier(3, timeout=60)

    def meet(item: int) -> int:
        meeting.wait()
        return item

    with Workers("compiled", workers=3) as pool:
        assert list(pool.map(meet, range(6))) == list(range(6))


def test_few_are_under_way_at_a_time() -> None:
    begun: list[int] = []
    with Workers("compiled", workers=2) as pool:
        for item in pool.map(lambda k: begun.append(k) or k, range(200)):
            # Five are handed out, of which one has just been taken back.
            assert len(begun) <= item + 5
    assert sorted(begun) == list(range(200))


def test_many_short_tasks_travel_together_and_few_by_themselves() -> None:
    many, few = Recorder(), Recorder()
    with Workers("compiled", many, workers=2) as pool:
        assert list(pool.map(operator.neg, range(1000))) == [-k for k in range(1000)]
    with Workers("compiled", few, workers=2) as pool:
        assert list(pool.map(operator.neg, range(30))) == [-k for k in range(30)]
    assert max(map(len, many.bundles)) == 16
    assert [k for bundle in many.bundles for k in bundle] == list(range(1000))
    assert {len(bundle) for bundle in few.bundles} == {1}


def test_progress_counts_tasks() -> None:
    told: list[tuple[int, int]] = []
    with Workers("compiled", Recorder(), workers=1) as pool:
        list(pool.map(operator.neg, range(50), lambda done, total: told.append((done, total))))
    assert told == [(k, 50) for k in range(1, 51)]


def fails_at(bad: int, begun: list[int], error: Exception, item: int) -> int:
    begun.append(item)
    if item == bad:
        raise error
    return item


@pytest.mark.parametrize("error", [ValueError("bad"), TimeoutError("the task's own")])
@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_raised_at_its_place_and_stops_the_rest(workers: int, error: Exception) -> None:
    begun: list[int] = []
    seen: list[int] = []
    with (
        pytest.raises(type(error), match=str(error)),
        Workers("compiled", workers=workers) as pool,
    ):
        seen.extend(pool.map(partial(fails_at, 3, begun, error), range(1000)))
    assert seen == [0, 1, 2]
    assert max(begun) < 20
    assert not [t for t in threading.enumerate() if t.name.startswith("simsvc")]


def test_a_reader_that_stops_early_leaves_nothing_to_do() -> None:
    begun: list[int] = []
    with ThreadPoolExecutor(1) as given:
        results: Iterator[int] = Workers("compiled", given).map(partial(fails_at, -1, begun, ValueError()), range(1000))
        assert next(results) == 0
        results.close()  # type: ignore[attr-defined]
        assert given.submit(operator.neg, 1).result() == -1  # the executor is left as it was
    assert max(begun) < 20


def test_a_wait_longer_than_a_spell_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SPELL", 0.001)

    def slow(item: int) -> int:
        time.sleep(0.02)
        return item

    with Workers("compiled", workers=2) as pool:
        assert list(pool.map(slow, range(4))) == [0, 1, 2, 3]


def test_a_worker_that_dies_is_an_error_that_says_so() -> None:
    with pytest.raises(sv.StudyError, match="worker process died"), Workers("reference", workers=2) as pool:
        list(pool.map(os._exit, [1, 1]))


def test_how_many_workers_an_executor_has() -> None:
    class Cluster(Recorder):
        def nthreads(self) -> dict[str, int]:
            return {"tcp://a": 2, "tcp://b": 1}

    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(5, mp_context=get_context("spawn")) as processes:
        found = [Workers("compiled", given).count for given in (threads, processes, Cluster(), Recorder())]
    assert found == [3, 5, 3, UNKNOWN]
    assert Workers("compiled", Recorder(), workers=7).count == 7


def test_what_need_not_travel() -> None:
    with ThreadPoolExecutor(1) as threads:
        assert Workers("reference", threads).here
    assert Workers("compiled", workers=4).here
    assert Workers("reference", workers=1).here
    assert not Workers("reference", workers=2).here
    assert not Workers("compiled", Recorder()).here
