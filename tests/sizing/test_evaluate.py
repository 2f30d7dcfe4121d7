"""Plans are counted as the tally counts them, each replication once, whoever asks and in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simsvc as sv
from simsvc.case import Case, build
from simsvc.measures import Stacked, tally
from simsvc.sizing.evaluate import Counts, Evaluator, luck
from simsvc.sizing.request import request
from simsvc.sizing.space import space
from simsvc.sizing.wishes import Wishes, wishes
from simsvc.study.common import Common
from simsvc.study.replicate import one
from simsvc.study.workers import Workers


@dataclass(frozen=True)
class Lever:
    key: str
    low: int
    high: int
    today: int


@dataclass(frozen=True)
class Room:
    """A space of two levers: engineers in the port, fusers on the hill."""

    scenario: sv.Scenario
    levers = (Lever("engineers.port", 1, 3, 2), Lever("spares.hill.fuser", 0, 3, 2))
    today, most = (2, 2), (3, 3)

    def scenario_of(self, levels: tuple[int, ...]) -> sv.Scenario:
        return self.scenario.replace(
            **{"stations.port.engineers": levels[0], "stock.levels.3.base_stock": levels[1]},
        )

    def case_of(self, levels: tuple[int, ...]) -> Case:
        return build(self.scenario_of(levels))


@pytest.fixture(scope="module")
def scenario(tiny: Any) -> sv.Scenario:
    """Ten times the faults, overflow to a contractor; promises with and without a limit."""
    raw = tiny.raw()
    for product in raw["products"].values():
        product["rate"] = "20 /year"
    raw["dispatch"] = {"contractor": {"after": "3 h", "arrival": "1 h", "price": 500.0}}
    sims = {
        "visit": {"measure": "time_to_site", "limit": "2 h", "target": 0.9},
        "goods": {"measure": "delivered", "days": 1, "target": 0.9},
        "rounds": {"measure": "planned_done", "target": 0.9, "population": {"planned": ["inspection"]}},
        "stock": {"measure": "stock_ratio", "ratio": 0.03, "target": 0.9},
    }
    raw["clauses"] = {k: {"text": {"en": k}, "parts": [{"kind": "sim", **part}]} for k, part in sims.items()}
    raw["demand"]["sites"] = [{"area": "north", "sites": 5}, {"area": "south", "sites": 5}]
    return sv.from_dict(raw)


@pytest.fixture(scope="module")
def wanted(scenario: sv.Scenario) -> Wishes:
    return wishes(scenario, request(scenario))


class Asked:
    """A callback that adds up how many replications were run."""

    def __init__(self) -> None:
        self.run = 0

    def __call__(self, done: int, total: int) -> None:
        assert 0 < done <= total
        self.run += 1


def equal(a: Counts, b: Counts) -> bool:
    return all(np.array_equal(x, y) for x, y in zip(vars(a).values(), vars(b).values(), strict=True))


def by_hand(case: Case, wanted: Wishes, seed: int, replications: int) -> Counts:
    """Counts of columns from full tallies of logs made one by one."""
    kept, cases = np.zeros((2, replications, len(wanted.columns)))
    reasons, jobs = np.zeros((len(wanted.columns), 10)), np.zeros(replications)
    for r in range(replications):
        log = one(case, seed, r, "reference")
        found = tally(case, log)
        jobs[r] = np.sum(log.visits["engineer"] == -1) / (28 / 365)
        for c, column in enumerate(wanted.columns):
            count = found.counts[column.clause, column.part, "base"]
            rows = slice(None) if column.area < 0 else slice(column.area, column.area + 1)
            kept[r, c], cases[r, c] = count.kept[rows].sum(), count.cases[rows].sum()
            reasons[c] += count.reasons[rows].sum(axis=0)
    return Counts(kept, cases, reasons, jobs)


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_counted_as_the_tally_counts(scenario: sv.Scenario, wanted: Wishes, engine: Any) -> None:
    evaluator = Evaluator(Room(scenario), wanted, 5, engine=engine, workers=1)
    for plan in ((2, 2), (1, 0)):
        found = evaluator.run(plan, 3)
        hand = by_hand(Room(scenario).case_of(plan), wanted, 5, 3)
        assert np.array_equal(found.kept, hand.kept)
        assert np.array_equal(found.cases, hand.cases)
        np.testing.assert_allclose(found.reasons, hand.reasons, rtol=1e-12)
        np.testing.assert_allclose(found.jobs, hand.jobs, rtol=1e-12)
        np.testing.assert_allclose(found.reasons.sum(axis=1), (found.cases - found.kept).sum(axis=0), atol=1e-9)
    assert found.jobs.min() > 0
    assert found.reasons.sum() > hand.cases.shape[1]
    assert {c.area for c in wanted.columns} == {-1, 0, 1}


def test_only_what_is_not_known_is_run(scenario: sv.Scenario, wanted: Wishes) -> None:
    asked = Asked()
    evaluator = Evaluator(Room(scenario), wanted, 6, engine="reference", workers=1, progress=asked)
    first = evaluator.run((2, 2), 2)
    assert (asked.run, evaluator.spent, evaluator.plans) == (2, 2, 1)
    more = evaluator.run((2, 2), 5)
    assert (asked.run, evaluator.spent, evaluator.plans) == (5, 5, 1)
    assert np.array_equal(more.kept[:2], first.kept)
    assert equal(evaluator.run((2, 2), 2), first)
    evaluator.run_many([(2, 2), (1, 2), (2, 2)], 3)
    assert (asked.run, evaluator.spent, evaluator.plans) == (8, 8, 2)


@pytest.mark.parametrize(("engine", "workers"), [("compiled", 2), ("reference", 2)])
def test_side_by_side_is_one_by_one(scenario: sv.Scenario, wanted: Wishes, engine: Any, workers: int) -> None:
    """Threads of the compiled engine, processes of the reference; any order of plans."""
    plans: Sequence[tuple[int, ...]] = [(3, 1), (1, 2), (2, 0)]
    alone = {}
    for plan in reversed(plans):
        evaluator = Evaluator(Room(scenario), wanted, 7, engine="reference", workers=1)
        alone[plan] = evaluator.run(plan, 3)
        del evaluator
    with Workers(engine, None, workers) as crew:
        evaluator = Evaluator(Room(scenario), wanted, 7, engine=engine, workers=crew, progress=(asked := Asked()))
        found = evaluator.run_many(plans, 3)
    assert asked.run == 9
    assert all(equal(counts, alone[plan]) for plan, counts in zip(plans, found, strict=True))


def test_times_needed(scenario: sv.Scenario, wanted: Wishes) -> None:
    """By column as in the tally, no case where a promise has no limit."""
    evaluator = Evaluator(Room(scenario), wanted, 5, engine="reference", workers=1)
    found = evaluator.delays((1, 2), 2)
    case = Room(scenario).case_of((1, 2))
    tallies = [tally(case, one(case, 5, r, "reference")) for r in range(2)]
    for column, needed in zip(wanted.columns, found, strict=True):
        counts = [t.counts[column.clause, 0, "base"] for t in tallies]
        assert needed.cases.shape == (2, len(needed.bins))
        if column.clause in ("visit", "goods"):
            stacked = Stacked([c.delays for c in counts if c.delays is not None])
            rows = stacked.all() if column.area < 0 else stacked.row(column.area)
            assert np.array_equal(needed.total(), rows.total())
            assert needed.cases.sum() > 0
        else:
            assert needed.cases.sum() == 0


def test_other_targets_know_what_is_known(scenario: sv.Scenario, wanted: Wishes) -> None:
    evaluator = Evaluator(Room(scenario), wanted, 8, engine="reference", workers=1, progress=(asked := Asked()))
    counts = evaluator.run((2, 2), 3)
    stricter = scenario.override("clauses.visit.parts.0.target", 0.99)
    other = evaluator.aimed(wishes(stricter, request(stricter, areas=["south"])))
    there = [k for k, c in enumerate(wanted.columns) if c.area in (-1, 1)]
    found = other.run((2, 2), 3)
    assert np.array_equal(found.kept, counts.kept[:, there])
    assert np.array_equal(found.reasons, counts.reasons[there])
    assert (asked.run, other.spent, evaluator.spent) == (3, 3, 3)


def test_other_promises_are_refused(scenario: sv.Scenario, wanted: Wishes) -> None:
    """A plan of one scenario says nothing of another's limits: they decide which fault goes first."""
    longer = scenario.override("clauses.visit.parts.0.limit", "3 h")
    with pytest.raises(ValueError, match="visit: the space has other terms"):
        Evaluator(Room(longer), wanted, 1, engine="reference", workers=1)
    evaluator = Evaluator(Room(scenario), wanted, 1, engine="reference", workers=1)
    with pytest.raises(ValueError, match="other terms"):
        evaluator.aimed(wishes(longer, request(longer)))
    with pytest.raises(ValueError, match="other promises"):
        evaluator.aimed(wishes(scenario, request(scenario, keep=["visit"])))


