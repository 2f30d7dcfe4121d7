"""A validation in, one page out. Nothing here simulates; matplotlib and jinja2 are loaded when a page is made."""

from __future__ import annotations

import importlib
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from simsvc.network import Network
    from simsvc.promise.result import Validation
    from simsvc.report.map import network_map
    from simsvc.scenario.model import Model

__all__ = ["network_map", "report"]


def report(
    validation: Validation,
    scenario_model: Model,
    network: Network,
    path: str | PathLike[str],
    language: Literal["en", "zh"] = "en",
) -> Path:
    """Write one self-contained HTML page: no request leaves it, figures are inline SVG with text as text.

    Parameters
    ----------
    validation
        What was judged. Shares are fractions, limits seconds, rates per year of 365 days.
    scenario_model
        The scenario that was judged: wordings, facts, assumptions.
    network
        Its road network, for the map and the names of places.
    path
        The file to write. It is written whole or not at all; its folder must exist.
    language
        ``"en"`` or ``"zh"``; both hold the same numbers.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ValueError
        The language is not known.
    OSError
        The file cannot be written.
    """
    from simsvc.report.page import render
    from simsvc.report.write import write_whole

    return write_whole(path, render(validation, scenario_model, network, language=language))


def __getattr__(name: str) -> Any:
    """Pull in what needs Matplotlib when it is first used."""
    if name == "network_map":
        return getattr(importlib.import_module("simsvc.report.map"), name)
    if name == "figures":
        return importlib.import_module("simsvc.report.figures")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
