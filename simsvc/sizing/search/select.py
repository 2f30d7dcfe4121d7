"""The last round: the cheapest plans of the search against each other on luck of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simsvc.sizing.evaluate import Counts, Evaluator
from simsvc.sizing.search.standing import Bar, Standing, judged, standing
from simsvc.sizing.space import Levels

State = Literal["plan", "dearer", "fails", "same"]
MOST_RIVALS, LOOKS = 5, (20, 60, 120)
CLOSER = (480, 1_440)
"""Further looks, where they are no more than a third of what the verification can spend (few cases a replication)."""
ERROR = 0.05
"""Chance, at most, that a plan that keeps every promise is thrown out as one that surely fails (Bonferroni over rivals
and looks)."""
ALIKE = 0.005
"""Costs that differ by less than this part are alike: prices are not known better."""


@dataclass(frozen=True)
class Selected:
    """``order``: plans with what became of them and how they stood, the chosen one first; ``replications`` that were
    spent."""

    order: tuple[tuple[Levels, float, State, Standing], ...]
    replications: int

    @property
    def chosen(self) -> Levels | None:
        """The plan; None if all fail."""
        plan, _, state, _ = self.order[0]
        return plan if state == "plan" else None

    def without(self, levels: Levels) -> Selected:
        """The same if a plan turns out to fail: the cheapest of the others that do not is the plan."""
        fails = [(p, c, "fails" if p == levels else s, stand) for p, c, s, stand in self.order]
        left = sorted((c, k) for k, (_, c, s, _) in enumerate(fails) if s != "fails")
        first = left[0][1] if left else None
        limit = left[0][0] * (1 + ALIKE) if left else 0.0
        named = [
            (p, c, s if s == "fails" else "plan" if k == first else "same" if c <= limit else "dearer", stand)
            for k, (p, c, s, stand) in enumerate(fails)
        ]
        return Selected(tuple(sorted(named, key=lambda o: (o[2] != "plan", o[1]))), self.replications)


def select(rivals: Sequence[tuple[float, Levels]], evaluator: Evaluator, bar: Bar) -> Selected:
    """Successive elimination: at each look out go the plans that surely fail, and those dearer than one that surely
    passes; at the last look, too, those that are nearer to failing than to being proven.

    Parameters
    ----------
    rivals : sequence of (cost, levels)
        The cheapest plans that the search met and could not throw out.
    evaluator : Evaluator
        With luck that no rival was chosen on: a plan picked for a good draw loses it here.
    bar : Bar
        As in the search.

    Notes
    -----
    Plans are screened on common random numbers; elimination with stated error as in Nelson, Swann, Goldsman and Song
    2001 (Operations Research 49, 950–963), with feasibility in place of a mean to be maximised (Andradóttir and Kim
    2010, Naval Research Logistics 57, 403–421). What is chosen wrongly here costs money or another round, not truth:
    the plan is verified on luck of its own.
    """
    alive = sorted(rivals)[:MOST_RIVALS]
    out: list[tuple[Levels, float, State, Standing]] = []
    looks = [n for n in LOOKS if n < bar.replications] or [LOOKS[0]]
    looks += [n for n in CLOSER if 3 * n <= bar.replications]
    began = evaluator.spent
    alpha = ERROR / max(len(alive), 1) / len(looks)
    stand: dict[Levels, Standing] = {}
    for look in looks:
        counts = evaluator.run_many([plan for _, plan in alive], look)
        stand |= {plan: standing(c, bar) for (_, plan), c in zip(alive, counts, strict=True)}
        fails = {p for (_, p), c in zip(alive, counts, strict=True) if _surely_fails(c, bar, alpha)}
        last = look == looks[-1]
        fails |= {p for _, p in alive if last and stand[p].hopeless}
        sure = [cost for cost, p in alive if p not in fails and (last or stand[p].verdict(last=False))]
        limit = min(sure, default=np.inf) * (1 + ALIKE)
        out += [(p, cost, "fails", stand[p]) for cost, p in alive if p in fails]
        out += [(p, cost, "dearer", stand[p]) for cost, p in alive if p not in fails and cost > limit]
        alive = [(cost, p) for cost, p in alive if p not in fails and cost <= limit]
        if not alive or alive[0][0] in sure[:1]:
            break
    kept = [(p, cost, "plan" if k == 0 else "same", stand[p]) for k, (cost, p) in enumerate(alive)]
    return Selected((*kept, *sorted(out, key=lambda o: o[1])), evaluator.spent - began)  # type: ignore[arg-type]


def _surely_fails(counts: Counts, bar: Bar, alpha: float) -> bool:
    return "fails" in judged(counts, bar, alpha)
