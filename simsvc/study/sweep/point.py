"""One point of a sweep, simulated and judged; what travels to workers."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import simsvc
from simsvc.case import build
from simsvc.engine import SEMANTICS
from simsvc.engine.select import Name
from simsvc.errors import SimsvcError, StudyError
from simsvc.measures import tallier
from simsvc.promise import Row, judge
from simsvc.scenario import Scenario
from simsvc.scenario.parts import BASE
from simsvc.study.replicate import one

Point = tuple[int, Mapping[str, Any]]
"""Number and changes."""


@dataclass(frozen=True)
class Job:
    """What all points of a sweep share. ``packed``: the scenario, small enough to travel with every point."""

    packed: bytes
    engine: Name
    seed: int
    replications: int
    areas: bool
    readings: bool
    versions: tuple[str, str] = (simsvc.__version__, SEMANTICS)


def pack(scenario: Scenario) -> bytes:
    """A scenario to travel."""
    return zlib.compress(pickle.dumps(scenario, pickle.HIGHEST_PROTOCOL))


def run_point(job: Job, point: Point) -> Sequence[Row] | str:
    """The rows of a point, or why it failed: whatever is wrong with one point stops no other.

    Raises
    ------
    StudyError
        If the worker runs another version than the one that asks.
    """
    here = (simsvc.__version__, SEMANTICS)
    if job.versions != here:
        mine, theirs = (f"simsvc {v} (model {s})" for v, s in (job.versions, here))
        raise StudyError(f"a worker has {theirs}, this process {mine}; install the same on both")
    try:
        return _rows(job, point[1])
    except SimsvcError as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _rows(job: Job, changes: Mapping[str, Any]) -> list[Row]:
    case = build(_unpacked(job.packed).replace(**changes))
    tally = tallier(job.engine)
    tallies = [tally(case, one(case, job.seed, r, job.engine)) for r in range(job.replications)]
    return [row for row in judge(case, tallies, areas=job.areas) if job.readings or row.reading == BASE]


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Scenario:
    scenario: Scenario = pickle.loads(zlib.decompress(packed))
    return scenario
