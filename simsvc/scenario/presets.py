"""The presets of a scenario: are they sound, and what do they change?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import files, overrides, paths, shape
from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import listing, suggestion
from simsvc.scenario.paths import Touched
from simsvc.scenario.shape import Tokens

if TYPE_CHECKING:
    from simsvc.scenario.scenario import Scenario


def changes(scenario: Scenario, name: str) -> dict[str, Any]:
    """What a preset sets, by path, to be handed to ``scenario.replace``.

    Raises
    ------
    ScenarioError
        If the scenario has no preset of this name; the remedy names the nearest.
    """
    known = scenario.model.presets
    if name not in known:
        remedy = suggestion(name, known, none="the scenario has no presets; write [presets.NAME] or change a path")
        problem = Problem(f"presets.{name}", "", "there is no preset of this name", remedy)
        raise ScenarioError(problem)
    return dict(files.flat(scenario.raw, known[name].set))


def check(model: Model, raw: dict[str, Any], changed: Touched | None = None) -> Iterator[Flaw]:
    """Presets that set a path which isn't there, or a value that may not stand there.

    Whether the scenario is whole with a preset in place is seen when it is asked for. ``changed``: the places at which
    ``raw`` differs from a scenario whose presets are sound; only those on which these bear are looked at.
    """
    for key, preset in model.presets.items():
        at: Tokens = ("presets", key, "set")
        if changed is not None and not any(t in changed for t in (at, *map(paths.split, preset.set))):
            continue
        for path, value in files.flat(raw, preset.set):
            try:
                places = overrides.resolve(raw, path, value)
            except ScenarioError as error:
                yield Flaw(at, f"{error.problems[0].path}: {error.problems[0].message}", error.problems[0].remedy)
                continue
            for tokens in places:
                annotation = shape.annotation_at(Model, raw, tokens)
                if value is not None and not shape.accepts(annotation, value):
                    message = f"{paths.show(value)} may not stand at {paths.join(tokens)}"
                    words = shape.literals(annotation)
                    standing = paths.show(paths.value_at(Model, raw, tokens))
                    remedy = f"allowed: {listing(words)}" if words else f"write it as there: {standing}"
                    yield Flaw(at, message, remedy, (tokens,))
