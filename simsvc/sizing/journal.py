"""Why each step was taken: the run log of a sizing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simsvc.promise.sizing import Move
from simsvc.sizing.evaluate import Evaluator
from simsvc.sizing.overflow import seen
from simsvc.sizing.search.search import QUICK, Both
from simsvc.sizing.search.select import Selected
from simsvc.sizing.search.standing import Standing
from simsvc.sizing.search.words import column_name
from simsvc.sizing.space import Levels, Space
from simsvc.sizing.verify import Verified
from simsvc.sizing.wishes import Wishes


class Journal:
    """Keeps every move and tells a watcher of it at once. ``plans``: different plans that the search tried."""

    def __init__(
        self, space: Space, wishes: Wishes, evaluator: Evaluator, watch: Callable[[Move], None] | None = None
    ) -> None:
        self.moves: list[Move] = []
        self.selection = self.estimate = 0
        self._space, self._wishes, self._evaluator, self._watch = space, wishes, evaluator, watch
        self._spent = self.plans = 0

    @property
    def replications(self) -> dict[str, int]:
        """Replications by stage, up to the last step."""
        return {"search": self._spent, "selection": self.selection, "estimate": self.estimate}

    def __call__(self, stage: str, what: Both, why: Both, levels: Levels, standing: Standing | None) -> None:
        """A step of the search; what is asked of the evaluator after the last one is no search."""
        self._spent, self.plans = self._evaluator.spent, self._evaluator.plans
        worst = None
        if standing is not None and len(standing.share):
            slack = np.where(np.isnan(standing.share), 1.0, standing.share - self._targets)
            c = int(np.argmin(slack))
            column = self._wishes.columns[c]
            area = self._space.area_names[column.area].en if column.area >= 0 else "province"
            worst = (column.clause, area, float(slack[c]))
        spent = sum(self.replications.values())
        cost = seen(self._space, levels, self._evaluator, QUICK[0])
        move = Move(len(self.moves) + 1, stage, what, why, cost, worst, spent)
        self.moves.append(move)
        if self._watch is not None:
            self._watch(move)

    def selected(self, found: Selected) -> None:
        """The last round is over."""
        self.selection += found.replications
        best, _, _, stand = found.order[0]
        out = sum(state in ("fails", "dearer") for _, _, state, _ in found.order)
        alike = sum(state == "same" for _, _, state, _ in found.order)
        plans = len(found.order)
        what = (
            f"{plans} plans against each other: {out} out, {alike} can't be told from the cheapest that passes",
            f"{plans} 个方案对比：淘汰 {out} 个，{alike} 个与最便宜的达标方案无法区分",
        )
        why = ("luck that none of them was chosen on", "使用未参与选优的随机数，避免选优偏差")
        self("select", what, why, best, stand)

    def verified(self, levels: Levels, found: Verified, attempt: int) -> None:
        """The plan was held against the promises."""
        n = len(found.tallies)
        self.estimate += n
        if found.kept:
            what = (f"every promise holds, {n} replications", f"全部承诺成立，{n} 次重复仿真")
            why = ("verified on fresh luck, all areas together", "使用全新随机数、各市县联合检验")
        else:
            c = int(np.flatnonzero(found.lacking)[0])
            share = found.counts.kept[:, c].sum() / max(found.counts.cases[:, c].sum(), 1.0)
            en, zh = column_name(self._space, self._wishes, c)
            others = int(found.lacking.sum()) - 1
            what = (f"not proven: {en} ({100 * share:.2f} %)" + (f" and {others} more" if others else ""),
                    f"未能证实：{zh}（{100 * share:.2f} %）" + (f"等 {others + 1} 项" if others else ""))  # fmt: skip
            why = (f"verification {attempt + 1} on fresh luck; back to the search",
                   f"第 {attempt + 1} 次全新随机数检验；返回搜索")  # fmt: skip
        self("verify", what, why, levels, None)

    @property
    def _targets(self) -> np.ndarray:
        return np.array([c.target for c in self._wishes.columns])
