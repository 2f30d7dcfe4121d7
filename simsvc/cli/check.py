"""``check`` and ``schema``: is a scenario sound, and in what language is it written.

JSON of ``check``: ``format``, ``scenario``, ``sound`` (no errors), ``problems`` (each ``path``, ``value``, ``message``,
``remedy``, ``severity``), ``findings`` (each ``rule``, ``clauses``, ``severity``, ``why`` and ``instead`` by language).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from simsvc.cli.common import JsonOption, Language, LanguageOption, ScenarioArgument, SetOption, open_scenario
from simsvc.errors import InputError, Problem

if TYPE_CHECKING:
    from simsvc.promise.lint import Finding


def check(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
) -> None:
    """Check a scenario: its language, its plausibility, and contradictions among its promises.

    Warnings and findings alone don't fail it: exit code 0 unless there are errors (2).
    """
    from dataclasses import asdict

    from simsvc.cli.output import FORMAT, write_json

    name, problems, findings = _examine(scenario, set_)
    errors = [p for p in problems if p.severity == "error"]
    if json is not None:
        data = {
            "format": FORMAT,
            "scenario": name,
            "sound": not errors,
            "problems": [asdict(p) for p in problems],
            "findings": [f.as_dict() for f in findings],
        }
        write_json(data, json)
    if json != "-":
        _print(name, problems, findings, language.value)
    if errors:
        raise typer.Exit(2)


def _examine(scenario: str, changes: list[str] | None) -> tuple[str, list[Problem], Sequence[Finding]]:
    """Name, problems and findings; the linter runs on scenarios without errors only."""
    try:
        opened = open_scenario(scenario, changes)
    except InputError as error:
        return scenario, error.problems, []
    from simsvc import case, network
    from simsvc.promise.lint import lint

    try:
        problems = case.check(opened.model, network.load(opened.model.network, opened.folder))
    except InputError as error:
        return opened.name, error.problems, []
    broken = any(p.severity == "error" for p in problems)
    return opened.name, problems, [] if broken else lint(opened)


def _print(name: str, problems: list[Problem], findings: Sequence[Finding], language: str) -> None:
    from simsvc.cli.output import console, print_problems
    from simsvc.cli.words import word
    from simsvc.report.words import Words

    errors = [p for p in problems if p.severity == "error"]
    warnings = [p for p in problems if p.severity != "error"]
    out = console()
    print_problems(errors)
    print_problems(warnings, stderr=False)
    words = Words(language)
    for finding in findings:
        kind = words(f"severity.{finding.severity}")
        out.print(f"{kind}: {words.join(finding.clauses)} ({finding.rule})", style="bold", soft_wrap=True)
        out.print(f"    {finding.why[language]}", soft_wrap=True)
        out.print(f"    → {finding.instead[language]}", style="cyan", soft_wrap=True)
    counts = {"errors": len(errors), "warnings": len(warnings), "findings": len(findings)}
    out.print(name + words("page.colon") + words.join(f"{word(key, language)} {n}" for key, n in counts.items()))


def schema(json: JsonOption = "-") -> None:
    """Print the JSON schema of the scenario language, for editors that complete and check TOML."""
    from simsvc.cli.output import write_json
    from simsvc.scenario import json_schema

    data: dict[str, Any] = json_schema()
    write_json(data, json or "-")
