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
    """Percent to one decimal; to two where one would round a share with a miss to 100.0, or one kept to 0.0, and never
    nearer to either than 0.01."""
    if value in (0.0, 1.0):
        return f"{100 * value:.1f}"
    short = f"{100 * value:.1f}"
    return short if float(short) not in (0.0, 100.0) else f"{min(max(100 * value, 0.01), 99.99):.2f}"


def share(value: float | None) -> str:
    """``0.9312`` as ``"93.1 %"``."""
    return MISSING if value is None or _absent(value) else f"{_percent(value)} %"


def rough(value: float) -> str:
    """``"44 %"``: a share in whole percent, ``"99 %"`` up to all but all."""
    return f"{min(round(100 * value), 99) if value < 1 else 100} %"


def target(value: float | None) -> str:
    """A promised share as it was written: ``"95 %"``, ``"99.5 %"``."""
    return MISSING if value is None or _absent(value) else f"{100 * value:.4g} %"


def interval(estimate: float | None, low: float | None, high: float | None) -> str:
    """``"93.1 % (92.4–93.8)"``; without bounds the estimate alone."""
    if low is None or high is None or _absent(low) or _absent(high):
        return share(estimate)
    return f"{share(estimate)} ({_percent(low)}–{_percent(high)})"


def share_range(ends: tuple[float, float] | None) -> str:
    """``"92.1–95.0 %"``."""
    return MISSING if ends is None else f"{_percent(ends[0])}–{_percent(ends[1])} %"


def number(value: float | None) -> str:
    """Three significant digits below 100 without closing zeros, whole above, thousands parted by a comma."""
    if value is None or _absent(value):
        return MISSING
    text = f"{value:,.{digits(value)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def numbers(estimate: float | None, low: float | None, high: float | None) -> str:
    """An estimate with its interval, all to the digits of the estimate: ``"14.9 (14.8–15.0)"``."""
    if estimate is None or _absent(estimate):
        return MISSING
    if low is None or high is None or _absent(low) or _absent(high):
        return number(estimate)
    decimals = digits(estimate)
    return f"{estimate:,.{decimals}f} ({low:,.{decimals}f}–{high:,.{decimals}f})"


def number_range(ends: tuple[float, float] | None, estimate: float | None) -> str:
    """Two numbers to the digits of an estimate: ``"12.1–18.0"``."""
    if ends is None or estimate is None or _absent(estimate):
        return MISSING
    decimals = digits(estimate)
    return f"{ends[0]:,.{decimals}f}–{ends[1]:,.{decimals}f}"


def digits(value: float) -> int:
    """Decimals that show three significant digits of a number below 100."""
    size = abs(value)
    if size == 0 or size >= 100:
        return 0
    return 2 - math.floor(math.log10(size))


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


def ordinal(number: int, words: Words) -> str:
    """``"2nd"`` in English; in Chinese the number alone, since the text says the rest."""
    if words.language == "zh":
        return str(number)
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def clock(seconds: int) -> str:
    """Seconds after midnight as ``"08:30"``."""
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
