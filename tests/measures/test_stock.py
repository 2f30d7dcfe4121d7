"""Shelves by hand: port serves 100 printers and 40 servers (those on the isle as well), hill 50 printers.

3 %, rounded up, asks port for 3 printer parts (it holds 2 fusers and 1 roller) and 2 disks (2), hill for 2 (2 fusers).
"""

from __future__ import annotations

import numpy as np
import pytest

from simsvc.measures.stock import at_start, groups, stock_ratio

PORT, HILL, HUB = 0, 1, 2
FUSER, ROLLER, DISK = 0, 1, 2


def move(tiny, day, store, part, on_hand, on_order=0):
    return {"time": tiny.at(day), "store": store, "part": part, "on_hand": on_hand, "on_order": on_order}


def a_fuser_is_out_for_a_week(tiny):
    return tiny.log(stock=[move(tiny, 7, PORT, FUSER, 1, 1), move(tiny, 14, PORT, FUSER, 2, 0)])


def test_what_each_shelf_needs(tiny):
    shelves = groups(tiny.case(), tiny.part("stock_ratio", ratio=0.03))
    assert shelves.station.tolist() == [0, 0, 1]
    assert shelves.product.tolist() == [0, 1, 0]
    assert shelves.needed.tolist() == [3, 2, 2]
    assert shelves.area.tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("reading", "shares"),
    [
        ({}, [0.75, 1.0, 1.0]),
        ({"on_order": True}, [1.0, 1.0, 1.0]),
        ({"per": "overall"}, [0.75, 1.0]),
        ({"level": "island"}, [0.75, 1.0]),
        ({"level": "island", "per": "overall"}, [1.0]),
        ({"population": {"products": ["server"]}}, [1.0]),
        ({"population": {"areas": ["south"]}}, [1.0]),
    ],
)
def test_share_of_four_weeks_with_a_fuser_out_for_one(tiny, reading, shares):
    """The island holds 5 printer parts of the 5 it needs, and 7 of 6 over all types."""
    part = tiny.part("stock_ratio", ratio=0.03, **reading)
    share = stock_ratio(tiny.case(), a_fuser_is_out_for_a_week(tiny), part).share
    assert share.tolist() == pytest.approx(shares)


def test_of_jobs_asks_for_the_faults_expected_in_a_year(tiny):
    """Twice the faults a unit: 200 printer and 80 server jobs at port, 100 at hill; the units are what they were."""
    case = tiny.case(demand={"scale": 2.0})
    assert groups(case, tiny.part("stock_ratio", ratio=0.03, of="jobs")).needed.tolist() == [6, 3, 3]
    assert groups(case, tiny.part("stock_ratio", ratio=0.03)).needed.tolist() == [3, 2, 2]
    overall = groups(case, tiny.part("stock_ratio", ratio=0.03, of="jobs", per="overall"))
    assert overall.needed.tolist() == [9, 3]  # 8.4 rounded up, not 6 + 3 by chance


def priced(tiny, **changes):
    """A fuser costs 1,000 CNY, a roller 500.50, a disk 2,000; a printer 1,000, a server 3,333.33."""
    costs = {"fuser": 1000, "roller": 500.5, "disk": 2000}
    kinds = {"fuser": "printer", "roller": "printer", "disk": "server"}
    parts = {k: {"name": {"en": k}, "product": kinds[k], "cost": cost} for k, cost in costs.items()}
    units = {"printer": 1000.0, "server": 3333.33}
    return tiny.case(parts=parts, reporting={"costs": {"units": units}}, **changes)


def test_of_value_sets_money_against_money(tiny):
    """Port: 100 printers ask for 3,000 CNY and it holds 2 fusers and a roller, 40 servers for 4,000 of 4,000."""
    shelves = groups(priced(tiny), tiny.part("stock_ratio", ratio=0.03, of="value"))
    assert shelves.needed.tolist() == [300_000, 400_000, 150_000]
    assert at_start(priced(tiny), shelves).tolist() == [250_050, 400_000, 200_000]


