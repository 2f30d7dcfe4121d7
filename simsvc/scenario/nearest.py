"""The nearest name to a mistyped one, as a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_SHOWN = 12
"""So many allowed names are listed in a remedy; more would hide the one that helps."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like ``word`` (case ignored), or None if none is like it."""
    folded = {name.casefold(): name for name in names}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def listing(names: Iterable[str]) -> str:
    """Names in quotes, joined by commas, shortened if there are many."""
    known = list(names)
    shown = ", ".join(f'"{name}"' for name in known[:_SHOWN])
    return f"{shown} and {len(known) - _SHOWN} more" if len(known) > _SHOWN else shown


def suggestion(word: str, names: Iterable[str], none: str = "") -> str:
    """A remedy: the nearest name, and what else is allowed; ``none`` if there are no names at all."""
    known = list(names)
    if not known:
        return none
    near = nearest(word, known)
    rest = f"allowed: {listing(known)}"
    return f'did you mean "{near}"? {rest}' if near else rest
