"""How figures look: colours, fonts, an empty figure to draw on."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from matplotlib import font_manager, rc_context, rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from simsvc.report.words import Words

INK, MUTED, LINE, PAPER, LAND = "#1f2328", "#5f6873", "#d9dde2", "#ffffff", "#f2f0ea"
"""Neutral colours; the page replaces them by its own, which turn with light and dark."""
NEUTRALS = {INK: "--ink", MUTED: "--muted", LINE: "--line", PAPER: "--paper", LAND: "--land"}
GOOD, BAD, ACCENT, WHITE = "#0072b2", "#d55e00", "#56b4e9", "#fefefe"
"""Blue and vermilion (Okabe and Ito 2008) can be told apart by colour-blind readers; WHITE stays white in the dark."""
REASON_COLOURS = {
    "too_far": "#332288",
    "busy": "#ddcc77",
    "off_duty": "#88ccee",
    "part": "#117733",
    "desk": "#cc6677",
    "closed": "#44aa99",
    "late_goods": "#999933",
    "repair": "#aa4499",
    "combined": "#bbbbbb",
    "open": "#882255",
}
"""The "muted" colours of P. Tol (2021), made for colour-blind readers."""
CJK_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Sans CJK TC",
    "Arial Unicode MS", "SimSun",
)  # fmt: skip
FONT_STACK = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', 'Hiragino Sans GB', "
    "'SimHei', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
)


class FontWarning(UserWarning):
    """No installed font has Chinese characters, so a picture (PNG) would show boxes."""


@cache
def chinese_font() -> str | None:
    """The first installed font with Chinese characters, None if there is none."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CJK_FONTS if name in installed), None)


def _families(words: Words) -> list[str]:
    font = chinese_font()
    if font is None and words.language == "zh":
        warnings.warn(
            "no installed font has Chinese characters: a PNG of this figure would show boxes instead of text. "
            "Install one (Noto Sans CJK SC, for example). SVG figures and HTML pages keep their text as text "
            "and are read with the fonts of the reader's machine.",
            FontWarning,
            stacklevel=5,
        )
    return [font, "DejaVu Sans"] if font else ["DejaVu Sans"]


@contextmanager
def look(words: Words) -> Iterator[None]:
    """Everything drawn inside has our fonts and colours; the caller's settings stay as they are."""
    options: Any = {
        "font.family": _families(words),
        "font.size": 9,
        "text.color": INK,
        "axes.labelcolor": MUTED,
        "axes.facecolor": PAPER,
        "axes.edgecolor": LINE,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "legend.frameon": False,
        "legend.borderpad": 0,
        # A scenario's texts are texts: "$" is money, not mathematics.
        "text.parse_math": False,
        "text.usetex": False,
    }
    with rc_context(options):
        yield


def blank(
    width: float, height: float, *, rows: int = 1, heights: Sequence[float] | None = None, share: bool = True
) -> tuple[Figure, list[Axes]]:
    """Return a figure of ``width`` × ``height`` inches with ``rows`` axes over one another, without pyplot; ``heights``
    as they are to each other; ``share``: one scale from left to right."""
    figure = Figure(figsize=(width, height), facecolor=PAPER, layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.subplots(rows, 1, squeeze=False, sharex=share and rows > 1, height_ratios=heights)
    axes = [axis for (axis,) in grid]
    for axis in axes:
        # Ticks are made when the figure is drawn, outside ``look``: they need the fonts by name.
        axis.tick_params(labelfontfamily=rcParams["font.family"])
    return figure, axes
