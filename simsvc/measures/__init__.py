"""Pure functions from a log (and its case) to numbers per replication that add over replications."""

from simsvc.measures.cases import Cases
from simsvc.measures.counts import BINS, STEPS, Count, bin_of, cases_of, width
from simsvc.measures.reasons import REASONS
from simsvc.measures.staff import Usage
from simsvc.measures.sums import Sum
from simsvc.measures.tally import Key, Rungs, Tally, tally

__all__ = [
    "BINS",
    "REASONS",
    "STEPS",
    "Cases",
    "Count",
    "Key",
    "Rungs",
    "Sum",
    "Tally",
    "Usage",
    "bin_of",
    "cases_of",
    "tally",
    "width",
]
