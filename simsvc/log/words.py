"""What the codes of the log mean, in English and Chinese."""

from __future__ import annotations

CODE_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "CAUSES": {
        "hardware": ("hardware", "硬件"),
        "misuse": ("misuse", "使用不当"),
        "software": ("software", "软件"),
        "other": ("other", "其他"),
    },
    "TICKET_STATUS": {
        "open": ("open", "未完成"),
        "solved_remotely": ("solved by telephone or remote help", "电话或远程解决"),
        "fixed_on_site": ("repaired", "已修复"),
        "replaced": ("replaced by a new unit", "已更换新机"),
        "abandoned": ("caller hung up and was lost", "来电放弃"),
    },
    "JOB_KINDS": {
        "fault": ("visit to a fault", "故障上门"),
        "follow_up": ("follow-up visit", "再次上门"),
        "installation": ("installation", "安装"),
        "inspection": ("inspection", "巡检"),
        "cleaning": ("cleaning", "清洗"),
        "training": ("training", "培训"),
        "standby": ("standby at an event", "重要活动值守"),
        "rework": ("rework", "返工"),
        "loaner": ("visit with a stand-in device", "送备用机"),
    },
    "OUTCOMES": {
        "part_missing": ("ends without the part that is needed", "缺件，未能修复"),
        "done": ("done", "完成"),
        "not_fixed": ("ends without a fix", "未能修复，需再次上门"),
        "sent_away": ("ends with the unit going to repair", "设备送修"),
        "too_hard": ("ends with the fault going to the third level", "转三线专家"),
    },
    "STOCK_EVENTS": {
        "issue": ("piece taken", "出库"),
        "receipt": ("piece received", "入库"),
        "backorder": ("piece asked for in vain", "欠货"),
        "lateral": ("piece sent to another station", "调拨至其他站"),
    },
    "STATES": {
        "set_out": ("getting ready", "出发准备"),
        "travel_out": ("driving to a site", "前往现场"),
        "on_site": ("on site", "现场"),
        "travel_back": ("driving back", "返程"),
    },
}
"""By code table and code, as in ``schema.CODES``: (english, chinese)."""
