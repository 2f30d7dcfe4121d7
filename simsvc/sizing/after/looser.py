"""Steps by which promises are relaxed: a smaller share, a longer limit, a plan rule left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simsvc.case import build
from simsvc.errors import ScenarioError
from simsvc.promise.sizing import Wish
from simsvc.promise.texts import limit_text
from simsvc.scenario import Scenario
from simsvc.scenario.promises import SimPart
from simsvc.scenario.quantity import duration_text
from simsvc.sizing.after.shown import evaluating, promising
from simsvc.sizing.evaluate import Evaluator
from simsvc.sizing.found import Found
from simsvc.sizing.nearest import ladder, limits
from simsvc.sizing.search.words import percent
from simsvc.sizing.space import Space, space
from simsvc.sizing.wishes import Wishes, assemble


@dataclass(frozen=True)
class Step:
    """``promises`` relaxed together, in words ``to`` what, and what plans are then held against."""

    promises: tuple[Wish, ...]
    to: dict[str, str]
    space: Space
    wishes: Wishes
    evaluator: Evaluator


def smaller(found: Found, promises: Sequence[Wish]) -> Step:
    """Shares down to the next of ``nearest.SHARES`` each; below the last, and of a plan rule, nothing is promised."""
    wishes, (first, *_) = found.wishes, promises
    if first.kind == "sim":
        looser = promising(wishes, lambda w: _lower(w) if w in promises else w.target)
    else:
        gone = [(w.clause, w.part) for w in promises]
        looser = replace(
            wishes,
            wishes=tuple(w for w in wishes.wishes if w not in promises),
            planned=tuple(place for place in wishes.planned if place not in gone),
        )
    return Step(tuple(promises), _shares(promises), found.space, looser, found.evaluator)


def longer(found: Found, promises: Sequence[Wish]) -> Step | None:
    """Limits up to the next of ``nearest.limits`` each; None where one has no limit or the scenario ends too soon.

    Another limit is another scenario, for it decides who is served first: plans are simulated anew.
    """
    scenario, words = found.wishes.scenario, list[tuple[str, str]]()
    for wish in promises:
        part = scenario.model.clauses[wish.clause].parts[wish.part]
        further = limits(part)[1:2] if isinstance(part, SimPart) else ()
        if not further:
            return None
        assert isinstance(part, SimPart)
        at, days = f"clauses.{wish.clause}.parts.{wish.part}", part.days is not None
        value: str | int = int(further[0]) if days else duration_text(further[0])
        try:
            scenario = scenario.override(f"{at}.{'days' if days else 'limit'}", value)
        except ScenarioError:
            return None
        words.append(_times(part, further[0]))
    wished = [_as_written(scenario, w) if w in promises else w for w in found.wishes.wishes]
    wishes = assemble(scenario, build(scenario), wished, found.wishes.confidence)
    room = space(scenario, found.request)
    en, zh = zip(*dict.fromkeys(words), strict=True)
    to = {"en": "; ".join(en), "zh": "；".join(zh)}
    return Step(tuple(promises), to, room, wishes, evaluating(found, room, wishes, found.evaluator.seed))


def _as_written(scenario: Scenario, wish: Wish) -> Wish:
    part = scenario.model.clauses[wish.clause].parts[wish.part]
    return replace(wish, limit=limit_text(part)) if isinstance(part, SimPart) else wish


def _lower(wish: Wish) -> float:
    """The next lower share; 0 below the last."""
    return next(iter(ladder(wish.target)), 0.0)


def _shares(promises: Sequence[Wish]) -> dict[str, str]:
    steps = dict.fromkeys((_lower(w) if w.kind == "sim" else 0.0, w.target) for w in promises)
    if not all(share for share, _ in steps):
        return {"en": "not promised", "zh": "不作承诺"}
    return {
        "en": "; ".join(f"{percent(share)} instead of {percent(target)}" for share, target in steps),
        "zh": "；".join(f"由 {percent(target)} 降为 {percent(share)}" for share, target in steps),
    }


def _times(part: SimPart, further: float) -> tuple[str, str]:
    """The longer limit instead of the limit, English and Chinese."""
    if part.days is not None:
        return f"{further:.0f} days instead of {part.days}", f"由 {part.days} 天放宽为 {further:.0f} 天"
    (now, now_zh), (then, then_zh) = _span(part.limit or 0.0), _span(further)
    return f"{then} instead of {now}", f"由 {now_zh}放宽为 {then_zh}"


def _span(seconds: float) -> tuple[str, str]:
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [(hours, "h", "小时"), (minutes, "min", "分钟")]
    known = [(n, en, zh) for n, en, zh in parts if n] or parts[1:]
    return " ".join(f"{n} {en}" for n, en, _ in known), " ".join(f"{n} {zh}" for n, _, zh in known)
