"""A comparison of two plans → what a person reads: what differs, what comes of it, what luck left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from simsvc.network import Network
from simsvc.promise.comparison import Change, Comparison
from simsvc.promise.result import PROVINCE, Row
from simsvc.report import text, wording
from simsvc.report.areas import area_id, area_name
from simsvc.report.lines import measured
from simsvc.report.naming import part_names
from simsvc.report.verdicts import SYMBOLS
from simsvc.report.words import Words
from simsvc.scenario import paths
from simsvc.scenario.model import Model
from simsvc.scenario.parts import BASE
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.stats import FEWEST

OUT_OF_REACH = 100_000
"""Replications that nobody will run: a difference that takes more is as good as none."""

MOST_DECIMALS = 2
"""Of percentage points."""


@dataclass(frozen=True)
class Line:
    """One row of both plans as text; ``area`` is empty for the whole province, ``gain`` told where there is a
    difference to find."""

    name: str
    area: str
    a: str
    b: str
    difference: str
    state: str
    word: str
    gain: str


def summary(found: Comparison, model: Model, network: Network, words: Words) -> list[str]:
    """The answer in a few sentences: verdicts that change, how many promises get better or worse, what luck did."""
    deciding = found.deciding()
    names = part_names([c.a for c in deciding], model, network, words)
    if not deciding:
        return [words("comparison.nothing_shared"), *_only(found, words)]
    said = [
        words("comparison.turns", name=names[c.a.id, c.a.part], a=_word(c.a, words), b=_word(c.b, words))
        for c in deciding
        if c.turns
    ] or [words("comparison.no_turns")]
    states = Counter(c.state for c in deciding)
    counted = {state: states[state] for state in ("better", "worse", "same", "undecided")}
    said.append(words("comparison.counts", total=sum(counted.values()), **counted))
    said += [words("comparison.few", n=FEWEST)] if found.replications < FEWEST else _open(found, words)
    if (gains := found.gains()) and found.gain is not None:
        low, high, middle = (text.number(x) for x in (min(gains), max(gains), found.gain))
        said.append(words("comparison.gain", gain=middle, low=low, high=high))
    return [*said, *_only(found, words)]


def _only(found: Comparison, words: Words) -> Iterator[str]:
    for rows, who in ((found.only_a, "A"), (found.only_b, "B")):
        if ids := list(dict.fromkeys(clause for clause, *_ in rows)):
            yield words("comparison.only", who=who, ids=words.join(ids))


def _open(found: Comparison, words: Words) -> Iterator[str]:
    """What it would take to decide the rest."""
    if found.needed is not None:
        near = [n for c in found.deciding() if c.state == "undecided" and (n := c.needed) and n <= OUT_OF_REACH]
        if near:
            yield words("comparison.needed", n=f"{max(near):,}")
        if found.needed > OUT_OF_REACH:
            yield words("comparison.out_of_reach", n=f"{OUT_OF_REACH:,}")


def inputs(found: Comparison, words: Words) -> list[tuple[str, str, str, str]]:
    """Rows of (what it is, path, value of A, value of B)."""
    return [
        (words.pick(i.name), i.path, _written(i.path, i.a, words), _written(i.path, i.b, words)) for i in found.inputs
    ]


def promises(found: Comparison, model: Model, network: Network, words: Words) -> list[Line]:
    """Every promise of the base reading for the whole province, beneath it readings whose verdict changes."""
    names = part_names([c.a for c in found.deciding()], model, network, words)
    made = []
    for change in found.changes:
        own = change.a.id, change.a.part
        if change.a.kind in ("sim", "plan") and change.a.area == PROVINCE and own in names:
            if change.a.reading == BASE:
                made.append(_line(change, names[own], words))
            elif change.turns:
                made.append(_line(change, f"  ↳{words('page.space')}{_reading(change.a, model, words)}", words))
    return made


def figures(found: Comparison, words: Words) -> list[Line]:
    """Figures without a promise that surely differ."""
    differ = [c for c in found.changes if c.a.kind == "measure" and c.state in ("higher", "lower")]
    return [_line(c, f"{c.a.id} {words.option('measure', c.a.measure)}", words) for c in differ]


def places(found: Comparison, model: Model, network: Network, words: Words) -> list[Line]:
    """Cities and counties where a promise of the base reading surely gets better or worse."""
    names = part_names([c.a for c in found.deciding()], model, network, words)
    local = [
        c for c in found.changes if c.a.area != PROVINCE and c.a.reading == BASE and c.state in ("better", "worse")
    ]
    return [_line(c, names[c.a.id, c.a.part], words, area_name(network, _area(c, network), words)) for c in local]


def _area(change: Change, network: Network) -> str:
    return area_id(network, change.a.area) or change.a.area


def _line(change: Change, name: str, words: Words, area: str = "") -> Line:
    told = change.gain is not None and change.state != "same"
    return Line(
        name=name,
        area=area,
        a=_value(change.a, words),
        b=_value(change.b, words),
        difference=difference(change, words),
        state=change.state,
        word=words("comparison." + change.state) if change.state != "no cases" else words("verdict.no cases"),
        gain=f"{text.number(change.gain)} ×" if told else text.MISSING,
    )


def _value(row: Row, words: Words) -> str:
    """An estimate without its interval: of a promise with the mark of its verdict, of another figure in its unit."""
    if row.kind == "measure":
        return measured(replace(row, low=None, high=None), words)
    estimate = text.share(row.estimate) if row.estimate is not None else ""
    return f"{estimate} {SYMBOLS[row.verdict]}".strip()


def difference(change: Change, words: Words) -> str:
    """``"+1.24 points (+0.90 … +1.58)"``: shares in percentage points, other figures in their own unit."""
    if change.difference is None or change.a.kind == "plan":
        return text.MISSING
    share = change.a.unit in ("share", "%")
    scale = 100 if share else 1
    ends = [x for x in (change.low, change.high) if x is not None]
    digits = text.digits(max(scale * abs(x) for x in (change.difference, *ends)))
    digits = min(digits, MOST_DECIMALS) if share else digits

    def signed(value: float) -> str:
        rounded = f"{scale * value:+,.{digits}f}"
        return rounded[1:] if not float(rounded.replace(",", "")) else rounded.replace("-", "−")

    unit = words("comparison.points") if share else ""
    shown = f"{signed(change.difference)} {unit}".strip()
    return f"{shown} ({signed(ends[0])} … {signed(ends[1])})" if len(ends) == 2 else shown


def _reading(row: Row, model: Model, words: Words) -> str:
    part = wording.part_of(model, row.id, row.part)
    named = part.readings.get(row.reading) if isinstance(part, SimPart | PlanPart) else None
    return named.name[words.language] if named else row.reading


def _word(row: Row, words: Words) -> str:
    return words("verdict." + row.verdict)


def _written(path: str, value: object, words: Words) -> str:
    if value is None:
        return words("comparison.nothing")
    if not isinstance(value, str):
        return paths.show(value)
    plain = words.choice(value) if path.startswith(("staff.", "dispatch.")) else value
    return plain if plain == value else f"{plain} [{value}]"


def heads(words: Words, level: float) -> Sequence[str]:
    """Headings of a table of lines, without the area."""
    return (
        words("column.what"),
        "A",
        "B",
        words("comparison.difference", level=text.target(level)),
        words("comparison.effect"),
        words("comparison.gain_short"),
    )
