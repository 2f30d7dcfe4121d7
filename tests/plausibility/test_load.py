"""Offered load by hand-worked figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from simsvc import network as roads
from simsvc.case.load import offered_load, serving, units_by_area
from simsvc.scenario import Scenario, from_dict


def _scenario(**mode: Any) -> Scenario:
    """100 units at a seat and as many at a village 30 minutes away: one fault a unit and year, an hour's work."""
    return from_dict(
        {
            "format": 1,
            "name": "load",
            "title": {"en": "Load"},
            "time": {"start": dt.date(2018, 1, 1), "window": "364 d"},
            "network": {
                "source": "own",
                "nodes": [{"id": "seat", "kind": "seat", "area": "a"}, {"id": "village", "kind": "town", "area": "a"}],
                "roads": [{"from": "seat", "to": "village", "minutes": 30}],
            },
            "weights": {"seat": 0.5},
            "calendars": {"office": {"week": {"mon-fri": ["08:00-18:00"]}}},
            "stations": {"a": {"name": {"en": "A"}, "node": "seat", "engineers": 2, "covers": ["a"]}},
            "staff": {
                "calendar": "office",
                "set_out": "15 min",
                "site_access": "15 min",
                "absences": {"leave": {"days_per_year": 36.5, "spell": "5 d"}},
            },
            "products": {
                "pc": {
                    "name": {"en": "PC"},
                    "rate": "1 /year",
                    "modes": {"any": {"name": {"en": "Fault"}, "share": 2.0, "work": "1 h", **mode}},
                }
            },
            "parts": {"disk": {"name": {"en": "Disk"}, "product": "pc"}},
            "demand": {"installed": [{"area": "a", "product": "pc", "units": 200}]},
        }
    )


def test_one_visit_a_fault() -> None:
    scenario = _scenario()
    (load,) = offered_load(scenario.model, roads.load(scenario.model.network))
    assert load.on_site == pytest.approx(200 * 1.25)
    assert load.driving == pytest.approx(200 * 0.25 + 100 * 1.0)
    assert load.duty == pytest.approx(2 * 52 * 50 * 365 / 364 * 0.9)
    assert load.least == pytest.approx(load.on_site / load.duty)
    assert load.usual == pytest.approx((load.on_site + load.driving) / load.duty)


def test_remote_help_missing_parts_failures_and_repeats_count() -> None:
    part = {"part": 0.4, "parts": {"disk": 1.0}, "right_part": 0.75, "diagnosis": "30 min"}
    alone = _scenario(remote=0.5, fixed=0.8, repeat=0.2, **part)
    scenario = alone.replace(remote={"shifts": [{"calendar": "office", "agents": 1}], "work": "10 min"})
    (load,) = offered_load(scenario.model, roads.load(scenario.model.network))
    seen = 200 * 0.5 / 0.8  # faults and their repeats that need a visit
    diagnosed, worked = 0.4 * 0.25, 1 / 0.8  # visits of each kind per such fault
    assert load.on_site == pytest.approx(seen * (diagnosed * 0.75 + worked * 1.25))
    assert load.driving == pytest.approx(seen * (diagnosed + worked) * (0.25 + 0.5))
    # Without technicians nothing is solved from afar.
    (more,) = offered_load(alone.model, roads.load(alone.model.network))
    assert more.on_site == pytest.approx(2 * load.on_site)


def test_hard_faults_units_sent_away_and_goods_sent_anew_count() -> None:
    """A hard fault is seen in vain once, and has its part after that; a unit that leaves is seen twice, for certain."""
    part = {"part": 1.0, "parts": {"disk": 1.0}, "right_part": 0.0}
    mode = {"name": {"en": "Fault"}, "share": 1.0, "work": "1 h", "expert": 0.5, "fixed": 0.8, **part}
    mode |= {"workshop": 0.25, "routes": {"own": 1.0}}
    goods = {"name": {"en": "G"}, "per_product": "pc", "rate": "1 /year", "install": 0.5, "installation": "2 h"}
    scenario = _scenario().replace(
        products={"pc": {"name": {"en": "PC"}, "rate": "1 /year", "modes": {"any": mode}}},
        repairs={"own": {"name": {"en": "Own"}, "turnaround": "2 d"}},
        experts={"shifts": [{"calendar": "office", "agents": 1}], "work": "10 min"},
        goods={"g": goods | {"faulty": 0.2}},
        delivery={
            "warehouse": {"node": "seat", "calendar": "office"},
            "couriers": {"post": {"departs": ["17:00"], "calendar": "office", "lead": "1 d"}},
        },
    )
    (load,) = offered_load(scenario.model, roads.load(scenario.model.network))
    in_vain, tries = 0.5 + 0.25 + 0.5 * 0.75, 0.25 + 0.75 / 0.8
    faults = 200 * (in_vain * 0.25 + tries * 1.25)  # no time given for the diagnosis
    assert load.on_site == pytest.approx(faults + 200 * 0.5 / 0.8 * 2.25)


def test_an_empty_station_has_no_finite_load_only_if_it_has_work() -> None:
    scenario = _scenario().replace(**{"stations.a.engineers": 0})
    (load,) = offered_load(scenario.model, roads.load(scenario.model.network))
    assert load.usual == float("inf")
    idle = scenario.replace(**{"demand.scale": 0.0})
    assert offered_load(idle.model, roads.load(idle.model.network))[0].usual == 0.0


def test_town_goes_to_the_nearest_of_the_stations_that_cover_it() -> None:
    scenario = _scenario().replace(
        stations={
            "a": {"name": {"en": "A"}, "node": "seat", "engineers": 1, "covers": ["a"]},
            "b": {"name": {"en": "B"}, "node": "village", "engineers": 1, "covers_towns": ["village"]},
        }
    )
    assert serving(scenario.model, roads.load(scenario.model.network)) == {"seat": ("a", 0.0), "village": ("b", 0.0)}


def test_a_split_keeps_the_sum() -> None:
    scenario = _scenario()
    split = scenario.replace(**{"weights.split": {"zone": {"from": "a", "share": 0.25}}})
    assert units_by_area(split.model) == {("a", "pc"): 150.0, ("zone", "pc"): 50.0}
