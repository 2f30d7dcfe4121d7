"""Scenario files and CSV tables as people leave them on disk."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import Scenario, load, loads

INSTALLED = """installed = [
  { area = "haikou", product = "pc", units = 500 },
  { area = "sanya", product = "pc", units = 100 },
]"""


def one(caught: pytest.ExceptionInfo[ScenarioError]) -> Problem:
    (problem,) = caught.value.problems
    return problem


def refused(path: str | Path) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return one(caught)


# ------------------------------------------------------------------------------------------------ finding and reading


def test_unknown_name_names_the_nearest_shipped() -> None:
    problem = refused("huitian-2081")
    assert problem.path == "huitian-2081"
    assert 'did you mean "huitian-2018"?' in problem.remedy


def test_name_without_suffix_beside_a_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "mine.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert 'or the file "mine.toml"' in refused("mine").remedy
    assert load("mine.toml").name == "small"


def test_missing_file_names_the_nearest_in_its_folder(tmp_path: Path, text: str) -> None:
    (tmp_path / "small.toml").write_text(text)
    assert refused(tmp_path / "smal.toml").remedy == 'did you mean "small.toml"?'
    assert "there is no folder" in refused(tmp_path / "nowhere" / "small.toml").remedy


def test_folder_given(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("")
    problem = refused(tmp_path)
    assert "not a folder" in problem.message
    assert problem.remedy == 'name a file in it: "a.toml"'


@pytest.mark.parametrize("name", ["", ".", "..", "a\0b.toml", "x" * 300 + ".toml"])
def test_names_that_are_no_files(name: str) -> None:
    assert refused(name).message


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing yet\n"])
def test_empty_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "empty.toml").write_text(content)
    problem = refused(tmp_path / "empty.toml")
    assert problem.message == "is empty"
    assert "huitian-2018" in problem.remedy


@pytest.mark.parametrize(
    ("line", "place", "word"),
    [
        ("engineers = ", "3:13", "Invalid value"),
        ("engineers = two", "3:13", "Invalid value"),
        ("engineers 2", "3:11", "Expected '='"),
        ("[stations.haikou", "3:17", "Expected ']'"),
        ('name = "b"\nname = "c"', "4:11", "overwrite"),
        ("start = 2018-02-30", "3:9", "date"),
        ("note = '''never ends", "4", "'''"),
    ],
)
def test_toml_errors_name_line_and_column(tmp_path: Path, line: str, place: str, word: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(f'format = 1\n\n{line}\nsource = "x"\n')
    problem = refused(path)
    assert problem.path.startswith(f"{path}:{place}") or word == "'''"
    assert word in problem.message
    assert "(at line" not in problem.message


def test_deep_nesting_and_huge_numbers_are_no_tracebacks(tmp_path: Path) -> None:
    for content in ("a = " + "[" * 100_000, "a = " + "9" * 10_000):
        (tmp_path / "odd.toml").write_text(content)
        assert "is no TOML" in refused(tmp_path / "odd.toml").message


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_wrong_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(text.encode(encoding))
    problem = refused(path)
    assert "is not UTF-8" in problem.message
    assert "UTF-8" in problem.remedy
    if encoding == "gbk":
        assert problem.path == f"{path}:2"


def test_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path, text: str, small: Scenario) -> None:
    (tmp_path / "small.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(tmp_path / "small.toml") == small


# ------------------------------------------------------------------------------------------------------------- CSV


def with_csv(tmp_path: Path, text: str, content: str | bytes) -> Path:
    (tmp_path / "tables").mkdir(exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "tables" / "installed.csv").write_bytes(data)
    path = tmp_path / "small.toml"
    path.write_text(text.replace(INSTALLED, 'installed = "tables/installed.csv"'))
    return path


def csv_problems(tmp_path: Path, text: str, content: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioError) as caught:
        load(with_csv(tmp_path, text, content))
    assert all(p.remedy for p in caught.value.problems)
    return [(p.path, p.value) for p in caught.value.problems]


def test_csv_in_place_of_a_table_is_the_same_scenario(tmp_path: Path, text: str, small: Scenario) -> None:
    content = "product,area,units,source\npc,haikou,500,client's list\n\npc,sanya , 100,\n"
    assert load(with_csv(tmp_path, text, content)) == small
    assert load(with_csv(tmp_path, text, b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode())) == small


def test_all_csv_fields(tmp_path: Path, text: str) -> None:
    (tmp_path / "sites.csv").write_text("area,sites\nhaikou,10\n")
    (tmp_path / "levels.csv").write_text("station,part,base_stock\nhaikou,psu,4\n")
    (tmp_path / "nodes.csv").write_text(
        "id,name_zh,lat,lon,kind,population\nhaikou,海口,20.03,110.3,seat,\nsanya,,,,,5.5\n"
    )
    (tmp_path / "roads.csv").write_text("from,to,class,minutes,opening_date\nhaikou,sanya,expressway,200,1995-12-01\n")
    text = text.replace('sites = [{ area = "haikou", sites = 10 }]', 'sites = "sites.csv"')
    text = text.replace('levels = [{ station = "haikou", part = "psu", base_stock = 4 }]', 'levels = "levels.csv"')
    text = text.replace('source = "hainan"', 'source = "own"\nnodes = "nodes.csv"\nroads = "roads.csv"')
    model = loads(text, base=tmp_path).model
    assert model.network.nodes is not None
    assert model.network.roads is not None
    assert (model.network.nodes[0].lat, model.network.nodes[0].population) == (20.03, None)
    assert (model.network.nodes[1].kind, model.network.nodes[1].population) == ("town", 5.5)
    assert model.network.roads[0].road_class == "expressway"
    assert model.network.roads[0].opening_date == dt.date(1995, 12, 1)
    assert model.demand.sites[0].sites == 10
    assert model.stock.levels[0].base_stock == 4


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [("demand.installed", '"tables/installed.csv"')]),
        ("area,product,unit\nhaikou,pc,5\n", [("1:unit", "unit"), ("1:units", "")]),
        ("area,product,units,units\nhaikou,pc,5,6\n", [("1:units", "units")]),
        ("area;product\n", [("1:area;product", None), ("1:area", ""), ("1:product", ""), ("1:units", "")]),
        ("area,product,units\nhaikou,pc,many\nsanya,pc,1.5\n", [("2:units", "many"), ("3:units", "1.5")]),
        ("area,product,units\n\nhaikou,pc,\n,pc,3\n", [("3:units", ""), ("4:area", "")]),
        ("area,product,units\nhaikou,pc,1,2\n", [("2", "haikou,pc,1,2")]),
        ("area,product,units\nhaikou,pc\n", [("2:units", "")]),
        ("area,product,units\nhaikou,pc,-5\n", [("2:units", "-5")]),
        ("area,product,units\nhaikou,pc,5\n\nsanya,pcs,1\n", [("4:product", '"pcs"')]),
        ("area,product,units\nhaikou,pc,5\nhaikou,pc,1\n", [("3", None)]),
        ('area,product,units\n"haikou,pc,5\n', [("2", "")]),
        ("area,product,units\nhaikou,pc,5\n# 海口\n".encode("gbk"), [("3", "")]),
    ],
)  # fmt: skip
def test_csv_errors_name_file_row_and_column(
    tmp_path: Path, text: str, content: str | bytes, expected: list[tuple[str, str | None]]
) -> None:
    found = csv_problems(tmp_path, text, content)
    places = [p if p.startswith("demand") else f"tables/installed.csv:{p}" for p, _ in expected]
    assert [p for p, _ in found] == places
    assert all(value is None or value == shown for (_, value), (_, shown) in zip(expected, found, strict=True))


def test_semicolons_are_explained(tmp_path: Path, text: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(with_csv(tmp_path, text, "area;product;units\n"))
    assert caught.value.problems[0].remedy == "separate the columns by commas"


def test_missing_csv_names_the_nearest(tmp_path: Path, text: str) -> None:
    path = with_csv(tmp_path, text, "area,product,units\n")
    path.write_text(path.read_text().replace("installed.csv", "instaled.csv"))
    problem = refused(path)
    assert (problem.path, problem.value) == ("demand.installed", '"tables/instaled.csv"')
    assert problem.remedy == 'did you mean "installed.csv"?'


def test_csv_problems_stand_beside_the_others(tmp_path: Path, text: str) -> None:
    path = with_csv(tmp_path, text, "area,product,units\nhaikou,pc,5\nsanya,tv,5\n")
    path.write_text(path.read_text().replace("engineers = 2", "engineers = -2"))
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert [p.path for p in caught.value.problems] == ["stations.haikou.engineers", "tables/installed.csv:3:product"]
