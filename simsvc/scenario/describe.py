"""The scenario language as a page: ``python -m simsvc.scenario.describe > docs/scenario.md``."""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from simsvc import dictionary
from simsvc.scenario import quantity, shape, shipped
from simsvc.scenario.base import Table, Text
from simsvc.scenario.distribution import Constant, Distribution
from simsvc.scenario.model import Model

HEAD = """# The scenario language

Made from `simsvc/dictionary/fields/` and the models in `simsvc/scenario/` by
`python -m simsvc.scenario.describe > docs/scenario.md`.

A scenario is a TOML file. Start from a shipped one (`simsvc new my-bid --like huitian-2018`) and check it with
`simsvc check my-bid.toml`; `simsvc schema` prints a JSON schema for editors that complete and check TOML.

**Quantities** carry their units: a duration `"75 min"` (s, min, h, d, wk, year), a rate `"0.8 /year"`, a share `0.03`
or `"3 %"`, a time of day `"08:30"`, hours `"08:00-18:00"`. A year has 365 days. Where a distribution stands, a plain
duration is a constant: `"75 min"`, else `{ dist = "lognormal", mean = "45 min", cv = 0.8 }`.

**Ids** are made of letters, digits, `-` and `_`. In the paths below `<id>` stands for one. Luck goes by ids, never by
the order of the file.

**Rows** may stand in a CSV file instead: write its path, relative to the scenario file. Its header names the keys of
the table; columns `source`, `note` and `confidence` may stand beside them and are not read.

**Start reading** at [Tables of the file](#tables-of-the-file): it lists every table in the order of a file and leads
to each. Only `name`, `title`, `time`, `stations` and `staff` are required. What texts and distributions are made of
stands at the end. The shipped scenarios named below a table show it in use, with comments.

**Unknown keys are errors.** Every path can be changed on the command line: `--set stations.haikou.engineers=3`.
"""
EXAMPLE = """name = "my-bid"
title = { en = "My bid", zh = "投标情景" }

[time]
start = 2018-07-01
window = "28 d"
drain = "3 d"

[network]
source = "own"
nodes = [
  { id = "nada", name_en = "Nada", name_zh = "那大镇", kind = "seat", area = "danzhou", lat = 19.52, lon = 109.58 },
  { id = "baimajing", name_en = "Baimajing", name_zh = "白马井镇", area = "danzhou", lat = 19.70, lon = 109.21 },
]
roads = [{ from = "nada", to = "baimajing", minutes = 50 }]

[calendars.office]
week = { mon-fri = ["08:00-18:00"] }

[stations.danzhou]
name = { en = "Danzhou", zh = "儋州站" }
node = "nada"
engineers = 2
covers = ["danzhou"]

[staff]
calendar = "office"
out_of_hours = "on-call"
mobilisation = { dist = "lognormal", mean = "30 min", cv = 0.5 }

[products.pc]
name = { en = "PC", zh = "电脑" }
rate = "0.8 /year"
modes.any = { name = { en = "Fault", zh = "故障" }, share = 1.0, remote = "50 %", work = "45 min" }

[demand]
installed = [{ area = "danzhou", product = "pc", units = 1200 }]

[clauses.A01]
text = { en = "On site within 2 hours", zh = "2小时内到场" }
parts = [{ kind = "sim", measure = "time_to_site", limit = "2 h", target = "95 %" }]

[assumptions.rate]
name = { en = "Faults a PC and year", zh = "单台年故障" }
path = "products.pc.rate"
low = "0.5 /year"
high = "1.2 /year"
source = "assumption"
confidence = "low"
"""
NETWORKS = """
## A network of your own

`network.source = "own"` and one of three:

1. `nodes` and `roads`: tables or CSV files with the columns of [`network.nodes`](#networknodes) and
   [`network.roads`](#networkroads). A road goes both ways; `minutes`, or `length_km` with `typical_kmh`, is its
   free-flow driving time. Parallel roads may exist: the faster counts. A road of class `ferry` is kept, never driven.
2. `nodes` and a `matrix`: a CSV file of driving minutes. Its first row and first column hold node ids, in any order
   (the corner is free); a cell is the drive from the row's node to the column's, 0 from a node to itself, `inf` where
   no road leads. It may be asymmetric.
3. `graphml`: a GraphML file. Attributes of nodes: `id` (else the key), `name` or `name_en`, `name_zh`, `lat`, `lon`,
   `kind`, `area`, `population`. Attributes of edges: `minutes`, or `length_km` and `typical_kmh`; `class`, `ref`,
   `opening_date`. Edges of a directed graph are one-way roads.

Every node of kind `seat`, `town` or `zone` is a place where tickets can happen, in the area that its `area` names.
`simsvc network my-bid.toml` shows what was read and how far each station reaches.
"""
QUANTITIES = {
    quantity.parse_duration: "duration",
    quantity.parse_rate: "rate",
    quantity.parse_share: "share",
    quantity.parse_clock: "time of day",
    quantity.parse_span: "hours",
}
PLAIN = {str: "text", int: "whole number", float: "number", bool: "true or false", dt.date: "date"}


