"""A plan's scenario says by itself what it keeps, and what it does not keep that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simsvc.case import Case, build
from simsvc.measures.kept import Place
from simsvc.promise.result import PROVINCE
from simsvc.promise.sizing import Obstacle, Wish
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.sizing.request import Request
from simsvc.sizing.wishes import Wishes, area_name, assemble

_PLAN_KEYS = ("keep", "confidence", "areas", "candidates", "existing", "most_engineers")
"""What of a request is written into the plan; promised shares stand in the clauses."""


def stated(request: Request, asked: Wishes, planned: Wishes, obstacles: Sequence[Obstacle]) -> Wishes:
    """The wishes with a scenario in which ``[sizing]`` is what was planned for.

    Parameters
    ----------
    request : Request
        What was asked for.
    asked, planned : Wishes
        Its wishes as they were asked for and as they are planned for.
    obstacles : sequence of Obstacle
        Why they differ.

    Returns
    -------
    Wishes
        ``planned``, with notes in the scenario on what is left out and on plan rules that can't be met in full;
        ``sizing.keep`` names no clause of which nothing is kept.
    """
    scenario, case = planned.scenario, build(planned.scenario)
    changes: dict[str, Any] = {f"sizing.{k}": v for k, v in request.given.items() if k in _PLAN_KEYS}
    changes |= {"sizing.target": None} if scenario.model.sizing.target is not None else {}
    left = {wish.clause for wish in planned.wishes}
    keep = list(dict.fromkeys(wish.clause for wish in asked.wishes))
    if not left.issuperset(keep):
        changes["sizing.keep"] = [clause for clause in keep if clause in left]
    now = {(wish.clause, wish.part): wish for wish in planned.wishes}
    for wish in asked.wishes:
        place = wish.clause, wish.part
        why = [o for o in obstacles if (o.clause, o.part) == place]
        said = list(_differences(case, wish, now.get(place), why))
        if said:
            changes[f"clauses.{wish.clause}.parts.{wish.part}.note"] = _note(case, place, said)
    if not changes:
        return planned
    made = scenario.replace(**changes)
    return assemble(made, build(made), list(planned.wishes), planned.confidence)


def _differences(case: Case, asked: Wish, now: Wish | None, why: Sequence[Obstacle]) -> Iterator[tuple[str, str]]:
    """What of a promise was not planned for, english and chinese; what stands instead is in its clause."""
    if now is None:
        yield "No plan keeps this: it is left out.", "无方案可满足此项，未纳入方案。"
        return
    if now.eased and now.kind == "plan":
        yield from ((f"{o.why[0]}.", f"{o.why[1]}。") for o in why if o.area == PROVINCE)
    gone = [k for k, a in enumerate(case.places.areas) if a in set(asked.areas) - set(now.areas)]
    if gone:
        names = [area_name(case, k) for k in gone]
        yield (
            f"Not kept in: {', '.join(n['en'] for n in names)}.",
            f"以下市县不能保证：{'、'.join(n['zh'] for n in names)}。",
        )


def _note(case: Case, place: Place, said: Sequence[tuple[str, str]]) -> dict[str, str]:
    """A part's own note, and what there is to say of its easing."""
    part = case.model.clauses[place[0]].parts[place[1]]
    assert isinstance(part, SimPart | PlanPart)
    own = [(part.note["en"], part.note["zh"])] if part.note is not None else []
    en, zh = zip(*own, *said, strict=True)
    return {"en": " ".join(en), "zh": "".join(zh)}
