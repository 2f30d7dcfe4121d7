"""Plan rules: decided from the scenario alone, with what is wrong named first."""

from __future__ import annotations

from simsvc.log import TABLES
from simsvc.promise.plan import decide_plan
from simsvc.promise.plan.rows import plan_rows
from simsvc.scenario.promises import PlanPart


def plan(tiny, rule, fields=None, **case):
    return decide_plan(tiny.case(**case), PlanPart.model_validate({"kind": "plan", "rule": rule, **(fields or {})}))


def station(node, engineers, **covers):
    return {"name": {"en": node.title(), "zh": node}, "node": node, "engineers": engineers, **covers}


def test_coverage_names_what_no_road_leads_to(tiny):
    found = plan(tiny, "coverage")
    assert (found.met, found.asked) == (2, 3)
    assert [en for en, _ in found.details] == [
        "Isle: assigned, but no road leads there: Isle",
        "north: station Port, seat 0 min, worst town Farm 30 min",
        "south: station Hill, seat 0 min, worst town Hill 0 min",
    ]
    assert found.details[0][1] == "岛：已指派，但无公路可达：岛"


def test_a_share_of_the_areas_may_be_promised(tiny):
    """Two of three areas are covered: exactly that share holds, a larger one fails."""
    verdicts = {}
    for target in (2 / 3, 0.67):
        part = PlanPart.model_validate({"kind": "plan", "rule": "coverage", "target": target})
        (row,) = plan_rows(tiny.case(), "C", "plan", part)
        assert (row.estimate, row.target) == (2 / 3, target)
        verdicts[target] = row.verdict
    assert verdicts == {2 / 3: "holds", 0.67: "fails"}


def test_coverage_asks_for_every_town_and_for_engineers(tiny):
    """Only the port of the north is assigned; the south's station has nobody; the nearest rule assigns nothing here."""
    stations = {
        "port": station("port", 2, covers=["isle"], covers_towns=["port"]),
        "hill": station("hill", 0, covers=["south"]),
    }
    found = plan(tiny, "coverage", stations=stations, dispatch={"unassigned": "nearest"})
    assert (found.met, found.asked) == (0, 3)
    assert [en for en, _ in found.details[:3]] == [
        "north: not assigned: Farm",
        "south: no staffed station",
        "Isle: assigned, but no road leads there: Isle",
    ]


def test_two_stations_for_one_area_are_both_listed(tiny):
    hill = station("hill", 1, covers=["south", "north"])
    lines = [en for en, _ in plan(tiny, "coverage", stations={"hill": hill}).details]
    assert "north: station Port, seat 0 min, worst town Farm 30 min" in lines
    assert "north: station Hill, seat 60 min, worst town Farm 90 min" in lines


def test_rollout_month_by_month(tiny):
    half_year = {"within_months": 6}
    none = plan(tiny, "rollout", half_year)
    assert (none.met, none.asked) == (2, 3)
    assert [en for en, _ in none.details] == [
        "without an own station after month 6: Isle",
        "month 0: 2 of 3",
        "month 6: 2 of 3",
    ]
    in_time = plan(tiny, "rollout", half_year, rollout={"openings": {"isle": 6}})
    assert (in_time.met, in_time.asked) == (3, 3)
    assert [en for en, _ in in_time.details] == ["month 0: 2 of 3", "month 6: 3 of 3; new: Isle"]
    late = plan(tiny, "rollout", half_year, rollout={"openings": {"isle": 7}})
    assert late.met == 2
    assert [zh for _, zh in late.details][-1] == "第 7 个月：3/3；新增：岛"


def test_a_station_without_engineers_is_no_own_station(tiny):
    found = plan(tiny, "rollout", {"within_months": 6}, stations={"hill": station("hill", 0, covers=["south"])})
    assert found.details[0][0] == "without an own station after month 6: south, Isle"


def test_a_zone_is_listed_but_is_no_county(tiny):
    zone = {"split": {"isle": {"from": "north", "share": 0.1}}}
    demand = {"installed": [{"area": "north", "product": "printer", "units": 10}]}
    found = plan(tiny, "rollout", {"within_months": 6}, weights=zone, demand=demand)
    assert (found.met, found.asked) == (2, 2)
    assert found.details[0][0] == "zones without one (no county of their own): Isle"


def test_a_ticket_keeps_what_is_promised(tiny):
    found = plan(tiny, "ticket_fields")
    assert (found.met, found.asked) == (9, 9)
    assert found.details[0] == ("opened by one desk: [desk]", "由一个服务台开单：[desk]")
    assert ("impact: tickets.stops_work", "影响：tickets.stops_work") in found.details


def test_a_ticket_without_a_desk_or_a_column(tiny, monkeypatch):
    monkeypatch.setitem(TABLES, "tickets", tuple(c for c in TABLES["tickets"] if c.name != "priority"))
    found = plan(tiny, "ticket_fields", desk=None)
    assert (found.met, found.asked) == (7, 9)
    assert [en for en, _ in found.details[:2]] == [
        "no desk opens the ticket: there is no [desk]",
        "priority: not recorded (tickets.priority)",
    ]
