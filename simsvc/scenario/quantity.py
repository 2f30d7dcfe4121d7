"""Quantities with units as people write them: ``"75 min"``, ``"3 %"``, ``"0.8 /year"``, ``"08:30"``.

All durations become seconds (float), all rates events per year of 365 days, all shares fractions.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

SECONDS = {
    "s": 1,
    "sec": 1,
    "min": 60,
    "h": 3600,
    "d": 86400,
    "day": 86400,
    "days": 86400,
    "wk": 604800,
    "week": 604800,
    "weeks": 604800,
    "year": 31536000,
    "years": 31536000,
}
YEAR = 31_536_000
"""Seconds in the year of 365 days to which all annual rates refer."""

_LONGEST = 1000 * YEAR
"""Longer durations are slips; whole seconds below it are exact and add up without overflow."""

_MOST_OFTEN = 1e12
"""Events a year; whether a machine can hold them is the case room's to judge."""

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_DURATION = re.compile(rf"\s*({_NUMBER})\s*([a-z]+)\s*")
_RATE = re.compile(rf"\s*({_NUMBER})\s*(?:/|per)\s*([a-z]+)\s*")
_PERCENT = re.compile(rf"\s*({_NUMBER})\s*%\s*")
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")


def parse_duration(value: Any) -> float:
    """Seconds of a duration such as ``"75 min"`` (units s, min, h, d, wk, year)."""
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None or match[2] not in SECONDS:
        raise ValueError('a duration with its unit is needed, such as "75 min", "2 h" or "3 d"')
    seconds = float(match[1]) * SECONDS[match[2]]
    if not 0 <= seconds <= _LONGEST:
        raise ValueError("a duration lies between 0 and 1000 years")
    return seconds


def duration_text(seconds: float) -> str:
    """A duration as a person writes it, in the largest unit up to days that gives a whole number: ``"90 min"``."""
    unit = next((u for u in ("d", "h", "min") if seconds and seconds % SECONDS[u] == 0), "s")
    return f"{seconds / SECONDS[unit]:g} {unit}"


def parse_rate(value: Any) -> float:
    """Events per year of 365 days of a rate such as ``"0.8 /year"`` or ``"3 /d"``."""
    match = _RATE.fullmatch(value) if isinstance(value, str) else None
    if match is None or match[2] not in SECONDS:
        raise ValueError('a rate with its unit is needed, such as "0.8 /year" or "3 /d"')
    rate = float(match[1]) * YEAR / SECONDS[match[2]]
    if not 0 <= rate <= _MOST_OFTEN:
        raise ValueError("a rate lies between 0 and 1e12 a year")
    return rate


def parse_share(value: Any) -> float:
    """A fraction from 0 to 1, written ``0.03`` or ``"3 %"``."""
    if isinstance(value, str):
        match = _PERCENT.fullmatch(value)
        if match is None:
            raise ValueError('a share is a number from 0 to 1 or a text such as "3 %"')
        value = float(match[1]) / 100
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError('a share is a number from 0 to 1 or a text such as "3 %"')
    return float(value)


def parse_clock(value: Any) -> int:
    """Seconds after midnight of ``"08:30"`` (``"24:00"`` ends a day)."""
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None or (match[1] == "24" and match[2] != "00"):
        raise ValueError('a time of day is written "HH:MM", from "00:00" to "24:00"')
    return int(match[1]) * 3600 + int(match[2]) * 60


def parse_span(value: Any) -> tuple[int, int]:
    """Start and end, seconds after midnight, of ``"08:00-18:00"``."""
    parts = value.split("-") if isinstance(value, str) else []
    if len(parts) != 2:
        raise ValueError('hours are written "08:00-18:00"')
    start, end = parse_clock(parts[0].strip()), parse_clock(parts[1].strip())
    if start >= end:
        raise ValueError('hours must end after they start; write "18:00-24:00" and "00:00-06:00" for a night')
    return start, end


def _text(example: str, description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [example], "description": description})


Duration = Annotated[float, BeforeValidator(parse_duration), _text("75 min", "duration with unit")]
Rate = Annotated[float, BeforeValidator(parse_rate), _text("0.8 /year", "rate with unit")]
Share = Annotated[
    float,
    BeforeValidator(parse_share),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string"}]}),
]
Clock = Annotated[int, BeforeValidator(parse_clock), _text("08:30", "time of day")]
Span = Annotated[tuple[int, int], BeforeValidator(parse_span), _text("08:00-18:00", "hours of a day")]
Amount = Annotated[float, Field(ge=0, le=1e9)]
Factor = Annotated[float, Field(gt=0, le=1e9)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Natural = Annotated[int, Field(ge=1, le=10**9)]
"""Plain numbers: weights and prices, factors, numbers of things. Larger ones are slips, and sums of these are exact."""
