"""pydantic's errors → problems a person can mend: the path as written, what stands there, what is allowed, a remedy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simsvc import dictionary
from simsvc.errors import Problem
from simsvc.scenario import shape, toml_text
from simsvc.scenario.base import Table
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import listing, nearest, suggestion
from simsvc.scenario.paths import join, show
from simsvc.scenario.quantity import duration_text
from simsvc.scenario.shape import Tokens


@dataclass(frozen=True)
class Fault:
    """A problem with what mends it for the next try: take the key away, or put ``stand_in`` there."""

    tokens: Tokens
    problem: Problem
    drop: bool
    stand_in: Any = None


@dataclass(frozen=True)
class _Place:
    """Where an error lies: path, what stands there, the annotation there, and the table around it."""

    tokens: Tokens
    value: Any
    annotation: Any
    table: type[Table] | None
    is_key: bool


def faults(error: ValidationError, raw: Any, root: type[Table] = Model) -> list[Fault]:
    """One fault per place (the branches of a union that failed are joined), in the order of the file.

    ``root``: the table that ``raw`` was to be.
    """
    grouped: dict[Tokens, list[tuple[_Place, ErrorDetails]]] = {}
    for detail in error.errors(include_url=False):
        place = _locate(detail["loc"], raw, root)
        grouped.setdefault(place.tokens, []).append((place, detail))
    return [_fault(found[0][0], [detail for _, detail in found]) for found in grouped.values()]


def _locate(loc: tuple[int | str, ...], raw: Any, root: type[Table]) -> _Place:
    """Follow pydantic's location through the language; its union branches and tags are no part of the path."""
    annotation: Any = root
    value, tokens = raw, list[int | str]()
    table: type[Table] | None = None
    for step in loc:
        chosen = shape.choice(annotation)
        if step == "[key]":
            return _Place(tuple(tokens), str(tokens[-1]), annotation, None, True)
        if chosen is not None:
            if not isinstance(value, dict):
                break
            annotation = chosen[1][str(step)]
            continue
        table = shape.table_at(annotation, value)
        pair, item = shape.map_of(annotation), shape.list_of(annotation)
        if table is not None:
            info = shape.fields(table).get(str(step))
            annotation = None if info is None else shape.annotation_of(info)
        elif pair is not None or item is not None:
            annotation = pair[1] if pair is not None else item
        else:
            break
        tokens.append(step)
        value = shape.child(value, step)
    return _Place(tuple(tokens), value, annotation, table, False)


def _fault(place: _Place, details: list[ErrorDetails]) -> Fault:
    kind = details[0]["type"]
    path = join(place.tokens)
    if place.is_key:
        return Fault(place.tokens, _bad_key(place, details[0]), True)
    if kind == "extra_forbidden":
        return Fault(place.tokens, _unknown_key(place), True)
    stand_in = shape.example(place.annotation, str(place.tokens[-1]) if place.tokens else "")
    if kind == "missing":
        return Fault(place.tokens, _explained(_missing(place, stand_in), place), False, stand_in)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return Fault(place.tokens, _bad_tag(place), False, stand_in)
    messages = list(dict.fromkeys(_message(d) for d in details if d["type"] != "literal_error"))
    words = shape.literals(place.annotation)
    if words:
        messages.append(f"must be one of {listing(words)}" if not messages else f"or one of {listing(words)}")
    problem = Problem(path, show(place.value), "; ".join(messages), _remedy(place, words, stand_in))
    return Fault(place.tokens, _explained(problem, place), False, stand_in)


def _explained(problem: Problem, place: _Place) -> Problem:
    """The problem with what the field means, where its name doesn't say that by itself."""
    key = str(place.tokens[-1]) if place.tokens else ""
    entry = dictionary.field(place.table.__name__, key) if place.table is not None else None
    if entry is None or entry.en.replace(" ", "_") == key:
        return problem
    return replace(problem, message=f"{problem.message} ({key}: {entry.en})")


def _unknown_key(place: _Place) -> Problem:
    word = str(place.tokens[-1])
    known = list(shape.fields(place.table)) if place.table is not None else []
    written = join(place.tokens)
    elsewhere = sorted({where for where, name in _all_keys() if name == word})
    if nearest(word, known) is None and elsewhere:
        tables = " or ".join(f"[{where}]" for where in elsewhere[:3])
        remedy = f'"{word}" belongs under {tables}; allowed here: {listing(known)}'
    else:
        remedy = suggestion(word, known)
    return Problem(written, show(place.value), "unknown key", remedy)


