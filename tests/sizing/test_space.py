"""What may be decided, what it costs, and whether the plan that is written is the plan that was meant."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.measures import REASONS
from simsvc.sizing.request import request
from simsvc.sizing.space import Levels, Space, space
from simsvc.sizing.wishes import wishes

SHIPPED = ("archive-digitising", "fertiliser-supply", "heating-and-alarm", "hospital-supplies", "huitian-2018")
Own = Callable[..., sv.Scenario]


@pytest.fixture
def own(own: Own) -> Own:
    """The small scenario with days after the window in which late cases are seen to be late."""
    return lambda **changes: own(**{**changes, "time": {"drain": "7 d", **changes.get("time", {})}})


def to_site(limit: str = "2 h", **more: Any) -> dict[str, Any]:
    """A clause on time to site."""
    part = {"kind": "sim", "measure": "time_to_site", "limit": limit, **more}
    return {"S": {"text": {"en": "on site"}, "parts": [part]}}


def made(scenario: sv.Scenario, **asked: Any) -> Space:
    return space(scenario, request(scenario, **asked))


def plan(room: Space, **levels: int) -> Levels:
    """Today but for these levers (``__`` for a dot, ``_`` for a hyphen)."""
    found = list(room.today)
    for key, level in levels.items():
        found[room.index[key.replace("__", ".").replace("_", "-")]] = level
    return tuple(found)


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Space:
    return made(sv.load(request.param))


def test_every_plan_of_a_shipped_scenario_is_a_scenario(shipped: Space) -> None:
    """Any levels at all make a case; a level more of anything is never cheaper; most and today are plans."""
    luck = random.Random(7)
    assert shipped.valid(shipped.today)
    assert shipped.valid(shipped.most)
    for _ in range(4):
        levels = tuple(luck.randint(lever.low, lever.high) for lever in shipped.levers)
        assert shipped.valid(levels)
        case = shipped.case_of(levels)
        assert len(case.staffing.engineers) == sum(shipped.engineers(levels))
        written = sv.loads(shipped.scenario_of(levels).to_toml())
        assert written.hash == case.key
        cost = shipped.cost(levels)
        assert cost == pytest.approx(sum(shipped.costs(levels)))
        for k, lever in enumerate(shipped.levers):
            if levels[k] < lever.high:
                assert shipped.cost((*levels[:k], levels[k] + 1, *levels[k + 1 :])) >= cost - 1e-6, lever.key


def test_levers_of_shipped_scenarios_make_sense(shipped: Space) -> None:
    """Known reasons, unique keys, today within bounds, names in both languages, and words for every level."""
    assert len(shipped.index) == len(shipped.levers)
    for lever in shipped.levers:
        assert lever.low <= lever.today <= lever.high
        assert lever.helps <= set(REASONS)
        assert lever.name.en
        assert lever.name.zh
        assert all(all(lever.said(level)) for level in range(lever.low, lever.high + 1))
    for line in shipped.lines(shipped.today):
        assert not line.changed
        assert line.cost == line.cost_today


def test_nothing_decided_is_the_scenario_itself(shipped: Space) -> None:
    """Today's levels give today's scenario; where coverage is promised, towns that nobody covered are written in."""
    found = shipped.scenario_of(shipped.today)
    changed = {path for path, _, _ in found.diff(shipped.scenario)}
    assert all(".covers" in path for path in changed)
    if changed:
        assert shipped.scenario.name == "huitian-2018"


def test_costs_by_hand(own: Own, line: Any, station: Any) -> None:
    """Two stations in office hours with nights on call, a desk and a route; every figure worked out."""
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", 2, ["a", "b"])},
        staff={"calendar": "office", "out_of_hours": "on-call", "on_call": "rota"},
        desk={"work": "5 min", "shifts": [{"calendar": "office", "agents": 2}, {"calendar": "always", "agents": 1}]},
        clauses=to_site(),
        sizing={
            "costs": {
                "engineer": 100_000.0, "engineer_at": {"b": 90_000.0}, "on_call": 100.0,
                "station": 30_000.0, "station_at": {"a": 50_000.0}, "agent": 80_000.0, "hours": 2000.0,
            }
        },
        time={"window": "364 d", "holidays": "none"},
    )  # fmt: skip
    room = made(scenario)
    # 52 weeks of 50 hours in 364 days; the night shift has the rest.
    office = 365 / 364 * 52 * 50
    night = 8760 - office
    assert room.cost(room.today) == pytest.approx(
        2 * 100_000 + 50_000 + 365 * 100 + 2 * 80_000 * office / 2000 + 80_000 * night / 2000
    )
    more = plan(room, engineers__b=1, duty__a=2)
    assert room.cost(more) - room.cost(room.today) == pytest.approx(90_000 + 30_000 + 365 * 100 + 365 * 100)
    lines = {row.key: row for row in room.lines(more)}
    assert lines["duty.a"].planned == "all"
    assert (lines["duty.b"].today, lines["duty.b"].planned) == ("off", "rota")
    assert lines["engineers.b"].cost == pytest.approx(120_000)
    assert not lines["agents.0"].changed


def test_spares_and_stand_ins_by_hand(own: Own) -> None:
    """A shelf and a pool at one station: pieces at the yearly part of their price."""
    scenario = own(
        products={"p": {"modes": {"m": {"part": 1.0, "parts": {"fuse": 1.0}, "workshop": 0.2, "routes": {"shop": 1}}}}},
        parts={"fuse": {"name": {"en": "Fuse"}, "product": "p", "cost": 200.0}},
        stock={"levels": [{"station": "a", "part": "fuse", "base_stock": 3}], "supplier_lead": "2 d"},
        repairs={"shop": {"name": {"en": "Shop"}, "turnaround": "5 d"}},
        loaners={"pool": {"name": {"en": "Pool"}, "products": ["p"], "at": {"a": 2}, "threshold": "1 h"}},
        clauses={"L": {"text": {"en": "stand-in"}, "parts": [{"kind": "sim", "measure": "stand_in_available"}]}},
        reporting={"costs": {"units": {"p": 4000.0}}},
        sizing={"costs": {"spare": 0.25, "loaner": 0.3}},
    )  # fmt: skip
    room = made(scenario)
    assert set(room.index) == {"spares.a.fuse", "loaners.pool.a"}
    assert room.cost(room.today) == pytest.approx(3 * 200 * 0.25 + 2 * 4000 * 0.3)
    less = plan(room, spares__a__fuse=1, loaners__pool__a=5)
    assert room.case_of(less).supply.base_stock[0, 0] == 1
    assert room.case_of(less).supply.loaner_pieces[0, 0] == 5
    assert room.cost(less) == pytest.approx(1 * 200 * 0.25 + 5 * 4000 * 0.3)


def test_only_what_moves_a_kept_promise_is_offered(own: Own, line: Any, station: Any) -> None:
    """Answering is the desk's alone; a clock from remote help's failure leaves the desk out; no night without need."""
    base: dict[str, Any] = {
        "network": line("a", "b"),
        "stations": {"a": station("a", 1, ["a", "b"])},
        "desk": {"work": "5 min", "shifts": [{"calendar": "always", "agents": 1}]},
        "remote": {"work": "5 min", "shifts": [{"calendar": "always", "agents": 1}]},
    }
    answered = {"S": {"text": {"en": "answer"}, "parts": [{"kind": "sim", "measure": "answered", "limit": "1 min"}]}}
    kinds = [lever.key for lever in made(own(**base, clauses=answered)).levers]
    assert kinds == ["agents.0"]
    later = own(**base, clauses=to_site(clock_start="remote_failed"))
    assert {lever.kind for lever in made(later).levers} == {"engineers", "reach"}
    office = own(**base, staff={"calendar": "office"}, clauses=to_site(clock_hours="office"))
    assert "duty" not in {lever.kind for lever in made(office).levers}
    round_the_clock = own(**base, staff={"calendar": "office"}, clauses=to_site())
    assert {"duty", "agents", "technicians"} <= {lever.kind for lever in made(round_the_clock).levers}
    one = made(own(**base, clauses=to_site() | {"R": answered["S"]}), keep=["R"])
    assert [lever.key for lever in one.levers] == ["agents.0"]


def test_enough_engineers_for_a_heavy_load(own: Own, endless: Any) -> None:
    """20 Erlangs: the most must be well above what Erlang C asks for (28 for hardly any wait), the least one."""
    scenario = own(
        products={"p": {"rate": "480 /d"}}, demand=endless("a"), clauses=to_site("30 min"), time={"window": "2 d"}
    )
    lever = made(scenario).levers[0]
    assert lever.key == "engineers.a"
    assert lever.low == 1
    assert 40 <= lever.high <= 80


def test_duty_and_reach_are_written_where_they_differ(own: Own, line: Any, station: Any) -> None:
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", 2), "b": station("b", 1)},
        staff={"calendar": "office", "out_of_hours": "on-call", "on_call": "all"},
        clauses=to_site(),
    )
    room = made(scenario)
    found = room.scenario_of(plan(room, duty__a=1, duty__b=0, reach=1))
    stations = found.model.stations
    assert (stations["a"].out_of_hours, stations["a"].on_call) == ("on-call", "rota")
    assert stations["b"].out_of_hours == "off"
    assert (found.model.dispatch.who, found.model.dispatch.backup_radius) == ("own-then-backup", 3600)
    # With one engineer a rota is the same as everyone: one plan, not two.
    assert room.plain(plan(room, duty__b=1)) == room.today


def test_a_plan_may_not_lose_a_skill_or_its_last_station(own: Own, line: Any, station: Any) -> None:
    """Whom a plan hires can do everything; but somebody who can do a job must stay."""
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", 1), "b": station("b", 1)},
        products={"p": {"skill": "boiler"}},
        staff={"engineers": {"a-1": {"skills": ["boiler"]}}},
        clauses=to_site(),
    )
    room = made(scenario, existing="free")
    assert not room.valid(plan(room, engineers__a=0))
    assert not room.valid(plan(room, engineers__a=0, engineers__b=0))
    hired = plan(room, engineers__a=0, engineers__b=2)
    assert room.valid(hired)
    assert room.scenario_of(hired).model.staff.engineers["b-2"].skills == ["boiler"]
    assert not made(scenario, existing="fixed").valid(plan(room, engineers__b=0))
    assert not made(scenario, most_engineers=2).valid(plan(room, engineers__b=2))


def test_plan_rules_count_too(own: Own, line: Any, station: Any) -> None:
    """Coverage and a station in every area, decided from the plan; the ratio of spares from its shelves."""
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", 1)},
        dispatch={"unassigned": "nearest"},
        parts={"fuse": {"name": {"en": "Fuse"}, "product": "p", "cost": 1.0}},
        products={"p": {"modes": {"m": {"part": 1.0, "parts": {"fuse": 1.0}}}}},
        demand={"installed": [{"area": "a", "product": "p", "units": 100}, {"area": "b", "product": "p", "units": 50}]},
        clauses={
            "C": {"text": {"en": "all"}, "parts": [{"kind": "plan", "rule": "coverage"}]},
            "O": {"text": {"en": "own"}, "parts": [{"kind": "plan", "rule": "rollout", "within_months": 6}]},
            "X": {"text": {"en": "3 %"}, "parts": [{"kind": "plan", "rule": "spares_at_start", "ratio": 0.03}]},
        },
    )
    room = made(scenario)
    wanted = {key: wishes(scenario, request(scenario, keep=[key])) for key in "COX"}
    # Nobody covers b as written: the plan writes it in.
    assert build(scenario).staffing.covers.all()
    assert room.met(room.today, wanted["C"])
    assert not room.met(room.today, wanted["O"])
    assert room.met(plan(room, engineers__b=1), wanted["O"])
    # 3 % of 100 and of 50 units, rounded up, where each is served; of 150 where one serves all.
    assert room.met(plan(room, engineers__b=1, spares__a__fuse=3, spares__b__fuse=2), wanted["X"])
    assert not room.met(plan(room, engineers__b=1, spares__a__fuse=3, spares__b__fuse=1), wanted["X"])
    assert room.met(plan(room, spares__a__fuse=5), wanted["X"])
    assert not room.met(plan(room, spares__a__fuse=4, spares__b__fuse=9), wanted["X"])


def test_routes_that_carry_what_is_promised(tiny: Any) -> None:
    """Vans, departures and the cut-off of the routes that serve the areas and goods of the promise, and no others."""
    raw = tiny.raw()
    main = raw["delivery"]["routes"]["main"]
    raw["delivery"]["routes"] = {"north": main | {"areas": ["north"]}, "south": main | {"areas": ["south"]}}
    part = {"kind": "sim", "measure": "delivered", "days": 0, "cut_off": True, "population": {"areas": ["south"]}}
    raw["clauses"] = {"D": {"text": {"en": "D"}, "parts": [part]}}
    raw["sizing"] = {"costs": {"van": 110_000.0}}
    room = made(sv.from_dict(raw))
    assert list(room.index) == ["vans.south", "departures.south", "cut-off"]
    found = plan(room, vans__south=2, departures__south=1, cut_off=1)
    delivery = room.scenario_of(found).model.delivery
    assert delivery is not None
    assert delivery.routes["south"].vans == 2
    assert delivery.routes["south"].departs == [9 * 3600, 15 * 3600]
    assert delivery.routes["north"].departs == [9 * 3600]
    assert delivery.warehouse.cut_off == 14 * 3600
    assert room.cost(found) == pytest.approx(2 * 110_000)
    assert [row.planned for row in room.lines(found)] == [2, 2, "14:00"]


def test_a_rule_alone_offers_the_shelves_that_can_keep_it(own: Own) -> None:
    """Parts that no fault asks for still count for a rule on spares."""
    scenario = own(
        parts={"fuse": {"name": {"en": "Fuse"}, "product": "p", "cost": 20.0}},
        demand={"installed": [{"area": "a", "product": "p", "units": 90}]},
        clauses={
            "X": {"text": {"en": "3 %"}, "parts": [{"kind": "plan", "rule": "spares_at_start", "ratio": 0.03}]},
        },
    )
    room = made(scenario)
    wanted = wishes(scenario, request(scenario))
    assert list(room.index) == ["spares.a.fuse"]
    assert not room.met(plan(room, spares__a__fuse=2), wanted)
    assert room.met(plan(room, spares__a__fuse=3), wanted)


def test_closing_stations_leaves_a_whole_plan(own: Own, line: Any, station: Any) -> None:
    """A closed station costs nothing, has nobody and covers nothing; its neighbour has its towns and stand-ins."""
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", 2), "b": station("b", 1)},
        staff={"calendar": "office", "out_of_hours": "on-call"},
        repairs={"shop": {"name": {"en": "Shop"}, "turnaround": "5 d"}},
        loaners={"pool": {"name": {"en": "Pool"}, "products": ["p"], "at": {"b": 3}, "threshold": "1 h"}},
        clauses=to_site(),
    )
    room = made(scenario, existing="free")
    closed = plan(room, engineers__b=0)
    case = room.case_of(closed)
    assert case.staffing.covers.tolist() == [[True, True], [False, False]]
    assert case.supply.loaner_pieces.tolist() == [[3, 0]]
    row = {line.key: line for line in room.lines(closed)}
    assert row["engineers.b"].cost == row["duty.b"].cost == 0
    assert row["duty.b"].planned == "off"
    # What its lever of duty says is no difference.
    assert room.plain(plan(room, engineers__b=0, duty__b=1)) == room.plain(closed)
