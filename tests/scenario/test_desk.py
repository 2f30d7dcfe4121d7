"""What is wrong with a desk is said with its place, its value and a remedy."""

from __future__ import annotations

from typing import Any

import pytest

import simsvc as sv

DESK = {"shifts": [{"calendar": "always", "agents": 1}], "work": "5 min"}
PHONE = {"name": {"en": "Phone"}, "share": 1.0}


def problems(own: Any, **tables: Any) -> dict[str, str]:
    with pytest.raises(sv.ScenarioError) as raised:
        own(**tables)
    return {p.path: f"{p.message}; {p.remedy}" for p in raised.value.problems}


def test_channels_that_nobody_uses(own: Any) -> None:
    found = problems(own, desk=DESK | {"channels": {"phone": PHONE | {"share": 0.0}, "mail": PHONE | {"share": 0.0}}})
    assert found == {"desk.channels": "the shares of the channels add to 0; give one channel share = 1.0"}


def test_a_live_channel_has_no_lag(own: Any) -> None:
    found = problems(own, desk=DESK | {"channels": {"phone": PHONE | {"lag": "5 min"}}})
    assert list(found) == ["desk.channels.phone.lag"]
    assert "live = false" in found["desk.channels.phone.lag"]
    assert own(desk=DESK | {"channels": {"mail": PHONE | {"live": False, "lag": "5 min"}}}).model.desk is not None


def test_an_id_that_cannot_be_used(own: Any) -> None:
    assert list(problems(own, desk=DESK | {"channels": {"e mail": PHONE}})) == ['desk.channels."e mail"']


def test_nobody_to_call_back(own: Any) -> None:
    assert list(problems(own, desk=DESK | {"call_back": 0.5})) == ["desk.call_back"]
    assert own(desk=DESK | {"call_back": 0.5, "patience": "3 min"}).model.desk is not None


def test_an_approval_calendar_that_is_not_there(own: Any) -> None:
    found = problems(own, dispatch={"approval": {"calendar": "ofice", "time": "4 h"}})
    assert list(found) == ["dispatch.approval.calendar"]
    assert '"office"' in found["dispatch.approval.calendar"]


def test_shares_and_patience_out_of_range(own: Any) -> None:
    assert list(problems(own, desk=DESK | {"patience": "3 min", "call_back": 1.5})) == ["desk.call_back"]
    assert list(problems(own, desk=DESK | {"patience": "-3 min"})) == ["desk.patience"]
