"""Options of the commands that simulate."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from simsvc.cli.progress import How


class Engine(StrEnum):
    """Engine to run."""

    auto = "auto"
    compiled = "compiled"
    reference = "reference"


SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Study seed: the same seed gives the same luck.")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="How many to run side by side; default one a core. The result is the same."),
]
EngineOption = Annotated[
    Engine,
    typer.Option("--engine", help="Compiled where that can run (auto), or as you say. The result is the same."),
]
ReplicationsOption = Annotated[
    int | None,
    typer.Option("--replications", "-n", min=1, help="A fixed number instead of stopping when all is decided."),
]
ProgressOption = Annotated[
    How, typer.Option("--progress", help="A bar on a terminal and nothing in a pipe (auto), or as you say.")
]
