"""From a distribution of the scenario to a keyed sampler in integer seconds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from simsvc.case import Case
from simsvc.luck import Keys, Stream, inverse, uniforms
from simsvc.scenario.distribution import (
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
from simsvc.workload.arrivals import Rates, Surges, arrivals
from simsvc.workload.tables import Bools, Floats, Ints, Legs

T = TypeVar("T")


def per_case(prepare: Callable[..., T]) -> Callable[..., T]:
    """For what depends on the case (and names) alone: prepared once, and kept as long as the case."""
    kept: WeakKeyDictionary[Case, dict[Hashable, T]] = WeakKeyDictionary()

    @wraps(prepare)
    def prepared(case: Case, *names: Hashable) -> T:
        found = kept.setdefault(case, {})
        if names not in found:
            found[names] = prepare(case, *names)
        return found[names]

    return prepared


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
            return inverse.empirical(np.array(dist.values), weights(dist))


def weights(dist: Empirical) -> Floats:
    """Weights of its values, equal where none are written."""
    return np.array(dist.weights if dist.weights is not None else [1.0] * len(dist.values), np.float64)


@dataclass(frozen=True, eq=False)
class Choices:
    """What each group chooses from by weights: cells ``first[g] : first[g + 1]`` of ``edges`` and ``values``."""

    first: Ints
    edges: Floats
    values: Ints

    @classmethod
    def of(cls, groups: Sequence[tuple[Sequence[int] | Ints, Sequence[float] | Floats]]) -> Choices:
        """From (values, weights) of each group; a group without any chooses -1."""
        edges = [inverse.edges(np.array(weights, np.float64)) for _, weights in groups if len(weights)]
        first = np.cumsum([0, *(len(values) for values, _ in groups)])
        values = [np.asarray(values, np.int64) for values, _ in groups]
        return cls(first, np.concatenate([np.empty(0), *edges]), np.concatenate([np.empty(0, np.int64), *values]))


class ByGroup(NamedTuple):
    """Keyed durations by group: ``dists[group]`` for each key, 0 for those of no group (-1)."""

    dists: Sequence[Distribution]
    group: Ints
    stream: Stream
    keys: Keys


class Draws:
    """Draws of one replication: a thin hand on the keyed luck."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def uniforms(self, stream: Stream, keys: Keys, count: int | Ints = 0) -> Floats:
        """Uniform numbers, one a key (and count)."""
        return uniforms(self.seed, stream, keys, count)

    def arrivals(self, rates: Rates, surges: Surges | None = None) -> tuple[Ints, Floats, Keys]:
        """Process, time and key of the points of Poisson processes, in order of whole seconds, then keys."""
        return arrivals(self.seed, rates, surges or Surges.none(len(rates.keys)))

    def order(self, time: Ints, keys: Keys) -> Ints:
        """Rows in order of time, then key."""
        return np.lexsort((keys, time))

    def seconds(self, dist: Distribution, stream: Stream, keys: Keys, count: int | Ints = 0) -> Ints:
        """Durations in whole seconds."""
        if isinstance(dist, Constant):
            shape = np.broadcast_shapes(keys.shape, np.shape(count))
            return np.asarray(inverse.seconds(np.full(shape, dist.value)))
        return np.asarray(inverse.seconds(inverse_of(dist)(self.uniforms(stream, keys, count))))

    def seconds_of(self, work: ByGroup) -> Ints:
        """Durations by group in whole seconds."""
        return self.visits_of(work, 1)[:, 0]

    def visits_of(self, work: ByGroup, visits: int) -> Ints:
        """The same for each visit to each key, shape (keys, visits); the number of the visit is the count."""
        out = np.zeros((len(work.keys), visits), np.int64)
        for g in np.unique(work.group[work.group >= 0]):
            rows = np.flatnonzero(work.group == g)
            out[rows] = self.seconds(work.dists[g], work.stream, work.keys[rows, None], np.arange(visits))
        return out

    def diagnosis(self, work: ByGroup, visits: int) -> Ints:
        """The same for diagnosis on site."""
        return self.visits_of(work, visits)

    def legs(self, case: Case, keys: Keys, work: ByGroup, visits: int) -> Legs:
        """Luck of the visits to each key, ``work`` on site by keys of its own."""
        staff, cv = case.model.staff, case.model.network.noise_cv
        keys, numbers = keys[:, None], np.arange(visits)
        return Legs(
            set_out=self.seconds(staff.set_out, Stream.SET_OUT, keys, numbers),
            mobilise=self.seconds(staff.mobilisation, Stream.MOBILISE, keys, numbers),
            access=self.seconds(staff.site_access, Stream.ACCESS, keys, numbers),
            work=self.visits_of(work, visits),
            noise_out=self.noise(cv, Stream.NOISE_OUT, keys, numbers),
            noise_back=self.noise(cv, Stream.NOISE_BACK, keys, numbers),
        )

    def happens(self, probability: float | Floats, stream: Stream, keys: Keys, count: int | Ints = 0) -> Bools:
        """Whether something of the given probability happens."""
        return np.asarray(self.uniforms(stream, keys, count) < probability)

    def choose(self, choices: Choices, group: Ints, stream: Stream, keys: Keys) -> Ints:
        """A value for each key by the weights of its group; -1 for no group (-1)."""
        out, u = np.full(len(keys), -1), self.uniforms(stream, keys)
        for g in np.unique(group[group >= 0]):
            cells = slice(choices.first[g], choices.first[g + 1])
            values, edges = choices.values[cells], choices.edges[cells]
            if len(values):
                rows = np.flatnonzero(group == g)
                out[rows] = values[inverse.cell(edges, u[rows])]
        return out

    def noise(self, cv: float, stream: Stream, keys: Keys, count: int | Ints = 0) -> Floats:
        """Lognormal factors of mean 1 on travel times."""
        if cv <= 0:
            return np.ones(np.broadcast_shapes(keys.shape, np.shape(count)))
        return inverse.lognormal(1.0, cv)(self.uniforms(stream, keys, count))


def pick(weights: Floats, u: Floats) -> Ints:
    """Index into ``weights`` for each uniform number."""
    return inverse.cell(inverse.edges(weights), u)
