"""Exit codes, no tracebacks, nothing half-written, quick to answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simsvc.cli.output import write_json
from simsvc.errors import InputError, StudyError


def simsvc(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "dumb", "COLUMNS": "160"}
    return subprocess.run(
        [sys.executable, "-m", "simsvc", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
        **options,
    )


def test_as_a_program() -> None:
    result = simsvc("--version")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("simsvc ")


def test_bad_input_as_a_program() -> None:
    result = simsvc("check", "no-such-scenario")
    assert result.returncode == 2
    assert "there is no scenario of this name" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m simsvc schema | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("{\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["check"],
        ["check", "huitian-2018", "--sett", "a=b"],
        ["check", "huitian-2018", "--language", "fr"],
        ["list", "--json", "/"],
        ["list", "--json", "/no/such/folder/x.json"],
        ["list", "extra"],
    ],
)
def test_usage_errors(run: Any, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage" in result.stderr
    assert result.stdout == ""


def test_help(run: Any) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(command in result.stdout for command in ("list", "show", "check", "schema"))


def raising(error: BaseException) -> Any:
    def load(_: object) -> None:
        raise error

    return load


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (StudyError("the store is of another version"), 2, "the store is of another version"),
        (ZeroDivisionError("division by zero"), 70, "internal error, please report it: ZeroDivisionError"),
        (MemoryError(), 70, "internal error"),
    ],
)
def test_exceptions_become_exit_codes(
    run: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    monkeypatch.delenv("SIMSVC_TRACEBACK", raising=False)
    monkeypatch.setattr("simsvc.scenario.load", raising(error))
    result = run("show", "huitian-2018")
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_traceback_on_request(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMSVC_TRACEBACK", "1")
    monkeypatch.setattr("simsvc.scenario.load", raising(ZeroDivisionError()))
    assert "Traceback" in run("show", "huitian-2018").stderr


def test_json_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    write_json({"a": 1}, str(target))
    with pytest.raises(TypeError):
        write_json({"a": object()}, str(target))
    assert json.loads(target.read_text()) == {"a": 1}
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(InputError, match="can't be written"):
        write_json({}, str(tmp_path / "no" / "out.json"))


def test_help_loads_no_heavy_library() -> None:
    """The command line answers at once: nothing that takes long is imported before it is needed."""
    code = (
        "import sys, contextlib, io\n"
        "from simsvc.cli.app import app\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): app(['--help'])\n"
        "heavy = {'numpy', 'pandas', 'scipy', 'networkx', 'matplotlib', 'simpy', 'holidays', 'jinja2', 'numba'}\n"
        "print(sorted(heavy & set(sys.modules)), 'simsvc.scenario.model' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[] False\n"