def test_share_of_the_time_by_value(tiny):
    """A fuser is out for a week: port's printers never had enough, hill's always; all types at port hold 6,500.50 of
    7,000; the island 8,500.50 of 8,500 but for that week."""
    log = a_fuser_is_out_for_a_week(tiny)

    def share(**reading):
        return stock_ratio(priced(tiny), log, tiny.part("stock_ratio", ratio=0.03, of="value", **reading)).share

    assert share().tolist() == pytest.approx([0.0, 1.0, 1.0])
    assert share(per="overall").tolist() == pytest.approx([0.0, 1.0])
    assert share(level="island", per="overall").tolist() == pytest.approx([0.75])
    assert share(level="island", per="overall", on_order=True).tolist() == pytest.approx([1.0])


def test_all_shelves_at_once(tiny):
    """A fuser out on days 7 to 14, a disk on days 10 to 17 and again on day 20: short on 11 days of 28."""
    moves = [(7, FUSER, 1), (10, DISK, 1), (14, FUSER, 2), (17, DISK, 2), (20, DISK, 1), (21, DISK, 2)]
    log = tiny.log(stock=[move(tiny, day, PORT, part, left) for day, part, left in moves])
    held = stock_ratio(tiny.case(), log, tiny.part("stock_ratio", ratio=0.03))
    assert held.share.tolist() == pytest.approx([21 / 28, 20 / 28, 1.0])
    assert held.together == pytest.approx(17 / 28)
    assert stock_ratio(tiny.case(), tiny.log(), tiny.part("stock_ratio", ratio=0.03)).together == 1.0
    assert stock_ratio(tiny.case(), tiny.log(), tiny.part("stock_ratio", ratio=0.04)).together == 0.0


def test_only_the_counted_window_counts(tiny):
    """Window: days 7 to 35. Out from day 3 to day 14, and from day 34 for good."""
    case = tiny.case(time={"warm_up": "7 d"})
    moves = [move(tiny, 3, PORT, FUSER, 1), move(tiny, 14, PORT, FUSER, 2), move(tiny, 34, PORT, FUSER, 0)]
    log = tiny.log(stock=[*moves, move(tiny, 40, PORT, DISK, 0)])
    share = stock_ratio(case, log, tiny.part("stock_ratio", ratio=0.03)).share
    assert share.tolist() == pytest.approx([20 / 28, 1.0, 1.0])


def test_two_parts_of_one_type_stand_in_for_each_other(tiny):
    """A roller more makes up for a fuser less; what happens at one moment is one change."""
    log = tiny.log(stock=[move(tiny, 7, PORT, FUSER, 1), move(tiny, 7, PORT, ROLLER, 2)])
    share = stock_ratio(tiny.case(), log, tiny.part("stock_ratio", ratio=0.03)).share
    assert share.tolist() == pytest.approx([1.0, 1.0, 1.0])


def test_the_hub_is_a_shelf_of_the_island_only(tiny):
    hub = {"node": "hill", "lead": "1 d"}
    levels = [{"station": "hub", "part": "fuser", "base_stock": 5}]
    case = tiny.case(stock={"hub": hub, "levels": levels})
    log = tiny.log(stock=[move(tiny, 14, HUB, FUSER, 4)])
    island = stock_ratio(case, log, tiny.part("stock_ratio", ratio=0.03, level="island")).share
    station = stock_ratio(case, log, tiny.part("stock_ratio", ratio=0.03)).share
    assert island.tolist() == pytest.approx([0.5, 0.0])
    assert station.tolist() == [0.0, 0.0, 0.0]


def test_against_a_minute_by_minute_count(tiny):
    """Random moves: the shares agree with looking at the shelves every minute."""
    rng = np.random.default_rng(5)
    minutes = np.sort(rng.choice(28 * 24 * 60, 60, replace=False))
    cells = rng.integers(0, 3, 60)
    level = {FUSER: 2, ROLLER: 1, DISK: 2}
    seen = np.tile([level[FUSER], level[ROLLER], level[DISK]], (28 * 24 * 60, 1))
    moves = []
    for minute, part in zip(minutes.tolist(), cells.tolist(), strict=True):
        level[part] = max(0, level[part] + int(rng.choice([-1, 1])))
        seen[minute:, part] = level[part]
        moves.append({"time": minute * 60, "store": PORT, "part": part, "on_hand": level[part]})
    share = stock_ratio(tiny.case(), tiny.log(stock=moves), tiny.part("stock_ratio", ratio=0.03)).share
    printers, disks = seen[:, [FUSER, ROLLER]].sum(axis=1) >= 3, seen[:, DISK] >= 2
    assert share[:2].tolist() == pytest.approx([printers.mean(), disks.mean()])
