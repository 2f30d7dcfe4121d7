"""Closed formulas for queues and stocks: bounds for sizing and checks on the engines."""

from __future__ import annotations

from simsvc.analytic.abandonment import Abandonment, erlang_a, machine_repair
from simsvc.analytic.echelons import station_orders, two_echelon_backorders, two_echelon_fill_rates
from simsvc.analytic.erlang import erlang_b, erlang_c, mg1_wait, mmc_wait, mmc_wait_exceeds, priority_waits
from simsvc.analytic.hypercube import Hypercube, hypercube
from simsvc.analytic.stock import expected_backorders, fill_rate, metric_backorders

__all__ = [
    "Abandonment",
    "Hypercube",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "expected_backorders",
    "fill_rate",
    "hypercube",
    "machine_repair",
    "metric_backorders",
    "mg1_wait",
    "mmc_wait",
    "mmc_wait_exceeds",
    "priority_waits",
    "station_orders",
    "two_echelon_backorders",
    "two_echelon_fill_rates",
]
