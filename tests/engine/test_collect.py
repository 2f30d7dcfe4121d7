"""The tables of the log are in order, whatever the order in which an engine wrote things down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.engine.collect import collect
from simsvc.engine.raw import AMOUNTS, DELIVERY, JOB, MOMENTS, ORDER, PLAN, REVIEW, Raw
from simsvc.log import TABLES, Log
from simsvc.workload import Workload, draw

Run = tuple[Case, Workload, Raw]


@pytest.fixture(scope="module")
def run(own: Callable[..., sv.Scenario]) -> Run:
    """Faults that come back, orders that are sent anew, planned visits; and what an engine might have written about
    them, at so few moments that many things happen at once."""
    case = build(
        own(
            time={"window": "60 d"},
            products={"p": {"rate": "1 /d", "modes": {"m": {"repeat": 0.5, "repeat_after": "6 h"}}}},
            demand={
                "installed": [{"area": "a", "product": "p", "units": 20}],
                "sites": [{"area": "a", "sites": 4}],
            },
            planned={"see": {"name": {"en": "See"}, "every_months": 1, "work": "1 h"}},
            goods={
                "g": {"name": {"en": "G"}, "per_product": "p", "rate": "100 /year", "faulty": 0.3},
            },
            delivery={
                "warehouse": {"node": "a", "calendar": "office", "cut_off": "15:00"},
                "routes": {"r": {"areas": ["a"], "departs": ["09:00"], "calendar": "office", "capacity": 9}},
            },
        )
    )
    luck = draw(case, 1, 0)
    rng = np.random.default_rng(3)
    faults, orders, planned = (len(t) for t in (luck.faults.key, luck.orders.key, luck.planned.plan))

    def some(rows: int, *most: int) -> np.ndarray:
        return np.array([rng.integers(-1, m, rows) for m in most], np.int64)

    jobs = some(60, 4, 3, 1, 1, 1, 9, 9, 9, 9, 9).T
    jobs[:, 1] = rng.integers(0, 3, 60)
    jobs[:, 2] = [rng.integers(0, (orders, planned, faults)[origin]) for origin in jobs[:, 1]]
    visits = some(100, *[5] * len(TABLES["visits"])).T
    visits[:, 2] = rng.integers(-1, faults, 100)
    raw = Raw(
        tickets=some(faults, *[9] * (len(MOMENTS) + len(AMOUNTS))),
        visits=visits,
        jobs=jobs,
        orders=some(orders, *[9] * len(DELIVERY)),
        stock=some(50, *[9] * len(TABLES["stock"])).T,
        states=np.abs(some(200, *[9] * len(TABLES["engineers"])).T),
    )
    return case, luck, raw


def made(case: Case, luck: Workload, raw: Raw) -> Log:
    return collect(case, luck, raw, lambda _town, _class, ready, assigned: ready + 10 * assigned)


def in_order(key: np.ndarray, begun: np.ndarray) -> list[int]:
    """What began, by moment and key."""
    return sorted(np.flatnonzero(begun >= 0).tolist(), key=lambda k: (begun[k], key[k]))


def test_tickets_and_orders_in_order_of_their_beginning_then_of_their_keys(run: Run) -> None:
    log = made(*run)
    _, luck, raw = run
    for table, of_luck, names, rows in (
        (log.tickets, luck.faults, MOMENTS, raw.tickets),
        (log.orders, luck.orders, DELIVERY, raw.orders),
    ):
        order = in_order(of_luck.key, rows[0])
        assert len(set(rows[0][order])) < len(order) < rows.shape[1]
        assert table["key"].tolist() == of_luck.key[order].tolist()
        for name, values in zip(names, rows, strict=False):
            assert table[name].tolist() == values[order].tolist()
        parents = [of_luck.parent[k] for k in order]
        assert table["parent"].tolist() == [order.index(p) if p in order else -1 for p in parents]


def test_off_duty_is_worked_out_from_the_tickets_own_columns(run: Run) -> None:
    tickets = made(*run).tickets
    assert tickets["off_duty"].tolist() == (tickets["ready"] + 10 * tickets["assigned"]).tolist()


def test_references_are_to_rows_of_the_log(run: Run) -> None:
    log = made(*run)
    _, luck, raw = run
    tickets, orders = in_order(luck.faults.key, raw.tickets[0]), in_order(luck.orders.key, raw.orders[0])
    number = [tickets.index(k) if k in tickets else -1 for k in raw.visits[:, 2].tolist()]
    assert log.visits["ticket"].tolist() == number
    for k, row in enumerate(raw.jobs.tolist()):
        origin, source = row[JOB.index("origin")], row[JOB.index("source")]
        assert log.jobs["plan"][k] == (luck.planned.plan[source] if origin == PLAN else -1)
        assert log.jobs["order"][k] == (orders.index(source) if origin == ORDER and source in orders else -1)
        assert log.jobs["ticket"][k] == (tickets.index(source) if origin == REVIEW and source in tickets else -1)


@pytest.mark.parametrize("most", [9, 100_000])
def test_spells_by_engineer_and_start_then_as_written(run: Run, most: int) -> None:
    case, luck, raw = run
    states = raw.states.copy()
    states[:, 0] = np.random.default_rng(5).choice([0, 3, 65_535, 65_536, 99_999], len(states)) % most
    log = made(case, luck, raw._replace(states=states))
    expected = sorted(states.tolist(), key=lambda row: (row[0], row[2]))
    assert np.array([*log.engineers.values()]).T.tolist() == expected


@pytest.mark.parametrize(
    ("origin", "released", "due", "counted"),
    [
        (PLAN, "before", "start", False),
        (PLAN, "before", "end", True),
        (PLAN, "start", "after", False),
        (ORDER, "before", "end", False),
        (REVIEW, "start", "after", True),
        (ORDER, "end", "after", False),
    ],
)
def test_planned_work_counts_by_the_end_of_its_window(
    run: Run, origin: int, released: str, due: str, counted: bool
) -> None:
    case, luck, raw = run
    span = case.span
    moment = {"before": span.start - 1, "start": span.start, "end": span.end, "after": span.end + 1}
    job = [3, origin, 0, 0, 0, moment[released], moment[due], -1, -1, -1]
    log = made(case, luck, raw._replace(jobs=np.array([job], np.int64)))
    assert log.jobs["counted"].tolist() == [counted]


def columns(log: Log) -> Iterator[np.ndarray]:
    for name in TABLES:
        yield from getattr(log, name).values()


def test_the_log_keeps_nothing_of_what_was_written_and_asks_for_no_layout(run: Run) -> None:
    case, luck, raw = run
    log = made(*run)
    turned = Raw(*(np.ascontiguousarray(rows.T).T for rows in raw))
    one_job = made(case, luck, raw._replace(jobs=raw.jobs[:1]))
    for found, given in ((log, raw), (made(case, luck, turned), turned), (one_job, raw)):
        for column in columns(found):
            assert column.flags.c_contiguous
            assert not any(np.shares_memory(column, rows) for rows in given)
    assert not log.first_difference(made(case, luck, turned))


def test_a_run_in_which_nothing_happened(run: Run) -> None:
    case, luck, raw = run
    quiet = Raw(
        np.full_like(raw.tickets, -1), raw.visits[:0], raw.jobs[:0], np.full_like(raw.orders, -1), raw.stock[:0],
        raw.states[:0],
    )  # fmt: skip
    log = made(case, luck, quiet)
    assert [len(column) for column in columns(log)] == [0] * sum(map(len, TABLES.values()))
    for name, table in TABLES.items():
        assert [values.dtype for values in getattr(log, name).values()] == [np.dtype(c.dtype) for c in table]
