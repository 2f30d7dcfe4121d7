"""``whatif``: a scenario as it is against the same scenario changed, by a preset or by values.

JSON of ``--list``: ``format``, ``presets`` (each ``id``, ``name`` by language, ``set``). Otherwise as ``compare``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from simsvc.cli.common import JsonOption, Language, LanguageOption, ScenarioArgument, SetOption, open_scenario, settings
from simsvc.cli.compare import CountiesOption, TimesOption, show
from simsvc.cli.options import Engine, EngineOption, ProgressOption, SeedOption, WorkersOption
from simsvc.cli.progress import How

if TYPE_CHECKING:
    from simsvc.scenario import Scenario


def whatif(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    preset: Annotated[
        list[str] | None,
        typer.Option("--preset", "-p", metavar="NAME", help="A change that the scenario has ready. Repeatable."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the scenario's presets and do nothing else.")] = False,
    seed: SeedOption = 1,
    replications: TimesOption = 40,
    engine: EngineOption = Engine.auto,
    workers: WorkersOption = None,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
    progress_: ProgressOption = How.auto,
    counties: CountiesOption = False,
) -> None:
    """What would change if: a preset (--preset typhoon-year) or values (--set), against the scenario as it is."""
    from simsvc.cli.progress import progress
    from simsvc.errors import ScenarioError
    from simsvc.study import whatif as run

    opened = open_scenario(scenario)
    if list_:
        _list(opened, scenario, json, language)
        return
    wanted, problems = settings(set_)
    if problems:
        raise ScenarioError(problems)
    wishes: list[Any] = [*(preset or []), *[wanted] * bool(wanted)]
    options: dict[str, Any] = {"replications": replications, "seed": seed, "engine": engine.value, "workers": workers}
    with progress(opened.name, progress_, language.value) as tell:
        found = run(opened, wishes, **options, progress=tell)
    show(found, opened, json, language, counties=counties)


def _list(scenario: Scenario, given: str, json: str | None, language: Language) -> None:
    from simsvc.cli.output import FORMAT, console, write_json
    from simsvc.cli.scenarios import print_presets
    from simsvc.scenario.presets import changes

    if json is not None:
        found = scenario.model.presets.items()
        listed = [{"id": k, "name": p.name.model_dump(), "set": changes(scenario, k)} for k, p in found]
        write_json({"format": FORMAT, "presets": listed}, json)
    if json != "-":
        print_presets(console(), scenario, given, language.value)
