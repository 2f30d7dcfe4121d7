"""Two scenarios under the same luck, and one against itself changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import simsvc as sv
from simsvc.promise.comparison import Comparison
from simsvc.scenario.base import Text

RUN: dict[str, Any] = {"replications": 12, "workers": 1, "engine": "reference"}
ONCE = RUN | {"replications": 1}
TOO_FEW, MORE = {"stations.a.engineers": 1}, {"stations.a.engineers": 2}


@pytest.fixture(scope="module")
def towns(own: Any, line: Any, station: Any, endless: Any) -> sv.Scenario:
    """Two stations far apart, each busy with its own town; on site within 2 hours is promised, and by town."""
    made = own(
        time={"drain": "2 d"},
        network=line("a", "b", minutes=600),
        stations={"a": station("a"), "b": station("b")},
        products={"p": {"rate": "9 /d", "modes": {"m": {"work": {"dist": "exponential", "mean": "2 h"}}}}},
        demand=endless("a", "b"),
        clauses={
            "A": {"text": {"en": "On site"}, "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}]},
            "B": {"text": {"en": "Visits"}, "parts": [{"kind": "measure", "measure": "load"}]},
        },
        presets={"help": {"name": {"en": "One more in a", "zh": "a 增一人"}, "set": {"stations.a.engineers": 2}}},
    )
    assert isinstance(made, sv.Scenario)
    return made


def rows(found: Comparison) -> dict[tuple[str, str], Any]:
    return {(c.a.id, c.a.area): c for c in found.changes}


@pytest.fixture(scope="module")
def helped(towns: sv.Scenario) -> Comparison:
    return sv.whatif(towns, "help", **RUN)


def test_a_second_engineer_helps_his_town_and_leaves_the_other_as_it_was(helped: Comparison) -> None:
    """The other town meets the same faults and the same engineer: not one case differs in any replication."""
    found = rows(helped)
    assert found["A", "a"].state == "better"
    assert (found["A", "b"].difference, found["A", "b"].gain, found["A", "b"].state) == (0.0, None, "same")
    assert found["A", "b"].a == found["A", "b"].b
    assert found["A", "province"].state == "better"


def test_the_answer_is_that_of_comparing_the_two_scenarios(towns: sv.Scenario, helped: Comparison) -> None:
    found = sv.compare(towns, towns.replace(**MORE), **RUN)
    assert found.changes == helped.changes
    assert [(i.path, i.a, i.b) for i in helped.inputs] == [("stations.a.engineers", 1, 2)]
    assert (found.a.label["en"], helped.a.label["zh"], helped.b.label["zh"]) == ("small", "现状", "a 增一人")
    assert helped.a.hash == towns.hash != helped.b.hash


def test_a_scenario_does_not_differ_from_itself(towns: sv.Scenario) -> None:
    found = sv.compare(towns, towns.override("title", {"en": "Another title"}), **RUN)
    assert found.inputs == ()
    assert {c.state for c in found.changes} == {"same"}
    assert (found.gain, found.needed) == (None, None)


def test_wherever_the_replications_run_the_answer_is_the_same(towns: sv.Scenario, helped: Comparison) -> None:
    heard: list[tuple[int, int]] = []
    with ThreadPoolExecutor(2) as pool:
        found = sv.whatif(towns, "help", **RUN, executor=pool, progress=lambda *now: heard.append(now))
    assert found.changes == helped.changes
    assert heard == [(n, 24) for n in range(1, 25)]


def test_pairing_pays(helped: Comparison) -> None:
    """The two plans share the town that nothing changes, and the faults of the other."""
    gain = rows(helped)["A", "province"].gain
    assert gain is not None
    assert gain > 1.5


def test_presets_and_values_add_up_and_the_later_goes_before(towns: sv.Scenario) -> None:
    found = sv.whatif(towns, ["help", {"stations.b.engineers": 3}], **ONCE)
    assert {i.path: i.b for i in found.inputs} == {"stations.a.engineers": 2, "stations.b.engineers": 3}
    assert found.b.label["en"] == "One more in a; stations.b.engineers = 3"
    assert sv.whatif(towns, ["help", TOO_FEW], **ONCE).inputs == ()


def test_names_may_be_given(towns: sv.Scenario) -> None:
    names = Text(en="lean", zh="精简"), Text(en="safe")
    found = sv.compare(towns, towns.replace(**MORE), **ONCE, names=names)
    assert (found.a.label, found.b.label) == ({"en": "lean", "zh": "精简"}, {"en": "safe", "zh": "safe"})


def test_what_makes_no_sense_is_refused_before_anything_runs(towns: sv.Scenario) -> None:
    with pytest.raises(sv.ScenarioError) as caught:
        sv.whatif(towns, ["helf", "hlep"])
    assert [p.path for p in caught.value.problems] == ["presets.helf", "presets.hlep"]
    assert all('did you mean "help"?' in p.remedy for p in caught.value.problems)
    with pytest.raises(sv.ScenarioError, match="enginers"):
        sv.whatif(towns, {"stations.a.enginers": 2})
    with pytest.raises(sv.ScenarioError, match="nothing is to be changed") as nothing:
        sv.whatif(towns, [])
    assert "help" in nothing.value.problems[0].remedy
    with pytest.raises(sv.ScenarioError, match="replications"):
        sv.compare(towns, towns, replications=0)


def test_a_clause_that_one_has_alone_is_named(towns: sv.Scenario) -> None:
    raw = towns.raw
    raw["clauses"]["C"] = {"text": {"en": "Answer"}, "parts": [{"kind": "measure", "measure": "right_part"}]}
    found = sv.compare(towns, sv.from_dict(raw), **ONCE)
    assert (found.only_a, found.only_b) == ((), (("C", "measure", "base"),))
    assert {i.path.split(".")[1] for i in found.inputs} == {"C"}
