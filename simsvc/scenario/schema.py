"""The scenario language as a JSON schema, for editors that complete and check TOML."""

from __future__ import annotations

from typing import Any

from simsvc import dictionary
from simsvc.scenario import shape
from simsvc.scenario.base import Table
from simsvc.scenario.files import VARIANT_KEYS
from simsvc.scenario.model import Model

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a scenario file.

    A list of rows may also be the path of a CSV file, a distribution a plain duration; a file with ``extends`` needs
    only a name and takes its changes from ``set``.

    Returns
    -------
    dict
        The schema; ``json.dumps`` writes it.
    """
    schema = Model.model_json_schema(by_alias=True, mode="validation")
    for table in _tables(Model, {}).values():
        of_table = schema if table is Model else schema["$defs"][table.__name__]
        _describe(table, of_table)
        _widen(table, of_table)
    whole = schema.pop("required")
    schema["properties"] |= {
        "include": {"type": "array", "items": {"type": "string"}, "description": _meaning("File", "include")},
        "extends": {"type": "string", "description": _meaning("File", "extends")},
        "set": {"type": "object", "description": _meaning("File", "set")},
    }
    variant = {"required": ["extends"], "propertyNames": {"enum": list(VARIANT_KEYS)}}
    return {
        "$schema": DIALECT,
        "title": "simsvc scenario",
        "description": "One scenario of simsvc: places, staff, demand, supply, promises and assumptions.",
        **{k: v for k, v in schema.items() if k not in ("title", "description")},
        "if": {"required": ["extends"]},
        "then": variant,
        "else": {"required": whole},
    }


def _tables(annotation: Any, found: dict[str, type[Table]]) -> dict[str, type[Table]]:
    """All tables of the language by name."""
    pair, item, chosen = shape.map_of(annotation), shape.list_of(annotation), shape.choice(annotation)
    inner = shape.strip(annotation)
    if pair is not None or item is not None:
        _tables(pair[1] if pair is not None else item, found)
    elif chosen is not None:
        for member in chosen[1].values():
            _tables(member, found)
    elif shape.is_table(inner) and inner.__name__ not in found:
        found[inner.__name__] = inner
        for info in shape.fields(inner).values():
            _tables(info.annotation, found)
    return found


def _describe(table: type[Table], schema: dict[str, Any]) -> None:
    """Put what the table and its keys mean in the place of docstrings."""
    schema["description"] = _meaning(table.__name__, "*")
    for key in shape.fields(table):
        schema["properties"][key]["description"] = _meaning(table.__name__, key)


def _meaning(table: str, key: str) -> str:
    return dictionary.table(table)[key].en


def _widen(table: type[Table], schema: dict[str, Any]) -> None:
    """Say of a table's keys what may stand in a file beside what pydantic validates."""
    for key, annotation in shape.inside(table).items():
        of_key = schema["properties"][key]
        chosen = shape.choice(annotation)
        if shape.row_table(annotation) is not None:
            other: dict[str, Any] = {"type": "string", "description": "path of a CSV file, relative to this file"}
        elif chosen is not None and shape.accepts(annotation, "75 min"):
            other = {"type": "string", "examples": ["75 min"], "description": "always this duration"}
        else:
            continue
        kept = {k: of_key.pop(k) for k in ("title", "description") if k in of_key}
        of_key.pop("default", None)
        alternative = dict(of_key)
        of_key.clear()
        of_key.update(kept, anyOf=[alternative, other])
