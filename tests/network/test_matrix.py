"""A ready matrix of minutes: taken as it is, and refused with every wrong cell named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simsvc.errors import NetworkError, Problem
from simsvc.network import Network, components, cut_off, load, roads_for_map, travel_seconds
from simsvc.scenario.places import Network as Spec

NODES = [{"id": one} for one in "abc"]
GOOD = "id,c,a,b\na,50,0,10\nb,10,12,0\nc,0,50.5,10\n"


@pytest.fixture
def read(tmp_path: Path, spec: Callable[..., Spec]) -> Callable[..., tuple[Network, Spec]]:
    def make(text: str, **more: object) -> tuple[Network, Spec]:
        (tmp_path / "minutes.csv").write_text(text, encoding="utf-8")
        table = spec(NODES, matrix="minutes.csv", **more)
        return load(table, tmp_path), table

    return make


@pytest.fixture
def problems(read: Callable[..., tuple[Network, Spec]]) -> Callable[[str], list[Problem]]:
    def find(text: str) -> list[Problem]:
        with pytest.raises(NetworkError) as caught:
            read(text)
        return caught.value.problems

    return find


def test_times_are_taken_as_they_stand(read: Callable[..., tuple[Network, Spec]]) -> None:
    net, spec = read(GOOD)
    # a–c takes 50 although a–b–c takes 20: a ready matrix is believed. Rows and columns are found by id.
    assert travel_seconds(net, spec, ["a", "b", "c"])[0].tolist() == [[0, 600, 3000], [720, 0, 600], [3030, 600, 0]]
    assert (net.classes, roads_for_map(net)) == ((), [])


def test_bands_of_all_classes_apply(read: Callable[..., tuple[Network, Spec]]) -> None:
    net, spec = read(GOOD, bands={"all": {"peak": 1.5}}, time_factor=2.0)
    times = travel_seconds(net, spec, ["a", "b"])
    assert times[0].tolist() == [[0, 1800], [2160, 0]]
    assert times[1].tolist() == [[0, 1200], [1440, 0]]
    with pytest.raises(NetworkError, match="road class"):
        read(GOOD, bands={"expressway": {"peak": 1.5}})


def test_inf_says_that_no_road_leads(read: Callable[..., tuple[Network, Spec]]) -> None:
    net, spec = read("\ufeffid,a,b,c\na,0,10,inf\nb,10,0,inf\nc,inf,30,0\n")
    assert travel_seconds(net, spec, ["a", "b", "c"])[2].tolist() == [[0, 600, -1], [600, 0, -1], [-1, 1800, 0]]
    assert components(net) == (("a", "b"), ("c",))  # a way out of c is no way back
    assert [part.towns for part in cut_off(net)] == [("c",)]


@pytest.mark.parametrize(
    ("cell", "words"),
    [("-5", "negative"), ("nan", "a number of minutes"), ("", "missing"), ("ten", "a number of minutes")],
)
def test_bad_cells(problems: Callable[[str], list[Problem]], cell: str, words: str) -> None:
    found = problems(f"id,a,b,c\na,0,10,{cell}\nb,{cell},0,1\nc,1,1,0\n")
    assert [p.path for p in found] == ["minutes.csv row a, column c", "minutes.csv row b, column a"]
    assert all(words in p.message and "inf" in p.remedy for p in found)


def test_a_node_is_at_itself(problems: Callable[[str], list[Problem]]) -> None:
    assert "0 minutes from itself" in problems("id,a,b,c\na,3,1,1\nb,1,0,1\nc,1,1,0\n")[0].message


def test_ids_must_be_those_of_the_nodes(problems: Callable[[str], list[Problem]]) -> None:
    text = "id,a,b,d\na,0,1,1\nb,1,0,1\nb,1,1,0\n"
    found = [str(p) for p in problems(text)]
    assert len(found) == 4
    assert "header" in found[0]
    assert "no node of this name" in found[0]
    assert '"c" is missing' in found[1]
    assert "twice" in found[2]
    assert '"c" is missing' in found[3]


def test_the_matrix_must_be_square(problems: Callable[[str], list[Problem]]) -> None:
    found = problems("id,a,b,c\na,0,1,1\nb,1,0\n")
    assert [p.message for p in found][:2] == ["the matrix must be square", "3 values are needed"]
    assert found[0].value == "2 rows, 3 columns"


def test_many_bad_cells_are_summed_up(tmp_path: Path, spec: Callable[..., Spec]) -> None:
    ids = [f"n{i}" for i in range(8)]
    rows = [",".join([one, *("-1" for _ in ids)]) for one in ids]
    (tmp_path / "m.csv").write_text("\n".join([",".join(["id", *ids]), *rows]), encoding="utf-8")
    with pytest.raises(NetworkError) as caught:
        load(spec([{"id": one} for one in ids], matrix="m.csv"), tmp_path)
    assert len(caught.value.problems) == 11
    assert caught.value.problems[-1].message == "54 more cells are wrong"


def test_files_that_cannot_be_read(tmp_path: Path, spec: Callable[..., Spec]) -> None:
    (tmp_path / "latin.csv").write_bytes("id,é\n".encode("latin-1"))
    (tmp_path / "empty.csv").write_text("\n", encoding="utf-8")
    words = {"none.csv": "no such file", "latin.csv": "not UTF-8", "empty.csv": "is empty", ".": "not a folder"}
    for name, word in words.items():
        with pytest.raises(NetworkError) as caught:
            load(spec(NODES, matrix=name), tmp_path)
        assert word in caught.value.problems[0].message
        assert str(tmp_path) not in str(caught.value)
