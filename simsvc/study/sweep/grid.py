"""The language of GRID.toml: what a sweep varies, and how often each point is simulated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import files, paths, reading, shape
from simsvc.scenario.base import Table
from simsvc.scenario.model import Model
from simsvc.scenario.quantity import Natural
from simsvc.scenario.translate import faults

SHORT = {"as_of": "network.as_of"}
"""Paths that may be written short."""


class Range(Table):
    """Figures between two written ones, both included: ``steps`` of them in a grid (left out: every whole number).

    ``scale``: ``"log"`` goes by equal ratios.
    """

    low: int | float | str
    high: int | float | str
    steps: Annotated[int, Field(ge=2, le=10_000)] | None = None
    scale: Literal["linear", "log"] = "linear"


class Sample(Table):
    """Points spread evenly over ranges. ``over``: for each path a range, a list of equally likely values, or
    ``"ledger"``. ``seed``: which of the equally good spreads."""

    points: Annotated[int, Field(ge=1, le=1_000_000)]
    seed: Annotated[int, Field(ge=0)] = 1
    over: Annotated[dict[str, Any], Field(min_length=1)]


class Grid(Table):
    """One GRID.toml. Its points are every combination of what stands in ``grid``, ``list``, ``lhs`` and ``sobol``.

    ``replications``: of each point, all points with the same luck (``seed``). ``areas``: keep the rows of cities and
    counties, too; ``readings``: those of the other readings. ``set``: changes that all points share. ``grid``: for each
    path a list of values, a range with steps, or ``"ledger"`` (low, base and high of an assumption). ``list``: points
    written one by one.
    """

    format: Literal[1] = 1
    replications: Natural = 10
    seed: Annotated[int, Field(ge=0)] = 1
    areas: bool = False
    readings: bool = True
    fixed: Annotated[dict[str, Any], Field(alias="set", default_factory=dict)]
    grid: Annotated[dict[str, Any], Field(default_factory=dict)]
    rows: Annotated[list[dict[str, Any]], Field(alias="list", default_factory=list)]
    lhs: Sample | None = None
    sobol: Sample | None = None


def read(source: Grid | Mapping[str, Any] | str | Path) -> tuple[Grid, list[Problem]]:
    """A grid from a TOML file, or from plain values laid out as in one.

    Returns
    -------
    Grid
        Without the top-level keys that have a problem.
    list of Problem
        What is wrong with the keys; empty if nothing is. What the paths and values mean is checked with the scenario.

    Raises
    ------
    ScenarioError
        If the file can't be read or is no TOML.
    """
    if isinstance(source, Grid):
        return source, []
    raw = paths.plain(dict(source)) if isinstance(source, Mapping) else _toml(Path(source))
    problems = [_misplaced(key, raw[key]) for key in raw if _is_path(key)]
    trial = {key: value for key, value in raw.items() if not _is_path(key)}
    try:
        return Grid.model_validate(trial), problems
    except ValidationError as error:
        found = faults(error, trial, Grid)
        bad = {str(fault.tokens[0]) for fault in found}
        sound = {key: value for key, value in trial.items() if key not in bad}
        return Grid.model_validate(sound), [*problems, *(fault.problem for fault in found)]


def _toml(path: Path) -> dict[str, Any]:
    return files.toml(reading.text(path, str(path), "a GRID.toml"), path.name)


def _is_path(key: str) -> bool:
    """Whether a top-level key is a path of the scenario rather than a mistyped key of the grid."""
    try:
        top = str(paths.split(key)[0])
    except ScenarioError:
        return False
    return top not in shape.fields(Grid) and (top in shape.fields(Model) or top in SHORT)


def _misplaced(key: str, value: Any) -> Problem:
    remedy = "write it under [grid], [lhs.over] or [sobol.over] to vary it, under [set] to change it for all points"
    return Problem(key, paths.show(value), "a path of the scenario stands at the top", remedy)
