"""What plans do to the promises: replications of the ordinary simulation under common random numbers, remembered."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

import numpy as np
import numpy.typing as npt

from simsvc.case import Case
from simsvc.engine import SEMANTICS
from simsvc.engine.select import Engine, Name, runner
from simsvc.log import Log
from simsvc.luck import name_key
from simsvc.measures import REASONS, Binned, Delays, Stacked, counter
from simsvc.measures.kept import Place
from simsvc.scenario.promises import Part
from simsvc.sizing.remember import Memory, Seen, memory
from simsvc.study.common import Common
from simsvc.study.workers import Progress, Workers

if TYPE_CHECKING:
    from simsvc.sizing.space import Levels, Space
    from simsvc.sizing.wishes import Column, Wishes

Floats = npt.NDArray[np.float64]
Stage = Literal["search", "selection", "estimate", "corners"]
Task = tuple[Case | bytes, int]
"""A plan's case (pickled if it has to travel) and the number of a replication."""
_common = Common()


@dataclass(frozen=True)
class Counts:
    """What some replications of a plan came to, by column of the wishes.

    ``kept``, ``cases``: (replications, columns); ``reasons``: misses by reason, all replications together,
    (columns, REASONS); ``jobs``: visits of the contractor a year, (replications,).
    """

    kept: Floats
    cases: Floats
    reasons: Floats
    jobs: Floats


def luck(seed: int, stage: Stage, attempt: int = 0) -> int:
    """Study seed of a stage: each has luck of its own, so that the winner of one is not flattered in the next.

    The first published estimate has the seed that was given: it is what ``validate`` says of the plan.
    """
    if stage == "estimate" and attempt == 0:
        return seed
    return name_key("sizing", stage, seed, attempt) >> 11  # a whole number that JSON can hold


