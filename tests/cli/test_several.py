"""``validate`` with several scenarios: tables, summary, one JSON, exit codes; bad input stops nothing but itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simsvc.scenario import documents, names

FAST = ("-n", "1", "--workers", "1")


@pytest.fixture
def pair(own: Any, tmp_path: Path) -> list[Path]:
    """Two scenarios: one replication leaves the share of the first undecided, the plan of the second holds."""
    on_site = {"kind": "sim", "measure": "time_to_site", "limit": "2 h"}
    parts = {"small": on_site, "easy": {"kind": "plan", "rule": "ticket_fields"}}
    desk = {"shifts": [{"calendar": "always", "agents": 1}], "work": "1 min"}
    paths = []
    for name, part in parts.items():
        clauses = {"E01": {"text": {"en": f"A promise of {name}"}, "parts": [part]}}
        paths.append(tmp_path / f"{name}.toml")
        made = own(name=name, clauses=clauses, desk=desk, time={"drain": "1 d"})
        paths[-1].write_text(made.to_toml(), encoding="utf-8")
    return paths


def test_one_after_another_with_a_closing_table(run: Any, pair: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    result = run("validate", *pair, *FAST, "--json", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    assert [v["scenario"] for v in data["validations"]] == ["small", "easy"]
    assert (data["format"], data["refused"]) == (1, [])
    summary = result.stdout[result.stdout.index("All scenarios") :].splitlines()
    assert [line.split()[0] for line in summary[4:6]] == ["small", "easy"]
    assert summary[5].split()[1:] == ["1", "0", "0", "0", "0", "holds"]
    assert "undecided" in summary[4]
    assert result.exit_code == 3


def test_each_is_what_it_is_by_itself(run: Any, pair: list[Path]) -> None:
    both = json.loads(run("validate", *pair, *FAST, "--json", "-").stdout)
    alone = [json.loads(run("validate", path, *FAST, "--json", "-").stdout) for path in pair]
    assert both["validations"] == alone


def test_bad_input_stops_nothing_but_itself(run: Any, pair: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    result = run("validate", "no-such", pair[1], *FAST, "--json", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    assert result.exit_code == 2
    assert "there is no scenario of this name" in result.stderr
    assert [v["scenario"] for v in data["validations"]] == ["easy"]
    assert [(r["scenario"], r["problems"][0]["path"]) for r in data["refused"]] == [("no-such", "no-such")]
    assert "bad input" in result.stdout


def test_what_comes_to_light_only_when_it_is_run(run: Any, pair: list[Path]) -> None:
    """A node that the network doesn't have: the scenario is sound by itself and is refused as the case is built."""
    pair[0].write_text(pair[0].read_text().replace('node = "a"', 'node = "b"'))
    result = run("validate", *pair, *FAST)
    assert result.exit_code == 2
    assert "stations.a.node = b" in result.stderr
    assert "E01" in result.stdout


def test_an_interrupt_keeps_what_is_done(
    run: Any, pair: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simsvc import study

    done, file = [], tmp_path / "all.json"
    original = study.validate

    def interrupted(scenario: Any, **options: Any) -> Any:
        if done:
            raise KeyboardInterrupt
        done.append(scenario.name)
        return original(scenario, **options)

    monkeypatch.setattr(study, "validate", interrupted)
    assert run("validate", *pair, *FAST, "--json", file).exit_code == 130
    assert [v["scenario"] for v in json.loads(file.read_text(encoding="utf-8"))["validations"]] == ["small"]


@pytest.mark.parametrize(
    ("codes", "bad", "code"),
    [([0, 0], False, 0), ([0, 3], False, 3), ([3, 1], False, 1), ([1, 0], True, 2), ([], True, 2)],
)
def test_exit_codes(codes: list[int], bad: bool, code: int) -> None:
    from types import SimpleNamespace

    from simsvc.cli.several import Outcome

    judged: Any = {str(k): SimpleNamespace(exit_code=c) for k, c in enumerate(codes)}
    assert Outcome((), judged, {"x": []} if bad else {}).exit_code == code


def test_pages_into_a_folder(run: Any, pair: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    assert run("validate", *pair, *FAST, "--report", folder).exit_code == 3
    assert sorted(p.name for p in folder.iterdir()) == ["easy.html", "small.html"]


def test_two_of_one_name_would_overwrite_each_other(run: Any, pair: list[Path], tmp_path: Path) -> None:
    again = tmp_path / "again.toml"
    again.write_bytes(pair[1].read_bytes())
    result = run("validate", pair[1], again, *FAST, "--json", "-")
    assert result.exit_code == 2
    assert "are both named so" in result.stderr
    assert len(json.loads(result.stdout)["validations"]) == 1


def test_a_change_goes_to_each(run: Any, pair: list[Path]) -> None:
    result = run("validate", *pair, *FAST, "--set", "demand.scale=2", "--json", "-")
    changes = [v["provenance"]["changes"] for v in json.loads(result.stdout)["validations"]]
    assert changes == [{"demand.scale": "2"}] * 2


def test_progress_says_which_of_how_many(run: Any, pair: list[Path]) -> None:
    result = run("validate", *pair, *FAST, "--progress", "lines")
    assert "small (1 of 2): 1 of 1 replications" in result.stderr
    assert "easy (2 of 2): 1 of 1 replications" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "name a scenario, or --all"),
        (["--all", "huitian-2018"], "exclude each other"),
        (["a", "b", "--report", "page.html"], "a folder is needed"),
        (["a", "--report", "."], "is a folder"),
        (["a", "--report", "no/such/page.html"], "there is no folder"),
    ],
)
def test_what_makes_no_sense(run: Any, arguments: list[str], words: str) -> None:
    result = run("validate", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())


def test_all_are_the_documents_without_their_variants() -> None:
    assert "huitian-2018" in documents()
    assert set(names()) - set(documents()) == {name for name in names() if name.startswith("huitian-2018-")}


def test_a_stored_list_gives_no_page(run: Any, pair: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    run("validate", *pair, *FAST, "--json", file)
    result = run("report", file, tmp_path / "page.html")
    assert result.exit_code == 2
    assert "several validations" in result.stderr
