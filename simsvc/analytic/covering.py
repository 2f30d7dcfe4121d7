"""Where to stand so that everybody is within reach: covering models, solved to proven optimality by HiGHS.

``reach`` is bool, shape (nodes, sites): whether a unit at the site serves the node in time (:func:`within`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_NODES = 100_000
"""Most nodes of branch and bound: a limit that no clock decides."""


@dataclass(frozen=True)
class Covering:
    """Where units stand and what that covers.

    Attributes
    ----------
    units : int array, shape (sites,)
        Units at each site.
    value : float
        Cost of the units (set covering), weight covered (the others).
    bound : float
        What no choice can beat: at most ``value`` for a cost, at least for a weight; equal to it where ``proven``.
    proven : bool
        Whether the optimum is proven.
    uncovered : tuple of int
        Nodes that no site chosen reaches; for set covering those that no site reaches at all.
    """

    units: Ints
    value: float
    bound: float
    proven: bool
    uncovered: tuple[int, ...]

    @property
    def sites(self) -> tuple[int, ...]:
        """Sites with a unit."""
        return tuple(np.flatnonzero(self.units).tolist())


def within(times: npt.ArrayLike, limit: float, before: float = 0.0) -> Bools:
    """Is the travel time at most the limit less what goes before it (mobilisation)? Negative times: no road leads."""
    found = np.asarray(times)
    return np.asarray((found >= 0) & (found <= limit - before))


def set_covering(
    reach: Bools, costs: Sequence[float] | None = None, *, opened: Sequence[int] = (), times: int = 1, most: int = 1
) -> Covering:
    """The cheapest sites that between them reach every node that can be reached.

    Parameters
    ----------
    reach : bool array, shape (nodes, sites)
    costs : sequence of float, length sites, optional
        Of a unit, at least 0; each 1 when left out.
    opened : sequence of int
        Sites that have a unit in any case; its cost counts.
    times : int
        Units that must reach each node; as many as can where fewer can.
    most : int
        Most units at a site.

    Returns
    -------
    Covering

    Raises
    ------
    ValueError
        If shapes differ, or a cost is negative or not finite.

    Notes
    -----
    Toregas, Swain, ReVelle and Bergman 1971, The location of emergency service facilities, Operations Research 19,
    1363–1373.
    """
    _, sites = _shape(reach)
    cost = np.ones(sites) if costs is None else np.asarray(costs, np.float64)
    if cost.shape != (sites,) or not (np.isfinite(cost).all() and (cost >= 0).all()):
        raise ValueError(f"every site needs a cost of at least 0 (found: {costs})")
    can = most * reach.sum(axis=1)
    units, bound, proven = _solve(
        cost, reach.astype(np.float64), np.minimum(times, can).astype(np.float64), sites, opened, most
    )
    return Covering(units, float(cost @ units), bound, proven, tuple(np.flatnonzero(can == 0).tolist()))


def maximal_covering(reach: Bools, weight: Sequence[float], sites: int, *, opened: Sequence[int] = ()) -> Covering:
    """The most weight that so many sites can reach (each node counts once).

    Church and ReVelle 1974, The maximal covering location problem, Papers of the Regional Science Association 32,
    101–118. Arguments, errors and result as in :func:`expected_covering`.
    """
    return expected_covering(reach, weight, sites, 0.0, opened=opened, most=1)


def expected_covering(
    reach: Bools,
    weight: Sequence[float],
    units: int,
    busy: float,
    *,
    opened: Sequence[int] = (),
    most: int | None = None,
) -> Covering:
    """The weight that may be expected to find a free unit within reach, each being busy a share of the time: MEXCLP.

    Parameters
    ----------
    reach : bool array, shape (nodes, sites)
    weight : sequence of float, length nodes
        Demand, at least 0.
    units : int
        At most so many in all.
    busy : float
        Share of the time that a unit is busy, from 0 to below 1, whichever others are: a node that k units reach counts
        for 1 - busy^k.
    opened : sequence of int
        Sites that have a unit in any case.
    most : int, optional
        Most units at a site; no bound when left out.

    Returns
    -------
    Covering

    Raises
    ------
    ValueError
        If shapes differ, a weight is negative or not finite, ``busy`` is out of range, or more sites are open than
        there are units.

    Notes
    -----
    Daskin 1983, A maximum expected covering location model, Transportation Science 17, 48–70. Units busy independently
    of each other is an approximation: the value is an estimate, no bound on what a queue does.
    """
    nodes, sites = _shape(reach)
    heavy = _weights(weight, nodes)
    if not 0 <= busy < 1:
        raise ValueError(f"busy must be from 0 to below 1 (found: {busy})")
    _afford(units, opened)
    each = units if most is None else min(most, units)
    # With nobody busy the second unit adds nothing.
    levels = max(min(units, sites * each), 1) if busy > 0 else 1
    gain = np.concatenate([(1 - busy) * busy**k * heavy for k in range(levels)])
    return _covered(reach, gain, levels, units, opened, each)


def backup_covering(
    reach: Bools, weight: Sequence[float], units: int, *, opened: Sequence[int] = (), most: int = 1
) -> Covering:
    """Every node that can be reached is; of such choices the one that reaches the most weight twice.

    Parameters
    ----------
    reach, weight, units, opened
        As in :func:`expected_covering`.
    most : int
        Most units at a site; two units at one site reach what it reaches twice.

    Returns
    -------
    Covering
        ``value``: weight reached twice.

    Raises
    ------
    ValueError
        As :func:`expected_covering`, and if so many units can't reach all that can be reached.

    Notes
    -----
    Hogan and ReVelle 1986, Concepts and applications of backup coverage, Management Science 32, 1434–1444 (BACOP1).
    """
    nodes, _ = _shape(reach)
    heavy = _weights(weight, nodes)
    _afford(units, opened)
    least = set_covering(reach, opened=opened, most=most)
    if least.bound > units + 1e-6:
        raise ValueError(f"to reach every node takes {round(least.value)} units (found: {units})")
    return _covered(reach, np.concatenate([np.zeros(nodes), heavy]), 2, units, opened, most, every=True)


def _covered(
    reach: Bools, gain: Floats, levels: int, units: int, opened: Sequence[int], most: int, *, every: bool = False
) -> Covering:
    """Most gain, one for each further unit that reaches a node (levels x nodes), falling from level to level."""
    nodes, sites = reach.shape
    # A node's levels in use are at most the units that reach it; all units are at most so many.
    level = sparse.hstack([sparse.eye_array(nodes)] * levels)
    reached = sparse.hstack([sparse.csr_array(reach.astype(np.float64)), -level])
    spent = sparse.csr_array(np.concatenate([-np.ones(sites), np.zeros(nodes * levels)])[None, :])
    rows = sparse.csr_array(sparse.vstack([reached, spent]))
    lower = np.append(np.zeros(nodes), -float(units))
    columns = np.ones(nodes * levels)
    # That everybody is reached: his first level is in use.
    floor = np.concatenate([reach.any(axis=1), np.zeros(nodes * (levels - 1))]) if every else np.zeros(nodes * levels)
    found, bound, proven = _solve(
        np.concatenate([np.zeros(sites), -gain]), rows, lower, sites, opened, most, floor=floor, ceiling=columns
    )
    times = np.minimum(reach.astype(np.int64) @ found, levels)
    value = sum(float(gain[k * nodes : (k + 1) * nodes] @ (times > k)) for k in range(levels))
    return Covering(found, value, max(-bound, value), proven, tuple(np.flatnonzero(times == 0).tolist()))


def _solve(
    objective: Floats,
    rows: Floats | sparse.csr_array,
    lower: Floats,
    sites: int,
    opened: Sequence[int],
    most: int,
    *,
    floor: Floats | None = None,
    ceiling: Floats | None = None,
) -> tuple[Ints, float, bool]:
    """Units at each site that make the objective least, with its bound, and whether that is proven. Sites come first
    among the variables, the others are continuous between ``floor`` and ``ceiling``."""
    least, greatest = np.zeros(sites), np.full(sites, float(most))
    for site in opened:
        least[site] = 1.0
    if floor is not None and ceiling is not None:
        least, greatest = np.concatenate([least, floor]), np.concatenate([greatest, ceiling])
    whole = np.concatenate([np.ones(sites), np.zeros(len(objective) - sites)])
    result = milp(
        objective,
        integrality=whole,
        bounds=Bounds(least, greatest),
        constraints=LinearConstraint(rows, lower, np.full(len(lower), np.inf)),
        options={"mip_rel_gap": 0.0, "node_limit": _NODES},
    )
    if result.x is None:
        raise ValueError(f"no choice of sites meets what is asked ({result.message})")
    units = np.rint(result.x[:sites]).astype(np.int64)
    bound = float(result.fun if result.mip_dual_bound is None else result.mip_dual_bound)
    proven = result.status == 0 and abs(bound - float(result.fun)) <= 1e-6 * max(1.0, abs(bound))
    return units, float(result.fun) if proven else bound, proven


def _shape(reach: Bools) -> tuple[int, int]:
    if reach.ndim != 2 or not reach.shape[1]:
        raise ValueError(f"reach must be of shape (nodes, sites), with a site (found: {reach.shape})")
    return reach.shape[0], reach.shape[1]


def _weights(weight: Sequence[float], nodes: int) -> Floats:
    heavy = np.asarray(weight, np.float64)
    if heavy.shape != (nodes,) or not (np.isfinite(heavy).all() and (heavy >= 0).all()):
        raise ValueError(f"every node needs a weight of at least 0 (found: {weight})")
    return heavy


def _afford(units: int, opened: Sequence[int]) -> None:
    if units < len(set(opened)):
        raise ValueError(f"more sites are open than there are units (found: {len(set(opened))} of {units})")
