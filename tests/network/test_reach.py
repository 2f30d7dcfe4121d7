"""What no road joins, by name."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pytest

from simsvc.errors import NetworkError
from simsvc.network import Network, components, cut_off, from_networkx, load
from simsvc.scenario.places import Network as Spec


def test_the_island_and_its_ferry_are_named(small: tuple[Network, Spec]) -> None:
    net, _ = small
    assert components(net) == (("a", "b", "c", "x"), ("i", "j"))
    [part] = cut_off(net)
    assert (part.towns, part.ferry_from) == (("i", "j"), ("c",))
    assert part.text.en == "Isle, Jetty: no road joins this part to the rest; ferry from Cove"
    assert part.text.zh == "Isle、Jetty：无公路与其他地方相连；轮渡起点：Cove"


def test_the_part_with_most_places_is_the_main_one(spec: Callable[..., Spec]) -> None:
    nodes = [{"id": "lone"}, *({"id": one, "kind": "junction"} for one in "xyz"), {"id": "a"}, {"id": "b"}]
    roads = [{"from": a, "to": b, "minutes": 5.0} for a, b in (("lone", "x"), ("x", "y"), ("y", "z"), ("a", "b"))]
    net = load(spec(nodes, roads))
    assert components(net)[0] == ("a", "b")
    [part] = cut_off(net)
    assert part.text.en == "lone: no road joins this part to the rest"


def test_junctions_without_roads_are_not_reported(spec: Callable[..., Spec]) -> None:
    assert cut_off(load(spec([{"id": "a"}, {"id": "x", "kind": "junction"}], []))) == ()


def test_a_road_of_no_length_joins(spec: Callable[..., Spec]) -> None:
    net = load(spec([{"id": "a"}, {"id": "b"}], [{"from": "a", "to": "b", "minutes": 0.0}]))
    assert components(net) == (("a", "b"),)


def test_a_way_there_but_not_back_is_cut_off() -> None:
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_edge("a", "b", minutes=5.0)
    made.add_edge("b", "a", minutes=5.0)
    made.add_edge("b", "c", minutes=5.0)
    assert [part.towns for part in cut_off(from_networkx(made))] == [("c",)]


def test_names_fall_back_on_what_is_there(small: tuple[Network, Spec]) -> None:
    net, _ = small
    assert (net.name("a").zh, net.name("c")["zh"], net.name("b").en) == ("甲", "Cove", "b")
    with pytest.raises(NetworkError, match="no node"):
        net.name("nobody")
