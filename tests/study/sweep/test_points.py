"""GRID.toml: the points that it makes, and everything that can be wrong with it."""

from __future__ import annotations

import copy
import datetime as dt
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.study.sweep.points import Plan, plan


def points(made: Plan) -> list[dict[str, Any]]:
    return [made.point(k) for k in range(len(made))]


def problems(scenario: sv.Scenario, grid: Any) -> dict[str, str]:
    with pytest.raises(sv.ScenarioError) as found:
        plan(scenario, grid)
    return {p.path: f"{p.message} → {p.remedy}" for p in found.value.problems}


def test_every_combination_the_last_fastest(brief: sv.Scenario) -> None:
    grid = {
        "grid": {"stations.a.engineers": [1, 2], "staff.set_out": ["5 min", "10 min"]},
        "list": [{"staff.out_of_hours": "off"}, {"desk": None}],
    }
    assert points(plan(brief, grid))[:3] == [
        {"stations.a.engineers": 1, "staff.set_out": "5 min", "staff.out_of_hours": "off"},
        {"stations.a.engineers": 1, "staff.set_out": "5 min", "desk": None},
        {"stations.a.engineers": 1, "staff.set_out": "10 min", "staff.out_of_hours": "off"},
    ]
    assert len(plan(brief, grid)) == 8


def test_paths_with_and_without_quotes_are_the_same(brief: sv.Scenario, tmp_path: Path) -> None:
    file = tmp_path / "g.toml"
    file.write_text('[grid]\nstations.a.engineers = [1, 2]\n"staff.out_of_hours" = ["off"]\nas_of = [2018-06-30]\n')
    (first, _) = points(plan(brief, file))
    assert first == {"stations.a.engineers": 1, "staff.out_of_hours": "off", "network.as_of": dt.date(2018, 6, 30)}


@pytest.mark.parametrize(
    ("path", "given", "values"),
    [
        ("stations.a.engineers", {"low": 2, "high": 4}, [2, 3, 4]),
        ("stations.a.engineers", {"low": 1, "high": 4, "steps": 9}, [1, 2, 3, 4]),
        ("staff.set_out", {"low": "30 min", "high": "1 h", "steps": 3}, ["30 min", "45 min", "1 h"]),
        ("network.time_factor", {"low": 0.5, "high": 2, "steps": 3, "scale": "log"}, [0.5, 1.0, 2]),
        ("products.p.rate", {"low": "1 /d", "high": "2 /d", "steps": 3}, ["1 /d", "1.5 /d", "2 /d"]),
        ("assumptions.rate", "ledger", ["1 /d", "3 /d", "6 /d"]),
        ("assumptions.duty", "ledger", ["off", "on-call"]),
    ],
)
def test_ranges_of_a_grid(brief: sv.Scenario, path: str, given: Any, values: list[Any]) -> None:
    assert [p[path] for p in points(plan(brief, {"grid": {path: given}}))] == values


def test_a_latin_hypercube_has_one_point_in_each_slice(brief: sv.Scenario) -> None:
    over = {"assumptions.*": "ledger", "stations.a.engineers": {"low": 1, "high": 4}, "network.time_factor": [1, 2]}
    made = plan(brief, {"lhs": {"points": 40, "over": over}})
    table = [[c.cell(p) for c in made.columns] for p in points(made)]
    named = {c.name: np.array(column) for c, column in zip(made.columns, zip(*table, strict=True), strict=True)}
    # Five per day of a width of one in forty; whole numbers and listed values each equally often.
    assert sorted(((named["assumptions.rate [/d]"] - 1) / 5 * 40).astype(int)) == list(range(40))
    assert sorted(((named["assumptions.work [min]"] - 30) / 150 * 40).astype(int)) == list(range(40))
    assert np.bincount(named["stations.a.engineers"]).tolist() == [0, 10, 10, 10, 10]
    assert np.unique(named["network.time_factor"], return_counts=True)[1].tolist() == [20, 20]
    assert np.unique(named["assumptions.duty"], return_counts=True)[1].tolist() == [20, 20]


def test_sobol_points_halve_every_range_evenly(brief: sv.Scenario) -> None:
    over = {"assumptions.rate": "ledger", "assumptions.work": "ledger"}
    made = plan(brief, {"sobol": {"points": 64, "over": over}})
    table = np.array([[c.cell(p) for c in made.columns] for p in points(made)])
    high = (table - [1, 30]) / [5, 150] >= 0.5
    assert np.bincount(high @ [1, 2]).tolist() == [16, 16, 16, 16]


