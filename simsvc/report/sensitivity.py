"""A sensitivity analysis in words and figures: what swings each promise, where it turns, whose variance it is."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.network import Network
from simsvc.promise.ranges import End
from simsvc.promise.result import PROVINCE, Row
from simsvc.promise.sensitivity import Index, Sensitivity, Subject, Swing
from simsvc.report import text, wording
from simsvc.report.assumptions import stands_at
from simsvc.report.naming import part_names
from simsvc.report.robust import ROBUST_SYMBOLS, combinations, shown, where
from simsvc.report.verdicts import SYMBOLS
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.parts import BASE
from simsvc.scenario.promises import PlanPart

MOST = 10
"""Assumptions shown to a promise; the data file has all."""


@dataclass(frozen=True)
class Bar:
    """One assumption of a tornado: its name; values and shares at the ends, empty where an end is the base."""

    name: str
    base: str
    low: str
    low_share: str
    high: str
    high_share: str
    width: str


@dataclass(frozen=True)
class Even:
    """One break-even: the promise turns to ``verdict`` ``where``."""

    promise: str
    name: str
    base: str
    range: str
    where: str
    verdict: str
    symbol: str
    word: str


@dataclass(frozen=True)
class Part:
    """Sobol indices of one assumption, with their intervals."""

    name: str
    first: str
    total: str


@dataclass(frozen=True)
class Told:
    """One promise, all of it text. ``number``: its place among the subjects."""

    number: int
    name: str
    text: str
    share: str
    target: str
    verdict: str
    symbol: str
    word: str
    robust: str
    robust_symbol: str
    robust_word: str
    combinations: str
    bars: tuple[Bar, ...]
    evens: tuple[Even, ...]
    parts: tuple[Part, ...]


def told(found: Sensitivity, model: Model, network: Network, words: Words) -> list[Told]:
    """Every promise of the analysis that has cases."""
    names = part_names([_row(s, model) for s in found.subjects], model, network, words)
    return [
        _told(k, subject, names[subject.id, subject.part], model, words)
        for k, subject in enumerate(found.subjects)
        if subject.verdict != "no cases"
    ]


def _row(subject: Subject, model: Model) -> Row:
    plan = isinstance(wording.part_of(model, subject.id, subject.part), PlanPart)
    shares = (subject.estimate, subject.low, subject.high, subject.target)
    return Row(
        subject.id, subject.part, BASE, "plan" if plan else "sim", PROVINCE, "", 0, *shares, verdict=subject.verdict
    )


def _told(number: int, subject: Subject, name: str, model: Model, words: Words) -> Told:
    clause, robust = model.clauses[subject.id], subject.robust
    return Told(
        number=number,
        name=name,
        text=clause.text[words.language],
        share=text.interval(subject.estimate, subject.low, subject.high),
        target=text.target(subject.target),
        verdict=subject.verdict,
        symbol=SYMBOLS[subject.verdict],
        word=words("verdict." + subject.verdict),
        robust=robust.verdict,
        robust_symbol=ROBUST_SYMBOLS[robust.verdict],
        robust_word=words("robust." + robust.verdict),
        combinations=combinations(robust, words),
        bars=tuple(_bar(swing, model, words) for swing in subject.swings[:MOST]),
        evens=tuple(_even(name, end, model, words) for end in robust.turns),
        parts=tuple(_part(index, model, words) for index in subject.indices if index.total is not None),
    )


def _bar(swing: Swing, model: Model, words: Words) -> Bar:
    a = model.assumptions[swing.assumption]
    at = {end.side: (shown(end.value, words), text.share(end.estimate)) for end in swing.ends}
    none = ("", "")
    return Bar(
        a.name[words.language],
        shown(stands_at(model, a), words),
        *at.get("low", none),
        *at.get("high", none),
        width=f"{100 * swing.width:.1f}",
    )


def _even(promise: str, end: End, model: Model, words: Words) -> Even:
    a = model.assumptions[end.assumption]
    return Even(
        promise=promise,
        name=a.name[words.language],
        base=shown(stands_at(model, a), words),
        range=f"{shown(a.low, words)} – {shown(a.high, words)}",
        where=where(end, words),
        verdict=end.verdict,
        symbol=SYMBOLS[end.verdict],
        word=words("verdict." + end.verdict),
    )


def _part(index: Index, model: Model, words: Words) -> Part:
    name = model.assumptions[index.assumption].name[words.language]
    return Part(
        name,
        _index(index.first, index.first_low, index.first_high),
        _index(index.total, index.total_low, index.total_high),
    )


def _index(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return text.MISSING
    return _signed(value) + (f" ({_signed(low)} … {_signed(high)})" if low is not None and high is not None else "")


def _signed(value: float) -> str:
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")


def about(found: Sensitivity, words: Words) -> str:
    """What was tried, in a sentence."""
    tried = found.tried
    said = words("sensitivity.about", n=tried.assumptions, ends=tried.ends, combinations=tried.combinations)
    return said + (words("sensitivity.failed", n=len(tried.failed)) if tried.failed else "")
