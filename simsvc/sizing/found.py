"""A plan that the search found, with what it takes to ask further questions about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simsvc.engine import Name
from simsvc.study.workers import Workers

if TYPE_CHECKING:
    from simsvc.sizing.evaluate import Evaluator
    from simsvc.sizing.request import Request
    from simsvc.sizing.space import Levels, Space
    from simsvc.sizing.wishes import Wishes


@dataclass(frozen=True)
class Found:
    """``levels`` of ``space`` keep ``wishes``, as a verification with the study seed ``estimate`` has shown.

    ``evaluator``: with the luck of the search; ``tried``: every plan that the search met and the replications it gave
    it; ``seed``: of the whole sizing.
    """

    request: Request
    space: Space
    wishes: Wishes
    evaluator: Evaluator
    levels: Levels
    tried: tuple[tuple[Levels, int], ...]
    seed: int
    estimate: int
    engine: Name
    workers: Workers
