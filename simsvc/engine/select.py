"""Which engine runs: the compiled one where it can, else the reference."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Literal

from simsvc.errors import EngineWarning, StudyError

Engine = Literal["auto", "compiled", "reference"]
"""What may be asked for."""
Name = Literal["compiled", "reference"]
"""What runs."""


def runner(engine: Engine = "auto") -> Name:
    """The engine that runs when this one is asked for.

    ``"auto"`` takes the compiled engine where it can run, and otherwise the reference, with one warning a process: the
    log is the same, row for row, but takes some fifty times as long.

    Raises
    ------
    StudyError
        If the compiled engine is asked for and can't run, or there is no such engine.
    """
    if engine == "reference":
        return engine
    if engine not in ("auto", "compiled"):
        raise StudyError(f'there is no engine "{engine}"; write "auto", "compiled" or "reference"')
    why_not = obstacle()
    if not why_not:
        return "compiled"
    if engine == "compiled":
        raise StudyError(f'the compiled engine can\'t run: {why_not}; mend that, or write "auto" or "reference"')
    _fall_back(why_not)
    return "reference"


@cache
def obstacle() -> str:
    """Why the compiled engine can't run here; empty if it can.

    Policies that a scenario brings as Python code, once there are any, belong here too: the reference alone runs them.
    """
    try:
        from numba import config

        from simsvc.engine.compiled import run, simulate  # noqa: F401
    except ImportError as error:
        return f"numba can't be used ({error})"
    return "numba is told not to compile (NUMBA_DISABLE_JIT)" if config.DISABLE_JIT else ""  # type: ignore[attr-defined]


@cache
def _fall_back(why: str) -> None:
    warnings.warn(f"the reference engine runs instead of the compiled one: {why}", EngineWarning, stacklevel=3)
