"""Changes to a scenario by dotted paths: from code, from the command line, from a variant's ``[set]``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import paths, shape
from simsvc.scenario.ledger import quantity, same
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.paths import Touched
from simsvc.scenario.shape import Tokens


def apply(raw: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``raw`` with each path changed (``None`` takes a key away), the ledger kept in step.

    ``assumptions.NAME`` sets the value at that assumption's path and at those of its ``also``. Where a changed value is
    the base of an assumption, the written base follows, the range is widened to hold it (what a planner tries is no
    error), and places where the figure is no longer the same leave its ``also``.

    Raises
    ------
    ScenarioError
        With every path that doesn't exist.
    """
    return change(raw, changes)[0]


def change(raw: dict[str, Any], changes: Mapping[str, Any]) -> tuple[dict[str, Any], Touched]:
    """The same, and what was touched: whatever is not in it is the object that it was, and means what it meant."""
    problems: list[Problem] = []
    changed = raw
    touched: list[Tokens] = []
    for path, value in changes.items():
        try:
            for tokens in resolve(changed, path, value):
                changed = paths.put(changed, tokens, paths.plain(value))
                touched.append(_whole(changed, tokens))
        except ScenarioError as error:
            problems += [Problem(p.path, paths.show(paths.plain(value)), p.message, p.remedy) for p in error.problems]
    if problems:
        raise ScenarioError(problems)
    return _follow(raw, changed, Touched(tuple(touched)))


def touches(changes: Mapping[str, Any], path: str) -> bool:
    """Whether a change replaces what stands at ``path`` or something below it."""
    return any(path == c or path.startswith(f"{c}.") for c in changes)


def resolve(raw: dict[str, Any], path: str, value: Any) -> list[Tokens]:
    """The places that a path means: itself, or those of an assumption."""
    steps = paths.split(path)
    if len(steps) == 2 and steps[0] == "assumptions" and value is not None and not isinstance(value, Mapping):
        assumption = paths.standing(raw, steps)
        if not isinstance(assumption, dict) or not isinstance(assumption.get("path"), str):
            remedy = suggestion(str(steps[1]), raw.get("assumptions", {}), none="the scenario has no assumptions")
            raise ScenarioError(Problem(path, "", "there is no assumption of this name", remedy))
        return [paths.find(Model, raw, p) for p in _listed(assumption)]
    return [paths.find(Model, raw, path)]


def _listed(assumption: dict[str, Any]) -> list[str]:
    """The paths of an assumption that may not be validated yet."""
    also = assumption.get("also")
    listed = [assumption["path"], *(also if isinstance(also, list) else [])]
    return [path for path in listed if isinstance(path, str)]


def _whole(raw: dict[str, Any], tokens: Tokens) -> Tokens:
    """The table around a place if it is one of several kinds: its kind decides what its other keys mean."""
    return tokens[:-1] if shape.choice(shape.annotation_at(Model, raw, tokens[:-1])) is not None else tokens


def _follow(before: dict[str, Any], after: dict[str, Any], touched: Touched) -> tuple[dict[str, Any], Touched]:
    """The ledger brought in step with the values that were changed; its rows that moved are touched too."""
    ledger = after.get("assumptions")
    rows: list[Tokens] = []
    for key, assumption in ledger.items() if isinstance(ledger, dict) else ():
        if not isinstance(assumption, dict):
            continue
        try:
            if not any(paths.split(path) in touched for path in _listed(assumption)):
                continue
            moved = _moved(before, after, assumption)
        except (ScenarioError, ValidationError, KeyError, TypeError):
            continue  # validation will say what is wrong with it
        if moved:
            rows.append(("assumptions", key))
            after = paths.put(after, rows[-1], {**assumption, **moved})
    return after, Touched((*touched.places, *rows))


def _moved(before: dict[str, Any], after: dict[str, Any], assumption: dict[str, Any]) -> dict[str, Any]:
    """What changes in an assumption if the values at its places did."""
    places = {p: paths.find(Model, after, p) for p in _listed(assumption)}
    values = {p: paths.value_at(Model, after, tokens) for p, tokens in places.items()}
    if all(values[p] == paths.value_at(Model, before, tokens) for p, tokens in places.items()):
        return {}
    value, annotation = values[assumption["path"]], shape.annotation_at(Model, after, places[assumption["path"]])
    size, low, high = (quantity(annotation, v) for v in (value, assumption["low"], assumption["high"]))
    moved: dict[str, Any] = {"base": value} if "base" in assumption else {}
    if "also" in assumption:
        moved["also"] = [p for p in assumption["also"] if same(size, quantity(annotation, values[p]))]
    if isinstance(size, float) and isinstance(low, float) and isinstance(high, float):
        moved |= ({"low": value} if size < low else {}) | ({"high": value} if size > high else {})
    return moved
