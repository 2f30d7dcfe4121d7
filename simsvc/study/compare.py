"""Two scenarios under the same luck: which inputs differ, which results, and by how much."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import nullcontext

from simsvc.case import Case, build
from simsvc.engine import SEMANTICS, Engine
from simsvc.engine.select import runner
from simsvc.measures import Tally, tallier
from simsvc.promise.comparison import Comparison, Input, Party, alone, changes
from simsvc.promise.validation import versions
from simsvc.scenario import Scenario
from simsvc.scenario.base import Text
from simsvc.scenario.naming import label
from simsvc.study.replicate import Replicator
from simsvc.study.simulate import check_budget
from simsvc.study.workers import Progress, Submits, Workers, shifted

LEVEL = 0.95
REPLICATIONS = 40
SILENT = ("format", "name", "title", "about", "source", "assumptions", "presets")
"""Tables that move no result: names, the ledger (its figures stand at their own places), changes kept for later."""


def compare(
    a: Scenario,
    b: Scenario,
    *,
    replications: int = REPLICATIONS,
    seed: int = 1,
    engine: Engine = "auto",
    executor: Submits | Workers | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    names: tuple[Text, Text] | None = None,
) -> Comparison:
    """Compare two scenarios, replication by replication under the same luck.

    Parameters
    ----------
    a, b : Scenario
        Differences are B less A. They may differ in anything; luck goes by the ids of places, products and engineers,
        so that what has the same id in both meets the same faults, delays and absences.
    replications : int
        Of each; below 10 nothing is decided.
    seed, engine, executor, workers
        As in :func:`simsvc.simulate`.
    progress : callable, optional
        ``progress(done, total)`` over the replications of both.
    names : (Text, Text), optional
        What the two are called; by default by their scenarios' names.

    Returns
    -------
    Comparison
        Inputs and results that differ, with paired 95 % intervals; shares as fractions, other figures in their units.

    Raises
    ------
    ScenarioError
        If a scenario does not fit its network, or the budget makes no sense.
    StudyError
        If the engine can't run, or a worker dies.

    Notes
    -----
    Common random numbers: see ``stats.paired_ratio`` for the interval of a paired difference, for what the common luck
    has gained and for the replications that would decide.
    """
    check_budget(replications, seed)
    cases = build(a), build(b)
    shared = nullcontext(executor) if isinstance(executor, Workers) else Workers(runner(engine), executor, workers)
    with shared as pool:
        runs: list[tuple[Case, list[Tally]]] = []
        for k, case in enumerate(cases):
            tell = shifted(progress, k * replications, len(cases) * replications)
            with Replicator(case, seed, pool, engine=engine) as replicator:
                runs.append((case, list(replicator.map(tallier(replicator.engine), range(replications), tell))))
    made, only_a, only_b = changes(runs[0], runs[1], level=LEVEL)
    called = names or (Text(en=a.name), Text(en=b.name))
    return Comparison(
        a=_party(a, called[0]),
        b=_party(b, called[1]),
        seed=seed,
        replications=replications,
        level=LEVEL,
        inputs=tuple(_inputs(a, b)),
        changes=made,
        only_a=alone(only_a),
        only_b=alone(only_b),
        provenance={
            "engine": replicator.engine,
            "semantics": SEMANTICS,
            "python": platform.python_version(),
            "versions": versions(),
            "scenario_text": {"a": a.to_toml(), "b": b.to_toml()},
        },
    )


def _party(scenario: Scenario, name: Text) -> Party:
    changed = {path: str(value) for path, value in scenario.changes.items()}
    return Party(scenario.name, {"en": name["en"], "zh": name["zh"]}, scenario.hash, changed)


def _inputs(a: Scenario, b: Scenario) -> Iterator[Input]:
    raws = a.raw, b.raw
    for path, here, there in a.diff(b):
        if path.split(".")[0] not in SILENT:
            names = [label(s.model, raw, path) for s, raw in zip((a, b), raws, strict=True)]
            # What the first doesn't have, the second names.
            name = names[here is None and there is not None]
            yield Input(path, {"en": name["en"], "zh": name["zh"]}, here, there)
