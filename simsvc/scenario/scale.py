"""Figures of a scenario as plain numbers in the unit in which they are written, and back: for ranges and tables."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from simsvc.scenario import paths, shape
from simsvc.scenario.ledger import quantity
from simsvc.scenario.model import Model
from simsvc.scenario.quantity import SECONDS, YEAR

_TEXT = re.compile(r"\s*([-+.\deE]+?)\s*(%|(?:/|per\b)?\s*[a-z]+)\s*")
_DIGITS = 6
"""Significant digits of a figure between two others: tidy to read, and finer than anybody knows it."""


@dataclass(frozen=True)
class Scale:
    """How the figures at a path are written.

    Attributes
    ----------
    unit : str
        ``"min"``, ``"/year"``, ``"%"``; empty for plain numbers.
    size : float
        One such unit in the model's (seconds, events per year, fraction).
    whole : bool
        Whether only whole numbers may stand there.
    """

    annotation: Any
    unit: str
    size: float
    whole: bool

    def number(self, value: Any) -> float:
        """A written value as a number in this unit: ``"1 h"`` is 60 on a scale of minutes."""
        found = _read(value) if isinstance(value, str) else None
        if found is not None and found[1] == self.unit:
            return found[0]
        return float(quantity(self.annotation, value)) / self.size

    def written(self, number: float) -> Any:
        """A number in this unit as it is written: ``"12.5 min"``; of six digits."""
        if self.whole:
            return round(number)
        text = f"{number:.{_DIGITS}g}"
        return f"{text} {self.unit}" if self.unit else float(text)

    def nearest(self, number: float) -> Any:
        """The written value at a number, or next to it where not every figure may stand.

        Months between visits divide the year; lengths in weeks or years are whole days.
        """
        if not self.unit.startswith("/") and self.size > SECONDS["d"]:
            return f"{round(number * self.size / SECONDS['d'])} d"
        tried = (number, *sorted(self._listed(), key=lambda x: abs(x - number)))
        return next((v for v in map(self.written, tried) if shape.accepts(self.annotation, v)), self.written(number))

    def between(self, low: Any, high: Any, share: float, *, log: bool = False) -> Any:
        """The written value at a share, 0 to less than 1, of the way from a written value to another.

        Whole numbers have equal shares each; ``log`` goes by equal ratios.
        """
        a, b = self.number(low), self.number(high)
        if self.whole:
            allowed = [x for x in self._listed() if a <= x <= b] or range(int(a), int(b) + 1)
            return allowed[int(share * len(allowed))]
        return self.nearest(math.exp(math.log(a) + share * math.log(b / a)) if log else a + share * (b - a))

    def _listed(self) -> list[int]:
        """The whole numbers that may stand there, where the language lists them."""
        return [int(word) for word in shape.literals(self.annotation) if word.isdecimal()]


def target(raw: dict[str, Any], path: str) -> str:
    """The path behind ``assumptions.NAME``; any other path as it is. ``raw``: the scenario's plain values.

    Raises
    ------
    ScenarioError
        There is no such assumption, or no such path.
    """
    tokens = paths.find(Model, raw, path)
    if len(tokens) == 2 and tokens[0] == "assumptions":
        # An assumption may be new as a path, but then there is no value behind it.
        paths.find(Model, raw, f"{path}.path")
        return str(paths.standing(raw, (*tokens, "path")))
    return paths.join(tokens)


def at(raw: dict[str, Any], path: str, values: Iterable[Any]) -> Scale | None:
    """The scale on which written values for a path lie; None where one is a word, a date, a table or a time of day.

    The unit is the first one written. ``path`` may be ``assumptions.NAME``; ``raw``: the scenario's plain values.

    Raises
    ------
    ScenarioError
        There is no such path.
    """
    return of(shape.annotation_at(Model, raw, paths.find(Model, raw, target(raw, path))), values)


def of(annotation: Any, values: Iterable[Any]) -> Scale | None:
    """As ``at``, for what may stand where ``annotation`` says."""
    units = []
    for value in values:
        try:
            size = quantity(annotation, value)
        except ValidationError:
            return None
        if not isinstance(size, float) or not isinstance(value, str | int | float):
            return None
        found = _read(value) if isinstance(value, str) else (value, "")
        if found is None:
            return None
        units.append(found[1])
    unit = next((u for u in units if u), "")
    whole = not unit and float not in shape.base_types(annotation)
    return Scale(annotation, unit, _size(unit), whole) if units else None


def _read(text: str) -> tuple[float, str] | None:
    """Number and unit of a text, the unit as ``Scale`` has it."""
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    unit = re.sub(r"^(/|per)\s*", "/", match[2])
    return (float(match[1]), unit) if unit.lstrip("/") in (*SECONDS, "%") else None


def _size(unit: str) -> float:
    if unit.startswith("/"):
        return YEAR / SECONDS[unit[1:]]
    return {"": 1.0, "%": 0.01}.get(unit) or float(SECONDS[unit])
