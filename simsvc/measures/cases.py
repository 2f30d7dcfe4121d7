"""The cases of one clause part under one reading: when, where, kept or missed, and why missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simsvc.case.arrays import Bools, Ints
from simsvc.log import Table
from simsvc.measures.clock import Wait
from simsvc.measures.reasons import attribute

Explain = Callable[[Ints], tuple[Ints, Bools]]
"""Of the rows given: seconds by factor (rows, FACTORS) and whether there is no passage at all."""


@dataclass(frozen=True)
class Cases:
    """One row per case, all arrays of shape (cases,).

    ``area``, ``town``: where; ``since``: moment that puts the case into the cohort; ``elapsed``: seconds on the
    promise's clock until served, -1 for a case that was not served; ``reason``: index into ``REASONS`` of a miss, -1
    for a case kept; ``cut_off``: not served when the run ended, but not past its limit either (a miss all the same);
    ``days``: the limit in days that would just have been kept, -1 for a case not served, empty where the part has no
    limit in days.
    """

    area: Ints
    town: Ints
    since: Ints
    elapsed: Ints
    kept: Bools
    reason: Ints
    cut_off: Bools
    days: Ints


def judge(table: Table, rows: Ints, since: str, served: Bools, wait: Wait, explain: Explain) -> Cases:
    """Cases from rows of a log table.

    ``since`` names the column that puts a row into the cohort; ``explain`` is asked for the missed rows only.
    """
    excess = wait.excess
    kept = served & (excess <= 0)
    reason = np.full(len(rows), -1, np.int64)
    missed = np.flatnonzero(~kept)
    delay, unreachable = explain(missed)
    reason[missed] = attribute(delay, excess[missed], served[missed], unreachable)
    return Cases(
        area=table["area"][rows].astype(np.int64),
        town=table["town"][rows].astype(np.int64),
        since=table[since][rows],
        elapsed=np.where(served, np.maximum(wait.elapsed, 0), -1),
        kept=kept,
        reason=reason,
        cut_off=~served & (excess <= 0),
        days=np.where(served, wait.days, -1) if wait.days.size else wait.days,
    )
