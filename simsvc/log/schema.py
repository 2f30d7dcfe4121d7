"""The tables that a run leaves: columns, types, units, meanings. A real help-desk export fills the same schema.

Times are integer seconds from the start of the simulation, -1 where it has not happened (open tickets are rows).
References (area, town, station, engineer …) are indices into the tuples of the same name in the case, -1 for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["s", "time", "index", "flag", "code", "count"]


@dataclass(frozen=True)
class Column:
    """One column: dtype, unit and meaning in English and Chinese."""

    name: str
    dtype: str
    unit: Unit
    en: str
    zh: str
    refers: str = ""


CAUSES = ("hardware", "misuse", "software", "other")
TICKET_STATUS = ("open", "solved_remotely", "fixed_on_site", "replaced", "abandoned")
JOB_KINDS = (
    "fault",
    "follow_up",
    "installation",
    "inspection",
    "cleaning",
    "training",
    "standby",
    "rework",
    "loaner",
)
OUTCOMES = ("part_missing", "done", "not_fixed", "sent_away", "too_hard")
STOCK_EVENTS = ("issue", "receipt", "backorder", "lateral")
STATES = ("set_out", "travel_out", "on_site", "travel_back")

_t = "int64"
_i = "int32"

TICKETS = (
    Column("ticket", _i, "index", "ticket, in order of report", "工单号（按报修先后）"),
    Column("key", "uint64", "index", "stable key of the fault's luck", "故障的固定随机键"),
    Column("parent", _i, "index", "ticket whose fault came back", "原工单（重复报修）"),
    Column("area", _i, "index", "city, county or zone", "市县", "areas"),
    Column("town", _i, "index", "town of the fault", "乡镇", "places"),
    Column("product", _i, "index", "device type", "设备类型", "products"),
    Column("mode", _i, "index", "fault mode", "故障类型", "modes"),
    Column(
        "unit", _i, "index", "unit that failed, numbered within area and device type", "故障设备（按市县和类型编号）"
    ),
    Column("channel", "int8", "index", "channel of the report", "报修渠道", "channels"),
    Column("cause", "int8", "code", "cause of the fault", "故障原因", "CAUSES"),
    Column("priority", "int8", "count", "0 is served first", "优先级（0 最先）"),
    Column("stops_work", "int8", "flag", "stops the user's work (impact)", "影响：停工"),
    Column("in_contract", "int8", "flag", "under contract", "合同内"),
    Column("reported", _t, "time", "fault reported (call comes in)", "报修时间"),
    Column("answered", _t, "time", "answered by a person", "接听时间"),
    Column("abandoned", _t, "time", "caller hung up unanswered", "来电放弃"),
    Column("triaged", _t, "time", "desk has finished the call", "受理完成"),
    Column("remote_start", _t, "time", "technician begins remote help", "远程支持开始"),
    Column("remote_end", _t, "time", "remote help ends (solved or failed)", "远程支持结束"),
    Column("approved", _t, "time", "approved by sales (outside contract)", "合同外批准"),
    Column("ready", _t, "time", "handed to dispatch", "转派单"),
    Column("assigned", _t, "time", "first engineer named", "首次派工"),
    Column("departed", _t, "time", "first engineer sets off", "首次出发"),
    Column("arrived", _t, "time", "first arrival on site", "首次到场"),
    Column("expert_start", _t, "time", "third level begins", "三线专家开始"),
    Column("expert_end", _t, "time", "third level has found the way", "三线专家结束"),
    Column("route", "int8", "index", "route by which the unit left for repair", "送修途径", "repairs"),
    Column("sent", _t, "time", "unit leaves the site for repair", "送修时间"),
    Column("back", _t, "time", "unit is back at the station, or known to be scrapped", "返修回站或判废"),
    Column("scrapped", "int8", "flag", "unit was not worth repair", "报废"),
    Column("loaner_asked", _t, "time", "stand-in asked for", "申请备用机"),
    Column("loaner", "int8", "index", "pool that gave one", "备用机池", "loaners"),
    Column("loaner_placed", _t, "time", "stand-in in place", "备用机到位"),
    Column("fixed", _t, "time", "own or new unit works", "修复时间"),
    Column("status", "int8", "code", "how it stands", "状态", "TICKET_STATUS"),
    Column("visits", _i, "count", "visits begun", "上门次数"),
    Column(
        "failed", "int8", "count", "repairs of this fault that failed, those before a repeat included", "修复失败次数"
    ),
    Column("contractor", "int8", "flag", "first visit by the contractor", "首次由外包上门"),
    Column("part", _i, "index", "spare part needed", "所需备件", "parts"),
    Column("substitute", "int8", "flag", "a substitute part was used", "使用代用件"),
    Column("part_wait", _t, "s", "time from needing the part to having it at the station", "缺件等待"),
    Column("off_duty", _t, "s", "part of the wait for an engineer with nobody on duty or on call", "无人值班等待"),
    Column("mobilise", _t, "s", "mobilisation of the first engineer (at home, on call)", "待命集结时间"),
    Column("set_out", _t, "s", "set-out of the first engineer (at the station, on duty)", "出发准备时间"),
    Column("held", _t, "s", "part of the first trip held up by closed roads", "封路滞留"),
    Column("travel", _t, "s", "driving time of the first trip, without being held", "首次行车时间"),
    Column("reachable", "int8", "flag", "somebody who may serve such a fault there can reach the place", "有人可到达"),
    Column("in_warranty", "int8", "flag", "unit is in warranty", "在保"),
    Column("counted", "int8", "flag", "in the cohort: reported inside the counted window", "计入统计"),
)
VISITS = (
    Column("visit", _i, "index", "visit, in order of assignment", "上门序号"),
    Column("kind", "int8", "code", "what the visit is for", "任务类型", "JOB_KINDS"),
    Column("ticket", _i, "index", "ticket (faults, follow-ups, stand-ins)", "工单号（故障、再次上门、备用机）"),
    Column("job", _i, "index", "planned job (all other visits)", "计划任务号（其余任务）"),
    Column("number", "int8", "count", "first, second … visit of the ticket", "第几次上门"),
    Column("engineer", _i, "index", "who went; none for the contractor", "工程师（外包为空）", "engineers"),
    Column("station", _i, "index", "station he works for that day", "服务站", "stations"),
    Column("tier", "int8", "count", "0 own area, 1 backup, 2 contractor", "0 本站，1 支援，2 外包"),
    Column("origin", _i, "index", "place he left from", "出发地", "places"),
    Column(
        "via", _i, "index", "place passed on the way, for a part or stand-in that lies there", "途经（取件）", "places"
    ),
    Column("town", _i, "index", "place of the job", "任务地点", "places"),
    Column("ready", _t, "time", "job waits from here", "可派工时间"),
    Column("assigned", _t, "time", "engineer named", "派工时间"),
    Column("departed", _t, "time", "sets off (after set-out or mobilisation)", "出发时间"),
    Column("arrived", _t, "time", "on site", "到场时间"),
    Column("work_start", _t, "time", "work begins (after site access)", "开工时间"),
    Column("work_end", _t, "time", "work ends", "完工时间"),
    Column("expected_travel", _t, "s", "driving time that dispatch expected", "预计行车时间"),
    Column("outcome", "int8", "code", "how it ended; -1 under way", "结果", "OUTCOMES"),
    Column("brought", "int8", "flag", "right part brought", "带对备件"),
)
JOBS = (
    Column("job", _i, "index", "planned job", "计划任务号"),
    Column("kind", "int8", "code", "what the job is", "任务类型", "JOB_KINDS"),
    Column("plan", _i, "index", "planned visit rule", "巡检规则", "planned"),
    Column("order", _i, "index", "order to install", "订单号"),
    Column("ticket", _i, "index", "ticket reviewed and found wanting", "返工工单号"),
    Column("area", _i, "index", "city, county or zone", "市县", "areas"),
    Column("town", _i, "index", "town", "乡镇", "places"),
    Column("released", _t, "time", "may be done from here", "可执行时间"),
    Column("due", _t, "time", "end of its window", "到期时间"),
    Column("assigned", _t, "time", "engineer named", "派工时间"),
    Column("arrived", _t, "time", "on site", "到场时间"),
    Column("done", _t, "time", "done", "完成时间"),
    Column("counted", "int8", "flag", "in the cohort", "计入统计"),
)
ORDERS = (
    Column("order", _i, "index", "order, in order of time", "订单号"),
    Column("key", "uint64", "index", "stable key of the order's luck", "订单的固定随机键"),
    Column("area", _i, "index", "city, county or zone", "市县", "areas"),
    Column("town", _i, "index", "town", "乡镇", "places"),
    Column("parent", _i, "index", "order whose goods were short, wrong or faulty", "原订单（补换货）"),
    Column("goods", _i, "index", "kind of goods", "货物类别", "goods"),
    Column("ordered", _t, "time", "ordered", "下单时间"),
    Column("received", _t, "time", "received by the warehouse (open hours, before the cut-off)", "仓库受理"),
    Column("ready", _t, "time", "ready to load", "备货完成"),
    Column("departed", _t, "time", "van or courier leaves", "发车时间"),
    Column("delivered", _t, "time", "delivered", "送达时间"),
    Column("route", _i, "index", "van route or courier", "配送线路或快递", "routes"),
    Column("install", "int8", "flag", "must be installed", "需安装"),
    Column("returned", "int8", "flag", "will be returned", "退货"),
    Column("counted", "int8", "flag", "in the cohort", "计入统计"),
)
STOCK = (
    Column("time", _t, "time", "when", "时间"),
    Column("store", _i, "index", "station, or the number of stations for the hub", "库存地点", "stores"),
    Column("part", _i, "index", "part", "备件", "parts"),
    Column("event", "int8", "code", "what happened (lateral: to another station)", "事件", "STOCK_EVENTS"),
    Column("on_hand", _i, "count", "on hand afterwards", "现有库存"),
    Column("on_order", _i, "count", "on order afterwards", "在途数量"),
    Column("backorders", _i, "count", "backorders afterwards", "欠货数量"),
)
ENGINEERS = (
    Column("engineer", _i, "index", "engineer", "工程师", "engineers"),
    Column("state", "int8", "code", "set out, travel out, on site, travel back", "状态", "STATES"),
    Column("start", _t, "time", "from", "开始"),
    Column("end", _t, "time", "to", "结束"),
    Column("place", _i, "index", "where he is or is going", "地点", "places"),
    Column("visit", _i, "index", "visit", "上门序号"),
)
TABLES: dict[str, tuple[Column, ...]] = {
    "tickets": TICKETS,
    "visits": VISITS,
    "jobs": JOBS,
    "orders": ORDERS,
    "stock": STOCK,
    "engineers": ENGINEERS,
}
CODES: dict[str, tuple[str, ...]] = {
    "CAUSES": CAUSES,
    "TICKET_STATUS": TICKET_STATUS,
    "JOB_KINDS": JOB_KINDS,
    "OUTCOMES": OUTCOMES,
    "STOCK_EVENTS": STOCK_EVENTS,
    "STATES": STATES,
}
