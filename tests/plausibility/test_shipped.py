"""The shipped scenario: document A's stations and promises as written, demand at the size that its comments claim."""

from __future__ import annotations

import numpy as np
import pytest

from simsvc import network as roads
from simsvc.case import Case, build
from simsvc.engine.reference import run
from simsvc.log import Log
from simsvc.scenario import Scenario, load
from simsvc.workload import draw

NAMES = ("huitian-2018", "huitian-2018-office-hours", "huitian-2018-october-roads")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("huitian-2018")


@pytest.fixture(scope="module")
def case(scenario: Scenario) -> Case:
    return build(scenario)


@pytest.fixture(scope="module")
def log(case: Case) -> Log:
    return run(case, draw(case, 1, 0))


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_file_loads_and_compiles(name: str) -> None:
    assert build(load(name)).staffing.stations


def test_variants_change_what_they_say_and_nothing_else(scenario: Scenario) -> None:
    changed = {path for path, _, _ in scenario.diff(load("huitian-2018-office-hours"))}
    assert {p for p in changed if not p.startswith(("name", "title"))} == {"staff.out_of_hours"}
    changed = {path for path, _, _ in scenario.diff(load("huitian-2018-october-roads"))}
    assert {p for p in changed if not p.startswith(("name", "title"))} == {"network.as_of"}


def test_stations_and_engineers_of_the_document(scenario: Scenario) -> None:
    stations = scenario.model.stations
    assert len(stations) == 13
    assert {k: s.engineers for k, s in stations.items() if s.engineers != 1} == {"haikou": 2}
    assert stations["haikou"].covers == ["haikou", "sansha", "chengmai", "dingan"]
    assert stations["danzhou"].covers == ["danzhou", "yangpu", "lingao"]
    assert "sanya" not in stations["sanya"].covers
    assert stations["chengmai"].node == "laocheng"


def test_the_installed_base_follows_the_population(scenario: Scenario) -> None:
    net = roads.load(scenario.model.network)
    people = {area.id: area.population for area in net.areas if area.population}
    total = sum(people.values())
    computers: dict[str, int] = {}
    for row in scenario.model.demand.installed:
        if row.product in ("desktop", "laptop"):
            computers[row.area] = computers.get(row.area, 0) + row.units
    assert sum(computers.values()) == 12_000
    assert set(computers) == {area.id for area in net.areas} - {"yangpu"}
    for area, units in computers.items():
        assert units == pytest.approx(12_000 * people[area] / total, abs=2)


def test_sites_are_one_per_twenty_computers(scenario: Scenario) -> None:
    sites = {row.area: row.sites for row in scenario.model.demand.sites}
    assert sum(sites.values()) == 600
    assert min(sites.values()) == sites["sansha"] == 1


def test_load_is_what_the_comments_say(case: Case, log: Log) -> None:
    tickets = log.tickets
    counted = tickets["counted"] == 1
    reported = tickets["reported"][counted]
    assert 10_000 < counted.sum() < 15_000
    assert np.mean(tickets["status"][counted] == 1) == pytest.approx(0.5, abs=0.02)
    assert np.mean(case.calendars["office"].is_open(reported)) == pytest.approx(0.87, abs=0.015)
    work = (log.engineers["end"] - log.engineers["start"]).sum()
    duty = case.calendars["office"].open_seconds(case.span.start, case.span.end) * len(case.staffing.engineers)
    assert 0.4 < work / duty < 0.7
