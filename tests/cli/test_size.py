"""size: what it asks for, prints, writes and answers. The search is a stub; what it finds is written by hand."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from simsvc.cli import progress as progress_module
from simsvc.scenario import load
from tests import planned


@pytest.fixture
def search(monkeypatch):
    """A search that finds ``search.plan``, keeps in ``search.asked`` what it was asked for, and tells two moves."""
    made = SimpleNamespace(plan=planned.plan(), asked=None, error=None)

    def size(scenario, *, watch=None, progress=None, **asked):
        made.asked = asked
        for move in made.plan.moves if watch is not None else ():
            made.clock.now += 3
            watch(move)
            for done in (1, 2, 3):
                progress(done, 3)
        if made.error is not None:
            raise made.error
        return made.plan

    made.clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(progress_module, "time", SimpleNamespace(monotonic=lambda: made.clock.now))
    monkeypatch.setitem(sys.modules, "simsvc.sizing.size", SimpleNamespace(size=size))
    return made


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "today.toml"
    path.write_text(planned.plan().today.to_toml(), encoding="utf-8")
    return path


def test_what_is_asked_for(run, search, scenario):
    options = ("--keep", "T01,T03", "--keep", "T04", "--target", "0.9", "--areas", "northern, southern", "--no-ease")
    result = run("size", scenario, *options, "--existing", "free", "--most-engineers", 9, "--seed", 4)
    assert result.exit_code == 0, result.stderr
    asked = search.asked
    assert asked["keep"] == ["T01", "T03", "T04"]
    assert asked["areas"] == ["northern", "southern"]
    assert (asked["target"], asked["ease"], asked["existing"], asked["most_engineers"]) == (0.9, False, "free", 9)
    assert (asked["candidates"], asked["confidence"], asked["seed"]) == (None, None, 4)
    assert asked["extras"] == ["pareto", "next", "relaxed"]


def test_what_else_is_worked_out(run, search, scenario):
    run("size", scenario, "--no-curves")
    assert search.asked["extras"] == []
    run("size", scenario, "--no-curves", "--robust", "--ladder", "--rollout", "--hires", 3, "--relief")
    assert search.asked["extras"] == ["sturdy", "ladder", "rollout", "relief"]
    assert search.asked["hires"] == 3


def test_the_answer_is_printed(run, search, scenario):
    result = run("size", scenario)
    assert "It costs 609,200 CNY a year; today costs 355,000 (+254,200)." in result.stdout
    assert "a gap of 26.9 %" in result.stdout
    assert "Every step, and why it was taken" not in result.stdout
    assert "everyone busy" in run("size", scenario, "--log").stdout
    chinese = run("size", scenario, "--language", "zh").stdout
    assert "方案与现状对照" in chinese


@pytest.mark.parametrize(("status", "code"), [("kept", 0), ("impossible", 1), ("not found", 3)])
def test_exit_codes(run, search, scenario, status, code):
    search.plan = replace(search.plan, status=status)
    assert run("size", scenario).exit_code == code


def test_the_plan_is_a_scenario_again(run, search, scenario, tmp_path):
    out, page, data = tmp_path / "plan.toml", tmp_path / "p.html", tmp_path / "p.json"
    result = run("size", scenario, "--out", out, "--report", page, "--json", data)
    assert result.exit_code == 0, result.stderr
    assert load(out) == search.plan.scenario
    assert "<svg" in page.read_text(encoding="utf-8")
    found = json.loads(data.read_text(encoding="utf-8"))
    assert (found["kind"], found["status"], found["exit_code"]) == ("sizing", "kept", 0)
    assert found["gap"] == pytest.approx(609_200 / 480_000 - 1)


def test_a_stored_plan_makes_the_same_page(run, search, scenario, tmp_path):
    page, data, again = tmp_path / "p.html", tmp_path / "p.json", tmp_path / "again.html"
    run("size", scenario, "--report", page, "--json", data)
    result = run("report", data, again)
    assert result.exit_code == 0, result.stderr
    assert again.read_bytes() == page.read_bytes()


def test_without_a_plan_no_file_is_written(run, search, scenario, tmp_path):
    search.plan = planned.impossible()
    out = tmp_path / "plan.toml"
    result = run("size", scenario, "--out", out)
    assert result.exit_code == 1
    assert "no plan to write" in result.stderr
    assert not out.exists()


def test_json_alone_on_the_standard_output(run, search, scenario):
    assert json.loads(run("size", scenario, "--json", "-").stdout)["cost"] == 609_200.0


def test_the_best_so_far_is_told_while_it_runs(run, search, scenario):
    result = run("size", scenario, "--progress", "lines")
    # After 3 s nothing, after 6 s the second move; its replications come at once.
    assert result.stderr.splitlines() == [
        "tiny: 3 replications so far · climb: Engineers, North: 2 → 3 · 609,200 CNY a year · least to spare "
        "T01 southern −1.2"
    ]
    assert run("size", scenario).stderr == ""


def test_an_interrupted_search_says_that_it_can_go_on(run, search, scenario, tmp_path):
    search.error = KeyboardInterrupt()
    result = run("size", scenario, "--resume", tmp_path / "kept")
    assert result.exit_code == 130
    assert "the same command goes on" in result.stderr
    assert search.asked["store"] == tmp_path / "kept"
    assert "goes on" not in run("size", scenario).stderr


@pytest.mark.parametrize(
    "options",
    [("--existing", "open"), ("--most-engineers", "-1"), ("--hires", "0"), ("--out", "/no/such/folder/x.toml")],
)
def test_bad_options(run, search, scenario, options):
    assert run("size", scenario, *options).exit_code == 2
    assert search.asked is None


@pytest.mark.parametrize(("written", "share"), [("0.9", 0.9), ("90 %", "90 %"), ("abc", "abc")])
def test_a_share_is_a_number_or_a_text_that_the_scenario_reads(run, search, scenario, written, share):
    run("size", scenario, "--target", written, "--confidence", "0.8")
    assert (search.asked["target"], search.asked["confidence"]) == (share, 0.8)


def test_what_can_not_be_written_is_said_before_the_search(run, search, scenario, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    for option, place in (("--resume", taken), ("--out", tmp_path), ("--report", tmp_path / "no" / "page.html")):
        result = run("size", scenario, option, place)
        assert result.exit_code == 2
        assert option in result.stderr
    assert search.asked is None


def test_a_disk_that_fills_up_meanwhile_is_said(run, search, scenario, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simsvc.whole.write_whole", full)
    result = run("size", scenario, "--out", tmp_path / "plan.toml")
    assert result.exit_code == 2
    assert "can't be written: No space left on device" in result.stderr
    assert "It costs 609,200" in result.stdout
