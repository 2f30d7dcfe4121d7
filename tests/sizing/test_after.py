"""Questions about a plan where every plan's true share is known: the answers are those of enumeration."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from simsvc.promise.sizing import Line, Wish
from simsvc.scenario.base import Text
from simsvc.scenario.promises import Population, SimPart
from simsvc.sizing.after.ladder import carried, ladder
from simsvc.sizing.after.next_engineer import next_engineer
from simsvc.sizing.after.pareto import FEWEST, pareto
from simsvc.sizing.after.relaxed import relaxed
from simsvc.sizing.after.shown import shown
from simsvc.sizing.wishes import PROVINCE, Column, Wishes
from tests.sizing import fakes
from tests.sizing.fakes import Lever

Levels = tuple[int, ...]
SITE, CALL = "time_to_site", "response"
CASES = 4_000
A, B, AGENTS = 0, 1, 2
LEVERS = (
    Lever("engineers.a", 100.0, 9, low=1, today=1, areas=(0,), measures=frozenset({SITE}), place="a"),
    Lever("engineers.b", 120.0, 9, low=1, today=1, areas=(1,), measures=frozenset({SITE, "coverage"}), place="b"),
    Lever("agents.0", 30.0, 6, low=1, today=1, kind="agents", measures=frozenset({CALL}), place="0"),
)


@dataclass
class Space(fakes.Space):
    """With plans as scenarios and lines, as far as the questions look."""

    @property
    def today(self) -> Levels:
        return tuple(lever.today for lever in self.levers)

    def scenario_of(self, levels: Levels) -> Any:
        stations = {
            lever.place: SimpleNamespace(engineers=n, name=Text(en=lever.place.upper()))
            for lever, n in zip(self.levers, levels, strict=True)
            if lever.kind == "engineers"
        }
        return SimpleNamespace(model=SimpleNamespace(stations=stations))

    def case_of(self, _: Levels) -> Any:
        return SimpleNamespace(places=SimpleNamespace(areas=("a", "b")), span=SimpleNamespace(years=0.5))

    def lines(self, levels: Levels) -> tuple[Line, ...]:
        return tuple(
            Line(x.key, "engineers", x.place, {}, x.today, n, x.price * x.today, x.price * n)
            for x, n in zip(self.levers, levels, strict=True)
        )


def share(levels: Levels) -> list[float]:
    """Columns: time to site in the province, in a, in b; response in the province."""
    a, b, call = 1 - 0.4 ** levels[A], 1 - 0.5 ** levels[B], 1 - 0.3 ** levels[AGENTS]
    return [(a + b) / 2, a, b, call]


def wish(clause: str, measure: str, target: float, kind: str = "sim") -> Wish:
    return Wish(clause, 0, kind, kind, measure, "", "", target, target, ("a", "b"))  # type: ignore[arg-type]


def promise(measure: Any, **population: Any) -> SimPart:
    return SimPart(kind="sim", measure=measure, population=Population(**population))


def wished(site: float = 0.95, call: float = 0.95, rules: Sequence[str] = ()) -> Wishes:
    model = SimpleNamespace(clauses={c: SimpleNamespace(parts=[promise(m)]) for c, m in {"S": SITE, "C": CALL}.items()})
    return Wishes(
        scenario=SimpleNamespace(model=model),  # type: ignore[arg-type]
        wishes=(wish("S", SITE, site), wish("C", CALL, call), *(wish(r, "coverage", 1.0, "plan") for r in rules)),
        kept=(("S", 0), ("C", 0)),
        planned=tuple((r, 0) for r in rules),
        columns=(*(Column("S", 0, area, site) for area in (PROVINCE, 0, 1)), Column("C", 0, PROVINCE, call)),
        confidence=0.95,
    )


@dataclass(frozen=True)
class Plan:
    """As ``Found``, as far as the questions look."""

    space: Space
    wishes: Wishes
    evaluator: fakes.Evaluator
    levels: Levels
    tried: tuple[tuple[Levels, int], ...] = ()
    seed: int = 1


def twice() -> Wishes:
    """With a third clause on time to site, of some of the first one's cases."""
    one = wished()
    columns = tuple(replace(c, clause="T") for c in one.columns if c.clause == "S")
    clauses = {**one.scenario.model.clauses, "T": SimpleNamespace(parts=[promise(SITE, causes=["hardware"])])}
    return replace(
        one,
        scenario=SimpleNamespace(model=SimpleNamespace(clauses=clauses)),  # type: ignore[arg-type]
        wishes=(*one.wishes, wish("T", SITE, 0.95)),
        kept=(*one.kept, ("T", 0)),
        columns=(*one.columns, *columns),
    )


