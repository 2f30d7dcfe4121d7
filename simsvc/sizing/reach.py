"""Impossible wishes: who can't be served however much staff and stock there is, why, and the nearest promise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simsvc.measures import REASONS, Binned
from simsvc.promise.lint.finding import duration
from simsvc.promise.sizing import Obstacle
from simsvc.scenario.promises import SimPart
from simsvc.sizing.barriers import Both, unreachable
from simsvc.sizing.ceiling import Ceiling, ceiling, needed
from simsvc.sizing.easing import eased
from simsvc.sizing.evaluate import Evaluator
from simsvc.sizing.nearest import SHARES, largest, room, shortest, spare
from simsvc.sizing.search.words import REASON_WORDS
from simsvc.sizing.wishes import PROVINCE, Wishes, area_id, area_name
from simsvc.stats import Interval

if TYPE_CHECKING:
    from simsvc.sizing.space import Space

__all__ = ["ceilings", "eased", "unreachable"]

_TOLD = 2
"""So many reasons of what is late are named."""
_ALL = (
    "times, faults and absences are random: no number of cases can show 100 %",
    "时间、故障和人员缺勤均为随机：再多案例也无法证明 100 %",
)


def ceilings(space: Space, wishes: Wishes, evaluator: Evaluator) -> tuple[Obstacle, ...]:
    """Wishes that no plan of the space keeps, as a few replications of the most of everything show.

    Parameters
    ----------
    space : Space
        What may be decided.
    wishes : Wishes
        The promises to keep, those of ``evaluator``.
    evaluator : Evaluator
        Runs 20 replications of each way of sending engineers; where a promise is in doubt for want of cases, up to 120.

    Returns
    -------
    tuple of Obstacle
        In the order of the columns; without those that ``unreachable`` names. ``best``, ``low`` and ``high`` are the
        share kept there with the most of everything and its interval at ``wishes.confidence``; ``nearest`` leaves a
        third of the permitted misses to queues, as in ``eased``.
    """
    found = ceiling(space, wishes, evaluator)
    if not found.hopeless.any():
        return ()
    told = {(o.clause, o.part, o.area) for o in unreachable(space, wishes)}
    case, shares, times = space.case_of(space.most), found.shares(wishes.confidence), needed(evaluator, found, wishes)
    obstacles = []
    for c in np.flatnonzero(found.hopeless).tolist():
        column = wishes.columns[c]
        area = area_id(case, column.area)
        if (column.clause, column.part, area) in told:
            continue
        part = case.model.clauses[column.clause].parts[column.part]
        assert isinstance(part, SimPart)
        share, delays = shares[c], times[c]
        enough = room(column.target) + spare(column.target, found.needs[c])
        limit = shortest(part, [delays], enough) if delays is not None and column.target < 1 else None
        obstacles.append(
            Obstacle(
                clause=column.clause,
                part=column.part,
                area=area,
                name=area_name(case, column.area),
                limit=wishes.wish(column.clause, column.part).limit,
                target=column.target,
                best=share.estimate if share else 0.0,
                low=share.low if share else 0.0,
                high=share.high if share else 1.0,
                nearest=limit if part.days is None else None,
                nearest_days=int(limit) if part.days is not None and limit is not None else None,
                why=_why(found, c) if column.target < 1 else _never_all(part, share, _meant(wishes, c, times)),
            )
        )
    return tuple(obstacles)


def _why(found: Ceiling, column: int) -> Both:
    """What is late with the most of everything, the weightiest reasons."""
    reasons = found.reasons(column)
    order = np.argsort(-reasons, kind="stable")[:_TOLD]
    told = [(REASON_WORDS[REASONS[k]], reasons[k] / reasons.sum()) for k in order.tolist() if reasons[k] > 0]
    en = ", ".join(f"{word} {100 * share:.0f} %" for (word, _), share in told)
    zh = "、".join(f"{word} {100 * share:.0f} %" for (_, word), share in told)
    return en, zh


def _meant(wishes: Wishes, column: int, times: Sequence[Binned | None]) -> list[Binned]:
    """Times needed where a column speaks: what is said of the province must hold in its areas too."""
    own = wishes.columns[column]
    mine = [
        t
        for c, t in zip(wishes.columns, times, strict=True)
        if (c.clause, c.part) == (own.clause, own.part) and own.area in (c.area, PROVINCE)
    ]
    return [t for t in mine if t is not None]


def _never_all(part: SimPart, share: Interval | None, delays: Sequence[Binned]) -> Both:
    """Why nobody promises 100 %, and what can be promised."""
    rung, limit = SHARES[0], None
    if delays:
        limit = shortest(part, delays, room(rung))
    if limit is None:
        found = largest([share.estimate], 1.0) if share is not None else None
        if found is None:
            return _ALL
        rung = found
    en, zh = f"nearest: {100 * rung:.0f} %", f"可承诺：{100 * rung:.0f} %"
    if limit == 0 and part.days is not None:
        en, zh = f"{en} on the same day", f"{zh}，当日"
    elif limit is not None and part.days is not None:
        en, zh = f"{en} within {limit:g} day{'' if limit == 1 else 's'}", f"{zh}，{limit:g}天内"
    elif limit is not None:
        length = duration(limit)
        en, zh = f"{en} within {length.en}", f"{zh}，{length['zh']}内"
    return f"{_ALL[0]}; {en}", f"{_ALL[1]}；{zh}"
