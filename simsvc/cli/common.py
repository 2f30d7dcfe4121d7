"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simsvc.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from simsvc.scenario import Scenario


class Language(StrEnum):
    """Language of what a command prints."""

    en = "en"
    zh = "zh"


def shipped_names(incomplete: str) -> list[str]:
    """Shipped scenarios that begin so, for the shell to complete."""
    from simsvc.scenario import names

    return [name for name in names() if name.startswith(incomplete)]


def writable(target: str | None) -> str | None:
    """Refuse a place that can't be written before anything is computed."""
    if target is not None and target != "-":
        path = Path(target)
        if path.is_dir():
            raise typer.BadParameter(f"{target} is a folder; name a file in it, or - for the standard output")
        if not path.parent.is_dir():
            raise typer.BadParameter(f"there is no folder {path.parent}; make it first, or name another place")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise typer.BadParameter(f"{target} may not be written; name another file")
    return target


ScenarioArgument = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="Name of a shipped scenario, or path of a TOML file.", autocompletion=shipped_names
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a value: --set stations.haikou.engineers=3. Repeatable."),
]
JsonOption = Annotated[
    str | None,
    typer.Option(
        "--json", metavar="FILE", callback=writable, help="Write the result as JSON; - for the standard output."
    ),
]
LanguageOption = Annotated[
    Language, typer.Option("--language", "-l", envvar="SIMSVC_LANGUAGE", help="Language of the output.")
]


def open_scenario(name: str, changes: list[str] | None = None) -> Scenario:
    """The scenario that a command line names, with its ``--set`` options applied.

    Raises
    ------
    ScenarioError
        If it can't be used, or an option is no ``path=value``.
    """
    from simsvc.scenario import load

    scenario = load(name)
    wanted, problems = settings(changes)
    try:
        changed = scenario.replace(**wanted) if wanted else scenario
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return changed


def settings(changes: list[str] | None) -> tuple[dict[str, Any], list[Problem]]:
    """Values by path that ``--set`` options give, and what is wrong with those that are no ``path=value``."""
    from simsvc.scenario import paths

    wanted: dict[str, Any] = {}
    problems: list[Problem] = []
    for change in changes or []:
        path, equals, text = change.partition("=")
        if equals and path.strip():
            wanted[path.strip()] = paths.literal(text.strip())
        else:
            problems.append(Problem("--set", change, "path=value is needed", "as --set stations.haikou.engineers=3"))
    return wanted, problems