def markdown() -> str:
    """The whole page: every table with its paths, every key with type, default and meaning in both languages.

    Tables stand in the order of the file, those inside another one below it; what stands everywhere comes last.
    """
    places = paths()
    everywhere = [table for table in places if table is Text or table.__name__ in _distributions()]
    raws = {name: tomllib.loads((shipped.folder() / f"{name}.toml").read_text("utf-8")) for name in shipped.documents()}
    parts = [
        HEAD,
        f"## A small scenario\n\n```toml\n{EXAMPLE}```",
        *_section("## Top of the file", "File", _file_rows()),
    ]
    for table, where in places.items():
        if table not in everywhere:
            heading = ", ".join(f"`{path}`" for path in where) if where != [""] else "Tables of the file"
            top = where[0].removesuffix(".<id>")
            used = [f"[{name}](../scenarios/{name}.toml)" for name, raw in raws.items() if top in raw]
            parts += _section(f"{'###' if '.' in top else '##'} {heading}", table.__name__, _rows(table, places))
            parts += [f"\nUsed in {', '.join(used)}."] * bool(used)
    for table in everywhere:
        heading = "Texts" if table is Text else f"Distributions: {table.__name__.lower()}"
        parts += _section(f"## {heading}", table.__name__, _rows(table, places))
    return "\n".join([*parts, NETWORKS])


def paths() -> dict[type[Table], list[str]]:
    """Every table of the language with the path patterns at which it stands, in the order of the file."""
    found: dict[type[Table], list[str]] = {}
    _walk(Model, "", found)
    return found


def _walk(annotation: Any, path: str, found: dict[type[Table], list[str]]) -> None:
    pair, item, chosen = shape.map_of(annotation), shape.list_of(annotation), shape.choice(annotation)
    inner = shape.strip(annotation)
    if pair is not None:
        _walk(pair[1], f"{path}.<id>", found)
    elif item is not None:
        _walk(item, path, found)
    elif chosen is not None:
        for tag, member in chosen[1].items():
            _walk(member, path if _is_distribution(annotation) else f"{path} ({tag})", found)
    elif shape.is_table(inner):
        if path not in found.setdefault(inner, []):
            found[inner].append(path)
        for key, info in shape.fields(inner).items():
            _walk(info.annotation, f"{path}.{key}".lstrip("."), found)


def _section(heading: str, table: str, rows: Iterator[str]) -> list[str]:
    about = dictionary.table(table)["*"]
    return [
        f"\n{heading}\n\n{about.en}. {about.zh}。\n",
        "| key | type | default | meaning | 含义 |\n|---|---|---|---|---|",
        *rows,
    ]


def _file_rows() -> Iterator[str]:
    types = {"include": "list of file names", "extends": "text", "set": "table of values by path"}
    for key, entry in dictionary.table("File").items():
        if key != "*":
            yield f"| `{key}` | {types[key]} |  | {entry.en} | {entry.zh} |"