def share_twice(levels: Levels) -> list[float]:
    """The third clause is kept as the first is."""
    return [*share(levels), *share(levels)[:3]]


def found(levels: Levels, wishes: Wishes | None = None, rule: Callable[[Levels], bool] = lambda _: True) -> Any:
    wishes = wishes or wished()
    shares = share_twice if any(w.clause == "T" for w in wishes.wishes) else share
    return Plan(Space(LEVERS, rule), wishes, fakes.Evaluator(shares, CASES), levels)


def cheapest(space: Space, targets: Sequence[float]) -> Levels:
    """By looking at every plan."""
    plans = itertools.product(*(range(lever.low, lever.high + 1) for lever in space.levers))
    return min((p for p in plans if all(s >= t for s, t in zip(share(p), targets, strict=True))), key=space.cost)


# 1 - 0.4^4 = 97.4 %, 1 - 0.5^5 = 96.9 %, 1 - 0.3^3 = 97.3 %: one less of any is short of 95 %.
BEST = (4, 5, 3)


def fresh() -> Any:
    return fakes.Evaluator(share, CASES, seed=2)


def test_the_plan_of_these_tests_is_the_cheapest() -> None:
    assert cheapest(Space(LEVERS), (0.95, 0.95, 0.95, 0.95)) == BEST


def test_the_promise_on_time_to_site_is_shown_and_its_worst_county() -> None:
    wishes = wished()
    promise = shown(replace(wishes, wishes=wishes.wishes[::-1]))
    assert promise is not None
    assert promise.wish.clause == "S"
    counts = fresh().run(BEST, 4)
    assert wishes.columns[promise.worst(counts)].area == 1
    only_rules = Wishes(wishes.scenario, (wish("R", "coverage", 1.0, "plan"),), (), (("R", 0),), (), 0.95)
    assert shown(only_rules) is None


