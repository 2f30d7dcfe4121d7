"""Which sites are visited when: once a window, the same sites in all of them, requests as often as the rate says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import Case, build
from simsvc.luck import name_key
from simsvc.workload import Visits, draw

DAY, HOUR = 86400, 3600
VISIT = {"name": {"en": "V"}, "work": "1 h"}
LIFE = {"cycle": "360 d", "windows": [["0 d", "30 d"], ["330 d", "360 d"]]}
RULES: list[dict[str, Any]] = [
    {"every_months": 1},
    {"every_months": 3, "release": 1.0},
    {"months": [2, 5], "days": [11, 20]},
    {"life": LIFE},
]


def scenario(own: Any, *plans: dict[str, Any], sites: int = 40, **more: Any) -> sv.Scenario:
    """So many sites, no faults, a year in office hours after a month's warm-up; plans named v0, v1 …"""
    base = {
        "time": {"window": "365 d", "warm_up": "31 d"},
        "products": {"p": {"rate": "0 /d"}},
        "staff": {"calendar": "office"},
        "demand": {"sites": [{"area": "a", "sites": sites}]},
        "planned": {f"v{k}": VISIT | plan for k, plan in enumerate(plans)},
    }
    return own(**base | more)


def drawn(changed: sv.Scenario, replication: int = 0) -> tuple[Case, Visits]:
    case = build(changed)
    return case, draw(case, 1, replication).planned


def keys_of(plan: str, site: int, visits: Visits, case: Case, label: str) -> np.ndarray:
    """Keys that visits of a plan to a site have by the months or days on which their windows begin."""
    names = [case.epoch.moment(int(s)).date() for s in visits.start]
    text = (f"{d:%Y-%m}" if label == "month" else d.isoformat() for d in names)
    return np.array([name_key("planned", plan, t, "a", site) for t in text], np.uint64)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(rule=st.sampled_from(RULES), replication=st.integers(0, 50), share=st.sampled_from([0.3, 0.5, 1.0]))
def test_one_visit_a_window_and_the_same_sites_in_all(own: Any, rule: Any, replication: int, share: float) -> None:
    """Whose windows lie whole in the run: each of some sites exactly once in each; the other sites never."""
    case, visits = drawn(scenario(own, rule | {"sites": share}), replication)
    label = "day" if "life" in rule else "month"
    whole = (visits.start >= 0) & (visits.start < case.span.end)
    windows: list[list[int]] = []
    found = np.zeros(len(visits.key), np.int64)
    for site in range(40):
        mine = visits.key == keys_of("v0", site, visits, case, label)
        found += mine
        windows.append(sorted(visits.start[mine & whole].tolist()))
    assert (found == 1).all()
    visited = [w for w in windows if w]
    assert all(len(set(w)) == len(w) for w in visited)
    if "life" in rule:
        # A year and a month hold each kind of window of a site once or twice.
        assert {len(w) for w in visited} <= {1, 2, 3}
    else:
        assert all(w == visited[0] for w in visited)
    # Binomial of 40, five standard deviations: one in a million.
    assert abs(len(visited) - 40 * share) <= 5 * np.sqrt(40 * share * (1 - share))


def test_a_share_of_the_sites(own: Any) -> None:
    """Binomial of 4,000, four standard errors: one chance in 16,000."""
    _, visits = drawn(scenario(own, {"every_months": 12, "sites": 0.3}, sites=4000))
    visited = len(visits.key[(visits.start >= 31 * DAY) & (visits.start < 32 * DAY)])
    assert abs(visited / 4000 - 0.3) <= 4 * np.sqrt(0.3 * 0.7 / 4000)


