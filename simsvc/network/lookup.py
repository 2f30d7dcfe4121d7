"""Names that do not exist: the problem to report, with the nearest name that does."""

from __future__ import annotations

from collections.abc import Iterable

from simsvc.errors import NetworkError, Problem
from simsvc.scenario.nearest import suggestion


def missing(path: str, name: str, known: Iterable[str], what: str) -> Problem:
    """Problem of a name that is not among the known ones of its kind (``what``: "node", "area", …)."""
    return Problem(path, name, f"there is no {what} of this name", suggestion(name, known, none="none is defined"))


def unknown(path: str, name: str, known: Iterable[str], what: str) -> NetworkError:
    """Return the same as an error to raise."""
    return NetworkError(missing(path, name, known, what))
