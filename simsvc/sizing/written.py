"""The plan as a scenario that says of itself that it is one, and which promises it has eased."""

from __future__ import annotations

from typing import Any

from simsvc.promise.lint.finding import duration
from simsvc.promise.sizing import Wish
from simsvc.scenario import Scenario
from simsvc.scenario.promises import PlanPart, SimPart
from simsvc.sizing.wishes import Wishes

Both = tuple[str, str]


def written(plan: Scenario, today: Scenario, wishes: Wishes) -> Scenario:
    """The plan with a title, a description and wordings of its eased clauses of its own, for those who meet it later.

    Parameters
    ----------
    plan : Scenario
        The scenario of the plan's levels, eased promises written in.
    today : Scenario
        What was asked for.
    wishes : Wishes
        What was planned for.

    Returns
    -------
    Scenario
        The same to every simulation and verdict.
    """
    stations = [station.engineers for station in plan.model.stations.values()]
    staffed, people = sum(n > 0 for n in stations), sum(stations)
    eased = [wish for wish in wishes.wishes if wish.eased]
    listed = list(dict.fromkeys(wish.clause for wish in eased))
    name, title = today.model.name, plan.model.title
    en = f"The cheapest plan found for {name}: {staffed} stations, {people} engineers."
    zh = f"为 {name} 找到的最便宜方案：{staffed} 个服务站、{people} 名工程师。"
    if listed:
        en += f" Not as asked, but eased: {', '.join(listed)}."
        zh += f"以下承诺未按所求，已放宽：{'、'.join(listed)}。"
    changes: dict[str, Any] = {
        "title": {"en": f"{title.en} (plan)", "zh": f"{title['zh']}（方案）"},
        "about": {"en": en, "zh": zh},
    }
    for clause in listed:
        text = plan.model.clauses[clause].text
        told = [_instead(plan, today, wish) for wish in eased if wish.clause == clause]
        changes[f"clauses.{clause}.text"] = {
            "en": f"{text.en} [Eased by the plan: {'; '.join(en for en, _ in told)}.]",
            "zh": f"{text['zh']}【方案已放宽：{'；'.join(zh for _, zh in told)}】",
        }
    return plan.replace(**changes)


def _instead(plan: Scenario, today: Scenario, wish: Wish) -> Both:
    """What the plan keeps, and what was asked for."""
    (en, zh), (asked_en, asked_zh) = _said(plan, wish, wish.target), _said(today, wish, wish.asked_target)
    return f"{en} instead of {asked_en}", f"{zh}，原为{asked_zh}"


def _said(scenario: Scenario, wish: Wish, target: float) -> Both:
    en, zh = _limit(scenario, wish)
    share = f"{round(100 * target, 1):g} %"
    return f"{en}{', ' if en else ''}{share}", f"{zh}{'，' if zh else ''}{share}"


def _limit(scenario: Scenario, wish: Wish) -> Both:
    part = scenario.model.clauses[wish.clause].parts[wish.part]
    if isinstance(part, SimPart) and part.limit is not None:
        length = duration(part.limit)
        return f"within {length.en}", f"{length['zh']}内"
    if isinstance(part, SimPart) and part.days is not None:
        days = part.days
        return ("on the same day", "当日") if days == 0 else (f"within {days} day{'s' * (days > 1)}", f"{days}天内")
    if isinstance(part, PlanPart) and part.within_months is not None:
        return f"within {part.within_months} months", f"{part.within_months}个月内"
    return "", ""
