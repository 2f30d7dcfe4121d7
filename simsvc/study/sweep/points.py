"""A scenario and a grid → the points of a sweep, each a set of changes by path."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import Scenario, files, overrides, toml_text
from simsvc.study.sweep.axis import Axis, Reader
from simsvc.study.sweep.columns import Column, column
from simsvc.study.sweep.grid import SHORT, Grid, Sample, read

MOST = 1_000_000
"""Points of a sweep."""

Block = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Plan:
    """The points of a sweep: every combination of one entry of each block, the last block running fastest.

    Attributes
    ----------
    scenario : Scenario
        With the changes that all points share.
    grid : Grid
        Replications, seed, what is kept.
    blocks : tuple of Block
        Changes by path; no path stands in two blocks.
    """

    scenario: Scenario
    grid: Grid
    blocks: tuple[Block, ...]

    def __len__(self) -> int:
        return math.prod(map(len, self.blocks))

    def point(self, number: int) -> dict[str, Any]:
        """The changes of a point, ``number`` from 0."""
        changes: dict[str, Any] = {}
        for block in reversed(self.blocks):
            number, k = divmod(number, len(block))
            changes = {**block[k], **changes}
        return changes

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What the points differ in, a column each."""
        raw = self.scenario.raw
        return tuple(
            column(raw, path, [entry[path] for entry in block if path in entry])
            for block in self.blocks
            for path in dict.fromkeys(path for entry in block for path in entry)
        )


def plan(scenario: Scenario, source: Grid | Mapping[str, Any] | str | Path) -> Plan:
    """The points that a GRID.toml (or its plain values) makes of a scenario.

    Raises
    ------
    ScenarioError
        With everything that is wrong: unknown keys, paths that don't exist, values that may not stand there, paths
        varied twice. Values that fit each by itself but not together are left to the points.
    """
    grid, problems = read(source)
    try:
        base = scenario.replace(**_flat(scenario.raw, grid.fixed)) if grid.fixed else scenario
    except ScenarioError as error:
        problems += [Problem(f"set.{p.path}", p.value, p.message, p.remedy) for p in error.problems]
        base = scenario
    reader, taken = Reader(base.raw, problems.append), dict[str, str]()
    rows = _rows(reader, grid.rows, taken)
    axes = reader.axes("grid", grid.grid, taken, grid=True)
    samples = [(n, s) for n, s in (("lhs", grid.lhs), ("sobol", grid.sobol)) if s is not None]
    if grid.sobol is not None and grid.sobol.points.bit_count() != 1:
        near = 2 ** round(math.log2(grid.sobol.points))
        message = "Sobol points are even only in numbers that are powers of 2"
        problems.append(Problem("sobol.points", str(grid.sobol.points), message, f"write {near}"))
    drawn = [(n, s, reader.axes(f"{n}.over", s.over, taken, grid=False)) for n, s in samples]
    if not problems and not (axes or rows or drawn):
        remedy = 'add [grid] with for instance "stations.haikou.engineers" = [1, 2]'
        problems.append(Problem("grid", "", "nothing is varied", remedy))
    if problems:
        raise ScenarioError(problems)
    blocks = [tuple({axis.path: value} for value in axis.values) for axis in axes]
    blocks += [rows] if rows else []
    made = math.prod(map(len, blocks)) * math.prod(s.points for _, s in samples)
    if made > MOST:
        raise ScenarioError(Problem("grid", f"{made:,} points", f"at most {MOST:,} are made", "sample them by [lhs]"))
    return Plan(base, grid, (*blocks, *(_sampled(name, sample, found) for name, sample, found in drawn)))


def _flat(raw: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {SHORT.get(path, path): value for path, value in files.flat(raw, dict(changes))}


def _rows(reader: Reader, rows: Sequence[Mapping[str, Any]], taken: dict[str, str]) -> Block:
    """The points written one by one; each is tried on the scenario as far as paths and single values go."""
    found = []
    for k, row in enumerate(rows):
        changes = {}
        try:
            changes = _flat(reader.raw, row)
            after = overrides.apply(reader.raw, changes)
        except ScenarioError as error:
            for p in error.problems:
                reader.report(Problem(f"list.{k}.{p.path}", p.value, p.message, p.remedy))
            continue
        within = Reader(after, reader.report)
        for path, value in changes.items():
            if value is not None:
                annotation, _ = within.standing(path)
                within.value(f"list.{k}.{toml_text.key(path)}", annotation, value, _before(reader, path))
        found.append(changes)
    for path in dict.fromkeys(path for row in found for path in row):
        with contextlib.suppress(ScenarioError):  # what only a row makes can't be varied elsewhere
            reader.take("list", path, taken)
    return tuple(found)


def _before(reader: Reader, path: str) -> Any:
    try:
        return reader.standing(path)[1]
    except ScenarioError:
        return None  # a path that only a row itself makes


def _sampled(kind: str, sample: Sample, axes: Sequence[Axis]) -> Block:
    """Points of a Latin hypercube or a Sobol sequence over the axes."""
    from scipy.stats import qmc

    rng = np.random.default_rng(sample.seed)
    if kind == "lhs":
        shares = qmc.LatinHypercube(len(axes), rng=rng).random(sample.points)
    else:
        shares = qmc.Sobol(len(axes), rng=rng).random(sample.points)
    return tuple(dict(_drawn(axes, row)) for row in shares.tolist())


def _drawn(axes: Sequence[Axis], shares: Sequence[float]) -> Iterator[tuple[str, Any]]:
    for axis, share in zip(axes, shares, strict=True):
        yield axis.path, axis.draw(share)
