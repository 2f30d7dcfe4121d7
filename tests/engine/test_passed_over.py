"""Jobs that can't start yet don't hold up those behind them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.log import CODES
from simsvc.workload import draw

OFFICE = {"office": {"week": {"mon-fri": ["08:00-18:00"]}}}
DAY, HOUR = 86400, 3600


def test_an_inspection_out_of_reach_in_a_day_does_not_hold_up_the_others(own: Any, line: Any, station: Any) -> None:
    """The far site is more than a day's duty away and is never visited; the near one is, every month."""
    scenario = own(
        time={"start": dt.date(2018, 1, 1), "window": "90 d"},
        network=line("a", "far", minutes=700, local_drive={"a": "5 min"}),
        calendars=OFFICE,
        stations={"a": station("a", covers=["a", "far"])},
        staff={"calendar": "office"},
        products={"p": {"rate": "0 /d"}},
        planned={"i": {"name": {"en": "I"}, "every_months": 1, "release": 0.1, "work": "1 h"}},
        demand={"sites": [{"area": "a", "sites": 9}, {"area": "far", "sites": 9}]},
    )
    case = build(scenario)
    jobs = run(case, draw(case, 1, 0)).jobs
    near = jobs["area"] == case.places.areas.index("a")
    assert near.sum() == 27
    assert (~near).sum() == 27
    assert (jobs["done"][near] >= 0).all()
    assert (jobs["assigned"][~near] < 0).all()


@pytest.mark.parametrize("rule", ["any", "duty"])
def test_second_visits_start_at_any_hour_or_on_duty(own: Any, rule: str) -> None:
    """Faults round the clock, no visit ever fixes at once: on duty only, nobody comes back at night."""
    scenario = own(
        time={"window": "60 d"},
        calendars=OFFICE,
        staff={"calendar": "office", "out_of_hours": "on-call"},
        dispatch={"follow_ups": rule},
        products={
            "p": {"rate": "3 /d", "modes": {"m": {"name": {"en": "M"}, "share": 1.0, "fixed": 0.0, "work": "1 h"}}}
        },
    )
    case = build(scenario)
    visits = run(case, draw(case, 1, 0)).visits
    again = visits["kind"] == CODES["JOB_KINDS"].index("follow_up")
    on_duty = case.calendars["office"].is_open(visits["assigned"].astype(np.int64))
    assert again.sum() > 100
    assert on_duty[again].all() == (rule == "duty")
    assert not on_duty[~again].all()
