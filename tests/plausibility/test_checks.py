"""Each plausibility rule: silent on the shipped scenario's good parts, and finds what a person gets wrong."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simsvc import network as roads
from simsvc.case.plausibility import RULES, check
from simsvc.errors import Problem
from simsvc.network import Network
from simsvc.scenario import Scenario, load

GOOD = "huitian-2018"


@pytest.fixture(scope="module")
def good() -> Scenario:
    return load(GOOD)


@pytest.fixture(scope="module")
def net(good: Scenario) -> Network:
    return roads.load(good.model.network)


def _of(problems: list[Problem], words: str) -> list[Problem]:
    return [p for p in problems if words in f"{p.path} {p.message}"]


def _changed(good: Scenario, net: Network, **changes: Any) -> list[Problem]:
    """Problems that a change adds to those of the good scenario (paths with ``__`` for dots)."""
    before = check(good.model, net)
    scenario = good.replace(**{path.replace("__", "."): value for path, value in changes.items()})
    return [p for p in check(scenario.model, net) if p not in before]


def test_the_shipped_scenario_has_no_error(good: Scenario, net: Network) -> None:
    problems = check(good.model, net)
    assert {p.severity for p in problems} == {"warning"}
    assert _of(problems, "Sansha")
    assert _of(problems, "haitang")


@pytest.mark.parametrize(
    ("path", "value", "nearest"),
    [
        ("stations.haikou.node", "haiku", "haikou"),
        ("stations.haikou.covers", ["haikuo"], "haikou"),
        ("stations.sanya.covers_towns", ["tianduu"], "tiandu"),
        ("delivery.routes.centre.areas", ["dingann"], "dingan"),
        ("delivery.warehouse.node", "haikoo", "haikou"),
        ("stock.hub.node", "haikoo", "haikou"),
        ("weights.split.yangpu.from", "danzhuo", "danzhou"),
        ("environment.typhoons.landfall", {"wenchan": 1.0}, "wenchang"),
        ("clauses.A01.parts.0.population.areas", ["haiku"], "haikou"),
        ("clauses.A02.parts.0.population.not_areas", ["haiku"], "haikou"),
        ("reporting.apart", ["sansa"], "sansha"),
        ("reporting.zones.haikou-city.areas", ["haiku"], "haikou"),
        ("rollout.openings", {"lingshu": 3}, "lingshui"),
        ("demand.installed.0.area", "haiku", "haikou"),
        ("demand.sites.0.area", "haiku", "haikou"),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest_name(
    good: Scenario, net: Network, path: str, value: Any, nearest: str
) -> None:
    problems = _changed(good, net, **{path: value})
    (problem,) = [p for p in problems if p.severity == "error"]
    assert problem.path.startswith(path)
    assert f'did you mean "{nearest}"' in problem.remedy


def test_all_unknown_names_are_listed_at_once(good: Scenario, net: Network) -> None:
    problems = _changed(good, net, stations__haikou__node="haiku", stations__sanya__node="sanja")
    assert len([p for p in problems if p.severity == "error"]) == 2


def test_an_interchange_is_no_town_to_cover(good: Scenario, net: Network) -> None:
    (problem,) = _changed(good, net, stations__sanya__covers_towns=["sanya", "tiandu", "fenghuang", "j-haitang"])
    assert problem.severity == "error"
    assert problem.value == "j-haitang"


def test_a_station_that_covers_nothing(good: Scenario, net: Network) -> None:
    problems = _of(_changed(good, net, stations__ledong__covers=[]), "covers nothing")
    assert [(p.path, p.severity) for p in problems] == [("stations.ledong.covers", "error")]


def test_a_station_without_staff(good: Scenario, net: Network) -> None:
    problems = _of(_changed(good, net, stations__ledong__engineers=0), "has no engineer")
    assert [(p.path, p.severity) for p in problems] == [("stations.ledong.engineers", "warning")]


def test_nobody_anywhere(good: Scenario, net: Network) -> None:
    none = {f"stations.{key}.engineers": 0 for key in good.model.stations}
    (problem,) = [p for p in check(good.replace(**none).model, net) if p.severity == "error"]
    assert problem.message == "no station has an engineer"


def test_counties_without_demand_are_named(good: Scenario, net: Network) -> None:
    rows = [row for row in good.raw["demand"]["installed"] if row["area"] not in ("baisha", "ledong")]
    (problem,) = _of(_changed(good, net, demand__installed=rows), "nothing stands for baisha, ledong")
    assert problem.severity == "error"
    assert "yangpu" not in problem.message
    said = [*rows, *({"area": area, "product": "desktop", "units": 0} for area in ("baisha", "ledong"))]
    assert not _of(_changed(good, net, demand__installed=said), "installed in")


def test_an_area_said_to_be_served_by_nobody_needs_no_station(good: Scenario, net: Network) -> None:
    stations = {"stations__danzhou__covers": ["danzhou", "yangpu"]}
    other = [row for row in good.raw["demand"]["installed"] if row["area"] != "lingao"]
    none = [*other, {"area": "lingao", "product": "desktop", "units": 0}]
    sites = [row for row in good.raw["demand"]["sites"] if row["area"] != "lingao"]
    assert not _of(_changed(good, net, **stations, demand__installed=none, demand__sites=sites), "covered by no")
    assert _of(_changed(good, net, **stations, demand__installed=none), "covered by no")


def test_shares_that_do_not_add_to_one_are_said(good: Scenario, net: Network) -> None:
    assert not _of(check(good.model, net), "do not add to 1")
    (problem,) = _of(check(good.override("products.desktop.modes.hardware.share", 0.9).model, net), "do not add to 1")
    assert (problem.path, problem.severity) == ("products.desktop.modes", "warning")


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        ("products.desktop.rate", "1e6 /d", "products.desktop.rate"),
        ("goods.consumables.rate", "1e9 /year", "goods.consumables.rate"),
        ("time.window", "40000 d", "time.window"),
    ],
)
def test_a_run_that_no_machine_could_hold(good: Scenario, net: Network, path: str, value: str, at: str) -> None:
    problems = check(good.override(path, value).model, net)
    assert at in [p.path for p in problems if p.severity == "error"]


def test_an_area_that_nobody_covers(good: Scenario, net: Network) -> None:
    (problem,) = _of(_changed(good, net, stations__danzhou__covers=["danzhou", "yangpu"]), "covered by no station")
    assert (problem.value, problem.severity) == ("lingao", "warning")
    assert "the nearest station serves them" in problem.message


def test_what_happens_to_uncovered_places_is_said(good: Scenario, net: Network) -> None:
    problems = _of(_changed(good, net, dispatch__unassigned="nobody"), "haitang")
    assert "nobody serves them" in problems[0].message


def test_a_split_zone_may_not_be_listed_too(good: Scenario, net: Network) -> None:
    rows = [*good.raw["demand"]["installed"], {"area": "yangpu", "product": "desktop", "units": 10}]
    (problem,) = [p for p in _changed(good, net, demand__installed=rows) if p.severity == "error"]
    assert problem.path == "weights.split.yangpu"


def test_zones_may_not_take_more_than_there_is(good: Scenario, net: Network) -> None:
    split = {"yangpu": {"from": "danzhou", "share": 0.7}, "sansha": {"from": "danzhou", "share": 0.7}}
    rows = [row for row in good.raw["demand"]["installed"] if row["area"] != "sansha"]
    problems = _changed(good, net, weights__split=split, demand__installed=rows)
    (problem,) = [p for p in problems if p.severity == "error"]
    assert "take more than all" in problem.message


def test_a_zone_does_not_take_from_itself(good: Scenario, net: Network) -> None:
    problems = _changed(good, net, weights__split__yangpu__from="yangpu")
    assert [p.path for p in problems if p.severity == "error"] == ["weights.split.yangpu.from"]


def test_goods_to_areas_off_every_route(good: Scenario, net: Network) -> None:
    areas = ["chengmai", "lingao", "danzhou"]
    (problem,) = _of(_changed(good, net, **{"delivery.routes.north-west.areas": areas}), "no route goes there")
    assert "sansha, yangpu" in problem.message


def test_years_without_announced_make_up_days_are_projected(good: Scenario, net: Network) -> None:
    (problem,) = _of(_changed(good, net, time__start=dt.date(2050, 7, 1)), "make-up working days")
    assert problem.severity == "warning"
    assert "2050, 2051" in problem.message


def test_stations_offered_more_work_than_time(good: Scenario, net: Network) -> None:
    problems = _of(check(good.model, net), "of duty time")
    assert "stations.danzhou.engineers" in {p.path for p in problems}
    assert "stations.baisha.engineers" not in {p.path for p in problems}
    relieved = good.replace(**{"demand.scale": 0.2})
    assert len(_of(check(relieved.model, net), "of duty time")) < len(problems)


def test_a_road_faster_than_any_car(good: Scenario, net: Network) -> None:
    seconds = net.edges.seconds.copy()
    seconds[3] = net.edges.km[3] / 200 * 3600
    fast = dataclasses.replace(net, edges=dataclasses.replace(net.edges, seconds=seconds))
    (problem,) = [p for p in check(good.model, fast) if p.severity == "error"]
    assert problem.value == "200 km/h"


def test_a_node_far_outside_the_box(good: Scenario, net: Network) -> None:
    lat, lon = net.lat.copy(), net.lon.copy()
    lat[5], lon[5] = lon[5] - 90, lat[5]
    away = dataclasses.replace(net, lat=lat, lon=lon)
    (problem,) = [p for p in check(good.model, away) if p.severity == "error"]
    assert net.ids[5] in problem.path
    assert "from the middle of the network" in problem.message


def test_nodes_without_coordinates_are_no_problem(good: Scenario, net: Network) -> None:
    unknown = np.full(len(net.ids), np.nan)
    bare = dataclasses.replace(net, lat=unknown, lon=unknown)
    assert [p for p in check(good.model, bare) if p.severity == "error"] == []


def test_demand_where_no_town_is(good: Scenario, net: Network) -> None:
    kind = tuple("junction" if area == "baisha" else k for k, area in zip(net.kind, net.area, strict=True))
    bare = dataclasses.replace(net, kind=kind)
    (problem,) = [p for p in check(good.model, bare) if p.severity == "error"]
    assert problem.value == "baisha"


def test_every_rule_is_listed_once() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "rows",
    ["id,a,b\na,0,30\nb,inf,0\n", "id,a,b,c\na,0,30,inf\nb,30,0,30\nc,inf,30,0\n"],
    ids=["no way back", "no way on"],
)
def test_ways_on_which_an_engineer_would_be_stuck_are_refused(rows: str, tmp_path: Path) -> None:
    import simsvc as sv
    from simsvc.case import build

    (tmp_path / "m.csv").write_text(rows)
    ids = rows.splitlines()[0].split(",")[1:]
    nodes = ", ".join(f'{{ id = "{i}" }}' for i in ids)
    text = f"""
name = "stuck"
title = {{ en = "S" }}
time = {{ start = 2018-01-01, window = "7 d" }}
network = {{ source = "own", nodes = [{nodes}], matrix = "m.csv" }}
calendars = {{ always = {{ week = {{ mon-sun = ["00:00-24:00"] }} }} }}
stations = {{ a = {{ name = {{ en = "A" }}, node = "a", engineers = 1, covers = ["a", "b"] }} }}
staff = {{ calendar = "always" }}
"""
    with pytest.raises(sv.ScenarioError, match="stuck: no way leads"):
        build(sv.loads(text, base=tmp_path))
