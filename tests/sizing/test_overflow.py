"""A contractor's visits are paid for: in what the search weighs, and in what the answer says that the plan costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from simsvc.sizing.size import size

PRICE = 400.0


def test_what_a_contractor_takes_is_a_line_of_the_plan(own: Any, endless: Any) -> None:
    """Two Erlangs of work, handed on after ten minutes: one engineer keeps the promise, but each visit handed on costs
    more than he does for it, so that the plan hires until hardly one is left."""
    scenario = own(
        time={"start": dt.date(2018, 1, 1), "window": "28 d", "warm_up": "2 d", "drain": "2 d"},
        products={"p": {"rate": "48 /d", "modes": {"m": {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}}}},
        demand=endless("a"),
        dispatch={"contractor": {"after": "10 min", "arrival": "20 min", "price": PRICE}},
        clauses={
            "C1": {
                "text": {"en": "x"},
                "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h", "target": 0.9}],
            }
        },
        sizing={"costs": {"engineer": 100_000.0, "station": 0.0, "on_call": 0.0}},
    )
    found = size(scenario, workers=1, extras=())
    line = found.line("overflow")
    assert found.status == "kept"
    assert found.line("engineers.a").planned == 6
    assert isinstance(line.today, int)
    assert isinstance(line.planned, int)
    assert line.cost_today == pytest.approx(PRICE * line.today, abs=PRICE)
    assert found.cost == pytest.approx(sum(x.cost for x in found.lines))
    assert found.cost_today == pytest.approx(sum(x.cost_today for x in found.lines))
