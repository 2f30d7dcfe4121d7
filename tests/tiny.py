"""A case small enough to work out by hand, and logs written row by row."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Sequence
from typing import Any

from simsvc.case import Case, build
from simsvc.log import TABLES, Log, table
from simsvc.scenario import from_dict
from simsvc.scenario.promises import SimPart

MINUTE, HOUR, DAY = 60, 3600, 86400

# Day 0 is Monday 1 January 2018. Roads: port - farm 30 min, port - hill 60 min; none to the isle.
SCENARIO: dict[str, Any] = {
    "format": 1,
    "name": "tiny",
    "title": {"en": "Tiny", "zh": "小例"},
    "time": {"start": dt.date(2018, 1, 1), "window": "28 d", "drain": "28 d"},
    "network": {
        "source": "own",
        "nodes": [
            {"id": "port", "name_en": "Port", "name_zh": "港", "kind": "seat", "area": "north"},
            {"id": "farm", "name_en": "Farm", "name_zh": "农场", "kind": "town", "area": "north"},
            {"id": "hill", "name_en": "Hill", "name_zh": "山", "kind": "seat", "area": "south"},
            {"id": "isle", "name_en": "Isle", "name_zh": "岛", "kind": "seat", "area": "isle"},
        ],
        "roads": [
            {"from": "port", "to": "farm", "minutes": 30.0},
            {"from": "port", "to": "hill", "minutes": 60.0},
        ],
    },
    "weights": {"seat": 0.5},
    "calendars": {
        "office": {"week": {"mon-fri": ["08:00-18:00"]}},
        "late": {"week": {"mon-fri": ["08:00-20:00"]}},
        "always": {"week": {"mon-sun": ["00:00-24:00"]}},
    },
    "stations": {
        "port": {"name": {"en": "Port", "zh": "港站"}, "node": "port", "engineers": 2, "covers": ["north", "isle"]},
        "hill": {"name": {"en": "Hill", "zh": "山站"}, "node": "hill", "engineers": 1, "covers": ["south"]},
    },
    "staff": {"calendar": "office", "out_of_hours": "on-call"},
    "desk": {"shifts": [{"calendar": "office", "agents": 1}], "work": "5 min"},
    "remote": {"shifts": [{"calendar": "always", "agents": 1}], "work": "5 min"},
    "products": {
        "printer": {
            "name": {"en": "Printer", "zh": "打印机"},
            "rate": "1 /year",
            "modes": {"jam": {"name": {"en": "Jam", "zh": "卡纸"}, "share": 1.0, "work": "30 min"}},
        },
        "server": {
            "name": {"en": "Server", "zh": "服务器"},
            "rate": "1 /year",
            "modes": {"crash": {"name": {"en": "Crash", "zh": "宕机"}, "share": 1.0, "work": "30 min"}},
        },
    },
    "demand": {
        "installed": [
            {"area": "north", "product": "printer", "units": 100},
            {"area": "south", "product": "printer", "units": 50},
            {"area": "north", "product": "server", "units": 30},
            {"area": "isle", "product": "server", "units": 10},
        ]
    },
    "planned": {"inspection": {"name": {"en": "Inspection", "zh": "巡检"}, "every_months": 1, "work": "1 h"}},
    "parts": {
        "fuser": {"name": {"en": "Fuser", "zh": "定影器"}, "product": "printer"},
        "roller": {"name": {"en": "Roller", "zh": "搓纸轮"}, "product": "printer"},
        "disk": {"name": {"en": "Disk", "zh": "硬盘"}, "product": "server"},
    },
    "stock": {
        "levels": [
            {"station": "port", "part": "fuser", "base_stock": 2},
            {"station": "port", "part": "roller", "base_stock": 1},
            {"station": "port", "part": "disk", "base_stock": 2},
            {"station": "hill", "part": "fuser", "base_stock": 2},
        ]
    },
    "goods": {
        "toner": {"name": {"en": "Toner", "zh": "硒鼓"}, "per_product": "printer", "rate": "1 /year"},
        "rack": {"name": {"en": "Rack", "zh": "机柜"}, "per_product": "server", "rate": "1 /year", "special": True},
    },
    "delivery": {
        "warehouse": {"node": "port", "calendar": "office", "cut_off": "15:00"},
        "routes": {"main": {"areas": ["north", "south"], "departs": ["09:00"], "calendar": "office", "capacity": 3}},
    },
    "reporting": {
        "ladder": ["1 h", "2 h"],
        "apart": ["isle"],
        "zones": {"seats": {"name": {"en": "Seats", "zh": "城区"}, "kinds": ["seat"]}},
        "complaints": {"kept": 0.01, "late": 0.5},
    },
}
DEFAULTS = {"counted": 1, "reachable": 1, "in_warranty": 1, "in_contract": 1, "outcome": 1, "brought": 1}
NOWHERE = {
    "tickets": ("parent", "part", "unit", "channel", "route", "loaner"),
    "visits": ("job", "via"),
    "jobs": ("plan", "order", "ticket"),
    "orders": ("parent",),
}
"""References that lead nowhere unless a row names them."""


class Tiny:
    """Makes cases and logs; ``Tiny.at(4, "17:30")`` is Friday 17:30."""

    @staticmethod
    def at(day: int, clock: str = "00:00") -> int:
        hours, minutes = clock.split(":")
        return day * DAY + int(hours) * HOUR + int(minutes) * MINUTE

    @staticmethod
    def case(clauses: dict[str, Any] | None = None, **changes: Any) -> Case:
        """The case with other clauses, and top-level tables replaced, (given a dict) updated or (None) taken out."""
        raw = copy.deepcopy(SCENARIO)
        for key, value in changes.items():
            raw[key] = {**raw.get(key, {}), **value} if isinstance(value, dict) else value
            if value is None:
                del raw[key]
        raw["clauses"] = {key: {"text": {"en": key}, "parts": parts} for key, parts in (clauses or {}).items()}
        return build(from_dict(raw))

    @staticmethod
    def raw() -> dict[str, Any]:
        """The small scenario as written, to be changed."""
        return copy.deepcopy(SCENARIO)

    @staticmethod
    def part(measure: str, **fields: Any) -> SimPart:
        return SimPart.model_validate({"kind": "sim", "measure": measure, **fields})

    @staticmethod
    def ticket(reported: int, **more: Any) -> dict[str, Any]:
        """A fault whose timeline is given by its lengths in minutes: ``desk``, ``off_duty`` and ``busy`` (waiting for
        an engineer), ``mobilise``, ``set_out``, ``held``, ``travel``; other columns as they are."""
        minutes = {
            name: MINUTE * more.pop(name, 0)
            for name in ("desk", "off_duty", "busy", "mobilise", "set_out", "held", "travel")
        }
        ready = reported + minutes["desk"]
        assigned = ready + minutes["off_duty"] + minutes["busy"]
        departed = assigned + minutes["mobilise"] + minutes["set_out"]
        arrived = departed + minutes["held"] + minutes["travel"]
        row = {"reported": reported, "answered": reported, "triaged": reported, "ready": ready}
        row |= {"assigned": assigned, "departed": departed, "arrived": arrived, "fixed": arrived, "status": 2}
        row |= {name: minutes[name] for name in ("off_duty", "mobilise", "set_out", "held", "travel")}
        return row | more

    @staticmethod
    def visit(ticket: int, number: int, ready: int, **more: Any) -> dict[str, Any]:
        """A visit to a fault by its lengths in minutes: ``wait`` for an engineer, ``prepare``, ``travel``, ``work``;
        other columns as they are."""
        minutes = {name: MINUTE * more.pop(name, 0) for name in ("wait", "prepare", "travel", "work")}
        assigned = ready + minutes["wait"]
        departed = assigned + minutes["prepare"]
        arrived = departed + minutes["travel"]
        row = {"ticket": ticket, "number": number, "kind": 0 if number == 1 else 1, "ready": ready}
        row |= {"assigned": assigned, "departed": departed, "arrived": arrived, "work_start": arrived}
        return row | {"work_end": arrived + minutes["work"]} | more

    @staticmethod
    def log(**tables: Sequence[dict[str, Any]]) -> Log:
        """A log of the rows given; moments not named have not happened, references lead nowhere, the rest is 0."""
        return Log(**{name: table(name, _columns(name, tables.get(name, ()))) for name in TABLES})


def _columns(name: str, rows: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    unknown = {key for row in rows for key in row} - {column.name for column in TABLES[name]}
    assert not unknown, f"{name} has no columns {unknown}"
    columns: dict[str, list[Any]] = {}
    for column in TABLES[name]:
        missing = column.unit == "time" or column.name in NOWHERE.get(name, ())
        default = DEFAULTS.get(column.name, -1 if missing else 0)
        columns[column.name] = [row.get(column.name, default) for row in rows]
    numbered = TABLES[name][0].name
    if numbered in ("ticket", "visit", "job", "order"):
        columns[numbered] = list(range(len(rows)))
    return columns
