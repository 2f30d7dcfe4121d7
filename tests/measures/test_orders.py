"""Goods: delivered and installed in time, by hand."""

from __future__ import annotations

import pytest

from simsvc.measures import REASONS, cases_of


def order(tiny, *moments, **more):
    """An order by its moments, each (day, time of day): ordered, received, ready, departed, delivered."""
    names = ("ordered", "received", "ready", "departed", "delivered")
    return {name: tiny.at(*moment) for name, moment in zip(names, moments, strict=False)} | more


def job(tiny, number, *moments):
    """The installation of an order by its moments: engineer named, on site, done."""
    times = zip(("assigned", "arrived", "done"), moments, strict=True)
    return {"kind": 2, "order": number} | {name: tiny.at(*moment) for name, moment in times}


def kept(tiny, part, *orders, jobs=()):
    return cases_of(tiny.case(), tiny.log(orders=orders, jobs=jobs), part).kept.tolist()


def reasons(tiny, part, *orders, jobs=()):
    found = cases_of(tiny.case(), tiny.log(orders=orders, jobs=jobs), part).reason
    return ["kept" if code < 0 else REASONS[code] for code in found]


def test_an_order_after_the_cut_off_may_start_on_the_next_working_day(tiny):
    in_time = order(tiny, (1, "14:00"), (1, "14:00"), (1, "15:00"), (1, "15:30"), (1, "17:00"))
    after = order(tiny, (1, "16:00"), (2, "08:00"), (2, "08:30"), (2, "09:00"), (2, "12:00"))
    over_weekend = order(tiny, (4, "16:00"), (7, "08:00"), (7, "08:30"), (7, "09:00"), (7, "12:00"))
    same_day = tiny.part("delivered", days=0, cut_off=True)
    assert kept(tiny, same_day, in_time, after, over_weekend) == [True] * 3
    assert kept(tiny, tiny.part("delivered", days=0), in_time, after, over_weekend) == [True, False, False]
    assert kept(tiny, tiny.part("delivered", days=1), in_time, after, over_weekend) == [True, True, False]
    assert kept(tiny, tiny.part("delivered", days=1, day_kind="working"), over_weekend) == [True]


def test_an_order_before_opening_keeps_its_start(tiny):
    early = order(tiny, (1, "06:00"), (1, "08:00"), (1, "08:30"), (1, "09:00"), (1, "12:00"))
    assert kept(tiny, tiny.part("delivered", limit="5 h", cut_off=True), early) == [False]
    assert kept(tiny, tiny.part("delivered", limit="6 h", cut_off=True), early) == [True]


def test_special_goods_and_device_types_narrow_the_population(tiny):
    toner = order(tiny, (1, "09:00"), (1, "09:00"), (1, "09:00"), (1, "09:00"), (1, "10:00"), goods=0)
    rack = order(tiny, (1, "09:00"), (1, "09:00"), (1, "09:00"), (1, "09:00"), (3, "10:00"), goods=1)
    for population, expected in [
        ({"special": False}, [True]),
        ({"special": True}, [False]),
        ({"products": ["server"]}, [False]),
        ({}, [True, False]),
    ]:
        assert kept(tiny, tiny.part("delivered", days=0, population=population), toner, rack) == expected


@pytest.mark.parametrize(
    ("moments", "more", "reason"),
    [
        ([(1, "09:00"), (1, "09:00"), (3, "09:00"), (3, "10:00"), (3, "11:00")], {}, "late_goods"),
        ([(1, "09:00"), (1, "09:00"), (1, "10:00"), (3, "09:00"), (3, "11:00")], {}, "late_goods"),
        ([(1, "09:00"), (1, "09:00"), (1, "10:00"), (1, "11:00"), (3, "11:00")], {}, "too_far"),
        ([(4, "16:00"), (7, "08:00"), (7, "09:00"), (7, "10:00"), (7, "11:00")], {}, "off_duty"),
        ([(4, "16:00"), (7, "08:00"), (7, "09:00"), (9, "09:00"), (9, "11:00")], {}, "combined"),
        ([(1, "09:00"), (1, "09:00")], {"route": -1}, "late_goods"),
        ([(1, "09:00"), (1, "09:00"), (1, "10:00")], {"route": -1}, "closed"),
        ([(1, "09:00"), (1, "09:00"), (1, "10:00")], {"town": 3, "area": 2}, "closed"),
        ([(1, "09:00"), (1, "09:00"), (1, "10:00")], {}, "late_goods"),
    ],
)
def test_why_goods_are_late(tiny, moments, more, reason):
    """The last ones never arrive: still to be procured, on no route, on the isle, waiting for a van."""
    assert reasons(tiny, tiny.part("delivered", limit="24 h"), order(tiny, *moments, **more)) == [reason]


def test_installed_on_the_day_of_delivery(tiny):
    moments = [(1, "09:00")] * 4
    orders = [
        order(tiny, *moments, (1, "10:00"), install=1),
        order(tiny, *moments, (1, "17:30"), install=1),
        order(tiny, *moments, (1, "10:00"), install=0),
        order(tiny, *moments, install=1),
        order(tiny, *moments, (1, "10:00"), install=1),
        order(tiny, *moments, (1, "10:00"), install=1, town=3, area=2),
    ]
    jobs = [
        job(tiny, 4, (1, "17:00"), (2, "09:30"), (2, "10:00")),
        job(tiny, 0, (1, "11:00"), (1, "11:30"), (1, "13:00")),
        job(tiny, 1, (2, "08:00"), (2, "08:30"), (2, "09:00")),
        {"kind": 3, "plan": 0, "done": tiny.at(1)},
    ]
    part = tiny.part("installed", days=0)
    assert reasons(tiny, part, *orders, jobs=jobs) == ["kept", "off_duty", "too_far", "closed"]
    arranged = tiny.part("installed", days=0, clock_stop="arranged")
    assert reasons(tiny, arranged, *orders, jobs=jobs) == ["kept", "off_duty", "kept", "closed"]


def test_inspections_are_done_by_the_end_of_their_window(tiny):
    window = {"kind": 3, "released": tiny.at(2, "08:00"), "due": tiny.at(10)}
    visit = {"assigned": tiny.at(9, "17:00"), "arrived": tiny.at(9, "18:00")}
    jobs = [
        window | {"plan": 0, "done": tiny.at(10)} | visit,
        window | {"plan": 0, "done": tiny.at(10) + 1} | visit,
        window | {"plan": 0},
        window | {"plan": 0, "counted": 0},
        window | {"kind": 2, "order": -1},
    ]
    part = tiny.part("planned_done", population={"planned": ["inspection"]})
    found = cases_of(tiny.case(), tiny.log(jobs=jobs), part)
    assert found.kept.tolist() == [True, False, False]
    # 7.4 days of waiting, 50 hours of them in office hours: without the closed hours the second is in time, the third
    # (waiting for 54 days) is not.
    assert [REASONS[code] for code in found.reason[1:]] == ["off_duty", "open"]
