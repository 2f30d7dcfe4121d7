"""Callers who hang up (Erlang A) and a finite number of units (machine repair), against exact answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simsvc import analytic

DAY, HOUR = 86400, 3600
AGENTS, PER_DAY, SERVICE, PATIENCE, DAYS = 3, 36.0, 2 * HOUR, 3 * HOUR, 365
UNITS, MENDERS, FAILURES, MENDING = 6, 2, 3.0, 2 * HOUR
"""Failures a day of a unit that is up."""


@pytest.fixture(scope="module")
def callers(own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> np.ndarray:
    """As many calls as three agents can take: share that waits, share that hangs up, mean wait (h); then controls."""
    scenario = own(
        time={"window": f"{DAYS} d", "warm_up": "3 d", "drain": "3 d"},
        network=line("a", "b"),
        stations={"a": station("b")},  # nobody goes to a: only the desk is looked at
        desk={
            "shifts": [{"calendar": "always", "agents": AGENTS}],
            "work": {"dist": "exponential", "mean": f"{SERVICE} s"},
            "patience": {"dist": "exponential", "mean": f"{PATIENCE} s"},
        },
        products={"p": {"rate": f"{PER_DAY} /d"}},
        demand=endless("a"),
    )
    rows = []
    for _, log in replicate(scenario):
        t = log.tickets
        counted = t["counted"] == 1
        left, answered = t["abandoned"] >= 0, t["answered"] >= 0
        assert (left ^ answered)[counted].all()
        wait = (np.where(left, t["abandoned"], t["answered"]) - t["reported"])[counted]
        work = (t["triaged"] - t["answered"])[counted & answered] / SERVICE
        controls = (counted.sum() / (PER_DAY * DAYS) - 1, work.mean() - 1)
        rows.append(((wait > 0).mean(), left[counted].mean(), wait.mean() / HOUR, *controls))
    return np.array(rows)


@pytest.mark.parametrize("figure", ["waits", "abandoned", "wait"])
def test_erlang_a(callers: np.ndarray, is_close: Any, figure: str) -> None:
    exact = analytic.erlang_a(AGENTS, PER_DAY / 24, SERVICE / HOUR, PATIENCE / HOUR)
    column = ["waits", "abandoned", "wait"].index(figure)
    is_close(getattr(exact, figure), callers[:, column], callers[:, 3:])


@pytest.fixture(scope="module")
def machines(own: Any, replicate: Any) -> np.ndarray:
    """Six units and two engineers at the door: mean number down, failures a day."""
    work = {"dist": "exponential", "mean": f"{MENDING} s"}
    scenario = own(
        time={"window": "300 d", "warm_up": "3 d"},
        stations={"a": {"engineers": MENDERS}},
        products={"p": {"rate": f"{FAILURES} /d", "modes": {"m": {"work": work}}}},
        demand={"installed": [{"area": "a", "product": "p", "units": UNITS}]},
    )
    rows = []
    for case, log in replicate(scenario):
        t, (start, end) = log.tickets, (case.span.start, case.span.end)
        until = np.where(t["fixed"] < 0, end, t["fixed"])
        down = (np.clip(until, start, end) - np.clip(t["reported"], start, end)).sum() / (end - start)
        rows.append((down, t["counted"].sum() / 300))
    return np.array(rows)


def test_units_down_and_failures_of_a_finite_source(machines: np.ndarray, is_close: Any) -> None:
    """1.39 down and 13.8 failures a day; an endless source of the same rate would leave 3.43 down and fail 18 times."""
    down = analytic.machine_repair(UNITS, MENDERS, FAILURES, MENDING / DAY)
    is_close(down, machines[:, 0])
    is_close(FAILURES * (UNITS - down), machines[:, 1])
