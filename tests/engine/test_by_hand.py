"""Small cases with constant times, worked out by hand: every moment in the log is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.log import CODES
from simsvc.workload import draw

MINUTE, HOUR, DAY = 60, 3600, 86400
MOMENTS = ("assigned", "departed", "arrived", "fixed")
PLENTY = {"p": {"rate": "40 /d"}}


def moments(case: Any, clock: Any, log: Any, *names: str) -> list[list[str]]:
    t = log.tickets
    return [list(row) for row in zip(*(clock(case, t[n]) for n in names), strict=True)]


def test_set_out_drive_access_work_and_the_way_home(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """Three faults at the same second, one engineer, office hours: sent on from site to site, then home."""
    scenario = own(
        network=line("a", "b", "c", minutes=30),
        stations={"a": station("a", covers=["a", "b", "c"])},
        staff={"calendar": "office", "set_out": "15 min", "site_access": "5 min"},
        products=PLENTY,
    )
    faults = [
        ("2018-01-01 09:00", "b"),
        ("2018-01-01 09:00", "c"),
        ("2018-01-01 09:00", "a"),
        ("2018-01-01 15:34", "c"),
    ]
    case, log = told(scenario, faults)
    assert moments(case, clock, log, *MOMENTS) in (
        [
            ["Mon 09:00:00", "Mon 09:15:00", "Mon 09:45:00", "Mon 10:50:00"],
            ["Mon 10:50:00", "Mon 10:50:00", "Mon 11:20:00", "Mon 12:25:00"],
            ["Mon 12:25:00", "Mon 12:25:00", "Mon 13:25:00", "Mon 14:30:00"],
            ["Mon 15:34:00", "Mon 15:49:00", "Mon 16:49:00", "Mon 17:54:00"],
        ],
    )
    e = log.engineers
    states = [CODES["STATES"][s] for s in e["state"]]
    assert states == [
        "set_out", "travel_out", "on_site", "travel_out", "on_site", "travel_out", "on_site",
        "set_out", "travel_out", "on_site", "travel_back",
    ]  # fmt: skip
    assert clock(case, e["end"][-1]) == ["Mon 18:54:00"]


def test_on_the_way_home_he_is_at_the_nearer_end(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """Home from c takes an hour from 10:05: before 10:35 he counts as at c, then as at a; he never sets out anew."""
    for called, origin, arrived in (("10:34:59", "c", "10:34:59"), ("10:35", "a", "11:35:00")):
        scenario = own(
            network=line("a", "b", "c", minutes=30),
            stations={"a": station("a", covers=["a", "b", "c"])},
            staff={"calendar": "office", "set_out": "5 min"},
            products=PLENTY,
        )
        case, log = told(scenario, [("2018-01-01 08:00", "c"), (f"2018-01-01 {called}", "c")])
        assert clock(case, log.tickets["fixed"])[0] == "Mon 10:05:00"
        assert case.places.ids[log.visits["origin"][1]] == origin
        assert clock(case, log.tickets["arrived"])[1] == f"Mon {arrived}"
        assert log.tickets["set_out"][1] == 0


def test_mobilisation_at_night_is_inside_the_clock(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    base: dict[str, Any] = {
        "network": line("a", "b", minutes=30),
        "stations": {"a": station("a", covers=["a", "b"])},
        "products": PLENTY,
    }
    staff = {"calendar": "office", "mobilisation": "30 min", "set_out": "10 min"}
    night = [("2018-01-02 02:00", "b")]
    case, log = told(own(**base, staff=staff | {"out_of_hours": "on-call"}), night)
    assert moments(case, clock, log, *MOMENTS) == [["Tue 02:00:00", "Tue 02:30:00", "Tue 03:00:00", "Tue 04:00:00"]]
    assert log.tickets["mobilise"][0] == 30 * MINUTE
    assert log.tickets["set_out"][0] == 0
    case, log = told(own(**base, staff=staff), night)
    assert moments(case, clock, log, *MOMENTS) == [["Tue 08:00:00", "Tue 08:10:00", "Tue 08:40:00", "Tue 09:40:00"]]
    assert log.tickets["off_duty"][0] == 6 * HOUR


def test_the_end_of_the_shift(own: Any, told: Any, clock: Any) -> None:
    """18:00 itself is off duty; the job begun at 17:59 is finished; the one waiting starts next morning."""
    scenario = own(staff={"calendar": "office"}, products=PLENTY)
    faults = [("2018-01-01 17:59", "a"), ("2018-01-01 17:59:30", "a"), ("2018-01-02 18:00", "a")]
    case, log = told(scenario, faults)
    assert moments(case, clock, log, "assigned", "fixed") == [
        ["Mon 17:59:00", "Mon 18:59:00"],
        ["Tue 08:00:00", "Tue 09:00:00"],
        ["Wed 08:00:00", "Wed 09:00:00"],
    ]


def test_a_typhoon_holds_a_trip(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """Closed at b from 09:00 to 15:00: who would leave then leaves at 15:00; who is under way arrives at 15:00."""
    scenario = own(
        network=line("a", "b", minutes=30),
        stations={"a": station("a", 2, covers=["a", "b"])},
        dispatch={"free_when": "when-home"},
        products=PLENTY,
        environment={
            "typhoons": {
                "per_year": 0, "months": [1] * 12, "landfall": {"b": 1}, "reach_km": 0,
                "closure_low": "1 h", "closure_high": "1 h",
            }
        },
    )  # fmt: skip
    sky = draw(build(scenario), 1, 0).weather
    none = np.empty((0, 2), np.int64)
    sky = replace(sky, closed=(none, np.array([[9 * HOUR, 15 * HOUR]])))
    case, log = told(scenario, [("2018-01-01 08:45", "b"), ("2018-01-01 10:00", "b")], weather=sky)
    assert moments(case, clock, log, "departed", "arrived") == [
        ["Mon 08:45:00", "Mon 15:00:00"],
        ["Mon 10:00:00", "Mon 15:30:00"],
    ]
    assert log.tickets["held"].tolist() == [5 * HOUR + 45 * MINUTE, 5 * HOUR]
    assert log.tickets["travel"].tolist() == [30 * MINUTE, 30 * MINUTE]


@pytest.mark.parametrize("rule", ["none", "cover", "move"])
def test_relief_on_a_day_of_leave(own: Any, line: Any, station: Any, told: Any, clock: Any, rule: str) -> None:
    """a's engineer is away on Tuesday; b's (40 minutes off) stands in from his base, or moves and is lost to b."""
    scenario = own(
        network=line("a", "b", minutes=40),
        stations={"a": station("a"), "b": station("b")},
        staff={"calendar": "office", "relief": {"rule": rule}},
        products=PLENTY,
    )
    absent = draw(build(scenario), 1, 0).absent.copy()
    absent[0, 1] = True
    faults = [("2018-01-02 08:00", "a"), ("2018-01-02 08:20", "b")]
    case, log = told(scenario, faults, absent=absent)
    found = moments(case, clock, log, "assigned", "arrived")
    assert (
        found
        == {
            "none": [["Wed 08:00:00", "Wed 08:00:00"], ["Tue 08:20:00", "Tue 08:20:00"]],
            # b's own fault waits until the work at a is done at 09:40, and the way back.
            "cover": [["Tue 08:00:00", "Tue 08:40:00"], ["Tue 09:40:00", "Tue 10:20:00"]],
            # He drives to a, on duty there from 08:40; b has nobody until he is back on Wednesday.
            "move": [["Tue 08:40:00", "Tue 08:40:00"], ["Wed 08:00:00", "Wed 08:00:00"]],
        }[rule]
    )


def test_a_missing_part(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """Nothing in stock: a visit in vain, the part comes a day after it was asked for, he fetches it at the station."""
    mode = {"part": 1.0, "parts": {"x": 1.0}, "work": "1 h", "diagnosis": "20 min"}
    for right, first_ask in ((1.0, "Mon 09:00:00"), (0.0, "Mon 09:50:00")):
        scenario = own(
            network=line("a", "b", minutes=30),
            stations={"a": station("a", covers=["b"])},
            products={"p": {"rate": "40 /d", "modes": {"m": mode | {"right_part": right}}}},
            parts={"x": {"name": {"en": "Part"}, "product": "p"}},
            stock={"supplier_lead": "1 d"},
            demand={"installed": [{"area": "b", "product": "p", "units": 1}]},
        )
        case, log = told(scenario, [("2018-01-01 09:00", "b")])
        v, s = log.visits, log.stock
        assert clock(case, s["time"])[0] == first_ask
        assert [CODES["STOCK_EVENTS"][k] for k in s["event"]] == ["backorder", "receipt"]
        assert s["on_hand"].tolist() == [0, 0]
        assert s["on_order"].tolist() == [1, 0]
        assert s["backorders"].tolist() == [1, 0]
        assert [CODES["OUTCOMES"][k] for k in v["outcome"]] == ["part_missing", "done"]
        assert clock(case, v["arrived"])[0] == "Mon 09:30:00"
        assert clock(case, v["work_end"])[0] == "Mon 09:50:00"
        came = "Tue " + first_ask[4:]
        assert clock(case, v["assigned"])[1] == came
        assert v["arrived"][1] - v["assigned"][1] == 30 * MINUTE
        assert log.tickets["part_wait"][0] == DAY
        assert log.tickets["visits"][0] == 2


def test_a_wrong_part_is_fetched_at_the_station(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """In stock, but the wrong one was brought: back to the station and out again, then the repair."""
    mode = {"part": 1.0, "parts": {"x": 1.0}, "right_part": 0.0, "work": "1 h", "diagnosis": "20 min"}
    scenario = own(
        network=line("a", "b", minutes=30),
        stations={"a": station("a", covers=["b"])},
        products={"p": {"rate": "40 /d", "modes": {"m": mode}}},
        parts={"x": {"name": {"en": "Part"}, "product": "p"}},
        stock={"supplier_lead": "1 d", "levels": [{"station": "a", "part": "x", "base_stock": 1}]},
        demand={"installed": [{"area": "b", "product": "p", "units": 1}]},
    )
    case, log = told(scenario, [("2018-01-01 09:00", "b")])
    v = log.visits
    assert clock(case, v["arrived"]) == ["Mon 09:30:00", "Mon 10:50:00"]
    assert v["expected_travel"].tolist() == [30 * MINUTE, 60 * MINUTE]
    assert v["via"].tolist() == [-1, case.places.ids.index("a")]
    assert clock(case, log.tickets["fixed"]) == ["Mon 11:50:00"]
    assert v["brought"].tolist() == [0, 1]


def test_a_part_asked_for_after_midnight_of_a_leave_day_is_the_stations(own: Any, told: Any, clock: Any) -> None:
    """The visit ends on the first day of his leave; the part still comes from the station, not from nowhere."""
    mode = {"part": 1.0, "parts": {"x": 1.0}, "right_part": 0.0, "work": "1 h", "diagnosis": "3 h"}
    scenario = own(
        products={"p": {"rate": "40 /d", "modes": {"m": mode}}},
        parts={"x": {"name": {"en": "Part"}, "product": "p"}},
        stock={"supplier_lead": "5 d", "levels": [{"station": "a", "part": "x", "base_stock": 1}]},
    )
    absent = draw(build(scenario), 1, 0).absent.copy()
    absent[0, 1] = True
    case, log = told(scenario, [("2018-01-01 22:00", "a")], absent=absent)
    assert log.stock["store"][0] == 0
    assert CODES["STOCK_EVENTS"][log.stock["event"][0]] == "issue"
    assert clock(case, log.tickets["fixed"]) == ["Wed 01:00:00"]


@pytest.mark.parametrize(("which", "order"), [("priority-due", "CBDA"), ("fifo", "CBAD")])
def test_which_ticket_is_next(own: Any, line: Any, station: Any, first_rows: Any, which: str, order: str) -> None:
    """One is in hand; four wait: the urgent product first, then by due time (2 h at d, 6 h at a), or as they came."""
    mode = {"name": {"en": "M"}, "share": 1.0, "work": "1 h"}
    part = {"kind": "sim", "measure": "time_to_site"}
    scenario = own(
        time={"drain": "1 d"},
        network=line("a", "d", "u", minutes=0),
        stations={"a": station("a", covers=["a", "d", "u"])},
        products={
            "p": {"rate": "20 /d"},
            "urgent": {"name": {"en": "U"}, "rate": "20 /d", "modes": {"m": mode | {"priority": 0}}},
        },
        demand={"installed": [{"area": "a", "product": p, "units": 1} for p in ("p", "urgent")]},
        dispatch={"which_ticket": which},
        clauses={
            c: {"text": {"en": c}, "parts": [part | {"limit": limit, "population": {"areas": [area]}}]}
            for c, area, limit in (("slow", "a", "6 h"), ("fast", "d", "2 h"))
        },
    )
    case = build(scenario)
    luck = draw(case, 1, 0)
    drawn = luck.faults
    urgent, plain = (np.flatnonzero(drawn.product == k)[:2] for k in (1, 0))
    rows = np.concatenate((plain[:1], plain[1:2], urgent[:2], plain[:1]))
    # A at a, then B and C urgent (C first), then D at d: all while the first is in hand.
    assert len(rows) == 5
    reported = {"first": 0, "A": 1, "C": 2, "B": 3, "D": 4}
    towns = ["a", "a", "u", "u", "d"]
    table = first_rows(drawn, rows, np.array([k * MINUTE for k in reported.values()]))
    town = np.array([case.places.ids.index(t) for t in towns])
    table = replace(table, key=np.arange(5, dtype=np.uint64), town=town, area=case.places.area[town])
    calls = replace(first_rows(luck.calls, rows), unit=np.arange(5))
    log = run(case, replace(luck, faults=table, calls=calls))
    served = np.argsort(log.tickets["assigned"])
    assert "".join(list(reported)[k] for k in served[1:]) == order


def test_a_delivery_tour(own: Any, line: Any, station: Any, told: Any, clock: Any) -> None:
    """Cut-off at 15:00, vans of two at 09:00 and 14:00, stops in the order of the route, unloading 10 minutes each."""
    scenario = own(
        time={"drain": "7 d"},
        network=line("a", "b", "c", minutes=30),
        stations={"a": station("a", covers=["a", "b", "c"])},
        goods={
            "pc": {
                "name": {"en": "PC"}, "per_product": "p", "rate": "40 /d", "install": 1.0, "installation": "1 h",
            }
        },
        delivery={
            "warehouse": {"node": "a", "calendar": "office", "cut_off": "15:00", "handling": "30 min"},
            "routes": {
                "r": {
                    "areas": ["b", "c"], "departs": ["14:00", "09:00"], "calendar": "office", "capacity": 2,
                    "unload": "10 min",
                }
            },
        },
    )  # fmt: skip
    orders = [
        ("2018-01-01 07:00", "c"),  # received at 08:00, ready 08:30, van at 09:00, second stop
        ("2018-01-01 08:30", "b"),  # ready at 09:00 sharp: on the same van
        ("2018-01-01 08:31", "b"),  # ready at 09:01: next van
        ("2018-01-01 14:59", "b"),  # in time, ready 15:29, van on Tuesday 09:00
        ("2018-01-01 15:00", "c"),  # after the cut-off: Tuesday 08:00
        ("2018-01-05 16:00", "c"),  # Friday after the cut-off: Monday
        ("2018-01-05 16:01", "a"),  # lies on no route
    ]
    case, log = told(scenario, [], orders)
    o = log.orders
    assert clock(case, o["received"]) == [
        "Mon 08:00:00", "Mon 08:30:00", "Mon 08:31:00", "Mon 14:59:00", "Tue 08:00:00", "Mon 08:00:00", "Mon 08:00:00",
    ]  # fmt: skip
    assert clock(case, o["departed"]) == [
        "Mon 09:00:00", "Mon 09:00:00", "Mon 14:00:00", "Tue 09:00:00", "Tue 09:00:00", "Mon 09:00:00", "",
    ]  # fmt: skip
    assert clock(case, o["delivered"]) == [
        "Mon 10:20:00", "Mon 09:40:00", "Mon 14:40:00", "Tue 09:40:00", "Tue 10:20:00", "Mon 10:10:00", "",
    ]  # fmt: skip
    j = log.jobs
    assert [CODES["JOB_KINDS"][k] for k in j["kind"]] == ["installation"] * 6
    assert clock(case, j["released"]) == sorted_by_time(case, clock, o["delivered"][:6])
    # b's job of 09:40: there at 10:10, done at 11:10; then c's, half an hour on.
    assert clock(case, j["done"])[:2] == ["Mon 11:10:00", "Mon 12:40:00"]


def sorted_by_time(case: Any, clock: Any, seconds: Any) -> list[str]:
    return list(clock(case, np.sort(seconds)))


def test_everything_at_one_second(own: Any, told: Any, clock: Any) -> None:
    """The shift begins, a fault is reported, another waits since the night; a job ends as the next is reported."""
    scenario = own(staff={"calendar": "office"}, products=PLENTY)
    faults = [("2018-01-02 03:00", "a"), ("2018-01-02 08:00", "a"), ("2018-01-02 09:00", "a")]
    case, log = told(scenario, faults)
    assert moments(case, clock, log, "assigned") == [["Tue 08:00:00"], ["Tue 09:00:00"], ["Tue 10:00:00"]]
