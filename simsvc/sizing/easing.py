"""Promises that no plan keeps made into the nearest ones that can be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simsvc.case import build
from simsvc.measures import Binned
from simsvc.promise.result import PROVINCE
from simsvc.promise.sizing import Obstacle, Wish
from simsvc.promise.texts import limit_text
from simsvc.scenario import Scenario
from simsvc.scenario.drain import needed as needed_drain
from simsvc.scenario.promises import SimPart
from simsvc.scenario.quantity import duration_text
from simsvc.sizing.barriers import met_share
from simsvc.sizing.ceiling import ceiling, needed
from simsvc.sizing.evaluate import Evaluator
from simsvc.sizing.nearest import SHARES, largest, room, shortest, spare
from simsvc.sizing.wishes import Wishes, area_id, assemble
from simsvc.stats import Interval

if TYPE_CHECKING:
    from simsvc.sizing.space import Space

_LONG = "3650 d"


@dataclass(frozen=True)
class _Seen:
    """A column of a promise under the most of everything: id of its area, share kept, times needed, share that a
    verification ``needs`` to see, what must be kept beyond ``room`` for that."""

    area: str
    share: Interval
    times: Binned | None
    needs: float
    spare: float

    def fine(self, target: float) -> bool:
        """Whether the promise can be planned for here: it is surely kept or leaves room, and can be proven."""
        share = self.share
        return share.estimate >= self.needs and (share.low >= target or share.estimate >= room(target) + self.spare)

    def shortest(self, part: SimPart, target: float) -> float | None:
        """The shortest limit with which a promise of this share can be planned for here."""
        return None if self.times is None else shortest(part, [self.times], room(target) + self.spare)


def eased(space: Space, wishes: Wishes, evaluator: Evaluator, obstacles: Sequence[Obstacle]) -> Wishes:
    """The wishes with each promise that can't be kept replaced by the nearest one that can.

    Parameters
    ----------
    space, wishes, evaluator
        As for ``ceilings``, whose replications are looked at again.
    obstacles : sequence of Obstacle
        From ``unreachable`` and ``ceilings``.

    Returns
    -------
    Wishes
        Their scenario has the eased limits and shares written in.

    Notes
    -----
    A promise is eased where the most of everything does not surely keep it (the lower bound of its share at
    ``wishes.confidence`` lies below the target) and leaves less than a third of the permitted misses to queues, or
    keeps it too closely for a verification to show it: where cases are few that asks for more.

    1. Areas to which no way leads are left out.
    2. A promise of 100 % becomes one of 98 %.
    3. The limit becomes the shortest on the grid of ``nearest.limits`` with which the province and every area keep that
       third free; the scenario's drain is made to outlast it. Areas of ``obstacles`` that none of them helps are left
       out.
    4. Where there is no limit, or none helps the province, the share becomes the largest of ``nearest.SHARES`` that
       does; areas of ``obstacles`` that none of them helps are left out.

    A plan rule is asked for the part of it that can be met. What can't be kept at all is left out, so that no wish at
    all may be left.
    """
    found = ceiling(space, wishes, evaluator)
    case, shares, times = space.case_of(space.most), found.shares(wishes.confidence), needed(evaluator, found, wishes)
    scenario = wishes.scenario
    left: list[Wish] = []
    for wish in wishes.wishes:
        if wish.kind == "plan":
            met = min(wish.target, met_share(case, wish))
            if met < wish.target:
                scenario = scenario.override(f"clauses.{wish.clause}.parts.{wish.part}.target", met)
            left += [replace(wish, target=met)] * (met > 0)
            continue
        seen = [
            _Seen(area_id(case, c.area), share, delays, needs, spare(c.target, needs))
            for c, share, delays, needs in zip(wishes.columns, shares, times, found.needs.tolist(), strict=True)
            if (c.clause, c.part) == (wish.clause, wish.part) and share is not None
        ]
        named = [o for o in obstacles if (o.clause, o.part) == (wish.clause, wish.part)]
        cut_off = {o.area for o in named if o.high == 0.0}
        wanted = replace(wish, areas=tuple(a for a in wish.areas if a not in cut_off))
        hopeless = {o.area for o in named}
        scenario, kept = _nearest(scenario, wanted, [s for s in seen if s.area not in cut_off], hopeless)
        if kept is not None:
            left.append(kept)
    return assemble(scenario, build(scenario), left, wishes.confidence)


def _nearest(scenario: Scenario, wish: Wish, seen: Sequence[_Seen], hopeless: Set[str]) -> tuple[Scenario, Wish | None]:
    """The nearest promise to a wish, written into the scenario; None where there is none. ``hopeless``: areas that may
    be left out."""
    if wish.target < 1 and all(s.fine(wish.target) for s in seen):
        return scenario, wish
    return _longer(scenario, wish, seen, hopeless) or _smaller(scenario, wish, seen, hopeless)


def _longer(scenario: Scenario, wish: Wish, seen: Sequence[_Seen], hopeless: Set[str]) -> tuple[Scenario, Wish] | None:
    """The promise with the shortest limit that helps the province and as many areas as may be; None where there is no
    limit or none helps the province."""
    part, target = _part(scenario, wish), min(wish.target, SHARES[0])
    at = f"clauses.{wish.clause}.parts.{wish.part}"
    each = {s.area: s.shortest(part, target) for s in seen}
    helped = {area: limit for area, limit in each.items() if limit is not None}
    if PROVINCE not in helped:
        return None
    limit = max(helped.values())
    value = {f"{at}.limit": duration_text(limit)} if part.days is None else {f"{at}.days": int(limit)}
    made = _outlasting(scenario, {f"{at}.target": target, **value})
    return made, _written(made, wish, hopeless - set(helped))


def _outlasting(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """A scenario with other limits, and a drain that late cases do not outlast."""
    longer = scenario.replace(**changes, **{"time.drain": _LONG})
    drain = needed_drain(longer.model)[1] * 86400
    if drain > scenario.model.time.drain:
        return scenario.replace(**changes, **{"time.drain": duration_text(drain)})
    return scenario.replace(**changes)


def _smaller(scenario: Scenario, wish: Wish, seen: Sequence[_Seen], hopeless: Set[str]) -> tuple[Scenario, Wish | None]:
    """The largest share that helps at the limit as it is."""
    helped = [s for s in seen if largest([s.share.estimate - s.spare], wish.target) is not None]
    share = largest([s.share.estimate - s.spare for s in helped], wish.target)
    if share is None or not any(s.area == PROVINCE for s in helped):
        return scenario, None
    made = scenario.override(f"clauses.{wish.clause}.parts.{wish.part}.target", share)
    return made, _written(made, wish, hopeless - {s.area for s in helped})


def _written(scenario: Scenario, wish: Wish, out: Set[str]) -> Wish:
    """The wish as it now stands in the scenario, without the areas ``out``."""
    part = _part(scenario, wish)
    areas = tuple(area for area in wish.areas if area not in out)
    return replace(wish, limit=limit_text(part), target=part.target, areas=areas)


def _part(scenario: Scenario, wish: Wish) -> SimPart:
    part = scenario.model.clauses[wish.clause].parts[wish.part]
    assert isinstance(part, SimPart)
    return part
