"""Scenario files → one plain dict: TOML, the files it includes, the CSV files it names, the scenario it extends."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import csv_table, include, overrides, paths, reading, shape, shipped
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import listing, nearest, suggestion
from simsvc.scenario.shape import Tokens

VARIANT_KEYS = ("format", "name", "title", "about", "source", "extends", "set")
"""Keys of a file that extends another; everything else stands under ``[set]``."""

Tables = dict[str, csv_table.Rows]
"""CSV files by the path at which they are named."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True)
class Source:
    """A scenario as read, not yet validated.

    ``raw``: everything in one dict. ``text``: the file. ``folder``: what relative paths in ``raw`` refer to.
    ``rows``: the CSV file behind a list, by its path. ``changes``: what a variant sets.
    """

    raw: dict[str, Any]
    text: str
    folder: Path | None
    rows: Tables = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)


def locate(name: str | Path) -> Path:
    """The file of a shipped scenario's name or a path.

    Raises
    ------
    ScenarioError
        If there is none; the remedy names the nearest.
    """
    path = Path(name)
    if isinstance(name, Path) or path.suffix == ".toml" or path.name != str(name) or str(name) in ("", ".", ".."):
        return path
    found = shipped.find(str(name))
    if found is not None:
        return found
    if os.path.exists(path):
        return path
    remedy = suggestion(str(name), shipped.names(), none="give the path of a .toml file")
    near = nearest(f"{name}.toml", [p.name for p in Path().glob("*.toml")])
    remedy += f'; or the file "{near}"' if near else ""
    raise ScenarioError(Problem(str(name), "", "there is no scenario of this name", remedy))


def read(path: Path) -> Source:
    """A scenario file with everything it names.

    Raises
    ------
    ScenarioError
        If a file can't be read.
    """
    return _read(path, ())


def _read(path: Path, children: tuple[Path, ...]) -> Source:
    name = path.name if path.parent.resolve() == shipped.folder() else str(path)
    if os.path.isdir(path):
        inside = sorted(p.name for p in path.glob("*.toml"))
        remedy = f"name a file in it: {listing(inside)}" if inside else "name a .toml file"
        raise ScenarioError(Problem(name, "", "a scenario file is needed, not a folder", remedy))
    return parse(reading.text(path, name, "a scenario file"), path.parent, name, (*children, path.resolve()))


def parse(text: str, folder: Path | None, name: str = "scenario", files: tuple[Path, ...] = ()) -> Source:
    """The text of a scenario file with everything it names.

    Parameters
    ----------
    text : str
        TOML.
    folder : Path, optional
        What relative paths in it refer to; the working directory if None.
    name : str
        How errors call the text.
    files : tuple of Path
        The file itself and those that extend it, youngest first, to find circles.
    """
    raw = toml(text, name)
    if not raw:
        raise ScenarioError(Problem(name, "", "is empty", 'start from a shipped one: extends = "huitian-2018"'))
    return expand(raw, text, folder, files)


def expand(raw: dict[str, Any], text: str, folder: Path | None, files: tuple[Path, ...] = ()) -> Source:
    """A plain dict with the CSV files and the parent that it names."""
    if "extends" in raw:
        return _variant(raw, text, folder, files)
    if "set" in raw:
        problem = Problem("set", "", "[set] changes another scenario, but none is extended", 'add extends = "…" on top')
        raise ScenarioError(problem)
    shared, shared_rows = _included(raw, folder)
    whole, rows = filled(shared, folder, [()])
    return Source(whole, text, folder, {**shared_rows, **rows})


def filled(raw: dict[str, Any], folder: Path | None, places: Iterable[Tokens]) -> tuple[dict[str, Any], Tables]:
    """The raw dict with the rows of the CSV files that are named at or below some places, and these files by path."""
    rows: Tables = {}
    problems: list[Problem] = []
    whole: Any = raw
    for place in places:
        annotation, value = shape.annotation_at(Model, raw, place), paths.standing(raw, place)
        for tokens, name, table in list(_named(annotation, value, place)):
            try:
                found = csv_table.read(name, folder or Path(), table)
            except ScenarioError as error:
                problems += [_at(p, tokens, name) for p in error.problems]
            else:
                rows[paths.join(tokens)] = found
                whole = paths.put(whole, tokens, found.values)
    if problems:
        raise ScenarioError(list(dict.fromkeys(problems)))  # places may lie in one another
    return whole, rows


def _included(raw: dict[str, Any], folder: Path | None) -> tuple[dict[str, Any], Tables]:
    """The raw dict with the tables of the files that it includes, and the CSV files behind these."""
    rows: Tables = {}
    whole = {k: v for k, v in raw.items() if k != "include"}
    for name in include.names(raw):
        path = shipped.beside(name, folder or Path())
        try:
            text = reading.text(path, name, "a file of shared tables")
        except ScenarioError as error:
            raise ScenarioError([_at(p, ("include",), name) for p in error.problems]) from None
        tables, found = filled(toml(text, name), path.parent, [()])
        whole = include.merged(whole, _moved(tables, path.parent, folder or Path()), name)
        rows |= found
    return whole, rows


