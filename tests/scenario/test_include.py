"""Tables that several scenarios share stand in files of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import Scenario, load, shipped

ALWAYS = """
[calendars.always]
week = { mon-sun = ["00:00-24:00"] }
"""


def including(folder: Path, text: str, shared: str, files: str = '["common/shared.toml"]') -> Path:
    """A scenario file that includes ``shared``, which lies in a folder beside it."""
    (folder / "common").mkdir(exist_ok=True)
    (folder / "common" / "shared.toml").write_text(shared, encoding="utf-8")
    path = folder / "small.toml"
    path.write_text(f"include = {files}\n{text}", encoding="utf-8")
    return path


def refused(path: Path) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    (problem,) = caught.value.problems
    return problem


def test_shared_tables_stand_beside_the_own_ones(tmp_path: Path, text: str, small: Scenario) -> None:
    found = load(including(tmp_path, text, "[calendars.nights]\nweek = { mon-sun = ['22:00-24:00'] }\n"))
    assert set(found.model.calendars) == {*small.model.calendars, "nights"}
    assert [path for path, _, _ in found.diff(small)] == ["calendars.nights.week.mon-sun.0"]


def test_what_is_moved_into_a_shared_file_leaves_the_scenario_as_it_was(
    tmp_path: Path, text: str, small: Scenario
) -> None:
    cut = text.index("[staff]"), text.index("[", text.index("[staff]") + 1)
    path = including(tmp_path, text[: cut[0]] + text[cut[1] :], text[cut[0] : cut[1]])
    assert load(path) == small
    assert load(path).hash == small.hash


def test_the_whole_scenario_is_written_out_without_its_files(tmp_path: Path, text: str) -> None:
    found = load(including(tmp_path, text, ALWAYS.replace("always", "nights")))
    alone = tmp_path / "alone.toml"
    alone.write_text(found.to_toml(), encoding="utf-8")
    assert "include" not in found.raw
    assert load(alone) == found


def test_a_change_of_a_shared_value_is_made_as_any_other(tmp_path: Path, text: str) -> None:
    path = including(tmp_path, text, ALWAYS.replace("always", "nights"))
    changed = load(path).override("calendars.nights.holidays", "closed")
    assert changed.model.calendars["nights"].holidays == "closed"
    variant = tmp_path / "variant.toml"
    variant.write_text('extends = "small.toml"\nname = "v"\n[set]\n"calendars.nights.holidays" = "closed"\n')
    assert load(variant).model.calendars["nights"].holidays == "closed"


def test_csv_files_lie_beside_the_file_that_names_them(tmp_path: Path, text: str, small: Scenario) -> None:
    rows = '[{ area = "haikou", sites = 10 }]'
    assert rows in text
    path = including(tmp_path, text.replace(f"sites = {rows}", ""), '[demand]\nsites = "sites.csv"\n')
    (tmp_path / "common" / "sites.csv").write_text("area,sites\nhaikou,10\n")
    assert load(path) == small
    (tmp_path / "common" / "sites.csv").write_text("area,sites\nhaikou,-1\n")
    assert refused(path).path == "sites.csv:2:sites"


def test_nothing_may_stand_in_both(tmp_path: Path, text: str) -> None:
    problem = refused(including(tmp_path, text, '[staff]\ncalendar = "office"\n'))
    assert problem.path == "staff.calendar"
    assert problem.message == "stands in common/shared.toml too"


def test_two_shared_files_may_not_say_the_same(tmp_path: Path, text: str) -> None:
    tables = "[calendars.nights]\nweek = { mon = ['22:00-24:00'] }\n"
    path = including(tmp_path, text, tables, '["common/shared.toml", "common/more.toml"]')
    (tmp_path / "common" / "more.toml").write_text(tables)
    assert refused(path).path == "calendars.nights.week.mon"


def test_a_file_is_included_once(tmp_path: Path, text: str) -> None:
    problem = refused(including(tmp_path, text, ALWAYS, '["common/shared.toml", "common/shared.toml"]'))
    assert (problem.path, problem.message) == ("include", "stands here twice")


@pytest.mark.parametrize(
    ("shared", "path", "remedy"),
    [
        ('name = "x"\n', "common/shared.toml: name", "into the scenario itself"),
        ("[calendar.nights]\n", "common/shared.toml: calendar", 'did you mean "calendars"'),
        ('include = ["more.toml"]\n', "common/shared.toml: include", "includes no other"),
        ('extends = "huitian-2018"\n', "common/shared.toml: extends", ""),
    ],
)
def test_only_tables_can_be_shared(tmp_path: Path, text: str, shared: str, path: str, remedy: str) -> None:
    problem = refused(including(tmp_path, text, shared))
    assert problem.path == path
    assert remedy in problem.remedy


@pytest.mark.parametrize("files", ['"common/shared.toml"', "[3]", '[""]', "{ a = 1 }"])
def test_include_is_a_list_of_names(tmp_path: Path, text: str, files: str) -> None:
    problem = refused(including(tmp_path, text, ALWAYS, files))
    assert problem.path == "include"
    assert "shared/hainan.toml" in problem.remedy


def test_a_missing_or_broken_file_is_named(tmp_path: Path, text: str) -> None:
    problem = refused(including(tmp_path, text, ALWAYS, '["common/share.toml"]'))
    assert (problem.path, problem.value) == ("include", '"common/share.toml"')
    assert 'did you mean "shared.toml"?' in problem.remedy
    assert refused(including(tmp_path, text, "[calendars\n")).path.startswith("common/shared.toml:1")


def test_shipped_tables_can_be_included_from_anywhere(tmp_path: Path) -> None:
    original = shipped.folder() / "fertiliser-supply.toml"
    mine = tmp_path / "mine.toml"
    mine.write_text(original.read_text(encoding="utf-8"), encoding="utf-8")
    shutil.copytree(original.with_suffix(""), tmp_path / "fertiliser-supply")
    assert load(mine) == load("fertiliser-supply")


def test_a_file_of_ones_own_goes_before_a_shipped_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "hainan.toml").write_text(ALWAYS.replace("always", "nights"), encoding="utf-8")
    assert "nights" in load(including(tmp_path, text, "", '["shared/hainan.toml"]')).model.calendars
