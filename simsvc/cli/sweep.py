"""``sweep``: many variants of a scenario, stored in a folder; stopped at any moment it goes on where it was.

JSON: ``format``, ``scenario``, ``hash``, ``seed``, ``replications``, ``points``, ``done``, ``fingerprint``, ``files``
(a pattern for DuckDB or polars), ``inputs`` (columns in which points differ), ``failed`` (each ``point``, ``inputs``,
``error``). Of a dry run: ``format``, ``scenario``, ``points``, ``runs``, ``done``, ``seconds``, ``workers``, ``failed``
(errors by point).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simsvc.cli.common import JsonOption, Language, LanguageOption, ScenarioArgument, SetOption, open_scenario
from simsvc.cli.options import Engine, EngineOption, ProgressOption
from simsvc.cli.progress import How, progress

if TYPE_CHECKING:
    from simsvc.scenario import Scenario
    from simsvc.study.sweep import Estimate, Sweep

FAILED = 1
VERDICTS = ("holds", "fails", "undecided", "no cases")
SHOWN = 10
"""Failed points listed on the screen; all are in the JSON and in the table."""


def sweep(
    scenario: ScenarioArgument,
    grid: Annotated[Path, typer.Argument(metavar="GRID.toml", help="What to vary; see docs/sweeps.md.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="Results; a folder begun with the same sweep goes on.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many runs, and about how long.")] = False,
    set_: SetOption = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Study seed, in place of the grid's.")] = None,
    replications: Annotated[
        int | None, typer.Option("--replications", "-n", min=1, help="Of each point, in place of the grid's.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes to start; default one a core.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="Run on the workers of this Dask scheduler.")
    ] = None,
    engine: EngineOption = Engine.auto,
    retry: Annotated[bool, typer.Option("--retry", help="Do the points again that failed before.")] = False,
    progress_: ProgressOption = How.auto,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
) -> None:
    """Simulate every point of a grid with the same luck: lists, ranges, Latin hypercubes, Sobol points over any path.

    Exit code 0: all points are done; 1: all are done, but some failed; 2: bad input, or the folder holds something
    else; 130: interrupted — the same command goes on.
    """
    from simsvc.cli.output import FORMAT, console, write_json
    from simsvc.cli.words import word
    from simsvc.study.sweep import estimate
    from simsvc.study.sweep import sweep as run

    opened, lang = open_scenario(scenario, set_), language.value
    shared: dict[str, Any] = {"replications": replications, "seed": seed, "engine": engine.value, "workers": workers}
    if dry_run:
        found = estimate(opened, grid, out=out, scheduler=scheduler, **shared)
        if json is not None:
            write_json({"format": FORMAT, "scenario": opened.name, **vars(found)}, json)
        if json != "-":
            _print_estimate(found, lang)
        raise typer.Exit(FAILED if found.failed else 0)
    try:
        with progress(opened.name, progress_, lang, "points") as tell:
            made = run(opened, grid, out=out, scheduler=scheduler, retry=retry, progress=tell, **shared)
    except KeyboardInterrupt:
        console(stderr=True).print(word("goes_on", lang))
        raise
    if json is not None:
        write_json({"format": FORMAT, **_as_json(made, opened)}, json)
    if json != "-":
        _print(made, opened, lang)
    raise typer.Exit(FAILED if made.failed else 0)


def _as_json(made: Sweep, scenario: Scenario) -> dict[str, Any]:
    manifest = made.store.manifest
    return {
        "scenario": scenario.name,
        "hash": manifest["of"]["scenario"],
        "seed": manifest["seed"],
        "replications": manifest["replications"],
        "points": made.points,
        "done": made.done,
        "fingerprint": manifest["fingerprint"],
        "files": made.files,
        "inputs": made.inputs,
        "failed": [vars(failure) for failure in made.failed],
    }


def _print_estimate(found: Estimate, lang: str) -> None:
    from simsvc.cli.output import console, print_problems
    from simsvc.cli.words import word
    from simsvc.errors import Problem
    from simsvc.report.text import duration
    from simsvc.report.words import Words

    seconds = max(round(found.seconds), 1)
    unit = 3600 if seconds >= 36_000 else 60 if seconds >= 600 else 1
    about = duration(-(-seconds // unit) * unit, Words(lang))
    text = word("dry_run", lang).format(
        points=f"{found.points:,}", runs=f"{found.runs:,}", done=f"{found.done:,}", about=about, n=found.workers
    )
    console().print(text)
    problems = [Problem(word("point", lang).format(n=n), "", error) for n, error in found.failed.items()]
    print_problems(problems, stderr=False)


def _print(made: Sweep, scenario: Scenario, lang: str) -> None:
    from simsvc.cli.output import console, print_problems, print_table
    from simsvc.cli.words import word
    from simsvc.errors import Problem

    manifest = made.store.manifest
    title = word("sweep_title", lang).format(
        title=scenario.model.title[lang],
        points=f"{made.points:,}",
        replications=manifest["replications"],
        seed=manifest["seed"],
    )
    print_table(console(), title, _heads(lang), _summary(made, scenario, lang), whole=range(2, 8))
    listed = [
        Problem(word("point", lang).format(n=f.point), ", ".join(f"{k} = {v}" for k, v in f.inputs.items()), f.error)
        for f in made.failed[:SHOWN]
    ]
    print_problems(listed)
    if len(made.failed) > SHOWN:
        console(stderr=True).print(word("more_failed", lang).format(n=len(made.failed) - SHOWN))
    console().print(f"→ {made.files}", soft_wrap=True)


def _heads(lang: str) -> list[str]:
    from simsvc.cli.words import word
    from simsvc.report.words import Words

    words = Words(lang)
    verdicts = [words(f"verdict.{v}") for v in VERDICTS]
    return [word("id", lang), word("promises", lang), *verdicts, word("least", lang), word("most", lang)]


def _summary(made: Sweep, scenario: Scenario, lang: str) -> Iterator[Sequence[object]]:
    """For each promise: at how many points it holds, and from what to what the share kept goes."""
    from simsvc.report import text, wording
    from simsvc.report.words import Words

    words = Words(lang)
    if len(made.failed) == made.points:
        return
    rows = made.table().query("area == 'province' and reading == 'base' and kind in ('sim', 'plan')")
    for (clause, label), of in rows.groupby(["id", "part"], sort=False):
        what = words.option("measure", of["measure"].iloc[0])
        limit = "" if of["limit"].nunique() > 1 else wording.promised(scenario.model, str(clause), str(label), words)
        counts = [int((of["verdict"] == v).sum()) for v in VERDICTS]
        shares = of["estimate"].dropna()
        ends = [text.share(float(x)) for x in (shares.min(), shares.max())] if len(shares) else ["–", "–"]
        yield clause, words.join(filter(None, (what, limit))), *counts, *ends
