"""What a person writes: TOML and CSV in, a validated, immutable ``Scenario`` out."""

from __future__ import annotations

from simsvc.scenario.ledger import Entry
from simsvc.scenario.scenario import Scenario, from_dict, load, loads
from simsvc.scenario.schema import json_schema
from simsvc.scenario.shipped import documents, names

__all__ = ["Entry", "Scenario", "documents", "from_dict", "json_schema", "load", "loads", "names"]
