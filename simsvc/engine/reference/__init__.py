"""The reference engine, in SimPy, written to be read."""

from simsvc.engine.reference.run import run

__all__ = ["run"]
