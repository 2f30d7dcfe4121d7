"""Driving times against a network worked out by hand, through the log of a run: bands, classes, parallel roads, rain.

hub -- A 60 min on the trunk (a slower parallel road of 70 is not taken); A -- B 20 min by lane; hub -- B 90 by lane.
Free of factors B is 80 min from hub by A. Lanes take 1.5 times as long in the peak, trunks 1.2 times at night; on top
everything takes 1.1 times the given minutes (``time_factor``). In rain all roads take twice as long.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from simsvc.case import build
from simsvc.study.replicate import one

MINUTE = 60
HOUR = 3600
DAY = 86400
NETWORK = {
    "source": "own",
    "nodes": [{"id": i, "lat": 0.0, "lon": 0.0} for i in ("hub", "A", "B")],
    "roads": [
        {"from": "hub", "to": "A", "class": "trunk", "minutes": 60},
        {"from": "A", "to": "hub", "class": "trunk", "length_km": 70, "typical_kmh": 60},
        {"from": "A", "to": "B", "class": "lane", "minutes": 20},
        {"from": "B", "to": "hub", "class": "lane", "minutes": 90},
    ],
    "time_factor": 1.1,
    "bands": {
        "lane": {"peak": 1.5, "weekend": 0.7},
        "trunk": {"night": 1.2},
        "all": {"holiday": 1.25, "rain": 2.0},
    },
    "peak": ["07:00-09:00"],
    "night": ["22:00-24:00", "00:00-06:00"],
}
# Minutes from hub by band, worked out by hand: to A, to B.
BY_HAND = {
    "peak": (66.0, 66.0 + 33.0),  # by A: 66 + 20 x 1.1 x 1.5 = 99; direct: 90 x 1.1 x 1.5 = 148.5
    "off_peak": (66.0, 88.0),
    "night": (79.2, 99.0),  # by A 79.2 + 22 = 101.2; direct 99
    "weekend": (66.0, 69.3),  # by A 66 + 15.4 = 81.4; direct 99 x 0.7
    "holiday": (82.5, 110.0),
}


def band_by_hand(moment: dt.datetime) -> str:
    """Spring Festival 2018 was 15 to 21 February; 11 and 24 February, at weekends, were worked."""
    if moment.hour < 6 or moment.hour >= 22:
        return "night"
    if dt.date(2018, 2, 15) <= moment.date() <= dt.date(2018, 2, 21):
        return "holiday"
    if moment.weekday() >= 5 and moment.date() not in (dt.date(2018, 2, 11), dt.date(2018, 2, 24)):
        return "weekend"
    return "peak" if 7 <= moment.hour < 9 else "off_peak"


@pytest.mark.parametrize("rain", [False, True])
def test_driving_times_by_band(own: Any, endless: Any, rain: bool) -> None:
    network = NETWORK | ({"rain": {"share": [1.0] * 12}} if rain else {})
    scenario = own(
        time={"start": dt.date(2018, 2, 5), "window": "21 d", "holidays": "CN"},
        network=network,
        stations={"a": {"node": "hub", "engineers": 400, "covers": ["A", "B"]}},
        dispatch={"free_when": "when-home"},
        products={"p": {"rate": "20 /d"}},
        demand=endless("A", "B"),
    )
    case = build(scenario)
    assert case.places.ids == ("hub", "A", "B")
    t = one(case, 3, 0).tickets
    seen = set()
    gone = t["departed"] >= 0
    for town, departed, travel in zip(t["town"][gone], t["departed"][gone], t["travel"][gone], strict=True):
        band = band_by_hand(case.epoch.moment(int(departed)))
        minutes = BY_HAND[band][int(town) - 1]
        if rain:  # twice the free-flow time, or the hour's own time where that is longer (nowhere here)
            minutes = (132.0, 176.0)[int(town) - 1]
        assert travel == round(minutes * MINUTE)
        seen.add((band, int(town)))
    assert len(seen) == 10


def test_working_time_over_spring_festival(own: Any, endless: Any) -> None:
    """Nobody on call, office hours 08:00-18:00 of working days: who is sent when, over Spring Festival 2018."""
    scenario = own(
        time={"start": dt.date(2018, 2, 5), "window": "21 d", "drain": "14 d", "holidays": "CN"},
        calendars={"office": {"holidays": "closed", "make_up": "open"}},
        stations={"a": {"engineers": 400}},
        staff={"calendar": "office", "out_of_hours": "off"},
        products={"p": {"rate": "20 /d"}},
        demand=endless("a"),
    )
    case = build(scenario)
    t = one(case, 3, 0).tickets
    # Closed days by hand: the two plain weekends' free days, and the festival.
    closed = {dt.date(2018, 2, d) for d in (10, 15, 16, 17, 18, 19, 20, 21, 25)} | {dt.date(2018, 3, d) for d in (3, 4)}
    waited = 0
    for reported, assigned in zip(t["reported"], t["assigned"], strict=True):
        moment = case.epoch.moment(int(reported))
        if moment.date() > dt.date(2018, 3, 3):
            continue
        day, start = moment.date(), dt.time(8)
        expected = moment
        if day in closed or moment.hour >= 18:
            day += dt.timedelta(days=1)
            while day in closed:
                day += dt.timedelta(days=1)
            expected = dt.datetime.combine(day, start)
        elif moment.hour < 8:
            expected = dt.datetime.combine(day, start)
        assert case.epoch.moment(int(assigned)) == expected
        waited += expected == dt.datetime(2018, 2, 22, 8) and moment.date() < dt.date(2018, 2, 22)
    assert waited > 100
