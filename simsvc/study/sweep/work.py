"""The points of a sweep side by side; one that kills its worker is found out and stops no other."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import partial
from typing import overload

from simsvc.errors import StudyError
from simsvc.promise import Row
from simsvc.study.sweep.point import Job, Point, run_point
from simsvc.study.sweep.points import Plan
from simsvc.study.workers import Submits, Workers

Result = tuple[int, Sequence[Row] | str]


@dataclass(frozen=True)
class Todo(Sequence[Point]):
    """Points by number, made when they are asked for."""

    planned: Plan
    numbers: Sequence[int]

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, k: int) -> Point: ...
    @overload
    def __getitem__(self, k: slice) -> list[Point]: ...
    def __getitem__(self, k: int | slice) -> Point | list[Point]:
        if isinstance(k, slice):
            return [self[i] for i in range(*k.indices(len(self)))]
        return self.numbers[k], self.planned.point(self.numbers[k])


def results(
    planned: Plan, job: Job, numbers: Sequence[int], executor: Submits | None, workers: int | None
) -> Generator[Result]:
    """The rows of each point, or its error, in order.

    Where the workers are ours or a cluster's and one dies, the points that were under way are tried again one by one:
    the one at which a worker then dies has failed, and the rest goes on.

    Raises
    ------
    StudyError
        If workers die whatever they do, or those of an executor that was given.
    """
    function, done = partial(run_point, job), 0
    ours = executor is None or bool(getattr(executor, "mends", False))
    while done < len(numbers):
        # Processes for either engine: besides simulating, a point validates, compiles and judges a scenario.
        with Workers("reference", executor, workers) as pool:
            under_way = 2 * pool.count + 1
            try:
                for found in pool.map(function, Todo(planned, numbers[done:]), together=1):
                    yield numbers[done], found
                    done += 1
            except StudyError as error:
                if not ours or not _died(error):
                    raise
        suspects = numbers[done : done + under_way]
        with Workers("reference", executor, 1, apart=True) as lone:
            try:
                for found in lone.map(function, Todo(planned, suspects), together=1):
                    yield numbers[done], found
                    done += 1
            except StudyError as error:
                if not _died(error):
                    raise
                _still_work(executor)
                yield numbers[done], "the worker that simulated it died twice; perhaps memory ran out"
                done += 1


def _still_work(executor: Submits | None) -> None:
    """Raise if workers die even with nothing to do: then no point is to blame."""
    with Workers("reference", executor, 1, apart=True) as lone:
        list(lone.map(_nothing, [0]))


def _nothing(_: int) -> None:
    """A task that can't fail."""


def _died(error: StudyError) -> bool:
    return isinstance(error.__cause__, BrokenExecutor)