class Evaluator:
    """Runs plans under the same luck and remembers what came of them.

    Parameters
    ----------
    space : Space
        Of which plans there are. Made of the scenario of the wishes, or of one that differs from it in targets alone:
        limits decide which fault goes first.
    wishes : Wishes
        Which promises are counted, where.
    seed : int
        Study seed: replication r of every plan draws from (seed, r) alone.
    engine : str
        ``"auto"``, ``"compiled"`` or ``"reference"``.
    workers : int or Workers, optional
        How many to start, or those there are.
    store : Path, optional
        Folder in which results are kept, so that a search that was killed goes on where it was.
    progress : callable, optional
        ``progress(done, total)`` of each call's replications.

    Attributes
    ----------
    spent : int
        Replications asked for so far, each once. Results read back from the store count, too: a search that goes on
        decides as one that was never interrupted.
    plans : int
        Different plans asked for so far.

    Raises
    ------
    StudyError
        If the engine can't run, the store can't be written, or another process is writing to it.
    ValueError
        If space and wishes speak of different promises.

    Notes
    -----
    Evaluators of one process that count the same promises of the same plans with the same seed share what they know.
    """

    def __init__(
        self,
        space: Space,
        wishes: Wishes,
        seed: int,
        *,
        engine: Engine = "auto",
        workers: int | Workers | None = None,
        store: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.space, self.wishes, self.seed, self.engine = space, wishes, seed, runner(engine)
        self.workers = workers if isinstance(workers, Workers) else Workers(self.engine, None, workers)
        self.progress, self.store = progress, store
        self._agree(wishes)
        self._places = wishes.kept
        self._memory = _memory(space, wishes, seed, store)
        self._asked: dict[Levels, int] = {}
        self._timed: tuple[tuple[Levels, int], list[Stacked | None]] | None = None

    @property
    def spent(self) -> int:
        """Replications asked for so far."""
        return sum(self._asked.values())

    @property
    def plans(self) -> int:
        """Plans asked for so far."""
        return len(self._asked)

    def aimed(self, wishes: Wishes) -> Evaluator:
        """An evaluator with other targets or areas for the same promises: it knows all that this one knows.

        Raises
        ------
        ValueError
            If promises differ in more than that.
        """
        other = Evaluator.__new__(Evaluator)
        vars(other).update(vars(self) | {"wishes": wishes, "_asked": {}})
        if wishes.kept != self._places:
            raise ValueError("other promises are kept: make an evaluator of their own")
        other._agree(wishes)
        return other

    def run(self, levels: Levels, replications: int) -> Counts:
        """Counts of replications 0, 1, … of a plan; only those not yet known are run."""
        return self.run_many([levels], replications)[0]

    def run_many(self, plans: Sequence[Levels], replications: int) -> list[Counts]:
        """The same of several plans, all of them side by side."""
        wanted = [
            (levels, r) for levels in dict.fromkeys(plans) for r in range(len(self._memory.known(levels)), replications)
        ]
        task = partial(_count, self.engine, self.seed, self._places)
        found = self.workers.map(task, _Tasks(self, wanted), self.progress)
        for (levels, _), seen in zip(wanted, found, strict=True):
            self._memory.add(levels, seen)
        for levels in plans:
            self._asked[levels] = max(replications, self._asked.get(levels, 0))
        return [_counts(self.wishes.columns, self._places, self._memory.known(p)[:replications]) for p in plans]

    def delays(self, levels: Levels, replications: int) -> list[Binned]:
        """Times that cases needed, by column (bins as in ``measures.width``); no case where a promise has no limit.

        Run anew, and only those asked for last are kept.
        """
        if self._timed is None or self._timed[0] != (levels, replications):
            task = partial(_delays, self.engine, self.seed, self._places)
            runs = _Tasks(self, [(levels, r) for r in range(replications)])
            found = list(self.workers.map(task, runs, self.progress))
            rows = zip(*found, strict=True)
            table = [Stacked([d for d in row if d is not None]) if row[0] is not None else None for row in rows]
            self._timed = (levels, replications), table
        stacked = self._timed[1]
        return [_binned(column, stacked[self._places.index((column.clause, column.part))], replications)
                for column in self.wishes.columns]  # fmt: skip

    def _agree(self, wishes: Wishes) -> None:
        mine, theirs = (s.model.clauses for s in (self.space.scenario, wishes.scenario))
        for clause, k in wishes.kept:
            if clause not in mine or _terms(mine[clause].parts[k]) != _terms(theirs[clause].parts[k]):
                raise ValueError(f"{clause}: the space has other terms; make it of the scenario of the wishes")


class _Tasks(Sequence[Task]):
    """Tasks, made as they are asked for: a plan's case is built while replications of the plan before it run."""

    def __init__(self, evaluator: Evaluator, wanted: Sequence[tuple[Levels, int]]) -> None:
        self._space, self._here, self._wanted = evaluator.space, evaluator.workers.here, wanted
        self._last: tuple[Levels, Case | bytes] | None = None

    def __len__(self) -> int:
        return len(self._wanted)

    @overload
    def __getitem__(self, k: int) -> Task: ...
    @overload
    def __getitem__(self, k: slice) -> list[Task]: ...
    def __getitem__(self, k: int | slice) -> Task | list[Task]:
        if isinstance(k, slice):
            return [self[i] for i in range(*k.indices(len(self)))]
        levels, replication = self._wanted[k]
        if self._last is None or self._last[0] != levels:
            case = self._space.case_of(levels)
            self._last = levels, case if self._here else pickle.dumps(case, pickle.HIGHEST_PROTOCOL)
        return self._last[1], replication


def _memory(space: Space, wishes: Wishes, seed: int, folder: Path | None) -> Memory:
    of = {
        "scenario": space.scenario.hash,
        "levers": [(lever.key, lever.low, lever.high, lever.today) for lever in space.levers],
        "most": space.scenario_of(space.most).hash,
        "parts": [list(place) for place in wishes.kept],
        "seed": seed,
        "semantics": SEMANTICS,
    }
    areas = len(space.case_of(space.today).places.areas)
    return memory(of, (len(wishes.kept), areas + 1), len(space.levers), folder)


def _terms(part: Part) -> Part:
    """A part without the share that is promised."""
    return part.model_copy(update={"target": None})


def _count(engine: Name, seed: int, places: Sequence[Place], task: Task) -> Seen:
    case, log = _log(engine, seed, task)
    jobs = np.count_nonzero(log.visits["engineer"] < 0) / case.span.years
    return Seen.of(counter(engine)(case, log, places), len(case.places.areas) + 1, jobs)


def _delays(engine: Name, seed: int, places: Sequence[Place], task: Task) -> list[Delays | None]:
    case, log = _log(engine, seed, task)
    return [count.delays for count in counter(engine)(case, log, places)]


def _log(engine: Name, seed: int, task: Task) -> tuple[Case, Log]:
    case = _unpickled(task[0]) if isinstance(task[0], bytes) else task[0]
    return case, _common.log(case, seed, task[1], engine)


@lru_cache(maxsize=4)
def _unpickled(blob: bytes) -> Case:
    case: Case = pickle.loads(blob)
    return case


def _counts(columns: Sequence[Column], places: Sequence[Place], known: Sequence[Seen]) -> Counts:
    """Columns of what is known: an area's, or of all areas and no area together."""
    kept, cases = np.zeros((2, len(known), len(columns)))
    reasons = np.zeros((len(columns), len(REASONS)))
    part = np.array([places.index((c.clause, c.part)) for c in columns], np.int64)
    area = np.array([c.area for c in columns], np.int64)
    for r, seen in enumerate(known):
        for out, counted in ((kept, seen.kept), (cases, seen.cases)):
            out[r] = np.where(area < 0, counted.sum(axis=1)[part], counted[part, area])
        table = seen.reasons()
        reasons += np.where(area[:, None] < 0, table.sum(axis=1)[part], table[part, area])
    return Counts(kept, cases, reasons, np.array([seen.jobs for seen in known]))


def _binned(column: Column, delays: Stacked | None, replications: int) -> Binned:
    if delays is None:
        return Binned(np.zeros(1, np.int64), np.zeros((replications, 1), np.int64))
    return delays.all() if column.area < 0 else delays.row(column.area)
