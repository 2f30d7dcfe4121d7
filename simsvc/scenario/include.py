"""Tables that several scenarios share: ``include = ["shared/hainan.toml"]`` lays them beside the scenario's own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import paths, shape
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.shape import Tokens


def names(raw: dict[str, Any]) -> list[str]:
    """The files that a scenario includes.

    Raises
    ------
    ScenarioError
        If ``include`` is no list of file names, or names one twice.
    """
    found = raw.get("include", [])
    if not isinstance(found, list) or not all(isinstance(name, str) and name for name in found):
        remedy = 'write include = ["shared/hainan.toml"]'
        raise ScenarioError(Problem("include", paths.show(found), "a list of file names is needed", remedy))
    twice = [name for i, name in enumerate(found) if name in found[:i]]
    if twice:
        raise ScenarioError(Problem("include", paths.show(twice[0]), "stands here twice", "name each file once"))
    return found


def merged(raw: dict[str, Any], shared: dict[str, Any], name: str) -> dict[str, Any]:
    """``shared`` with the scenario's own tables laid beside it, key by key.

    Parameters
    ----------
    raw, shared : dict
        The scenario and what stands in the included file ``name``.

    Raises
    ------
    ScenarioError
        With every value that stands in both, and every key of the included file that no scenario has.
    """
    known = shape.fields(Model)
    tables = {key: value for key, value in shared.items() if key in known and isinstance(value, dict)}
    problems = [
        Problem(
            f"{name}: {key}",
            "",
            "is no table that scenarios can share",
            _instead(key, known),
        )
        for key in shared
        if key not in tables
    ]
    problems += [
        Problem(
            paths.join(tokens), "", f"stands in {name} too", "take it out here, or change it by extending this file"
        )
        for tokens in _both(raw, tables, ())
    ]
    if problems:
        raise ScenarioError(problems)
    whole = _laid(shared, raw)
    return {key: whole[key] for key in (*raw, *shared)}


def _instead(key: str, known: Collection[str]) -> str:
    """What to do with a key that may not stand in an included file."""
    if key == "include":
        return "an included file includes no other: name it in the scenario's own include"
    return "write it into the scenario itself" if key in (*known, "extends", "set") else suggestion(key, known)


def _both(own: dict[str, Any], shared: dict[str, Any], here: Tokens) -> Iterator[Tokens]:
    for key in (k for k in own if k in shared):
        if isinstance(own[key], dict) and isinstance(shared[key], dict):
            yield from _both(own[key], shared[key], (*here, key))
        else:
            yield (*here, key)


def _laid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = {k: _laid(v, above[k]) for k, v in below.items() if isinstance(above.get(k), dict) and isinstance(v, dict)}
    return {**below, **above, **both}
