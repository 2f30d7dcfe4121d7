"""Sweeps: thousands of variants of a scenario, kept in a folder that survives interruptions."""

from simsvc.study.sweep.estimate import Estimate, estimate
from simsvc.study.sweep.grid import Grid
from simsvc.study.sweep.result import Failure, Sweep
from simsvc.study.sweep.run import sweep

__all__ = ["Estimate", "Failure", "Grid", "Sweep", "estimate", "sweep"]
