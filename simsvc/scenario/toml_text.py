"""Plain values → TOML text (the standard library reads TOML but doesn't write it)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def key(name: str) -> str:
    """A key, in quotes where TOML needs them."""
    return name if _BARE.fullmatch(name) else _string(name)


def inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key(str(k))} = {inline(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(v) for v in value) + "]"
    return repr(value) if isinstance(value, int | float) else _string(str(value))


def document(raw: Mapping[str, Any]) -> str:
    """A whole file: top-level values first, then a table a header, rows of lists on lines of their own."""
    lines: list[str] = []
    _write(raw, (), lines)
    return "\n".join(lines).strip() + "\n"


def _write(table: Mapping[str, Any], path: tuple[str, ...], lines: list[str]) -> None:
    nested = {k: v for k, v in table.items() if isinstance(v, Mapping) and _deep(v)}
    plain = {k: v for k, v in table.items() if k not in nested}
    if path and (plain or not nested):
        lines += ["", "[" + ".".join(key(p) for p in path) + "]"]
    for name, value in plain.items():
        if isinstance(value, list) and value and all(isinstance(v, Mapping) for v in value):
            lines += [f"{key(name)} = [", *(f"  {inline(v)}," for v in value), "]"]
        else:
            lines.append(f"{key(name)} = {inline(value)}")
    for name, value in nested.items():
        _write(value, (*path, name), lines)


def _deep(table: Mapping[str, Any]) -> bool:
    """Whether a table gets a header of its own: it holds a list of tables or a table of tables, or is long."""
    inner = any(isinstance(v, Mapping) or (isinstance(v, list) and any(isinstance(i, Mapping) for i in v))
                for v in table.values())  # fmt: skip
    return inner or len(inline(table)) > 100


def _string(text: str) -> str:
    escaped = "".join(_ESCAPES.get(c, c if ord(c) >= 32 and ord(c) != 127 else f"\\u{ord(c):04x}") for c in text)
    return f'"{escaped}"'
