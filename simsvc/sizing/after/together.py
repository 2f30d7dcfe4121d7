"""Promises that hold the same staff and stock: those on one measure whose cases are among one another's."""

from __future__ import annotations

from simsvc.promise.sizing import Wish
from simsvc.scenario.promises import Population, SimPart
from simsvc.sizing.wishes import Wishes


def together(wishes: Wishes) -> tuple[tuple[Wish, ...], ...]:
    """Groups of two and more kept promises on one measure, of each group the cases of all among those of one.

    In the order of the wishes; no group lies within another.
    """
    judged = [w for w in wishes.wishes if w.kind == "sim"]
    groups = [
        tuple(w for w in judged if w.measure == widest.measure and _within(_cases(wishes, w), _cases(wishes, widest)))
        for widest in judged
    ]
    whole = [g for g in groups if len(g) > 1 and not any(set(g) < set(other) for other in groups)]
    return tuple(dict.fromkeys(whole))


def _cases(wishes: Wishes, wish: Wish) -> Population:
    part = wishes.scenario.model.clauses[wish.clause].parts[wish.part]
    assert isinstance(part, SimPart)
    return part.population


def _within(one: Population, other: Population) -> bool:
    """Whether all cases of the one are the other's as well, as far as the words tell: the other asks for nothing that
    the one doesn't."""
    asked = other.model_dump(exclude_defaults=True)
    return asked.items() <= one.model_dump(exclude_defaults=True).items()
