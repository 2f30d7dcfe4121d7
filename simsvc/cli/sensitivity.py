"""``sensitivity``: which assumptions do the promises hang on?

JSON: ``format``, ``scenario``, ``subjects`` (a promise each: ``id``, ``part``, ``estimate``, ``verdict``, ``robust``,
``swings``, ``indices``) and more; see ``simsvc.promise.sensitivity``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simsvc.cli.common import (
    JsonOption,
    Language,
    LanguageOption,
    ScenarioArgument,
    SetOption,
    open_scenario,
    writable,
)
from simsvc.cli.options import Engine, EngineOption, ProgressOption, SeedOption, WorkersOption
from simsvc.cli.progress import How

if TYPE_CHECKING:
    from rich.console import Console

    from simsvc.promise.sensitivity import Sensitivity
    from simsvc.report.sensitivity import Told
    from simsvc.report.words import Words
    from simsvc.scenario import Scenario


def sensitivity(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    assumptions: Annotated[
        list[str] | None,
        typer.Option("--assumption", metavar="NAME", help="Try this one alone, or several; default all. Repeatable."),
    ] = None,
    inputs: Annotated[
        int, typer.Option("--inputs", min=0, help="Assumptions of the Sobol indices: those that swing most; 0: none.")
    ] = 5,
    samples: Annotated[int, typer.Option("--samples", min=2, help="Samples of the Sobol indices, a power of 2.")] = 64,
    seed: SeedOption = 1,
    replications: Annotated[
        int, typer.Option("--replications", "-n", min=10, help="Replications of the base; points take fewer.")
    ] = 20,
    engine: EngineOption = Engine.auto,
    workers: WorkersOption = None,
    json: JsonOption = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="FILE.html", callback=writable, help="Write a page with figures.")
    ] = None,
    language: LanguageOption = Language.en,
    progress_: ProgressOption = How.auto,
) -> None:
    """Try the assumption ledger: what swings each promise, at which value it turns, whose variance it is."""
    from simsvc.cli.output import console, write_json
    from simsvc.cli.progress import progress
    from simsvc.report import report as write_report
    from simsvc.study import sensitivity as run

    opened = open_scenario(scenario, set_)
    with progress(opened.name, progress_, language.value) as tell:
        found = run(
            opened,
            assumptions=assumptions or None,
            inputs=inputs,
            samples=samples,
            seed=seed,
            replications=replications,
            engine=engine.value,
            workers=workers,
            progress=tell,
        )
    if json is not None:
        write_json(found.to_json(), json)
    if json != "-":
        show(console(), found, opened, language.value)
    if report is not None:
        write_report(found, report, language=language.value, scenario=opened)
        console(stderr=True).print(f"→ {report}")


def show(out: Console, found: Sensitivity, scenario: Scenario, language: str) -> None:
    """Break-evens of all promises first, then each promise's tornado and shares of variance."""
    from simsvc import network
    from simsvc.cli.output import print_table
    from simsvc.report.sensitivity import about, told
    from simsvc.report.words import Words

    words = Words(language)
    net = network.load(scenario.model.network, scenario.folder)
    lines = told(found, scenario.model, net, words)
    out.print(words.pick(found.title), style="bold")
    out.print(about(found, words))
    evens = [(e.promise, e.name, e.base, e.range, e.where, f"{e.symbol} {e.word}") for t in lines for e in t.evens]
    heads = [words("column." + c) for c in ("promise", "name", "base", "range")]
    heads += [words("sensitivity.turns"), words("column.verdict")]
    print_table(out, words("sensitivity.even"), heads, evens, whole=(4, 5))
    for line in lines:
        _promise(out, line, words)
    if any(line.parts for line in lines):
        out.print(words("sensitivity.sobol_means", points=found.points), style="dim")
    if found.problem:
        out.print(words("sensitivity.problem", problem=found.problem))


def _promise(out: Console, line: Told, words: Words) -> None:
    from simsvc.cli.output import print_table

    title = f"{line.name} · {line.symbol} {line.word} {line.share}"
    title += f" · {words('robust.short', verdict=f'{line.robust_symbol} {line.robust_word}')}"
    if not line.bars:
        out.print(f"{title}{words('page.colon')}{words('sensitivity.still')}\n")
        return
    heads = [words("column.name"), words("column.base"), words("sensitivity.at_low"), words("sensitivity.at_high")]
    bars = [
        (b.name, b.base, _end(b.low, b.low_share, words), _end(b.high, b.high_share, words), b.width) for b in line.bars
    ]
    print_table(out, title, [*heads, words("sensitivity.width")], bars, whole=(1, 2, 3, 4))
    heads = [words("column.name"), words("sensitivity.first"), words("sensitivity.total")]
    print_table(out, words("sensitivity.sobol"), heads, [(p.name, p.first, p.total) for p in line.parts])


def _end(value: str, share: str, words: Words) -> str:
    return f"{value}{words('page.colon')}{share}" if value else ""
