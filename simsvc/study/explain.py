"""The timeline of one ticket in words: what happened when, and what made it late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simsvc.case import Case
from simsvc.errors import Problem, ScenarioError
from simsvc.log import Log
from simsvc.scenario.base import Text
from simsvc.study.simulate import Study
from simsvc.study.story import SOLVED_REMOTELY, lines


@dataclass(frozen=True)
class Moment:
    """One line of a timeline: second of the run, local time as text, minutes since the report, what happened."""

    second: int
    when: str
    minutes: float
    what: Text


@dataclass(frozen=True)
class Explanation:
    """One ticket: where and what, its moments, and what its time to site is made of (minutes)."""

    ticket: int
    replication: int
    about: Text
    moments: tuple[Moment, ...]
    made_of: tuple[tuple[Text, float], ...]
    time_to_site: float | None


def explain(study: Study, ticket: int | None = None, *, replication: int | None = None) -> Explanation:
    """Tell one ticket's story.

    Parameters
    ----------
    study : Study
        From :func:`simsvc.simulate`.
    ticket : int, optional
        Number of the ticket in its replication; by default the worst miss: the longest time to site among the counted
        tickets that needed a visit and could be reached by road.
    replication : int, optional
        Default: the study's first.

    Raises
    ------
    ScenarioError
        If there is no such replication or ticket.
    """
    number = next(iter(study.logs)) if replication is None else replication
    if number not in study.logs:
        have = ", ".join(str(r) for r in study.logs)
        raise ScenarioError(Problem("replication", str(number), f"the study holds replications {have}"))
    log = study.logs[number]
    k = worst(study.case, log) if ticket is None else ticket
    count = len(log.tickets["ticket"])
    if not 0 <= k < count:
        problem = Problem("ticket", str(k), f"replication {number} has tickets 0 to {count - 1}", "write one of these")
        raise ScenarioError(problem)
    return _story(study.case, log, number, k)


def worst(case: Case, log: Log) -> int:
    """The counted, reachable ticket with the longest time to site (still waiting counts until the horizon)."""
    t = log.tickets
    if not len(t["ticket"]):
        raise ScenarioError(Problem("ticket", "", "this replication has no ticket", "take a longer window"))
    waited = np.where(t["arrived"] >= 0, t["arrived"], case.span.horizon) - t["reported"]
    visits = (t["counted"] == 1) & (t["status"] != SOLVED_REMOTELY) & (t["ready"] >= 0)
    for wanted in (visits & (t["reachable"] == 1), visits, t["counted"] == 1):
        if wanted.any():
            return int(np.argmax(np.where(wanted, waited, -1)))
    return 0


def _story(case: Case, log: Log, replication: int, k: int) -> Explanation:
    t = {name: int(values[k]) for name, values in log.tickets.items()}
    start = t["reported"]
    moments = tuple(
        Moment(second, f"{case.epoch.moment(second):%Y-%m-%d %a %H:%M:%S}", (second - start) / 60, what)
        for second, what in lines(case, log, k)
    )
    arrived = (t["arrived"] - start) / 60 if t["arrived"] >= 0 else None
    return Explanation(t["ticket"], replication, _about(case, t), moments, tuple(_made_of(case, t)), arrived)


def _about(case: Case, t: dict[str, int]) -> Text:
    places, (p, name) = case.places, case.supply.modes[t["mode"]]
    product = list(case.model.products.values())[p]
    mode, area, town = product.modes[name].name, places.area_names[t["area"]], places.names[t["town"]]
    more = [("; stops work", "；停工")] * (t["stops_work"] == 1) + [("; outside contract", "；合同外")] * (
        t["in_contract"] == 0
    )
    en, zh = ("".join(texts) for texts in zip(("", ""), *more, strict=True))
    return Text(
        en=f"{product.name.en}, {mode.en}; {town.en}, {area.en}; priority {t['priority']}{en}",
        zh=f"{product.name['zh']}，{mode['zh']}；{area['zh']} {town['zh']}；优先级 {t['priority']}{zh}",
    )


def _made_of(case: Case, t: dict[str, int]) -> Iterator[tuple[Text, float]]:
    """What the time to the first arrival (or the waiting so far) is made of."""
    ready = t["ready"]
    if ready < 0:
        return
    assigned = t["assigned"] if t["assigned"] >= 0 else case.span.horizon
    asked = (t["remote_end"] if t["remote_end"] >= 0 else t["triaged"]) if t["approved"] >= 0 else ready
    on_the_way = ("the contractor on his way", "外包赶赴现场") if t["contractor"] else ("driving", "行车")
    pieces = (
        ("desk, remote help and decision", "受理、远程支持与派单决定", asked - t["reported"]),
        ("waiting for approval by sales", "等待销售批准", ready - asked),
        ("waiting: everyone busy", "等待：工程师均忙", assigned - ready - t["off_duty"]),
        ("waiting: nobody on duty or on call", "等待：无人值班", t["off_duty"]),
        ("getting ready (set-out)", "出发准备", t["set_out"]),
        ("getting ready at home (mobilisation)", "待命集结", t["mobilise"]),
        ("held up by closed roads", "封路滞留", t["held"]),
        (*on_the_way, t["travel"]),
    )
    for en, zh, seconds in pieces:
        if seconds:
            yield Text(en=en, zh=zh), seconds / 60
