"""A sweep as it is stored: its points, its rows as one table, its failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simsvc.errors import StudyError
from simsvc.study.sweep.store import PARTS, Store, stored
from simsvc.study.sweep.table import ERROR

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class Failure:
    """A point that could not be simulated: its number, its inputs by column, the error."""

    point: int
    inputs: dict[str, Any]
    error: str


@dataclass(frozen=True, eq=False)
class Sweep:
    """The results of a sweep; made by ``simsvc.sweep``, or ``Sweep.open`` from its folder.

    Attributes
    ----------
    store : Store
        Where they are; the part files that were whole when it was opened are read.
    """

    store: Store

    @classmethod
    def open(cls, folder: str | Path) -> Sweep:
        """The sweep stored in a folder, finished or not.

        Raises
        ------
        StudyError
            If there is none, or it is of another version.
        """
        found = stored(Path(folder))
        if found is None:
            raise StudyError(f"{folder} holds no sweep")
        return cls(found)

    @property
    def inputs(self) -> list[str]:
        """Columns in which the points differ."""
        return [str(entry["column"]) for entry in self.store.manifest["inputs"]]

    @property
    def points(self) -> int:
        """Points of the whole sweep."""
        return int(self.store.manifest["points"])

    @property
    def done(self) -> int:
        """Points simulated, those that failed included."""
        return sum(len(self.store.points(part)) for part in self._files)

    @property
    def files(self) -> str:
        """The part files as a pattern, for DuckDB, polars and whatever reads Parquet."""
        return str(self.store.folder / PARTS / "*.parquet")

    @cached_property
    def failed(self) -> Sequence[Failure]:
        """The points that failed, in order."""
        import pyarrow.compute as pc

        rows = self._arrow.filter(pc.is_valid(self._arrow[ERROR])).select(["point", *self.inputs, ERROR]).to_pylist()
        return [Failure(row.pop("point"), row, row.pop(ERROR)) for row in rows]

    def table(self) -> pd.DataFrame:
        """One row a point, clause part, reading and area: ``point``, the inputs, then the columns of a verdict.

        Points that failed have no rows. Shares are fractions, ``keepable_h`` hours; a figure written with a unit has it
        in the name of its column, as in ``"staff.set_out.mean [min]"``.
        """
        import pyarrow.compute as pc

        sound = self._arrow.filter(pc.is_null(self._arrow[ERROR])).drop_columns([ERROR])
        made: pd.DataFrame = sound.to_pandas()
        return made

    @cached_property
    def _files(self) -> dict[int, Path]:
        return self.store.complete()

    @cached_property
    def _arrow(self) -> pa.Table:
        import pyarrow as pa

        if not self._files:
            raise StudyError(f"{self.store.folder}: no point is done yet")
        return pa.concat_tables([self.store.read(file) for file in self._files.values()])
