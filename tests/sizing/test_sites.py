"""Who covers what when stations open and close: every town somebody's, every new station its area's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.promise.plan import decide_plan
from simsvc.scenario.promises import PlanPart
from simsvc.sizing.request import request
from simsvc.sizing.sites import Ground, covered, ground, rewritten, taker, today
from simsvc.sizing.space import space


def node(key: str, area: str, kind: str = "town") -> dict[str, Any]:
    return {"id": key, "kind": kind, "area": area, "lat": 0.0, "lon": 0.0}


# west: w1 (seat) - w2 - w3, 30 minutes each, 30 on to east: e1 (seat) - e2, 40 minutes; and an isle without a road.
ROAD: dict[str, Any] = {
    "source": "own",
    "nodes": [
        node("w1", "west", "seat"), node("w2", "west"), node("w3", "west"),
        node("e1", "east", "seat"), node("e2", "east"), node("i", "isle", "seat"),
    ],
    "roads": [
        {"from": a, "to": b, "minutes": minutes}
        for a, b, minutes in (("w1", "w2", 30.0), ("w2", "w3", 30.0), ("w3", "e1", 30.0), ("e1", "e2", 40.0))
    ],
}  # fmt: skip


@pytest.fixture
def coast(own: Callable[..., sv.Scenario], station: Any) -> Callable[..., Ground]:
    def make(assign: bool = False, **stations: Any) -> Ground:
        places = stations or {"home": station("w1", 2, ["west", "east", "isle"])}
        units = [{"area": a, "product": "p", "units": 10} for a in ("west", "east", "isle")]
        raw = own(network=ROAD, stations={"a": None, **places}, demand={"installed": units})
        return ground(raw, ["w1", "w3", "e1", "i"], assign=assign)

    return make


def who(there: Ground, opened: tuple[bool, ...]) -> dict[str, str]:
    """Stations that cover each town, by id."""
    covers = covered(there, opened)
    towns = there.case.places.ids[: there.case.places.towns]
    return {
        t: "+".join(s.key for s, row in zip(there.sites, covers, strict=True) if row[k]) for k, t in enumerate(towns)
    }


def test_a_new_station_takes_its_area_from_those_who_are_farther(coast: Callable[..., Ground]) -> None:
    there = coast()
    assert [s.key for s in there.sites] == ["home", "w3", "east", "isle"]
    now = who(there, today(there))
    assert set(now.values()) == {"home"}
    east = who(there, (True, False, True, False))
    assert east == {"w1": "home", "w2": "home", "w3": "home", "e1": "east", "e2": "east", "i": "home"}
    # A second one in west: neither gives anything up to the other, for both stand there.
    west = who(there, (True, True, False, False))
    assert west["w1"] == west["w2"] == west["w3"] == "home+w3"
    assert west["e1"] == "home"
    # Nobody drives to the isle: it takes a station there to take it over.
    assert who(there, (True, True, True, True))["i"] == "isle"


def test_towns_nearer_to_a_neighbour_stay_with_him_too(coast: Callable[..., Ground], station: Any) -> None:
    """A station at w3 serves east; one that opens at e2 covers all of it, and e1, which is nearer to w3, keeps both."""
    there = coast(near=station("w3", 1, ["west", "east", "isle"]))
    there = ground(there.scenario, ["e2"])
    found = who(there, (True, True))
    assert found["e2"] == "e2"
    assert found["e1"] == "near+e2"
    assert found["w1"] == "near"


def test_a_closed_station_leaves_no_town_alone(coast: Callable[..., Ground], station: Any) -> None:
    there = coast(one=station("w1", 1, ["west", "isle"]), two=station("e1", 1, ["east"]))
    found = who(there, (False, True, *[False] * (len(there.sites) - 2)))
    assert set(found.values()) == {"two"}
    assert taker(there, (False, True, *[False] * (len(there.sites) - 2)), 0) == 1
    rows = {there.sites[s].key: (areas, towns) for s, areas, towns in rewritten(there, (False, True, False, False))}
    assert rows["one"] == ((), ())
    assert rows["two"] == (("west", "east", "isle"), ())


def test_what_nobody_covers_stays_so_unless_coverage_is_promised(coast: Callable[..., Ground], station: Any) -> None:
    partly = station("w1", 1, ["east"]) | {"covers_towns": ["w1"]}
    loose, strict = coast(one=partly), coast(assign=True, one=partly)
    assert who(loose, today(loose))["w2"] == ""
    assert not rewritten(loose, today(loose))
    found = who(strict, today(strict))
    assert found["w2"] == found["w3"] == "one"
    # No road leads to the isle: no coverage is pretended.
    assert found["i"] == ""


def test_huitian_with_every_station_open_covers_all_but_sansha() -> None:
    scenario = sv.load("huitian-2018")
    room = space(scenario, request(scenario))
    all_open = tuple(
        max(level, 1) if lever.kind == "engineers" else level
        for level, lever in zip(room.today, room.levers, strict=True)
    )
    case = room.case_of(all_open)
    rule = PlanPart.model_validate({"kind": "plan", "rule": "coverage"})
    found = decide_plan(case, rule)
    assert (found.met, found.asked) == (19, 20)
    assert "Sansha" in found.details[0][0]
    sansha = case.places.area == case.places.areas.index("sansha")
    covers = np.flatnonzero(case.staffing.covers[:, sansha].any(axis=1))
    assert [case.staffing.stations[s] for s in covers] == ["haikou"]
    # Each area but Sansha has a station of its own that covers all of it; of outer Sanya, which is nobody's today, what
    # is nearer to the new station in Lingshui goes there.
    for k, area in enumerate(case.places.areas):
        mine = [s for s, at in enumerate(case.staffing.station_place) if case.places.area[at] == k]
        whole = any(case.staffing.covers[s, case.places.area == k].all() for s in mine)
        assert whole == (area not in ("sansha", "sanya"))
    assert np.all(case.staffing.covers.any(axis=0))
