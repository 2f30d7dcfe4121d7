"""The tables that a run leaves."""

from simsvc.log.schema import CODES, TABLES, Column
from simsvc.log.tables import Log, Table, from_rows, table

__all__ = ["CODES", "TABLES", "Column", "Log", "Table", "from_rows", "table"]
