"""A plain dict → the validated model, or everything that is wrong with it at once."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import cross, paths, shape
from simsvc.scenario.base import Table
from simsvc.scenario.model import Model
from simsvc.scenario.paths import Touched
from simsvc.scenario.shape import Tokens
from simsvc.scenario.translate import Fault, faults

_ROUNDS = 20
"""A mended value uncovers at most what lies one level deeper; no file nests deeper than this."""


def validate(raw: dict[str, Any]) -> Model:
    """The model of ``raw``.

    Parameters
    ----------
    raw : dict
        The scenario as TOML gives it, CSV files read.

    Raises
    ------
    ScenarioError
        With all problems: where a value doesn't fit the language, a stand-in takes its place, so that what lies
        behind it and the cross-references are checked in the same go.
    """
    problems: list[Problem] = []
    mended: set[Tokens] = set()
    trial: Any = raw
    for _ in range(_ROUNDS):
        try:
            model = Model.model_validate(trial)
        except ValidationError as error:
            found = faults(error, trial)
            problems += [f.problem for f in found if not _ours(f.tokens, mended)]
            mended |= {f.tokens for f in found}
            trial = _mend(trial, found)
            continue
        problems += cross.check(model, trial, mended)
        break
    if problems:
        raise ScenarioError(sorted(set(problems), key=lambda p: _position(raw, p.path)))
    return model


def validate_change(raw: dict[str, Any], changed: Touched, before: dict[str, Any], model: Model) -> Model:
    """The same for what differs from a valid scenario at a few places: what stayed is not validated again.

    Parameters
    ----------
    raw : dict
        The changed scenario; what stayed is the very object that stands in ``before``.
    changed : Touched
        The places that differ.
    before, model : dict, Model
        The valid scenario.

    Raises
    ------
    ScenarioError
        With all problems.
    """
    trial = {k: _kept(v, before.get(k), getattr(model, k, None)) for k, v in raw.items()}
    try:
        found = Model.model_validate(trial)
    except ValidationError:
        return validate(raw)
    return validate(raw) if cross.check(found, raw, changed=changed) else found


def _kept(raw: Any, before: Any, model: Any) -> Any:
    """A part of the scenario, its unchanged tables (and those in an unchanged place of a map) as they are validated."""
    if isinstance(model, dict) and isinstance(raw, dict) and isinstance(before, dict):
        return {k: _kept(v, before.get(k), model.get(k)) for k, v in raw.items()}
    return model if raw is before and isinstance(model, Table) else raw


def _mend(raw: Any, found: list[Fault]) -> Any:
    for fault in found:
        if not fault.tokens:
            return shape.example(Model)
        raw = paths.put(raw, fault.tokens, None if fault.drop else fault.stand_in)
    return raw


def _ours(tokens: Tokens, mended: set[Tokens]) -> bool:
    """Whether a place lies in a stand-in or around one: what is wrong there may be our own doing."""
    return any(tokens[: len(m)] == m or m[: len(tokens)] == tokens for m in mended)


def _position(raw: dict[str, Any], path: str) -> tuple[int, str]:
    """Order of the file by its top-level tables; what is missing comes last."""
    top = path.split(".", 1)[0]
    return (list(raw).index(top) if top in raw else len(raw), path)
