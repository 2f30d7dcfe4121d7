"""Which assumptions do the promises hang on? One at a time, all at once, and by shares of variance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.case import Case, build
from simsvc.engine import SEMANTICS, Engine
from simsvc.errors import Problem, ScenarioError
from simsvc.measures import tallier
from simsvc.promise.robust import Robustness
from simsvc.promise.sensitivity import Index, Sensitivity, Subject, Swing
from simsvc.promise.texts import part_label
from simsvc.scenario import Scenario
from simsvc.scenario.ledger import is_price
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.ranges import Range, ranges
from simsvc.stats import FEWEST
from simsvc.study.points import trial
from simsvc.study.replicate import Replicator
from simsvc.study.robust import COMBINATIONS, Explored, explore_ranges, sum_up
from simsvc.study.simulate import check_budget
from simsvc.study.sobol import check_samples, sobol
from simsvc.study.workers import Progress, Submits, Workers

LEVEL = 0.95


def sensitivity(
    scenario: Scenario,
    *,
    assumptions: Sequence[str] | None = None,
    inputs: int | Sequence[str] = 5,
    samples: int = 64,
    combinations: int = COMBINATIONS,
    replications: int = 20,
    seed: int = 1,
    engine: Engine = "auto",
    executor: Submits | Workers | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Try the assumption ledger: tornado, break-evens and Sobol indices of every promise.

    Parameters
    ----------
    scenario : Scenario
        With a ledger.
    assumptions : sequence of str, optional
        Names of those to try; default all.
    inputs : int or sequence of str
        Assumptions of the Sobol indices: so many, those that swing the promises most, or these. Fewer than two: no
        indices, for one alone makes all the variance.
    samples : int
        Samples of the Sobol indices, a power of 2; takes ``samples`` x (inputs + 2) points.
    combinations : int
        Points at which all assumptions move at once.
    replications : int
        Of the base, at least ``FEWEST``; points take fewer, see ``study.points``.
    seed, engine, executor, workers
        As in :func:`simsvc.simulate`.
    progress : callable, optional
        ``progress(done, total)``, first in replications of the base, then in points.

    Returns
    -------
    Sensitivity
        One subject a promise (base reading, whole province).

    Raises
    ------
    ScenarioError
        If the scenario has no ledger, an assumption is not known, or the budget makes no sense.
    """
    check_budget(replications, seed)
    if replications < FEWEST:
        message = f"at least {FEWEST} are needed to judge the base"
        raise ScenarioError(Problem("replications", str(replications), message, "write 20 or more"))
    if inputs:
        check_samples(samples)
    _no_prices(scenario, assumptions or ())
    known = _named(ranges(scenario), assumptions, "assumptions")
    named = None if isinstance(inputs, int) else _named(known, inputs, "inputs")
    case = build(scenario)
    with Replicator(case, seed, executor, workers, engine) as replicator:
        tallies = list(replicator.map(tallier(replicator.engine), range(replications), progress))
        tried = trial(scenario, case, tallies, seed=seed, engine=replicator.engine, level=LEVEL)
        found = explore_ranges(
            tried, replicator.workers, known=known, combinations=combinations, most=None, progress=progress
        )
        swings = [_swings(found, column) for column in range(len(tried.places))]
        chosen = _widest(known, swings, inputs) if isinstance(inputs, int) else named or []
        indices: list[tuple[Index, ...]] = [()] * len(tried.places)
        problem = ""
        if len(chosen) < 2:
            chosen = []
        else:
            indices, problem = sobol(tried, chosen, samples, replicator.workers, progress)
    summed = sum_up(case, found)
    return Sensitivity(
        scenario=scenario.name,
        title={"en": case.model.title["en"], "zh": case.model.title["zh"]},
        seed=seed,
        replications=replications,
        subjects=tuple(_subjects(case, found, summed, swings, indices)),
        tried=summed.tried,
        inputs=tuple(r.id for r in chosen),
        samples=samples if chosen else 0,
        points=samples * (len(chosen) + 2) if chosen else 0,
        problem=problem,
        provenance={
            "hash": case.key,
            "engine": replicator.engine,
            "semantics": SEMANTICS,
            "level": LEVEL,
            "scenario_text": scenario.to_toml(),
        },
    )


def _named(known: Sequence[Range], wanted: Sequence[str] | None, option: str) -> list[Range]:
    by_id = {r.id: r for r in known}
    if not known:
        message = "the scenario lists none that may move a promise"
        raise ScenarioError(Problem("assumptions", "", message, "add an [assumptions.NAME] table"))
    unknown = [name for name in wanted or () if name not in by_id]
    if unknown:
        message = "there is no assumption of this name"
        raise ScenarioError([Problem(option, name, message, suggestion(name, list(by_id))) for name in unknown])
    return list(known) if wanted is None else [by_id[name] for name in dict.fromkeys(wanted)]


def _no_prices(scenario: Scenario, wanted: Sequence[str]) -> None:
    """Assumptions that are named and could do nothing."""
    prices = [entry.id for entry in scenario.ledger() if is_price(entry.path, *entry.also)]
    message, remedy = "this is a price: it moves no promise", "leave it out; what it changes is the cost of a plan"
    if found := [Problem("assumptions", name, message, remedy) for name in wanted if name in prices]:
        raise ScenarioError(found)


def _swings(found: Explored, column: int) -> tuple[Swing, ...]:
    """The widest first; assumptions without which not a case would be another are left out."""
    base = float(found.tried.base.estimate[column])
    ends = [end for end in found.of(column).values() if end.estimate is not None]
    swings = []
    for known in found.ranges:
        own = tuple(end for end in ends if end.assumption == known.id)
        shares = [base, *(end.estimate for end in own if end.estimate is not None)]
        if np.ptp(shares) > 0 and any(end.shift for end in own):
            swings.append(Swing(known.id, own, float(np.ptp(shares))))
    return tuple(sorted(swings, key=lambda swing: -swing.width))


def _widest(known: Sequence[Range], swings: Sequence[Sequence[Swing]], count: int) -> list[Range]:
    """Those with the largest sum over the promises of their swing, each promise's widest swing counting as 1."""
    weight = dict.fromkeys((r.id for r in known), 0.0)
    for of_promise in swings:
        for swing in of_promise:
            weight[swing.assumption] += swing.width / of_promise[0].width
    by_id = {r.id: r for r in known}
    return [by_id[name] for name in sorted(weight, key=lambda name: -weight[name])[:count] if weight[name] > 0]


def _subjects(
    case: Case,
    found: Explored,
    summed: Robustness,
    swings: Sequence[tuple[Swing, ...]],
    indices: Sequence[tuple[Index, ...]],
) -> list[Subject]:
    tried = found.tried
    verdicts = tried.verdicts(tried.base)
    subjects = []
    for column, (clause, k) in enumerate(tried.places):
        label = part_label(case.model.clauses[clause], k)
        shares = (float(x[column]) for x in (tried.base.estimate, tried.base.low, tried.base.high))
        estimate, low, high = (None if np.isnan(x) else x for x in shares)
        subjects.append(
            Subject(
                id=clause,
                part=label,
                estimate=estimate,
                low=low,
                high=high,
                target=float(tried.target[column]),
                verdict=verdicts[column],
                robust=summed.verdicts[clause, label],
                swings=swings[column],
                indices=indices[column],
            )
        )
    return subjects