def _rows(table: type[Table], places: dict[type[Table], list[str]]) -> Iterator[str]:
    for key, info in shape.fields(table).items():
        entry = dictionary.table(table.__name__)[key]
        type_ = _type(shape.annotation_of(info), places) + (f", {entry.unit}" if entry.unit else "")
        yield f"| `{key}` | {type_} | {_default(info)} | {entry.en} | {entry.zh} |"


def _type(annotation: Any, places: dict[type[Table], list[str]]) -> str:
    """What may stand in a field, in a few words."""
    pair, item, chosen = shape.map_of(annotation), shape.list_of(annotation), shape.choice(annotation)
    inner, words = shape.strip(annotation), shape.literals(annotation)
    kind = _quantity(annotation)
    if kind is not None:
        return kind
    if pair is not None and pair[1] is Any:
        return "table of values by path"
    if pair is not None:
        return f"{_type(pair[1], places)}, by {'name' if shape.literals(pair[0]) else 'id'}"
    if item is not None:
        return f"{'rows or CSV file' if shape.row_table(annotation) else 'list'} of {_type(item, places)}"
    if chosen is not None:
        return "distribution" if _is_distribution(annotation) else "one of " + " · ".join(f"`{k}`" for k in chosen[1])
    if inner is Text:
        return "text in both languages"
    if shape.is_table(inner):
        heading = ", ".join(places[inner])
        return f"[`{places[inner][0]}`](#{_anchor(heading)})"
    plain = shape.base_types(annotation) - {type(w) for w in _words(annotation)}
    return " · ".join([*(f"`{w}`" for w in words), *(PLAIN[t] for t in PLAIN if t in plain)])


def _quantity(annotation: Any) -> str | None:
    """The kind of quantity that a leaf is, found by what parses it."""
    while True:
        arguments = typing.get_args(annotation)
        for extra in arguments if typing.get_origin(annotation) is typing.Annotated else ():
            if isinstance(extra, BeforeValidator) and extra.func in QUANTITIES:
                return QUANTITIES[extra.func]
        members = [a for a in arguments if a is not type(None)]
        if typing.get_origin(annotation) in (list, dict) or not members:
            return None
        annotation = members[0]


def _words(annotation: Any) -> list[Any]:
    """The fixed values that a leaf allows, as they are."""
    inner = shape.strip(annotation)
    if typing.get_origin(inner) is typing.Literal:
        return list(typing.get_args(inner))
    return [word for member in typing.get_args(inner) for word in _words(member)]


def _is_distribution(annotation: Any) -> bool:
    chosen = shape.choice(annotation)
    return chosen is not None and chosen[0] == "dist"


def _distributions() -> list[str]:
    chosen = shape.choice(Distribution)
    return [table.__name__ for table in chosen[1].values()] if chosen is not None else []


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "**required**"
    return _value(info.get_default(call_default_factory=True), shape.annotation_of(info))


def _value(value: Any, annotation: Any) -> str:
    """A default as a person would write it; empty where nothing stands."""
    if value is None or value in ([], {}, "") or (isinstance(value, Table) and not isinstance(value, Constant)):
        return ""
    if isinstance(value, Constant):
        return f"`{quantity.duration_text(value.value)}`"
    if isinstance(value, list):
        item = shape.list_of(annotation)
        return ", ".join(_value(v, item) for v in dict.fromkeys(value))
    kind = _quantity(annotation)
    if kind == "duration":
        return f"`{quantity.duration_text(value)}`"
    if kind == "time of day":
        return f"`{value // 3600:02.0f}:{value % 3600 // 60:02.0f}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value:g}`" if isinstance(value, int | float) else f"`{value}`"


def _anchor(heading: str) -> str:
    """The link that GitHub makes of a heading."""
    return "".join(c for c in heading.lower().replace(" ", "-") if c.isalnum() or c in "-_")


if __name__ == "__main__":
    sys.stdout.write(markdown())
