"""The shipped network against the published check of its data (drive minutes and connectivity, by date)."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

import networkx as nx
import numpy as np
import pytest

from simsvc.network import (
    FERRY,
    Network,
    components,
    coverage,
    cut_off,
    hainan,
    load,
    nodes_for_map,
    roads_for_map,
    travel_seconds,
)
from simsvc.network.checks import check_nodes, check_roads
from simsvc.network.draft import DraftNode, DraftRoad
from simsvc.network.shipped import _node, _road, _table
from simsvc.scenario.places import Network as Spec
from simsvc.scenario.places import Weights

FREE = Spec()
EARLY, AUTUMN, LATE = dt.date(2018, 6, 30), dt.date(2018, 10, 31), dt.date(2025, 12, 31)
DATES = (EARLY, AUTUMN, LATE)
AREAS = ["haikou", "sanya", "sansha", "danzhou", "wuzhishan", "qionghai", "wenchang", "wanning", "dongfang", "dingan"]
AREAS += [
    "tunchang",
    "chengmai",
    "lingao",
    "baisha",
    "changjiang",
    "ledong",
    "lingshui",
    "baoting",
    "qiongzhong",
    "yangpu",
]

# Station node, area, its towns; by date: minutes to the seat, worst town, its minutes, towns over 90 and over 120.
DRIVES = [
    ("haikou", "haikou", 22, [(0, "大坡镇", 100, 1, 0), (0, "大坡镇", 100, 1, 0), (0, "大坡镇", 100, 1, 0)]),
    ("haikou", "chengmai", 11, [(65, "仁兴镇", 130, 4, 1), (65, "仁兴镇", 130, 4, 1), (65, "仁兴镇", 130, 4, 1)]),
    ("haikou", "dingan", 10, [(46, "翰林镇", 109, 3, 0), (46, "翰林镇", 109, 3, 0), (46, "翰林镇", 109, 3, 0)]),
    ("sanya", "sanya", 8, [(0, "育才", 65, 0, 0), (0, "育才", 65, 0, 0), (0, "育才", 65, 0, 0)]),
    ("sanya", "lingshui", 11, [(57, "群英乡", 101, 3, 0), (57, "群英乡", 101, 3, 0), (57, "群英乡", 96, 3, 0)]),
    ("ledong", "ledong", 11, [(0, "莺歌海镇", 109, 3, 0), (0, "莺歌海镇", 79, 0, 0), (0, "莺歌海镇", 79, 0, 0)]),
    ("tunchang", "tunchang", 8, [(0, "乌坡镇", 37, 0, 0), (0, "乌坡镇", 37, 0, 0), (0, "乌坡镇", 37, 0, 0)]),
    ("qiongzhong", "qiongzhong", 10, [(0, "吊罗山乡", 73, 0, 0), (0, "吊罗山乡", 73, 0, 0), (0, "吊罗山乡", 73, 0, 0)]),
    ("qionghai", "qionghai", 12, [(0, "会山镇", 67, 0, 0), (0, "会山镇", 67, 0, 0), (0, "龙江镇", 48, 0, 0)]),
    ("dongfang", "dongfang", 10, [(0, "江边乡", 119, 1, 0), (0, "江边乡", 119, 1, 0), (0, "江边乡", 119, 1, 0)]),
    ("dongfang", "changjiang", 8, [(52, "王下乡", 140, 2, 1), (52, "王下乡", 140, 2, 1), (52, "王下乡", 140, 2, 1)]),
    ("laocheng", "chengmai", 11, [(38, "仁兴镇", 102, 1, 0), (38, "仁兴镇", 102, 1, 0), (38, "仁兴镇", 102, 1, 0)]),
    ("wenchang", "wenchang", 17, [(0, "铺前镇", 100, 2, 0), (0, "铺前镇", 100, 2, 0), (0, "翁田镇", 95, 1, 0)]),
    ("wanning", "wanning", 13, [(0, "南桥镇", 41, 0, 0), (0, "南桥镇", 41, 0, 0), (0, "南桥镇", 41, 0, 0)]),
    ("baisha", "baisha", 11, [(0, "青松乡", 89, 0, 0), (0, "青松乡", 89, 0, 0), (0, "青松乡", 89, 0, 0)]),
    ("danzhou", "danzhou", 16, [(0, "海头镇", 104, 1, 0), (0, "海头镇", 104, 1, 0), (0, "峨蔓镇", 86, 0, 0)]),
    ("danzhou", "yangpu", 2, [(78, "三都镇", 87, 0, 0), (78, "三都镇", 87, 0, 0), (53, "三都镇", 67, 0, 0)]),
    ("danzhou", "lingao", 11, [(75, "东英镇", 91, 1, 0), (75, "东英镇", 91, 1, 0), (75, "东英镇", 91, 1, 0)]),
    ("wuzhishan", "wuzhishan", 7, [(0, "番阳镇", 53, 0, 0), (0, "水满乡", 50, 0, 0), (0, "水满乡", 50, 0, 0)]),
    ("wuzhishan", "baoting", 9, [(53, "六弓乡", 93, 1, 0), (53, "六弓乡", 93, 1, 0), (25, "毛感乡", 64, 0, 0)]),
]
# Minutes from Haikou to each seat, by date.
FROM_HAIKOU = {
    "sanya": (192, 192, 192),
    "danzhou": (128, 128, 128),
    "wuzhishan": (195, 153, 153),
    "qionghai": (74, 74, 74),
    "wenchang": (79, 79, 79),
    "wanning": (110, 110, 110),
    "dongfang": (169, 169, 169),
    "dingan": (46, 46, 46),
    "tunchang": (71, 71, 71),
    "chengmai": (65, 65, 65),
    "lingao": (77, 77, 77),
    "baisha": (178, 178, 148),
    "changjiang": (143, 143, 143),
    "ledong": (251, 158, 158),
    "lingshui": (144, 144, 144),
    "baoting": (199, 199, 170),
    "qiongzhong": (100, 100, 100),
    "yangpu": (115, 115, 115),
}
# Towns over 120, over 90, over 60 minutes from their station, and the median, by date and time factor.
SENSITIVITY = [
    (EARLY, 0.85, (0, 4, 54, 39)),
    (EARLY, 1.0, (1, 19, 71, 46)),
    (EARLY, 1.15, (5, 43, 88, 52)),
    (EARLY, 1.3, (16, 55, 103, 59)),
    (EARLY, 1.5, (41, 71, 117, 68)),
    (AUTUMN, 1.0, (1, 16, 68, 46)),
    (AUTUMN, 1.5, (37, 68, 116, 68)),
    (LATE, 0.85, (0, 3, 42, 36)),
    (LATE, 1.0, (1, 13, 61, 42)),
    (LATE, 1.5, (30, 61, 108, 64)),
]
# Nodes with a road, pairs joined by a road, without and with the supply ship.
CONNECTED = [
    (dt.date(2018, 1, 1), 268, 465, 269, 466),
    (dt.date(2018, 6, 30), 268, 465, 269, 466),
    (dt.date(2018, 10, 31), 276, 482, 277, 483),
    (dt.date(2019, 12, 31), 284, 502, 285, 503),
    (dt.date(2021, 6, 30), 290, 515, 291, 516),
    (dt.date(2025, 12, 31), 290, 517, 291, 518),
]


@pytest.mark.parametrize(("station", "area", "towns", "expected"), DRIVES)
def test_station_county_drives_are_those_of_the_published_check(
    islands: dict[dt.date, Network],
    station: str,
    area: str,
    towns: int,
    expected: list[tuple[int, str, int, int, int]],
) -> None:
    for date, (seat, worst, minutes, over_90, over_120) in zip(DATES, expected, strict=True):
        net = islands[date]
        [row] = coverage(net, FREE, {"st": (station, [area], [])}, Weights(), 5400)
        assert row.seat_minutes is not None
        assert row.worst_minutes is not None
        assert row.worst_name is not None
        assert (len(row.towns), round(row.seat_minutes), round(row.worst_minutes)) == (towns, seat, minutes)
        assert row.worst_name.zh.startswith(worst)
        drive = travel_seconds(net, FREE, (station, *row.towns))[0, 0, 1:] / 60
        assert ((drive > 90).sum(), (drive > 120).sum()) == (over_90, over_120)


def test_haikou_to_every_seat(islands: dict[dt.date, Network]) -> None:
    for k, date in enumerate(DATES):
        minutes = travel_seconds(islands[date], FREE, ["haikou", *FROM_HAIKOU])[1, 0, 1:] / 60
        found = dict(zip(FROM_HAIKOU, minutes.round().astype(int).tolist(), strict=True))
        assert found == {seat: by_date[k] for seat, by_date in FROM_HAIKOU.items()}


@pytest.mark.parametrize(("date", "factor", "expected"), SENSITIVITY)
def test_time_factor_moves_towns_over_the_limits(
    islands: dict[dt.date, Network], date: dt.date, factor: float, expected: tuple[int, int, int, int]
) -> None:
    net = islands[date]
    nodes = net.ids
    seconds = travel_seconds(net, Spec(time_factor=factor), nodes)[0]
    drive: dict[str, float] = {}
    for station, area, _, _ in DRIVES:
        for town in net.places[area]:
            minutes = seconds[net.index[station], net.index[town]] / 60
            drive[town] = min(drive.get(town, np.inf), minutes)  # Chengmai has two stations
    values = np.array(list(drive.values()))
    assert len(values) == 207
    assert tuple((values > limit).sum() for limit in (120, 90, 60)) == expected[:3]
    assert np.median(values) == pytest.approx(expected[3], abs=0.6)


@pytest.mark.parametrize(("date", "nodes", "pairs", "nodes_ship", "pairs_ship"), CONNECTED)
def test_connectivity_by_date(date: dt.date, nodes: int, pairs: int, nodes_ship: int, pairs_ship: int) -> None:
    net = hainan(date)
    joined = [
        (frozenset((net.ids[a], net.ids[b])), net.classes[k] == FERRY)
        for a, b, k in zip(net.edges.start, net.edges.end, net.edges.road_class, strict=True)
    ]
    roads = {pair for pair, ferry in joined if not ferry}
    every = {pair for pair, _ in joined}
    assert (len(frozenset().union(*roads)), len(roads)) == (nodes, pairs)
    assert (len(frozenset().union(*every)), len(every)) == (nodes_ship, pairs_ship)
    main, *others = components(net)
    assert len(main) == nodes
    assert all(len(part) == 1 for part in others)
    assert [part.towns for part in cut_off(net)] == [("sansha",)]
    assert nx.is_connected(nx.Graph([tuple(pair) for pair in every]))


def test_sansha_is_named_with_its_port(islands: dict[dt.date, Network]) -> None:
    [part] = cut_off(islands[EARLY])
    assert part.ferry_from == ("port-qinglan",)
    assert "Yongxing Island" in part.text.en
    assert "永兴岛" in part.text.zh
    row = coverage(islands[EARLY], FREE, {"haikou": ("haikou", ["sansha"], [])}, Weights(), 7200)[0]
    assert (row.seat_minutes, row.worst_minutes, row.beyond) == (None, None, 1.0)
    assert [name.zh for name in row.unreachable_names] == ["永兴岛（三沙市）"]


def test_the_data_pass_the_checks_of_own_networks() -> None:
    nodes = [DraftNode(row["id"], _node(row)) for row in _table("towns.csv")]
    roads = [DraftRoad(f"{row['from']}–{row['to']}", _road(row)) for row in _table("roads.csv")]
    assert (len(nodes), len(roads)) == (291, 521)
    assert check_nodes(nodes, "towns.csv") == []
    assert check_roads(nodes, roads) == []


def test_areas() -> None:
    net = hainan()
    assert [area.id for area in net.areas] == AREAS
    assert set(net.area) == set(AREAS)
    assert all(area.seat in net.places[area.id] for area in net.areas)
    assert net.places["yangpu"] == ("sandu", "yangpu")
    by_id = {area.id: area for area in net.areas}
    assert by_id["yangpu"].parent == "danzhou"
    assert by_id["yangpu"].urban_share is None
    assert by_id["haikou"].population == 2873358
    assert by_id["haikou"].urban_share == pytest.approx(0.8176)
    # The census counted 10,081,232 people in the province.
    assert sum(area.population or 0 for area in net.areas) == pytest.approx(10_081_232, rel=1e-5)


def test_dates_open_roads_on_their_day_and_years_on_1_january() -> None:
    def refs(date: dt.date | None) -> int:
        return len(load(Spec(as_of=date)).edges.refs)

    assert refs(dt.date(2018, 9, 28)) - refs(dt.date(2018, 9, 27)) == 17
    assert refs(dt.date(2025, 1, 1)) - refs(dt.date(2024, 12, 31)) == 1
    assert refs(None) == refs(LATE) == 521


def test_files_say_where_their_rows_come_from_and_name_geonames() -> None:
    folder = resources.files("simsvc.network") / "hainan"
    assert "Contains data from GeoNames (CC BY 4.0)" in (folder / "README.md").read_text(encoding="utf-8")
    assert "GeoNames (CC BY 4.0)" in hainan().attribution
    for name in ("areas.csv", "towns.csv", "roads.csv"):
        rows = list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))
        assert {row["confidence"] for row in rows} <= {"high", "medium", "low"}
        assert all(row["source"] for row in rows)


def test_map_has_every_open_road_and_node() -> None:
    net = hainan(EARLY)
    lines = roads_for_map(net)
    assert len(lines) == len(net.edges.refs)
    assert {line[4] for line in lines} <= set(net.classes)
    lon1, lat1, lon2, lat2, road_class = lines[0]
    first = net.edges.start[0], net.edges.end[0]
    assert (lon1, lat1, lon2, lat2) == (net.lon[first[0]], net.lat[first[0]], net.lon[first[1]], net.lat[first[1]])
    assert road_class == "expressway"
    assert nodes_for_map(net)[0] == ("haikou", 110.3465, 20.0342, "seat")
    assert len(nodes_for_map(net)) == 291


def test_arrays_cannot_be_written() -> None:
    net = hainan()
    with pytest.raises(ValueError, match="read-only"):
        net.edges.seconds[0] = 1.0
