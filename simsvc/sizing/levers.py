"""A decision that a plan takes: how much of one thing at one place."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.promise.sizing import Kind
from simsvc.scenario.base import Text

Levels = tuple[int, ...]
"""A plan: the level of each lever."""
LATE = frozenset({"combined", "open"})
"""Reasons of misses that anything may help with."""


@dataclass(frozen=True)
class Lever:
    """One decision. A level up is more service, as a rule, and never cheaper.

    ``key``: unique, such as ``engineers.haikou``; ``place``: id of the station, shift, route or shelf; ``name``: what
    and where. ``areas``: indices of the areas that it helps, () for all. ``low`` to ``high``: levels allowed;
    ``today``: the scenario's. ``helps``: reasons for misses that it takes away; ``measures``: measures and plan rules
    that it can move. ``words``: code, English and Chinese of each level from 0 on where it isn't a number; ``base``:
    what stands for level 0 where it is.
    """

    key: str
    kind: Kind
    place: str
    name: Text
    areas: tuple[int, ...]
    low: int
    high: int
    today: int
    helps: frozenset[str]
    measures: frozenset[str]
    words: tuple[tuple[str, str, str], ...] = ()
    base: int = 0

    def shown(self, level: int) -> int | str:
        """A level as a number, or the code of its word."""
        return self.words[level][0] if self.words else self.base + level

    def said(self, level: int) -> tuple[str, str]:
        """A level in words, English and Chinese."""
        if self.words:
            _, en, zh = self.words[level]
            return en, zh
        return str(self.base + level), str(self.base + level)


def where(en: str, zh: str, name: Text) -> Text:
    """What and where, in both languages."""
    return Text(en=f"{en}, {name.en}", zh=f"{zh}，{name['zh']}")
