"""Replications of own scenarios, and 99 % intervals from them.

Error rate: the suite makes fewer than 75 comparisons with an exact value, each by a 99.98 % interval (Bonferroni: at
most 1.5 % that a correct engine fails any of them for a new seed; with the seeds fixed, the outcome is fixed). The
half-width that must not exceed 2 % is that of the 99 % interval: 2 % of the exact value, for shares two points in a
hundred (and far less), for the rare backorders of three pieces 5 % of the value.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from scipy import stats

import simsvc as sv
from simsvc.case import Case, build
from simsvc.log import Log
from simsvc.study.replicate import one

LOG = logging.getLogger("verification")
"""What was found: seen with ``pytest --log-cli-level=info``."""
REPLICATIONS = 40
LEVEL, FAMILY = 0.99, 0.9998


def close(
    exact: float, values: np.ndarray, controls: np.ndarray | None = None, *, within: float = 0.02
) -> tuple[float, float]:
    """Hold a mean over replications against its exact value; (estimate, half-width of the 99 % interval).

    ``controls`` (replications, k): numbers of the same replications whose exact mean is 0 (a control variate takes off
    the luck that it explains: Lavenberg and Welch 1981, Management Science 27, 322-335). ``within``: largest
    half-width, as a share of the exact value.
    """
    n = len(values)
    design = np.ones((n, 1)) if controls is None else np.column_stack((np.ones(n), controls))
    beta, *_ = np.linalg.lstsq(design, values, rcond=None)
    df = n - design.shape[1]
    rest = values - design @ beta
    error = float(np.sqrt(rest @ rest / df * np.linalg.inv(design.T @ design)[0, 0]))
    estimate, half = float(beta[0]), float(stats.t.isf((1 - LEVEL) / 2, df)) * error
    LOG.info("estimate %.5g, exact %.5g, half-width %.2f %%", estimate, exact, 100 * half / exact)
    assert n >= REPLICATIONS
    assert half <= within * exact, f"half-width {half / exact:.2%}"
    assert abs(estimate - exact) <= float(stats.t.isf((1 - FAMILY) / 2, df)) * error, f"{estimate} against {exact}"
    return estimate, half


@pytest.fixture(scope="session")
def share_of_waits() -> Callable[[float, float], float]:
    """P(wait <= t) in M/D/1, t in services: Erlang's (1 - a) sum_k (a(k - t))^k exp(-a(k - t))/k!, k up to t."""

    def share(load: float, services: float) -> float:
        terms = (
            (load * (k - services)) ** k / math.factorial(k) * math.exp(-load * (k - services))
            for k in range(int(services) + 1)
        )
        return (1 - load) * sum(terms)

    return share


@pytest.fixture(scope="session")
def is_close() -> Callable[..., tuple[float, float]]:
    return close


@pytest.fixture(scope="session")
def replicate() -> Callable[..., Iterator[tuple[Case, Log]]]:
    """``replicate(scenario, replications, seed)``: case and log of each replication."""

    def each(scenario: sv.Scenario, replications: int = REPLICATIONS, seed: int = 1) -> Iterator[tuple[Case, Log]]:
        case = build(scenario)
        for r in range(replications):
            yield case, one(case, seed, r)

    return each
