"""Sobol indices of a few assumptions: which of them a share's variance comes from."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from simsvc.errors import Problem, ScenarioError
from simsvc.promise.sensitivity import Index
from simsvc.scenario.ranges import Range, together
from simsvc.study.points import Trial, explore
from simsvc.study.workers import Progress, Workers

Floats = npt.NDArray[np.float64]
RESAMPLES = 200
"""Bootstrap samples of an interval."""


def sobol(
    tried: Trial, inputs: Sequence[Range], samples: int, workers: Workers, progress: Progress | None = None
) -> tuple[list[tuple[Index, ...]], str]:
    """Indices by promise and assumption, and why there are none if a point could not be built.

    Parameters
    ----------
    tried : Trial
        The base; points take its first round of replications, so that a share is a function of the assumptions.
    inputs : sequence of Range
        Assumptions that move; the others stay at their base.
    samples : int
        A power of 2; there are ``samples`` x (inputs + 2) points.
    workers, progress
        As in ``explore_ranges``.

    Notes
    -----
    Saltelli's design (2010, Computer Physics Communications 181, 259–270) as in ``scipy.stats.sobol_indices``, on a
    scrambled Sobol sequence, bootstrap intervals at 95 %.
    """
    units = design(len(inputs), samples, tried.seed)
    first = replace(tried, rounds=tried.rounds[:1])
    points = [together(inputs, unit) for unit in units.reshape(-1, len(inputs)).tolist()]
    outcomes = list(workers.map(partial(explore, first), points, progress))
    problem = next((outcome.problem for outcome in outcomes if outcome.problem), "")
    if problem:
        return [()] * len(tried.places), problem
    # Shares less the base's: all from the same replications, so that no other luck comes between points.
    shares = np.array([outcome.shift for outcome in outcomes]).reshape(len(inputs) + 2, samples, -1)
    return [_indices(inputs, shares[:, :, column], tried.seed) for column in range(shares.shape[2])], ""


def check_samples(samples: int) -> None:
    """Refuse a number of samples that would lose the balance of the sequence."""
    if samples < 2 or samples & (samples - 1):
        raise ScenarioError(Problem("samples", str(samples), "a power of 2 is needed", "write for instance 64"))


def design(inputs: int, samples: int, seed: int) -> Floats:
    """Points in the unit cube, shape (inputs + 2, samples, inputs): A, B, then A with one column of B in turn."""
    from scipy.stats import qmc

    both = qmc.Sobol(2 * inputs, rng=seed).random(samples)
    a, b = both[:, :inputs], both[:, inputs:]
    mixed = np.repeat(a[None], inputs, axis=0)
    for k in range(inputs):
        mixed[k, :, k] = b[:, k]
    return np.concatenate((a[None], b[None], mixed))


def _indices(inputs: Sequence[Range], shares: Floats, seed: int) -> tuple[Index, ...]:
    """``shares``: shape (inputs + 2, samples), laid out as the design."""
    if np.isnan(shares).any() or np.ptp(shares[:2]) < 1e-12:
        return tuple(Index(r.id, *[None] * 6) for r in inputs)
    from scipy.stats import sobol_indices

    with warnings.catch_warnings():
        # An interval without any spread is told as nan, which is what we make of it.
        warnings.simplefilter("ignore")
        found = sobol_indices(
            func={"f_A": shares[None, 0], "f_B": shares[None, 1], "f_AB": shares[2:, None]},
            n=shares.shape[1],
            rng=seed,
        )
        spread = found.bootstrap(confidence_level=0.95, n_resamples=RESAMPLES)
    columns = [
        np.ravel(values)
        for values in (
            found.first_order,
            spread.first_order.confidence_interval.low,
            spread.first_order.confidence_interval.high,
            found.total_order,
            spread.total_order.confidence_interval.low,
            spread.total_order.confidence_interval.high,
        )
    ]
    return tuple(
        Index(r.id, *(float(c[k]) if np.isfinite(c[k]) else None for c in columns)) for k, r in enumerate(inputs)
    )
