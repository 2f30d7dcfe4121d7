"""Commands run in this process; a small scenario on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from simsvc.cli.app import app

Run = Callable[..., Any]

SMALL = Path(__file__).parent.parent / "scenario" / "small.toml"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("check", "huitian-2018")`` → exit_code, stdout, stderr."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.delenv("SIMSVC_LANGUAGE", raising=False)
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_bytes(SMALL.read_bytes())
    return path
