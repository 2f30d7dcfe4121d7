"""What a path takes on in a sweep: listed values, a range, or the range of the assumption ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import paths, scale, shape, toml_text
from simsvc.scenario.ledger import is_price
from simsvc.scenario.model import Model
from simsvc.scenario.translate import faults
from simsvc.study.sweep.grid import SHORT, Range

LEDGER = "ledger"
ALL = "assumptions.*"
"""Stands for every row of the ledger that is not varied by itself and is no price."""

Report = Callable[[Problem], None]


@dataclass(frozen=True)
class Axis:
    """One path and what it takes on.

    Attributes
    ----------
    path : str
        As it is given to ``Scenario.replace``.
    values : tuple
        The values of a grid, as written; empty for a range without steps.
    span : (Scale, low, high, log), optional
        A range to draw from; without one the values are equally likely.
    """

    path: str
    values: tuple[Any, ...]
    span: tuple[scale.Scale, Any, Any, bool] | None = None

    def draw(self, share: float) -> Any:
        """The value at a share (0 to less than 1) of the way through."""
        if self.span is None:
            return self.values[int(share * len(self.values))]
        size, low, high, log = self.span
        return size.between(low, high, share, log=log)

    @property
    def ends(self) -> tuple[Any, ...]:
        """Values that show what the others are like: all of a list, the ends of a range."""
        return self.values if self.span is None else (*self.values, *self.span[1:3])


@dataclass(frozen=True)
class Reader:
    """Reads the axes of a grid against the plain values of a scenario; tells what is wrong and reads on."""

    raw: dict[str, Any]
    report: Report

    def axes(self, at: str, table: Mapping[str, Any], taken: dict[str, str], *, grid: bool) -> list[Axis]:
        """The axes of one table, ``at`` its place in GRID.toml; ``taken``: paths varied so far, with their places."""
        found: list[Axis] = []
        flat = dict(_flat(table))
        every = flat.pop(ALL, None)
        for path, given in flat.items():
            here = f"{at}.{toml_text.key(path)}"
            name = SHORT.get(path, path)
            axis = self._axis(here, name, given)
            if axis is not None and grid and not axis.values:
                message = "a range in a grid needs its number of steps"
                self.report(Problem(here, paths.show(given), message, "add steps, as { low = 1, high = 2, steps = 5 }"))
            if axis is not None and self.take(here, name, taken):
                found.append(axis)
        if every is not None:
            found += self._all(f"{at}.{toml_text.key(ALL)}", every, taken, grid=grid)
        return found

    def take(self, here: str, path: str, taken: dict[str, str]) -> bool:
        """Note the places that a path changes; False, with a problem, if one of them is varied already."""
        mine = self._places(path)
        twice = next((place for place in mine if place in taken), None)
        if twice is not None:
            message = f"{twice} is varied twice, here and at {taken[twice]}"
            self.report(Problem(here, "", message, "leave one of them out"))
            return False
        taken.update(dict.fromkeys(mine, here))
        return True

    def value(self, here: str, annotation: Any, value: Any, base: Any) -> bool:
        """Whether a value may stand there; if not, a problem."""
        try:
            shape.parse(annotation, value)
        except ValidationError as error:
            allowed = "; ".join(dict.fromkeys(d["msg"].removeprefix("Value error, ") for d in error.errors()))
            remedy = f"write it as in the scenario: {paths.show(base)}" if base is not None else ""
            self.report(Problem(here, paths.show(value), f"may not stand at this path: {allowed}", remedy))
            return False
        return True

    def standing(self, path: str) -> tuple[Any, Any]:
        """What may stand at a path, and what does; the path behind ``assumptions.NAME``."""
        tokens = paths.find(Model, self.raw, scale.target(self.raw, path))
        return shape.annotation_at(Model, self.raw, tokens), paths.value_at(Model, self.raw, tokens)

    def _places(self, path: str) -> list[str]:
        standing = paths.standing(self.raw, paths.split(path))
        if path.startswith("assumptions.") and isinstance(standing, dict):
            return [standing["path"], *standing.get("also", ())]
        return [paths.join(paths.find(Model, self.raw, path))]

    def _axis(self, here: str, path: str, given: Any) -> Axis | None:
        try:
            annotation, base = self.standing(path)
        except ScenarioError as error:
            for p in error.problems:
                self.report(Problem(here, "", p.message, p.remedy))
            return None
        if given == LEDGER:
            return self._ledger(here, path, annotation, base)
        if isinstance(given, list) and given:
            good = [self.value(f"{here}.{k}", annotation, value, base) for k, value in enumerate(given)]
            return Axis(path, tuple(given)) if all(good) else None
        if isinstance(given, dict):
            return self._range(here, path, annotation, given)
        message = 'a list of values, a range or "ledger" is needed'
        self.report(Problem(here, paths.show(given), message, 'as [1, 2, 3], { low = 1, high = 3 } or "ledger"'))
        return None

    def _range(self, here: str, path: str, annotation: Any, given: dict[str, Any]) -> Axis | None:
        try:
            span = Range.model_validate(given)
        except ValidationError as error:
            for fault in faults(error, given, Range):
                p = fault.problem
                self.report(Problem(f"{here}.{p.path}", p.value, p.message, p.remedy))
            return None
        base = self.standing(path)[1]
        if not all(self.value(f"{here}.{key}", annotation, given[key], base) for key in ("low", "high")):
            return None
        size = scale.of(annotation, (span.low, span.high))
        if size is None:
            self.report(Problem(here, paths.show(given), "a range needs two figures", "write a list of values"))
            return None
        low, high = size.number(span.low), size.number(span.high)
        if low >= high or (span.scale == "log" and low <= 0):
            message = "low must be less than high" if low >= high else "equal ratios need a low above 0"
            self.report(Problem(here, paths.show(given), message, "widen the range"))
            return None
        log = span.scale == "log"
        return Axis(path, _steps(size, span, log=log), (size, span.low, span.high, log))

    def _ledger(self, here: str, path: str, annotation: Any, base: Any) -> Axis | None:
        row = paths.standing(self.raw, paths.split(path)) if path.startswith("assumptions.") else None
        if not isinstance(row, dict):
            message = '"ledger" is the range of an assumption'
            self.report(Problem(here, path, message, "write assumptions.NAME, or a range { low = …, high = … }"))
            return None
        values = tuple(dict.fromkeys((row["low"], base, row["high"])))
        size = scale.of(annotation, values)
        if size is None or size.number(row["low"]) >= size.number(row["high"]):
            return Axis(path, values)
        return Axis(path, values, (size, row["low"], row["high"], False))

    def _all(self, here: str, given: Any, taken: dict[str, str], *, grid: bool) -> Iterator[Axis]:
        if given != LEDGER or grid:
            message = "all assumptions together are drawn from their ranges"
            remedy = 'write "assumptions.*" = "ledger" in [lhs.over] or [sobol.over]'
            self.report(Problem(here, paths.show(given), message, remedy))
            return
        for name, row in self.raw.get("assumptions", {}).items():
            if is_price(row["path"], *row.get("also", ())):
                continue
            path = f"assumptions.{toml_text.key(name)}"
            if any(place in taken for place in self._places(path)):
                continue
            axis = self._axis(here, path, LEDGER)
            if axis is not None and self.take(here, path, taken):
                yield axis


def _steps(size: scale.Scale, span: Range, *, log: bool) -> tuple[Any, ...]:
    """The values of a range in a grid, both ends included."""
    low, high = size.number(span.low), size.number(span.high)
    if span.steps is None:
        return tuple(range(int(low), int(high) + 1)) if size.whole and high - low < 10_000 else ()
    shares = [k / (span.steps - 1) for k in range(span.steps)]
    between = [low * (high / low) ** u if log else low + u * (high - low) for u in shares[1:-1]]
    return tuple(dict.fromkeys((span.low, *(size.nearest(x) for x in between), span.high)))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Paths written with or without quotes: tables in tables, down to a range."""
    for key, given in table.items():
        path = f"{before}.{key if key == '*' else toml_text.key(key)}" if before else key
        if isinstance(given, dict) and given and not given.keys() & {"low", "high"}:
            yield from _flat(given, path)
        else:
            yield path, given
