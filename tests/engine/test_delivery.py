"""Couriers, lorries and goods sent out anew, by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine.reference import run
from simsvc.log import CODES, Log
from simsvc.workload import draw

DAY = 86400
BOX = {"name": {"en": "Box"}, "per_product": "p", "rate": "40 /d"}
WAREHOUSE = {"node": "a", "calendar": "office", "cut_off": "15:00", "handling": "30 min"}
POST = {"departs": ["17:00", "11:00"], "calendar": "office", "lead": "20 h"}
VAN = {"areas": ["b"], "departs": ["09:00"], "calendar": "office", "capacity": 2}


def goods(own: Any, line: Any, kinds: dict[str, Any], delivery: dict[str, Any], **more: Any) -> sv.Scenario:
    """No faults; towns a (the warehouse), b and c, half an hour apart; d has no road."""
    network = line("a", "b", "c", minutes=30)
    network["nodes"] = [*network["nodes"], {"id": "d", "lat": 0.0, "lon": 0.0}]
    units = [{"area": a, "product": "p", "units": 1} for a in "abcd"]
    base = {"products": {"p": {"rate": "0 /d"}}, "demand": {"installed": units}, "time": {"drain": "14 d"}}
    return own(**base | more, network=network, goods=kinds, delivery={"warehouse": WAREHOUSE} | delivery)


def ordered(scenario: sv.Scenario, *orders: tuple[str, str, int], again: Sequence[int] = ()) -> tuple[Case, Log]:
    """Log of these orders alone: moment, town, kind of goods; ``again``: rows that turn out faulty."""
    case = build(scenario)
    luck = draw(case, 1, 0)
    table, n = luck.orders, len(orders)
    moments = [case.epoch.second(dt.datetime.fromisoformat(t)) for t, _, _ in orders]
    town = np.array([case.places.ids.index(place) for _, place, _ in orders])
    kind = np.array([g for _, _, g in orders])
    # Rows drawn for the same kinds of goods in the same areas, so that their luck is of the right kind.
    rows: list[int] = []
    for a, g in zip(case.places.area[town], kind, strict=True):
        found = np.flatnonzero((table.area == a) & (table.goods == g) & (table.parent < 0))
        rows.append(next(int(r) for r in found if r not in rows))
    rows += [int(table.child[rows[k]]) for k in again]
    parent, child = np.full(n + len(again), -1), np.full(n + len(again), -1)
    parent[n:], child[list(again)] = list(again), n + np.arange(len(again))
    taken = {f: getattr(table, f)[rows] for f in ("area", "goods", "procurement", "install", "returned", "courier")}
    taken |= {f: getattr(table, f)[rows] for f in ("after", "noise")}
    legs = replace(table.legs, **{f: getattr(table.legs, f)[rows] for f in vars(table.legs)})
    time = np.array([*moments, *([-1] * len(again))])
    of = [*range(n), *again]
    made = replace(
        table, **taken, legs=legs, time=time, parent=parent, child=child, town=town[of],
        key=np.arange(len(rows), dtype=np.uint64),
    )  # fmt: skip
    return case, run(case, replace(luck, orders=made))


def test_a_courier_over_a_weekend(own: Any, line: Any, clock: Any) -> None:
    """Picked up at 11:00 and 17:00 on working days, handed over 20 hours later, on free days too."""
    scenario = goods(own, line, {"box": BOX}, {"couriers": {"post": POST}})
    case, log = ordered(
        scenario,
        ("2018-01-01 10:00", "b", 0),  # ready 10:30
        ("2018-01-01 10:30", "c", 0),  # ready at 11:00 sharp: still picked up
        ("2018-01-01 10:31", "c", 0),
        ("2018-01-05 14:59", "a", 0),  # Friday: ready 15:29, 17:00, on Saturday at 13:00
        ("2018-01-05 15:00", "a", 0),  # after the cut-off: taken on Monday at 08:00
        ("2018-01-05 16:00", "d", 0),  # no road leads to d: no courier goes there either
    )
    o = log.orders
    assert clock(case, o["departed"]) == [
        "Mon 11:00:00", "Mon 11:00:00", "Mon 17:00:00", "Fri 17:00:00", "Mon 11:00:00", "",
    ]  # fmt: skip
    assert clock(case, o["delivered"]) == [
        "Tue 07:00:00", "Tue 07:00:00", "Tue 13:00:00", "Sat 13:00:00", "Tue 07:00:00", "",
    ]  # fmt: skip
    assert case.supply.routes == ("post",)
    assert (o["route"] == 0).all()
    assert (o["parent"] == -1).all()


def test_routes_come_first_and_take_what_they_carry(own: Any, line: Any, clock: Any) -> None:
    """Boxes for b by van, bulk for b and c by lorry, an hour's unloading; boxes elsewhere by courier, bulk nowhere."""
    kinds = {"box": BOX, "bulk": BOX | {"size": 30}}
    lorry = {
        "goods": ["bulk"], "areas": ["c", "b"], "departs": ["06:00"], "calendar": "office", "capacity": 60,
        "unload": "1 h",
    }  # fmt: skip
    delivery = {
        "routes": {"van": VAN | {"goods": ["box"]}, "lorry": lorry},
        "couriers": {"near": POST | {"goods": ["box"], "areas": ["a"]}, "post": POST | {"goods": ["box"]}},
    }
    scenario = goods(own, line, kinds, delivery)
    box, bulk = 0, 1
    orders = [("b", box), ("b", bulk), ("c", bulk), ("c", box), ("a", box), ("a", bulk), ("c", bulk)]
    told = [(f"2018-01-01 08:0{k}", town, kind) for k, (town, kind) in enumerate(orders)]
    case, log = ordered(scenario, *told)
    o = log.orders
    assert case.supply.routes == ("van", "lorry", "near", "post")
    named = [case.supply.routes[r] if r >= 0 else "" for r in o["route"]]
    assert named == ["van", "lorry", "lorry", "post", "near", "", "lorry"]
    assert clock(case, o["departed"]) == [
        "Mon 09:00:00", "Tue 06:00:00", "Tue 06:00:00", "Mon 11:00:00", "Mon 11:00:00", "", "Wed 06:00:00",
    ]  # fmt: skip
    # The lorry serves c (an hour off) first, unloads, and is at b half an hour later; the third load doesn't fit.
    assert clock(case, o["delivered"]) == [
        "Mon 09:30:00", "Tue 09:30:00", "Tue 08:00:00", "Tue 07:00:00", "Tue 07:00:00", "", "Wed 08:00:00",
    ]  # fmt: skip


