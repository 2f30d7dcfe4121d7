"""Tornado, break-evens and Sobol indices: laws, known answers, and what is said of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

import simsvc as sv
from simsvc.network import load
from simsvc.report import sensitivity_page
from simsvc.report.sensitivity import told
from simsvc.report.words import Words
from simsvc.scenario.ranges import ranges
from simsvc.study.sobol import _indices, design


def row(path, low, high, name):
    return {"path": path, "low": low, "high": high, "source": "s", "confidence": "low", "name": name}


@pytest.fixture(scope="module")
def scenario(own, endless):
    """One engineer with exponential work; a cover that nothing depends on."""
    work = {"dist": "exponential", "mean": "2 h"}
    promise = {"kind": "sim", "measure": "time_to_site", "limit": "3 h", "target": 0.9}
    return own(
        time={"window": "56 d", "drain": "5 d"},
        products={"p": {"rate": "2 /d", "in_warranty": 0.5, "modes": {"m": {"work": work}}}},
        demand=endless("a"),
        clauses={"A": {"text": {"en": "on site in 3 h", "zh": "3 小时到场"}, "parts": [promise]}},
        assumptions={
            "mean": row("products.p.modes.m.work.mean", "100 min", "4 h", {"en": "Work", "zh": "工时"}),
            "cover": row("products.p.in_warranty", 0.2, 0.9, {"en": "Cover", "zh": "在保"}),
            "rate": row("products.p.rate", "1 /d", "6 /d", {"en": "Faults", "zh": "故障率"}),
        },
    )


@pytest.fixture(scope="module")
def found(scenario):
    return sv.sensitivity(scenario, replications=10, inputs=2, samples=4, combinations=2, engine="reference", workers=1)


def test_the_widest_swing_comes_first_and_what_does_nothing_is_left_out(found):
    (subject,) = found.subjects
    assert [s.assumption for s in subject.swings] == ["rate", "mean"]
    widths = [s.width for s in subject.swings]
    assert widths == sorted(widths, reverse=True)
    assert all(0 < w <= 1 for w in widths)


def test_a_swing_spans_its_ends_and_the_base(found):
    (subject,) = found.subjects
    for swing in subject.swings:
        shares = [subject.estimate, *(end.estimate for end in swing.ends)]
        assert swing.width == pytest.approx(max(shares) - min(shares))
        assert [end.side for end in swing.ends] == ["low", "high"]
        # More faults and longer work keep fewer promises.
        assert swing.ends[0].estimate > subject.estimate > swing.ends[1].estimate


def test_estimates_are_the_bases_moved_by_the_change_alone(found):
    """A point's few replications have another luck on average than the base's many: that is no part of a swing."""
    (subject,) = found.subjects
    for end in (end for swing in subject.swings for end in swing.ends):
        assert end.estimate == pytest.approx(min(max(subject.estimate + end.shift, end.low), end.high))


def test_what_was_tried(found):
    assert (found.tried.assumptions, found.tried.ends, found.tried.combinations) == (3, 6, 2)
    assert found.inputs == ("rate", "mean")
    assert found.points == 4 * 4


def test_indices_of_the_inputs(found):
    """From four samples they are worth little, but every input has its own, in order."""
    assert [index.assumption for index in found.subjects[0].indices] == ["rate", "mean"]
    assert all(index.total > 0 and index.total_low <= index.total_high for index in found.subjects[0].indices)


def test_named_assumptions_alone(scenario):
    found = sv.sensitivity(
        scenario, assumptions=["cover"], inputs=0, replications=10, combinations=0, engine="reference", workers=1
    )
    assert found.tried.assumptions == 1
    assert found.subjects[0].swings == ()
    assert found.subjects[0].robust.verdict == found.subjects[0].verdict
    assert found.inputs == ()
    assert found.points == 0


def test_json(found):
    data = json.loads(json.dumps(found.to_json()))
    assert data["format"] == 1
    assert data["subjects"][0]["swings"][0]["assumption"] == "rate"
    assert data["provenance"]["engine"] == "reference"


def test_design():
    """A, B, then A with a column of B in turn."""
    points = design(3, 8, seed=1)
    assert points.shape == (5, 8, 3)
    for k in range(3):
        changed = (points[2 + k] != points[0]).any(axis=0)
        assert changed.tolist() == [j == k for j in range(3)]
        assert (points[2 + k, :, k] == points[1, :, k]).all()
    assert ((points >= 0) & (points < 1)).all()


def test_indices_of_a_known_function(scenario):
    """y = x1 + 2 x2 + 4 x1 (x3 − ½). Var(x1) = 1/12, Var(2 x2) = 4/12, and the last term's is
    16 · E[x1²] · 1/12 = 16/36, of which x3 alone (its mean given x3 is 2 (x3 − ½)) makes 12/36; the interaction is the
    rest, 4/36."""
    inputs = ranges(scenario)
    points = design(3, 1024, seed=3)
    x1, x2, x3 = points[..., 0], points[..., 1], points[..., 2]
    parts = np.array([1 / 12, 4 / 12, 4 / 12])
    both = 4 / 36
    total = parts.sum() + both
    found = _indices(inputs, x1 + 2 * x2 + 4 * x1 * (x3 - 0.5), seed=1)
    assert [i.first for i in found] == pytest.approx(list(parts / total), abs=0.05)
    assert [i.total for i in found] == pytest.approx(list((parts + np.array([both, 0, both])) / total), abs=0.05)
    assert all(i.first_low < i.first < i.first_high for i in found)


def test_a_share_that_does_not_vary_has_no_indices(scenario):
    inputs = ranges(scenario)
    still = _indices(inputs, np.ones((5, 8)), seed=1)
    assert [(i.assumption, i.first, i.total) for i in still] == [(r.id, None, None) for r in inputs]


@pytest.mark.parametrize(
    ("language", "said"), [("en", ("Faults", "above", "fails")), ("zh", ("故障率", "高于", "不能兑现"))]
)
def test_what_a_bid_writer_reads(scenario, found, language, said):
    net = load(scenario.model.network, scenario.folder)
    (line,) = told(found, scenario.model, net, Words(language))
    even = line.evens[0]
    assert even.name == said[0]
    assert even.where.startswith(said[1])
    assert even.word == said[2]
    page = sensitivity_page.render(found, scenario.model, net, language=language)
    assert all(word in page for word in said)
    assert page.count("<svg ") == 1
    assert "http" not in page.split("</head>")[1]


def test_the_page_is_written_by_the_ordinary_call(found, tmp_path):
    page = sv.report(found, tmp_path / "page.html", language="zh")
    assert "承诺取决于哪些假设" in page.read_text(encoding="utf-8")
