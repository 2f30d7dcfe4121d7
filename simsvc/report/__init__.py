"""A validation, a sensitivity analysis or a plan in, one page out.

Nothing here simulates; matplotlib and jinja2 are loaded when a page is made.
"""

from __future__ import annotations

import importlib
import sys
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from simsvc.promise.result import Validation
    from simsvc.promise.sensitivity import Sensitivity
    from simsvc.promise.sizing import Plan
    from simsvc.report.map import network_map
    from simsvc.scenario import Scenario

__all__ = ["network_map", "report"]


def report(
    validation: Validation | Sensitivity | Plan,
    path: str | PathLike[str],
    *,
    language: Literal["en", "zh"] = "en",
    scenario: Scenario | None = None,
) -> Path:
    """Write one self-contained HTML page: no request leaves it, figures are inline SVG with text as text.

    Parameters
    ----------
    validation
        What was judged, a sensitivity analysis, or a plan of ``size``. Shares are fractions, limits seconds, rates per
        year of 365 days, costs CNY a year.
    path
        The file to write. It is written whole or not at all; its folder must exist.
    language
        ``"en"`` or ``"zh"``; both hold the same numbers.
    scenario
        The scenario that was judged. It stands in the validation or the plan; only one whose network lies in a file of
        its own (a matrix, GraphML) has to be given.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ValueError
        The language is not known.
    InputError
        The scenario or its network can't be read.
    OSError
        The file cannot be written.
    """
    from simsvc import network
    from simsvc.promise.sensitivity import Sensitivity
    from simsvc.promise.sizing import Plan
    from simsvc.report import page, sensitivity_page
    from simsvc.scenario import loads
    from simsvc.whole import write_whole

    if isinstance(validation, Plan):
        from simsvc.report.sizing import page as plan_page

        planned = scenario if scenario is not None else validation.scenario or validation.today
        net = network.load(planned.model.network, planned.folder)
        return write_whole(path, plan_page.render(validation, net, language=language))
    judged = scenario if scenario is not None else loads(validation.provenance["scenario_text"])
    net = network.load(judged.model.network, judged.folder)
    if isinstance(validation, Sensitivity):
        return write_whole(path, sensitivity_page.render(validation, judged.model, net, language=language))
    return write_whole(path, page.render(validation, judged.model, net, language=language))


def __getattr__(name: str) -> Any:
    """Pull in what needs Matplotlib when it is first used."""
    if name == "network_map":
        return getattr(importlib.import_module("simsvc.report.map"), name)
    if name == "figures":
        return importlib.import_module("simsvc.report.figures")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Room(ModuleType):
    """This package, callable: ``simsvc.report`` is both the room and the function of the same name."""

    def __call__(self, *args: Any, **options: Any) -> Path:
        return report(*args, **options)


sys.modules[__name__].__class__ = _Room
