"""``report``: the page of a validation or a plan that was kept as JSON; nothing is simulated again."""

from __future__ import annotations

from typing import Annotated

import typer

from simsvc.cli.common import Language, LanguageOption


def report(
    stored: Annotated[str, typer.Argument(metavar="FILE.json", help="What validate --json or size --json wrote.")],
    page: Annotated[str, typer.Argument(metavar="FILE.html", help="The page to write.")],
    language: LanguageOption = Language.en,
) -> None:
    """Write the report page of a stored validation or plan, in either language."""
    import json

    from simsvc.cli.output import console
    from simsvc.errors import InputError, Problem
    from simsvc.promise import from_json, sizing_wire
    from simsvc.report import report as write

    try:
        with open(stored, encoding="utf-8") as file:
            data = json.load(file)
        if isinstance(data, dict) and "validations" in data:
            raise ValueError("it holds several validations; validate one scenario, or take one of its list")
        plan = isinstance(data, dict) and data.get("kind") == "sizing"
        found = sizing_wire.from_json(data) if plan else from_json(data)
        console(stderr=True).print(f"→ {write(found, page, language=language.value)}")
    except (OSError, ValueError) as error:
        remedy = "give what validate --json or size --json wrote, and a new page"
        raise InputError(Problem("report", stored, f"can't be used: {error}", remedy)) from None
