"""Ranges of the ledger: values at the ends, in between, and at quantiles."""

from __future__ import annotations

import numpy as np
import pytest

from simsvc.scenario.ranges import ranges, together


def row(path, low, high):
    return {"path": path, "low": low, "high": high, "source": "s", "confidence": "low", "name": {"en": path}}


@pytest.fixture(scope="module")
def known(own):
    scenario = own(
        staff={"calendar": "office", "out_of_hours": "on-call"},
        planned={
            "i": {"name": {"en": "I"}, "every_months": 6, "work": "1 h"},
            "l": {
                "name": {"en": "L"},
                "work": "1 h",
                "life": {"cycle": "6 years", "windows": [["0 d", "30 d"]]},
            },
        },
        assumptions={
            "rate": row("products.p.rate", "0.5 /d", "3 /d"),
            "work": row("products.p.modes.m.work", "1 h", "3 h"),
            "crew": row("stations.a.engineers", 1, 4),
            "night": row("staff.out_of_hours", "off", "on-call"),
            "months": row("planned.i.every_months", 3, 12),
            "cycle": row("planned.l.life.cycle", "2 years", "10 years"),
        },
    )
    return {r.id: r for r in ranges(scenario)}


def test_an_end_at_the_base_is_no_point_of_its_own(known):
    assert known["rate"].sides() == ["low", "high"]
    assert known["work"].sides() == ["high"]
    assert known["crew"].sides() == ["high"]
    assert known["night"].sides() == ["low"]


def test_on_the_way_to_an_end(known):
    assert known["rate"].towards("high", 0.5) == "2 /d"
    assert known["rate"].towards("low", 0.5) == "0.75 /d"
    assert known["rate"].towards("high", 1.0) == "3 /d"
    assert known["crew"].towards("high", 0.4) == 2
    assert known["night"].towards("low", 0.9) == "on-call"


def test_the_base_is_the_median(known):
    assert [known["rate"].quantile(u) for u in (0.0, 0.25, 0.5, 0.75, 1.0)] == [
        "0.5 /d", "0.75 /d", "1 /d", "2 /d", "3 /d",
    ]  # fmt: skip


def test_words_are_equally_likely(known):
    drawn = [known["night"].quantile(u) for u in np.linspace(0, 1, 100)]
    assert drawn.count("off") == drawn.count("on-call") == 50


def test_values_in_between_may_stand_there(own, known):
    """Months that divide the year, whole days: what is drawn makes a valid scenario."""
    drawn = {known["months"].quantile(u) for u in np.linspace(0, 1, 50)}
    assert drawn == {3, 4, 6, 12}
    assert known["cycle"].quantile(0.3) == f"{round((6 - 0.4 * 4) * 365)} d"


def test_all_at_once(known):
    rows = list(known.values())
    assert together(rows, [0.5] * len(rows))["assumptions.rate"] == "1 /d"