def test_releases_and_dues(own: Any) -> None:
    """Released in the first part of the window, in open hours; due at its end, from the 11th to the 20th included."""
    case, visits = drawn(scenario(own, {"months": [6], "days": [11, 20], "release": 0.5}))
    start, end = (case.epoch.second(dt.datetime(2018, 6, day)) for day in (11, 21))
    assert (visits.start == start).all()
    assert (visits.due == end).all()
    assert case.calendars["office"].is_open(visits.release).all()
    assert visits.release.min() >= start
    # The first half ends on Friday evening, so that Monday morning is the last moment.
    assert visits.release.max() <= case.epoch.second(dt.datetime(2018, 6, 18, 8))
    assert len(np.unique(visits.release // DAY)) >= 4


def test_a_window_under_way_has_the_visits_that_are_still_to_come(own: Any) -> None:
    """Yearly, counted from July on, evenly released: half of the sites had their visit before the run began."""
    time = {"start": dt.date(2018, 8, 2), "window": "365 d", "warm_up": "31 d"}
    case, visits = drawn(scenario(own, {"every_months": 12, "release": 1.0}, sites=4000, time=time))
    begun = visits.start < 0
    assert (visits.release >= 0).all()
    # 184 of 365 days of 2018 are left, one of them a weekend's release moved on: five standard deviations.
    assert abs(begun.sum() / 4000 - 184 / 365) <= 5 * 0.5 / np.sqrt(4000)
    assert (visits.due[begun] == case.epoch.second(dt.datetime(2019, 1, 1))).all()
    # Those of 2019 are load in the counted time, though their window ends after the run.
    assert (visits.due[~begun] > case.span.horizon).all()
    assert abs((~begun).sum() / 4000 - 214 / 365) <= 5 * 0.5 / np.sqrt(4000)


def test_days_of_use_are_spread_evenly_and_shared_by_plans(own: Any) -> None:
    """First and last windows of a cycle of 360 days; every day is as likely (chi-square, 35 df, 99.98 %: below 72)."""
    first, last = ({"life": {"cycle": "360 d", "windows": [w]}} for w in (["0 d", "30 d"], ["330 d", "360 d"]))
    changed = scenario(own, first, last, sites=3600)
    case, visits = drawn(changed)
    starts = {}
    for site in range(200):
        for plan in (0, 1):
            mine = visits.key == keys_of(f"v{plan}", site, visits, case, "day")
            starts[site, plan] = {int(s) // DAY % 360 for s in visits.start[mine]}
    for site in range(200):
        both = {(s + 330) % 360 for s in starts[site, 0]} | starts[site, 1]
        assert len(both) == 1
    seen = visits.start[(visits.plan == 0) & (visits.start >= 0) & (visits.start < 360 * DAY)] // DAY
    assert len(seen) == 3600
    count = np.bincount(seen // 10, minlength=36)
    assert ((count - 100) ** 2 / 100).sum() < 72


def test_a_plan_more_or_more_sites_change_no_visit(own: Any) -> None:
    one = scenario(own, {"every_months": 3})
    two = scenario(own, {"every_months": 3}, {"rate": "1 /year", "within": "5 d"}, {"life": LIFE}, sites=60)
    (_, a), (_, b) = drawn(one), drawn(two)
    kept = np.isin(b.key, a.key)
    assert (b.key[kept] == a.key).all()
    assert (b.release[kept] == a.release).all()
    assert (b.legs.work[kept] == a.legs.work).all()


@pytest.mark.parametrize("rule", [*RULES, {"rate": "3 /year", "within": "5 d"}])
def test_luck_goes_by_civil_time(own: Any, rule: dict[str, Any]) -> None:
    """Another warm-up and window keep the visits released on days that both runs have."""
    other = {"start": dt.date(2018, 2, 1), "window": "200 d", "warm_up": "45 d"}
    released = []
    for time in ({"window": "365 d", "warm_up": "31 d"}, other):
        case, visits = drawn(scenario(own, rule, time=time))
        moments = (case.epoch.moment(int(s)) for s in visits.release)
        rows = zip(visits.key.tolist(), moments, strict=True)
        released.append({k: m for k, m in rows if dt.datetime(2018, 1, 5) <= m < dt.datetime(2018, 8, 1)})
    assert released[0] == released[1]
    assert len(released[0]) > 30


def test_requests_come_as_often_as_the_rate_says(own: Any) -> None:
    """In office hours only, over years of 365 days; within 4 standard errors (one chance in 16,000)."""
    plan = {"rate": "2 /year", "within": "5 d", "sites": 0.5}
    time = {"start": dt.date(2019, 1, 1), "window": "730 d", "holidays": "CN"}
    hours = {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed", "make_up": "open"}
    expected, count = 2 * 0.5 * 900 * 731 / 365, 0
    for replication in range(5):
        case, visits = drawn(
            scenario(own, plan, time=time | {"drain": "1 d"}, calendars={"office": hours}, sites=900), replication
        )
        assert case.calendars["office"].is_open(visits.release).all()
        assert (visits.due - visits.start == 5 * DAY).all()
        assert (visits.release - visits.start == 0).all()
        count += len(visits.key)
    # The share of the sites that ask is drawn too: 450 of 900, each with about four requests in two years.
    variance = 5 * (expected + (expected / 450) ** 2 * 900 * 0.25)
    assert abs(count - 5 * expected) <= 4 * np.sqrt(variance)


def test_a_higher_rate_only_adds_requests(own: Any) -> None:
    few, many = (
        set(drawn(scenario(own, {"rate": rate, "within": "5 d"}))[1].key.tolist()) for rate in ("2 /year", "5 /year")
    )
    assert few < many


def test_nobody_asks_in_hours_that_never_come(own: Any) -> None:
    closed = {"calendars": {"closed": {"week": {"mon": []}}}, "staff": {"calendar": "closed"}}
    _, visits = drawn(scenario(own, {"rate": "9 /year", "within": "5 d"}, **closed))
    assert len(visits.key) == 0
