"""The compiled twin of the measures: one pass of compiled code a promise, equal to the others to the last bit.

Importing this imports numba.
"""

from simsvc.measures.compiled.asked import counts_of
from simsvc.measures.compiled.kept import kept_of
from simsvc.measures.compiled.tally import tally

__all__ = ["counts_of", "kept_of", "tally"]
