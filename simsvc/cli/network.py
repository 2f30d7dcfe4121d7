"""``network``: which station answers for which county, how far it is, and the map.

JSON: ``format``, ``scenario``, ``as_of``, ``limit_s``, ``coverage`` (each ``station``, ``area``, ``towns``,
``seat_minutes``, ``worst``, ``worst_minutes``, ``share``, ``beyond``, ``unreachable``).
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
)

if TYPE_CHECKING:
    from simsvc.network import CoverageRow, Network


def network(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    limit: Annotated[
        str, typer.Option("--limit", help='Driving time beyond which a town is too far, as "90 min".')
    ] = "2 h",
    picture: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="FILE", help="Where to draw the map (.svg, .png, .pdf); default SCENARIO-map.svg."
        ),
    ] = None,
    draw: Annotated[bool, typer.Option("--draw/--no-draw", help="Draw the map.")] = True,
    json: JsonOption = None,
    language: LanguageOption = Language.en,
) -> None:
    """Print the station-county table (expected off-peak drives alone) and draw the map."""
    from dataclasses import asdict

    from simsvc import network as roads
    from simsvc.cli.output import FORMAT, console, print_table, write_json
    from simsvc.cli.words import word
    from simsvc.errors import Problem, ScenarioError
    from simsvc.scenario.quantity import parse_duration

    opened = open_scenario(scenario, set_)
    model, lang = opened.model, language.value
    try:
        limit_s = parse_duration(limit)
    except ValueError as error:
        raise ScenarioError(Problem("--limit", limit, str(error), 'write for instance "2 h"')) from None
    net = roads.load(model.network, opened.folder)
    stations = {name: (s.node, s.covers, s.covers_towns) for name, s in model.stations.items()}
    rows = roads.coverage(net, model.network, stations, model.weights, limit_s)
    if json is not None:
        kept = [{k: v for k, v in asdict(r).items() if not k.endswith(("_name", "_names"))} for r in rows]
        write_json(
            {
                "format": FORMAT,
                "scenario": opened.name,
                "as_of": model.network.as_of,
                "limit_s": limit_s,
                "coverage": kept,
            },
            json,
        )
    if json == "-":
        return
    out = console()
    columns = [word(key, lang) for key in ("station", "area", "towns", "to_seat", "worst_town", "beyond")]
    print_table(out, f"{model.title[lang]} · {word('drive', lang)}", columns, [_cells(r, net, lang) for r in rows])
    for part in roads.cut_off(net):
        out.print(part.text[lang])
    if draw:
        from simsvc.report.map import network_map
        from simsvc.report.svg import save

        file = picture or f"{opened.name}-map.svg"
        try:
            out.print(f"→ {save(network_map(net, model, language=lang), file)}")
        except (ValueError, OSError) as error:
            raise ScenarioError(Problem("--map", file, str(error), "name another file")) from None


def _cells(row: CoverageRow, net: Network, language: str) -> tuple[str, ...]:
    def minutes(value: float | None) -> str:
        return "–" if value is None else f"{value:.0f}"

    area = net.areas[net.area_index[row.area]].name[language]
    part = "" if row.share > 0.999 else f" ({row.share:.0%})"
    worst = f"{row.worst_name[language]} {minutes(row.worst_minutes)}" if row.worst_name else "–"
    lost = "".join(f" · {name[language]} ✗" for name in row.unreachable_names)
    return row.station, area + part, str(len(row.towns)), minutes(row.seat_minutes), worst + lost, f"{row.beyond:.1%}"
