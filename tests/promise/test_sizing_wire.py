"""Plans of sizing as JSON and back."""

from __future__ import annotations

import json

import pytest

from simsvc.errors import StudyError
from simsvc.promise.sizing_wire import from_json, to_json
from tests import planned


@pytest.fixture(params=[planned.plan, planned.impossible], ids=["plan", "impossible"])
def plan(request):
    return request.param()


def test_there_and_back(plan):
    text = json.dumps(to_json(plan), allow_nan=False)
    assert from_json(json.loads(text)) == plan


def test_scenarios_are_files_that_load_by_themselves():
    data = to_json(planned.plan())
    assert all(data[key].startswith("format = 1") or "[stations" in data[key] for key in ("today", "scenario"))
    assert data["rollout"]["scenario"] == data["scenario"]
    assert to_json(planned.impossible())["scenario"] is None


def test_keys_of_a_later_version_are_passed_over():
    data = to_json(planned.plan()) | {"new": 1}
    data["lines"][0]["colour"] = "blue"
    assert from_json(data) == planned.plan()


@pytest.mark.parametrize(
    "change",
    [{"format": 2}, {"kind": None}, {"status": "perfect"}, {"lines": None}, {"today": "name = 3"}, {"rollout": {}}],
    ids=str,
)
def test_other_data_are_refused(change):
    with pytest.raises(StudyError):
        from_json(to_json(planned.plan()) | change)


def test_a_missing_key_is_named():
    data = to_json(planned.plan())
    del data["cost_today"]
    with pytest.raises(StudyError, match="cost_today"):
        from_json(data)
