"""Logs as pandas tables, with names instead of indices and civil times instead of seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from simsvc.case import Case
from simsvc.case.references import reference_names
from simsvc.log import TABLES, Log

if TYPE_CHECKING:
    import pandas as pd


def frame(case: Case, table: str, logs: Iterable[tuple[int, Log]]) -> pd.DataFrame:
    """One table of several replications.

    Returns
    -------
    pandas.DataFrame
        Column ``replication`` first, then the schema's columns: times as local ``datetime64[s]`` (NaT: not happened),
        references and codes as categories (missing for none), flags as bool, durations in seconds. Tickets also have
        ``response_min`` and ``time_to_site_min`` (minutes from the report).
    """
    import pandas as pd

    known = reference_names(case)
    parts = []
    for replication, log in logs:
        raw = getattr(log, table)
        columns: dict[str, object] = {"replication": np.full(len(next(iter(raw.values()))), replication)}
        for column in TABLES[table]:
            values = raw[column.name]
            if column.unit == "time":
                moments = case.epoch.moments(values.astype(np.int64))
                columns[column.name] = np.where(values >= 0, moments, np.datetime64("NaT", "s"))
            elif column.refers:
                columns[column.name] = pd.Categorical.from_codes(
                    values, categories=pd.Index(known[column.refers], dtype=object)
                )
            elif column.unit == "flag":
                columns[column.name] = values.astype(bool)
            else:
                columns[column.name] = values
        if table == "tickets":
            columns["response_min"] = _minutes(raw["answered"], raw["reported"])
            columns["time_to_site_min"] = _minutes(raw["arrived"], raw["reported"])
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _minutes(end: np.ndarray, start: np.ndarray) -> np.ndarray:
    return np.where(end >= 0, (end - start) / 60, np.nan)
