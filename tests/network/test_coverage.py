"""The station–county table on the small network, by hand."""

from __future__ import annotations

import pytest

from simsvc.errors import NetworkError
from simsvc.network import Network, coverage
from simsvc.scenario.places import Network as Spec
from simsvc.scenario.places import Weights

WEIGHTS = Weights(seat=0.6)


def test_whole_areas_and_single_towns(small: tuple[Network, Spec]) -> None:
    net, spec = small
    stations = {"s2": ("c", ["east", "west"], ["b"]), "s1": ("x", [], ["j", "b"])}
    rows = coverage(net, spec, stations, WEIGHTS, 20 * 60)
    # West whole (its town b named again changes nothing); single towns follow the network's order of areas.
    assert [(row.station, row.area, row.towns) for row in rows] == [
        ("s2", "east", ("c",)),
        ("s2", "west", ("a", "b")),
        ("s1", "west", ("b",)),
        ("s1", "i", ("j",)),
    ]
    east, west, some, isle = rows
    assert (east.seat_minutes, east.worst_minutes, east.beyond) == (0, 0, 0)
    assert (west.seat_minutes, west.worst, west.worst_minutes) == (48, "a", 48)
    assert west.worst_name is not None
    assert west.worst_name["zh"] == "甲"
    assert west.beyond == pytest.approx(0.6)  # b lies 20 minutes away: at the limit is not beyond it
    assert (some.seat_minutes, some.worst, some.share) == (None, "b", pytest.approx(0.4))
    assert (isle.worst, isle.worst_minutes, isle.beyond) == ("", None, pytest.approx(0.4))
    assert [name["en"] for name in isle.unreachable_names] == ["Jetty"]


def test_band_and_limit(small: tuple[Network, Spec]) -> None:
    net, spec = small
    stations = {"s": ("c", ["west"], [])}
    [peak] = coverage(net, spec, stations, WEIGHTS, 40 * 60, band="peak")
    assert (peak.seat_minutes, peak.worst, peak.beyond) == (72, "a", pytest.approx(0.6))
    [strict] = coverage(net, spec, stations, WEIGHTS, 40 * 60 - 1, band="peak")
    assert strict.beyond == 1


def test_part_of_an_area_is_reached(small: tuple[Network, Spec]) -> None:
    net, spec = small
    [row] = coverage(net, spec, {"s": ("j", ["i"], [])}, WEIGHTS, 300)
    assert (row.seat_minutes, row.worst, row.unreachable, row.beyond) == (7, "i", (), pytest.approx(0.6))


def test_names_that_do_not_exist_are_all_listed(small: tuple[Network, Spec]) -> None:
    net, spec = small
    stations = {"s": ("aa", ["wests"], ["bb", "x"]), "t": ("a", ["east"], [])}
    with pytest.raises(NetworkError) as caught:
        coverage(net, spec, stations, WEIGHTS, 60)
    found = [(p.path, p.value) for p in caught.value.problems]
    paths = ("node", "covers", "covers_towns", "covers_towns")
    assert found == [
        (f"stations.s.{path}", value) for path, value in zip(paths, ("aa", "wests", "bb", "x"), strict=True)
    ]
    assert caught.value.problems[1].remedy.startswith('did you mean "west"?')
