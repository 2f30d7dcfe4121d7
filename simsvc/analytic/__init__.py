"""Closed formulas for queues and stocks: bounds for sizing and checks on the engines."""

from __future__ import annotations

from simsvc.analytic.abandonment import Abandonment, erlang_a, machine_repair
from simsvc.analytic.covering import Covering, backup_covering, expected_covering, maximal_covering, set_covering
from simsvc.analytic.echelons import station_orders, two_echelon_backorders, two_echelon_fill_rates
from simsvc.analytic.erlang import erlang_b, erlang_c, mg1_wait, mmc_wait, mmc_wait_exceeds, priority_waits
from simsvc.analytic.hypercube import Hypercube, hypercube
from simsvc.analytic.load import offered_load
from simsvc.analytic.staffing import answered_within, least_servers
from simsvc.analytic.stock import expected_backorders, fill_rate, metric_backorders

__all__ = [
    "Abandonment",
    "Covering",
    "Hypercube",
    "answered_within",
    "backup_covering",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "expected_backorders",
    "expected_covering",
    "fill_rate",
    "hypercube",
    "least_servers",
    "machine_repair",
    "maximal_covering",
    "metric_backorders",
    "mg1_wait",
    "mmc_wait",
    "mmc_wait_exceeds",
    "offered_load",
    "priority_waits",
    "set_covering",
    "station_orders",
    "two_echelon_backorders",
    "two_echelon_fill_rates",
]
