"""Numbers as the page prints them: shares to 0.1 %, durations in people's units, a dash for what is missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simsvc.report.words import Words

MISSING = "–"


def _absent(value: float | None) -> bool:
    return value is None or not math.isfinite(value)


def _percent(value: float) -> str:
    """Percent to one decimal, never rounded onto 0 or 100 from inside: a share with a miss is not "100.0"."""
    text = f"{100 * value:.1f}"
    if text == "100.0" and value < 1:
        return "99.9+"
    if text == "0.0" and value > 0:
        return "<0.1"
    return text


def share(value: float | None) -> str:
    """``0.9312`` as ``"93.1 %"``."""
    return MISSING if value is None or _absent(value) else f"{_percent(value)} %"


def target(value: float | None) -> str:
    """A promised share as it was written: ``"95 %"``, ``"99.5 %"``."""
    return MISSING if value is None or _absent(value) else f"{100 * value:.4g} %"


def interval(estimate: float | None, low: float | None, high: float | None) -> str:
    """``"93.1 % (92.4–93.8)"``; without bounds the estimate alone."""
    if low is None or high is None or _absent(low) or _absent(high):
        return share(estimate)
    return f"{share(estimate)} ({_percent(low)}–{_percent(high)})"


def number(value: float | None) -> str:
    """Three significant digits below 100, whole above, thousands parted by a comma."""
    if value is None or _absent(value):
        return MISSING
    size = abs(value)
    if size == 0 or size >= 100:
        return f"{value:,.0f}"
    if size < 0.001:
        return "<0.001" if value > 0 else ">-0.001"
    digits = 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(value: float | None) -> str:
    """A number of events: whole from ten on, one decimal below, ``"<0.1"`` for a trace."""
    if value is None or _absent(value):
        return MISSING
    if value == 0 or value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 0.05 else "<0.1"


def duration(seconds: float | None, words: Words) -> str:
    """Seconds as a person says them: ``"45 s"``, ``"90 min"``, ``"3 h 37 min"``, ``"5 d"``."""
    if seconds is None or _absent(seconds):
        return MISSING
    whole = round(seconds)
    if whole < 60:
        return f"{whole} {words('unit.s')}"
    minutes = round(seconds / 60)
    if minutes < 120 and minutes % 60:
        return f"{minutes} {words('unit.min')}"
    if minutes >= 4320:
        return f"{number(seconds / 86400)} {words('unit.d')}"
    hours, rest = divmod(minutes, 60)
    text = f"{hours} {words('unit.h')}"
    return f"{text} {rest} {words('unit.min')}" if rest else text
