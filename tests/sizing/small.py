"""Plans of small scenarios as a search would hand them on."""

from __future__ import annotations

from collections.abc import Mapping

from simsvc.engine.select import runner
from simsvc.scenario import Scenario
from simsvc.sizing.evaluate import Evaluator, luck
from simsvc.sizing.found import Found
from simsvc.sizing.request import request
from simsvc.sizing.space import space
from simsvc.sizing.wishes import wishes
from simsvc.study.workers import Workers


def found_plan(scenario: Scenario, plan: Mapping[str, int], seed: int = 1) -> Found:
    """Today with these levers set, whether or not that keeps anything."""
    asked = request(scenario)
    wanted = wishes(scenario, asked)
    room = space(wanted.scenario, asked)
    levels = list(room.today)
    for key, level in plan.items():
        levels[room.index[key]] = level
    name = runner("auto")
    crew = Workers(name, None, 1)
    evaluator = Evaluator(room, wanted, luck(seed, "search"), engine=name, workers=crew)
    return Found(asked, room, wanted, evaluator, tuple(levels), (), seed, seed, name, crew)
