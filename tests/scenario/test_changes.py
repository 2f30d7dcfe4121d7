"""Overrides and variants: what they change, what they refuse, and how the ledger keeps step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import Scenario, from_dict, load, loads, shipped
from simsvc.scenario.paths import literal


def refused(scenario: Scenario, changes: dict[str, Any]) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        scenario.replace(**changes)
    return caught.value.problems


# -------------------------------------------------------------------------------------------------------- overrides


def test_override_makes_a_new_scenario(small: Scenario) -> None:
    more = small.override("stations.haikou.engineers", 3)
    assert more.model.stations["haikou"].engineers == 3
    assert small.model.stations["haikou"].engineers == 2
    assert small.diff(more) == [("stations.haikou.engineers", 2, 3)]
    assert more.changes == {"stations.haikou.engineers": 3}
    assert more.override("stations.haikou.engineers", 2) == small


def test_paths_into_lists_maps_and_keys_not_yet_written(small: Scenario) -> None:
    changed = small.replace(
        **{
            "clauses.A09.parts.0.limit": "3 h",
            "demand.installed.1.units": 7,
            "network.bands.expressway": {"rain": 1.2},
            "dispatch.free_when": "when-home",
            "stations.danzhou": {"name": {"en": "Danzhou"}, "node": "danzhou", "engineers": 1},
        }
    )
    assert changed.get("clauses.A09.parts.0.limit") == "3 h"
    assert changed.model.demand.installed[1].units == 7
    assert changed.model.network.bands["expressway"] == {"rain": 1.2}
    assert changed.model.dispatch.free_when == "when-home"
    assert list(changed.model.stations) == ["haikou", "sanya", "danzhou"]


def test_none_takes_a_key_away(small: Scenario) -> None:
    assert small.override("products.pc.profile", None).model.products["pc"].profile is None
    assert refused(small, {"staff.calendar": None})[0].path == "staff.calendar"


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("stations.haikoo.engineers", "stations.haikou"),
        ("stations.haikou.enginers", "stations.haikou.engineers"),
        ("station.haikou.engineers", "stations"),
        ("staff.set_out.mean", "nothing stands below"),
        ("clauses.A09.parts.7.limit", 'allowed: "0", "1"'),
        ("assumptions.acess", "access"),
        ("network.bands.all.rush", 'allowed: "peak"'),
    ],
)
def test_unknown_path_names_the_nearest(small: Scenario, path: str, nearest: str) -> None:
    (problem,) = refused(small, {path: 3})
    assert nearest in problem.remedy
    assert problem.value == "3"


@pytest.mark.parametrize("path", ["", ".", "a..b", "staff.", ".staff", 'staff."x', "staff x"])
def test_malformed_path(small: Scenario, path: str) -> None:
    assert "joined by dots" in refused(small, {path: 3})[0].remedy


def test_all_bad_changes_are_listed(small: Scenario) -> None:
    assert [p.path for p in refused(small, {"staff.x": 1, "time.y": 2})] == ["staff.x", "time.y"]
    assert [p.path for p in refused(small, {"staff.set_out": 1, "time.drain": 2})] == ["time.drain", "staff.set_out"]


def test_text_from_the_command_line_is_toml_or_itself() -> None:
    assert literal("3") == 3
    assert literal("0.5") == 0.5
    assert literal("true") is True
    assert literal('["haikou", "dingan"]') == ["haikou", "dingan"]
    assert literal('{ dist = "gamma", mean = "1 h", cv = 0.5 }') == {"dist": "gamma", "mean": "1 h", "cv": 0.5}
    assert literal("2018-06-30").isoformat() == "2018-06-30"
    assert literal('"quoted"') == "quoted"
    for text in ("75 min", "off", "08:30", "08:00-18:00", "3 %", "", "0.8 /year", "1\nx = 2", "海口"):
        assert literal(text) == text


# ----------------------------------------------------------------------------------------------------------- ledger


def test_ledger_reads_its_base_from_the_path(small: Scenario) -> None:
    (entry,) = small.ledger()
    assert (entry.id, entry.path, entry.base, entry.low, entry.high) == (
        "access",
        "staff.site_access",
        "8 min",
        "2 min",
        "20 min",
    )


def test_an_assumption_can_be_set_by_its_name(small: Scenario) -> None:
    changed = small.override("assumptions.access", "12 min")
    assert changed.model.staff.site_access.mean_s == 720
    assert changed.ledger()[0].base == "12 min"
    assert changed.model.assumptions["access"].base == "12 min"


def test_what_lies_outside_the_range_widens_it(small: Scenario) -> None:
    assert small.override("assumptions.access", "30 min").ledger()[0].high == "30 min"
    assert small.override("staff.site_access", "1 min").ledger()[0].low == "1 min"
    assert loads(small.override("staff.site_access", "1 min").to_toml()).ledger()[0].low == "1 min"


def test_a_figure_at_several_places_moves_together_or_parts_company(raw: dict[str, Any]) -> None:
    raw["assumptions"]["access"]["also"] = ["desk.work", "remote.work"]
    raw["desk"]["work"] = raw["remote"]["work"] = "480 s"
    both = from_dict(raw)
    moved = both.override("assumptions.access", "5 min")
    assert [moved.get(p) for p in ("staff.site_access", "desk.work", "remote.work")] == ["5 min"] * 3
    assert moved.ledger()[0].also == ("desk.work", "remote.work")
    assert both.override("desk.work", "5 min").ledger()[0].also == ("remote.work",)
    assert both.override("desk.work", "8 min").ledger()[0].also == ("desk.work", "remote.work")


def test_words_are_assumptions_too(raw: dict[str, Any]) -> None:
    raw["assumptions"]["out"] = {
        **raw["assumptions"]["access"],
        "path": "staff.out_of_hours",
        "base": "on-call",
        "low": "off",
        "high": "on-call",
    }
    assert from_dict(raw).override("assumptions.out", "off").ledger()[1].base == "off"
    raw["assumptions"]["out"]["low"] = "never"
    with pytest.raises(ScenarioError, match=r"assumptions\.out\.low: may not stand at staff\.out_of_hours"):
        from_dict(raw)


def test_diff_ignores_defaults_that_are_written(small: Scenario) -> None:
    assert small.diff(small.override("dispatch.who", "own")) == []
    assert small.diff(small.override("network.time_factor", 1)) == []
    assert small.diff(small.override("network.time_factor", 2)) == [("network.time_factor", 1.0, 2)]


# --------------------------------------------------------------------------------------------------------- variants


def variant(folder: Path, text: str, name: str = "variant.toml") -> Scenario:
    (folder / name).write_text(text)
    return load(folder / name)


@pytest.fixture
def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "small.toml").write_text(text)
    return tmp_path


def test_variant_by_quoted_and_plain_paths(folder: Path, small: Scenario) -> None:
    quoted = variant(
        folder,
        'extends = "small.toml"\nname = "off"\ntitle = { en = "Office hours" }\n'
        '[set]\n"staff.out_of_hours" = "off"\n"network.as_of" = 2018-10-31\n',
    )
    plain = variant(
        folder,
        'extends = "small"\n[set]\nname = "off"\ntitle = { en = "Office hours", zh = "小岛" }\n'
        'staff.out_of_hours = "off"\nnetwork.as_of = 2018-10-31\n',
    )
    assert [path for path, _, _ in small.diff(quoted)] == [
        "name",
        "network.as_of",
        "staff.out_of_hours",
        "title.en",
        "title.zh",
    ]
    assert plain.model.staff == quoted.model.staff
    assert plain.model.network == quoted.model.network
    assert plain.changes["staff.out_of_hours"] == "off"


def test_variant_of_a_shipped_scenario(tmp_path: Path) -> None:
    changed = variant(tmp_path, 'extends = "huitian-2018"\nname = "mine"\n[set]\n"stations.haikou.engineers" = 4\n')
    assert [d for d in load("huitian-2018").diff(changed) if d[0] != "name"] == [("stations.haikou.engineers", 2, 4)]


def test_variant_of_a_variant_in_another_folder(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "installed.csv").write_text("area,product,units\nhaikou,pc,9\n")
    (folder / "sub" / "sites.csv").write_text("area,sites\nsanya,3\n")
    variant(folder, 'extends = "small"\nname = "one"\n[set]\ndemand.installed = "installed.csv"\n', "one.toml")
    two = variant(
        folder / "sub", 'extends = "../one.toml"\nname = "two"\n[set]\ndemand.sites = "sites.csv"\ndemand.scale = 2\n'
    )
    assert [(r.area, r.units) for r in two.model.demand.installed] == [("haikou", 9)]
    assert [(r.area, r.sites) for r in two.model.demand.sites] == [("sanya", 3)]
    assert two.model.demand.scale == 2
    assert loads(two.to_toml()) == two


def test_a_matrix_stays_with_its_parent(folder: Path, text: str) -> None:
    own = text.replace('source = "hainan"', 'source = "own"\nnodes = [{ id = "haikou" }]\nmatrix = "minutes.csv"')
    (folder / "minutes.csv").write_text("from,haikou\nhaikou,0\n")
    (folder / "sub").mkdir()
    base = variant(folder, own, "own.toml")
    moved = variant(folder / "sub", 'extends = "../own.toml"\nname = "moved"\n')
    assert moved.folder is not None
    assert (moved.folder / str(moved.model.network.matrix)).read_text() == "from,haikou\nhaikou,0\n"
    assert moved.override("name", "small").hash == base.hash


def test_a_distribution_that_names_its_kind_is_replaced_and_other_tables_are_merged(folder: Path) -> None:
    changed = variant(
        folder,
        'extends = "small"\nname = "v"\n[set]\n'
        'staff.mobilisation = { dist = "uniform", low = "10 min", high = "40 min" }\n'
        'staff.relief = { rule = "cover" }\nproducts.pc.modes.board.work.mean = "50 min"\n',
    )
    assert changed.raw["staff"]["mobilisation"] == {"dist": "uniform", "low": "10 min", "high": "40 min"}
    assert changed.raw["products"]["pc"]["modes"]["board"]["work"] == {"dist": "gamma", "mean": "50 min", "cv": 0.8}
    assert changed.raw["staff"]["calendar"] == "office"


@pytest.mark.parametrize(
    ("content", "path", "remedy"),
    [
        ('extends = "smal"\nname = "v"\n', "extends", 'did you mean "small"'),
        ('extends = "smal.toml"\nname = "v"\n', "extends", 'did you mean "small.toml"'),
        ('extends = 3\nname = "v"\n', "extends", "huitian-2018"),
        ('extends = "small"\n', "name", 'add name = "small-variant"'),
        ('extends = "small"\nname = "small"\n', "name", 'add name = "small-variant"'),
        ('extends = "small"\nname = "v"\n[staff]\nout_of_hours = "off"\n', "staff", 'under [set], as "staff.…"'),
        ('extends = "small"\nname = "v"\nset = 3\n', "set", "[set] with"),
        ('extends = "small"\nname = "v"\nsets = { }\n', "sets", 'did you mean "set"'),
        (
            'extends = "small"\nname = "v"\n[set]\n"staff.out_off_hours" = "off"\n',
            "set.staff.out_off_hours",
            "out_of_hours",
        ),
        (
            'extends = "small"\nname = "v"\n[set]\nstaff.out_off_hours = "off"\n',
            "set.staff.out_off_hours",
            "out_of_hours",
        ),
        ('extends = "small"\nname = "v"\n[set]\n"staff..x" = "off"\n', "staff..x", "joined by dots"),
        ('extends = "small"\nname = "v"\n[set]\n"staff.out_of_hours" = "of"\n', "staff.out_of_hours", '"off"'),
        ('name = "v"\n[set]\n"staff.out_of_hours" = "off"\n', "set", "extends ="),
    ],
)
def test_variant_mistakes(folder: Path, content: str, path: str, remedy: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        variant(folder, content)
    (problem,) = caught.value.problems
    assert problem.path == path
    assert remedy in problem.remedy


def test_circles_are_named(folder: Path) -> None:
    (folder / "a.toml").write_text('extends = "b"\nname = "a"\n')
    (folder / "b.toml").write_text('extends = "a.toml"\nname = "b"\n')
    with pytest.raises(ScenarioError, match=r"a\.toml → b\.toml → a\.toml"):
        load(folder / "a.toml")
    (folder / "self.toml").write_text('extends = "self"\nname = "b"\n')
    with pytest.raises(ScenarioError, match="circle"):
        load(folder / "self.toml")


def test_shipped_scenarios_are_named_as_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(shipped, "folder", tmp_path.resolve)
    (tmp_path / "other.toml").write_text(text)
    with pytest.raises(ScenarioError) as caught:
        load("other")
    assert [(p.path, p.value, p.remedy) for p in caught.value.problems] == [("name", '"small"', 'write "other"')]
