"""``explain``: the story of one ticket.

JSON: ``format``, ``scenario``, ``seed``, ``replication``, ``ticket``, ``about``, ``time_to_site_min``, ``moments``
(each ``second``, ``when``, ``minutes``, ``what``), ``made_of`` (each ``what``, ``minutes``); texts by language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simsvc.cli.common import JsonOption, Language, LanguageOption, ScenarioArgument, SetOption, open_scenario
from simsvc.cli.options import SeedOption

if TYPE_CHECKING:
    from simsvc.report.words import Words


def explain(
    scenario: ScenarioArgument,
    ticket: Annotated[
        int | None, typer.Option("--ticket", "-t", min=0, help="Its number; default the worst miss.")
    ] = None,
    replication: Annotated[int, typer.Option("--replication", "-r", min=0, help="In which replication.")] = 0,
    set_: SetOption = None,
    seed: SeedOption = 1,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
) -> None:
    """Tell what happened to one ticket, moment by moment (by default the worst miss)."""
    from simsvc.cli.output import FORMAT, console, print_table, write_json
    from simsvc.cli.words import word
    from simsvc.report.words import Words
    from simsvc.study import explain as tell
    from simsvc.study import simulate

    opened = open_scenario(scenario, set_)
    story = tell(simulate(opened, 1, seed=seed, first=replication, workers=1), ticket)
    if json is not None:
        data = {
            "format": FORMAT,
            "scenario": opened.name,
            "seed": seed,
            "replication": replication,
            "ticket": story.ticket,
            "about": story.about.model_dump(),
            "time_to_site_min": story.time_to_site,
            "moments": [
                {"second": m.second, "when": m.when, "minutes": m.minutes, "what": m.what.model_dump()}
                for m in story.moments
            ],
            "made_of": [{"what": what.model_dump(), "minutes": minutes} for what, minutes in story.made_of],
        }
        write_json(data, json)
    if json == "-":
        return
    out, lang = console(), language.value
    out.print(f"{word('ticket', lang)} {story.ticket} · {story.about[lang]}", style="bold")
    rows = [(_dated(m.when, Words(lang)), f"{m.minutes:,.1f}", m.what[lang]) for m in story.moments]
    columns = [word(key, lang) for key in ("when", "minutes", "what")]
    print_table(out, word("replication", lang).format(name=opened.name, n=replication), columns, rows)
    made_of = [(what[lang], f"{minutes:,.1f}") for what, minutes in story.made_of]
    total = word("not_arrived", lang) if story.time_to_site is None else f"{story.time_to_site:,.1f}"
    made_of.append((word("time_to_site", lang), total))
    print_table(out, word("made_of", lang), (word("what", lang), word("minutes", lang)), made_of)


def _dated(when: str, words: Words) -> str:
    """Date, weekday in the reader's language, time."""
    date, weekday, time = when.split()
    return f"{date} {words('day.' + weekday.lower())} {time}"
