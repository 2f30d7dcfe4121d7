"""What else a plan can be asked, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario.nearest import suggestion
from simsvc.sizing.after.ladder import ladder
from simsvc.sizing.after.next_engineer import next_engineer
from simsvc.sizing.after.pareto import pareto
from simsvc.sizing.after.relaxed import relaxed
from simsvc.sizing.after.shown import published
from simsvc.sizing.after.sturdy import sturdy
from simsvc.sizing.found import Found
from simsvc.study.workers import Progress

Extra = Literal["pareto", "next", "relaxed", "ladder", "sturdy", "rollout", "relief"]
EXTRAS: tuple[Extra, ...] = get_args(Extra)


def check_extras(extras: Sequence[str]) -> None:
    """Refuse names that are none of ``EXTRAS``.

    Raises
    ------
    ScenarioError
        With the nearest name of each.
    """
    unknown = [name for name in extras if name not in EXTRAS]
    if unknown:
        message = "nothing of this name can be worked out"
        raise ScenarioError([Problem("extras", name, message, suggestion(name, EXTRAS)) for name in unknown])


def extras_of(
    found: Found, extras: Sequence[Extra], hires: int | None, progress: Progress | None = None
) -> Mapping[str, Any]:
    """What was asked for, by the field of the answer that it goes into.

    Parameters
    ----------
    found : Found
        The plan.
    extras : sequence of str
        Of ``EXTRAS``; any order.
    hires : int
        Engineers that can be hired a month, for the rollout.
    progress : callable, optional
        ``progress(done, total)`` of those that tell.
    """
    # These two put questions of their own through the tools of this room.
    from simsvc.sizing.relief import relief
    from simsvc.sizing.rollout import rollout

    luck = published(found)
    makers: dict[Extra, tuple[str, Any]] = {
        "pareto": ("pareto", lambda: pareto(found, luck)),
        "next": ("next_engineer", lambda: next_engineer(found, luck)),
        "relaxed": ("relaxed", lambda: relaxed(found)),
        "ladder": ("ladder", lambda: ladder(found)),
        "sturdy": ("sturdy", lambda: sturdy(found)),
        "rollout": ("rollout", lambda: rollout(found, hires=hires, progress=progress)),
        "relief": ("relief", lambda: relief(found, progress=progress)),
    }
    return {field: make() for name, (field, make) in makers.items() if name in extras}
