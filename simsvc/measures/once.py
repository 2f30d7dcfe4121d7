"""What is asked again and again of one case or of one log, worked out once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from simsvc.case.arrays import Case

T = TypeVar("T")
_cases: WeakKeyDictionary[Case, dict[Any, Any]] = WeakKeyDictionary()
_shared: ContextVar[dict[Any, Any] | None] = ContextVar("_shared", default=None)


def per_case(function: Callable[[Case], T]) -> Callable[[Case], T]:
    """Remember what ``function`` says of a case for as long as the case lives."""

    @wraps(function)
    def known(case: Case) -> T:
        mine = _cases.setdefault(case, {})
        if function not in mine:
            mine[function] = function(case)
        found: T = mine[function]
        return found

    return known


@contextmanager
def shared() -> Iterator[None]:
    """In here, functions that are ``per_log`` remember what they have said; nowhere else."""
    token = _shared.set({})
    try:
        yield
    finally:
        _shared.reset(token)


def recall(function: Callable[..., T], value: T, *args: Any) -> None:
    """Remember, inside ``shared``, what a function that is ``per_log`` would say: somebody else has worked it out."""
    memory = _shared.get()
    if memory is not None:
        memory[(inspect.unwrap(function), *map(id, args))] = args, value


def per_log(function: Callable[..., T]) -> Callable[..., T]:
    """Remember what ``function`` says of the same arguments (by identity), inside ``shared``.

    What it gives is shared, and must not be changed.
    """

    @wraps(function)
    def known(*args: Any) -> T:
        memory = _shared.get()
        if memory is None:
            return function(*args)
        key = (function, *map(id, args))
        if key not in memory:
            # The arguments live as long as their ids are keys.
            memory[key] = args, function(*args)
        found: T = memory[key][1]
        return found

    return known
