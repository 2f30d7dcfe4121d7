"""Every random number of one replication, keyed; it knows nothing of roads or queues."""

from simsvc.workload.draw import draw, restaffed
from simsvc.workload.leads import Leads
from simsvc.workload.tables import VISITS, Calls, Faults, Legs, Orders, Repairs, Visits, Weather, Workload

__all__ = [
    "VISITS",
    "Calls",
    "Faults",
    "Leads",
    "Legs",
    "Orders",
    "Repairs",
    "Visits",
    "Weather",
    "Workload",
    "draw",
    "restaffed",
]
