"""Drawn rates, shares and spells against the scenario, within 4 standard errors (one chance in 16,000 each)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.case.windows import calendar_windows
from simsvc.workload import draw

DAY, HOUR = 86400, 3600
YEARS = 40


def near(found: float, expected: float, sd: float, n: float) -> None:
    assert abs(found - expected) <= 4 * sd / np.sqrt(n), (found, expected)


def test_shares_of_modes_remote_parts_and_repeats(own: Any) -> None:
    mode = {"name": {"en": "M"}, "work": "1 h"}
    one = mode | {
        "share": 3.0, "remote": 0.4, "part": 0.6, "parts": {"x": 1.0, "y": 3.0}, "right_part": 0.7, "fixed": 0.8,
        "repeat": 0.2, "repeat_after": {"dist": "uniform", "low": "1 d", "high": "5 d"},
    }  # fmt: skip
    pool = {"work": "5 min", "shifts": [{"calendar": "always", "agents": 9}]}
    scenario = own(
        time={"window": "100 d"},
        remote=pool,
        products={"p": {"rate": "400 /d", "in_warranty": 0.9, "modes": {"m": one, "n": mode | {"share": 1.0}}}},
        parts={x: {"name": {"en": x}, "product": "p"} for x in "xy"},
    )
    f = draw(build(scenario), 1, 0).faults
    first, m = f.parent < 0, f.mode == 0
    near(first.sum(), 40_000, np.sqrt(40_000), 1)
    n = (first & m).sum()
    near(n / first.sum(), 0.75, 0.433, first.sum())
    both = first & m
    near(f.remote_solved[both].mean(), 0.4, 0.49, n)
    near((f.part[both] >= 0).mean(), 0.6, 0.49, n)
    near((f.part[both & (f.part >= 0)] == 1).mean(), 0.75, 0.433, 0.6 * n)
    near(f.right_part[both].mean(), 0.7, 0.459, n)
    near(f.fixed[both, 0].mean(), 0.8, 0.4, n)
    assert f.fixed[:, -1].all()
    near((f.child[both] >= 0).mean(), 0.2, 0.4, n)
    near(f.in_warranty[first].mean(), 0.9, 0.3, first.sum())
    assert (f.part[~m] < 0).all()
    assert not f.remote_solved[~m].any()
    assert (f.child[~m] < 0).all()
    # Repeats of repeats: a geometric series; each at the same town, with the same mode, one to five days after.
    near((~first).sum() / n, 0.25, 0.56, n)
    child = np.flatnonzero(f.child >= 0)
    assert (f.mode[f.child[child]] == f.mode[child]).all()
    assert (f.parent[f.child[child]] == child).all()
    after = f.after[f.child[child]]
    assert ((after >= DAY) & (after <= 5 * DAY)).all()
    assert (f.time[~first] == -1).all()


def test_absences_by_engineer_and_kind(own: Any) -> None:
    for kinds, expected in (
        ({"leave": {"days_per_year": 20, "spell": "5 d"}}, 20 / 365),
        ({"leave": {"days_per_year": 60, "spell": "30 d"}, "ill": {"days_per_year": 10, "spell": "1 d"}}, None),
        ({"gone": {"days_per_year": 365, "spell": "7 d"}}, 1.0),
        ({"never": {"days_per_year": 0, "spell": "7 d"}}, 0.0),
    ):
        scenario = own(
            time={"window": f"{365 * YEARS} d"}, stations={"a": {"engineers": 20}}, staff={"absences": kinds}
        )
        away = draw(build(scenario.override("demand.scale", 0.0)), 1, 0).absent
        share = expected if expected is not None else 1 - (1 - 60 / 365) * (1 - 10 / 365)
        longest = max(int(k["spell"].split()[0]) for k in kinds.values())
        # Days within a spell go together: as many independent looks as spells fit.
        near(away.mean(), share, np.sqrt(share * (1 - share)), away.size / (2 * longest))
        assert away.shape == (20, 365 * YEARS)


def test_typhoons_strait_and_rain(own: Any) -> None:
    months = [0, 0, 0, 1, 4, 10, 17.5, 18.5, 26, 17.4, 5.6, 0]
    nodes = [{"id": "a", "lat": 19.0, "lon": 110.0}, {"id": "b", "lat": 20.0, "lon": 110.0}]
    rain = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1, 1.0]
    scenario = own(
        time={"window": f"{365 * YEARS} d", "start": dt.date(1981, 1, 1)},
        network={"nodes": nodes, "roads": [], "rain": {"share": rain, "block": "3 h"}},
        environment={
            "typhoons": {
                "per_year": 6, "months": months, "landfall": {"a": 3, "b": 1}, "reach_km": 0,
                "closure_low": "12 h", "closure_high": "36 h", "surge": 2.5, "surge_low": "3 d", "surge_high": "7 d",
            },
            "strait": {"per_year": 18, "months": [1] * 12, "low": "3 h", "high": "9 h"},
        },
        demand={"scale": 0.0},
    )  # fmt: skip
    case = build(scenario)
    sky = draw(case, 1, 0).weather
    landed = np.concatenate(sky.closed)
    # Few overlap: spells that touch are joined.
    near(len(landed), 6 * YEARS, np.sqrt(6 * YEARS) + 2, 1)
    length = landed[:, 1] - landed[:, 0]
    near(length.mean(), DAY, DAY * 0.289, len(length))
    month = np.array([case.epoch.date(int(s) // DAY).month for s in landed[:, 0]])
    assert not np.isin(month, (1, 2, 3, 12)).any()
    near((month == 9).mean(), 0.26, 0.44, len(month))
    near(len(sky.closed[0]) / len(landed), 0.75, 0.433, len(landed))
    for closed, surge in zip(sky.closed, sky.surge, strict=True):
        assert np.isin(surge[:, 0], closed[:, 1]).mean() > 0.9
    near(len(sky.strait), 18 * YEARS, np.sqrt(18 * YEARS) + 4, 1)
    near((sky.strait[:, 1] - sky.strait[:, 0]).mean() / HOUR, 6, 2, len(sky.strait))
    starts = np.arange(0, case.span.horizon, 3 * HOUR)
    at = np.searchsorted(sky.rain[:, 0], starts, "right") - 1
    wet = (at >= 0) & (starts < sky.rain[np.maximum(at, 0), 1])
    months_of = np.array([case.epoch.date(int(s) // DAY).month - 1 for s in starts])
    for m, share in enumerate(rain):
        mine = wet[months_of == m]
        near(mine.mean(), share, np.sqrt(share * (1 - share)) + 1e-9, len(mine))


def test_faults_surge_after_a_typhoon(own: Any) -> None:
    storms = {
        "per_year": 20, "months": [1] * 12, "landfall": {"a": 1}, "reach_km": 0, "closure_low": "12 h",
        "closure_high": "12 h", "surge": 3.0, "surge_low": "4 d", "surge_high": "4 d",
    }  # fmt: skip
    scenario = own(time={"window": "730 d"}, environment={"typhoons": storms}, products={"p": {"rate": "40 /d"}})
    luck = draw(build(scenario), 1, 0)
    time, surge = luck.faults.time, luck.weather.surge[0]
    at = np.searchsorted(surge[:, 0], time, "right") - 1
    inside = (at >= 0) & (time < surge[np.maximum(at, 0), 1])
    days = (np.minimum(surge[:, 1], 730 * DAY) - surge[:, 0]).sum() / DAY
    near(inside.sum(), 120 * days, np.sqrt(120 * days), 1)
    near((~inside).sum(), 40 * (730 - days), np.sqrt(40 * (730 - days)), 1)


def test_counts_are_poisson_whatever_the_slabs(own: Any) -> None:
    """Mean and variance of yearly counts over the edges of the slabs of heights (1, 2, 4, 8 …)."""
    for rate in (0.7, 1.0, 3.0, 8.0, 100.0):
        scenario = own(
            time={"window": "365 d"},
            network={"nodes": [{"id": f"t{k}", "lat": 0.0, "lon": 0.0} for k in range(200)], "roads": []},
            stations={"a": {"node": "t0", "covers": ["t0"]}},
            products={"p": {"rate": f"{rate} /year"}},
            demand={"installed": [{"area": f"t{k}", "product": "p", "units": 1} for k in range(200)]},
        )
        case = build(scenario)
        counts = np.concatenate([np.bincount(draw(case, 1, r).faults.area, minlength=200) for r in range(5)])
        near(counts.mean(), rate, np.sqrt(rate), 1000)
        near(counts.var(), rate, np.sqrt(rate + 2 * rate**2), 1000)


def test_monthly_demand(own: Any) -> None:
    months = [0.5, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 0.0]
    scenario = own(
        time={"window": "365 d"},
        profiles={"heat": {"months": months}},
        products={"p": {"rate": "100000 /year", "profile": "heat"}},
    )
    case = build(scenario)
    f = draw(case, 1, 0).faults
    month = np.array([case.epoch.date(int(s) // DAY).month for s in f.time])
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    expected = 100_000 * np.array(months) * days / (np.array(months) * days).sum()
    found = np.bincount(month, minlength=13)[1:]
    assert (abs(found - expected) <= 4 * np.sqrt(expected)).all()


def test_holidays_follow_another_day(own: Any) -> None:
    """Spring Festival 2018 (15 to 21 February) like Sundays; the two make-up days of February like Mondays."""
    week = [
        {"days": "sat-sun", "hours": "00:00-24:00", "weight": 0.0},
        {"days": "mon", "hours": "00:00-24:00", "weight": 2.0},
    ]
    scenario = own(
        time={"start": dt.date(2018, 2, 5), "window": "21 d", "holidays": "CN"},
        profiles={"office": {"week": week, "holidays_as": "sun"}},
        products={"p": {"rate": "600 /d", "profile": "office"}},
    )
    case = build(scenario)
    days = np.bincount(draw(case, 1, 0).faults.time // DAY, minlength=21)
    # Days of the run: 5 February is day 0; weights of mean 6 / 7 a week.
    weight = np.array([2, 1, 1, 1, 1, 0, 2, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 0]) * 7 / 6
    assert (days[weight == 0] == 0).all()
    assert (abs(days - 600 * weight) <= 4 * np.sqrt(600 * weight)).all()


def test_planned_visits_once_in_each_window() -> None:
    scenario = sv.load("huitian-2018").replace(**{"clauses": {}, "sizing.keep": []})
    case = build(scenario)
    p = draw(case, 1, 0).planned
    sites = sum(row.sites for row in case.model.demand.sites)
    for k, plan in enumerate(case.model.planned.values()):
        # The half-year that ends with the warm-up: its visits were released before the run.
        spans = [w for w in calendar_windows(plan, case.epoch, case.span.end) if w[0] >= 0]
        assert len(spans) == 2
        assert (p.plan == k).sum() == sites * len(spans)
    assert (p.start <= p.release).all()
    assert (p.release < p.due).all()
    assert (case.calendars[case.model.staff.calendar].is_open(p.release)).all()
    assert len(np.unique(p.key)) == len(p.key)


def test_rain_needs_blocks_of_some_length(own: Any) -> None:
    with pytest.raises(sv.ScenarioError, match=r"network\.rain\.block"):
        own(network={"rain": {"share": [0.5] * 12, "block": "0 s"}})
