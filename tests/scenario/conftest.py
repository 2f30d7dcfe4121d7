"""A small valid scenario that uses nearly every table of the language, as text, as plain values and loaded."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from simsvc.scenario import Scenario, loads

SMALL = Path(__file__).with_name("small.toml")


@pytest.fixture
def text() -> str:
    return SMALL.read_text(encoding="utf-8")


@pytest.fixture
def raw(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


@pytest.fixture
def small(text: str) -> Scenario:
    return loads(text)
