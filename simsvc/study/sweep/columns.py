"""What the points of a sweep differ in as columns of a table: numbers where figures were written, else texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from simsvc.errors import ScenarioError
from simsvc.scenario import paths, scale, shape
from simsvc.scenario.model import Model

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["whole", "number", "flag", "date", "text"]


@dataclass(frozen=True)
class Column:
    """One input of the points.

    Attributes
    ----------
    path : str
        The path that is changed.
    unit : str
        Unit of the numbers, as written (``"min"``); it stands in the column's name.
    kind : str
        What the cells are.
    base : object
        The cell of a point that leaves the path as it is; None where nothing stands.
    """

    path: str
    unit: str
    kind: Kind
    base: Any
    size: scale.Scale | None

    @property
    def name(self) -> str:
        """``"stations.haikou.engineers"``, ``"staff.set_out.mean [min]"``."""
        return f"{self.path} [{self.unit}]" if self.unit else self.path

    def cell(self, changes: dict[str, Any]) -> Any:
        """What a point with these changes has in this column."""
        return self.read(changes[self.path]) if self.path in changes else self.base

    def read(self, value: Any) -> Any:
        """A written value as a cell."""
        if value is None:
            return None
        if self.size is not None:
            number = self.size.number(value)
            return int(number) if self.kind == "whole" else number
        return value if self.kind in ("flag", "date") or isinstance(value, str) else paths.show(value)

    def arrow(self) -> pa.DataType:
        """Type of the cells in Parquet."""
        import pyarrow as pa

        made = {"whole": pa.int64, "number": pa.float64, "flag": pa.bool_, "date": pa.date32, "text": pa.string}
        return made[self.kind]()


def column(raw: dict[str, Any], path: str, values: Sequence[Any]) -> Column:
    """The column for a path that takes on these written values in a scenario of plain values ``raw``."""
    try:
        tokens = paths.find(Model, raw, scale.target(raw, path))
        annotation, base = shape.annotation_at(Model, raw, tokens), paths.value_at(Model, raw, tokens)
    except ScenarioError:  # a path below something that a point itself brings
        annotation, base = None, None
    known = [value for value in (*values, base) if value is not None]
    size = scale.of(annotation, known) if annotation is not None else None
    made = Column(path, size.unit if size is not None else "", _kind(size, known), None, size)
    return Column(path, made.unit, made.kind, made.read(base), size)


def _kind(size: scale.Scale | None, values: Sequence[Any]) -> Kind:
    if size is not None:
        return "whole" if size.whole else "number"
    if values and all(isinstance(v, bool) for v in values):
        return "flag"
    return "date" if values and all(isinstance(v, dt.date) for v in values) else "text"
