"""Base stocks (S-1,S): fill rate and backorders by Palm's theorem, whatever the distribution of the lead times.

Every fault needs a part and enough engineers stand by, so that demands are a Poisson process. Three stations hold 1, 2
and 3 pieces.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simsvc import analytic
from simsvc.log import CODES

DAY, DAYS, PER_DAY, LEAD = 86400, 800, 1.0, 2.0
STOCK = {"one": 1, "two": 2, "three": 3}
PIPELINE = PER_DAY * LEAD
LEADS = {
    "constant": "2 d",
    "exponential": {"dist": "exponential", "mean": "2 d"},
    "lognormal": {"dist": "lognormal", "mean": "2 d", "cv": 1.0},
}


def over_time(times: np.ndarray, values: np.ndarray, start: int, end: int) -> float:
    """Time average over ``[start, end)`` of what steps to ``values`` at ``times``."""
    cuts = np.clip(np.append(times, end), start, end)
    return float((np.diff(cuts) * values).sum() / (end - start))


@pytest.fixture(scope="module", params=LEADS)
def shelves(request: Any, own: Any, endless: Any, line: Any, station: Any, replicate: Any) -> dict[str, np.ndarray]:
    """Per station: share of demands met at once, mean backorders, mean on order; one row a replication."""
    mode = {"name": {"en": "M"}, "share": 1.0, "part": 1.0, "parts": {"psu": 1.0}, "work": "1 min"}
    scenario = own(
        time={"window": f"{DAYS} d", "warm_up": "20 d", "drain": "20 d"},
        network=line(*STOCK),
        stations={"a": None, **{a: station(a, 4) for a in STOCK}},
        products={"p": {"rate": f"{PER_DAY} /d", "modes": {"m": mode}}},
        parts={"psu": {"name": {"en": "Power supply"}, "product": "p"}},
        stock={
            "levels": [{"station": a, "part": "psu", "base_stock": s} for a, s in STOCK.items()],
            "supplier_lead": LEADS[request.param],
        },
        demand=endless(*STOCK),
    )
    issue, _, backorder = (CODES["STOCK_EVENTS"].index(e) for e in ("issue", "receipt", "backorder"))
    rows: dict[str, list[tuple[float, float, float, float]]] = {a: [] for a in STOCK}
    for case, log in replicate(scenario):
        s, (start, end) = log.stock, (case.span.start, case.span.end)
        for a, name in enumerate(case.staffing.stations):
            mine = s["store"] == a
            t, event = s["time"][mine], s["event"][mine]
            inside = (t >= start) & (t < end)
            met, not_met = (int((event[inside] == e).sum()) for e in (issue, backorder))
            means = (over_time(t, s[c][mine], start, end) for c in ("backorders", "on_order"))
            rows[name].append((met / (met + not_met), *means, met + not_met))
    return {a: np.array(r) for a, r in rows.items()}


def test_on_order(shelves: Any, is_close: Any) -> None:
    """Little's law: on order = demand rate x mean lead time, whatever the stock (mean of the three stations)."""
    x = np.mean([shelves[name] for name in STOCK], axis=0)
    is_close(PIPELINE, x[:, 2], x[:, 3:] / (PER_DAY * DAYS) - 1)


@pytest.mark.parametrize("name", STOCK)
def test_fill_rate_and_backorders(shelves: Any, is_close: Any, name: str) -> None:
    fill, waiting, on_order, demands = shelves[name].T
    controls = np.column_stack((demands / (PER_DAY * DAYS) - 1, on_order - PIPELINE))
    _, half = is_close(analytic.fill_rate(STOCK[name], PIPELINE), fill, controls, within=0.05)
    assert half < 0.02  # a share: of all demands
    within = 0.02 if STOCK[name] < 3 else 0.05
    is_close(analytic.expected_backorders(STOCK[name], PIPELINE), waiting, controls, within=within)
