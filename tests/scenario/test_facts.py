"""What a clause states must have a part that it speaks of."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from simsvc.errors import ScenarioError
from simsvc.scenario import from_dict

JUDGED = {"kind": "sim", "measure": "time_to_site", "limit": "2 h"}


def _load(raw: dict[str, Any], states: dict[str, Any], *parts: dict[str, Any]) -> None:
    changed = copy.deepcopy(raw)
    changed["clauses"] = {"X": {"text": {"en": "A promise."}, "parts": list(parts), "states": states}}
    from_dict(changed)


@pytest.mark.parametrize(
    ("states", "path", "message"),
    [
        ({"also_limits": {"respons": ["1 h"]}}, "clauses.X.states.also_limits.respons", "is not a key"),
        ({"also_limits": {"response": ["1 h"]}}, "clauses.X.states.also_limits.response", "no judged part"),
        ({"frequencies": ["on-request"]}, "clauses.X.states.frequencies", "no planned visits"),
        ({"warranty": [{"length": "0 d"}]}, "clauses.X.states.warranty.0.length", "greater than 0"),
        ({"wordings": ["arived"]}, "clauses.X.states.wordings.0", "must be one of"),
    ],
)
def test_statements_without_hold_are_refused(raw: dict[str, Any], states: Any, path: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        _load(raw, states, JUDGED)
    assert [p.path for p in caught.value.problems] == [path]
    assert message in caught.value.problems[0].message
    assert caught.value.problems[0].remedy


def test_wordings_need_a_limit(raw: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match="has no time limit"):
        _load(raw, {"wordings": ["arrived"]}, {"kind": "ledger"})


def test_statements_with_their_parts_are_fine(raw: dict[str, Any]) -> None:
    states = {"also_limits": {"time_to_site": ["4 h"]}, "wordings": ["arrived"], "warranty": [{"length": "1 year"}]}
    _load(raw, states, JUDGED)
