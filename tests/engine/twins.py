"""One random scenario and its luck, run by both engines."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine import difference
from simsvc.engine.reference import run
from simsvc.log import TABLES, Log
from simsvc.workload import Workload, draw

from .random_scenarios import scenario

GRAINS = (0, 0, 600, 1800, 21600)
"""Seconds of which all moments and durations are made multiples, so that they meet; 0 leaves them alone."""
SECONDS = {
    "time", "after", "release", "contractor",
    "pick_up", "handling", "remote_pick_up", "remote_work", "decision", "lag", "patience", "approval",
    "expert_pick_up", "expert_work", "turnaround", "replacement", "transfer", "renewal",
    "set_out", "mobilise", "access", "work", "diagnosis", "procurement", "install", "courier",
}  # fmt: skip
"""Columns of luck in seconds."""


@dataclass(frozen=True)
class Twins:
    """A scenario as tables, the seed of its luck, and the grain of its moments."""

    raw: dict[str, Any]
    seed: int
    grain: int

    def luck(self) -> tuple[Case, Workload]:
        """Its case and one replication of luck; a scenario that can't be is an error."""
        case = build(sv.from_dict(self.raw))
        return case, coarse(draw(case, self.seed, 0), self.grain)


def twins(luck: random.Random) -> Twins:
    """Dice as of :func:`scenario`."""
    return Twins(scenario(luck), luck.choice(range(5)), luck.choice(GRAINS))


def coarse(workload: Workload, grain: int) -> Workload:
    """The same luck, but everything comes at multiples of ``grain`` seconds and takes such, and noise is none."""
    return _coarse(workload, grain) if grain else workload  # type: ignore[no-any-return]


def _coarse(table: Any, grain: int) -> Any:
    changed = {}
    for column in fields(table):
        values = getattr(table, column.name)
        if is_dataclass(values):
            changed[column.name] = _coarse(values, grain)
        elif column.name in SECONDS:
            changed[column.name] = np.where(values >= 0, values // grain * grain, values)
        elif column.name.startswith("noise"):
            changed[column.name] = np.ones_like(values)
    return replace(table, **changed)


def agree(some: Twins) -> tuple[Case, Workload, Log, str]:
    """Run both engines: case, luck, the reference's log, and how the compiled one's differs; empty if it doesn't."""
    from simsvc.engine import compiled

    case, workload = some.luck()
    log = run(case, workload)
    told = unlike(case, log, compiled.run(case, workload))
    if not told and not some.grain:
        told = unlike(case, log, compiled.simulate(case, some.seed, 0))
        told = told and f"luck drawn when it is needed: {told}"
    return case, workload, log, told


def unlike(case: Case, log: Log, other: Log) -> str:
    """How two logs differ: the first row, or a type."""
    found = difference(case, log, other)
    if found is not None:
        return str(found)
    for name in TABLES:
        mine, theirs = getattr(log, name), getattr(other, name)
        for column, values in mine.items():
            if values.dtype != theirs[column].dtype:
                return f"{name}.{column}: {values.dtype} against {theirs[column].dtype}"
    return ""