def test_faulty_goods_are_sent_out_anew(own: Any, line: Any, clock: Any) -> None:
    """Delivered on Monday 09:30, found faulty a day later, sent out anew from stock though the first had to be
    procured; each is installed."""
    box = BOX | {
        "in_stock": 0.0, "procurement": "2 d", "faulty": 1.0, "faulty_after": "1 d", "install": 1.0,
        "installation": "1 h",
    }  # fmt: skip
    scenario = goods(
        own, line, {"box": box}, {"routes": {"van": VAN}}, stations={"a": {"covers": ["a", "b", "c"]}},
        time={"window": "8 d", "drain": "14 d"},
    )  # fmt: skip
    case, log = ordered(scenario, ("2018-01-05 08:00", "b", 0), ("2018-01-08 16:00", "b", 0), again=[0])
    o = log.orders
    # Procured by Sunday; on Monday's van. The second order lies between it and its replacement.
    assert clock(case, o["ordered"]) == ["Fri 08:00:00", "Mon 16:00:00", "Tue 09:30:00"]
    assert o["parent"].tolist() == [-1, -1, 0]
    assert o["goods"].tolist() == [0, 0, 0]
    assert clock(case, o["ready"]) == ["Sun 08:30:00", "Thu 08:30:00", "Tue 10:00:00"]
    assert clock(case, o["delivered"]) == ["Mon 09:30:00", "Thu 09:30:00", "Wed 09:30:00"]
    # The counted time ends with Monday: each counts by its own moment.
    assert o["counted"].tolist() == [1, 1, 0]
    assert o["town"].tolist() == [case.places.ids.index("b")] * 3
    j = log.jobs
    assert [CODES["JOB_KINDS"][k] for k in j["kind"]] == ["installation"] * 3
    assert j["order"].tolist() == [0, 2, 1]


def test_what_never_happens_leaves_no_row(own: Any, line: Any) -> None:
    """The replacement would be ordered after the end of the run."""
    box = BOX | {"faulty": 1.0, "faulty_after": "30 d"}
    scenario = goods(own, line, {"box": box}, {"routes": {"van": VAN}})
    _, log = ordered(scenario, ("2018-01-05 08:00", "b", 0), again=[0])
    assert len(log.orders["order"]) == 1
    assert log.orders["parent"].tolist() == [-1]


@pytest.mark.parametrize("faulty", [0.0, 0.3, 1.0])
def test_replacements_of_replacements(own: Any, line: Any, faulty: float) -> None:
    """A geometric series of them, never from a supplier; the first orders keep all their luck."""
    box = BOX | {"in_stock": 0.5, "procurement": "1 d", "faulty_after": "2 h"}
    scenario = goods(
        own, line, {"box": box | {"faulty": faulty}}, {"couriers": {"post": POST}}, time={"window": "60 d"}
    )
    case = build(scenario)
    orders, plain = draw(case, 1, 0).orders, draw(build(scenario.override("goods.box.faulty", 0.0)), 1, 0).orders
    first = orders.parent < 0
    n = int(first.sum())
    assert (orders.key[first] == plain.key).all()
    assert (orders.time[first] == plain.time).all()
    assert (orders.procurement[first] == plain.procurement).all()
    assert (orders.procurement[~first] == 0).all()
    assert len(np.unique(orders.key)) == len(orders.key)
    if faulty == 1.0:
        assert len(orders.key) == 13 * n  # twelve generations, and no more
        return
    # A geometric number of them each: mean f/(1 - f), variance f/(1 - f)^2; within 4 standard errors.
    mean, sd = faulty / (1 - faulty), np.sqrt(faulty) / (1 - faulty)
    assert abs((~first).sum() / n - mean) <= 4 * sd / np.sqrt(n)
    log = run(case, draw(case, 1, 0)).orders
    children = np.flatnonzero(log["parent"] >= 0)
    assert (log["delivered"][log["parent"][children]] + 7200 == log["ordered"][children]).all()
    assert (log["town"][log["parent"][children]] == log["town"][children]).all()
    assert len(children) > 0 or faulty == 0.0
