"""Columns of the log that the kernels read, as they are in its tables."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from simsvc.log import Table

Column = npt.NDArray[np.signedinteger[Any]]


class Tickets(NamedTuple):
    """Of the tickets."""

    area: Column
    town: Column
    product: Column
    status: Column
    counted: Column
    reported: Column
    answered: Column
    abandoned: Column
    remote_start: Column
    remote_end: Column
    ready: Column
    assigned: Column
    departed: Column
    arrived: Column
    fixed: Column
    off_duty: Column
    mobilise: Column
    held: Column
    reachable: Column
    loaner_asked: Column
    loaner: Column
    loaner_placed: Column


class Orders(NamedTuple):
    """Of the orders."""

    area: Column
    town: Column
    goods: Column
    ordered: Column
    received: Column
    ready: Column
    departed: Column
    delivered: Column
    route: Column


class Jobs(NamedTuple):
    """Of the planned jobs."""

    area: Column
    town: Column
    plan: Column
    released: Column
    due: Column
    assigned: Column
    arrived: Column
    done: Column


class Diary(NamedTuple):
    """Of the states of the engineers."""

    engineer: Column
    start: Column
    end: Column


class Made(NamedTuple):
    """Of the visits: who made them, and when he was named."""

    engineer: Column
    assigned: Column


Of = TypeVar("Of", Tickets, Orders, Jobs, Diary, Made)


def columns(kind: type[Of], table: Table) -> Of:
    """Columns of a table, each in one piece and open to writing: kernels are compiled for such arrays alone."""
    return kind(
        *(a if a.flags.carray else np.require(a, None, ("C", "W")) for a in (table[name] for name in kind._fields))
    )
