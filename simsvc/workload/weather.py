"""Rain, typhoons and strait closures of one replication."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.luck import Stream, inverse, name_key
from simsvc.scenario.places import Strait, Typhoons
from simsvc.workload.arrivals import Rates
from simsvc.workload.profiles import SLICE, month_rate
from simsvc.workload.samplers import Draws, per_case, pick
from simsvc.workload.tables import Floats, Ints, Keys, Weather

NONE = np.empty((0, 2), np.int64)


def weather(case: Case, draws: Draws) -> Weather:
    """All spells that begin before the horizon."""
    environment = case.model.environment
    closed, surge = _typhoons(case, draws, environment.typhoons)
    return Weather(rain=_rain(case, draws), closed=closed, surge=surge, strait=_strait(case, draws, environment.strait))


def merged(spells: Ints) -> Ints:
    """Spells sorted and joined where they overlap or touch."""
    start, end = spells[spells[:, 0] < spells[:, 1]].T
    if not len(start):
        return NONE
    order = np.argsort(start)
    start, end = start[order], np.maximum.accumulate(end[order])
    apart = start[1:] > end[:-1]
    return np.column_stack((start[np.append(True, apart)], end[np.append(apart, True)]))


def _rain(case: Case, draws: Draws) -> Ints:
    if case.model.network.rain is None:
        return NONE
    spells, share, keys = _blocks(case)
    return merged(spells[draws.happens(share, Stream.RAIN, keys)])


@per_case
def _blocks(case: Case) -> tuple[Ints, Floats, Keys]:
    """Blocks of weather in the run: start and end, share of them that are wet in that month, key."""
    rain = case.model.network.rain
    assert rain is not None
    block = int(rain.block)
    # Blocks and keys go by the civil moment, so that another warm-up keeps the weather.
    first = case.epoch.first_day.toordinal() * DAY
    starts = np.arange(-(first % block), case.span.horizon, block)
    month = case.epoch.moments(starts).astype("datetime64[M]").astype(np.int64) % 12
    spells = np.column_stack((np.maximum(starts, 0), starts + block))
    return spells, np.array(rain.share, np.float64)[month], (starts + first).astype(np.uint64)


def _events(case: Case, draws: Draws, name: str, per_year: float, months: list[float]) -> tuple[Ints, Keys]:
    if per_year <= 0:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    _, moment, key = draws.arrivals(_rates(case, name, per_year, tuple(months)))
    return inverse.seconds(moment), key


@per_case
def _rates(case: Case, name: str, per_year: float, months: tuple[float, ...]) -> Rates:
    return Rates(
        keys=np.array([name_key(name)], np.uint64),
        scale=np.array([per_year]),
        shape=np.zeros(1, np.int64),
        factors=month_rate(case, list(months))[None],
        step=SLICE,
        horizon=case.span.horizon,
        first_day=case.epoch.first_day.toordinal(),
    )


def _between(draws: Draws, stream: Stream, keys: Keys, low: float, high: float) -> Ints:
    return np.asarray(inverse.seconds(inverse.uniform(low, high)(draws.uniforms(stream, keys))))


def _typhoons(case: Case, draws: Draws, spec: Typhoons | None) -> tuple[tuple[Ints, ...], tuple[Ints, ...]]:
    areas = len(case.places.areas)
    if spec is None:
        return (NONE,) * areas, (NONE,) * areas
    time, key = _events(case, draws, "typhoon", spec.per_year, spec.months)
    landed = np.array([case.places.areas.index(name) for name in spec.landfall])
    landfall = pick(np.array(list(spec.landfall.values())), draws.uniforms(Stream.LANDFALL, key))
    reopens = time + _between(draws, Stream.CLOSURE, key, spec.closure_low, spec.closure_high)
    calms = reopens + _between(draws, Stream.SURGE, key, spec.surge_low, spec.surge_high)
    closures, surges = np.column_stack((time, reopens)), np.column_stack((reopens, calms))
    hit = case.hit[landed[landfall]]
    closed, surge = [NONE] * areas, [NONE] * areas
    for area in np.flatnonzero(hit.any(axis=0)):
        closed[area], surge[area] = merged(closures[hit[:, area]]), merged(surges[hit[:, area]])
    return tuple(closed), tuple(surge)


def _strait(case: Case, draws: Draws, spec: Strait | None) -> Ints:
    if spec is None:
        return NONE
    time, key = _events(case, draws, "strait", spec.per_year, spec.months)
    return merged(np.column_stack((time, time + _between(draws, Stream.STRAIT, key, spec.low, spec.high))))
