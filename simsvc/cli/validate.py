"""``validate``: does every promise of a scenario hold?

JSON: ``format``, ``scenario``, ``seed``, ``replications``, ``clauses`` (one entry a clause part, reading and area)
and the rest of the evidence; see ``simsvc.promise.to_json``.
"""

from __future__ import annotations

from typing import Annotated

import typer

from simsvc.cli.common import (
    JsonOption,
    Language,
    LanguageOption,
    ReportOption,
    ScenarioArgument,
    SetOption,
    open_scenario,
)
from simsvc.cli.options import ProgressOption, ReplicationsOption, SeedOption, WorkersOption
from simsvc.cli.progress import How, progress


def validate(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    seed: SeedOption = 1,
    replications: ReplicationsOption = None,
    workers: WorkersOption = None,
    json: JsonOption = None,
    report: ReportOption = None,
    language: LanguageOption = Language.en,
    progress_: ProgressOption = How.auto,
    counties: Annotated[bool, typer.Option("--counties", help="Print every clause by city and county too.")] = False,
) -> None:
    """Judge every promise of a scenario. Exit code 0: all hold; 1: one fails; 3: undecided."""
    from simsvc import network
    from simsvc.cli.output import console, write_json
    from simsvc.cli.verdicts import print_validation
    from simsvc.errors import InputError, Problem
    from simsvc.promise import to_json
    from simsvc.report import report as write_report
    from simsvc.study import validate as judge

    opened = open_scenario(scenario, set_)
    net = network.load(opened.model.network, opened.folder)
    with progress(opened.name, progress_) as tell:
        result = judge(opened, replications=replications, seed=seed, workers=workers, progress=tell)
    if json is not None:
        write_json(to_json(result), json)
    if json != "-":
        print_validation(console(), result, opened.model, net, language.value, counties=counties)
    if report is not None:
        try:
            write_report(result, report, language=language.value, scenario=opened)
        except OSError as error:
            problem = Problem("--report", report, f"can't be written: {error.strerror}", "name another file")
            raise InputError(problem) from None
        console(stderr=True).print(f"→ {report}")
    raise typer.Exit(result.exit_code)