class TestPareto:
    def test_no_point_is_dominated_by_any_plan_there_is(self) -> None:
        """Every point is on the front of all plans that keep the other promise, found by enumeration."""
        plan = found(BEST)
        points = pareto(plan, fresh())
        plans = itertools.product(range(1, 10), range(1, 10), [3])
        worth = {(plan.space.cost(p), round(min(share(p)[1:3]), 9)) for p in plans}
        front = {(c, s) for c, s in worth if not any(d <= c and t > s for d, t in worth if (d, t) != (c, s))}
        assert len(points) > 4
        for point in (p for p in points if p.mark != "today"):
            true = next(s for c, s in sorted(front, reverse=True) if c <= point.cost)
            assert true == pytest.approx(point.share, abs=0.01)
            assert (point.cost, true) in front
            assert point.low < true < point.high

    def test_the_plan_is_a_point_and_both_cost_and_share_rise(self) -> None:
        plan = found(BEST)
        points = pareto(plan, fresh())
        (mine,) = (p for p in points if p.mark == "plan")
        assert (mine.cost, mine.area, mine.engineers, mine.stations) == (plan.space.cost(BEST), "b", 9, 2)
        curve = [p for p in points if p.mark != "today"]
        assert [p.cost for p in curve] == sorted({p.cost for p in curve})
        assert [p.share for p in curve] == sorted({p.share for p in curve})
        # There is a choice on both sides, and it ends where misses are as few as are looked for.
        assert len([p for p in curve if p.cost < mine.cost]) > 2
        assert curve[-2].share < 1 - FEWEST * 0.05 < curve[-1].share

    def test_today_stands_beside_the_curve_whatever_it_keeps(self) -> None:
        """One of each: 50 % in b, and 70 % of the calls where 95 % are promised."""
        plan = found(BEST)
        (today,) = (p for p in pareto(plan, fresh()) if p.mark == "today")
        assert (today.cost, today.engineers, today.area) == (plan.space.cost((1, 1, 1)), 2, "b")
        assert today.low < 0.5 < today.high
        # A plan that is today's is marked as the plan.
        space = Space(tuple(replace(lever, today=n) for lever, n in zip(LEVERS, BEST, strict=True)))
        same = pareto(replace(plan, space=space), fresh())
        assert [p.mark for p in same if p.mark] == ["plan"]

    def test_promises_on_the_measure_shown_are_relaxed_together(self) -> None:
        """A second promise on time to site asks for the same: alone, the first could not be relaxed at all."""
        plan = found(BEST, twice())
        curve = [p for p in pareto(plan, fakes.Evaluator(share_twice, CASES, seed=2)) if p.mark != "today"]
        assert len([p for p in curve if p.share < 0.95]) > 2

    def test_other_promises_are_kept_at_every_point(self) -> None:
        plan = found(BEST)
        agents = 30.0 * BEST[AGENTS]
        curve = [p for p in pareto(plan, fresh()) if p.mark != "today"]
        assert all((p.cost - agents) % 20 == 0 and p.cost >= agents + 220 for p in curve)

    def test_a_plan_that_the_search_met_is_a_point_if_nothing_beats_it(self) -> None:
        """A lever that climbing does not see: only the search has met the plan that uses it."""
        cheap = Lever("reach", 1.0, 1, kind="reach")
        space = Space((*LEVERS, cheap))

        def better(levels: Levels) -> list[float]:
            site = [1 - (1 - s) * (0.5 if levels[3] else 1.0) for s in share(levels[:3])[:3]]
            return [*site, share(levels[:3])[3]]

        met = (4, 4, 3, 1)
        plan = Plan(space, wished(), fakes.Evaluator(better, CASES), (*BEST, 0), ((met, 6), ((1, 1, 1, 1), 6)))
        points = pareto(plan, fakes.Evaluator(better, CASES, seed=2))  # type: ignore[arg-type]
        costs = [p.cost for p in points]
        assert space.cost(met) in costs
        # That one breaks the other promise: (1, 1, 1) has one agent.
        assert space.cost((1, 1, 1, 1)) not in costs


class TestNextEngineer:
    def test_gain_and_breaches_are_those_of_the_closed_form(self) -> None:
        rows = {row.station: row for row in next_engineer(found(BEST), fresh())}
        assert set(rows) == {"a", "b"}
        for station, column in (("a", 1), ("b", 2)):
            more = tuple(n + (k == column - 1) for k, n in enumerate(BEST))
            gain = share(more)[column] - share(BEST)[column]
            row = rows[station]
            assert row.low < gain < row.high
            assert row.share == pytest.approx(share(BEST)[column], abs=0.005)
            # Cases of a year: the window is half a year.
            fewer = CASES * (share(more)[0] - share(BEST)[0]) / 0.5
            assert row.breaches == pytest.approx(fewer, rel=0.1)
            assert row.breaches_low < fewer < row.breaches_high
            assert row.cost == LEVERS[column - 1].price
            assert row.name["en"] == station.upper()

    def test_most_breaches_fewer_per_yuan_come_first(self) -> None:
        rows = next_engineer(found((1, 1, 3)), fresh())
        # 0.24 / 100 against 0.25 / 120.
        assert [row.station for row in rows] == ["a", "b"]
        rows = next_engineer(found((4, 1, 3)), fresh())
        assert [row.station for row in rows] == ["b", "a"]

    def test_a_station_at_its_most_is_left_out(self) -> None:
        assert [row.station for row in next_engineer(found((9, 5, 3)), fresh())] == ["b"]


