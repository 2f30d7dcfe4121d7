"""The compiled measures give what the others give, to the last bit: on engine logs and on logs that no engine makes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import build
from simsvc.engine.reference import run
from simsvc.measures import counter, keeper, tallier, tally
from simsvc.measures.compiled.finders import FINDERS
from simsvc.measures.counts import MEASURES
from simsvc.measures.kept import kept_of
from simsvc.workload import draw

DOCUMENTS = ("huitian-2018", "heating-and-alarm", "hospital-supplies", "archive-digitising", "fertiliser-supply")
LIMIT = {"limit": "2 h"}
ALWAYS = {
    "strict": {"strict": True},
    "office": {"clock_hours": "office", "limit": "40 min"},
    "days": {"days": 1, "strict": True},
    "working": {"days": 2, "day_kind": "working"},
    "evening": {"reported_in": "late", "zones": ["seats"]},
}
"""Readings that every measure with a limit can have."""
STARTS = {"failed": {"clock_start": "remote_failed"}, "arrived": {"clock_start": "arrived"}}
OTHERS = {
    "response": STARTS,
    "answered": STARTS,
    "time_to_site": STARTS | {"set-out": {"clock_stop": "set-out"}, "arranged": {"clock_stop": "arranged"}},
    "repaired": STARTS | {"stand-in": {"stand_in": True}},
    "loaner_placed": STARTS,
    "delivered": {"cut-off": {"cut_off": True}, "cut-off-days": {"days": 1, "cut_off": True}},
    "installed": {"arranged": {"clock_stop": "arranged"}},
}
UNLIMITED = {
    "staff_reachable": {},
    "stand_in_available": {},
    "planned_done": {"population": {"planned": ["inspection"]}},
}
"""Measures without a limit, and what they need."""
SPARES = {"island": {"level": "island", "on_order": True}, "overall": {"per": "overall", "of": "jobs"}}
POPULATIONS = (
    {"areas": ["north"], "causes": ["misuse", "other"]},
    {"not_areas": ["isle"], "products": ["printer"], "in_warranty": True},
    {"routes": ["on-site"], "reported_in": "office"},
)
ESTIMATES = ("overtime_hours", "returns", "complaints", "load", "costs", "warranty_liability", "desk_load", "open_age")


def named(readings):
    return {key: {"name": {"en": key}} | reading for key, reading in readings.items()}


def differences(a, b, where="tally"):
    """Where two values differ, in type, shape or any bit."""
    if type(a) is not type(b):
        yield where, type(a), type(b)
    elif is_dataclass(a):
        for field in fields(a):
            yield from differences(getattr(a, field.name), getattr(b, field.name), f"{where}.{field.name}")
    elif isinstance(a, dict):
        yield from [] if list(a) == list(b) else [(where, list(a), list(b))]
        for key in a.keys() & b.keys():
            yield from differences(a[key], b[key], f"{where}[{key}]")
    elif isinstance(a, list):
        for k, pair in enumerate(zip(a, b, strict=True)):
            yield from differences(*pair, f"{where}[{k}]")
    elif isinstance(a, np.ndarray):
        if (a.dtype, a.shape) != (b.dtype, b.shape) or not np.array_equal(a, b):
            yield where, a, b
    elif a != b:
        yield where, a, b


def agree(case, log):
    """Whether both say the same of a log, and of the base readings alone."""
    found = tally(case, log)
    assert not list(differences(found, tallier("compiled")(case, log)))
    sims = [(c, k) for c, spec in case.model.clauses.items() for k, p in enumerate(spec.parts) if p.kind == "sim"]
    assert np.array_equal(kept_of(case, log, sims), keeper("compiled")(case, log, sims))
    base = [found.counts[clause, k, "base"] for clause, k in sims]
    for engine in ("reference", "compiled"):
        assert not list(differences(base, counter(engine)(case, log, sims), engine))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_shipped_documents(document):
    case = build(sv.load(document).override("time.window", "61 d"))
    log = run(case, draw(case, 1, 0))
    assert log.tickets["counted"].sum() > 50
    agree(case, log)


@pytest.fixture(scope="module")
def every(tiny):
    """A case with every measure in every reading that it can have, and the populations."""
    parts = []
    for measure in MEASURES:
        if measure in UNLIMITED:
            parts.append({"measure": measure, **UNLIMITED[measure]})
        else:
            parts.append({"measure": measure, "readings": named(ALWAYS | OTHERS.get(measure, {})), **LIMIT})
    parts += [{"measure": "taken_up"}, {"measure": "answered"}, {"measure": "time_to_site", "strict": True, **LIMIT}]
    parts += [{"measure": "time_to_site", "population": who, **LIMIT} for who in POPULATIONS]
    parts.append({"measure": "planned_done", "clock_stop": "arranged", "strict": True, **UNLIMITED["planned_done"]})
    parts.append({"measure": "stock_ratio", "ratio": 0.03, "readings": named(SPARES)})
    sims = [{"kind": "sim"} | part for part in parts]
    told = [{"kind": "measure", "measure": measure} for measure in ESTIMATES]
    pool = {"name": {"en": "Pool"}, "products": ["printer"], "threshold": "3 h", "at": {"port": 1}}
    reporting = {
        "escalation": {"after": "1 h", "limit": "30 min", "answer": "10 min"},
        "costs": {"visit": 100.0, "hour": 50.0, "overtime_hour": 20.0},
        "warranty": {"length": "730 d", "extension": "10 d"},
    }
    return tiny.case({"A": sims + told}, loaners={"pool": pool}, reporting=reporting)


def random_log(tiny, case, seed):
    """A log of random numbers: any order of moments, anything may not have happened, nothing fits together."""
    luck = np.random.default_rng(seed)
    horizon = case.span.horizon
    sizes = {name: int(luck.integers(0, 40)) for name in ("tickets", "visits", "jobs", "orders", "stock", "engineers")}

    def moment():
        return (
            -1 if luck.random() < 0.3 else int(luck.choice([luck.integers(0, horizon + 1), luck.integers(0, 9) * 3600]))
        )

    def rows(name, times, **codes):
        made = []
        for _ in range(sizes[name]):
            row = {time: moment() for time in times} | {code: int(luck.integers(*ends)) for code, ends in codes.items()}
            if "town" in codes:
                row["area"] = (0, 0, 1, 2)[row["town"]]
            made.append(row)
        return made

    faults = ["answered", "abandoned", "triaged", "remote_start", "remote_end", "ready", "assigned"]
    faults += ["departed", "arrived", "fixed", "loaner_asked", "loaner_placed", "sent", "back"]
    tickets = rows(
        "tickets", faults, town=(0, 4), product=(0, 2), cause=(0, 4), status=(0, 5), counted=(0, 2), reachable=(0, 2),
        in_warranty=(0, 2), stops_work=(0, 2), loaner=(-1, 1), off_duty=(0, 9000), mobilise=(0, 4000), held=(0, 4000),
    )  # fmt: skip
    reported = sorted(max(moment(), 0) for _ in tickets)
    alone = luck.integers(0, 2, len(tickets))
    tickets = [
        row | {"reported": t, "channel": 0, "off_duty": row["off_duty"] * int(n)}
        for row, t, n in zip(tickets, reported, alone, strict=True)
    ]
    moments = ("ready", "assigned", "departed", "arrived", "work_start", "work_end")
    engineers, jobs = len(case.staffing.engineers), sizes["jobs"]
    visits = rows("visits", moments, ticket=(-1, max(len(tickets), 1)), kind=(0, 2), number=(1, 4), outcome=(-1, 5),
                  engineer=(-1, engineers), job=(-1, max(jobs, 1)))  # fmt: skip
    visits = visits if tickets else []
    if not jobs:
        visits = [row | {"job": -1} for row in visits]
    orders = rows("orders", ("ordered", "received", "ready", "departed", "delivered"), town=(0, 4), goods=(0, 2),
                  install=(0, 2), returned=(0, 2), counted=(0, 2), route=(-1, 1))  # fmt: skip
    orders = [row | {"ordered": max(row["ordered"], 0)} for row in orders]
    planned = rows("jobs", ("assigned", "arrived", "done"), town=(0, 4), plan=(0, 1), counted=(0, 2), kind=(2, 4),
                   order=(-1, max(len(orders), 1)), released=(0, case.span.end), due=(0, horizon))  # fmt: skip
    if not orders:
        planned = [row | {"order": -1} for row in planned]
    stock = rows("stock", (), store=(0, 3), part=(0, 3), on_hand=(0, 3), on_order=(0, 3), time=(0, horizon))
    if luck.random() < 0.8:
        stock = sorted(stock, key=lambda row: row["time"])
    diary = rows("engineers", ("end",), engineer=(0, engineers), start=(0, horizon))
    diary = [row | {"end": -1 if row["end"] < row["start"] else row["end"]} for row in diary]
    return tiny.log(tickets=tickets, visits=visits, orders=orders, jobs=planned, stock=stock, engineers=diary)


@pytest.mark.parametrize("seed", range(60))
def test_logs_that_no_engine_makes(tiny, every, seed):
    agree(every, random_log(tiny, every, seed))


def test_every_measure_is_met(tiny, every):
    """The random logs hold cases kept, missed and cut off of every measure, and misses for nearly every reason."""
    cases, missed, reasons = {}, {}, np.zeros(10)
    for seed in range(60):
        counts = tallier("compiled")(every, random_log(tiny, every, seed)).counts
        for (clause, k, _), found in counts.items():
            measure = every.model.clauses[clause].parts[k].measure
            cases[measure] = cases.get(measure, 0) + found.cases.sum()
            missed[measure] = missed.get(measure, 0) + found.reasons.sum()
            reasons += found.reasons.sum(axis=0)
    assert set(FINDERS) <= set(cases)
    assert [m for m in FINDERS if not 0 < missed[m] < cases[m]] == []
    assert (reasons > 0).all()


def test_logs_of_other_memory_layouts(tiny, every):
    """Columns that lie apart in memory, or that may not be written to, change nothing."""
    log = random_log(tiny, every, 3)
    apart = {name: np.repeat(column, 2)[::2] for name, column in log.tickets.items()}
    closed = {name: column.copy() for name, column in log.orders.items()}
    for column in closed.values():
        column.setflags(write=False)
    agree(every, replace(log, tickets=apart, orders=closed))
