"""How far the spread between replications can be trusted: degrees of freedom for its estimate."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_LEAST_DEGREES = 3.0
_FEWEST_VALUES = 4


def degrees_of_freedom(residuals: Floats, replications: Floats, excess: Floats | float = 0.0) -> Floats:
    """Degrees of freedom of the variance estimated from residuals.

    Few replications with long tails (one bad year among ten) tell less about the spread than normal ones. The variance
    of the estimated variance follows from the kurtosis, and Satterthwaite's rule turns it into degrees of freedom.

    Parameters
    ----------
    residuals : float array, shape (rows, columns)
        Deviations per replication, summing to 0 down each column; rows without data are 0.
    replications : float array, shape (columns,)
        Rows that hold data.
    excess : float array, shape (columns,)
        Excess kurtosis to be left out, since it says nothing of the spread between replications.

    Returns
    -------
    float array, shape (columns,)
        Between 3 and ``replications - 1``; the latter for fewer than four replications.

    Notes
    -----
    Var(s²)/σ⁴ = κ/R − (R−3)/(R(R−1)) for R independent values of kurtosis κ, and 2/df for a scaled χ² (Satterthwaite
    1946, Biometrics Bulletin 2, 110–114). κ − 3 is estimated by G₂ (Joanes and Gill 1998, The Statistician 47,
    183–189). Below 3 degrees the kurtosis itself rests on a single replication and is not followed.
    """
    most = np.maximum(replications - 1.0, 0.0)
    # The ratio below knows no scale; without one, tiny residuals would vanish in their fourth power.
    largest = np.abs(residuals).max(axis=0, initial=0.0)
    residuals = residuals / np.where(largest > 0, largest, 1.0)
    square = (residuals**2).sum(axis=0)
    enough = (replications >= _FEWEST_VALUES) & (square > 0)
    r, square = np.where(enough, replications, _FEWEST_VALUES), np.where(enough, square, 1.0)
    g2 = r * (residuals**4).sum(axis=0) / square**2 - 3.0
    kurtosis = 3.0 + (r - 1) / ((r - 2) * (r - 3)) * ((r + 1) * g2 + 6.0) - excess
    relative = kurtosis - (r - 3) / (r - 1)
    degrees = np.where(relative > 0, 2 * r / np.where(relative > 0, relative, 1.0), np.inf)
    return np.where(enough, np.clip(degrees, np.minimum(_LEAST_DEGREES, most), most), most)
