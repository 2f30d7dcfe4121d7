"""How demand falls on towns: the rule worked by hand, and its laws."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.network import Network, hainan, load, town_weights
from simsvc.scenario.places import Network as Spec
from simsvc.scenario.places import Weights


@pytest.fixture
def county(spec: Callable[..., Spec]) -> Callable[..., Network]:
    def make(*population: float | None) -> Network:
        towns = [{"id": f"t{i}", "area": "x", "population": p} for i, p in enumerate(population)]
        return load(spec([*towns, {"id": "s", "kind": "seat", "area": "x", "population": 1000.0}], []))

    return make


def shares(net: Network, **more: float | str) -> dict[str, float]:
    return dict(town_weights(net, Weights.model_validate(more))["x"])


def test_towns_share_the_rest_by_population(county: Callable[..., Network]) -> None:
    assert shares(county(30.0, 10.0), seat=0.6) == pytest.approx({"t0": 0.3, "t1": 0.1, "s": 0.6})


def test_a_town_without_population_counts_as_the_mean(county: Callable[..., Network]) -> None:
    # Known 30 and 10, mean 20: the rest falls 3 : 1 : 2.
    expected = {"t0": 0.3, "t1": 0.1, "t2": 0.2, "s": 0.4}
    assert shares(county(30.0, 10.0, None), seat=0.4) == pytest.approx(expected)


@pytest.mark.parametrize("population", [(None, None), (0.0, 0.0), (0.0, None)])
def test_towns_share_equally_if_nothing_is_known(
    county: Callable[..., Network], population: tuple[float | None, ...]
) -> None:
    assert shares(county(*population), seat=0.0) == pytest.approx({"t0": 0.5, "t1": 0.5, "s": 0.0})


def test_the_default_holds_where_no_urban_share_is_known(county: Callable[..., Network]) -> None:
    assert shares(county(1.0))["s"] == 0.5
    assert shares(county(1.0), seat_default=0.2) == pytest.approx({"t0": 0.8, "s": 0.2})


def test_a_seat_alone_takes_all(county: Callable[..., Network]) -> None:
    assert shares(county(), seat=0.3) == {"s": 1.0}


def test_hainan_by_urban_share() -> None:
    weights = town_weights(hainan(), Weights())
    haikou = dict(weights["haikou"])
    assert haikou["haikou"] == pytest.approx(0.8176)
    assert haikou["dapo"] == pytest.approx((1 - 0.8176) / 21)  # 21 other towns, no population known
    danzhou = dict(weights["danzhou"])
    assert danzhou["dacheng"] / danzhou["heqing"] == pytest.approx(84620 / 20729)
    assert dict(weights["yangpu"]) == {"sandu": 0.5, "yangpu": 0.5}
    assert dict(weights["sansha"]) == {"sansha": 1.0}


@given(st.floats(0, 1), st.floats(0, 1))
def test_weights_add_to_one_in_network_order(seat: float, default: float) -> None:
    net = NET
    for rule in (Weights(seat=seat), Weights(seat_default=default)):
        for area, towns in town_weights(net, rule).items():
            assert tuple(town for town, _ in towns) == net.places[area]
            assert sum(share for _, share in towns) == pytest.approx(1)
            assert min(share for _, share in towns) >= 0


NET = hainan()
