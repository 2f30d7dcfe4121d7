"""Road graphs in and out: networkx objects and GraphML files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from simsvc.errors import NetworkError
from simsvc.network import Network, from_networkx, hainan, load, to_networkx, travel_seconds
from simsvc.scenario.places import Network as Spec


@pytest.fixture
def graph() -> nx.MultiGraph[str]:
    made: nx.MultiGraph[str] = nx.MultiGraph()
    made.add_node("n1", id="a", name="Ash", lat=20, lon=110.0, kind="seat", area="west")
    made.add_node("n2", id="b", area="west", population=7)
    made.add_node("n3", kind="junction", lat=float("nan"), lon=None)
    made.add_edge("n1", "n2", minutes=40)
    made.add_edge("n1", "n2", length_km=40.0, typical_kmh=80.0, **{"class": "motorway"})
    made.add_edge("n2", "n3", minutes=10, opening_date="2020-01-01")
    return made


def test_attributes_are_read(graph: nx.MultiGraph[str]) -> None:
    net = from_networkx(graph)
    assert net.ids == ("a", "b", "n3")
    assert net.name_en == ("Ash", "b", "n3")
    assert net.kind == ("seat", "town", "junction")
    assert [(area.id, area.seat) for area in net.areas] == [("west", "a")]
    assert set(net.classes) == {"road", "motorway"}
    assert travel_seconds(net, Spec(), ["a", "b", "n3"])[0].tolist() == [
        [0, 1800, 2400],
        [1800, 0, 600],
        [2400, 600, 0],
    ]
    early = from_networkx(graph, as_of=dt.date(2019, 12, 31))
    assert travel_seconds(early, Spec(), ["a", "n3"])[0, 0, 1] == -1


def test_edges_of_a_directed_graph_are_one_way() -> None:
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_edge("a", "b", minutes=10.0)
    made.add_edge("b", "c", minutes=10.0)
    made.add_edge("c", "a", minutes=10.0)
    net = from_networkx(made)
    assert travel_seconds(net, Spec(), ["a", "b", "c"])[0].tolist() == [[0, 600, 1200], [1200, 0, 600], [600, 1200, 0]]
    again = from_networkx(to_networkx(net))
    assert (travel_seconds(again, Spec(), net.ids) == travel_seconds(net, Spec(), net.ids)).all()


def test_hainan_goes_round_through_a_graphml_file(tmp_path: Path) -> None:
    net = hainan(dt.date(2018, 6, 30))
    nx.write_graphml(to_networkx(net), tmp_path / "hainan.graphml")
    spec = Spec(source="own", graphml="hainan.graphml")
    again = load(spec, tmp_path)
    assert again.ids == net.ids
    assert again.kind == net.kind
    assert again.places == net.places
    assert np.array_equal(again.population, net.population, equal_nan=True)
    bands = Spec.model_validate({"bands": {"expressway": {"peak": 1.2}, "urban": {"peak": 1.7}, "all": {"rain": 1.3}}})
    assert (travel_seconds(again, bands, net.ids) == travel_seconds(net, bands, net.ids)).all()


def test_a_matrix_becomes_an_edge_per_pair(tmp_path: Path, spec: Callable[..., Spec]) -> None:
    (tmp_path / "m.csv").write_text("id,a,b\na,0,10\nb,inf,0\n", encoding="utf-8")
    made = to_networkx(load(spec([{"id": "a"}, {"id": "b"}], matrix="m.csv"), tmp_path))
    assert list(made.edges(data="minutes")) == [("a", "b", 10.0)]


def test_all_problems_of_a_graph_come_at_once(graph: nx.MultiGraph[str]) -> None:
    graph.add_node("n4", kind="village", lat=200.0, lon=10.0)
    graph.add_node("n5", lat=200.0, lon=10.0)
    graph.add_edge("n4", "n5", length_km=3.0, minute=5.0)
    graph.add_edge("n1", "n5", minutes=-3.0)
    graph.add_edge("n1", "n5", minutes=3.0, opening_date="last year")
    with pytest.raises(NetworkError) as caught:
        from_networkx(graph, name="roads")
    paths = {p.path for p in caught.value.problems}
    assert paths == {
        "roads node n4.kind",
        "roads node n5.lat",
        "roads edge n4–n5",
        "roads edge a–n5.minutes",
        "roads edge a–n5.opening_date",
    }


@pytest.mark.parametrize(("content", "word"), [(None, "not found"), ("<graphml", "ParseError"), ("", "ParseError")])
def test_files_that_are_no_graphml(tmp_path: Path, content: str | None, word: str) -> None:
    if content is not None:
        (tmp_path / "x.graphml").write_text(content, encoding="utf-8")
    with pytest.raises(NetworkError) as caught:
        load(Spec(source="own", graphml="x.graphml"), tmp_path)
    [problem] = caught.value.problems
    assert (problem.path, problem.value) == ("network.graphml", "x.graphml")
    assert word in problem.message


def test_own_networks_survive_the_graph(small: tuple[Network, Spec]) -> None:
    net, spec = small
    again = from_networkx(to_networkx(net))
    assert (again.ids, again.places, again.classes) == (net.ids, net.places, net.classes)
    assert (travel_seconds(again, spec, net.ids) == travel_seconds(net, spec, net.ids)).all()
