"""What a contractor takes of the work: nobody decides it, but it is paid by the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simsvc.promise.sizing import Line
from simsvc.scenario import Scenario
from simsvc.sizing.evaluate import Counts, Evaluator

if TYPE_CHECKING:
    from simsvc.sizing.search.search import Runs
    from simsvc.sizing.space import Levels, Space

REPLICATIONS = 12
"""Of today and of the plan."""


def price(scenario: Scenario) -> float:
    """CNY a visit; 0 without a contractor."""
    contractor = scenario.model.dispatch.contractor
    return contractor.price if contractor is not None else 0.0


def yearly(space: Space, levels: Levels, counts: Counts) -> float:
    """CNY a year: what is decided, and the contractor's visits as they were counted."""
    return space.cost(levels) + price(space.scenario) * float(counts.jobs.mean())


def seen(space: Space, levels: Levels, evaluator: Runs, replications: int) -> float:
    """The same by so many replications, none where no contractor is paid."""
    return yearly(space, levels, evaluator.run(levels, replications)) if price(space.scenario) else space.cost(levels)


def overflow(space: Space, levels: Levels, evaluator: Evaluator) -> tuple[Line, ...]:
    """The contractor's visits a year, today's and the plan's, as a line of the plan; none where they cost nothing."""
    each = price(space.scenario)
    if not each:
        return ()
    counts = evaluator.run_many([space.today, levels], REPLICATIONS)
    today, planned = (float(found.jobs.mean()) for found in counts)
    name = {"en": "Visits of the contractor", "zh": "外包上门次数"}
    return (Line("overflow", "overflow", "", name, round(today), round(planned), each * today, each * planned),)
