"""Per-replication numbers in, intervals and verdicts out: pure functions that know no scenario and no engine."""

from __future__ import annotations

from simsvc.stats.family import decide_family, holm
from simsvc.stats.interval import Interval, mean_interval, ratio_interval, replications_needed
from simsvc.stats.keepable import quantile_limit
from simsvc.stats.paired import Paired, paired_ratio
from simsvc.stats.quantiles import middle_range, middle_ranges
from simsvc.stats.sequential import FEWEST, Plan, Verdict, decide
from simsvc.stats.share import p_value_share, share_interval, share_intervals

__all__ = [
    "FEWEST",
    "Interval",
    "Paired",
    "Plan",
    "Verdict",
    "decide",
    "decide_family",
    "holm",
    "mean_interval",
    "middle_range",
    "middle_ranges",
    "p_value_share",
    "paired_ratio",
    "quantile_limit",
    "ratio_interval",
    "replications_needed",
    "share_interval",
    "share_intervals",
]
