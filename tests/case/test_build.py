"""From scenario to case: indices, seconds, coverage, base stocks, due limits, the key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import simsvc as sv
from simsvc.case import build
from simsvc.case.supply import _shared_out, spares

DAY = 86400


def test_span(own: Any) -> None:
    case = build(own(time={"window": "10 d", "warm_up": "3 d", "drain": "2 d"}))
    assert (case.span.start, case.span.end, case.span.horizon) == (3 * DAY, 13 * DAY, 15 * DAY)
    assert str(case.epoch.first_day) == "2017-12-29"
    assert case.span.years == pytest.approx(10 / 365)


def test_coverage_backup_and_unassigned(own: Any, line: Any, station: Any) -> None:
    base: dict[str, Any] = {
        "network": line("a", "b", "c", "d", minutes=30),
        "stations": {"a": station("a"), "b": station("b", 0), "d": station("d")},
    }

    def shown(table: np.ndarray) -> list[str]:
        return ["".join("abcd"[k] for k in np.flatnonzero(row)) for row in table]

    staffing = build(own(**base)).staffing
    assert shown(staffing.covers) == ["a", "b", "d"]
    assert shown(staffing.backup) == ["", "", ""]
    assert staffing.engineers == ("a-1", "d-1")
    # c is 60 minutes from a, 30 from d; b has nobody to send.
    assert shown(build(own(**base, dispatch={"unassigned": "nearest"})).staffing.covers) == ["a", "b", "cd"]
    near = {"who": "own-then-backup", "backup_radius": "30 min"}
    assert shown(build(own(**base, dispatch=near)).staffing.backup) == ["b", "ac", "c"]
    assert shown(build(own(**base, dispatch={"who": "nearest"})).staffing.covers) == ["abcd"] * 3
    assert staffing.relief_order.tolist() == [[1, 2], [0, 2], [1, 0]]


def test_relief_comes_from_where_the_drive_is_shortest(own: Any, station: Any, tmp_path: Path) -> None:
    """The drive of the one who comes counts, not the way there; ties by order; who has no road never comes."""
    rows = ["id,a,b,c,d", "a,0,10,30,inf", "b,50,0,20,inf", "c,40,20,0,inf", "d,inf,inf,inf,0"]
    tmp_path.joinpath("m.csv").write_text("\n".join(rows))
    nodes = [{"id": i, "lat": 0.0, "lon": 0.0} for i in "abcd"]
    network = {"source": "own", "nodes": nodes, "matrix": "m.csv"}
    raw = own().raw | {"network": network, "stations": {i: station(i) for i in "abcd"}}
    relief = build(sv.from_dict(raw, tmp_path)).staffing.relief_order.tolist()
    assert relief == [[2, 1, -1], [0, 2, -1], [1, 0, -1], [-1, -1, -1]]


def test_three_percent_rule_by_hand(own: Any, line: Any, station: Any) -> None:
    """a serves 100 units: 3 % are 3, shared 2 to 1; b serves 34: 1.02, rounded up; the hub 10 % of 134, that is 14."""
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a"), "b": station("b")},
        parts={k: {"name": {"en": k}, "product": "p", "weight": w} for k, w in (("x", 2.0), ("y", 1.0))},
        stock={
            "rule": "share", "share": "3 %", "hub": {"node": "a", "share": 0.1, "lead": "1 d"},
            "levels": [{"station": "b", "part": "y", "base_stock": 7}],
        },
        demand={"installed": [{"area": a, "product": "p", "units": u} for a, u in (("a", 100), ("b", 34))]},
    )  # fmt: skip
    assert build(scenario).supply.base_stock.tolist() == [[2, 1], [1, 7], [9, 5]]


@given(st.integers(0, 50), st.lists(st.floats(0, 10), min_size=1, max_size=6))
def test_largest_remainder_loses_no_piece(total: int, weights: list[float]) -> None:
    pieces = _shared_out(total, np.array(weights))
    assert pieces.sum() == total
    assert (pieces >= 0).all()
    w = np.array(weights) if sum(weights) > 0 else np.ones(len(weights))
    assert (abs(pieces - total * w / w.sum()) < 1 + 1e-9).all()


@given(st.integers(0, 10_000))
def test_spares_round_up_and_forgive_rounding_errors(units: int) -> None:
    assert spares(0.03, units) == -(-3 * units // 100)


def test_a_split_moves_units_between_areas(own: Any, line: Any, station: Any) -> None:
    scenario = own(
        network=line("a", "b"),
        stations={"a": station("a", covers=["a", "b"])},
        weights={"split": {"b": {"from": "a", "share": 0.25}}},
        demand={"installed": [{"area": "a", "product": "p", "units": 10}]},
    )
    assert build(scenario).supply.units.ravel().tolist() == [7, 3]


def test_due_limit_is_the_shortest_promise(own: Any, line: Any, station: Any) -> None:
    def clause(limit: str, **population: Any) -> dict[str, Any]:
        part = {"kind": "sim", "measure": "time_to_site", "limit": limit, "population": population}
        return {"text": {"en": "x"}, "parts": [part]}

    mode = {"name": {"en": "N"}, "share": 1.0, "work": "1 h", "cause": "misuse"}
    scenario = own(
        time={"drain": "2 d"},
        network=line("a", "b"),
        stations={"a": station("a", covers=["a", "b"])},
        products={"p": {"modes": {"n": mode}}},
        clauses={
            "all": clause("8 h"), "b": clause("4 h", areas=["b"]), "not-a": clause("6 h", not_areas=["a"]),
            "misuse": clause("2 h", causes=["misuse"]), "longer": clause("20 h"),
        },
    )  # fmt: skip
    assert (build(scenario).due_limit / 3600).tolist() == [[8, 2], [4, 2]]


def test_what_is_not_promised_is_due_as_late_as_the_longest_promise(own: Any) -> None:
    """A fault without a promise must not go before another that is promised within 2 h."""

    def clause(limit: str, cause: str) -> dict[str, Any]:
        part = {"kind": "sim", "measure": "time_to_site", "limit": limit, "population": {"causes": [cause]}}
        return {"text": {"en": "x"}, "parts": [part]}

    modes = {
        c: {"name": {"en": c}, "share": 1.0, "work": "1 h", "cause": c} for c in ("hardware", "misuse", "software")
    }
    small = {"time": {"drain": "2 d"}, "products": {"p": {"modes": {"m": None, **modes}}}}
    assert build(own(**small)).due_limit.tolist() == [[0, 0, 0]]
    both = {"hard": clause("2 h", "hardware"), "soft": clause("8 h", "software")}
    assert (build(own(**small, clauses=both)).due_limit / 3600).tolist() == [[2, 8, 8]]


def test_due_limits_go_by_zone_and_mode(own: Any, station: Any) -> None:
    """A seat and a village of one area: 2 h in the city, 12 h elsewhere; hard faults within 1 h wherever they are."""

    def clause(limit: str, **population: Any) -> dict[str, Any]:
        part = {"kind": "sim", "measure": "time_to_site", "limit": limit, "population": population}
        return {"text": {"en": "x"}, "parts": [part]}

    nodes = [{"id": "seat", "kind": "seat", "area": "a"}, {"id": "village", "kind": "town", "area": "a"}]
    scenario = own(
        time={"drain": "2 d"},
        network={"source": "own", "nodes": nodes, "roads": [{"from": "seat", "to": "village", "minutes": 30}]},
        stations={"a": station("seat", covers=["a"])},
        products={"p": {"modes": {"hard": {"name": {"en": "H"}, "share": 1.0, "work": "1 h"}}}},
        reporting={"zones": {"city": {"name": {"en": "City"}, "kinds": ["seat"]}}},
        clauses={
            "city": clause("2 h", zones=["city"]), "rest": clause("12 h", zones=["other"]),
            "hard": clause("1 h", modes=["p.hard"]),
        },
    )  # fmt: skip
    case = build(scenario)
    assert [case.places.ids[k] for k in range(case.places.towns)] == ["seat", "village"]
    assert (case.due_limit / 3600).tolist() == [[2, 1], [12, 1]]


def test_a_contractors_parts_come_from_the_nearest_station_that_covers_the_town(
    own: Any, line: Any, station: Any
) -> None:
    """c is covered from afar, d by nobody, e lies on no road: its own station, or the first."""
    nodes = line("a", "b", "c", "d", minutes=30)
    nodes["nodes"].append({"id": "e", "lat": 0.0, "lon": 0.0})
    stations = {"a": station("a", covers=["a", "c"]), "b": station("b", covers=["b", "e"])}
    case = build(own(network=nodes, stations=stations))
    where = dict(zip(case.places.ids, case.staffing.parts_from.tolist(), strict=False))
    assert where == {"a": 0, "b": 1, "c": 0, "d": 1, "e": 1}


def test_key_follows_content_alone(own: Any) -> None:
    one, two = build(own()), build(sv.loads(own().to_toml()))
    assert one.key == two.key
    assert build(own().override("stations.a.engineers", 2)).key != one.key


def test_shipped_roads_of_another_date_make_another_case() -> None:
    a, b = (build(sv.load(n)) for n in ("huitian-2018", "huitian-2018-october-roads"))
    assert a.key != b.key
    faster = (b.places.travel < a.places.travel) & (b.places.travel >= 0)
    assert faster.any()
    assert not (b.places.travel > a.places.travel).any()


def test_unknown_names_are_listed_at_once(own: Any) -> None:
    scenario = own(
        stations={"a": {"node": "aa", "covers": ["x"]}},
        demand={"installed": [{"area": "y", "product": "p", "units": 1}]},
    )
    with pytest.raises(sv.ScenarioError) as found:
        build(scenario)
    assert {"stations.a.node", "stations.a.covers", "demand.installed.0.area"} <= {p.path for p in found.value.problems}
