"""Which cases a clause part speaks of, as sets that can be held against another part's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simsvc.promise.lint.finding import Subject
from simsvc.promise.lint.week import week
from simsvc.scenario.promises import SimPart

ANY = ("",)
"""What stands for all of a kind of which the scenario names none."""


@dataclass(frozen=True)
class Scope:
    """What a part says of its cases, one set each: towns, products with modes, channels, routes, in or out of warranty,
    special or ordinary goods, first or sent anew, planned visits, minutes of the week of the report."""

    of: tuple[frozenset[Any], ...]

    def meets(self, other: Scope) -> bool:
        """Whether some case belongs to both."""
        return all(mine & its for mine, its in zip(self.of, other.of, strict=True))

    def within(self, other: Scope) -> bool:
        """Whether every case of this one belongs to the other."""
        return all(mine <= its for mine, its in zip(self.of, other.of, strict=True))


def scope(subject: Subject, part: SimPart) -> Scope:
    """The scope of a part, its population narrowed as the measures narrow it."""
    model, who = subject.model, part.population
    faults = frozenset(
        (key, name)
        for key, product in model.products.items()
        for name, mode in product.modes.items()
        if (not who.products or key in who.products)
        and (not who.causes or mode.cause in who.causes)
        and (not who.modes or f"{key}.{name}" in who.modes)
    )
    named = (who.products, who.causes, who.modes)
    reported = week(model.calendars[who.reported_in] if who.reported_in is not None else None)
    return Scope(
        (
            subject.towns(who),
            faults if model.products or any(named) else frozenset(ANY),
            _among(who.channels, model.desk.channels if model.desk is not None else ()),
            _among(who.routes, ("on-site", *model.repairs)),
            _either(who.in_warranty),
            _either(who.in_contract),
            _either(who.special),
            _either(who.replacement),
            _among(who.planned, model.planned),
            frozenset(np.flatnonzero(reported).tolist()),
        )
    )


def _among(named: Collection[str], all_: Iterable[str]) -> frozenset[str]:
    return frozenset(named or all_) or frozenset(ANY)


def _either(wanted: bool | None) -> frozenset[bool]:
    return frozenset((True, False)) if wanted is None else frozenset((wanted,))