def _all_keys() -> Iterator[tuple[str, str]]:
    """Every key of the language below the top, with the table it stands in (``<id>`` for a map's ids)."""

    def walk(annotation: Any, path: str) -> Iterator[tuple[str, str]]:
        pair, item, chosen = shape.map_of(annotation), shape.list_of(annotation), shape.choice(annotation)
        inner = shape.strip(annotation)
        if pair is not None:
            yield from walk(pair[1], f"{path}.<id>")
        elif item is not None:
            yield from walk(item, path)
        elif shape.is_table(inner):
            for key, info in shape.fields(inner).items():
                if path and len(key) > 2:
                    yield path, key
                yield from walk(info.annotation, f"{path}.{key}".lstrip("."))
        elif chosen is not None and chosen[0] == "kind":
            for member in chosen[1].values():
                yield from walk(member, path)

    return walk(Model, "")


def _bad_key(place: _Place, detail: ErrorDetails) -> Problem:
    words = re.findall(r"'([^']+)'", str(detail.get("ctx", {}).get("expected", "")))
    message = "is not a key that may stand here" if words else _message(detail)
    return Problem(join(place.tokens), "", message, suggestion(place.value, words))


def _missing(place: _Place, stand_in: Any) -> Problem:
    key = toml_text.key(str(place.tokens[-1]))
    around = join(place.tokens[:-1])
    where = f"in [{around}]" if around and not any(isinstance(t, int) for t in place.tokens) else ""
    text = " ".join(w for w in ("add", where, "for example", f"{key} = {toml_text.inline(stand_in)}") if w)
    return Problem(join(place.tokens), "", "is missing", text)


def _bad_tag(place: _Place) -> Problem:
    chosen = shape.choice(place.annotation)
    tag, members = chosen if chosen is not None else ("", {})
    found = place.value.get(tag) if isinstance(place.value, Mapping) else None
    path = join((*place.tokens, tag))
    if found is None:
        return Problem(path, "", "is missing", f'add {tag} = "{next(iter(members))}"; allowed: {listing(members)}')
    remedy = suggestion(str(found), members)
    return Problem(path, show(found), f"must be one of {listing(members)}", remedy)


_MESSAGES: dict[str, str | Callable[[dict[str, Any]], str]] = {
    "int_type": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "float_type": "a number is needed",
    "finite_number": "a finite number is needed",
    "string_type": "a text in quotes is needed",
    "bool_type": "true or false is needed",
    "date_type": "a date is needed",
    "dict_type": "a table is needed",
    "model_type": "a table is needed",
    "model_attributes_type": "a duration or a table is needed",
    "list_type": "a list is needed",
    "greater_than": lambda c: f"must be greater than {c['gt']}",
    "greater_than_equal": lambda c: f"must be at least {c['ge']}",
    "less_than": lambda c: f"must be less than {c['lt']}",
    "less_than_equal": lambda c: f"must be at most {c['le']}",
    "too_short": lambda c: f"at least {c['min_length']} needed, {c['actual_length']} found",
    "too_long": lambda c: f"at most {c['max_length']} allowed, {c['actual_length']} found",
    "value_error": lambda c: str(c["error"]),
}


def _message(detail: ErrorDetails) -> str:
    entry = _MESSAGES.get(detail["type"])
    if entry is None:
        return detail["msg"]
    if isinstance(entry, str):
        return entry
    # Of what is written as a text only durations have bounds, in seconds.
    bound = duration_text if isinstance(detail["input"], str) else "{:g}".format
    return entry({k: bound(v) if isinstance(v, int | float) else v for k, v in detail.get("ctx", {}).items()})


def _remedy(place: _Place, words: list[str], stand_in: Any) -> str:
    """What to write instead of a value of the wrong type or size."""
    value, types = place.value, shape.base_types(place.annotation)
    near = nearest(value, words) if isinstance(value, str) else None
    if near is not None:
        return f'did you mean "{near}"?'
    for candidate in _repairs(value, types):
        if shape.accepts(place.annotation, candidate):
            return f"write {toml_text.inline(candidate)}"
    return f"for example {toml_text.inline(stand_in)}"


def _repairs(value: Any, types: set[type]) -> Iterator[Any]:
    """Likely meanings of a value of the wrong type: a number in quotes, a unit left out, a single item of a list …"""
    if isinstance(value, str):
        text = value.strip()
        for read in (int, float, dt.date.fromisoformat):
            try:
                yield read(text)
            except ValueError:
                continue
        yield from (text.lower(), f"{text} min", f"{text} /year", f"0{text}", f"{text}:00")
        if types & {bool}:
            yield from ({"yes": True, "no": False}.get(text.lower(), text),)
    elif isinstance(value, dt.datetime):
        yield value.date()
    elif isinstance(value, dt.time):
        yield value.isoformat("minutes")
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        number = f"{value:g}"
        yield from (f"{number} min", f"{number} d", f"{number} /year", f"{number} %", str(value))
        if isinstance(value, float) and value.is_integer():
            yield int(value)
    yield [value]
