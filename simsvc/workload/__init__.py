"""Every random number of one replication, keyed; it knows nothing of roads or queues."""

from simsvc.workload.draw import draw
from simsvc.workload.leads import Leads
from simsvc.workload.tables import VISITS, Faults, Legs, Orders, Visits, Weather, Workload

__all__ = ["VISITS", "Faults", "Leads", "Legs", "Orders", "Visits", "Weather", "Workload", "draw"]
