"""The commands gathered into one application."""

from __future__ import annotations

from typing import Annotated

import typer

from simsvc.cli import (
    check,
    compare,
    explain,
    network,
    report,
    run,
    scenarios,
    sensitivity,
    size,
    sweep,
    validate,
    whatif,
)
from simsvc.cli.guard import Guarded

app = typer.Typer(
    cls=Guarded,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Do service promises hold? Simulation and capacity planning for field service.",
    epilog="Exit codes: 0 done, all promises hold; 1 a promise fails; 2 bad input; 3 undecided; 130 interrupted.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from simsvc import __version__

        typer.echo(f"simsvc {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Do service promises hold? Simulation and capacity planning for field service."""


app.command("list")(scenarios.list_)
app.command("show")(scenarios.show)
app.command("new")(scenarios.new)
app.command("check")(check.check)
app.command("run")(run.run)
app.command("validate")(validate.validate)
app.command("compare")(compare.compare)
app.command("whatif")(whatif.whatif)
app.command("size")(size.size)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("explain")(explain.explain)
app.command("network")(network.network)
app.command("report")(report.report)
app.command("sweep")(sweep.sweep)
app.command("schema")(check.schema)
