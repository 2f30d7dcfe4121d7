"""Pure functions from a log (and its case) to numbers per replication that add over replications."""

from simsvc.measures.bins import BINS, STEPS, Binned, Delays, Stacked, bin_of, width
from simsvc.measures.cases import Cases
from simsvc.measures.counts import Count, cases_of
from simsvc.measures.ladder import Rungs
from simsvc.measures.reasons import REASONS
from simsvc.measures.select import counter, keeper, tallier
from simsvc.measures.staff import Usage
from simsvc.measures.sums import Sum
from simsvc.measures.tally import Key, Tally, tally

__all__ = [
    "BINS",
    "REASONS",
    "STEPS",
    "Binned",
    "Cases",
    "Count",
    "Delays",
    "Key",
    "Rungs",
    "Stacked",
    "Sum",
    "Tally",
    "Usage",
    "bin_of",
    "cases_of",
    "counter",
    "keeper",
    "tallier",
    "tally",
    "width",
]
