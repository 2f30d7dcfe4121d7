"""The line of the trust card on the ranges of the assumptions."""

from __future__ import annotations

from collections import Counter

from simsvc.case.arrays import Case
from simsvc.promise.result import Trust
from simsvc.promise.robust import Robustness
from simsvc.scenario.ledger import is_price

WHAT = "Ranges of the assumptions", "假设的取值范围"


def ranges_line(case: Case, found: Robustness | None) -> Trust:
    """What was tried, and what became of the verdicts; ``found`` None where only the base was run."""
    ledger = list(case.model.assumptions.values())
    if not ledger:
        return Trust("Assumptions", "假设", "warning", "the scenario lists no assumptions", "情景未列出假设")
    low = sum(a.confidence == "low" for a in ledger)
    en, zh = f"{len(ledger)} assumptions, {low} of low confidence", f"假设 {len(ledger)} 项，其中低可信度 {low} 项"
    if found is None:
        en += "; only their base values were run, their ranges not tried"
        return Trust(*WHAT, "not measured", en, zh + "；只运行了基准值，未试其取值范围")
    if prices := sum(is_price(a.path, *a.also) for a in ledger):
        en += f", {prices} of them prices, which move no promise and were not tried"
        zh += f"，另有价格类 {prices} 项不影响承诺、未试"
    tried = found.tried
    n = Counter(robust.verdict for robust in found.verdicts.values())
    en += (
        f"; tried one at a time at both ends of their ranges ({tried.ends} points) and all at once "
        f"({tried.combinations} points), under the same luck: {n['holds']} promises hold and {n['fails']} fail "
        f"throughout, {n['depends']} depend on the assumptions, {n['undecided']} undecided"
    )
    zh += (
        f"；在相同随机性下逐项试其上下限（{tried.ends} 点）并试全部同时变动（{tried.combinations} 点）：承诺始终可兑现 "
        f"{n['holds']} 项、始终不能兑现 {n['fails']} 项、取决于假设 {n['depends']} 项、未能判定 {n['undecided']} 项"
    )
    if tried.failed:
        first = next((f for f in tried.failed if f.assumption), tried.failed[0])
        named = f"{first.assumption} = {first.value}: " if first.assumption else ""
        en += f"; {len(tried.failed)} points could not be built ({named}{first.problem})"
        zh += f"；{len(tried.failed)} 点无法构建（{named}{first.problem}）"
    return Trust(*WHAT, "warning" if n["depends"] or n["undecided"] or tried.failed else "checked", en, zh)
