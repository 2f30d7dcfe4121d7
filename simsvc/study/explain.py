"""The timeline of one ticket in words: what happened when, and what made it late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simsvc.case import Case
from simsvc.errors import Problem, ScenarioError
from simsvc.log import Log
from simsvc.log.schema import OUTCOMES, TICKET_STATUS
from simsvc.scenario.base import Text
from simsvc.study.simulate import Study

SOLVED_REMOTELY = TICKET_STATUS.index("solved_remotely")
WORDS = {
    "part_missing": ("ends without the part that is needed", "缺件，未能修复"),
    "done": ("done", "完成"),
    "not_fixed": ("ends without a fix", "未能修复，需再次上门"),
}


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
    lines = sorted([*_desk(t), *_visits(case, log, k)], key=lambda line: line[0])
    start = t["reported"]
    moments = tuple(
        Moment(second, f"{case.epoch.moment(second):%Y-%m-%d %a %H:%M:%S}", (second - start) / 60, what)
        for second, what in lines
    )
    arrived = (t["arrived"] - start) / 60 if t["arrived"] >= 0 else None
    return Explanation(t["ticket"], replication, _about(case, t), moments, tuple(_made_of(case, t)), arrived)


def _about(case: Case, t: dict[str, int]) -> Text:
    places, (p, name) = case.places, case.supply.modes[t["mode"]]
    product = list(case.model.products.values())[p]
    mode, area, town = product.modes[name].name, places.area_names[t["area"]], places.names[t["town"]]
    return Text(
        en=f"{product.name.en}, {mode.en}; {town.en}, {area.en}; priority {t['priority']}",
        zh=f"{product.name['zh']}，{mode['zh']}；{area['zh']} {town['zh']}；优先级 {t['priority']}",
    )


def _desk(t: dict[str, int]) -> Iterator[tuple[int, Text]]:
    parent = f" (ticket {t['parent']} came back)" if t["parent"] >= 0 else ""
    parent_zh = f"（工单 {t['parent']} 重复报修）" if t["parent"] >= 0 else ""
    yield t["reported"], Text(en=f"fault reported{parent}", zh=f"报修{parent_zh}")
    solved = t["status"] == SOLVED_REMOTELY
    ended = ("solves it: closed", "解决，结单") if solved else ("fails: somebody must go", "未能解决，需上门")
    texts = {
        "answered": ("a person answers", "有人接听"),
        "triaged": ("the desk has taken the call", "受理完成"),
        "remote_start": ("a technician begins remote help", "技术员开始远程支持"),
        "remote_end": (f"remote help {ended[0]}", f"远程支持{ended[1]}"),
        "ready": ("handed to dispatch", "转派单"),
    }
    for name, (en, zh) in texts.items():
        if t[name] >= 0:
            yield t[name], Text(en=en, zh=zh)


def _visits(case: Case, log: Log, k: int) -> Iterator[tuple[int, Text]]:
    table, held = log.visits, int(log.tickets["held"][k])
    for row in np.flatnonzero(table["ticket"] == k):
        v = {name: int(values[row]) for name, values in table.items()}
        who = case.staffing.engineers[v["engineer"]]
        origin, town = case.places.names[v["origin"]], case.places.names[v["town"]]
        expected = round(v["expected_travel"] / 60)
        yield (
            v["assigned"],
            Text(
                en=f"{who} is sent (visit {v['number']}), from {origin.en}; expected drive {expected} min",
                zh=f"派 {who}（第 {v['number']} 次上门），自{origin['zh']}出发，预计行车 {expected} 分钟",
            ),
        )
        if v["departed"] > v["assigned"]:
            yield v["departed"], Text(en=f"{who} sets off", zh=f"{who} 出发")
        if v["number"] == 1 and v["departed"] >= 0 and held:
            yield (
                v["departed"],
                Text(
                    en=f"{who} is held up by closed roads for {held / 60:.0f} min in all",
                    zh=f"{who} 因封路共滞留 {held / 60:.0f} 分钟",
                ),
            )
        if v["arrived"] >= 0:
            yield v["arrived"], Text(en=f"{who} is on site in {town.en}", zh=f"{who} 到达{town['zh']}现场")
        if v["work_end"] >= 0:
            en, zh = WORDS[OUTCOMES[v["outcome"]]]
            yield v["work_end"], Text(en=f"work {en}", zh=f"工作结束：{zh}")


def _made_of(case: Case, t: dict[str, int]) -> Iterator[tuple[Text, float]]:
    """What the time to the first arrival (or the waiting so far) is made of."""
    ready = t["ready"]
    if ready < 0:
        return
    assigned = t["assigned"] if t["assigned"] >= 0 else case.span.horizon
    pieces = (
        ("desk, remote help and decision", "受理、远程支持与派单决定", ready - t["reported"]),
        ("waiting: everyone busy", "等待：工程师均忙", assigned - ready - t["off_duty"]),
        ("waiting: nobody on duty or on call", "等待：无人值班", t["off_duty"]),
        ("getting ready (set-out)", "出发准备", t["set_out"]),
        ("getting ready at home (mobilisation)", "待命集结", t["mobilise"]),
        ("held up by closed roads", "封路滞留", t["held"]),
        ("driving", "行车", t["travel"]),
    )
    for en, zh, seconds in pieces:
        if seconds:
            yield Text(en=en, zh=zh), seconds / 60
