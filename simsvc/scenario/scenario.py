"""The scenario: what a person wrote, validated, immutable, changed only by making another."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import files, ledger, overrides, paths, shape, shipped, toml_text
from simsvc.scenario.csv_table import Rows
from simsvc.scenario.model import Model
from simsvc.scenario.validation import validate, validate_change


@dataclass(frozen=True, eq=False)
class Scenario:
    """A validated scenario; two are equal if their hashes are. Made by ``load``, ``loads`` and ``from_dict``.

    Attributes
    ----------
    model : Model
        The typed scenario: seconds, events per year, fractions.
    text : str
        The source as it was read (the file alone; ``to_toml`` gives everything in one).
    path : Path or None
        The file it came from; ``folder`` is what relative paths in it refer to.
    changes : dict
        What was set by a variant and by overrides since the file that it extends, by path.
    """

    model: Model
    text: str = field(repr=False)
    path: Path | None
    folder: Path | None = field(repr=False)
    changes: Mapping[str, Any]
    _raw: dict[str, Any] = field(repr=False)
    _rows: Mapping[str, Rows] = field(repr=False)

    @property
    def name(self) -> str:
        """The scenario's own name."""
        return self.model.name

    @property
    def origin(self) -> str:
        """Where it came from: the path of the file, or the name."""
        return str(self.path) if self.path is not None else self.name

    @property
    def raw(self) -> dict[str, Any]:
        """A copy of the scenario as plain values, units as written, CSV files read, variants resolved."""
        return copy.deepcopy(self._raw)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content in canonical JSON: order, comments and ``1.0`` for ``1`` don't matter.

        Files that the network refers to (matrix, GraphML) count by their content, not by their name.
        """
        canonical: Any = _canonical(self._raw)
        for key in ("matrix", "graphml"):
            name = getattr(self.model.network, key)
            if name is not None:
                file = (self.folder or Path()) / name
                digest = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
                canonical = paths.put(canonical, ("network", key), digest)
        text = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def get(self, path: str) -> Any:
        """What stands at a dotted path, as written; the language's default where nothing is written.

        Raises
        ------
        ScenarioError
            If there is no such path; the remedy names the nearest.
        """
        return copy.deepcopy(paths.value_at(Model, self._raw, paths.find(Model, self._raw, path)))

    def override(self, path: str, value: Any) -> Scenario:
        """The scenario with one value changed; see ``replace``.

        Examples
        --------
        >>> scenario.override("stations.haikou.engineers", 3)  # doctest: +SKIP
        """
        return self.replace(**{path: value})

    def replace(self, **changes: Any) -> Scenario:
        """A new, validated scenario with values changed by path.

        Parameters
        ----------
        **changes
            Dotted path = value, in a dict: ``replace(**{"staff.out_of_hours": "off"})``; None takes a key away.
            ``assumptions.NAME`` sets the value at that assumption's path and wherever it also stands. The ledger
            follows: its base, its range (widened to hold the new value), its further places (those that now differ
            are taken out).

        Raises
        ------
        ScenarioError
            With every path that doesn't exist (and the nearest) or value that isn't allowed.
        """
        raw, touched = overrides.change(self._raw, changes)
        raw, rows = files.filled(raw, self.folder, touched.places)
        rows = {k: v for k, v in self._rows.items() if not overrides.touches(changes, k)} | rows
        with _in_files(rows):
            model = validate_change(raw, touched, self._raw, self.model)
        plain = {k: paths.plain(v) for k, v in changes.items()}
        return Scenario(model, self.text, self.path, self.folder, {**self.changes, **plain}, raw, rows)

    def diff(self, other: Scenario) -> list[tuple[str, Any, Any]]:
        """Differences as (path, value here, value there), sorted by path; None where nothing stands.

        Defaults count as written: a key written with its default value is no difference.
        """
        here, there = dict(_leaves(self._raw)), dict(_leaves(other._raw))
        found = []
        for tokens in sorted({*here, *there}, key=lambda t: tuple(str(x) for x in t)):
            a = here[tokens] if tokens in here else paths.value_at(Model, self._raw, tokens)
            b = there[tokens] if tokens in there else paths.value_at(Model, other._raw, tokens)
            if _canonical(a) != _canonical(b):
                found.append((paths.join(tokens), a, b))
        return found

    def ledger(self) -> list[ledger.Entry]:
        """The assumptions, ``base`` read from each one's path."""
        return ledger.entries(self.model, self._raw)

    def to_toml(self) -> str:
        """The whole scenario as one TOML file that loads by itself (matrix and GraphML files stay outside)."""
        return toml_text.document(self._raw)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __str__(self) -> str:
        return f"{self.name}: {self.model.title.en}"


def load(name_or_path: str | Path) -> Scenario:
    """A scenario by the name of a shipped one or the path of a TOML file.

    Raises
    ------
    ScenarioError
        With everything that is wrong with it, each with its path, value and remedy.
    """
    path = files.locate(name_or_path)
    scenario = _build(files.read(path), path)
    if path.parent.resolve() == shipped.folder() and scenario.name != path.stem:
        message = "a shipped scenario is named as its file"
        raise ScenarioError(Problem("name", paths.show(scenario.name), message, f'write "{path.stem}"'))
    return scenario


def loads(text: str, base: str | Path | None = None) -> Scenario:
    """A scenario from TOML text.

    Parameters
    ----------
    text : str
        TOML.
    base : str or Path, optional
        Folder that relative paths in it refer to; the working directory if left out.

    Raises
    ------
    ScenarioError
        With everything that is wrong with it.
    """
    return _build(files.parse(text, None if base is None else Path(base)), None)


def from_dict(raw: Mapping[str, Any], base: str | Path | None = None) -> Scenario:
    """A scenario from plain values, laid out as in a TOML file.

    Raises
    ------
    ScenarioError
        With everything that is wrong with it.
    """
    plain = paths.plain(dict(raw))
    source = files.expand(plain, toml_text.document(plain), None if base is None else Path(base))
    return _build(source, None)


def _build(source: files.Source, path: Path | None) -> Scenario:
    with _in_files(source.rows):
        model = validate(source.raw)
    return Scenario(model, source.text, path, source.folder, source.changes, source.raw, source.rows)


@contextlib.contextmanager
def _in_files(rows: Mapping[str, Rows]) -> Iterator[None]:
    """Problems in rows that came from CSV files are named by file, row and column."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError([_in_file(p, rows) for p in error.problems]) from None


def _in_file(problem: Problem, rows: Mapping[str, Rows]) -> Problem:
    """A problem in a row that came from a CSV file, named by file, row and column."""
    for path, table in rows.items():
        match = re.fullmatch(re.escape(path) + r"\.(\d+)(?:\.(.+))?", problem.path)
        if match is not None:
            place = f"{table.name}:{table.lines[int(match[1])]}" + (f":{match[2]}" if match[2] else "")
            return Problem(place, problem.value, problem.message, problem.remedy, problem.severity)
    return problem


def _canonical(value: Any) -> Any:
    """Plain values of which equal ones have equal JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {str(k): _canonical(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_canonical(v) for v in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _leaves(value: Any, tokens: shape.Tokens = ()) -> list[tuple[shape.Tokens, Any]]:
    """Every value that is no table and no list, with its path; empty ones as they are."""
    below: list[tuple[shape.Token, Any]] = []
    if isinstance(value, dict):
        below = list(value.items())
    elif isinstance(value, list):
        below = list(enumerate(value))
    return [leaf for k, v in below for leaf in _leaves(v, (*tokens, k))] if below else [(tokens, value)]
