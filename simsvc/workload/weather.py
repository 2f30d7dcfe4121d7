"""Rain, typhoons and strait closures of one replication."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.clock import DAY
from simsvc.luck import Stream, inverse, name_key
from simsvc.scenario.places import Strait, Typhoons
from simsvc.workload.arrivals import arrivals
from simsvc.workload.profiles import SLICE, month_rate
from simsvc.workload.samplers import Draws, pick
from simsvc.workload.tables import Floats, Ints, Keys, Weather

NONE = np.empty((0, 2), np.int64)


def weather(case: Case, draws: Draws) -> Weather:
    """All spells that begin before the horizon."""
    environment = case.model.environment
    closed, surge = _typhoons(case, draws, environment.typhoons)
    return Weather(rain=_rain(case, draws), closed=closed, surge=surge, strait=_strait(case, draws, environment.strait))


def merged(spells: Ints) -> Ints:
    """Spells sorted and joined where they overlap or touch."""
    out: list[list[int]] = []
    for start, end in sorted(spells.tolist()):
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], end)
        elif end > start:
            out.append([start, end])
    return np.array(out, np.int64).reshape(-1, 2)


def _rain(case: Case, draws: Draws) -> Ints:
    rain = case.model.network.rain
    if rain is None:
        return NONE
    block = int(rain.block)
    # Blocks and keys go by the civil moment, so that another warm-up keeps the weather.
    first = case.epoch.first_day.toordinal() * DAY
    starts = np.arange(-(first % block), case.span.horizon, block)
    month = np.array([case.epoch.date(int(s) // DAY).month - 1 for s in starts])
    wet = draws.happens(np.array(rain.share)[month], Stream.RAIN, (starts + first).astype(np.uint64))
    return merged(np.column_stack((np.maximum(starts, 0), starts + block))[wet])


def _events(case: Case, draws: Draws, name: str, per_year: float, months: list[float]) -> tuple[Ints, Keys]:
    if per_year <= 0:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    rate = per_year * month_rate(case, months)

    def at(_: int, times: Floats) -> Floats:
        return np.asarray(rate[(times // SLICE).astype(np.int64)])

    first = case.epoch.first_day.toordinal()
    _, time, key = arrivals(draws.seed, [name_key(name)], [float(rate.max())], at, case.span.horizon, first)
    order = np.lexsort((key, time))
    return time[order], key[order]


def _between(draws: Draws, stream: Stream, keys: Keys, low: float, high: float) -> Ints:
    return np.asarray(inverse.seconds(inverse.uniform(low, high)(draws.uniforms(stream, keys))))


def _typhoons(case: Case, draws: Draws, spec: Typhoons | None) -> tuple[tuple[Ints, ...], tuple[Ints, ...]]:
    areas = len(case.places.areas)
    if spec is None:
        return (NONE,) * areas, (NONE,) * areas
    time, key = _events(case, draws, "typhoon", spec.per_year, spec.months)
    names = list(spec.landfall)
    landfall = pick(np.array(list(spec.landfall.values())), draws.uniforms(Stream.LANDFALL, key))
    reopens = time + _between(draws, Stream.CLOSURE, key, spec.closure_low, spec.closure_high)
    calms = reopens + _between(draws, Stream.SURGE, key, spec.surge_low, spec.surge_high)
    closed, surge = [], []
    for area in range(areas):
        hit = np.array([case.hit[case.places.areas.index(names[w]), area] for w in landfall], np.bool_)
        closed.append(merged(np.column_stack((time[hit], reopens[hit]))))
        surge.append(merged(np.column_stack((reopens[hit], calms[hit]))))
    return tuple(closed), tuple(surge)


def _strait(case: Case, draws: Draws, spec: Strait | None) -> Ints:
    if spec is None:
        return NONE
    time, key = _events(case, draws, "strait", spec.per_year, spec.months)
    return merged(np.column_stack((time, time + _between(draws, Stream.STRAIT, key, spec.low, spec.high))))
