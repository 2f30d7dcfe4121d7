"""``compare`` and ``whatif``: two plans under the same luck.

JSON of both: ``format``, ``a``, ``b``, ``inputs``, ``changes`` and more; see ``simsvc.promise.comparison.to_json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from simsvc.cli.common import JsonOption, Language, LanguageOption, SetOption, open_scenario, shipped_names
from simsvc.cli.options import Engine, EngineOption, ProgressOption, SeedOption, WorkersOption
from simsvc.cli.progress import How

if TYPE_CHECKING:
    from simsvc.promise.comparison import Comparison
    from simsvc.scenario import Scenario

TimesOption = Annotated[int, typer.Option("--replications", "-n", min=1, help="Replications of each plan.")]
CountiesOption = Annotated[
    bool, typer.Option("--counties", help="List the cities and counties that get better or worse too.")
]


def compare(
    a: Annotated[
        str,
        typer.Argument(
            metavar="A", help="Name of a shipped scenario, or path of a file.", autocompletion=shipped_names
        ),
    ],
    b: Annotated[
        str, typer.Argument(metavar="B", help="The other; differences are B less A.", autocompletion=shipped_names)
    ],
    set_: SetOption = None,
    seed: SeedOption = 1,
    replications: TimesOption = 40,
    engine: EngineOption = Engine.auto,
    workers: WorkersOption = None,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
    progress_: ProgressOption = How.auto,
    counties: CountiesOption = False,
) -> None:
    """Compare two scenarios under the same luck: what differs, what comes of it, how sure. --set changes both."""
    from simsvc.cli.progress import progress
    from simsvc.study import compare as run

    first, second = open_scenario(a, set_), open_scenario(b, set_)
    options: dict[str, Any] = {"replications": replications, "seed": seed, "engine": engine.value, "workers": workers}
    with progress(f"{first.name} | {second.name}", progress_, language.value) as tell:
        found = run(first, second, **options, progress=tell)
    show(found, first, json, language, counties=counties)


def show(found: Comparison, first: Scenario, json: str | None, language: Language, *, counties: bool) -> None:
    """Write the JSON and print, unless the standard output is for the JSON. ``first``: plan A."""
    from simsvc import network
    from simsvc.cli.differences import print_comparison
    from simsvc.cli.output import console, write_json
    from simsvc.promise.comparison import to_json

    if json is not None:
        write_json(to_json(found), json)
    if json != "-":
        net = network.load(first.model.network, first.folder)
        print_comparison(console(), found, first.model, net, language.value, counties=counties)
