"""A validation as plain JSON data with stable keys, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from simsvc.errors import Problem, StudyError
from simsvc.promise.ranges import End, Failed, Robust, Tried
from simsvc.promise.result import Row, Step, Trust, Use, Validation

FORMAT = 1
Part = TypeVar("Part", Row, Step, Use, Trust, End, Failed, Tried)


def to_json(validation: Validation) -> dict[str, Any]:
    """Data for ``json.dumps``: no tuples, no infinities.

    Keys: ``format`` (1), ``scenario``, ``title``, ``seed``, ``replications``, ``exit_code``, ``clauses`` (a list of
    objects with the fields of ``Row``: ``id``, ``part``, ``reading``, ``kind``, ``area``, ``population``, ``cases``,
    ``estimate``, ``low``, ``high``, ``target``, ``verdict``, ``reasons``, ``robust`` (the fields of ``Robust``) and
    more), ``ladder``, ``use``, ``histogram``, ``trust``, ``findings``, ``figures``, ``provenance``, ``tried``.
    """
    return {
        "format": FORMAT,
        "scenario": validation.scenario,
        "title": validation.title,
        "seed": validation.seed,
        "replications": validation.replications,
        "exit_code": validation.exit_code,
        "clauses": [asdict(row) | {"details": [list(line) for line in row.details]} for row in validation.rows],
        "ladder": [asdict(step) for step in validation.ladder],
        "use": [asdict(use) for use in validation.use],
        "histogram": validation.histogram,
        "trust": [asdict(line) for line in validation.trust],
        "findings": [dict(finding) for finding in validation.findings],
        "figures": validation.figures,
        "provenance": validation.provenance,
        "tried": asdict(validation.tried) if validation.tried is not None else None,
    }


def from_json(data: Mapping[str, Any]) -> Validation:
    """The validation of ``to_json``'s data; keys of a later version that are not known are passed over.

    Raises
    ------
    StudyError
        If the data are of another format or lack something.
    """
    if data.get("format") != FORMAT:
        raise StudyError(
            str(Problem("format", repr(data.get("format")), f"this version reads format {FORMAT}", "validate again"))
        )
    try:
        rows = [_tuples(row) for row in data["clauses"]]
        return Validation(
            scenario=data["scenario"],
            title=dict(data["title"]),
            seed=data["seed"],
            replications=data["replications"],
            rows=tuple(_read(Row, row) for row in rows),
            ladder=tuple(_read(Step, step) for step in data["ladder"]),
            use=tuple(_read(Use, use) for use in data["use"]),
            histogram={zone: list(counts) for zone, counts in data["histogram"].items()},
            trust=tuple(_read(Trust, line) for line in data["trust"]),
            findings=tuple(dict(finding) for finding in data["findings"]),
            figures=dict(data["figures"]),
            provenance=dict(data["provenance"]),
            tried=_tried(data.get("tried")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise StudyError(f"this is no complete validation: {error}") from error


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    spread = row.get("spread")
    details = tuple(tuple(line) for line in row["details"])
    robust = _robust(row.get("robust"))
    return {**row, "details": details, "spread": tuple(spread) if spread is not None else None, "robust": robust}


def _robust(data: Mapping[str, Any] | None) -> Robust | None:
    if data is None:
        return None
    ends = {
        name: tuple(
            _read(End, end | {"between": tuple(end["between"]) if end["between"] is not None else None})
            for end in data[name]
        )
        for name in ("turns", "open", "most")
    }
    return Robust(data["verdict"], **ends, combinations=dict(data["combinations"]))


def _tried(data: Mapping[str, Any] | None) -> Tried | None:
    return None if data is None else _read(Tried, {**data, "failed": tuple(_read(Failed, f) for f in data["failed"])})


def _read(kind: type[Part], data: Mapping[str, Any]) -> Part:
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in data.items() if name in known})
