"""What a promise costs, where several hold the same: groups, longer limits, whole stations, levers that are spare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from simsvc.promise.sizing import Line
from simsvc.scenario import Scenario
from simsvc.sizing.after.looser import longer
from simsvc.sizing.after.relaxed import relaxed
from simsvc.sizing.after.shown import against
from simsvc.sizing.after.together import together
from simsvc.sizing.wishes import Wishes
from tests.sizing import fakes
from tests.sizing.fakes import Lever
from tests.sizing.small import found_plan
from tests.sizing.test_after import BEST, CASES, LEVERS, SITE, Plan, Space, found, promise, share, twice, wish, wished

Levels = tuple[int, ...]


def kept(**parts: Any) -> Wishes:
    """Wishes for these clauses, each with its one part."""
    clauses = {clause: SimpleNamespace(parts=[part]) for clause, part in parts.items()}
    return replace(
        wished(),
        scenario=SimpleNamespace(model=SimpleNamespace(clauses=clauses)),  # type: ignore[arg-type]
        wishes=tuple(wish(clause, part.measure, 0.95) for clause, part in parts.items()),
    )


class TestTogether:
    def groups(self, wishes: Wishes) -> list[str]:
        return ["".join(w.clause for w in group) for group in together(wishes)]

    def test_cases_of_all_lie_within_those_of_one(self) -> None:
        hard, soft = promise(SITE, causes=["hardware"]), promise(SITE, causes=["software"])
        assert self.groups(kept(H=hard, W=promise(SITE), S=soft)) == ["HWS"]
        # Without the one that has them all, hardware and software have nothing to do with each other.
        assert self.groups(kept(H=hard, S=soft)) == []

    def test_promises_on_the_same_cases_are_one_group(self) -> None:
        assert self.groups(kept(A=promise(SITE), B=promise(SITE), C=promise(SITE, causes=["hardware"]))) == ["ABC"]

    def test_measures_do_not_mix_and_a_rule_is_in_no_group(self) -> None:
        assert self.groups(kept(A=promise(SITE), B=promise("response"))) == []
        assert self.groups(wished(rules=["R", "Q"])) == []

    def test_two_that_hold_the_same_staff_are_relaxed_together(self) -> None:
        """Each alone saves nothing: the other needs the same engineers."""
        rows = relaxed(found(BEST, twice()))
        alone = {row.clause: row.saving for row in rows if not row.also}
        assert alone == {"S": 0, "C": 30, "T": 0}
        (both,) = (row for row in rows if row.also)
        assert (both.clause, both.also, both.saving) == ("S", (("T", 0),), 220)
        assert both.to["en"] == "90 % instead of 95 %"

    def test_a_group_that_saves_no_more_than_one_alone_is_no_row(self) -> None:
        """The second promise asks for less than the first leaves."""
        wishes = twice()
        low = tuple(replace(w, target=0.5) if w.clause == "T" else w for w in wishes.wishes)
        columns = tuple(replace(c, target=0.5) if c.clause == "T" else c for c in wishes.columns)
        rows = relaxed(found(BEST, replace(wishes, wishes=low, columns=columns)))
        assert {row.clause: row.saving for row in rows} == {"S": 220, "C": 30, "T": 0}
        assert not any(row.also for row in rows)


def test_what_could_go_anyway_is_the_price_of_no_promise() -> None:
    """One engineer too many at a: relaxing the promise frees the one at b, and the spare one is no part of it."""
    rows = {row.clause: row for row in relaxed(found((5, 5, 3)))}
    assert [(x.key, x.today, x.planned) for x in rows["S"].lines] == [("engineers.b", 5, 4)]
    assert (rows["S"].saving, rows["C"].saving) == (120, 30)


class Ruled(Space):
    """Where the rule R is wished for, the fourth lever has somebody."""

    def met(self, levels: Levels, wishes: Any) -> bool:
        return ("R", 0) not in wishes.planned or levels[3] > 0


class TestClosing:
    """A station at a third place that a rule asks for, whose engineers help at a."""

    def rows(self, price: float, engineers: int, levels: Levels) -> Any:
        third = Lever("engineers.c", price, 3, areas=(0,), measures=frozenset({SITE}), place="c")
        more = lambda plan: share((plan[0] + (plan[3] if engineers else 0), *plan[1:3]))  # noqa: E731
        plan = Plan(Ruled((*LEVERS, third)), wished(rules=["R"]), fakes.Evaluator(more, CASES), levels)
        return {row.clause: row for row in relaxed(plan)}  # type: ignore[arg-type]

    def test_it_is_closed_whole_where_nobody_needs_it(self) -> None:
        rows = self.rows(50, 0, (*BEST, 2))
        assert rows["R"].saving == 100
        assert [(x.key, x.today, x.planned) for x in rows["R"].lines] == [("engineers.c", 2, 0)]

    def test_what_is_lacking_then_is_raised_elsewhere(self) -> None:
        """3 + 1 keep a; without the one at c a fourth at a, for 100 instead of 150."""
        rows = self.rows(150, 1, (3, 5, 3, 1))
        assert rows["R"].saving == 50
        changes = [(x.key, x.today, x.planned) for x in rows["R"].lines]
        assert changes == [("engineers.a", 3, 4), ("engineers.c", 1, 0)]

    def test_it_stays_open_where_that_would_be_dearer(self) -> None:
        assert self.rows(60, 1, (3, 5, 3, 1))["R"].saving == 0


CLAUSES = {
    "P1": {"text": {"en": "There within half an hour"}, "parts": [{
        "kind": "sim", "measure": "time_to_site", "limit": "30 min", "target": 0.8}]},
    "P2": {"text": {"en": "There within two hours"}, "parts": [{
        "kind": "sim", "measure": "time_to_site", "limit": "2 h", "target": 0.9}]},
    "P3": {"text": {"en": "Taken up"}, "parts": [{
        "kind": "sim", "measure": "taken_up", "limit": "1 h", "target": 0.9}]},
}  # fmt: skip


@pytest.fixture
def place(own: Any, line: Any, station: Any, endless: Any) -> Callable[..., Scenario]:
    def make(**more: Any) -> Scenario:
        return own(
            network=line("a", "b"), stations={"a": station("a", covers=["a", "b"])}, demand=endless("a"),
            clauses=CLAUSES, time={"window": "7 d", "drain": "2 d"}, **more,
        )  # fmt: skip

    return make


class TestLonger:
    def test_limits_go_up_by_a_step_of_the_grid_each(self, place: Any) -> None:
        """Half an hour on a grid of 5 minutes, two hours on one of 15."""
        plan = found_plan(place(), {})
        step = longer(plan, plan.wishes.wishes[:2])
        assert step is not None
        assert step.to["en"] == "35 min instead of 30 min; 2 h 15 min instead of 2 h"
        assert step.to["zh"].count("放宽为") == 2
        clauses = step.wishes.scenario.model.clauses
        assert [clauses[c].parts[0].limit for c in ("P1", "P2", "P3")] == [35 * 60, 135 * 60, 3600]  # type: ignore[union-attr]
        # The promised shares stay, and the wishes say what is now promised.
        assert [w.target for w in step.wishes.wishes] == [0.8, 0.9, 0.9]
        assert "35 min" in step.wishes.wishes[0].limit
        assert step.wishes.wishes[2] == plan.wishes.wishes[2]

    def test_another_limit_is_simulated_anew_under_the_same_luck(self, place: Any) -> None:
        plan = found_plan(place(), {})
        step = longer(plan, plan.wishes.wishes[:1])
        assert step is not None
        assert step.space is not plan.space
        assert step.evaluator.seed == plan.evaluator.seed
        before, after = plan.evaluator.run(plan.levels, 2), step.evaluator.run(step.space.today, 2)
        assert after.cases[:, 0].tolist() == before.cases[:, 0].tolist()
        assert (after.kept[:, 0] >= before.kept[:, 0]).all()

    def test_a_promise_without_a_limit_has_no_longer_one(self) -> None:
        plan = found(BEST)
        assert longer(plan, plan.wishes.wishes[:1]) is None


class TestAgainst:
    def lines(self, duty: str, pay: float, engineers: int) -> Any:
        def said(levels: Levels) -> tuple[Line, ...]:
            n, who, cost = (1, "all", 29.0) if levels == (0,) else (engineers, duty, pay)
            return (
                Line("engineers.a", "engineers", "a", {}, 1, n, 90.0, 90.0 * n),
                Line("duty.a", "duty", "a", {}, "all", who, 29.0, cost),
            )

        return said

    @pytest.mark.parametrize(
        ("duty", "pay", "engineers", "keys"),
        [
            # A rota of one is everybody: nothing has changed.
            ("rota", 29.0, 1, []),
            ("rota", 29.0, 2, ["engineers.a"]),
            ("nobody", 0.0, 1, ["duty.a"]),
        ],
    )
    def test_a_rota_of_one_is_no_change(self, duty: str, pay: float, engineers: int, keys: list[str]) -> None:
        space = SimpleNamespace(lines=self.lines(duty, pay, engineers))
        assert [line.key for line in against(space, (0,), (1,))] == keys  # type: ignore[arg-type]

    def test_today_is_the_plan(self) -> None:
        (line,) = against(SimpleNamespace(lines=self.lines("nobody", 0.0, 1)), (0,), (1,))  # type: ignore[arg-type]
        assert (line.today, line.planned, line.cost_today, line.cost) == ("all", "nobody", 29.0, 0.0)
