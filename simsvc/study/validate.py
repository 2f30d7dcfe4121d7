"""Do the promises of a scenario hold? Replicate until every verdict is decided or the budget is spent."""

from __future__ import annotations

from simsvc import network as roads
from simsvc.case import Case, build
from simsvc.engine import SEMANTICS, Engine
from simsvc.measures import Tally, tallier
from simsvc.promise import Validation, assemble, headline
from simsvc.promise.lint import lint
from simsvc.scenario import Scenario
from simsvc.stats import FEWEST, Plan
from simsvc.study.points import trial
from simsvc.study.replicate import Replicator
from simsvc.study.robust import over_ranges
from simsvc.study.simulate import check_budget
from simsvc.study.twins import twins
from simsvc.study.workers import Progress, Submits, Workers, shifted

PLAN = Plan(looks=(20, 40), alpha=0.05)


def validate(
    scenario: Scenario,
    *,
    replications: int | None = None,
    plan: Plan = PLAN,
    seed: int = 1,
    engine: Engine = "auto",
    executor: Submits | Workers | None = None,
    workers: int | None = None,
    crew: Workers | None = None,
    progress: Progress | None = None,
    robust: bool | None = None,
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
    crew : Workers, optional
        Where the ranges are tried, if not where the replications run: processes do it faster than threads, for building
        scenarios is Python's work, but take seconds to start.
    seed, engine, executor, workers, progress
        As in :func:`simsvc.simulate`.
    robust : bool, optional
        Whether to try every verdict over the ranges of the assumptions; by default with the compiled engine. Takes at
        least ``FEWEST`` replications.

    Returns
    -------
    Validation
        One row per clause part, reading and area, with evidence, reasons and provenance.

    Raises
    ------
    ScenarioError
        If the scenario does not fit its network, or the budget makes no sense.
    StudyError
        If the engine can't run, or a worker dies.

    Notes
    -----
    A study by the compiled engine has one replication run by the reference engine, too; the trust card says whether
    their logs are the same.
    """
    check_budget(replications if replications is not None else plan.looks[0], seed)
    net = roads.load(scenario.model.network, scenario.folder)
    case = build(scenario, net)
    looks = plan.looks if replications is None else (replications,)
    tallies: list[Tally] = []
    with Replicator(case, seed, executor, workers, engine) as replicator:
        for look in looks:
            done = len(tallies)
            tallies += replicator.map(tallier(replicator.engine), range(done, look), shifted(progress, done, look))
            level = plan.level(look) if replications is None else 0.95
            if look == looks[-1] or _decided(case, tallies, level):
                break
        wanted = replicator.engine == "compiled" if robust is None else robust
        found = (
            over_ranges(trial(scenario, case, tallies, seed=seed, engine=replicator.engine, level=level), case,
                        crew if crew is not None else replicator.workers, progress)
            if wanted and len(tallies) >= FEWEST and case.model.assumptions
            else None
        )  # fmt: skip
    return assemble(
        case,
        tallies,
        seed=seed,
        engine=replicator.engine,
        twins=twins(case, seed) if replicator.engine == "compiled" else None,
        robust=found,
        semantics=SEMANTICS,
        findings=[finding.as_dict() for finding in lint(scenario)],
        level=level,
        low_confidence=net.low_confidence,
        sources={"network": net.sources, "attribution": net.attribution},
        text=scenario.to_toml(),
        changes={path: str(value) for path, value in scenario.changes.items()},
    )


def _decided(case: Case, tallies: list[Tally], level: float) -> bool:
    return all(verdict != "undecided" for _, verdict in headline(case, tallies, level=level).values())
