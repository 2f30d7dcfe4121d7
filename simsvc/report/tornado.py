"""The tornado of a promise: how far each assumption swings its share, the widest on top."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simsvc.promise.sensitivity import Subject, Swing
from simsvc.report import text
from simsvc.report.assumptions import stands_at
from simsvc.report.robust import shown
from simsvc.report.sensitivity import MOST
from simsvc.report.style import ACCENT, GOOD, INK, LINE, MUTED, blank, look
from simsvc.report.words import Words
from simsvc.scenario.model import Model

_WIDTH = 7.2
_ROOM = 0.22
"""Part of the axis left free at either side for the values."""


def tornado(subject: Subject, model: Model, *, language: str = "en") -> Figure:
    """Bars from the share at the low end of a range to that at the high end, around the share at the base.

    Parameters
    ----------
    subject
        One promise of a :class:`~simsvc.promise.sensitivity.Sensitivity`.
    model
        The scenario's, for names and base values.
    language
        ``"en"`` or ``"zh"``.
    """
    words = Words(language)
    shown_swings = subject.swings[:MOST]
    base = 100 * (subject.estimate or 0.0)
    names = []
    with look(words):
        figure, (axis,) = blank(_WIDTH, 0.9 + 0.36 * max(len(shown_swings), 1))
        for place, swing in enumerate(shown_swings):
            a = model.assumptions[swing.assumption]
            names.append(f"{a.name[words.language]} ({shown(stands_at(model, a), words)})")
            _bars(axis, place, swing, base, words)
        axis.axvline(base, color=INK, lw=1)
        axis.axvline(100 * subject.target, color=INK, lw=1, ls=(0, (4, 3)))
        ends = [base, 100 * subject.target, *(100 * (e.estimate or 0) for s in shown_swings for e in s.ends)]
        room = _ROOM * max(max(ends) - min(ends), 1.0)
        axis.set(xlim=(min(ends) - room, max(ends) + room), ylim=(max(len(shown_swings), 1) - 0.5, -0.5))
        axis.set_yticks(range(len(names)), names)
        axis.set_xticks([tick for tick in axis.get_xticks() if -1e-9 <= tick <= 100 + 1e-9])
        axis.set_xlabel(words("figure.tornado_axis", target=text.target(subject.target)))
        axis.grid(axis="x", color=LINE, lw=0.6)
        axis.set_axisbelow(True)
        axis.set(xlim=(min(ends) - room, max(ends) + room))
    return figure


def _bars(axis: Axes, place: int, swing: Swing, base: float, words: Words) -> None:
    """Both ends of one range, the longer bar beneath; values beyond the bars, those on the same side in one text."""
    beside: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
    for at, end in sorted(
        ((100 * end.estimate, end) for end in swing.ends if end.estimate is not None), key=lambda e: -abs(e[0] - base)
    ):
        axis.barh(place, at - base, left=base, height=0.62, color=GOOD if end.side == "high" else ACCENT)
        left = at < base or (at == base and end.side == "low")
        beside[left].append((at, shown(end.value, words)))
    for left, values in beside.items():
        if values:
            inward = [value for _, value in values]
            axis.annotate(", ".join(inward if left else inward[::-1]), (values[0][0], place), (-3 if left else 3, 0),
                          textcoords="offset points", ha="right" if left else "left", va="center", fontsize=7.5,
                          color=MUTED)  # fmt: skip
