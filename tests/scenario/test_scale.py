"""Figures as numbers in the unit in which they are written, and back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import simsvc as sv
from simsvc.scenario import scale


@pytest.fixture(scope="module")
def huitian() -> sv.Scenario:
    return sv.load("huitian-2018")


@pytest.mark.parametrize(
    ("path", "low", "high", "unit", "numbers"),
    [
        ("staff.set_out.mean", "5 min", "1 h", "min", (5, 60)),
        ("staff.set_out.mean", "0.5 h", "90 min", "h", (0.5, 1.5)),
        ("products.desktop.rate", "0.8 /year", "2 per d", "/year", (0.8, 730)),
        ("network.time_factor", 0.85, 2, "", (0.85, 2)),
        ("stock.share", "50 %", 0.75, "%", (50, 75)),
        ("stations.haikou.engineers", 1, 4, "", (1, 4)),
    ],
)
def test_numbers_in_the_first_unit(
    huitian: sv.Scenario, path: str, low: object, high: object, unit: str, numbers: tuple[float, float]
) -> None:
    found = scale.at(huitian.raw, path, [low, high])
    assert found is not None
    assert found.unit == unit
    assert (found.number(low), found.number(high)) == pytest.approx(numbers)
    assert found.whole == (path == "stations.haikou.engineers")


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("staff.out_of_hours", ["off", "on-call"]),
        ("network.as_of", [dt.date(2018, 6, 30)]),
        ("delivery.warehouse.cut_off", ["12:00", "18:00"]),
        ("staff.set_out.mean", ["5 min", "soon"]),
        ("staff.set_out", [{"dist": "constant", "value": "5 min"}]),
        ("staff.set_out.mean", []),
    ],
)
def test_what_is_no_figure_has_no_scale(huitian: sv.Scenario, path: str, values: list[object]) -> None:
    assert scale.at(huitian.raw, path, values) is None


def test_an_assumption_stands_for_the_path_behind_it(huitian: sv.Scenario) -> None:
    assert scale.target(huitian.raw, "assumptions.set-out") == "staff.set_out.mean"
    assert scale.target(huitian.raw, "stations.haikou.engineers") == "stations.haikou.engineers"
    with pytest.raises(sv.ScenarioError, match="set-out"):
        scale.target(huitian.raw, "assumptions.setout")


def test_every_base_of_the_ledger_is_written_as_it_reads(huitian: sv.Scenario) -> None:
    """Written again, each base figure of the ledger is the same to the model."""
    seen = 0
    for entry in huitian.ledger():
        found = scale.at(huitian.raw, f"assumptions.{entry.id}", [entry.low, entry.base, entry.high])
        if found is not None:
            seen += 1
            assert found.number(found.written(found.number(entry.base))) == found.number(entry.base)
    assert seen > 100


def test_what_may_not_stand_gives_way_to_the_nearest(huitian: sv.Scenario) -> None:
    """Months between visits divide the year; lengths in years are whole days."""
    months = scale.at(huitian.raw, "planned.inspection.every_months", [2, 12])
    assert months is not None
    assert [months.nearest(x) for x in (2.4, 4.9, 5.1, 8.9, 9.1)] == [2, 4, 6, 6, 12]
    assert [months.between(2, 12, k / 5) for k in range(5)] == [2, 3, 4, 6, 12]
    years = scale.of(scale.at(huitian.raw, "time.window", ["1 d"]).annotation, ["2 years"])  # type: ignore[union-attr]
    assert years is not None
    assert years.nearest(2.5) == "912 d"
    assert years.number(years.nearest(2.5)) == pytest.approx(2.5, abs=1 / 365)


@given(st.floats(0, 1, exclude_max=True))
def test_between_stays_between(share: float) -> None:
    found = scale.of(int, [2, 4])
    assert found is not None
    # Each of 2, 3, 4 takes a third of the shares.
    assert found.between(2, 4, share) == 2 + int(3 * share)
    plain = scale.of(float, [1.0, 100.0])
    assert plain is not None
    assert 1 <= plain.between(1.0, 100.0, share) <= 100
    assert plain.between(1.0, 100.0, share, log=True) == pytest.approx(100**share, rel=1e-5)
