"""The same plans where assumptions take other values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from simsvc.case import Case, build
from simsvc.scenario import Scenario
from simsvc.sizing.after.shown import evaluating
from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.found import Found

if TYPE_CHECKING:
    from simsvc.sizing.space import Levels, Space


class Moved:
    """A space whose plans meet other assumptions; everything else is that of ``space``: the same levels are the same
    staff and stock.

    Parameters
    ----------
    space : Space
        Of the plans.
    changes : mapping
        Values by path, none of which a plan decides.
    """

    def __init__(self, space: Space, changes: Mapping[str, Any]) -> None:
        self._space, self._changes = space, dict(changes)
        self.scenario = space.scenario.replace(**changes)
        self.case_of = lru_cache(maxsize=4)(self._case_of)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._space, name)

    def scenario_of(self, levels: Levels) -> Scenario:
        """A plan as a scenario with these assumptions."""
        return self._space.scenario_of(levels).replace(**self._changes)

    def _case_of(self, levels: Levels) -> Case:
        return build(self.scenario_of(levels))


@dataclass(frozen=True)
class Corners:
    """Several evaluators as one, whose columns are those of each in turn: a plan must do everywhere."""

    members: tuple[Evaluator, ...]

    @classmethod
    def of(cls, found: Found, corners: Sequence[Mapping[str, Any]], seed: int) -> Corners:
        """An evaluator with the same luck for each of several sets of values by path."""
        spaces = [cast("Space", Moved(found.space, changes)) for changes in corners]
        return cls(tuple(evaluating(found, there, found.wishes, seed) for there in spaces))

    @property
    def spent(self) -> int:
        """Replications, those of each corner counted."""
        return sum(member.spent for member in self.members)

    def only(self, some: Sequence[int]) -> Corners:
        """Some of them."""
        return Corners(tuple(self.members[k] for k in some))

    def run(self, levels: Levels, replications: int) -> Counts:
        """Counts of a plan, columns of the first corner first; ``jobs``: the mean over the corners."""
        return self.run_many([levels], replications)[0]

    def run_many(self, plans: Sequence[Levels], replications: int) -> list[Counts]:
        """The same of several plans."""
        found = zip(*(member.run_many(plans, replications) for member in self.members), strict=True)
        return [
            Counts(
                kept=np.hstack([counts.kept for counts in one]),
                cases=np.hstack([counts.cases for counts in one]),
                reasons=np.vstack([counts.reasons for counts in one]),
                jobs=np.mean([counts.jobs for counts in one], axis=0),
            )
            for one in found
        ]
