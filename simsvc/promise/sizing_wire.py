"""A plan of sizing as plain JSON data with stable keys, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from simsvc.errors import InputError, Problem, StudyError
from simsvc.promise.sizing import Plan
from simsvc.scenario import Scenario, loads

FORMAT = 1
_SCENARIOS = (("today",), ("scenario",), ("sturdy", "scenario"), ("rollout", "scenario"))
"""Where scenarios stand in a plan; the data hold their TOML."""


def to_json(plan: Plan) -> dict[str, Any]:
    """Data for ``json.dumps``: no tuples; scenarios as TOML text that loads by itself.

    Keys: ``format`` (1), ``kind`` (``"sizing"``), ``exit_code``, ``gap``, and the fields of ``Plan``: ``title``,
    ``today`` (TOML), ``scenario`` (TOML of the plan, null without one), ``status``, ``seed``, ``confidence``,
    ``wishes``, ``obstacles``, ``lines`` (each ``key``, ``kind``, ``place``, ``name``, ``today``, ``planned``,
    ``cost_today``, ``cost``), ``cost``, ``cost_today``, ``bound``, ``rows`` (as ``clauses`` of a validation),
    ``rivals``, ``moves``, ``replications``, ``evaluations``, ``pareto``, ``next_engineer``, ``relaxed``, ``ladder``,
    ``sturdy``, ``rollout``, ``relief``, ``provenance``; costs in CNY a year.
    """
    return {
        "format": FORMAT,
        "kind": "sizing",
        "exit_code": plan.exit_code,
        "gap": plan.gap,
        **{field.name: _plain(getattr(plan, field.name)) for field in fields(plan)},
    }


def from_json(data: Mapping[str, Any]) -> Plan:
    """The plan of ``to_json``'s data; keys of a later version that are not known are passed over.

    Raises
    ------
    StudyError
        If the data are of another format or lack something.
    """
    if (data.get("format"), data.get("kind")) != (FORMAT, "sizing"):
        found = f"{data.get('format')!r}, {data.get('kind')!r}"
        raise StudyError(str(Problem("format", found, f"this version reads sizing, format {FORMAT}", "size again")))
    read: dict[str, Any] = {key: dict(value) if isinstance(value, Mapping) else value for key, value in data.items()}
    try:
        for *above, name in _SCENARIOS:
            holder = read[above[0]] if above else read
            if holder is not None and holder[name] is not None:
                holder[name] = loads(holder[name])
        return _reader().validate_python(read)
    except (KeyError, TypeError, ValidationError, InputError) as error:
        raise StudyError(f"this is no complete plan: {error}") from error


@cache
def _reader() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def _plain(value: Any) -> Any:
    if isinstance(value, Scenario):
        return value.to_toml()
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value
