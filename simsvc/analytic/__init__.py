"""Closed formulas for queues and stocks: bounds for sizing and checks on the engines."""

from __future__ import annotations

from simsvc.analytic.erlang import erlang_b, erlang_c, mg1_wait, mmc_wait, mmc_wait_exceeds, priority_waits
from simsvc.analytic.stock import expected_backorders, fill_rate, metric_backorders

__all__ = [
    "erlang_b",
    "erlang_c",
    "expected_backorders",
    "fill_rate",
    "metric_backorders",
    "mg1_wait",
    "mmc_wait",
    "mmc_wait_exceeds",
    "priority_waits",
]
