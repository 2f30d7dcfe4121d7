"""Changes that a scenario has ready: found by name, sound, and every shipped one can be simulated."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.scenario import documents, loads, presets
from simsvc.scenario.naming import label

SHIPPED = [(name, key) for name in documents() for key in sv.load(name).model.presets]


def with_presets(raw: dict[str, Any], **made: Any) -> dict[str, Any]:
    raw = copy.deepcopy(raw)
    raw["presets"] = {key: {"name": {"en": key}, "set": set_} for key, set_ in made.items()}
    return raw


def refused(raw: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(sv.ScenarioError) as caught:
        sv.from_dict(raw)
    (problem,) = caught.value.problems
    return f"{problem.path}: {problem.message}", problem.remedy


@pytest.mark.parametrize(("name", "key"), SHIPPED)
def test_every_shipped_preset_makes_a_plan_that_can_be_run(name: str, key: str) -> None:
    scenario = sv.load(name)
    changed = scenario.replace(**presets.changes(scenario, key))
    build(changed)
    moved = {path for path, _, _ in scenario.diff(changed) if not path.startswith("assumptions")}
    assert moved == set(presets.changes(scenario, key))
    assert scenario.model.presets[key].name.zh


def test_each_document_ships_the_usual_questions() -> None:
    for name in documents():
        usual = {"typhoon-year", "one-engineer-less", "one-engineer-more", "demand-doubled"}
        assert usual <= set(sv.load(name).model.presets)


def test_what_a_preset_says_it_changes_is_what_it_changes() -> None:
    """The numbers in the names of the presets on engineers are those of the scenario and of the preset."""
    for name, key in SHIPPED:
        if key.startswith("one-engineer"):
            scenario = sv.load(name)
            ((path, after),) = presets.changes(scenario, key).items()
            before = scenario.get(path)
            assert abs(after - before) == 1
            assert scenario.model.presets[key].name.en.endswith(f": {after} instead of {before}")


def test_paths_may_be_written_with_or_without_quotes(raw: dict[str, Any]) -> None:
    scenario = loads(
        sv.from_dict(raw).to_toml()
        + '\n[presets.quoted]\nname = { en = "q" }\nset = { "stations.haikou.engineers" = 3 }\n'
        + '[presets.plain]\nname = { en = "p" }\nset.stations.haikou.engineers = 3\n'
    )
    assert presets.changes(scenario, "plain") == presets.changes(scenario, "quoted") == {"stations.haikou.engineers": 3}


def test_an_assumption_may_be_set_by_its_name(raw: dict[str, Any]) -> None:
    key = next(iter(raw["assumptions"]))
    high = raw["assumptions"][key]["high"]
    scenario = sv.from_dict(with_presets(raw, worse={f"assumptions.{key}": high}))
    changed = scenario.replace(**presets.changes(scenario, "worse"))
    assert changed.get(raw["assumptions"][key]["path"]) == high


def test_a_path_that_leads_nowhere_is_found_when_the_file_is_read(raw: dict[str, Any]) -> None:
    said, remedy = refused(with_presets(raw, typo={"stations.haikou.enginers": 3}))
    assert said == 'presets.typo.set: stations.haikou.enginers: "stations.haikou" has no "enginers"'
    assert "stations.haikou.engineers" in remedy


def test_a_value_that_may_not_stand_there_is_found_when_the_file_is_read(raw: dict[str, Any]) -> None:
    said, remedy = refused(with_presets(raw, wrong={"staff.out_of_hours": "sometimes"}))
    assert said == 'presets.wrong.set: "sometimes" may not stand at staff.out_of_hours'
    assert remedy == 'allowed: "on-call", "off"'
    said, remedy = refused(with_presets(raw, wrong={"stations.haikou.engineers": "many"}))
    assert said == 'presets.wrong.set: "many" may not stand at stations.haikou.engineers'
    assert remedy.startswith("write it as there: ")


def test_a_preset_sets_something(raw: dict[str, Any]) -> None:
    said, _ = refused(with_presets(raw, empty={}))
    assert said.startswith("presets.empty.set")


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(sv.ScenarioError, match="typhoon-year"):
        presets.changes(sv.load("huitian-2018"), "typhoon-yaer")


def test_a_variant_keeps_the_presets_of_what_it_extends() -> None:
    assert list(sv.load("huitian-2018-office-hours").model.presets) == list(sv.load("huitian-2018").model.presets)


@pytest.mark.parametrize(
    ("path", "en", "zh"),
    [
        ("stations.haikou.engineers", "Haikou: field engineers", "海口站：现场工程师人数"),
        ("environment.typhoons.per_year", "Landing typhoons a year", "年登陆台风数"),
        ("dispatch.who", "who may be sent", "派工范围"),
        ("demand.installed.0.units", "0: units served", "0：服务台数"),
        ("nobody.knows", "nobody.knows", "nobody.knows"),
    ],
)
def test_paths_have_names_that_a_bid_writer_reads(path: str, en: str, zh: str) -> None:
    scenario = sv.load("huitian-2018")
    found = label(scenario.model, scenario.raw, path)
    assert (found["en"], found["zh"]) == (en, zh)
