"""Cases share what does not change; whatever was built before, a case is the one that would be built first."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

import simsvc as sv
from simsvc.case import Case, build, places, plausible_roads
from simsvc.clock import Bands, Calendar
from simsvc.network import shipped, source, travel

CASE = sv.load("huitian-2018")
LOOSE = sv.from_dict(
    {k: v for k, v in CASE.raw.items() if k not in ("assumptions", "presets", "clauses", "sizing")}, CASE.folder
)
"""Nothing rests on its figures, so that each may be changed."""
room = sys.modules["simsvc.case.build"]  # its name in the package is the function's
KEPT = (
    room._calendar, room._bands, room._hit, places._kept, plausible_roads._strayed, shipped.hainan, shipped._read,
    source._kept, travel._kept,
)  # fmt: skip


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything that a case is made of, by where it stands."""
    if dataclasses.is_dataclass(value) and not isinstance(value, Calendar | Bands):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, Calendar):
        yield path, np.stack([value.starts, value.ends])
    elif isinstance(value, Bands):
        yield path, np.stack([value.starts, value.codes])
    elif isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        for k, inner in enumerate(value):
            yield from leaves(inner, f"{path}.{k}")
    else:
        yield path, value


def same(a: Case, b: Case) -> None:
    here, there = dict(leaves(a)), dict(leaves(b))
    assert here.keys() == there.keys()
    for path, value in here.items():
        if isinstance(value, np.ndarray):
            assert value.dtype == there[path].dtype, path
            np.testing.assert_array_equal(value, there[path], err_msg=path)
        else:
            assert value == there[path], path


@pytest.mark.parametrize(
    "changes",
    [
        {"network.as_of": dt.date(2018, 10, 31)},
        {"network.time_factor": 1.1},
        {"network.bands.all.peak": 1.9},
        {"network.local_drive.town": "9 min"},
        {"network.peak": ["06:00-09:00"]},
        {"network.night": ["00:00-05:00"]},
        {"weights.seat": 0.9},
        {"weights.seat": "urban", "weights.seat_default": 0.1},
        {"stations.haikou.node": "chengmai"},
        {"stations.haikou.covers": ["haikou"]},
        {"stock.hub.node": "sanya"},
        {"delivery.warehouse.node": "sanya"},
        {"time.start": dt.date(2019, 2, 1)},
        {"time.warm_up": "40 d"},
        {"time.window": "100 d"},
        {"time.holidays": "none"},
        {"calendars.office.week": {"mon-fri": ["09:00-12:00", "13:00-18:00"]}},
        {"calendars.office.holidays": "as-week"},
        {"reporting.zones": {"seats": {"name": {"en": "Seats"}, "kinds": ["seat"]}}},
        {"environment.typhoons.reach_km": 90},
        {"environment.typhoons": None},
        {"products.desktop.modes.hardware.work.mean": "2 h"},
    ],
    ids=str,
)
def test_what_was_kept_is_never_stale(changes: dict[str, Any]) -> None:
    build(LOOSE)
    after = build(LOOSE.replace(**changes))
    for kept in KEPT:
        kept.cache_clear()
    same(after, build(LOOSE.replace(**changes)))


def test_what_does_not_change_is_one_object() -> None:
    one, two = build(CASE), build(CASE.override("products.desktop.modes.hardware.work.mean", "2 h"))
    assert two.places is one.places
    assert two.calendars["office"] is one.calendars["office"]
    assert two.band is one.band
    moved = build(CASE.override("stations.haikou.node", "chengmai"))
    assert moved.places is not one.places


def test_an_own_network_is_read_again_when_its_file_changes(own: Any, tmp_path: Path) -> None:
    def drive(minutes: int) -> int:
        tmp_path.joinpath("m.csv").write_text(f"id,a,b\na,0,{minutes}\nb,{minutes},0\n")
        nodes = [{"id": i, "lat": 0.0, "lon": 0.0} for i in "ab"]
        raw = own().raw | {"network": {"source": "own", "nodes": nodes, "matrix": "m.csv"}}
        return int(build(sv.from_dict(raw, tmp_path)).places.travel[1, 0, 1])

    assert [drive(30), drive(20), drive(30)] == [1800, 1200, 1800]


def test_nobody_can_write_to_a_case_nor_to_its_copy() -> None:
    case = build(CASE)
    copy = pickle.loads(pickle.dumps(case))
    for each in (case, copy):
        arrays = [value for _, value in leaves(each) if isinstance(value, np.ndarray)]
        assert len(arrays) > 25
        parts = (each, each.places, each.staffing, each.supply, *each.places.crossings, *each.calendars.values())
        owned = [v for part in (*parts, each.band) for v in vars(part).values() if isinstance(v, np.ndarray)]
        assert owned
        assert not any(array.flags.writeable for array in owned)
        with pytest.raises(ValueError, match="read-only"):
            each.places.travel[0, 0, 0] = 1


def test_a_case_travels_small_and_whole() -> None:
    case = build(CASE)
    packed = pickle.dumps(case, protocol=pickle.HIGHEST_PROTOCOL)
    assert len(packed) < 2_000_000
    copy = pickle.loads(packed)
    same(copy, case)
    assert copy.calendars["office"].add(0, 3600) == case.calendars["office"].add(0, 3600)
    assert copy.band.at(12 * 3600) == case.band.at(12 * 3600)


def test_tables_of_one_content_are_one_key() -> None:
    table, again = CASE.model, sv.from_dict(CASE.raw, CASE.folder).model
    assert hash(table) == hash(again)
    assert {table.network: 1}[again.network] == 1
    assert hash(table.staff) != hash(CASE.override("staff.site_access.mean", "3 min").model.staff)
    assert isinstance(table, BaseModel)
