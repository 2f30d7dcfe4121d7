"""The scenario language as a tree of types: what may stand at a path. Errors, overrides, CSV and the schema read it.

An *annotation* is what pydantic validates against: a ``Table``, a choice of tables by a tag, a map, a list, or a leaf.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from functools import cache, lru_cache
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, PydanticUserError, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from simsvc.scenario.base import Table

Token = str | int
Tokens = tuple[Token, ...]

_CANDIDATES: tuple[Any, ...] = (
    "75 min", "3 d", "0.8 /year", "08:30", "08:00-18:00", 0.5, 1, dt.date(2018, 7, 1), True, "...",
)  # fmt: skip
_EXAMPLES = {
    "name": "my-scenario",
    "calendar": "office",
    "node": "haikou",
    "area": "haikou",
    "product": "pc",
    "per_product": "pc",
    "station": "haikou",
    "part": "psu",
    "from": "haikou",
    "path": "staff.mobilisation",
    "source": "assumption",
    "window": "365 d",
    "warm_up": "28 d",
    "drain": "28 d",
    "cycle": "1095 d",
}
"""Values for keys of which not any that fits the type will do."""


@cache
def strip(annotation: Any) -> Any:
    """The annotation without ``Annotated`` and ``| None``."""
    while typing.get_origin(annotation) is Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        members = [m for m in typing.get_args(annotation) if m is not type(None)]
        if len(members) == 1:
            return strip(members[0])
    return annotation


def is_table(annotation: Any) -> bool:
    """Whether a stripped annotation is a single table."""
    return isinstance(annotation, type) and issubclass(annotation, Table)


@cache
def fields(table: type[Table]) -> dict[str, FieldInfo]:
    """The keys that a table may have, as a person writes them (``from``, not ``from_``)."""
    return {info.alias or name: info for name, info in table.model_fields.items()}


@cache
def inside(table: type[Table]) -> dict[str, Any]:
    """What may stand under each key of a table: annotations with their constraints."""
    return {key: annotation_of(info) for key, info in fields(table).items()}


def annotation_of(info: FieldInfo) -> Any:
    """The annotation of a field with its constraints."""
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation


@cache
def choice(annotation: Any) -> tuple[str, dict[str, type[Table]]] | None:
    """The tag's key and the table per tag of a choice of tables; None for anything else."""
    inner = strip(annotation)
    if typing.get_origin(inner) not in (typing.Union, types.UnionType):
        return None
    members = [m for m in typing.get_args(inner) if is_table(m)]
    if len(members) != len(typing.get_args(inner)):
        return None
    tag = next(iter(members[0].model_fields))
    return tag, {typing.get_args(m.model_fields[tag].annotation)[0]: m for m in members}


def table_at(annotation: Any, value: Any) -> type[Table] | None:
    """The table that a value is to be: the only one, or the one its tag names; None for a leaf, map or list."""
    inner = strip(annotation)
    if is_table(inner):
        return typing.cast("type[Table]", inner)
    chosen = choice(inner)
    if chosen is None or not isinstance(value, dict):
        return None
    return chosen[1].get(str(value.get(chosen[0])))


@cache
def map_of(annotation: Any) -> tuple[Any, Any] | None:
    """Annotations of the keys and values of a map, None for anything else."""
    inner = strip(annotation)
    return typing.get_args(inner) if typing.get_origin(inner) is dict else None


@cache
def list_of(annotation: Any) -> Any:
    """Annotation of the items of a list, None for anything else."""
    inner = strip(annotation)
    return typing.get_args(inner)[0] if typing.get_origin(inner) is list else None


@cache
def row_table(annotation: Any) -> type[Table] | None:
    """The table of the rows if a field can stand in a CSV file: a list of tables whose cells are all leaves."""
    item = strip(list_of(annotation))
    if not is_table(item):
        return None
    flat = all(
        choice(cell) is None and not is_table(strip(cell)) and map_of(cell) is None and list_of(cell) is None
        for cell in inside(item).values()
    )  # fmt: skip
    return typing.cast("type[Table]", item) if flat else None


def literals(annotation: Any) -> list[str]:
    """The fixed words that a leaf allows (a leaf may also allow other values)."""
    inner = strip(annotation)
    if typing.get_origin(inner) is Literal:
        return [str(a) for a in typing.get_args(inner)]
    if typing.get_origin(inner) in (typing.Union, types.UnionType):
        return [word for m in typing.get_args(inner) for word in literals(m)]
    return []


def base_types(annotation: Any) -> set[type]:
    """The plain Python types that a leaf allows."""
    inner = strip(annotation)
    if typing.get_origin(inner) in (typing.Union, types.UnionType):
        return {t for m in typing.get_args(inner) for t in base_types(m)}
    if typing.get_origin(inner) is Literal:
        return {type(a) for a in typing.get_args(inner)}
    return {inner} if isinstance(inner, type) else set()


def parse(annotation: Any, value: Any) -> Any:
    """The value as the model reads it (seconds of a duration …).

    Raises
    ------
    pydantic.ValidationError
        If the annotation doesn't allow the value.
    """
    return _adapter(annotation).validate_python(value)


@lru_cache(maxsize=256)
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    try:
        return TypeAdapter(annotation, config=ConfigDict(strict=True, allow_inf_nan=False))
    except PydanticUserError:  # a table brings its own configuration
        return TypeAdapter(annotation)


def accepts(annotation: Any, value: Any) -> bool:
    """Whether the annotation allows the value."""
    try:
        parse(annotation, value)
    except ValidationError:
        return False
    return True


def example(annotation: Any, key: str = "") -> Any:
    """A value that the annotation allows, as a person would write it."""
    inner = strip(annotation)
    if key in _EXAMPLES and accepts(annotation, _EXAMPLES[key]):
        return _EXAMPLES[key]
    if is_table(inner):
        return {k: example(annotation_of(i), k) for k, i in fields(inner).items() if i.is_required()}
    chosen = choice(inner)
    if chosen is not None:
        if accepts(annotation, _CANDIDATES[0]):
            return _CANDIDATES[0]
        tag, members = chosen
        smallest = min(members, key=lambda t: sum(i.is_required() for i in members[t].model_fields.values()))
        return {**example(members[smallest]), tag: smallest}
    pair = map_of(inner)
    if pair is not None:
        name = (literals(pair[0]) or ["example"])[0]
        return next(v for v in ({}, {name: example(pair[1], name)}) if accepts(annotation, v))
    item = list_of(inner)
    if item is not None:
        return next(v for v in ([example(item)] * n for n in range(25)) if accepts(annotation, v))
    if inner is str:
        return "..."
    words: list[Any] = list(literals(inner))
    return next(v for v in (*words, *_CANDIDATES, *range(10)) if accepts(annotation, v))


def annotation_at(root: Any, raw: Any, tokens: Tokens) -> Any:
    """What may stand at a path below ``root`` in ``raw``; None where the language has no such place."""
    annotation, value = root, raw
    for token in tokens:
        table, pair, item = table_at(annotation, value), map_of(annotation), list_of(annotation)
        if table is not None:
            annotation = inside(table).get(str(token))
        elif pair is not None:
            annotation = pair[1]
        elif item is not None and isinstance(token, int):
            annotation = item
        else:
            return None
        value = child(value, token)
        if annotation is None:
            return None
    return annotation


def child(value: Any, token: Token) -> Any:
    """What stands under a key or position, None if nothing does."""
    if isinstance(value, dict):
        return value.get(token)
    if isinstance(value, list) and isinstance(token, int) and -len(value) <= token < len(value):
        return value[token]
    return None
