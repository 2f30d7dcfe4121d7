"""Expected demand for parts against a simulation, and who is asked for what."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from simsvc.case import build
from simsvc.case.part_demand import part_demand, part_lead
from simsvc.log import CODES
from simsvc.study.replicate import one

MODES = {
    "board": {"share": 3, "part": 0.6, "parts": {"psu": 1, "disk": 2}, "remote": 0.3, "repeat": 0.25},
    "other": {"share": 1, "part": 0.5, "parts": {"psu": 1}},
}
COMMON = {"name": {"en": "M"}, "work": "10 min", "repeat_after": "1 d"}


def scenario(own: Any, line: Any, station: Any, **changes: Any) -> Any:
    parts = {part: {"name": {"en": part}, "product": "p"} for part in ("psu", "disk")}
    return own(
        **{
            "time": {"window": "200 d", "warm_up": "20 d", "drain": "5 d"},
            "network": line("a", "b", minutes=60),
            "stations": {"a": station("a", 6), "b": station("b", 6)},
            "products": {
                "p": {"rate": "0.5 /d", "modes": {"m": None} | {k: COMMON | mode for k, mode in MODES.items()}}
            },
            "parts": parts,
            "remote": {"shifts": [{"calendar": "always", "agents": 5}], "work": "5 min"},
            "demand": {
                "scale": 2.0,
                "installed": [{"area": x, "product": "p", "units": n} for x, n in (("a", 3), ("b", 9))],
            },
            **changes,
        }
    )


def test_by_hand(own: Any, line: Any, station: Any) -> None:
    """A unit has 365 faults a year, three in four of the first mode: 0.7 x 0.6 / 0.75 = 0.56 parts each, a third of
    them power supplies."""
    case = build(scenario(own, line, station))
    unit = [365 * (0.75 * 0.56 / 3 + 0.25 * 0.5), 365 * 0.75 * 0.56 * 2 / 3]
    assert np.allclose(part_demand(case), np.outer([3, 9], unit))


def test_as_often_as_simulated(own: Any, line: Any, station: Any) -> None:
    """Pieces taken or asked for in 200 days, four shelves, six replications; Bonferroni, 0.1 % for all."""
    case = build(scenario(own, line, station))
    asked = [CODES["STOCK_EVENTS"].index(e) for e in ("issue", "backorder")]
    seen = np.zeros((6, 2, 2))
    for r in range(6):
        t = one(case, 4, r).stock
        mine = np.isin(t["event"], asked) & (t["time"] >= case.span.start) & (t["time"] < case.span.end)
        np.add.at(seen[r], (t["store"][mine], t["part"][mine]), 1)
    exact = part_demand(case) * case.span.years
    # Repeats come in clumps, so the spread is taken from the replications.
    error = seen.std(axis=0, ddof=1) / np.sqrt(len(seen))
    assert (np.abs(seen.mean(axis=0) - exact) <= stats.t.isf(0.001 / 8, 5) * error).all()
    assert (error < 0.05 * exact).all()


def test_nobody_asks_where_nobody_goes(own: Any, line: Any, station: Any) -> None:
    network = line("a", "b") | {"roads": []}
    case = build(scenario(own, line, station, network=network, stations={"a": station("a", 1, ["a", "b"])}))
    alone = build(scenario(own, line, station, stations={"a": station("a", 1, ["a"])}))
    assert np.allclose(part_demand(case), part_demand(alone))
    assert part_demand(case)[0, 0] > 0


def test_leads(own: Any, line: Any, station: Any) -> None:
    lead = {"supplier_lead": "5 d"}
    assert part_lead(build(scenario(own, line, station, stock=lead))) == (5 * 86400, 0)
    hub = lead | {"hub": {"node": "a", "lead": {"dist": "uniform", "low": "1 d", "high": "3 d"}}}
    assert part_lead(build(scenario(own, line, station, stock=hub))) == (2 * 86400, 5 * 86400)
