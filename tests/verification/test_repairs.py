"""Units away by Palm's theorem, a pool of stand-ins by Erlang's loss formula, a hub and its stations exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from simsvc import analytic
from simsvc.log import CODES

DAY = 86400
PER_DAY, TURNAROUND = 4.0, 2.0
AWAY = PER_DAY * TURNAROUND
TURNAROUNDS = {
    "constant": "2 d",
    "exponential": {"dist": "exponential", "mean": "2 d"},
    "lognormal": {"dist": "lognormal", "mean": "2 d", "cv": 1.0},
}
WORKSHOP = {"name": {"en": "M"}, "share": 1.0, "work": "0 s", "workshop": 1.0, "routes": {"own": 1.0}}


def units_away(t: Any, start: int, end: int, most: int) -> np.ndarray:
    """Shares of ``[start, end)`` with 0, 1, … ``most`` units away; sent and back as in the log."""
    sent = t["sent"] >= 0
    back = np.where(t["back"] >= 0, t["back"], end)[sent]
    times = np.concatenate((t["sent"][sent], back))
    steps = np.concatenate((np.ones(len(back)), -np.ones(len(back))))
    order = np.argsort(times, kind="stable")
    level = np.cumsum(steps[order]).astype(int)
    cuts = np.clip(np.append(times[order], end), start, end)
    assert level.max() <= most
    return np.bincount(level, weights=np.diff(cuts), minlength=most + 1) / (end - start)


@pytest.mark.parametrize("kind", TURNAROUNDS)
def test_units_away_are_poisson(own: Any, endless: Any, replicate: Any, is_close: Any, kind: str) -> None:
    """Mean = rate x turnaround, and the whole distribution, whatever that of the turnaround (Palm 1938)."""
    days = 120
    scenario = own(
        time={"window": f"{days} d", "warm_up": "30 d"},
        stations={"a": {"engineers": 8}},
        products={"p": {"rate": f"{PER_DAY} /d", "modes": {"m": WORKSHOP}}},
        repairs={"own": {"name": {"en": "Own"}, "turnaround": TURNAROUNDS[kind]}},
        demand=endless("a"),
    )
    rows, number = [], np.arange(41)
    for case, log in replicate(scenario):
        t = log.tickets
        counted = t["counted"] == 1
        shares = units_away(t, case.span.start, case.span.end, 40)
        rows.append((shares @ number, shares[: int(AWAY) + 1].sum(), counted.sum() / (PER_DAY * days) - 1))
    mean, within, demand = np.array(rows).T
    is_close(AWAY, mean, demand[:, None], within=0.02)
    _, half = is_close(stats.poisson.cdf(AWAY, AWAY), within, (mean - AWAY)[:, None], within=0.05)
    assert half < 0.02


def test_stand_ins_asked_for_in_vain(own: Any, endless: Any, replicate: Any, is_close: Any) -> None:
    """Three pieces, 2 Erlangs, no queue: Erlang's loss formula, for any distribution of the repair time."""
    days = 600
    scenario = own(
        time={"window": f"{days} d", "warm_up": "30 d"},
        stations={"a": {"engineers": 6}},
        products={"p": {"rate": "1 /d", "modes": {"m": WORKSHOP}}},
        repairs={"own": {"name": {"en": "Own"}, "turnaround": TURNAROUNDS["lognormal"]}},
        loaners={"l": {"name": {"en": "L"}, "products": ["p"], "at": {"a": 3}, "brought": 1.0}},
        demand=endless("a"),
    )
    rows = []
    for _, log in replicate(scenario):
        t = log.tickets
        asked = (t["counted"] == 1) & (t["loaner_asked"] >= 0)
        rows.append(((t["loaner"][asked] < 0).mean(), asked.sum() / days - 1))
    vain, demand = np.array(rows).T
    _, half = is_close(analytic.erlang_b(3, 2.0), vain, demand[:, None], within=0.05)
    assert half < 0.02


@pytest.mark.parametrize("kind", ["constant", "exponential"])
def test_a_hub_and_its_stations(
    own: Any, endless: Any, line: Any, station: Any, replicate: Any, is_close: Any, kind: str
) -> None:
    """Three like stations: fill rate and backorders as calculated exactly, and METRIC's backorders below them."""
    days, names, stock, hub_stock = 300, ("x", "y", "z"), 1, 3
    lead = {"constant": lambda m: f"{m} d", "exponential": lambda m: {"dist": "exponential", "mean": f"{m} d"}}[kind]
    mode = {"name": {"en": "M"}, "share": 1.0, "part": 1.0, "parts": {"psu": 1.0}, "work": "0 s"}
    levels = [{"station": s, "part": "psu", "base_stock": stock} for s in names]
    scenario = own(
        time={"window": f"{days} d", "warm_up": "30 d", "drain": "10 d"},
        network=line(*names),
        stations={"a": None, **{s: station(s, 3) for s in names}},
        products={"p": {"rate": "0.5 /d", "modes": {"m": mode}}},
        parts={"psu": {"name": {"en": "Power supply"}, "product": "p"}},
        stock={
            "levels": [*levels, {"station": "hub", "part": "psu", "base_stock": hub_stock}],
            "hub": {"node": "x", "lead": lead(1)},
            "supplier_lead": lead(2),
        },
        demand=endless(*names),
    )
    issue, backorder = (CODES["STOCK_EVENTS"].index(e) for e in ("issue", "backorder"))
    rows = []
    for case, log in replicate(scenario):
        s, (start, end) = log.stock, (case.span.start, case.span.end)
        inside = (s["time"] >= start) & (s["time"] < end) & (s["store"] < 3)
        met, not_met = ((s["event"][inside] == e).sum() for e in (issue, backorder))
        waiting = 0.0
        for store in range(3):
            mine = s["store"] == store
            cuts = np.clip(np.append(s["time"][mine], end), start, end)
            waiting += float((np.diff(cuts) * s["backorders"][mine]).sum() / (end - start)) / 3
        rows.append((met / (met + not_met), waiting, (met + not_met) / (1.5 * days) - 1))
    fill, waiting_, demand = np.array(rows).T
    args = (hub_stock, 2.0, [stock] * 3, [0.5] * 3, [1.0] * 3)
    _, half = is_close(analytic.two_echelon_fill_rates(*args, kind)[0], fill, demand[:, None], within=0.05)
    assert half < 0.02
    exact = analytic.two_echelon_backorders(*args, kind)[0]
    found, half = is_close(exact, waiting_, demand[:, None], within=0.05)
    assert analytic.metric_backorders(*args)[0] < found - half