def toml(text: str, name: str) -> dict[str, Any]:
    """The plain values of a TOML text.

    Raises
    ------
    ScenarioError
        If it is no TOML: the line, and what stands there.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        match = _PLACE.search(message)
        lines = text.splitlines()
        line = int(match[1]) if match and match[1] else len(lines)
        column = f":{match[2]}" if match and match[2] else ""
        standing = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        plain = _PLACE.sub("", message)
        remedy = "look at this line and the one before it: texts need quotes, each key stands once"
        raise ScenarioError(Problem(f"{name}:{line}{column}", standing, f"is no TOML: {plain}", remedy)) from None
    except (ValueError, RecursionError) as error:
        problem = Problem(name, "", f"is no TOML: {error}", "write it as the shipped scenarios are written")
        raise ScenarioError(problem) from None


def _variant(raw: dict[str, Any], text: str, folder: Path | None, files: tuple[Path, ...]) -> Source:
    problems = list(_misplaced(raw))
    if problems:
        raise ScenarioError(problems)
    older = _parent(raw["extends"], folder, files)
    merged = _moved(older.raw, older.folder, folder or Path())
    merged.update({k: raw[k] for k in VARIANT_KEYS if k in raw and k not in ("extends", "set")})
    changes = dict(flat(merged, raw.get("set", {})))
    try:
        merged = overrides.apply(merged, changes)
    except ScenarioError as error:
        raise ScenarioError([Problem(f"set.{p.path}", p.value, p.message, p.remedy) for p in error.problems]) from None
    if merged.get("name") == older.raw.get("name"):
        remedy = f'add name = "{older.raw.get("name")}-variant"'
        raise ScenarioError(Problem("name", "", "is missing: a variant needs a name of its own", remedy))
    whole, rows = filled(merged, folder, [()])
    kept = {k: v for k, v in older.rows.items() if not overrides.touches(changes, k)}
    return Source(whole, text, folder, {**kept, **rows}, {**older.changes, **changes})


def _misplaced(raw: dict[str, Any]) -> Iterator[Problem]:
    for key in raw:
        if key in VARIANT_KEYS:
            continue
        remedy = suggestion(key, VARIANT_KEYS)
        if key in shape.fields(Model):
            remedy = f'write it under [set], as "{key}.…" = …'
        yield Problem(key, "", "may not stand in a scenario that extends another", remedy)
    if not isinstance(raw["extends"], str):
        yield Problem("extends", paths.show(raw["extends"]), "a name or path in quotes is needed", 'as "huitian-2018"')
    if not isinstance(raw.get("set", {}), dict):
        yield Problem("set", paths.show(raw["set"]), "a table is needed", 'as [set] with "staff.out_of_hours" = "off"')


def flat(standing: dict[str, Any], changes: dict[str, Any], here: Tokens = ()) -> Iterator[tuple[str, Any]]:
    """The changes of a ``[set]``, or of a preset, by path.

    A table is merged into the one that stands there, key by key, so that a path may be written with or without quotes;
    one that names its kind (``dist``, ``kind``) replaces what stands there.
    """
    for key, value in changes.items():
        tokens = paths.numbered(standing, (*here, *paths.split(key)))
        chosen = shape.choice(shape.annotation_at(Model, standing, tokens))
        whole = chosen is not None and isinstance(value, dict) and chosen[0] in value
        if isinstance(value, dict) and isinstance(paths.standing(standing, tokens), dict) and not whole:
            yield from flat(standing, value, tokens)
        else:
            yield paths.join(tokens), value


def parent(name: str, folder: Path | None) -> Path:
    """The file that ``extends = name`` means in a file of that folder, whether it exists or not."""
    local = (folder or Path()) / name
    return local if local.suffix == ".toml" else shipped.find(name) or local.with_name(f"{local.name}.toml")


def _parent(name: str, folder: Path | None, files: tuple[Path, ...]) -> Source:
    path = parent(name, folder)
    if path.resolve() in files:
        circle = " → ".join(p.name for p in (*files, path.resolve()))
        raise ScenarioError(Problem("extends", paths.show(name), f"goes round in a circle: {circle}", "end the chain"))
    if not os.path.isfile(path):
        beside = sorted((folder or Path()).glob("*.toml"))
        near = [*shipped.names(), *(p.name if name.endswith(".toml") else p.stem for p in beside)]
        problem = Problem("extends", paths.show(name), "there is no scenario of this name", suggestion(name, near))
        raise ScenarioError(problem)
    return _read(path, files)


def _moved(raw: dict[str, Any], old: Path | None, new: Path) -> dict[str, Any]:
    """The raw dict with the file names that stay in it (matrix, graphml) made relative to another folder."""
    network = raw.get("network")
    moved = dict(raw)
    if isinstance(network, dict) and old is not None and old.resolve() != new.resolve():
        names = {k: network[k] for k in ("matrix", "graphml") if isinstance(network.get(k), str)}
        if names:
            moved["network"] = {**network, **{k: os.path.relpath(old / v, new) for k, v in names.items()}}
    return moved


def _at(problem: Problem, tokens: Tokens, name: str) -> Problem:
    """A problem with a whole file, named by the place in the scenario that names the file."""
    if problem.path != name:
        return problem
    return Problem(paths.join(tokens), paths.show(name), problem.message, problem.remedy)


def _named(annotation: Any, value: Any, tokens: Tokens) -> Iterator[tuple[Tokens, str, Any]]:
    """Texts that stand where a list of rows may stand."""
    row = shape.row_table(annotation)
    table, pair = shape.table_at(annotation, value), shape.map_of(annotation)
    if row is not None and isinstance(value, str):
        yield tokens, value, row
    elif isinstance(value, dict) and (table is not None or pair is not None):
        for key, inner in value.items():
            below = pair[1] if pair is not None else shape.inside(table).get(str(key)) if table is not None else None
            if below is not None:
                yield from _named(below, inner, (*tokens, str(key)))
