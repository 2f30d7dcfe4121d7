"""Boats and flights by timetable, and drives within a place, worked out by hand."""

from __future__ import annotations

from typing import Any

ISLE = {"id": "isle", "lat": 0.0, "lon": 0.0}


def _with_isle(network: dict[str, Any], **more: Any) -> dict[str, Any]:
    passage = {
        "from": "b",
        "to": "isle",
        "departs": ["12:00"],
        "returns": ["15:00"],
        "duration": "90 min",
        "check_in": "30 min",
        **more,
    }
    return {**network, "nodes": [*network["nodes"], ISLE], "passages": [passage]}


def _scenario(own: Any, station: Any, network: dict[str, Any]) -> Any:
    return own(
        network=network,
        stations={"a": station("a", covers=["a", "b", "isle"])},
        products={"p": {"rate": "40 /d"}},
    )


def test_the_engineer_takes_the_next_boat_and_is_away_until_he_is_back(
    own: Any, line: Any, station: Any, told: Any, clock: Any
) -> None:
    """Half an hour to b, boat at 12:00, on the island 13:30, an hour's work, boat at 15:00, home at 17:00."""
    scenario = _scenario(own, station, _with_isle(line("a", "b", minutes=30)))
    case, log = told(scenario, [("2018-01-01 11:00", "isle"), ("2018-01-01 14:45", "a")])
    assert clock(case, log.tickets["departed"]) == ["Mon 11:00:00", "Mon 17:00:00"]
    assert clock(case, log.tickets["arrived"]) == ["Mon 13:30:00", "Mon 17:00:00"]
    assert log.tickets["reachable"].all()


def test_who_misses_check_in_waits_for_the_next_day_of_the_timetable(
    own: Any, line: Any, station: Any, told: Any, clock: Any
) -> None:
    scenario = _scenario(own, station, _with_isle(line("a", "b", minutes=30), every_days=2))
    case, log = told(scenario, [("2018-01-01 11:00:01", "isle")])
    (arrived,) = clock(case, log.tickets["arrived"])
    assert arrived in ("Tue 13:30:00", "Wed 13:30:00")
    sails = [d for d in range(3) if (case.epoch.first_day.toordinal() + d) % 2 == 0]
    first = next(d for d in sails if d > 0)
    assert arrived.startswith(("Mon", "Tue", "Wed")[first])


def test_boats_leave_after_the_end_of_the_run(own: Any, line: Any, station: Any, told: Any) -> None:
    """A weekly boat, on Sunday at noon; sent on the Sunday evening on which the run ends: 16 h, 6 days and the boat."""
    scenario = _scenario(own, station, _with_isle(line("a", "b", minutes=30), every_days=7))
    _, log = told(scenario, [("2018-01-07 20:00", "isle")])
    expected = 6 * 86400 + 16 * 3600 + 90 * 60
    assert log.visits["expected_travel"].tolist() == [expected]
    assert log.tickets["travel"].tolist() == [expected]
    assert log.tickets["arrived"].tolist() == [-1]


def test_without_a_passage_the_island_waits_for_ever(own: Any, line: Any, station: Any, told: Any) -> None:
    network = _with_isle(line("a", "b", minutes=30))
    del network["passages"]
    _, log = told(_scenario(own, station, network), [("2018-01-01 11:00", "isle")])
    assert log.tickets["arrived"].tolist() == [-1]
    assert log.tickets["reachable"].tolist() == [0]


def test_a_site_in_the_stations_own_town_is_a_local_drive_away(
    own: Any, line: Any, station: Any, told: Any, clock: Any
) -> None:
    """Twelve minutes there; sent on to the next site of the town twelve more; a trip elsewhere has none."""
    scenario = _scenario(own, station, line("a", "b", minutes=30, local_drive={"town": "10 min", "a": "12 min"}))
    scenario = scenario.override("stations.a.covers", ["a", "b"])
    faults = [("2018-01-01 09:00", "a"), ("2018-01-01 09:01", "a"), ("2018-01-01 09:02", "b")]
    case, log = told(scenario, faults)
    assert clock(case, log.tickets["arrived"]) == ["Mon 09:12:00", "Mon 10:24:00", "Mon 11:54:00"]
