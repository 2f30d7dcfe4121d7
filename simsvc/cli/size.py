"""``size``: the least staff and stock that keeps the promises.

JSON: ``format``, ``kind`` (``"sizing"``), ``status``, ``exit_code``, ``cost``, ``bound``, ``gap``, ``wishes``,
``obstacles``, ``lines``, ``rows`` and the rest of the evidence; see ``simsvc.promise.sizing_wire.to_json``.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from simsvc.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from simsvc.cli.progress import Teller
    from simsvc.network import Network
    from simsvc.promise.sizing import Move, Plan


class Existing(StrEnum):
    """What may become of today's stations."""

    fixed = "fixed"
    free = "free"


def _list(names: list[str] | None) -> list[str] | None:
    """Names that stand by themselves or behind one another with commas."""
    found = [part.strip() for name in names or [] for part in name.split(",")]
    return [name for name in found if name] or None


def _share(written: str | None) -> float | str | None:
    """A share as a number where it is one; whatever else was written is told apart, or refused, with the scenario."""
    try:
        return None if written is None else float(written)
    except ValueError:
        return written


def size(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="A09,A13", help="Clauses to keep; default as the scenario says."),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="SHARE", help='Promised instead of each clause\'s own share: 0.9 or "90 %".'),
    ] = None,
    confidence: Annotated[
        str | None,
        typer.Option("--confidence", metavar="SHARE", help="That all kept promises hold together, 0.5 to below 1."),
    ] = None,
    areas: Annotated[
        list[str] | None,
        typer.Option("--areas", metavar="haikou,sanya", help="Areas in which they must hold one by one; default all."),
    ] = None,
    candidates: Annotated[
        list[str] | None,
        typer.Option("--candidates", metavar="TOWN,TOWN", help="Where stations may be opened; default every seat."),
    ] = None,
    existing: Annotated[
        Existing | None, typer.Option("--existing", help="Today's stations stay, or may be closed.")
    ] = None,
    most_engineers: Annotated[int | None, typer.Option("--most-engineers", min=1, help="No more than so many.")] = None,
    ease: Annotated[
        bool | None,
        typer.Option(
            "--ease/--no-ease",
            help="Where no plan keeps a promise: plan for the nearest that can be kept, or stop and say so. "
            "Default as the scenario says; --keep, --target and --areas are taken at their word.",
        ),
    ] = None,
    curves: Annotated[
        bool,
        typer.Option(
            "--curves/--no-curves", help="Cost against service, value of the next engineer, price of each promise."
        ),
    ] = True,
    robust: Annotated[
        bool, typer.Option("--robust/--no-robust", help="A plan over the ranges of the three weightiest assumptions.")
    ] = False,
    ladder: Annotated[bool, typer.Option("--ladder", help="Plans for a ladder of targets and of demand.")] = False,
    rollout: Annotated[bool, typer.Option("--rollout", help="Which station opens in which month.")] = False,
    hires: Annotated[int, typer.Option("--hires", min=1, help="Engineers that can be hired a month.")] = 2,
    relief: Annotated[bool, typer.Option("--relief", help="Who stands in for those absent.")] = False,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="PLAN.toml", callback=writable, help="Write the plan as a scenario."),
    ] = None,
    json: JsonOption = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="FILE.html", callback=writable, help="Write a page with figures.")
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            "--resume",
            metavar="FOLDER",
            file_okay=False,
            help="Keep what was run there; the same command goes on from it.",
        ),
    ] = None,
    log: Annotated[bool, typer.Option("--log", help="Print every step of the search and why it was taken.")] = False,
    counties: Annotated[
        bool, typer.Option("--counties", help="Print kept promises, and those that no plan keeps, by city and county.")
    ] = False,
    seed: SeedOption = 1,
    engine: EngineOption = Engine.auto,
    workers: WorkersOption = None,
    language: LanguageOption = Language.en,
    progress_: ProgressOption = How.auto,
) -> None:
    """The least staff and stock that keeps the promises: the plan, its cost, a lower bound, the evidence.

    Exit code 0: a plan keeps every promise; 1: no plan can; 3: none was found that surely does; 2: bad input;
    130: interrupted.
    """
    from simsvc import network
    from simsvc.cli.output import console, write_json
    from simsvc.cli.progress import progress
    from simsvc.cli.words import word
    from simsvc.promise.sizing_wire import to_json
    from simsvc.report import report as write_report
    from simsvc.sizing.size import size as run

    opened, lang = open_scenario(scenario, set_), language.value
    asked: dict[str, Any] = {
        "keep": _list(keep), "target": _share(target), "confidence": _share(confidence), "areas": _list(areas),
        "candidates": _list(candidates), "existing": existing.value if existing is not None else None,
        "most_engineers": most_engineers, "ease": ease,
    }  # fmt: skip
    chosen = {"sturdy": robust, "ladder": ladder, "rollout": rollout, "relief": relief}
    extras = [*(("pareto", "next", "relaxed") if curves else ()), *(name for name, wanted in chosen.items() if wanted)]
    net = network.load(opened.model.network, opened.folder)
    try:
        with progress(opened.name, progress_, lang) as tell:
            plan = run(
                opened, **asked, seed=seed, engine=engine.value, workers=workers, store=resume, extras=extras,
                hires=hires, progress=None if tell is None else _counted(tell),
                watch=None if tell is None else _watch(tell, net, lang),
            )  # fmt: skip
    except KeyboardInterrupt:
        if resume is not None:
            console(stderr=True).print(word("goes_on", lang))
        raise
    if json is not None:
        write_json(to_json(plan), json)
    if json != "-":
        from simsvc.cli.plans import print_plan

        shown = {"counties": counties, "places": counties, "log": log}
        asked_for = {name for name, wanted in shown.items() if wanted}
        print_plan(console(), plan, net, lang, asked=asked_for)
    if out is not None:
        _write(plan, out, lang)
    if report is not None:
        try:
            write_report(plan, report, language=language.value)
        except OSError as error:
            raise _unwritable("--report", report, error) from None
        console(stderr=True).print(f"→ {report}")
    raise typer.Exit(plan.exit_code)


def _counted(tell: Teller) -> Callable[[int, int], None]:
    """Adds up the replications of all rounds: how many a search will take, nobody knows."""
    before = last = 0

    def told(done: int, _: int) -> None:
        nonlocal before, last
        before += last if done <= last else 0
        last = done
        tell.count(before + done)

    return told


def _watch(tell: Teller, net: Network, lang: str) -> Callable[[Move], None]:
    """Shows the best plan so far beside the progress."""
    from simsvc.report.sizing.moves import so_far
    from simsvc.report.words import Words

    words = Words(lang)
    return lambda move: tell.note(so_far(move, net, words))


def _unwritable(option: str, path: str, error: OSError) -> InputError:
    return InputError(Problem(option, path, f"can't be written: {error.strerror}", "name another file"))


def _write(plan: Plan, out: str, lang: str) -> None:
    """The plan as a scenario; where there is none the file is left alone, and that is said."""
    from simsvc.cli.output import console
    from simsvc.cli.words import word
    from simsvc.whole import write_whole

    if plan.scenario is None:
        console(stderr=True).print(word("no_plan", lang).format(out=out))
        return
    text = plan.scenario.to_toml()
    if out == "-":
        console().print(text, soft_wrap=True)
        return
    try:
        write_whole(out, text)
    except OSError as error:
        raise _unwritable("--out", out, error) from None
    console(stderr=True).print(f"→ {out}")