class TestRelaxed:
    def test_the_saving_is_that_of_the_cheapest_plan_for_the_lower_share(self) -> None:
        """95 % to 90 %: 1 - 0.4^3 = 93.6 % and 1 - 0.5^4 = 93.8 % do, and for the calls 1 - 0.3^2 = 91 %."""
        rows = {row.clause: row for row in relaxed(found(BEST))}
        assert rows["S"].saving == 220
        assert rows["C"].saving == 30
        assert [(x.key, x.today, x.planned) for x in rows["S"].lines] == [("engineers.a", 4, 3), ("engineers.b", 5, 4)]
        assert rows["S"].to["en"] == "90 % instead of 95 %"

    def test_a_promise_that_does_not_bind_saves_nothing(self) -> None:
        rows = {row.clause: row for row in relaxed(found(BEST, wished(call=0.92)))}
        # 0.92 to 0.90: two agents keep 91 %.
        assert rows["C"].saving == 30
        rows = {row.clause: row for row in relaxed(found(BEST, wished(call=0.97)))}
        # 0.97 to 0.95: three agents are needed for either.
        assert rows["C"].saving == 0
        assert rows["C"].lines == ()

    def test_a_rule_of_the_plan_is_left_out_altogether(self) -> None:
        """Six engineers at b by the rule, five by the promise."""
        wishes = wished(rules=["R"])
        plan = Plan(RuledSpace(LEVERS), wishes, fakes.Evaluator(share, CASES), (4, 6, 3))
        rows = {row.clause: row for row in relaxed(plan)}  # type: ignore[arg-type]
        assert rows["R"].saving == 120
        assert rows["R"].to == {"en": "not promised", "zh": "不作承诺"}

    def test_below_the_last_share_a_promise_is_left_out(self) -> None:
        rows = {row.clause: row for row in relaxed(found((4, 5, 1), wished(call=0.5)))}
        assert rows["C"].to["en"] == "not promised"


class RuledSpace(Space):
    """Where the rule R is wished for, b has six engineers."""

    def met(self, levels: Levels, wishes: Any) -> bool:
        return ("R", 0) not in wishes.planned or levels[B] >= 6


class TestLadder:
    def test_every_rung_is_the_cheapest_plan_for_its_share(self) -> None:
        rungs = ladder(found(BEST), targets=(0.8, 0.85, 0.9, 0.95), demands=())
        space = Space(LEVERS)
        for rung in rungs:
            best = cheapest(space, [rung.value] * 4)
            assert (rung.cost, rung.engineers) == (space.cost(best), best[A] + best[B])
            assert (rung.axis, rung.status, rung.stations) == ("target", "kept", 2)
        assert [rung.value for rung in rungs] == [0.8, 0.85, 0.9, 0.95]

    def test_a_share_above_the_ceiling_is_impossible(self) -> None:
        low = tuple(replace(lever, high=5) if k < 2 else lever for k, lever in enumerate(LEVERS))
        plan = Plan(Space(low), wished(), fakes.Evaluator(share, CASES), BEST)
        rungs = ladder(plan, targets=(0.95, 0.98), demands=())  # type: ignore[arg-type]
        assert [(r.status, r.cost) for r in rungs] == [("kept", plan.space.cost(BEST)), ("impossible", None)]

    def test_a_rung_dearer_than_a_stricter_one_takes_its_plan(self) -> None:
        """A plan far too dear for 95 %; at 98 % the search starts from it and takes away what it can."""
        rungs = ladder(found((9, 9, 6)), targets=(0.9, 0.95, 0.98), demands=())
        assert [r.repaired for r in rungs] == [False, True, False]
        assert rungs[1].cost == rungs[2].cost == Space(LEVERS).cost(cheapest(Space(LEVERS), [0.98] * 4))

    def test_an_eased_share_is_not_asked_for_again(self) -> None:
        wishes = wished(call=0.8)
        eased = tuple(replace(w, asked_target=0.95) if w.clause == "C" else w for w in wishes.wishes)
        wishes = replace(wishes, wishes=eased)
        (rung,) = ladder(found((4, 5, 2), wishes), targets=(0.95,), demands=())
        assert rung.cost == 4 * 100 + 5 * 120 + 2 * 30


def test_a_plan_is_carried_to_another_space_lever_by_lever() -> None:
    there = Space((replace(LEVERS[B], high=4), Lever("vans", 1.0, 3, today=2), LEVERS[A]))
    assert carried((4, 5, 3), Space(LEVERS), there) == (4, 2, 4)  # type: ignore[arg-type]
