"""What happened to one ticket, as lines in English and Chinese: desk, visits, repair chain."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simsvc.case import Case
from simsvc.log import CODES, Log
from simsvc.log.words import CODE_WORDS
from simsvc.scenario.base import Text

Line = tuple[int, Text]
"""Second of the run, and what happened."""
ABANDONED, SOLVED_REMOTELY, REPLACED, FIXED = (
    CODES["TICKET_STATUS"].index(s) for s in ("abandoned", "solved_remotely", "replaced", "fixed_on_site")
)
FAULT, REWORK = (CODES["JOB_KINDS"].index(kind) for kind in ("fault", "rework"))
PURPOSE = {"loaner": (" with a stand-in", "，送备用机"), "rework": (" for rework", "，返工")}
CONTRACTOR = Text(en="the contractor", zh="外包方")


def lines(case: Case, log: Log, k: int) -> list[Line]:
    """Everything in order of time; of what happens in one second, causes before effects."""
    t = {name: int(values[k]) for name, values in log.tickets.items()}
    told = [*_desk(case, t), *_back(t), *_visits(case, log, k), *_chain(case, log, t)]
    return sorted(told, key=lambda line: line[0])


def _at(moment: int, en: str, zh: str) -> Iterator[Line]:
    if moment >= 0:
        yield moment, Text(en=en, zh=zh)


def _desk(case: Case, t: dict[str, int]) -> Iterator[Line]:
    """From the report until it is handed to dispatch."""
    desk, lost = case.model.desk, t["status"] == ABANDONED
    channels = list(desk.channels.values()) if desk is not None else []
    by = channels[t["channel"]].name if channels and t["channel"] >= 0 else None
    parent = f" (ticket {t['parent']} came back)" if t["parent"] >= 0 else ""
    parent_zh = f"（工单 {t['parent']} 重复报修）" if t["parent"] >= 0 else ""
    way, way_zh = (f" ({by.en})", f"（{by['zh']}）") if by is not None else ("", "")
    yield from _at(t["reported"], f"fault reported{way}{parent}", f"报修{way_zh}{parent_zh}")
    more = ("is lost", "未再接听") if lost else ("will be called back", "等待回拨")
    yield from _at(t["abandoned"], f"the caller hangs up and {more[0]}", f"来电挂断，{more[1]}")
    called_back = t["abandoned"] >= 0
    yield from _at(
        t["answered"],
        "a person calls back" if called_back else "a person answers",
        "回拨" if called_back else "有人接听",
    )
    yield from _at(t["triaged"], "the desk has taken the call", "受理完成")
    yield from _at(t["remote_start"], "a technician begins remote help", "技术员开始远程支持")
    solved = t["status"] == SOLVED_REMOTELY
    ended = ("solves it: closed", "解决，结单") if solved else ("fails: somebody must go", "未能解决，需上门")
    yield from _at(t["remote_end"], f"remote help {ended[0]}", f"远程支持{ended[1]}")
    yield from _at(t["approved"], "sales approve it (outside contract)", "销售批准（合同外）")
    yield from _at(t["ready"], "handed to dispatch", "转派单")


def _back(t: dict[str, int]) -> Iterator[Line]:
    """The end of the repair, which may set off a visit."""
    scrapped = t["scrapped"] == 1
    yield from _at(
        t["back"],
        "the unit is not worth repair: scrapped" if scrapped else "the unit is back at the station, repaired",
        "设备无维修价值，报废" if scrapped else "设备修好，返回服务站",
    )


def _visits(case: Case, log: Log, k: int) -> Iterator[Line]:
    """Every visit to the ticket, stand-ins brought and rework included."""
    table, held = log.visits, int(log.tickets["held"][k])
    again = np.append((log.jobs["kind"] == REWORK) & (log.jobs["ticket"] == k), False)[table["job"]]
    for row in np.flatnonzero((table["ticket"] == k) | again).tolist():
        v = {name: int(values[row]) for name, values in table.items()}
        yield from _visit(case, v, held if v["kind"] == FAULT else 0)


def _visit(case: Case, v: dict[str, int], held: int) -> Iterator[Line]:
    who = Text(en=name, zh=name) if (name := _name(case, v["engineer"])) else CONTRACTOR
    town, origin = case.places.names[v["town"]], case.places.names[v["origin"]]
    kind = CODES["JOB_KINDS"][v["kind"]]
    to, to_zh = PURPOSE.get(kind, (f" (visit {v['number']})", f"（第 {v['number']} 次上门）"))
    expected = round(v["expected_travel"] / 60)
    if v["engineer"] < 0:
        yield from _at(v["assigned"], f"{who.en} is called{to}, expected in {expected} min",
                       f"呼叫{who['zh']}{to_zh}，预计 {expected} 分钟到达")  # fmt: skip
    else:
        way, way_zh = f"from {origin.en}", f"自{origin['zh']}出发"
        if v["via"] >= 0:
            passed = case.places.names[v["via"]]
            way, way_zh = f"{way} by way of {passed.en}", f"{way_zh}，途经{passed['zh']}取件"
        yield from _at(v["assigned"], f"{who.en} is sent{to}, {way}; expected drive {expected} min",
                       f"派 {who['zh']}{to_zh}，{way_zh}，预计行车 {expected} 分钟")  # fmt: skip
    if v["departed"] > v["assigned"]:
        yield from _at(v["departed"], f"{who.en} sets off", f"{who['zh']} 出发")
    if held:
        yield from _at(v["departed"], f"{who.en} is held up by closed roads for {held / 60:.0f} min in all",
                       f"{who['zh']} 因封路共滞留 {held / 60:.0f} 分钟")  # fmt: skip
    yield from _at(v["arrived"], f"{who.en} is on site in {town.en}", f"{who['zh']} 到达{town['zh']}现场")
    en, zh = CODE_WORDS["OUTCOMES"][CODES["OUTCOMES"][v["outcome"]]]
    yield from _at(v["work_end"], f"work {en}", f"工作结束：{zh}")


def _name(case: Case, engineer: int) -> str:
    return case.staffing.engineers[engineer] if engineer >= 0 else ""


def _chain(case: Case, log: Log, t: dict[str, int]) -> Iterator[Line]:
    """Third level, workshop, stand-in, the end; and the review that found the repair wanting."""
    model = case.model
    yield from _at(t["expert_start"], "the third level begins", "三线专家开始处理")
    yield from _at(t["expert_end"], "the third level has found the way", "三线专家已找到办法")
    if t["route"] >= 0:
        route = list(model.repairs.values())[t["route"]].name
        yield from _at(t["sent"], f"the unit leaves for repair: {route.en}", f"设备送修：{route['zh']}")
    if t["loaner"] >= 0:
        pool = list(model.loaners.values())[t["loaner"]].name
        yield from _at(t["loaner_asked"], f"a stand-in is asked for: {pool.en}", f"申请备用机：{pool['zh']}")
    else:
        yield from _at(t["loaner_asked"], "a stand-in is asked for, and no station has one", "申请备用机，各站均无")
    yield from _at(t["loaner_placed"], "the stand-in is in place", "备用机到位")
    if t["status"] in (FIXED, REPLACED):
        yield from _at(t["fixed"], *_end(t))
    for row in np.flatnonzero((log.jobs["kind"] == REWORK) & (log.jobs["ticket"] == t["ticket"])).tolist():
        found = int(log.jobs["released"][row])
        yield from _at(found, "the review finds the repair wanting: to be done again", "复核不合格，须返工")


def _end(t: dict[str, int]) -> tuple[str, str]:
    if t["status"] == REPLACED:
        if t["scrapped"] and t["fixed"] == t["back"]:
            return "the stand-in stays for good: closed", "备用机留用，结单"
        return "a new unit works: closed", "更换新机，结单"
    part = (", with a substitute part", "（使用代用件）") if t["substitute"] else ("", "")
    return f"works again{part[0]}: closed", f"恢复正常{part[1]}，结单"
