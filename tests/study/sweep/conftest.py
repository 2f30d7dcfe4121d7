"""A scenario whose year is two days, so that thousands of points take seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import simsvc as sv

PART = {"kind": "sim", "measure": "time_to_site", "limit": "2 h"}


@pytest.fixture(scope="session")
def brief(own: Any) -> sv.Scenario:
    """Two days of three faults each; one promise; three assumptions, the last a word."""
    return own(
        time={"window": "2 d", "drain": "1 d"},
        staff={"set_out": "10 min", "out_of_hours": "on-call"},
        products={"p": {"rate": "3 /d"}},
        clauses={"c": {"text": {"en": "c"}, "parts": [PART]}},
        assumptions={
            "rate": {"path": "products.p.rate", "low": "1 /d", "high": "6 /d", **_rest("rate")},
            "work": {"path": "products.p.modes.m.work", "low": "30 min", "high": "3 h", **_rest("work")},
            "duty": {"path": "staff.out_of_hours", "low": "off", "high": "on-call", **_rest("duty")},
        },
    )


def _rest(name: str) -> dict[str, Any]:
    return {"source": "assumed", "confidence": "low", "name": {"en": name}}


@pytest.fixture(scope="session")
def parts() -> Any:
    """``parts(folder)``: content of the part files of a sweep by name."""
    return lambda folder: {f.name: f.read_bytes() for f in sorted((Path(folder) / "parts").iterdir())}
