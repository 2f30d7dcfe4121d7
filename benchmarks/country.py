"""From a province to a country: the same cell over and over, demand in proportion, the cost of a ticket.

A cell has 14 engineers at two stations in three towns, and no road leads out of it. The desk and the technicians are
shared by all cells and grow with them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import simsvc as sv
from benchmarks.measuring import Goal, Way, table
from simsvc.case import build
from simsvc.engine import compiled

CELL = 14
SIZES = {1: 364, 10: 364, 100: 91, 1000: 14}
"""Days of the window by number of cells: long enough for the tickets to dwarf what a run costs once."""
PARTS = ("disk", "power")


def scenario(cells: int, days: int) -> sv.Scenario:
    """So many cells. About 950 tickets an engineer and year, as in huitian-2018."""
    nodes, roads, stations, installed = [], [], {}, []
    levels = []
    for c in range(cells):
        a, b, d = (f"{t}{c}" for t in "abd")
        area = f"cell{c}"
        nodes += [
            {
                "id": node,
                "lat": 18.0 + k / 100,
                "lon": 108.0 + c / 100,
                "area": area,
                "kind": "seat" if k == 0 else "town",
            }
            for k, node in enumerate((a, b, d))
        ]
        roads += [{"from": a, "to": b, "minutes": 45}, {"from": b, "to": d, "minutes": 30}]
        stations[f"s{a}"] = {"name": {"en": a}, "node": a, "engineers": 8, "covers_towns": [a]}
        stations[f"s{b}"] = {"name": {"en": b}, "node": b, "engineers": 6, "covers_towns": [b, d]}
        installed.append({"area": area, "product": "pc", "units": 18_000})
        levels += [{"station": s, "part": p, "base_stock": 6} for s in (f"s{a}", f"s{b}") for p in PARTS]
    mode = {"name": {"en": "M"}, "remote": 0.5, "work": {"dist": "lognormal", "mean": "45 min", "cv": 0.8}}
    hardware = mode | {
        "share": 0.3,
        "part": 0.8,
        "parts": {"disk": 0.5, "power": 0.5},
        "right_part": 0.8,
        "repeat": 0.06,
    }
    raw: dict[str, Any] = {
        "name": f"cells-{cells}",
        "title": {"en": "Cells"},
        "time": {"start": dt.date(2018, 1, 1), "window": f"{days} d", "drain": "7 d", "holidays": "CN"},
        "network": {"source": "own", "nodes": nodes, "roads": roads, "noise_cv": 0.15},
        "calendars": {
            "always": {"week": {"mon-sun": ["00:00-24:00"]}},
            "office": {"week": {"mon-fri": ["08:00-18:00"]}, "holidays": "closed"},
        },
        "profiles": {"work": {"base": 0.5, "week": [{"days": "mon-fri", "hours": "08:00-18:00", "weight": 5.0}]}},
        "stations": stations,
        "staff": {
            "calendar": "office",
            "out_of_hours": "on-call",
            "set_out": {"dist": "lognormal", "mean": "15 min", "cv": 0.5},
            "mobilisation": {"dist": "lognormal", "mean": "30 min", "cv": 0.4},
            "absences": {"leave": {"days_per_year": 10, "spell": "5 d"}},
            "relief": {"rule": "cover"},
        },
        "desk": {
            "shifts": [{"calendar": "office", "agents": 3 * cells}, {"calendar": "always", "agents": cells}],
            "work": {"dist": "lognormal", "mean": "9 min", "cv": 1.0},
        },
        "remote": {
            "shifts": [{"calendar": "office", "agents": 3 * cells}, {"calendar": "always", "agents": cells}],
            "work": {"dist": "lognormal", "mean": "15 min", "cv": 1.0},
        },
        "dispatch": {"who": "own-then-backup", "backup_radius": "90 min"},
        "products": {
            "pc": {
                "name": {"en": "PC"},
                "rate": "0.75 /year",
                "profile": "work",
                "modes": {"hardware": hardware, "software": mode | {"share": 0.7}},
            }
        },
        "demand": {"installed": installed},
        "parts": {p: {"name": {"en": p}, "product": "pc"} for p in PARTS},
        "stock": {"levels": levels, "supplier_lead": {"dist": "gamma", "mean": "3 d", "cv": 0.5}},
    }
    return sv.from_dict(raw)


class Country:
    """The sizes, to be timed."""

    def __init__(self, most: int) -> None:
        self.cells = [cells for cells in SIZES if cells <= most]
        self.ways = [self._way(cells) for cells in self.cells]

    @staticmethod
    def _way(cells: int) -> Way:
        case = build(scenario(cells, SIZES[cells]))

        def run(replication: int) -> int:
            return len(compiled.simulate(case, 1, replication).tickets["ticket"])

        return Way(f"{CELL * cells:,} engineers", run)

    def text(self) -> str:
        """The table."""
        rows = []
        for cells, way in zip(self.cells, self.ways, strict=True):
            tickets = sum(way.done) / len(way.done)
            ratio = way.per / self.ways[0].per
            figures = f"{SIZES[cells]}", f"{tickets:,.0f}", f"{1000 * way.median:,.1f}", f"{1e6 * way.per:.2f}"
            rows.append((way.name, *figures, f"{way.rate:,.0f}", f"{ratio:.2f}"))
        heads = ("size", "days", "tickets", "ms", "µs a ticket", "tickets/s", f"× {CELL} engineers")
        return table("Compiled twin with drawing, cells of 14 engineers, one core, CPU time", heads, rows)

    def goals(self) -> list[Goal]:
        """The cost of a ticket must stay nearly flat."""
        ratio = self.ways[-1].per / self.ways[0].per
        return [Goal(f"cost of a ticket at {self.ways[-1].name} against {CELL}", ratio, 3, most=True, unit=" ×")]