def test_without_a_promise_judged_from_logs(scenario: sv.Scenario, wanted: Wishes) -> None:
    """Overflow still costs."""
    none = replace(wanted, kept=(), columns=())
    found = Evaluator(Room(scenario), none, 5, engine="reference", workers=1).run((1, 0), 2)
    assert found.kept.shape == found.cases.shape == (2, 0)
    assert found.jobs.min() > 0


def test_a_search_goes_on_where_it_was(scenario: sv.Scenario, wanted: Wishes, tmp_path: Path) -> None:
    def search(asked: Asked, replications: int) -> tuple[list[Counts], int]:
        evaluator = Evaluator(
            Room(scenario), wanted, 9, engine="reference", workers=1, store=tmp_path / "plans", progress=asked
        )
        return evaluator.run_many([(2, 2), (1, 0)], replications), evaluator.spent

    before, spent = search(asked := Asked(), 2)
    assert (asked.run, spent) == (4, 4)
    after, spent = search(asked := Asked(), 3)
    # What was read back counts as spent: decisions that hang on a budget are those of a search never interrupted.
    assert (asked.run, spent) == (2, 6)
    assert all(np.array_equal(a.kept[:2], b.kept) for a, b in zip(after, before, strict=True))
    fresh = Evaluator(Room(scenario), wanted, 9, engine="reference", workers=1)
    assert all(equal(a, b) for a, b in zip(after, fresh.run_many([(2, 2), (1, 0)], 3), strict=True))


