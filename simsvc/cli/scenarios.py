"""``list``, ``show`` and ``new``: which scenarios there are, what one says, and another made from it.

JSON of ``list``: ``format``, ``scenarios`` (each ``name``, ``title`` by language). JSON of ``show``: ``format``,
``name``, ``hash``, ``changes`` (value by path), ``scenario`` (as written, CSV files read), ``ledger`` (each ``id``,
``path``, ``also``, ``base``, ``low``, ``high``, ``source``, ``confidence``, ``name`` by language).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simsvc.cli.common import (
    JsonOption,
    Language,
    LanguageOption,
    ScenarioArgument,
    SetOption,
    open_scenario,
    shipped_names,
)

if TYPE_CHECKING:
    from rich.console import Console

    from simsvc.scenario import Scenario
    from simsvc.scenario.sizing import Sizing


def list_(json: JsonOption = None, language: LanguageOption = Language.en) -> None:
    """List the shipped scenarios."""
    from simsvc.cli.output import FORMAT, console, print_table, write_json
    from simsvc.cli.words import word
    from simsvc.scenario import files, shipped

    found = [(name, files.read(shipped.folder() / f"{name}.toml").raw) for name in shipped.names()]
    if json is not None:
        write_json({"format": FORMAT, "scenarios": [{"name": n, "title": raw["title"]} for n, raw in found]}, json)
    if json != "-":
        lang = language.value
        rows = [(name, raw["title"].get(lang) or raw["title"]["en"]) for name, raw in found]
        print_table(console(), word("scenarios", lang), (word("name", lang), word("title", lang)), rows)


def show(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
    assumptions: Annotated[bool, typer.Option("--assumptions", help="List the assumptions too.")] = False,
    toml: Annotated[bool, typer.Option("--toml", help="Print the whole scenario as one TOML file instead.")] = False,
) -> None:
    """Show what a scenario says: places, staff, demand, promises."""
    from simsvc.cli.output import console, write_json

    opened = open_scenario(scenario, set_)
    if toml:
        typer.echo(opened.to_toml(), nl=False)
        return
    if json is not None:
        write_json(_data(opened), json)
    if json != "-":
        _print(console(), opened, scenario, language.value, assumptions)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the new scenario, or path of its .toml file.")],
    like: Annotated[
        str,
        typer.Option(
            "--like", metavar="SCENARIO", help="Shipped scenario or file to start from.", autocompletion=shipped_names
        ),
    ] = "huitian-2018",
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist already.")] = False,
    language: LanguageOption = Language.en,
) -> None:
    """Write a scenario to edit, made from another: comments kept, every assumption marked to be checked."""
    from simsvc.cli.output import console
    from simsvc.cli.words import word
    from simsvc.scenario.template import create

    written = create(name, like, force=force)
    out = console()
    for path in written:
        out.print(f"{word('written', language.value)} {path}", soft_wrap=True)
    out.print(word("edit_hint", language.value).format(path=written[0]), soft_wrap=True)


def _data(scenario: Scenario) -> dict[str, Any]:
    from dataclasses import asdict

    from simsvc.cli.output import FORMAT

    ledger = [{**asdict(entry), "name": entry.name.model_dump()} for entry in scenario.ledger()]
    return {
        "format": FORMAT,
        "name": scenario.name,
        "hash": scenario.hash,
        "changes": dict(scenario.changes),
        "scenario": scenario.raw,
        "ledger": ledger,
    }


def _print(out: Console, scenario: Scenario, given: str, language: str, assumptions: bool) -> None:
    from simsvc.cli.output import print_table
    from simsvc.cli.words import word
    from simsvc.scenario.staff import called

    model = scenario.model

    def table(title: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        print_table(out, word(title, language), [word(key, language) for key in columns.split()], rows)

    out.print(model.title[language], style="bold")
    out.print(f"{scenario.name} · {scenario.hash[:12]}")
    if model.about.en:
        out.print(model.about[language])
    facts = {word(key, language): scenario.get(path) for key, path in _FACTS}
    facts |= {f"--set {path}": value for path, value in scenario.changes.items()}
    table("facts", "", [(key, _bare(value)) for key, value in facts.items() if value is not None])
    stations = model.stations.items()
    table(
        "stations",
        "id name node engineers on_call covers",
        [
            (k, s.name[language], s.node, s.engineers, called(model.staff, s), ", ".join([*s.covers, *s.covers_towns]))
            for k, s in stations
        ],
    )
    table("demand", "id name units rate faults", _demand(scenario, language))
    clauses = [(key, c.text[language], _parts(scenario, key)) for key, c in model.clauses.items()]
    table("promises", "id text parts", clauses)
    if "sizing" in scenario.raw:
        table("sizing", "", _sizing(model.sizing, language))
    ledger = scenario.ledger()
    if assumptions:
        rows = [(e.name[language], *map(_bare, (e.base, e.low, e.high)), e.confidence, e.source) for e in ledger]
        table("assumptions", "assumption base low high confidence source", rows)
    elif ledger:
        out.print(f"{word('assumptions', language)}: {len(ledger)} (--assumptions)")
    print_presets(out, scenario, given, language)


def print_presets(out: Console, scenario: Scenario, given: str, language: str) -> None:
    """The changes that a scenario has ready. ``given``: how the scenario was named."""
    from simsvc.cli.output import print_table
    from simsvc.cli.words import word
    from simsvc.scenario.presets import changes

    presets = scenario.model.presets.items()
    sets = {key: [f"{path} = {_bare(value)}" for path, value in changes(scenario, key).items()] for key, _ in presets}
    rows = [(key, preset.name[language], "\n".join(sets[key])) for key, preset in presets]
    columns = [word(key, language) for key in ("id", "name", "sets")]
    print_table(out, word("presets", language).format(name=given), columns, rows, whole=(0,))


_FACTS = (
    ("start", "time.start"),
    ("window", "time.window"),
    ("roads", "network.as_of"),
    ("duty", "staff.calendar"),
    ("out_of_hours", "staff.out_of_hours"),
    ("who", "dispatch.who"),
    ("free_when", "dispatch.free_when"),
    ("stock", "stock.rule"),
)


def _bare(value: Any) -> str:
    from simsvc.scenario.paths import show

    return value if isinstance(value, str) else show(value)


def _demand(scenario: Scenario, language: str) -> Iterator[Sequence[object]]:
    """Units and expected faults a year of each product."""
    demand = scenario.model.demand
    for key, product in scenario.model.products.items():
        units = sum(row.units for row in demand.installed if row.product == key)
        faults = units * product.rate * demand.scale
        yield key, product.name[language], units, scenario.get(f"products.{key}.rate"), f"{faults:,.0f}"


def _sizing(asked: Sizing, language: str) -> Iterator[Sequence[object]]:
    """What a plan is asked for, then what it costs."""
    from simsvc import dictionary
    from simsvc.cli.words import word

    yield word("keep", language), ", ".join(asked.keep) or word("all_judged", language)
    settings = asked.model_dump(exclude={"keep", "costs"}, exclude_defaults=True)
    yield from ((f"sizing.{key}", _bare(value)) for key, value in settings.items())
    for key, value in asked.costs:
        entry = dictionary.table(type(asked.costs).__name__)[key]
        if isinstance(value, dict):
            shown = ", ".join(f"{place} {price:,.0f}" for place, price in value.items())
        else:
            shown = f"{value:,.0f}" if entry.unit else f"{value:.0%}"
        if shown:
            yield entry[language], f"{shown} {entry.unit}".rstrip()


def _parts(scenario: Scenario, clause: str) -> str:
    """The parts of a clause in short: ``sim time_to_site ≤ 2 h``."""
    found = []
    for part in scenario.raw["clauses"][clause]["parts"]:
        words = [part["kind"], part.get("measure") or part.get("rule") or ""]
        if "limit" in part:
            words += ["<" if part.get("strict") else "≤", part["limit"]]
        elif "days" in part:
            words += ["≤", f"{part['days']} {part.get('day_kind', 'calendar')} d"]
        found.append(" ".join(w for w in words if w))
    return "\n".join(found)
