"""Compiling is told while it happens: how many functions, how long; of ours only."""

from __future__ import annotations

import logging

import pytest

from simsvc.compiling import kernels, listen, watched

numba = pytest.importorskip("numba")


def function(module: str):  # type: ignore[no-untyped-def]
    def inner(a):  # type: ignore[no-untyped-def]
        return a + 1

    def outer(a):  # type: ignore[no-untyped-def]
        return compiled(a) * 2

    inner.__module__ = outer.__module__ = module
    compiled = numba.njit(inner)
    return numba.njit(outer)


def test_functions_are_counted_and_callees_among_them(caplog: pytest.LogCaptureFixture) -> None:
    listen()
    told: list[tuple[int, int, float]] = []
    ours = function("simsvc.made.up")
    with caplog.at_level(logging.INFO, "simsvc"), watched(lambda *now: told.append(now)):
        assert ours(20) == 42
        ours(21)
    done = [now[0] - told[0][0] for now in told]
    assert done == [0, 0, 1, 2]  # outer begun, inner begun, inner done, outer done
    seconds = [now[2] for now in told]
    assert seconds == sorted(seconds)
    assert all(now[1] >= max(kernels(), now[0]) for now in told)
    before = len(told)
    function("simsvc.made.up")(1)
    assert len(told) == before  # no longer watched


def test_functions_of_others_are_not_told() -> None:
    listen()
    told: list[tuple[int, int, float]] = []
    with watched(lambda *now: told.append(now)):
        function("somebody.else")(1)
    assert told == []


def test_the_package_has_kernels() -> None:
    assert kernels() > 10