def test_the_seed_of_a_sample_chooses_its_points(brief: sv.Scenario) -> None:
    drawn = [
        points(plan(brief, {"seed": seed, "lhs": {"points": 4, "seed": own, "over": {"assumptions.rate": "ledger"}}}))
        for seed, own in ((1, 1), (2, 1), (1, 2))
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_what_is_named_by_itself_is_not_drawn_again(brief: sv.Scenario) -> None:
    grid = {"grid": {"products.p.rate": ["1 /d"]}, "lhs": {"points": 2, "over": {"assumptions.*": "ledger"}}}
    assert list(points(plan(brief, grid))[0]) == ["products.p.rate", "assumptions.work", "assumptions.duty"]


def test_prices_are_not_drawn_unless_they_are_named(brief: sv.Scenario) -> None:
    raw = copy.deepcopy(brief.raw)
    raw["sizing"] = {"costs": {"agent": 70000}}
    raw["assumptions"]["pay"] = raw["assumptions"]["rate"] | {"path": "sizing.costs.agent", "low": 1, "high": 90000}
    drawn = {"lhs": {"points": 2, "over": {"assumptions.*": "ledger"}}}
    assert list(points(plan(sv.from_dict(raw), drawn))[0]) == [f"assumptions.{k}" for k in ("rate", "work", "duty")]
    named = {"lhs": {"points": 2, "over": {"assumptions.pay": "ledger"}}}
    assert list(points(plan(sv.from_dict(raw), named))[0]) == ["assumptions.pay"]


def test_changes_for_all_points_come_first(brief: sv.Scenario) -> None:
    made = plan(brief, {"set": {"staff": {"set_out": "20 min"}}, "list": [{"stations.a.engineers": 2}]})
    assert made.scenario.get("staff.set_out") == "20 min"
    assert made.columns[0].base == 1


def test_columns_hold_numbers_where_figures_were_written(brief: sv.Scenario) -> None:
    rows = [
        {"staff.set_out": "1 h", "stations.a.engineers": 2},
        {"staff.out_of_hours": "off", "network.as_of": dt.date(2018, 6, 30)},
        {"staff.set_out": {"dist": "constant", "value": "5 min"}},
    ]
    made = plan(brief, {"list": rows[:2]})
    assert [c.name for c in made.columns] == [
        "staff.set_out [h]", "stations.a.engineers", "staff.out_of_hours", "network.as_of",
    ]  # fmt: skip
    cells = [[c.cell(p) for c in made.columns] for p in points(made)]
    assert cells[0][:3] == [1.0, 2, "on-call"]
    assert cells[1] == [pytest.approx(1 / 6), 1, "off", dt.date(2018, 6, 30)]
    (column, *_) = plan(brief, {"list": rows}).columns
    assert (column.name, column.kind) == ("staff.set_out", "text")


def test_everything_wrong_is_told_at_once(brief: sv.Scenario, tmp_path: Path) -> None:
    file = tmp_path / "g.toml"
    file.write_text("""
replication = 4
stations.a.engineers = [1]
[set]
staff.out_of_hour = "off"
[grid]
stations.b.engineers = [1]
stations.a.engineers = [1, "x"]
network.time_factor = 2
"staff.set_out" = { low = "1 min", high = "2 min" }
"assumptions.rat" = "ledger"
"staff.relief" = "ledger"
"products.p.rate" = { low = "3 /d", high = "1 /d", steps = 2 }
"staff.out_of_hours" = { low = "off", high = "on-call", steps = 2 }
"assumptions.*" = "ledger"
"products.p.modes.m.work" = { low = "1 h", hihg = "2 h", steps = 2 }
[[list]]
"stations.a.engineers" = "z"
[sobol]
points = 9
over = {"assumptions.work" = "ledger"}
[lhs]
points = 0
""")
    told = problems(brief, file)
    for path, words in {
        "replication": 'did you mean "replications"?',
        "stations": "write it under [grid]",
        "set.staff.out_of_hour": "staff.out_of_hours",
        'grid."stations.b.engineers"': "allowed: ",
        'grid."stations.a.engineers".1': "write it as in the scenario: 1",
        'grid."network.time_factor"': "a list of values",
        'grid."staff.set_out"': "steps",
        'grid."assumptions.rat"': "rate",
        'grid."staff.relief"': "is the range of an assumption",
        'grid."products.p.rate"': "low must be less than high",
        'grid."staff.out_of_hours"': "a range needs two figures",
        'grid."assumptions.*"': "[lhs.over]",
        'grid."products.p.modes.m.work".hihg': 'did you mean "high"?',
        'list.0."stations.a.engineers"': "may not stand at this path",
        "sobol.points": "write 8",
        "lhs.points": "must be at least 1",
        "lhs.over": "is missing",
    }.items():
        assert words in told[path], (path, told[path])


@pytest.mark.parametrize(
    ("grid", "path", "words"),
    [
        ({}, "grid", "nothing is varied"),
        ({"grid": {"assumptions.rate": ["1 /d"], "products.p.rate": ["2 /d"]}}, 'grid."products.p.rate"', "twice"),
        ({"grid": {"staff.set_out": {"low": "0 min", "high": "1 h", "steps": 2, "scale": "log"}}},
         'grid."staff.set_out"', "above 0"),
        ({"grid": {"stations.a.engineers": []}}, 'grid."stations.a.engineers"', "a list of values"),
        ({"grid": {"staff.set_out": {"low": "1 min", "high": "1 h", "steps": 10_000},
                   "network.time_factor": {"low": 1, "high": 2, "steps": 200}}}, "grid", "at most 1,000,000"),
    ],
)  # fmt: skip
def test_grids_that_make_no_sense(brief: sv.Scenario, grid: Any, path: str, words: str) -> None:
    (found,) = problems(brief, grid).items()
    assert found[0] == path
    assert words in found[1]


def test_no_file_no_toml(brief: sv.Scenario, tmp_path: Path) -> None:
    with pytest.raises(sv.ScenarioError, match="there is no such file"):
        plan(brief, tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("[grid\n")
    with pytest.raises(sv.ScenarioError, match=r"bad.toml:1.*is no TOML"):
        plan(brief, tmp_path / "bad.toml")


def test_the_example_of_the_documents_is_right(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "docs" / "sweeps.md").read_text(encoding="utf-8")
    (tmp_path / "g.toml").write_text(re.findall(r"```toml\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
    assert len(plan(sv.load("huitian-2018"), tmp_path / "g.toml")) == 3 * 2 * 4 * 3 * 2 * 64
