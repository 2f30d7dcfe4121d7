"""What is loaded when: nothing heavy before it is needed, and never numba where nothing is compiled."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"numba", "pandas", "matplotlib"}
HEAVIER = HEAVY | {"numpy", "scipy", "simpy", "networkx", "pyarrow", "jinja2", "holidays"}


def loaded(code: str) -> set[str]:
    """Top-level modules in a fresh interpreter after the code."""
    tail = "; import sys; print('modules', *{name.partition('.')[0] for name in sys.modules})"
    found = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return set(found.stdout.splitlines()[-1].split()[1:])


def test_importing_the_package_loads_nothing() -> None:
    assert loaded("import simsvc") & (HEAVIER | {"pydantic"}) == set()


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"]], ids=" ".join)
def test_help_needs_none_of_the_model(arguments: list[str]) -> None:
    code = f"""
try:
    from simsvc.cli.app import app
    app({arguments!r}, prog_name="simsvc")
except SystemExit:
    pass
"""
    assert loaded(code + "pass") & HEAVIER == set()


def test_a_scenario_is_read_and_changed_without_arrays() -> None:
    code = 'import simsvc as sv; sv.load("huitian-2018").override("stations.haikou.engineers", 3)'
    assert loaded(code) & HEAVIER == set()


def test_a_case_is_built_and_all_is_imported_without_what_compiles_and_draws() -> None:
    code = """
import simsvc as sv
from simsvc.case import build
build(sv.load("huitian-2018"))
for name in sv.__all__:
    getattr(sv, name)
"""
    assert loaded(code + "pass") & HEAVY == set()
