"""Own networks of tables: areas, and every problem of the input at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from simsvc.errors import NetworkError, Problem
from simsvc.network import Network, crow_km, load, roads_for_map
from simsvc.scenario.places import Network as Spec

TWO = [{"id": "a", "lat": 20.0, "lon": 110.0}, {"id": "b", "lat": 20.0, "lon": 110.2}]
"""Two towns 20.9 km apart."""


def problems(table: Spec) -> list[Problem]:
    with pytest.raises(NetworkError) as caught:
        load(table)
    return caught.value.problems


def road(**more: Any) -> list[dict[str, Any]]:
    return [{"from": "a", "to": "b", **more}]


def test_crow_flies_known_distances() -> None:
    assert crow_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)  # half of the equator
    assert crow_km(20.0, 110.0, 21.0, 110.0) == pytest.approx(111.2, abs=0.1)  # a degree of latitude
    assert crow_km(20.0342, 110.3465, 18.2543, 109.5095) == pytest.approx(216.6, abs=0.3)  # Haikou–Sanya


def test_areas_are_the_area_names_of_places(small: tuple[Network, Spec]) -> None:
    net, _ = small
    assert {area.id: area.seat for area in net.areas} == {"west": "a", "east": "c", "i": "i"}
    assert net.places == {"west": ("a", "b"), "east": ("c",), "i": ("i", "j")}
    assert net.area == ("west", "west", "east", "", "i", "i")
    west, _, isle = net.areas
    assert (west.name_en, west.urban_share, west.population) == ("west", None, None)
    assert isle.name_en == "Isle"  # the area of a node without one is the node itself


def test_population_of_an_area_is_the_sum_only_if_all_are_known(spec: Callable[..., Spec]) -> None:
    nodes = [{"id": "a", "area": "x", "population": 10.0}, {"id": "b", "area": "x", "population": 5.0}]
    assert load(spec(nodes, [])).areas[0].population == 15
    assert load(spec([*nodes, {"id": "c", "area": "x"}], [])).areas[0].population is None


def test_length_falls_back_on_the_straight_line_and_dates_on_open(spec: Callable[..., Spec]) -> None:
    roads = road(minutes=30.0) + road(minutes=20.0, opening_date=dt.date(2020, 5, 1))
    net = load(spec(TWO, roads, as_of=dt.date(2020, 4, 30)))
    assert net.edges.seconds.tolist() == [1800]
    assert net.edges.km[0] == pytest.approx(20.9, abs=0.1)
    assert load(spec(TWO, roads, as_of=dt.date(2020, 5, 1))).edges.seconds.tolist() == [1800, 1200]
    assert len(roads_for_map(load(spec(TWO, roads)))) == 2


def test_map_leaves_out_what_has_no_position(small: tuple[Network, Spec]) -> None:
    assert roads_for_map(small[0]) == []


@pytest.mark.parametrize(
    ("row", "path", "words"),
    [
        ({"to": "bb", "minutes": 9.0}, "roads.0.to", 'did you mean "b"?'),
        ({"to": "a", "minutes": 9.0}, "roads.0.to", "another node"),
        ({}, "roads.0", "add length_km and typical_kmh, or minutes"),
        ({"length_km": 22.0}, "roads.0", "add typical_kmh, or minutes"),
        ({"typical_kmh": 60.0}, "roads.0", "add length_km, or minutes"),
        ({"length_km": 22.0, "typical_kmh": 400.0}, "roads.0.typical_kmh", "400 km/h"),
        ({"minutes": 3.0}, "roads.0.minutes", "faster than 150 km/h"),
        ({"minutes": 0.0}, "roads.0.minutes", "faster than 150 km/h"),
        ({"length_km": 18.0, "typical_kmh": 60.0}, "roads.0.length_km", "20.9 km"),
        ({"length_km": 2200.0, "typical_kmh": 60.0}, "roads.0.length_km", "not metres"),
        ({"minutes": 90000.0}, "roads.0", "more than a week"),
        ({"minutes": 30.0, "class": "all"}, "roads.0.class", "class has a name"),
    ],
)
def test_bad_roads(spec: Callable[..., Spec], row: dict[str, Any], path: str, words: str) -> None:
    [problem] = problems(spec(TWO, [{"from": "a", "to": "b", **row}]))
    assert problem.path == f"network.{path}"
    assert words in str(problem)


@pytest.mark.parametrize("row", [{"length_km": 19.0, "typical_kmh": 150.0}, {"minutes": 8.5}])
def test_what_is_just_plausible_passes(spec: Callable[..., Spec], row: dict[str, Any]) -> None:
    assert load(spec(TWO, road(**row))).edges.seconds[0] > 0


@pytest.mark.parametrize(
    ("row", "path", "words"),
    [
        ({"id": "a"}, "nodes.2.id", "nodes.0"),
        ({"id": ""}, "nodes.2.id", "needs an id"),
        ({"id": "c", "lat": 110.0, "lon": 20.0}, "nodes.2.lat", "swapped"),
        ({"id": "c", "lat": 20.0, "lon": 181.0}, "nodes.2.lon", "-180 to 180"),
        ({"id": "c", "lat": 20.0}, "nodes.2.lon", "both lat and lon"),
    ],
)
def test_bad_nodes(spec: Callable[..., Spec], row: dict[str, Any], path: str, words: str) -> None:
    [problem] = problems(spec([*TWO, row], road(minutes=30.0)))
    assert problem.path == f"network.{path}"
    assert words in str(problem)


def test_all_problems_come_at_once(spec: Callable[..., Spec]) -> None:
    nodes = [*TWO, {"id": "a"}, {"id": "c", "lat": 95.0, "lon": 10.0}]
    roads = [{"from": "a", "to": "d", "minutes": 1.0}, *road()]
    paths = [p.path for p in problems(spec(nodes, roads))]
    assert paths == ["network.nodes.2.id", "network.nodes.3.lat", "network.roads.0.to", "network.roads.1"]


def test_an_area_has_one_seat_and_a_network_has_places(spec: Callable[..., Spec]) -> None:
    seats = [{"id": one, "kind": "seat", "area": "x"} for one in "ab"]
    [problem] = problems(spec(seats, road(minutes=9.0)))
    assert (problem.path, problem.value) == ("network.nodes.1.kind", "b")
    [problem] = problems(spec([{"id": "a", "kind": "junction"}], []))
    assert "no place to serve" in problem.message


def test_factors_of_unknown_classes_get_the_nearest_name(spec: Callable[..., Spec]) -> None:
    table = spec(
        TWO, road(minutes=30.0, **{"class": "motorway"}), bands={"motorwy": {"peak": 2.0}, "all": {"peak": 1.1}}
    )
    [problem] = problems(table)
    assert (problem.path, problem.value) == ("network.bands.motorwy", "motorwy")
    assert problem.remedy.startswith('did you mean "motorway"?')


@pytest.mark.parametrize(
    "table",
    [
        {"source": "own"},
        {"source": "own", "nodes": TWO},
        {"source": "own", "nodes": TWO, "roads": [], "matrix": "m.csv"},
        {"source": "own", "nodes": TWO, "graphml": "g.graphml"},
    ],
)
def test_an_own_network_is_given_in_exactly_one_way(table: dict[str, Any]) -> None:
    [problem] = problems(Spec.model_validate(table))
    assert "nodes and roads, or nodes and a matrix, or a graphml file" in problem.message


def test_the_shipped_network_takes_no_own_tables() -> None:
    found = problems(Spec.model_validate({"nodes": TWO, "matrix": "m.csv"}))
    assert [p.path for p in found] == ["network.nodes", "network.matrix"]
