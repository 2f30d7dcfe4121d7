"""From a distribution of the scenario to a keyed sampler in integer seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simsvc.luck import Keys, Stream, inverse, uniforms
from simsvc.scenario.distribution import (
    ZERO,
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)
from simsvc.workload.tables import Bools, Floats, Ints


def inverse_of(dist: Distribution) -> inverse.Inverse:
    """The inverse distribution function (seconds) of a distribution as written."""
    match dist:
        case Constant():
            return inverse.constant(dist.value)
        case Uniform():
            return inverse.uniform(dist.low, dist.high)
        case Triangular():
            return inverse.triangular(dist.low, dist.mode, dist.high)
        case Exponential():
            return inverse.exponential(dist.mean)
        case Gamma():
            return inverse.gamma(dist.mean, dist.cv)
        case Lognormal():
            return inverse.lognormal(dist.mean, dist.cv)
        case Weibull():
            return inverse.weibull(dist.scale_s, dist.shape)
        case Empirical():
            weights = dist.weights if dist.weights is not None else [1.0] * len(dist.values)
            return inverse.empirical(np.array(dist.values), np.array(weights, np.float64))


class Draws:
    """Draws of one replication: a thin hand on the keyed luck."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def uniforms(self, stream: Stream, keys: Keys, count: int | Ints = 0) -> Floats:
        """Uniform numbers, one a key (and count)."""
        return uniforms(self.seed, stream, keys, count)

    def seconds(self, dist: Distribution, stream: Stream, keys: Keys, count: int | Ints = 0) -> Ints:
        """Durations in whole seconds."""
        if isinstance(dist, Constant):
            shape = np.broadcast_shapes(keys.shape, np.shape(count))
            return np.asarray(inverse.seconds(np.full(shape, dist.value)))
        return np.asarray(inverse.seconds(inverse_of(dist)(self.uniforms(stream, keys, count))))

    def seconds_of(self, dists: Sequence[Distribution], group: Ints, stream: Stream, keys: Keys) -> Ints:
        """Durations by group: ``dists[group]`` for each key, 0 for those of no group (-1)."""

        def some(g: int, rows: Ints) -> Ints:
            return self.seconds(dists[g] if g >= 0 else ZERO, stream, keys[rows])

        return by_group(group, len(keys), some).astype(np.int64)

    def happens(self, probability: float | Floats, stream: Stream, keys: Keys, count: int | Ints = 0) -> Bools:
        """Whether something of the given probability happens."""
        return np.asarray(self.uniforms(stream, keys, count) < probability)

    def noise(self, cv: float, stream: Stream, keys: Keys, count: int | Ints = 0) -> Floats:
        """Lognormal factors of mean 1 on travel times."""
        if cv <= 0:
            return np.ones(np.broadcast_shapes(keys.shape, np.shape(count)))
        return inverse.lognormal(1.0, cv)(self.uniforms(stream, keys, count))


def by_group(
    groups: Ints, size: int, draw: Callable[[int, Ints], Ints | Floats], dtype: type = np.int64
) -> Ints | Floats:
    """Fill an array group by group: ``draw(g, rows)`` gives the values of the rows whose group is ``g``."""
    out: Ints | Floats = np.zeros(size, dtype)
    for g in np.unique(groups):
        rows = np.flatnonzero(groups == g)
        out[rows] = draw(int(g), rows)
    return out


def pick(weights: Floats, u: Floats) -> Ints:
    """Index into ``weights`` for each uniform number."""
    return np.asarray(inverse.choice(weights)(u), np.int64)
