"""What types alone can't tell: names that refer to nothing, times and clauses that don't fit together.

Areas, towns and nodes are names of the network and are checked where it is known (the case room).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from simsvc.errors import Problem
from simsvc.scenario import (
    chain,
    clauses,
    desk,
    drain,
    facts,
    ledger,
    populations,
    presets,
    references,
    rules,
    skills,
    spares,
    work,
)
from simsvc.scenario.model import Model
from simsvc.scenario.paths import Touched, join, show, standing
from simsvc.scenario.shape import Tokens


def check(
    model: Model, raw: dict[str, Any], mended: Collection[Tokens] = (), changed: Touched | None = None
) -> list[Problem]:
    """Everything wrong between the tables of a scenario.

    Parameters
    ----------
    model : Model
        The model of ``raw``.
    mended : collection of tokens
        Places that hold a stand-in, since what stood there was wrong: nothing is said about them.
    changed : Touched, optional
        The places at which ``raw`` differs from a valid scenario.
    """
    checks = (
        references.check,
        rules.check,
        desk.check,
        chain.check,
        skills.check,
        clauses.check,
        populations.check,
        spares.check,
        work.check,
        drain.check,
        facts.check,
    )
    flaws = [flaw for found in checks for flaw in found(model)]
    flaws += [*ledger.check(model, raw, changed), *presets.check(model, raw, changed)]
    return [
        Problem(join(flaw.tokens), show(standing(raw, flaw.tokens)), flaw.message, flaw.remedy)
        for flaw in flaws
        if not any(place[: len(m)] == m for place in (flaw.tokens, *flaw.needs) for m in mended)
    ]
