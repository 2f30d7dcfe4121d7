"""Does the ticket log record what a ticket is promised to record?"""

from __future__ import annotations

from simsvc.case.arrays import Case
from simsvc.log import CODES, TABLES
from simsvc.promise.plan.decided import Plan
from simsvc.scenario.promises import PlanPart

FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "number": ("编号", ("tickets.ticket",)),
    "customer": ("客户", ("tickets.area", "tickets.town", "tickets.unit")),
    "device": ("设备", ("tickets.product", "tickets.unit")),
    "service level": ("服务级别", ("tickets.in_contract", "tickets.in_warranty")),
    "priority": ("优先级", ("tickets.priority",)),
    "impact": ("影响", ("tickets.stops_work",)),
    "engineer": ("工程师", ("visits.ticket", "visits.engineer")),
    "status until closed": ("状态直至结单", ("tickets.status", "tickets.fixed")),
}
"""What a ticket holds (english: chinese, columns of the log)."""


def ticket_fields(case: Case, _: PlanPart) -> Plan:
    """Has every field its columns in the log, an open ticket a status, and is there one desk that opens it?"""
    known = {f"{table}.{column.name}" for table, columns in TABLES.items() for column in columns}
    missing = {name: [c for c in columns if c not in known] for name, (_, columns) in FIELDS.items()}
    if "open" not in CODES["TICKET_STATUS"]:
        missing["status until closed"].append("open")
    wrong, fine = [], []
    for name, (zh, columns) in FIELDS.items():
        kept = ", ".join(missing[name] or columns)
        if missing[name]:
            wrong.append((f"{name}: not recorded ({kept})", f"{zh}：未记录（{kept}）"))
        else:
            fine.append((f"{name}: {kept}", f"{zh}：{kept}"))
    desk = case.model.desk is not None
    if desk:
        fine.insert(0, ("opened by one desk: [desk]", "由一个服务台开单：[desk]"))
    else:
        wrong.insert(0, ("no desk opens the ticket: there is no [desk]", "无服务台开单：缺少 [desk]"))
    return Plan(len(fine), len(FIELDS) + 1, (*wrong, *fine))
