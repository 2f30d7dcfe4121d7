"""What a call of ``size`` asks for: the table of the scenario, and the arguments laid over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import simsvc as sv
from simsvc.errors import ScenarioError
from simsvc.sizing.request import request

Own = Callable[..., sv.Scenario]

CLAUSES = {
    "visit": {"text": {"en": "On site"}, "parts": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}]},
    "cover": {"text": {"en": "Covered"}, "parts": [{"kind": "plan", "rule": "coverage"}]},
    "hours": {"text": {"en": "Overtime"}, "parts": [{"kind": "measure", "measure": "overtime_hours"}]},
}


@pytest.fixture
def three(own: Own, line: Callable[..., dict[str, Any]], station: Callable[..., dict[str, Any]]) -> Own:
    """Areas a – b – c in a row, c shown apart; a station in a."""

    def make(**changes: Any) -> sv.Scenario:
        tables = {
            "network": line("a", "b", "c"),
            "stations": {"a": station("a", covers=["a", "b", "c"])},
            "reporting": {"apart": ["c"]},
            "time": {"drain": "1 d"},
            "clauses": CLAUSES,
        }
        return own(**(tables | changes))

    return make


def test_everything_left_out_is_what_the_scenario_says(three: Own) -> None:
    asked = request(three(sizing={"keep": ["cover"], "target": 0.9, "existing": "free", "ease": True}))

    assert (asked.keep, asked.target, asked.existing, asked.ease) == (("cover",), 0.9, "free", True)
    assert asked.confidence == 0.95
    assert asked.most_engineers is None
    # What is shown apart is no candidate and not asked for, unless it is named.
    assert asked.areas == ("a", "b")
    assert asked.candidates == ("a", "b")


def test_arguments_go_before_the_scenario(three: Own) -> None:
    scenario = three(sizing={"keep": ["cover"], "target": 0.9, "candidates": ["a"], "most_engineers": 3})

    asked = request(
        scenario, keep=["visit"], target="80 %", confidence=0.9, areas=["c", "a"], candidates=["c"], most_engineers=7
    )

    assert (asked.keep, asked.target, asked.confidence, asked.most_engineers) == (("visit",), 0.8, 0.9, 7)
    assert asked.areas == ("a", "c"), "in the order of the network"
    assert asked.candidates == ("c",)


def test_no_candidates_at_all_is_not_the_same_as_none_named(three: Own) -> None:
    assert request(three(), candidates=[]).candidates == ()
    assert request(three(sizing={"candidates": []})).candidates == ()


@pytest.mark.parametrize("named", [{"keep": ["visit"]}, {"target": 0.9}, {"areas": ["a"]}])
def test_a_promise_that_is_named_is_not_eased_unasked(three: Own, named: dict[str, Any]) -> None:
    scenario = three(sizing={"ease": True})

    assert request(scenario, most_engineers=9).ease
    assert not request(scenario, **named).ease
    assert request(scenario, ease=True, **named).ease


@pytest.mark.parametrize(
    ("given", "path", "near"),
    [
        ({"keep": ["vist"]}, "sizing.keep.0", '"visit"'),
        ({"keep": ["visit", "hours"]}, "sizing.keep.1", "judged"),
        ({"areas": ["aa"]}, "sizing.areas.0", '"a"'),
        ({"candidates": ["b", "d"]}, "sizing.candidates.1", '"a"'),
        ({"target": 1.2}, "sizing.target", "share"),
        ({"confidence": 1.0}, "sizing.confidence", "less than 1"),
        ({"existing": "closed"}, "sizing.existing", "free"),
        ({"most_engineers": 0}, "sizing.most_engineers", "at least 1"),
    ],
)
def test_what_does_not_exist_or_is_not_allowed_is_named(
    three: Own, given: dict[str, Any], path: str, near: str
) -> None:
    with pytest.raises(ScenarioError) as found:
        request(three(), **given)

    (problem,) = found.value.problems
    assert problem.path == path
    assert near in str(problem)
