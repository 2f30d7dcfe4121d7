"""The assumption ledger as the page prints it; a base that isn't written there is read from its path in the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from simsvc.report import text
from simsvc.report.words import Words
from simsvc.scenario.distribution import Constant
from simsvc.scenario.model import Model
from simsvc.scenario.paths import split
from simsvc.scenario.promises import Assumption
from simsvc.scenario.quantity import SECONDS, YEAR

_WITH_UNIT = re.compile(r"\s*[-+\d.eE]+\s*(.*?)\s*")
_CLOCK = re.compile(r"\d\d:\d\d")
_RANK = {"low": 0, "medium": 1, "high": 2}


@dataclass(frozen=True)
class Assumed:
    """One line of the ledger, all of it text."""

    id: str
    name: str
    path: str
    base: str
    range: str
    source: str
    level: str
    confidence: str


def ledger(model: Model, words: Words) -> list[Assumed]:
    """All assumptions, the least certain first, otherwise in the order of the scenario."""
    shown = sorted(model.assumptions.items(), key=lambda item: _RANK[item[1].confidence])
    return [
        Assumed(
            id=key,
            name=a.name[words.language],
            path=a.path,
            base=written(stands_at(model, a), words),
            range=f"{written(a.low, words)} – {written(a.high, words)}",
            source=a.source,
            level=a.confidence,
            confidence=words("confidence." + a.confidence),
        )
        for key, a in shown
    ]


def stands_at(model: Model, assumption: Assumption) -> str | float | None:
    """The base value: as written, else what stands at the path, in the unit in which ``low`` is written."""
    if assumption.base is not None:
        return assumption.base
    value: Any = model
    for step in map(str, split(assumption.path)):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        else:
            value = getattr(value, step, None)
    value = value.value if isinstance(value, Constant) else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None if value is None else str(value)
    if _CLOCK.fullmatch(str(assumption.low)):
        return text.clock(int(value))
    match = _WITH_UNIT.fullmatch(str(assumption.low))
    return _in_unit(value, match[1]) if match else value


def _in_unit(value: float, unit: str) -> str | float:
    if unit in SECONDS:
        return f"{value / SECONDS[unit]:.6g} {unit}"
    if unit == "%":
        return f"{100 * value:.6g} %"
    period = unit.removeprefix("/").removeprefix("per").strip()
    return f"{value * SECONDS[period] / YEAR:.6g} {unit}" if period in SECONDS else value


def written(value: str | float | None, words: Words) -> str:
    """A value as it stands in a scenario, its unit or word in the reader's language."""
    if value is None:
        return text.MISSING
    if not isinstance(value, str):
        return f"{value:.6g}"
    match = re.fullmatch(r"\s*([-+\d.eE]+)\s*(/?\s*)([a-z]+)\s*", value)
    return f"{match[1]} {match[2]}{words.option('unit', match[3])}" if match else words.choice(value)
