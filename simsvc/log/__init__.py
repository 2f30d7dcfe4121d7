"""The tables that a run leaves."""

from simsvc.log.schema import CODES, TABLES, Column
from simsvc.log.tables import Difference, Log, Table, from_rows, table

__all__ = ["CODES", "TABLES", "Column", "Difference", "Log", "Table", "from_rows", "table"]
