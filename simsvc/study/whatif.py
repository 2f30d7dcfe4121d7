"""What would change if: a scenario as it is against the same scenario with some values changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simsvc.engine import Engine
from simsvc.errors import Problem, ScenarioError
from simsvc.promise.comparison import Comparison
from simsvc.scenario import Scenario, paths, presets
from simsvc.scenario.base import Text
from simsvc.study.compare import REPLICATIONS, compare
from simsvc.study.workers import Progress, Submits, Workers

AS_IT_IS = Text(en="as it is", zh="现状")
Wish = str | Mapping[str, Any]
"""Name of a preset, or values by path."""


def whatif(
    scenario: Scenario,
    change: Wish | Sequence[Wish],
    *,
    replications: int = REPLICATIONS,
    seed: int = 1,
    engine: Engine = "auto",
    executor: Submits | Workers | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare a scenario as it is with the same scenario changed, under the same luck.

    Parameters
    ----------
    scenario : Scenario
        As it is.
    change : str, mapping, or a sequence of these
        The name of one of the scenario's presets, or values by path as for ``scenario.replace``; of several the later
        one goes before.
    replications, seed, engine, executor, workers, progress
        As in :func:`simsvc.compare`.

    Raises
    ------
    ScenarioError
        If there is no such preset or path, or nothing is changed.

    Examples
    --------
    >>> whatif(scenario, "typhoon-year")  # doctest: +SKIP
    >>> whatif(scenario, ["demand-doubled", {"stations.danzhou.engineers": 2}])  # doctest: +SKIP
    """
    changed, name = imagine(scenario, change)
    options: dict[str, Any] = {"replications": replications, "seed": seed, "engine": engine, "executor": executor}
    return compare(scenario, changed, **options, workers=workers, progress=progress, names=(AS_IT_IS, name))


def imagine(scenario: Scenario, change: Wish | Sequence[Wish]) -> tuple[Scenario, Text]:
    """The scenario changed, and what to call the change.

    Raises
    ------
    ScenarioError
        With everything that is wrong with the change.
    """
    wishes = [change] if isinstance(change, str | Mapping) else list(change)
    values: dict[str, Any] = {}
    names: list[Text] = []
    problems: list[Problem] = []
    for wish in wishes:
        try:
            set_ = presets.changes(scenario, wish) if isinstance(wish, str) else dict(wish)
        except ScenarioError as error:
            problems += error.problems
            continue
        values |= set_
        if isinstance(wish, str):
            names.append(scenario.model.presets[wish].name)
        else:
            names += [Text(en=f"{path} = {paths.show(paths.plain(value))}") for path, value in set_.items()]
    if problems:
        raise ScenarioError(problems)
    if not values:
        known = ", ".join(scenario.model.presets)
        remedy = f"name a preset ({known}) or a value to set" if known else "name a value to set, as path = value"
        raise ScenarioError(Problem("change", "", "nothing is to be changed", remedy))
    en, zh = ("; ".join(n["en"] for n in names), "；".join(n["zh"] for n in names))
    return scenario.replace(**values), Text(en=en, zh=zh)
