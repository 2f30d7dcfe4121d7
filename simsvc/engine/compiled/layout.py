"""Cells of memory laid out one after the other: tables that are given, and room for those that a run fills."""

from __future__ import annotations

from typing import Any

import numpy as np

from simsvc.case.arrays import Ints


class Layout:
    """A part of the memory from cell ``start`` on. Slots are written to the front of the memory, tables behind."""

    def __init__(self, start: int) -> None:
        self.start = self.size = start
        self.slots: dict[int, int] = {}
        self._pieces: list[tuple[int, Any, int]] = []

    def set(self, slot: int, value: int) -> None:
        """A single figure."""
        self.slots[slot] = int(value)

    def put(self, slot: int, values: Any) -> int:
        """Whole numbers (of any shape and integer type) as a table, noted in ``slot`` (-1: nowhere); its cell."""
        array = np.asarray(values).reshape(-1)
        return self._add(slot, array, len(array))

    def room(self, slot: int, cells: int, fill: int | None = None) -> int:
        """Cells that the run fills, ``fill`` in each until then (None: whatever lies there)."""
        return self._add(slot, fill, cells)

    def _add(self, slot: int, content: Any, cells: int) -> int:
        cell = self.size
        if slot >= 0:
            self.slots[slot] = cell
        if content is not None:
            self._pieces.append((cell, content, cells))
        self.size += cells
        return cell

    def write(self, memory: Ints) -> None:
        """Figures and tables into memory."""
        memory[list(self.slots)] = list(self.slots.values())
        for cell, content, cells in self._pieces:
            memory[cell : cell + cells] = content
