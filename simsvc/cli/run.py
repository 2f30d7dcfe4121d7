"""``run``: simulate and keep the logs as files.

JSON: ``format``, ``scenario``, ``hash``, ``seed``, ``replications``, ``engine``, ``semantics``, ``rows`` (by table),
``files``.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simsvc.cli.common import JsonOption, Language, LanguageOption, ScenarioArgument, SetOption, open_scenario
from simsvc.cli.options import Engine, EngineOption, ProgressOption, SeedOption, WorkersOption
from simsvc.cli.progress import How, progress


class Format(StrEnum):
    """Kind of file."""

    parquet = "parquet"
    csv = "csv"


def run(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    seed: SeedOption = 1,
    replications: Annotated[int, typer.Option("--replications", "-n", min=1, help="How many years of luck.")] = 10,
    engine: EngineOption = Engine.auto,
    workers: WorkersOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="A new folder for the tables; none: only count."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="Kind of the table files.")] = Format.parquet,
    progress_: ProgressOption = How.auto,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
) -> None:
    """Simulate replications and write their logs: tickets, visits, jobs, orders, stock, engineers."""
    from simsvc.cli.output import FORMAT, console, print_table, write_json
    from simsvc.cli.words import word
    from simsvc.engine import SEMANTICS
    from simsvc.study import simulate
    from simsvc.study.export import export, refuse_existing

    opened = open_scenario(scenario, set_)
    if out is not None:
        refuse_existing(out)
    with progress(opened.name, progress_, language.value) as tell:
        study = simulate(opened, replications, seed=seed, engine=engine.value, workers=workers, progress=tell)
    files = export(study, out, format_.value) if out is not None else []
    rows = study.rows()
    if json is not None:
        data = {
            "format": FORMAT,
            "scenario": opened.name,
            "hash": opened.hash,
            "seed": seed,
            "replications": replications,
            "engine": study.engine,
            "semantics": SEMANTICS,
            "rows": rows,
            "files": [str(f) for f in files],
        }
        write_json(data, json)
    if json != "-":
        lang = language.value
        title = f"{opened.model.title[lang]}, {replications} × {word('replication', lang)}, seed {seed}"
        print_table(
            console(), title, (word("table", lang), word("rows", lang)), [(k, f"{n:,}") for k, n in rows.items()]
        )
        if out is not None:
            console().print(f"→ {out}")
