"""Points of a study: a scenario changed in some values, run by few replications and held against its base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from simsvc.case import Case, build
from simsvc.engine import Name
from simsvc.errors import SimsvcError
from simsvc.measures import Tally, keeper
from simsvc.measures.kept import Place, kept_in
from simsvc.promise.judge import headline
from simsvc.promise.plan import decide_plan
from simsvc.scenario import Scenario
from simsvc.scenario.parts import parts as clause_parts
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.stats import Verdict
from simsvc.stats.shift import Shares, narrower, paired_shift
from simsvc.study.replicate import one

Floats = npt.NDArray[np.float64]
Changes = Mapping[str, Any]
"""Values by path."""
ROUNDS = (2, 3, 4, 6, 8, 12, 16)
"""Replications of a point: more only where a verdict is near enough to turn, which few are."""


@dataclass(frozen=True)
class Outcome:
    """Shares at a point, one column a promise, and what the change does to them under the same luck; or why it can't be
    built."""

    shares: Shares
    shift: Floats
    replications: int
    problem: str = ""


@dataclass(frozen=True)
class Trial:
    """What points of a scenario are held against: the promises, and what the base's replications said of them.

    Columns are the promises judged from logs, then those decided from the plan alone. ``before``: kept and all cases of
    the base's first replications, shape (replications, 2, promises judged from logs).
    """

    scenario: Scenario
    seed: int
    engine: Name
    simulated: tuple[Place, ...]
    planned: tuple[Place, ...]
    target: Floats
    before: Floats
    base: Shares
    rounds: tuple[int, ...] = ROUNDS

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All columns."""
        return (*self.simulated, *self.planned)

    def verdicts(self, shares: Shares) -> list[Verdict]:
        """By column."""
        named: dict[int, Verdict] = {1: "holds", -1: "fails", 0: "undecided"}
        signs = shares.against(self.target)
        return ["no cases" if np.isnan(e) else named[int(s)] for e, s in zip(shares.estimate, signs, strict=True)]


def trial(scenario: Scenario, case: Case, tallies: Sequence[Tally], *, seed: int, engine: Name, level: float) -> Trial:
    """A trial against the tallies of the base's replications 0, 1, …; ``level`` of the intervals as in ``judge``."""
    known = headline(case, tallies, level=level)
    simulated = tuple(known)
    parts = [case.model.clauses[clause].parts[k] for clause, k in simulated]
    rules = [(at, part) for at, part in clause_parts(case.model) if isinstance(part, PlanPart)]
    planned, asked = tuple((str(at[1]), int(at[3])) for at, _ in rules), [part.target for _, part in rules]
    found = [interval for interval, _ in known.values()]
    bounds = [(i.estimate, i.low, i.high) if i is not None else (np.nan,) * 3 for i in found]
    base = Shares(*np.array(bounds, np.float64).reshape(-1, 3).T)
    rounds = tuple(n for n in ROUNDS if n <= len(tallies))
    return Trial(
        scenario=scenario,
        seed=seed,
        engine=engine,
        simulated=simulated,
        planned=planned,
        target=np.array([*(p.target for p in parts if isinstance(p, SimPart)), *asked]),
        before=np.stack([kept_in(t, simulated) for t in tallies[: rounds[-1]]]),
        base=base.followed_by(np.array([_met(case, place) for place in planned])),
        rounds=rounds,
    )


def explore(tried: Trial, changes: Changes) -> Outcome:
    """Run a point by as many replications as its verdicts take.

    The shares of the base are moved by the difference that the change makes under the same luck; where that is the
    narrower interval, the point's replications speak for themselves. The estimate is the base's moved in either case
    (within the interval), so that a change that does nothing moves nothing. Another round comes only if it could decide
    a promise: if it is undecided, and would not be were the difference known exactly.
    """
    try:
        case = build(tried.scenario.replace(**changes))
    except SimsvcError as error:
        return _nothing(tried, str(error))
    count = len(tried.simulated)
    base = Shares(tried.base.estimate[:count], tried.base.low[:count], tried.base.high[:count])
    target, after = tried.target[:count], list[Floats]()
    for most in tried.rounds:
        numbers = range(len(after), most)
        after += [keeper(tried.engine)(case, one(case, tried.seed, r, tried.engine), tried.simulated) for r in numbers]
        here = np.stack(after)
        shift, half = paired_shift(tried.before[:most], here)
        found = narrower(base.moved(shift, half), Shares.of(here)).about(base.estimate + shift)
        if not ((found.against(target) == 0) & (base.moved(shift).against(target) != 0)).any():
            break
    met = np.array([_met(case, place) for place in tried.planned])
    return Outcome(found.followed_by(met), np.append(shift, met - tried.base.estimate[count:]), len(after))


def _met(case: Case, place: Place) -> float:
    """Share of what a plan rule asks for that is met, nan where it asks for nothing."""
    clause, k = place
    part = case.model.clauses[clause].parts[k]
    if not isinstance(part, PlanPart):
        raise ValueError(f"part {k} of {clause} is not decided from the plan")
    plan = decide_plan(case, part)
    return plan.share if plan.asked else np.nan


def _nothing(tried: Trial, problem: str) -> Outcome:
    none = np.full(len(tried.places), np.nan)
    return Outcome(Shares(none, none, none), none, 0, problem)
