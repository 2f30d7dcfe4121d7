"""run, validate, explain, network: what they print, write and return."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from simsvc.cli.app import app
from simsvc.cli.output import print_table

KEYS = {
    "id", "part", "reading", "kind", "area", "population", "cases", "estimate", "low", "high", "target", "verdict",
    "reasons",
}  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("judged")
    files = {"--json": folder / "v.json", "--report": folder / "v.html"}
    arguments = [str(x) for pair in files.items() for x in pair]
    command = ["validate", "huitian-2018", "-n", "2", "--workers", "1", *arguments]
    result = CliRunner().invoke(app, command, env={"COLUMNS": "160"})
    return (
        result,
        json.loads(files["--json"].read_text(encoding="utf-8")),
        files["--report"].read_text(encoding="utf-8"),
    )


def test_validate_judges_every_row_of_the_document(judged: Any) -> None:
    result, data, _ = judged
    wanted = {f"A{n:02d}" for n in range(1, 20)} | {"X01"}
    assert {clause["id"] for clause in data["clauses"]} == wanted
    assert all(set(clause) >= KEYS for clause in data["clauses"])
    assert all(clause in result.stdout for clause in wanted)


def test_two_replications_decide_no_share_but_the_plan_fails(judged: Any) -> None:
    result, data, _ = judged
    shares = [c for c in data["clauses"] if c["kind"] == "sim" and c["cases"]]
    assert {c["verdict"] for c in shares} == {"undecided"}
    assert result.exit_code == 1
    assert (data["scenario"], data["seed"], data["replications"]) == ("huitian-2018", 1, 2)


def test_a_changed_plan_does_not_pass_for_the_one_that_bears_its_name(run: Any) -> None:
    change = "stations.danzhou.engineers=2"
    result = run("validate", "huitian-2018", "-n", "1", "--workers", "1", "--set", change, "--json", "-")
    data = json.loads(result.stdout)
    assert data["provenance"]["changes"] == {"stations.danzhou.engineers": "2"}
    (line,) = [t for t in data["trust"] if t["what_en"].startswith("Changed against")]
    assert "stations.danzhou.engineers = 2" in line["finding_zh"]


def test_the_report_needs_nothing_from_outside(judged: Any) -> None:
    page = judged[2]
    assert 'src="http' not in page
    assert "<link" not in page
    assert "A09" in page


def test_a_stored_validation_gives_the_same_page(run: Any, judged: Any, tmp_path: Path) -> None:
    stored, page = tmp_path / "v.json", tmp_path / "v.html"
    stored.write_text(json.dumps(judged[1]), encoding="utf-8")
    assert run("report", stored, page).exit_code == 0
    assert page.read_text(encoding="utf-8") == judged[2]
    assert run("report", tmp_path / "none.json", page).exit_code == 2


def test_explain_tells_the_worst_miss(run: Any) -> None:
    result = run("explain", "huitian-2018", "--json", "-")
    story = json.loads(result.stdout)
    assert result.exit_code == 0
    assert story["time_to_site_min"] > 120
    assert [m["second"] for m in story["moments"]] == sorted(m["second"] for m in story["moments"])
    made_of = sum(piece["minutes"] for piece in story["made_of"])
    assert made_of == pytest.approx(story["time_to_site_min"])


def test_explain_in_chinese_has_no_english_weekday(run: Any) -> None:
    told = run("explain", "huitian-2018", "-l", "zh").stdout
    assert "huitian-2018，第 0 次重复" in told
    assert re.search(r"\d{4}-\d\d-\d\d 周[一二三四五六日] \d\d:", told)
    assert not re.search(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b", told)


def test_the_hint_on_findings_can_be_typed(run: Any, tmp_path: Path) -> None:
    """A scenario is named as it was given, so that the hint finds the file again."""
    run("new", tmp_path / "bid.toml", "--like", "fertiliser-supply")
    told = run("validate", tmp_path / "bid.toml", "-n", "1", "--workers", "1").stdout
    assert f"simsvc check {tmp_path / 'bid.toml'}" in "".join(told.split("\n"))


def test_tables_without_headings_are_not_cut() -> None:
    console = Console(width=40, markup=False)
    with console.capture() as captured:
        print_table(console, "", (), [("甲", "核查内容很长而且没有空格可以断行" * 4)])
    assert captured.get().count("断") == 4
    assert "…" not in captured.get()


def test_explain_refuses_a_ticket_that_is_not_there(run: Any) -> None:
    result = run("explain", "huitian-2018", "--ticket", "99999999")
    assert result.exit_code == 2
    assert "ticket = 99999999" in result.stderr
    assert "0 to" in result.stderr


def test_network_prints_the_table_and_draws_the_map(run: Any, tmp_path: Path) -> None:
    picture = tmp_path / "map.svg"
    result = run("network", "huitian-2018", "--language", "zh", "--map", str(picture))
    assert result.exit_code == 0
    assert "王下乡 140" in result.stdout
    assert "海口" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(("option", "value"), [("--limit", "2 hours"), ("--map", "map.bmp")])
def test_network_refuses_what_it_does_not_know(run: Any, option: str, value: str) -> None:
    result = run("network", "huitian-2018", option, value)
    assert result.exit_code == 2
    assert value in result.stderr


def test_run_writes_whole_tables_once(run: Any, tmp_path: Path) -> None:
    import pandas as pd

    folder = tmp_path / "out"
    result = run("run", "huitian-2018", "-n", "1", "--workers", "1", "--out", str(folder), "--json", "-")
    data = json.loads(result.stdout)
    tickets = pd.read_parquet(folder / "tickets.parquet")
    assert len(tickets) == data["rows"]["tickets"]
    assert (tickets["arrived"] >= tickets["reported"])[tickets["arrived"].notna()].all()
    again = run("run", "huitian-2018", "-n", "1", "--out", str(folder))
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert run("validate", str(folder / "scenario.toml"), "-n", "0").exit_code == 2
