"""How good and how bad single years are, and the promise in days that can be kept."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from simsvc.measures import tally
from simsvc.promise import Validation, from_json, judge, to_json
from simsvc.promise.texts import population_text
from simsvc.scenario.promises import Estimate, Population, SimMeasure

ON_SITE = {"kind": "sim", "measure": "time_to_site", "limit": "2 h"}
LOAD = {"kind": "measure", "measure": "load"}
REPAIRED = {"kind": "sim", "measure": "repaired", "days": 2}


def rows(tiny, parts, logs):
    made = tiny.case({"A": parts})
    return [r for r in judge(made, [tally(made, log) for log in logs]) if r.area == "province"]


def year(tiny, late, visits=0):
    tickets = [tiny.ticket(tiny.at(1), travel=180 if k < late else 60) for k in range(20)]
    return tiny.log(tickets=tickets, visits=[tiny.visit(0, n + 1, tiny.at(1)) for n in range(visits)])


def test_every_row_says_how_years_differ(tiny):
    """0 to 20 of 20 late; 0 to 20 visits in 28 days."""
    logs = [year(tiny, late, visits=late) for late in range(21)]
    share, visits = rows(tiny, [ON_SITE, LOAD], logs)[:2]
    assert share.spread == pytest.approx((0.05, 0.95))
    assert visits.spread == pytest.approx((1 * 365 / 28, 19 * 365 / 28))
    assert [r.spread for r in rows(tiny, [ON_SITE, LOAD], logs[:19])] == [None] * 3


def fixed_after(tiny, *days):
    at = tiny.at(1, "12:00")
    return tiny.log(tickets=[tiny.ticket(at) | {"fixed": at + 86400 * d} for d in days for _ in range(10)])


def test_the_days_that_can_be_kept(tiny):
    """Fixed on the first or the third day after: 3 days hold, 2 don't; open repairs hold in no number of days."""
    logs = [fixed_after(tiny, 1, 3)] * 12
    [row] = rows(tiny, [REPAIRED], logs)
    assert (row.verdict, row.estimate, row.keepable_days, row.keepable) == ("fails", 0.5, 3, None)
    same_day = rows(tiny, [REPAIRED], [fixed_after(tiny, 0)] * 12)[0]
    assert same_day.keepable_days == 0
    assert rows(tiny, [REPAIRED], logs[:9])[0].keepable_days is None
    never = tiny.log(tickets=[tiny.ticket(tiny.at(1), fixed=-1, status=0)] * 10)
    assert rows(tiny, [REPAIRED], [never] * 12)[0].keepable_days is None
    hours = rows(tiny, [{"kind": "sim", "measure": "repaired", "limit": "2 d"}], logs)[0]
    assert (hours.keepable, hours.keepable_days) == (3 * 86400, None)


def test_working_days_that_can_be_kept(tiny):
    """From Tuesday to Saturday the next working day is the fourth."""
    part = REPAIRED | {"day_kind": "working"}
    assert rows(tiny, [part], [fixed_after(tiny, 4)] * 12)[0].keepable_days == 4
    assert rows(tiny, [REPAIRED], [fixed_after(tiny, 4)] * 12)[0].keepable_days == 4
    assert rows(tiny, [part], [fixed_after(tiny, 6)] * 12)[0].keepable_days == 4


def test_both_go_through_json(tiny):
    made = rows(tiny, [REPAIRED, LOAD], [fixed_after(tiny, 1, 3)] * 20)
    whole = Validation("tiny", {"en": "Tiny", "zh": "小例"}, 1, 20, tuple(made), (), (), {}, (), (), {}, {})
    assert from_json(json.loads(json.dumps(to_json(whole)))).rows == tuple(made)


def test_areas_without_a_town_in_the_zones_have_no_row(tiny):
    farm = ON_SITE | {"population": {"zones": ["other"]}}
    case = tiny.case({"A": [farm]})
    found = judge(case, [tally(case, tiny.log(tickets=[tiny.ticket(tiny.at(1), town=1)]))])
    assert [(r.area, r.cases) for r in found] == [("province", 1), ("north", 1)]


def test_every_measure_and_every_key_has_words():
    assert all(population_text(m, Population()) for m in (*get_args(SimMeasure), *get_args(Estimate)))
    who = {
        "areas": ["a"], "not_areas": ["b"], "zones": ["c"], "causes": ["other"], "products": ["d"], "modes": ["d.e"],
        "channels": ["f"], "routes": ["on-site"], "in_warranty": False, "in_contract": True,
        "special": True, "replacement": True, "planned": ["h"], "reported_in": "g",
    }  # fmt: skip
    assert set(who) == set(Population.model_fields)
    text = population_text("repaired", Population.model_validate(who))
    assert text.count("; ") == len(who)
