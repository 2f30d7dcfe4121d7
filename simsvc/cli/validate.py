"""``validate``: does every promise of one scenario, or of several, hold?

JSON of one: ``format``, ``scenario``, ``seed``, ``replications``, ``clauses`` (one entry a clause part, reading and
area) and the rest of the evidence; see ``simsvc.promise.to_json``. JSON of several: ``format``, ``validations`` (a list
of these, in the order of the command line) and ``refused`` (scenarios that could not be judged: each ``scenario``,
``problems``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simsvc.cli.common import (
    JsonOption,
    Language,
    LanguageOption,
    SetOption,
    open_scenario,
    shipped_names,
    writable,
)
from simsvc.cli.judging import Job
from simsvc.cli.options import Engine, EngineOption, ProgressOption, ReplicationsOption, SeedOption, WorkersOption
from simsvc.cli.progress import How


def validate(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SCENARIO",
            help="Names of shipped scenarios, or paths of TOML files.",
            autocompletion=shipped_names,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All shipped documents (a variant of one has to be named by itself).")
    ] = False,
    set_: SetOption = None,
    seed: SeedOption = 1,
    replications: ReplicationsOption = None,
    engine: EngineOption = Engine.auto,
    workers: WorkersOption = None,
    json: JsonOption = None,
    report: Annotated[
        str | None,
        typer.Option(
            "--report", metavar="FILE.html", help="Write the report page; of several scenarios one each, into a folder."
        ),
    ] = None,
    language: LanguageOption = Language.en,
    progress_: ProgressOption = How.auto,
    counties: Annotated[bool, typer.Option("--counties", help="Print every clause by city and county too.")] = False,
    robust: Annotated[
        bool | None,
        typer.Option("--robust/--no-robust", help="Try the assumptions' ranges; by default with the compiled engine."),
    ] = None,
) -> None:
    """Judge every promise of a scenario, or of several one after another.

    Exit code 0: all hold; 1: one fails; 3: undecided; 2: bad input, the other scenarios being judged all the same.
    """
    from simsvc.cli.several import judge_each
    from simsvc.study.workers import Workers

    names = list(dict.fromkeys(_named(scenarios, every=every)))
    several = every or len(names) > 1
    place = None if report is None else _place(report, several=several)
    with Workers("reference", workers=workers) as crew:  # spawned processes, and those only when there are points
        job = Job(seed, replications, engine, workers, progress_, language, counties, robust, json == "-", crew, place)
        code = judge_each(names, set_, job, json) if several else _judge(names[0], set_, job, json)
    raise typer.Exit(code)


def _judge(name: str, changes: list[str] | None, job: Job, json: str | None) -> int:
    """Judge one scenario and return the exit code."""
    from simsvc import network
    from simsvc.cli.output import write_json
    from simsvc.promise import to_json

    opened = open_scenario(name, changes)
    net = network.load(opened.model.network, opened.folder)
    result = job.judge(opened, opened.name)
    if json is not None:
        write_json(to_json(result), json)
    job.show(result, opened, net, name)
    job.page(result, opened)
    return result.exit_code


def _named(scenarios: list[str] | None, *, every: bool) -> list[str]:
    if every and scenarios:
        raise typer.BadParameter("names and --all exclude each other", param_hint="--all")
    if every:
        from simsvc.scenario import documents

        return documents()
    if not scenarios:
        raise typer.BadParameter("name a scenario, or --all", param_hint="SCENARIO")
    return scenarios


def _place(report: str, *, several: bool) -> Path:
    """Where pages go: refused before anything is computed."""
    if several and not Path(report).is_dir():
        raise typer.BadParameter(
            "with several scenarios a folder is needed, in which each gets its page", param_hint="--report"
        )
    if not several:
        try:
            writable(report)
        except typer.BadParameter as error:
            raise typer.BadParameter(error.message, param_hint="--report") from None
    return Path(report)
