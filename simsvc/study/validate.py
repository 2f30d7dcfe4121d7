"""Do the promises of a scenario hold? Replicate until every verdict is decided or the budget is spent."""

from __future__ import annotations

from simsvc import network as roads
from simsvc.case import Case, build
from simsvc.engine import SEMANTICS
from simsvc.measures import Tally, tally
from simsvc.promise import Validation, assemble, judge
from simsvc.promise.lint import lint
from simsvc.scenario import Scenario
from simsvc.stats import Plan
from simsvc.study.replicate import Progress, Replicator, Submits
from simsvc.study.simulate import Engine, check_budget

PLAN = Plan(looks=(20, 40), alpha=0.05)


def validate(
    scenario: Scenario,
    *,
    replications: int | None = None,
    plan: Plan = PLAN,
    seed: int = 1,
    engine: Engine = "auto",
    executor: Submits | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Validation:
    """Judge every clause of a scenario.

    Parameters
    ----------
    scenario : Scenario
        With its clauses.
    replications : int, optional
        A fixed number instead of the sequential ``plan``; below 10 nothing is decided.
    plan : Plan
        Looks and overall error: after each look the study stops if every province-wide share of the base reading is
        decided.
    seed, engine, executor, workers, progress
        As in :func:`simsvc.simulate`.

    Returns
    -------
    Validation
        One row per clause part, reading and area, with evidence, reasons and provenance.

    Raises
    ------
    ScenarioError
        If the scenario does not fit its network, or the budget makes no sense.
    """
    check_budget(replications if replications is not None else plan.looks[0], seed, engine)
    net = roads.load(scenario.model.network, scenario.folder)
    case = build(scenario, net)
    looks = plan.looks if replications is None else (replications,)
    tallies: list[Tally] = []
    with Replicator(case, seed, executor, workers) as replicator:
        for look in looks:
            done = len(tallies)
            tallies += replicator.map(tally, range(done, look), _shifted(progress, done, look))
            level = plan.level(look) if replications is None else 0.95
            if look == looks[-1] or _decided(case, tallies, level):
                break
    return assemble(
        case,
        tallies,
        seed=seed,
        engine="reference",
        semantics=SEMANTICS,
        findings=[finding.as_dict() for finding in lint(scenario)],
        level=level,
        low_confidence=net.low_confidence,
        sources={"network": net.sources, "attribution": net.attribution},
        text=scenario.to_toml(),
        changes={path: str(value) for path, value in scenario.changes.items()},
    )


def _decided(case: Case, tallies: list[Tally], level: float) -> bool:
    rows = judge(case, tallies, level=level)
    return not any(
        r.verdict == "undecided" for r in rows if r.kind == "sim" and r.reading == "base" and r.area == "province"
    )


def _shifted(progress: Progress | None, done: int, look: int) -> Progress | None:
    if progress is None:
        return None
    return lambda n, _: progress(done + n, look)
