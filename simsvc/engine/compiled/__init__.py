"""The compiled engine: the rules of the reference as one event loop over arrays. Importing it imports numba."""

from simsvc.engine.compiled.run import run, simulate

__all__ = ["run", "simulate"]
