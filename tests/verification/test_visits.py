"""One engineer who drives out, repairs and drives home; the end of a shift; tickets open at the end."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from simsvc.log import CODES

MINUTE, HOUR, DAY = 60, 3600, 86400


@pytest.fixture(scope="module")
def one_engineer(own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> np.ndarray:
    """Faults in a town 30 minutes away and, as many, on an island; 20 minutes' work; free when home: M/D/1."""
    town = {"id": "town", "lat": 0.0, "lon": 0.0, "area": "town"}
    island = {"id": "island", "lat": 0.0, "lon": 0.0, "area": "island"}
    scenario = own(
        time={"window": "400 d", "warm_up": "2 d", "drain": "2 d"},
        network=line("a", "town", minutes=30) | {"nodes": [{"id": "a", "lat": 0.0, "lon": 0.0}, town, island]},
        stations={"a": station("a", covers=["town", "island"])},
        dispatch={"free_when": "when-home"},
        products={"p": {"rate": "9 /d", "modes": {"m": {"name": {"en": "M"}, "share": 1.0, "work": "20 min"}}}},
        demand=endless("town", "island"),
    )
    rows = []
    for case, log in replicate(scenario):
        t, e = log.tickets, log.engineers
        counted = t["counted"] == 1
        spells = np.clip(e["end"], case.span.start, case.span.end) - np.clip(e["start"], case.span.start, case.span.end)
        there = t["town"] == case.places.ids.index("town")
        assert (t["reachable"] == there).all()
        assert (t["arrived"][~there] < 0).all()
        assert (t["arrived"][there & counted] >= 0).all()
        kept = (t["arrived"] >= 0) & (t["arrived"] - t["reported"] <= 2 * HOUR)
        visited = (counted & there).sum()
        rows.append(
            (
                spells.sum() / (case.span.end - case.span.start),
                (kept & counted).sum() / visited,
                (kept & counted).sum() / counted.sum(),
                visited / (9 * 400) - 1,
                (counted & ~there).sum() / (9 * 400) - 1,
            )
        )
    return np.array(rows)


def test_utilisation_of_one_engineer(one_engineer: np.ndarray, is_close: Any) -> None:
    is_close(9 * 80 * MINUTE / DAY, one_engineer[:, 0])


def test_share_on_time_among_visited_tickets_only(one_engineer: np.ndarray, share_of_waits: Any, is_close: Any) -> None:
    # Two hours to the site are 30 minutes of driving and at most 90 of waiting.
    exact = share_of_waits(9 * 80 * MINUTE / DAY, 90 / 80)
    is_close(exact, one_engineer[:, 1], one_engineer[:, 3:4])


def test_share_on_time_counts_towns_without_a_road(
    one_engineer: np.ndarray, share_of_waits: Any, is_close: Any
) -> None:
    exact = share_of_waits(9 * 80 * MINUTE / DAY, 90 / 80) / 2
    is_close(exact, one_engineer[:, 2], one_engineer[:, 3:])


@pytest.fixture(scope="module")
def shifts(own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> np.ndarray:
    """Two hours' duty a day, nobody on call, more work than can be done: jobs a day and overtime."""
    areas = [f"t{k}" for k in range(6)]
    work = {"dist": "exponential", "mean": "1 h"}
    scenario = own(
        time={"window": "150 d", "warm_up": "14 d", "drain": "1 d"},
        network=line(*areas),
        calendars={"short": {"week": {"mon-sun": ["08:00-10:00"]}}},
        stations={"a": None, **{a: station(a) for a in areas}},
        staff={"calendar": "short", "out_of_hours": "off"},
        products={"p": {"rate": "5 /d", "modes": {"m": {"name": {"en": "M"}, "share": 1.0, "work": work}}}},
        demand=endless(*areas),
    )
    rows = []
    for case, log in replicate(scenario):
        v = log.visits
        inside = (v["assigned"] >= case.span.start) & (v["assigned"] < case.span.end)
        assert ((v["assigned"] % DAY >= 8 * HOUR) & (v["assigned"] % DAY < 10 * HOUR)).all()
        end = v["work_end"][inside] - v["assigned"][inside] // DAY * DAY
        overtime = np.maximum(end - 10 * HOUR, 0).sum() / HOUR
        last = (end > 10 * HOUR).sum()
        work_done = (v["work_end"] - v["work_start"])[inside].sum() / HOUR
        shifts_seen = 6 * 150
        rows.append([x / shifts_seen for x in (inside.sum(), overtime, last, work_done)])
    return np.array(rows)


def test_the_job_in_hand_is_finished_after_the_shift(shifts: np.ndarray, is_close: Any) -> None:
    """Work without memory: 1 + 2 h / 1 h jobs a day, an hour of overtime on every day, three hours of work in all."""
    is_close(3.0, shifts[:, 0])
    is_close(1.0, shifts[:, 1])
    is_close(3.0, shifts[:, 3])
    assert shifts[:, 2].mean() > 0.999


def test_counts_by_hour_of_week(own: Any, endless: Any, line: Any, station: Any, replicate: Any, is_close: Any) -> None:
    """A profile's weights by hour of the week, and by month; towns that nobody covers: every ticket is open."""
    week = [
        {"days": "mon-fri", "hours": "08:00-18:00", "weight": 6.0},
        {"days": "wed", "hours": "12:00-14:00", "weight": 3.0},
        {"days": "sat-sun", "hours": "00:00-24:00", "weight": 0.5},
    ]
    weights = np.ones((7, 24))
    weights[:5, 8:18], weights[2, 12:14], weights[5:] = 6.0, 3.0, 0.5
    scenario = own(
        time={"window": "364 d"},
        network=line("a", "b"),
        stations={"a": station("b")},
        profiles={"office": {"week": week}},
        products={"p": {"rate": "5110 /year", "profile": "office"}},
        demand=endless("a"),
    )
    counts = []
    for _, log in replicate(scenario):
        t = log.tickets
        assert (t["status"] == CODES["TICKET_STATUS"].index("open")).all()
        assert (t["assigned"] < 0).all()
        assert (t["ready"] == t["reported"]).all()
        # The run starts on a Monday.
        counts.append(np.bincount(t["reported"] // HOUR % 168, minlength=168))
    found, expected = np.array(counts, np.float64), 14 * 364 * weights.ravel() / weights.sum()
    for weight in (6.0, 1.0):
        hours = weights.ravel() == weight
        is_close(float(expected[hours].sum()), found[:, hours].sum(axis=1))
    # Every single hour: chi-square, 168 degrees of freedom, 99.98 %.
    total = expected * len(found)
    assert ((found.sum(axis=0) - total) ** 2 / total).sum() < 242


def test_tickets_open_at_the_end(own: Any, endless: Any, replicate: Any, is_close: Any) -> None:
    """Remote help with room for everybody, two days each: of a day of 120, 240 * (1 - exp(-1/2)) are open."""
    scenario = own(
        time={"window": "1 d"},
        remote={"shifts": [{"calendar": "always", "agents": 10_000}], "work": {"dist": "exponential", "mean": "2 d"}},
        products={"p": {"rate": "120 /d", "modes": {"m": {"remote": 1.0}}}},
        demand=endless("a"),
    )
    rows = []
    for case, log in replicate(scenario, 300):
        t = log.tickets
        still = t["status"] == CODES["TICKET_STATUS"].index("open")
        assert (t["remote_end"][still] == -1).all()
        assert (t["fixed"][still] == -1).all()
        assert (t["remote_end"][~still] < case.span.horizon).all()
        rows.append(still.sum())
    is_close(240 * (1 - math.exp(-0.5)), np.array(rows, np.float64))
