"""Figures as SVG with text kept as text: inline for the page, or as a file of their own."""

from __future__ import annotations

import html
import io
import re
import warnings
from os import PathLike
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure

from simsvc.report.style import FONT_STACK, NEUTRALS
from simsvc.whole import write_whole

_FAMILIES = re.compile(r"(?<=font-family: )[^;\"]*")
_NOISE = (
    re.compile(r"^.*?(?=<svg)", re.DOTALL),
    re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL),
    re.compile(r"\s*<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL),
    re.compile(r'\s+xmlns(?::\w+)?="[^"]*"'),
    re.compile(r' transform="rotate\(-0 [^"]*\)"'),
)
_REFERENCE = re.compile(r'(\bid="|url\(#|href="#)')


def _draw(figure: Figure, kind: str, dpi: float) -> bytes:
    buffer = io.BytesIO()
    metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
    with warnings.catch_warnings(), rc_context({"svg.fonttype": "none", "svg.hashsalt": "simsvc"}):
        if kind == "svg":
            # A missing glyph matters to pictures; here the reader's machine draws the text.
            warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(buffer, format=kind, metadata=metadata, dpi=dpi)
    return buffer.getvalue()


def inline(figure: Figure, name: str, label: str) -> str:
    """Return one ``<svg>`` element for a page.

    It holds no addresses, its ids are its own (they begin with ``name``), its neutral colours and its fonts are the
    page's, and ``label`` says to those who can't see it what it shows.
    """
    text = _draw(figure, "svg", 72).decode()
    for noise in _NOISE:
        text = noise.sub("", text)
    text = _REFERENCE.sub(rf"\g<1>{name}-", text.replace("xlink:href", "href"))
    text = _FAMILIES.sub("var(--font)", text)
    for colour, variable in NEUTRALS.items():
        text = text.replace(colour, f"var({variable})")
    return text.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label)}" ', 1)


def save(figure: Figure, path: str | PathLike[str], *, dpi: float = 200) -> Path:
    """Write a figure as ``.svg`` (text as text), ``.png`` or ``.pdf``, whole or not at all.

    Raises
    ------
    ValueError
        The name ends otherwise.
    OSError
        The file cannot be written.
    """
    kind = Path(path).suffix.lower().lstrip(".")
    if kind not in ("svg", "png", "pdf"):
        raise ValueError(f"{str(path)!r}: a figure is written as .svg, .png or .pdf")
    data = _draw(figure, kind, dpi)
    if kind == "svg":
        data = _FAMILIES.sub(FONT_STACK, data.decode()).encode()
    return write_whole(path, data)
