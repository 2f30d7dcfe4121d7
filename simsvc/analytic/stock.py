"""Spare parts on base stock (S−1,S): every issue is ordered again at once. Poisson demand, backorders wait."""

from __future__ import annotations

from collections.abc import Sequence

from scipy import special


def fill_rate(base_stock: int, pipeline: float) -> float:
    """Share of demands met from stock at once.

    Parameters
    ----------
    base_stock : int
        S, stock on hand plus on order less backorders.
    pipeline : float
        Mean number on order: demand rate × mean lead time.

    Notes
    -----
    The number on order is Poisson whatever the distribution of independent lead times (Palm 1938, Ericsson Technics
    44), and demands see time averages: P(on order ≤ S − 1) (Sherbrooke 2004, Optimal Inventory Modeling of Systems,
    2nd ed., chapter 2).
    """
    return float(special.pdtr(base_stock - 1, pipeline)) if base_stock > 0 else 0.0


def expected_backorders(base_stock: int, pipeline: float) -> float:
    """Mean number of demands that wait for a part; arguments as in ``fill_rate``.

    E(X − S)⁺ for a Poisson X of mean m is m·P(X ≥ S) − S·P(X > S) (Sherbrooke 2004, chapter 2).
    """
    return pipeline * _exceeds(base_stock - 1, pipeline) - base_stock * _exceeds(base_stock, pipeline)


def _exceeds(number: int, mean: float) -> float:
    """Chance that a Poisson variable exceeds ``number``."""
    return float(special.pdtrc(number, mean)) if number >= 0 else 1.0


def metric_backorders(
    hub_stock: int,
    hub_lead: float,
    base_stocks: Sequence[int],
    rates: Sequence[float],
    leads: Sequence[float],
) -> list[float]:
    """Mean backorders per station that is supplied from a hub (METRIC).

    Parameters
    ----------
    hub_stock, hub_lead : int, float
        Base stock of the hub and mean lead time of its supplier.
    base_stocks, rates, leads : sequences, one per station
        Base stock, demand rate, and mean time from a hub that has the part to the station; times in one unit.

    Returns
    -------
    list of float

    Notes
    -----
    Sherbrooke 1968, Operations Research 16, 122–141: a station waits its own lead time and the mean delay at the hub,
    which by Little's law is the hub's backorders over its demand; the number on order is taken as Poisson. Exact
    without stock at the hub or with plenty; in between the stations' backorders come out a little low (against the
    exact values of ``two_echelon_backorders``).
    """
    total = sum(rates)
    delay = expected_backorders(hub_stock, total * hub_lead) / total if total > 0 else 0.0
    return [
        expected_backorders(stock, rate * (lead + delay))
        for stock, rate, lead in zip(base_stocks, rates, leads, strict=True)
    ]
