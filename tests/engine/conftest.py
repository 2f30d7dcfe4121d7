"""Workloads with faults and orders at chosen moments: the rest of their luck as drawn (constant in these scenarios)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine.reference import run
from simsvc.log import Log
from simsvc.workload import Legs, Workload, draw

Told = Callable[..., tuple[Case, Log]]


def first(table: Any, rows: np.ndarray, time: np.ndarray | None = None) -> Any:
    """Rows of a table of luck, at other moments if given (their keys are sorted afterwards: time, then key)."""
    columns = {}
    for field in fields(table):
        values = getattr(table, field.name)
        if isinstance(values, Legs):
            columns[field.name] = Legs(*(getattr(values, f.name)[rows] for f in fields(Legs)))
        else:
            columns[field.name] = values[..., rows] if field.name.endswith("pick_up") else values[rows]
    return replace(table, **columns) if time is None else replace(table, **(columns | {"time": time}))


@pytest.fixture(scope="session")
def told() -> Told:
    """``told(scenario, faults=[("2018-01-01 08:00", "a"), …], orders=…)``: case and log of just these.

    Each fault is on a unit of its own. ``calls={"live": [True, False], …}``: other columns of the calls.
    """

    def go(
        scenario: sv.Scenario,
        faults: Sequence[tuple[str, str]] = (),
        orders: Sequence[tuple[str, str]] = (),
        calls: Mapping[str, Sequence[Any]] = MappingProxyType({}),
        **more: Any,
    ) -> tuple[Case, Log]:
        case = build(scenario)
        drawn: Workload = draw(case, 1, 0)
        chosen = {}
        for name, events in (("faults", faults), ("orders", orders)):
            table = getattr(drawn, name)
            if len(events) > len(table.key):
                raise ValueError(f"{len(table.key)} {name} drawn, {len(events)} wanted")
            time = np.array([case.epoch.second(dt.datetime.fromisoformat(t)) for t, _ in events], np.int64)
            town = np.array([case.places.ids.index(place) for _, place in events], np.int64)
            made = first(table, np.arange(len(events)), time)
            chosen[name] = replace(made, key=np.sort(made.key), town=town, area=case.places.area[town])
        n = len(faults)
        columns = {"unit": np.arange(n)} | {name: np.array(values) for name, values in calls.items()}
        chosen["calls"] = replace(first(drawn.calls, np.arange(n)), **columns)
        return case, run(case, replace(drawn, **(chosen | more)))

    return go


@pytest.fixture(scope="session")
def clock() -> Callable[[Case, Any], list[str]]:
    """Seconds of a log as ``"Mon 08:00:00"``, ``""`` for what has not happened."""

    def show(case: Case, seconds: Any) -> list[str]:
        return [case.epoch.moment(int(s)).strftime("%a %H:%M:%S") if s >= 0 else "" for s in np.atleast_1d(seconds)]

    return show


@pytest.fixture(scope="session")
def first_rows() -> Callable[..., Any]:
    return first
