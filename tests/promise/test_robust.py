"""What a verdict comes to over the ranges of its assumptions."""

from __future__ import annotations

import json

import pytest

from simsvc.measures import tally
from simsvc.promise import assemble, from_json, to_json
from simsvc.promise.ranges import End, Failed, Tried
from simsvc.promise.robust import Robustness, robust_verdict


def end(verdict, shift=0.1, name="x"):
    return End(name, "high", "2 h", 0.9, 0.85, 0.95, shift, verdict, 4)


@pytest.mark.parametrize(
    ("base", "ends", "combinations", "verdict"),
    [
        ("holds", ["holds", "holds"], ["holds"], "holds"),
        ("fails", ["fails"], ["fails", "fails"], "fails"),
        ("holds", ["holds", "fails"], ["holds"], "depends"),
        ("fails", ["fails", "holds"], [], "depends"),
        ("holds", ["holds"], ["fails"], "depends"),
        ("holds", ["undecided"], ["holds"], "undecided"),
        ("holds", ["undecided", "fails"], ["holds"], "depends"),
        ("undecided", ["undecided"], ["holds"], "undecided"),
        ("undecided", ["holds"], ["fails"], "depends"),
        ("holds", ["no cases"], ["no cases"], "holds"),
        ("no cases", ["holds"], ["fails"], "no cases"),
    ],
)
def test_the_verdict(base, ends, combinations, verdict):
    assert robust_verdict(base, [end(v) for v in ends], combinations).verdict == verdict


def test_what_moves_it_most_comes_first():
    ends = [end("fails", -0.1, "a"), end("holds", 0.5, "b"), end("fails", -0.4, "c"), end("undecided", -0.05, "d")]
    found = robust_verdict("holds", ends, ["holds", "fails", "holds"])
    assert [e.assumption for e in found.turns] == ["c", "a"]
    assert [e.assumption for e in found.open] == ["d"]
    assert [e.assumption for e in found.most] == ["b", "c", "a"]
    assert found.combinations == {"holds": 2, "fails": 1}


def test_an_undecided_base_turns_where_it_is_decided():
    found = robust_verdict("undecided", [end("holds", 0.2, "a"), end("undecided", 0.0, "b")], [])
    assert [e.assumption for e in found.turns] == ["a"]
    assert found.open == ()


@pytest.fixture
def validation(tiny):
    """One promise, ten replications without a case of trouble, one assumption that turns it."""
    clauses = {"A": [tiny.part("time_to_site", limit="2 h").model_dump(exclude_unset=True) | {"limit": "2 h"}]}
    assumptions = {
        "work": {
            "path": "products.printer.modes.jam.work", "low": "10 min", "high": "2 h", "source": "s",
            "confidence": "low", "name": {"en": "Work", "zh": "工时"},
        }
    }  # fmt: skip
    case = tiny.case(clauses, assumptions=assumptions)
    log = tiny.log(tickets=[tiny.ticket(tiny.at(1, "09:00"), travel=30), tiny.ticket(tiny.at(2, "09:00"), travel=30)])
    turned = End("work", "high", "2 h", 0.4, 0.3, 0.5, -0.6, "fails", 4, "80 min", ("75 min", "90 min"))
    robust = Robustness(
        {("A", "sim"): robust_verdict("holds", [turned], ["holds", "fails"])},
        Tried(1, 2, 2, 16, (Failed("work", "10 min", "no such thing"),)),
    )
    return assemble(case, [tally(case, log)] * 10, seed=1, engine="reference", semantics="x", robust=robust)


def test_it_stands_beside_the_verdict_of_the_whole_province_alone(validation):
    assert validation.rows[0].area == "province"
    assert validation.rows[0].robust is not None
    assert not any(r.robust for r in validation.rows if r.area != "province" or r.reading != "base")


def test_it_goes_through_json(validation):
    data = json.loads(json.dumps(to_json(validation)))
    clause = data["clauses"][0]
    assert clause["robust"]["verdict"] == "depends"
    assert clause["robust"]["turns"][0]["turns_at"] == "80 min"
    back = from_json(data)
    assert back.rows == validation.rows
    assert back.tried == validation.tried


def test_json_from_before_there_were_ranges_is_still_read(validation):
    data = json.loads(json.dumps(to_json(validation)))
    del data["tried"]
    for clause in data["clauses"]:
        del clause["robust"]
    assert from_json(data).tried is None


def test_the_trust_card_says_what_was_tried_and_what_could_not_be_built(validation):
    line = next(t for t in validation.trust if t.what_en == "Ranges of the assumptions")
    assert line.state == "warning"
    assert "1 points could not be built (work = 10 min: no such thing)" in line.finding_en
    assert "1 depend on the assumptions" in line.finding_en
    assert "取决于假设 1 项" in line.finding_zh
