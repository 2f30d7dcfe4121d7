"""What a clause states that its parts give no hold for: the linter would pass it over in silence."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model
from simsvc.scenario.nearest import suggestion
from simsvc.scenario.promises import SimPart
from simsvc.scenario.shape import Tokens


def check(model: Model) -> Iterator[Flaw]:
    """Statements about limits and visits in clauses that have none."""
    for key, clause in model.clauses.items():
        at: Tokens = ("clauses", key, "states")
        judged = [part for part in clause.parts if isinstance(part, SimPart)]
        parts = tuple(("clauses", key, "parts", i, "measure") for i in range(len(clause.parts)))
        measures = {part.measure for part in judged}
        for measure in clause.states.also_limits:
            if measure not in measures:
                message = "the clause has no judged part of this measure"
                yield Flaw((*at, "also_limits", measure), message, suggestion(measure, measures), parts)
        if clause.states.frequencies and "planned_done" not in measures:
            remedy = 'take it out, or add a part with measure = "planned_done"'
            yield Flaw((*at, "frequencies"), "the clause promises no planned visits", remedy, parts)
        if clause.states.wordings and all(part.limit is None and part.days is None for part in judged):
            yield Flaw((*at, "wordings"), "the clause has no time limit", "take it out, or add the limit", parts)
