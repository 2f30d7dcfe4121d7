"""The assumption ledger: the figures that no document gives, each with its path, range and source."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from simsvc.errors import ScenarioError
from simsvc.scenario import paths, shape
from simsvc.scenario.base import Text
from simsvc.scenario.distribution import Constant
from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.paths import Touched
from simsvc.scenario.promises import Assumption
from simsvc.scenario.shape import Tokens

_PRICES: frozenset[Tokens] = frozenset({
    ("dispatch", "contractor", "price"),
    *(("reporting", "costs", key) for key in ("visit", "hour", "overtime_hour", "desk_hour", "loaner_day")),
})  # fmt: skip
"""Prices that are put to what has happened. Those of parts and units are not among them: spares promised by value rest
on them."""


def is_price(*at: str) -> bool:
    """Whether what stands at some paths moves no case and no verdict: what things cost, or what a plan is asked for."""
    places = [paths.split(path) for path in at]
    return all(tokens[0] == "sizing" or tokens in _PRICES for tokens in places)


@dataclass(frozen=True)
class Entry:
    """One assumption; ``base``, ``low`` and ``high`` as they are written in the scenario (``"75 min"``, ``0.2``).

    ``also``: further paths at which the same figure stands and which move with ``path``.
    """

    id: str
    path: str
    also: tuple[str, ...]
    base: Any
    low: Any
    high: Any
    source: str
    confidence: str
    name: Text


def entries(model: Model, raw: dict[str, Any]) -> list[Entry]:
    """The ledger of a valid scenario, ``base`` read from each assumption's path."""
    found = []
    for key, a in model.assumptions.items():
        base = paths.value_at(Model, raw, paths.find(Model, raw, a.path))
        found.append(Entry(key, a.path, tuple(a.also), base, a.low, a.high, a.source, a.confidence, a.name))
    return found


def check(model: Model, raw: dict[str, Any], changed: Touched | None = None) -> Iterator[Flaw]:
    """Assumptions whose path leads nowhere, whose values don't fit there, or whose range leaves the base out.

    ``changed``: the places at which ``raw`` differs from a scenario whose ledger is right; only rows on which these
    bear are looked at.
    """
    for key, assumption in model.assumptions.items():
        at: Tokens = ("assumptions", key)
        if changed is not None and not _concerned(changed, at, assumption):
            continue
        found = yield from _standing(raw, (*at, "path"), assumption.path)
        if found is None:
            continue
        tokens, value = found
        annotation = shape.annotation_at(Model, raw, tokens)
        yield from (replace(flaw, needs=(tokens,)) for flaw in _values(at, annotation, value, assumption))
        for i, path in enumerate(assumption.also):
            other = yield from _standing(raw, (*at, "also", i), path)
            if other is not None and not _equal(annotation, value, other[1]):
                message = f"{paths.show(other[1])} stands there, and {paths.show(value)} at {assumption.path}"
                remedy = "write the same figure there, or give it a row of its own"
                yield Flaw((*at, "also", i), message, remedy, (tokens, other[0]))


def _concerned(changed: Touched, at: Tokens, assumption: Assumption) -> bool:
    return at in changed or any(paths.split(path) in changed for path in (assumption.path, *assumption.also))


def _standing(raw: dict[str, Any], at: Tokens, path: str) -> Generator[Flaw, None, tuple[Tokens, Any] | None]:
    """The place that a path means and the single value there; None, and why, if there is none."""
    needs: tuple[Tokens, ...] = ()
    try:
        needs = (paths.numbered(raw, paths.split(path)),)
        tokens = paths.find(Model, raw, path)
    except ScenarioError as error:
        yield Flaw(at, error.problems[0].message, error.problems[0].remedy, needs)
        return None
    value = paths.value_at(Model, raw, tokens)
    if isinstance(value, dict | list):
        below = list(value) if isinstance(value, dict) else list(range(len(value)))
        remedy = f'name a single value, as "{paths.join((*tokens, below[-1]))}"' if below else "name a single value"
        yield Flaw(at, "a whole table stands at this path", remedy, needs)
        return None
    if value is None:
        yield Flaw(at, "nothing is written at this path", "write the value there", needs)
        return None
    return tokens, value


def _values(at: Tokens, annotation: Any, value: Any, assumption: Assumption) -> Iterator[Flaw]:
    found: dict[str, Any] = {}
    for key in ("low", "base", "high"):
        given = getattr(assumption, key)
        try:
            found[key] = quantity(annotation, value if given is None else given)
        except ValidationError:
            yield Flaw((*at, key), f"may not stand at {assumption.path}", f"write it as there: {paths.show(value)}")
    shown = paths.show(value)
    if "base" in found and not _equal(annotation, value, value if assumption.base is None else assumption.base):
        yield Flaw((*at, "base"), f"is not what stands at {assumption.path}", f"write {shown}, or leave base out")
    low, base, high = (found.get(key) for key in ("low", "base", "high"))
    if isinstance(low, float) and isinstance(base, float) and low > base:
        yield Flaw((*at, "low"), f"must not exceed the base, {shown}", "widen the range")
    if isinstance(high, float) and isinstance(base, float) and high < base:
        yield Flaw((*at, "high"), f"must not be less than the base, {shown}", "widen the range")


def quantity(annotation: Any, value: Any) -> Any:
    """A written value as a number in the model's unit (float), or as it is for words and dates.

    Raises
    ------
    pydantic.ValidationError
        If the value may not stand there.
    """
    parsed = shape.parse(annotation, value)
    if isinstance(parsed, Constant):
        return parsed.value
    return float(parsed) if isinstance(parsed, int | float) and not isinstance(parsed, bool) else parsed


def same(a: Any, b: Any) -> bool:
    """Whether two quantities are equal but for rounding."""
    return math.isclose(a, b, rel_tol=1e-9) if isinstance(a, float) and isinstance(b, float) else bool(a == b)


def _equal(annotation: Any, a: Any, b: Any) -> bool:
    try:
        return same(quantity(annotation, a), quantity(annotation, b))
    except ValidationError:
        return False
