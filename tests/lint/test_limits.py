"""Two limits for one thing: same, overlapping, nested and separate cases; figures that look like a slip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simsvc.promise.lint import Finding
from simsvc.promise.lint.finding import duration, expressions

Found = Callable[..., list[Finding]]
Raw = dict[str, Any]


def _limits(first: Raw, second: Raw, **tables: Any) -> Callable[[Raw], None]:
    """Two clauses on time to site, each with its own ``limit`` and ``population``, in place of the clean one."""

    def change(raw: Raw) -> None:
        raw.update(tables)
        del raw["clauses"]["arrive"]
        for name, part in (("first", first), ("second", second)):
            whole = {"kind": "sim", "measure": "time_to_site", **part}
            raw["clauses"][name] = {"text": {"en": name}, "parts": [whole]}

    return change


WEEKDAYS = {
    "office": {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed"},
    "always": {"week": {"mon-sun": ["00:00-24:00"]}},
    "weekend": {"week": {"sat-sun": ["00:00-24:00"]}},
    "late": {"week": {"mon-fri": ["16:00-24:00"]}},
}
ZONES = {"zones": {"city": {"name": {"en": "City"}, "kinds": ["seat"]}, "rest": {"name": {"en": "Rest"}}}}

CLASHES = {
    "the same cases": ({"limit": "2 h"}, {"limit": "3 h"}, {}),
    "less than, and at most": ({"limit": "2 h"}, {"limit": "2 h", "strict": True}, {}),
    "partly the same": (
        {"limit": "2 h", "population": {"areas": ["east"]}},
        {"limit": "3 h", "population": {"products": ["pc"], "in_warranty": True}},
        {},
    ),
    "a longer limit for some of the cases of a shorter one": (
        {"limit": "2 h"},
        {"limit": "3 h", "population": {"areas": ["east"]}},
        {},
    ),
    "a zone and an area that it reaches into": (
        {"limit": "2 h", "population": {"zones": ["city"]}},
        {"limit": "3 h", "population": {"areas": ["west"]}},
        {"reporting": ZONES},
    ),
    "hours that overlap": (
        {"limit": "2 h", "population": {"reported_in": "office"}},
        {"limit": "3 h", "population": {"reported_in": "late"}},
        {"calendars": WEEKDAYS},
    ),
}
APART = {
    "a shorter limit for some of the cases of a longer one": (
        {"limit": "2 h", "population": {"areas": ["east"]}},
        {"limit": "3 h"},
        {},
    ),
    "the same limit for cases that overlap": (
        {"limit": "2 h", "population": {"areas": ["east"]}},
        {"limit": "2 h", "population": {"products": ["pc"]}},
        {},
    ),
    "two zones": (
        {"limit": "2 h", "population": {"zones": ["city"]}},
        {"limit": "3 h", "population": {"zones": ["rest"]}},
        {"reporting": ZONES},
    ),
    "in and out of warranty": (
        {"limit": "2 h", "population": {"in_warranty": True}},
        {"limit": "3 h", "population": {"in_warranty": False}},
        {},
    ),
    "hours that don't meet": (
        {"limit": "2 h", "population": {"reported_in": "office"}},
        {"limit": "3 h", "population": {"reported_in": "weekend"}},
        {"calendars": WEEKDAYS},
    ),
}


@pytest.mark.parametrize("case", CLASHES)
def test_limits_that_contradict_each_other(found: Found, case: str) -> None:
    first, second, tables = CLASHES[case]
    assert [(f.rule, f.clauses) for f in found(_limits(first, second, **tables))] == [
        ("limits_differ", ("first", "second"))
    ]


@pytest.mark.parametrize("case", APART)
def test_limits_that_stand_beside_each_other(found: Found, case: str) -> None:
    first, second, tables = APART[case]
    assert found(_limits(first, second, **tables)) == []


def test_another_figure_elsewhere_in_the_document(found: Found) -> None:
    def change(raw: Raw) -> None:
        raw["clauses"]["arrive"]["states"]["also_limits"] = {"time_to_site": ["4 h"]}

    (finding,) = found(change)
    assert (finding.rule, finding.clauses) == ("limits_differ", ("arrive",))
    assert "2 h (arrive); 4 h (arrive)" in finding.why.en


def test_a_figure_that_the_writer_of_the_scenario_chose_contradicts_nothing(found: Found) -> None:
    def change(raw: Raw) -> None:
        _limits({"limit": "2 h"}, {"limit": "3 h"})(raw)
        raw["clauses"]["second"]["states"] = {"figure_named": False}

    assert [f.rule for f in found(change)] == ["figure_unnamed"]


def test_the_shortest_of_three_is_named(found: Found) -> None:
    def change(raw: Raw) -> None:
        _limits({"limit": "3 h"}, {"limit": "2 h"})(raw)
        raw["clauses"]["second"]["states"] = {"also_limits": {"time_to_site": ["90 min"]}}

    (finding,) = found(change)
    assert "(90 min)" in finding.instead.en


@pytest.mark.parametrize(
    ("repair", "loaner", "slip"),
    [
        ({"limit": "12 d"}, {"limit": "12 h"}, True),
        ({"days": 12}, {"limit": "12 h"}, True),
        ({"limit": "15 d"}, {"limit": "15 min"}, True),
        ({"limit": "12 d"}, {"limit": "12 d"}, False),
        ({"limit": "2 d"}, {"limit": "2 h"}, False),
        ({"limit": "3 d"}, {"limit": "72 h"}, False),
    ],
)
def test_one_number_in_two_units(found: Found, repair: Raw, loaner: Raw, slip: bool) -> None:
    def change(raw: Raw) -> None:
        parts = [
            {"kind": "sim", "measure": "repaired", **repair},
            {"kind": "sim", "measure": "loaner_placed", **loaner},
        ]
        raw["loaners"] = {"pc": {"name": {"en": "PCs"}, "products": ["pc"], "at": {"east": 1}}}
        raw["clauses"]["repair"] = {"text": {"en": "Repaired, or a loaner."}, "parts": parts}

    assert [f.rule for f in found(change)] == ["units_slip"] * slip


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(60, "1 min"), (5400, "90 min"), (7200, "2 h"), (86400, "24 h"), (172800, "2 d"), (31536000, "1 year")],
)
def test_limits_in_words(seconds: float, words: str) -> None:
    assert duration(seconds).en == words


def test_a_length_in_every_unit_that_people_would_write() -> None:
    assert expressions(3 * 86400) == {"d": 3, "h": 72}
    assert expressions(0) == {}