@pytest.mark.parametrize("name", ["huitian-2018", "heating-and-alarm"])
def test_no_lever_touches_luck(name: str) -> None:
    """Whatever a plan decides: its log is the one it has alone, though what happens was drawn for today's plan."""
    scenario = sv.load(name).replace(**{"time.window": "14 d", "time.warm_up": "0 d"})
    asked = request(scenario)
    room, common = space(scenario, asked), Common()
    common.log(room.case_of(room.today), 1, 0, "compiled")
    of_kind = {lever.kind: k for k, lever in enumerate(room.levers) if lever.high > room.today[k]}
    assert len(of_kind) >= 5
    for k in of_kind.values():
        case = room.case_of((*room.today[:k], room.levers[k].high, *room.today[k + 1 :]))
        shared, alone = common.log(case, 1, 0, "compiled"), one(case, 1, 0, "compiled")
        assert replace(shared, engineers=alone.engineers).first_difference(alone) == ""
    assert len(common._banks) == 1


def test_every_stage_has_luck_of_its_own() -> None:
    seeds = [luck(seed, stage, k) for seed in (1, 2) for stage in ("search", "selection", "estimate") for k in range(3)]
    assert len(set(seeds)) == len(seeds)
    assert luck(17, "estimate") == 17
    assert luck(17, "search") == luck(17, "search") != 17
    assert all(0 <= seed < 2**53 for seed in seeds)
