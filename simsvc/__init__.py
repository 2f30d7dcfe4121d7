"""Do service promises hold? Simulation and capacity planning for field service.

>>> import simsvc as sv
>>> scenario = sv.load("huitian-2018")                       # doctest: +SKIP
>>> validation = sv.validate(scenario)                       # doctest: +SKIP
>>> study = sv.simulate(scenario, replications=2)            # doctest: +SKIP
>>> study.tickets.groupby("area").time_to_site_min.median()  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
import logging
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "load": "simsvc.scenario",
    "loads": "simsvc.scenario",
    "from_dict": "simsvc.scenario",
    "names": "simsvc.scenario",
    "Scenario": "simsvc.scenario",
    "simulate": "simsvc.study",
    "Study": "simsvc.study",
    "validate": "simsvc.study",
    "explain": "simsvc.study",
    "sensitivity": "simsvc.study",
    "compare": "simsvc.study",
    "whatif": "simsvc.study",
    "size": "simsvc.sizing.size",
    "sweep": "simsvc.study.sweep",
    "Sweep": "simsvc.study.sweep",
    "lint": "simsvc.promise.lint",
    "Validation": "simsvc.promise",
    "Sensitivity": "simsvc.promise.sensitivity",
    "Comparison": "simsvc.promise.comparison",
    "SizingPlan": "simsvc.promise.sizing",
    "report": "simsvc.report",
    "InputError": "simsvc.errors",
    "ScenarioError": "simsvc.errors",
    "NetworkError": "simsvc.errors",
    "SimsvcError": "simsvc.errors",
    "StudyError": "simsvc.errors",
}
_CALLED = {"SizingPlan": "Plan"}
"""Names that differ in the room they come from."""
__all__ = ["__version__"]
__all__ += list(_PUBLIC)

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first used, so that ``import simsvc`` costs nothing."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'simsvc' has no attribute {name!r}")
    module = importlib.import_module(_PUBLIC[name])
    # The room of the reports is called like its function, and can be called like it.
    value = module if name == "report" else getattr(module, _CALLED.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
