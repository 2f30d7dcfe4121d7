"""The charts of the report: plain numbers and names in, a Matplotlib figure out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from simsvc.promise.result import REASONS, Row, Use
from simsvc.report import text
from simsvc.report.style import ACCENT, BAD, GOOD, INK, LINE, MUTED, PAPER, REASON_COLOURS, WHITE, blank, look
from simsvc.report.words import Words

_BIN = 15
"""Minutes per column of the distribution of time to site."""
_WIDTH = 7.2


def time_to_site(
    histogram: Mapping[str, Sequence[int]],
    limits: Mapping[str, float],
    names: Mapping[str, str],
    *,
    language: str = "en",
    hours: int = 8,
) -> Figure:
    """Distribution of time to site per zone: share of cases by quarter of an hour, with the promised limit.

    Parameters
    ----------
    histogram
        Counts of cases per zone: entry m holds those later than m - 1 and not later than m minutes, the last entry
        those later still or never.
    limits
        Promised limit per zone in seconds; a zone without one gets no line.
    names
        Name of each zone to print.
    language
        ``"en"`` or ``"zh"``.
    hours
        Where the axis ends; what comes later is said in words.
    """
    words = Words(language)
    zones = [zone for zone, counts in histogram.items() if sum(counts)]
    with look(words):
        figure, axes = blank(_WIDTH, 0.6 + 1.35 * max(len(zones), 1), rows=max(len(zones), 1))
        for axis, zone in zip(axes, zones, strict=False):
            counts = np.asarray(histogram[zone], dtype=float)
            total = counts.sum()
            inside = counts[:-1][: 60 * hours + 1]
            # Entry m ends at minute m: those served at once join the first minute.
            minutes = np.pad(inside, (0, 60 * hours + 1 - len(inside)))[1:]
            minutes[0] += inside[0]
            share = 100 * minutes.reshape(-1, _BIN).sum(axis=1) / total
            left = np.arange(len(share)) * _BIN / 60
            limit = limits.get(zone)
            colours = [GOOD if limit is None or (b + _BIN / 60) * 3600 <= limit + 1e-9 else BAD for b in left]
            axis.bar(left, share, width=_BIN / 60, align="edge", color=colours, edgecolor=PAPER, linewidth=0.6)
            head = words("figure.time_cases", zone=names.get(zone, zone), n=text.number(total))
            axis.set_title(head, loc="left", fontsize=9, color=INK)
            later = words("figure.time_later", hours=hours, share=text.share(max(0.0, 1 - minutes.sum() / total)))
            axis.text(1, 0.5, later, transform=axis.transAxes, ha="right", va="center", fontsize=8, color=MUTED)
            axis.set(xlim=(0, hours), xticks=range(0, hours + 1, max(1, hours // 8)), yticks=[])
            if limit is not None and limit / 3600 < hours:
                kept = text.share(counts[: round(limit / 60) + 1].sum() / total)
                axis.set_ylim(0, 1.25 * (share.max() or 1.0))  # room for the words above the bars
                axis.axvline(limit / 3600, color=INK, lw=1, ls=(0, (4, 3)))
                axis.annotate(
                    words("figure.time_within", limit=text.duration(limit, words), share=kept),
                    (limit / 3600, 1.0), (4, 0), xycoords=("data", "axes fraction"), textcoords="offset points",
                    va="top", fontsize=8,
                )  # fmt: skip
        axes[-1].set_xlabel(words("figure.time_axis"))
    return figure


def reasons(rows: Sequence[Row], names: Mapping[tuple[str, str], str], *, language: str = "en") -> Figure:
    """Why cases missed: one bar per judged clause with misses, its reasons adding to 100 %.

    Parameters
    ----------
    rows
        Rows with ``reasons``; others are left out.
    names
        Label of a row by (id, part).
    language
        ``"en"`` or ``"zh"``.
    """
    words = Words(language)
    shown = [row for row in rows if sum(row.reasons.values()) > 0]
    used = [reason for reason in REASONS if any(row.reasons.get(reason, 0) > 0 for row in shown)]
    with look(words):
        figure, (axis,) = blank(_WIDTH, 0.95 + 0.42 * max(len(shown), 1))
        for place, row in enumerate(shown):
            start = 0.0
            for reason in used:
                wide = 100 * row.reasons.get(reason, 0.0)
                colour = REASON_COLOURS[reason]
                label = words.option("reason", reason) if place == 0 else None
                axis.barh(place, wide, left=start, height=0.68, color=colour, edgecolor=PAPER, lw=0.8, label=label)
                if wide >= 7:
                    axis.text(start + wide / 2, place, f"{wide:.0f}", ha="center", va="center", fontsize=8,
                              color=WHITE if _dark(colour) else "#16191d")  # fmt: skip
                start += wide
            if row.breaches_per_year is not None:
                misses = words("figure.reasons_row", n=text.count(row.breaches_per_year))
                axis.text(101.5, place, misses, va="center", fontsize=8, color=MUTED)
        axis.set_yticks(range(len(shown)), [names.get((row.id, row.part), row.id) for row in shown])
        axis.set(xlim=(0, 100), ylim=(max(len(shown), 1) - 0.5, -0.5), xlabel=words("figure.reasons_axis"))
        if used:
            figure.legend(loc="outside upper left", ncols=4, fontsize=8, handlelength=1, columnspacing=1.2)
    return figure


def utilisation(use: Sequence[Use], names: Mapping[str, str], *, language: str = "en") -> Figure:
    """How busy each engineer is, busiest first, with interval, visits and overtime.

    Parameters
    ----------
    use
        One entry per engineer; ``utilisation``, ``low``, ``high`` as fractions.
    names
        Name to print per engineer id.
    language
        ``"en"`` or ``"zh"``.
    """
    words = Words(language)
    shown = sorted(use, key=lambda u: (-u.utilisation, u.engineer))
    top = 100 * max((u.high for u in shown), default=1.0)
    right = min(100.0, 10 * max(1.0, float(np.ceil(top / 10))))
    columns = [right * k for k in (1.14, 1.32, 1.62)]
    with look(words):
        figure, (axis,) = blank(_WIDTH, 0.8 + 0.27 * max(len(shown), 1))
        for place, u in enumerate(shown):
            axis.barh(place, 100 * u.utilisation, height=0.62, color=ACCENT)
            axis.plot([100 * u.low, 100 * u.high], [place, place], color=INK, lw=1.2, solid_capstyle="butt")
            for column, value in zip(columns, _figures(u), strict=True):
                axis.text(column, place, value, ha="right", va="center", fontsize=8)
        heads = (words("figure.use_share"), words("figure.use_visits"), words("figure.use_overtime"))
        for column, head in zip(columns, heads, strict=True):
            axis.text(column, -1, head, ha="right", va="center", fontsize=8, color=MUTED)
        axis.set_yticks(range(len(shown)), [names.get(u.engineer, u.engineer) for u in shown])
        ticks = np.arange(0, right + 1, 10 if right <= 50 else 20)
        axis.set(xlim=(0, columns[-1]), ylim=(max(len(shown), 1) - 0.5, -1.6), xticks=ticks)
        axis.set_xlabel(words("figure.use_axis"), loc="left")
        axis.grid(axis="x", color=LINE, lw=0.6)
        axis.set_axisbelow(True)
    return figure


def _figures(use: Use) -> tuple[str, str, str]:
    return text.share(use.utilisation), text.count(use.visits), text.count(use.overtime_hours)


def _dark(colour: str) -> bool:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140
