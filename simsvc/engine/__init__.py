"""Engines: both take (case, workload) and leave the same log."""

from simsvc.engine.differential import Difference, compare, difference
from simsvc.engine.select import Engine, Name, runner

SEMANTICS = "3"
"""Version of what the model means: raised whenever the same scenario and seed would give another log."""

__all__ = ["SEMANTICS", "Difference", "Engine", "Name", "compare", "difference", "runner"]
