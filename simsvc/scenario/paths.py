"""Dotted paths into a scenario (``stations.haikou.engineers``): reading, changing, and values given as text."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import shape, toml_text
from simsvc.scenario.base import Table
from simsvc.scenario.distribution import Constant
from simsvc.scenario.nearest import listing, nearest
from simsvc.scenario.shape import Token, Tokens

_STEP = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([^.\s"\']+))\s*(?:\.|$)')
_LONGEST = 80


@dataclass(frozen=True)
class Touched:
    """Places at which a scenario was changed; steps are ``in`` it if one lies at, above or below them."""

    places: tuple[Tokens, ...]

    @cached_property
    def _at(self) -> frozenset[tuple[str, ...]]:
        # A position in a list may come as digits.
        return frozenset(tuple(map(str, place)) for place in self.places)

    @cached_property
    def _around(self) -> frozenset[tuple[str, ...]]:
        return frozenset(place[:n] for place in self._at for n in range(len(place) + 1))

    def __contains__(self, tokens: Tokens) -> bool:
        steps = tuple(map(str, tokens))
        return steps in self._around or any(steps[:n] in self._at for n in range(len(steps)))


@lru_cache(maxsize=4096)
def split(path: str) -> Tokens:
    """Steps of a dotted path; a step of digits is a position in a list where one stands there.

    Raises
    ------
    ScenarioError
        If the path is empty or a step is.
    """
    tokens: list[str] = []
    position = 0
    while position < len(path) or path.endswith("."):
        match = _STEP.match(path, position)
        if match is None or (match.end() == len(path) and path.endswith(".")):
            tokens = []
            break
        tokens.append(next(g for g in match.groups() if g is not None))
        position = match.end()
    if not tokens:
        remedy = 'write the keys joined by dots, as "stations.haikou.engineers"'
        raise ScenarioError(Problem(path or "(path)", path, "is no path", remedy))
    return tuple(tokens)


def join(tokens: Tokens) -> str:
    """The dotted path of steps; keys that hold dots or spaces in quotes."""
    return ".".join(str(t) if isinstance(t, int) or re.fullmatch(r"[\w-]+", t) else toml_text.key(t) for t in tokens)


def show(value: Any) -> str:
    """A value as a person wrote it, shortened if long; nothing for None."""
    text = "" if value is None else toml_text.inline(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def literal(text: str) -> Any:
    """A value given as text on the command line: TOML where it is TOML (``3``, ``true``, ``["a"]``), else the text."""
    try:
        found = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    value = found.get("value")
    # A time of day is a text in the scenario language ("08:30"), and so is a date with a time.
    return text if len(found) != 1 or isinstance(value, dt.time | dt.datetime) else value


def plain(value: Any) -> Any:
    """A Python value as TOML knows it: numpy scalars and arrays, tuples, mappings and time spans are turned into it."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds():.15g} s"
    return plain(value.tolist()) if hasattr(value, "tolist") else value


def find(root: Any, raw: Any, path: str) -> Tokens:
    """Steps of ``path`` checked against what stands in ``raw`` and what the language ``root`` allows.

    The last step may be new where the language has a place for it (a key not yet written, a new id of a map).

    Raises
    ------
    ScenarioError
        If there is no such place; the remedy names the nearest.
    """
    tokens: list[Token] = []
    annotation, value = root, raw
    steps = split(path)
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        table, pair, item = shape.table_at(annotation, value), shape.map_of(annotation), shape.list_of(annotation)
        token: Token = int(step) if item is not None and str(step).isdecimal() else step
        here = tuple(tokens)
        if table is not None:
            below = shape.inside(table)
            if step not in below:
                raise _unknown(here, step, [*below])
            annotation = below[str(step)]
        elif pair is not None:
            known = [str(k) for k in value] if isinstance(value, dict) else []
            if step not in known and not (last and _may_be_new(pair, str(step))):
                raise _unknown(here, step, known or shape.literals(pair[0]))
            annotation = pair[1]
        elif item is not None:
            count = len(value) if isinstance(value, list) else 0
            if not isinstance(token, int) or token >= count:
                raise _unknown(here, step, [str(i) for i in range(count)])
            annotation = item
        else:
            raise _unknown(here, step, [])
        tokens.append(token)
        value = shape.child(value, token)
    return tuple(tokens)


def _may_be_new(pair: tuple[Any, Any], step: str) -> bool:
    """Whether a map takes a key of this name: any id, or one of its words where these are fixed."""
    words = shape.literals(pair[0])
    return not words or step in words


def _unknown(here: Tokens, step: Token, known: list[str]) -> ScenarioError:
    near = nearest(str(step), known)
    hints = [f'did you mean "{join((*here, near))}"?'] if near else []
    hints.append(f"allowed: {listing(known)}" if known else "nothing stands below this path")
    where = f'"{join(here)}"' if here else "a scenario"
    return ScenarioError(Problem(join((*here, step)), "", f"{where} has no {show(str(step))}", " ".join(hints)))


def numbered(raw: Any, tokens: Tokens) -> Tokens:
    """The steps with digits turned into positions where a list stands."""
    found: list[Token] = []
    for token in tokens:
        found.append(int(token) if isinstance(raw, list) and str(token).isdecimal() else token)
        raw = shape.child(raw, found[-1])
    return tuple(found)


def standing(raw: Any, tokens: Tokens) -> Any:
    """What is written at a path, None where nothing is."""
    for token in tokens:
        raw = shape.child(raw, token)
    return raw


def value_at(root: Any, raw: Any, tokens: Tokens) -> Any:
    """What is written at a path of ``raw``, or the language's default as one would write it; None where neither is."""
    value = raw
    for number, token in enumerate(tokens):
        below = shape.child(value, token)
        if below is None:
            table = shape.table_at(shape.annotation_at(root, raw, tokens[:number]), value)
            default = None if table is None else _default(table, tokens[number:])
            return _written(shape.annotation_at(root, raw, tokens), default)
        value = below
    return value


def _default(table: type[Table], tokens: Tokens) -> Any:
    info = shape.fields(table).get(str(tokens[0]))
    if info is None or info.is_required():
        return None
    value = info.get_default(call_default_factory=True)
    for token in tokens[1:]:
        value = value.get(token) if isinstance(value, dict) else getattr(value, str(token), None)
    return value


def _written(annotation: Any, value: Any) -> Any:
    """A default of the model (seconds) as it is written in a file."""
    if isinstance(value, Constant):
        return _written(annotation, value.value)
    if isinstance(value, Table):
        return {k: v for k in shape.fields(type(value)) if (v := value_at(type(value), {}, (k,))) is not None}
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    hour, minute = divmod(int(value) // 60, 60)
    written = (value, f"{value:.15g} s", f"{hour:02d}:{minute:02d}")
    return next((w for w in written if shape.accepts(annotation, w)), value)


def put(raw: Any, tokens: Tokens, value: Any) -> Any:
    """``raw`` with ``value`` at a path (None takes the key away); ``raw`` itself is left as it was."""
    if not tokens:
        return value
    token, rest = tokens[0], tokens[1:]
    if isinstance(raw, list):
        return [put(v, rest, value) if i == token else v for i, v in enumerate(raw)]
    changed = dict(raw) if isinstance(raw, dict) else {}
    if value is None and not rest:
        changed.pop(token, None)
    else:
        changed[token] = put(changed.get(token), rest, value)
    return changed
