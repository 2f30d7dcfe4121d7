"""Robust verdicts in words: what becomes of each promise over the ranges of the assumptions, and where it turns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simsvc.network import Network
from simsvc.promise.ranges import End, Robust, Value
from simsvc.promise.result import Row, Validation
from simsvc.report import text
from simsvc.report.assumptions import stands_at, written
from simsvc.report.naming import part_names
from simsvc.report.verdicts import SYMBOLS
from simsvc.report.words import Words
from simsvc.scenario.model import Model

ROBUST_SYMBOLS = SYMBOLS | {"depends": "◐"}
MOST = 3
"""Assumptions named to a promise; the data file has all."""
_SPACED = re.compile(r"(?<=[一-鿿]) (?=[一-鿿])")
"""A space between two Chinese characters, where a value turned out to be a word."""
_FIGURE = re.compile(r"\s*([-+]?[\d.]+(?:e[-+]?\d+)?)(.*)")


@dataclass(frozen=True)
class Ranged:
    """One promise over the ranges, all of it text; ``details``: on what it hangs, and where it turns."""

    name: str
    verdict: str
    symbol: str
    word: str
    robust: str
    robust_symbol: str
    robust_word: str
    details: tuple[str, ...]
    combinations: str


def ranged(validation: Validation, model: Model, network: Network, words: Words) -> list[Ranged]:
    """Every promise that was tried over the ranges of the assumptions."""
    rows = [row for row in validation.base() if row.robust is not None]
    names = part_names(rows, model, network, words)
    return [_line(row, row.robust, names[row.id, row.part], model, words) for row in rows if row.robust is not None]


def _line(row: Row, robust: Robust, name: str, model: Model, words: Words) -> Ranged:
    return Ranged(
        name=name,
        verdict=row.verdict,
        symbol=SYMBOLS[row.verdict],
        word=words("verdict." + row.verdict),
        robust=robust.verdict,
        robust_symbol=ROBUST_SYMBOLS[robust.verdict],
        robust_word=words("robust." + robust.verdict),
        details=tuple(_SPACED.sub("", line) for line in _details(robust, model, words)),
        combinations=combinations(robust, words),
    )


def verdicts(validation: Validation, words: Words) -> dict[tuple[str, str], tuple[str, str]]:
    """Robust verdicts by clause and part, each with its words in a short line, to stand beneath the verdict."""
    return {
        (row.id, row.part): (row.robust.verdict, words("robust.short", verdict=_worded(row.robust, words)))
        for row in validation.base()
        if row.robust is not None
    }


def _worded(robust: Robust, words: Words) -> str:
    return f"{ROBUST_SYMBOLS[robust.verdict]} {words('robust.' + robust.verdict)}"


def combinations(robust: Robust, words: Words) -> str:
    """``"holds 31, fails 12"`` of the points at which all assumptions move."""
    return words.join(f"{words('verdict.' + v)} {n}" for v, n in sorted(robust.combinations.items(), key=_order))


def _order(item: tuple[str, int]) -> int:
    return list(SYMBOLS).index(item[0])


def _details(robust: Robust, model: Model, words: Words) -> Iterator[str]:
    for end in robust.turns[:MOST]:
        yield turn(end, model, words)
    if len(robust.turns) > MOST:
        yield words("robust.more", n=len(robust.turns) - MOST)
    if robust.verdict == "depends" and not robust.turns:
        yield words("robust.joint")
    for end in robust.open[:MOST] if robust.verdict == "undecided" else ():
        yield words("robust.open", name=_name(end, model, words), value=shown(end.value, words))
    if not robust.turns and robust.most:
        moved = (
            words(
                "robust.moved", name=_name(e, model, words), value=shown(e.value, words), share=text.share(e.estimate)
            )
            for e in robust.most
        )
        yield words("robust.most", list=words.phrases(moved))


def turn(end: End, model: Model, words: Words) -> str:
    """One assumption that turns a verdict: where, to what, and what its base and range are."""
    a = model.assumptions[end.assumption]
    return words(
        "robust.turn",
        verdict=words("verdict." + end.verdict),
        where=where(end, words),
        name=a.name[words.language],
        base=shown(stands_at(model, a), words),
        low=shown(a.low, words),
        high=shown(a.high, words),
    )


def where(end: End, words: Words) -> str:
    """``"above 1.42 /year"``; of whole numbers the first that turns it, of words the word itself."""
    at = end.turns_at
    if at is None or end.between is None:
        return words("robust.at", value=shown(end.value, words))
    exact = at in end.between
    beyond = {"high": "from" if exact else "above", "low": "down_to" if exact else "below"}[end.side]
    return words(f"robust.{beyond}", value=shown(at, words))


def _name(end: End, model: Model, words: Words) -> str:
    return model.assumptions[end.assumption].name[words.language]


def shown(value: Value | None, words: Words) -> str:
    """A written value to three significant digits, in the reader's units."""
    match = _FIGURE.fullmatch(str(value))
    if isinstance(value, int) or value is None or match is None or ":" in str(value):
        return written(value, words)
    number = text.number(float(match[1]))
    return written(number + match[2], words) if match[2] else number
