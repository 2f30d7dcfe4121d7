"""Waits of queues with known answers: M/M/c, M/G/1, M/M/1 with two priorities (nobody interrupted).

Three areas, each with its own station at its only town: three queues side by side in one scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc import analytic
from simsvc.case import Case
from simsvc.log import Log

DAY, DAYS = 86400, 55
SERVERS = 3
CV = 0.5
SERVICE = {"several": 600, "general": 300, "two": 200}
"""Mean service, seconds; waits below are counted in mean services."""
PER_DAY = {"several": 216, "general": 120, "two": 180}
LOAD = {a: PER_DAY[a] * SERVICE[a] / DAY for a in SERVICE}


def queues(own: Callable[..., sv.Scenario], endless: Any, line: Any, station: Any) -> sv.Scenario:
    def mode(share: float, priority: int, work: dict[str, Any]) -> dict[str, Any]:
        return {"name": {"en": "M"}, "share": share, "priority": priority, "work": work}

    mean = {a: f"{s} s" for a, s in SERVICE.items()}
    work = {"dist": "exponential", "mean": mean["two"]}
    modes = {
        "several": {"m": mode(1.0, 1, {"dist": "exponential", "mean": mean["several"]})},
        "general": {"m": mode(1.0, 1, {"dist": "gamma", "mean": mean["general"], "cv": CV})},
        "two": {"first": mode(0.5, 0, work), "second": mode(0.5, 1, work)},
    }
    return own(
        time={"window": f"{DAYS} d", "warm_up": "1 d", "drain": "1 d"},
        network=line(*modes),
        stations={"a": None, **{a: station(a, SERVERS if a == "several" else 1) for a in modes}},
        products={
            "p": None,
            **{a: {"name": {"en": a}, "rate": f"{PER_DAY[a]} /d", "modes": m} for a, m in modes.items()},
        },
        demand=endless(*((a, a) for a in modes)),
    )


def single_server(arrival: np.ndarray, work: np.ndarray, servers: int) -> np.ndarray:
    """Waits of one server ``servers`` times as fast, first come first served (Lindley's recursion, unrolled)."""
    steps = np.concatenate(([0.0], work[:-1] / servers - np.diff(arrival)))
    walk = np.cumsum(steps)
    return walk - np.minimum.accumulate(np.minimum(walk, 0.0))


@pytest.fixture(scope="module")
def waits(own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> dict[str, np.ndarray]:
    """Per queue an array (replications, columns): mean waits in services; then controls."""
    rows: dict[str, list[tuple[float, ...]]] = {a: [] for a in PER_DAY}
    logs: Iterator[tuple[Case, Log]] = replicate(queues(own, endless, line, station))
    for case, log in logs:
        t, v = log.tickets, log.visits
        work = np.zeros(len(t["ticket"]))
        work[v["ticket"]] = v["work_end"] - v["work_start"]
        for a, area in enumerate(case.places.areas):
            mine = t["area"] == a
            counted, wait = t["counted"][mine] == 1, (t["assigned"] - t["ready"])[mine] / SERVICE[area]
            assert (t["assigned"][mine][counted] >= 0).all()
            w = work[mine] / SERVICE[area]
            seen = wait[counted]
            first = t["priority"][mine][counted] == 0
            square = 1 + CV**2 if area == "general" else 2.0
            controls = [counted.sum() / (PER_DAY[area] * DAYS) - 1]
            controls += [w[counted].mean() - 1, (w[counted] ** 2).mean() - square]
            if area != "general":
                # The same luck through one server as fast as all of them: the wait of M/M/1 is known.
                servers = SERVERS if area == "several" else 1
                fast = single_server(t["reported"][mine] / SERVICE[area], w, servers)[counted]
                controls.append(fast.mean() - analytic.mmc_wait(1, LOAD[area], 1 / servers))
            if area == "two":
                figures = [seen[first].mean(), seen[~first].mean()]
                controls.append(first.mean() - 0.5)
            else:
                figures = [seen.mean(), (seen > 1).mean()]
            rows[area].append((*figures, *controls))
    return {a: np.array(r) for a, r in rows.items()}


def test_mean_wait_of_several_servers(waits: Any, is_close: Any) -> None:
    x = waits["several"]
    is_close(analytic.mmc_wait(SERVERS, LOAD["several"], 1.0), x[:, 0], x[:, 2:])


def test_share_of_long_waits_of_several_servers(waits: Any, is_close: Any) -> None:
    x = waits["several"]
    exact = analytic.mmc_wait_exceeds(SERVERS, LOAD["several"], 1.0, 1.0)
    _, half = is_close(exact, x[:, 1], x[:, 2:], within=0.03)
    # A share: two points in a hundred and far less.
    assert half < 0.002


def test_mean_wait_of_general_service(waits: Any, is_close: Any) -> None:
    x = waits["general"]
    is_close(analytic.mg1_wait(LOAD["general"], 1.0, CV), x[:, 0], x[:, 2:])


@pytest.mark.parametrize("rank", [0, 1])
def test_mean_waits_of_two_priorities(waits: Any, is_close: Any, rank: int) -> None:
    x, rate = waits["two"], LOAD["two"] / 2
    is_close(analytic.priority_waits((rate, rate), (1.0, 1.0))[rank], x[:, rank], x[:, 2:])
