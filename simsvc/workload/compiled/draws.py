"""The same draws as ``workload.samplers.Draws``, by kernels."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.luck import Keys, Stream, inverse
from simsvc.scenario.distribution import Distribution
from simsvc.workload.arrivals import Rates, Surges
from simsvc.workload.compiled import fill
from simsvc.workload.compiled.arrivals import arrivals, order
from simsvc.workload.compiled.dists import table
from simsvc.workload.compiled.lazy import UNDRAWN, UNDRAWN_NOISE, Lazy, Recipe
from simsvc.workload.samplers import ByGroup, Choices, Draws
from simsvc.workload.tables import Floats, Ints, Legs


class CompiledDraws(Draws):
    """Draws of one replication. The luck of visits is left undrawn; ``lazy`` says how to draw it."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._seed = np.uint64(seed)
        self._legs: dict[Stream, tuple[Keys, ByGroup]] = {}
        self._diagnosis: ByGroup
        self._case: Case

    def uniforms(self, stream: Stream, keys: Keys, count: int | Ints = 0) -> Floats:
        """Uniform numbers, one a key (and count)."""
        if isinstance(count, int):
            counts, flat = np.array([count]), keys.ravel()
        else:
            keys, counts = np.broadcast_arrays(keys, count)
            flat, counts = keys.ravel(), counts.ravel()
        out = np.empty(keys.shape)
        fill.uniforms(self._seed, int(stream), flat, counts, out.reshape(-1))
        return out

    def arrivals(self, rates: Rates, surges: Surges | None = None) -> tuple[Ints, Floats, Keys]:
        """Process, time and key of the points of Poisson processes, in order of whole seconds, then keys."""
        return arrivals(self.seed, rates, surges or Surges.none(len(rates.keys)))

    def order(self, time: Ints, keys: Keys) -> Ints:
        """Rows in order of time, then key."""
        return order(time, keys)

    def seconds(self, dist: Distribution, stream: Stream, keys: Keys, count: int | Ints = 0) -> Ints:
        """Durations in whole seconds."""
        if keys.ndim > 1 or not isinstance(count, int):
            return super().seconds(dist, stream, keys, count)
        out = np.empty(len(keys), np.int64)
        fill.rounded(table([dist]), self._seed, int(stream), keys, count, np.empty(256), out)
        return out

    def seconds_of(self, work: ByGroup) -> Ints:
        """Durations by group in whole seconds."""
        out = np.empty(len(work.keys), np.int64)
        fill.rounded_by_group(table(work.dists), self._seed, int(work.stream), work.group, work.keys, out)
        return out

    def choose(self, choices: Choices, group: Ints, stream: Stream, keys: Keys) -> Ints:
        """A value for each key by the weights of its group; -1 for no group (-1)."""
        out = np.empty(len(keys), np.int64)
        fill.chosen(choices.first, choices.edges, choices.values, self._seed, int(stream), group, keys, out)
        return out

    def noise(self, cv: float, stream: Stream, keys: Keys, count: int | Ints = 0) -> Floats:
        """Lognormal factors of mean 1 on travel times."""
        if cv <= 0:
            return super().noise(cv, stream, keys, count)
        u = self.uniforms(stream, keys, count)
        fill.lognormals(*inverse.of_logarithm(1.0, cv), u.reshape(-1))
        return u

    def diagnosis(self, work: ByGroup, visits: int) -> Ints:
        """Not drawn yet."""
        self._diagnosis = work
        return np.broadcast_to(np.int64(UNDRAWN), (len(work.keys), visits))

    def legs(self, case: Case, keys: Keys, work: ByGroup, visits: int) -> Legs:
        """Not drawn yet."""
        self._case, self._legs[work.stream] = case, (keys, work)
        # Views of a single number: nothing is written into them.
        whole = np.broadcast_to(np.int64(UNDRAWN), (len(keys), visits))
        factor = np.broadcast_to(np.float64(UNDRAWN_NOISE), (len(keys), visits))
        return Legs(whole, whole, whole, whole, factor, factor)

    def lazy(self) -> Lazy:
        """How to draw what was left: when all tables are there."""
        staff, cv = self._case.model.staff, self._case.model.network.noise_cv
        dists = [staff.set_out, staff.mobilisation, staff.site_access]

        def rows(work: ByGroup) -> Ints:
            first = len(dists)
            dists.extend(work.dists)
            return np.where(work.group >= 0, work.group + first, -1)

        def recipe(stream: Stream) -> Recipe:
            keys, work = self._legs[stream]
            return Recipe(keys, work.keys, rows(work), int(stream))

        diagnosis = rows(self._diagnosis)
        tables = (
            recipe(Stream.WORK),
            recipe(Stream.PLACING),
            recipe(Stream.INSTALLATION),
            recipe(Stream.PLANNED_WORK),
            recipe(Stream.REWORK),
        )
        noise = inverse.of_logarithm(1.0, cv) if cv > 0 else (0.0, 0.0)
        return Lazy(self._seed, table(dists), 0, 1, 2, noise, tables, diagnosis)
