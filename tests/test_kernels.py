"""The cache of compiled code: taken while its sources are the same, and never when they are others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba")

from simsvc import clock, kernels
from simsvc.kernels import _imported

SOURCE = """
from typing import NamedTuple
from simsvc.kernels import kernel

class {name}(NamedTuple):
    a: int

@kernel
def plus(x):
    return x.a + {n}

print(plus({name}(1)), sum(plus.stats.cache_hits.values()))
"""


def test_code_of_other_sources_is_compiled_anew_even_if_its_types_are_gone(tmp_path: Path) -> None:
    def run(name: str, n: int) -> list[str]:
        (tmp_path / "changing.py").write_text(SOURCE.format(name=name, n=n))
        places = {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", "import changing"]
        done = subprocess.run(
            command, cwd=tmp_path, env=os.environ | places, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    assert run("Old", 1) == ["2", "0"]
    assert run("Old", 1) == ["2", "1"]
    assert run("New", 2) == ["3", "0"]
    assert run("New", 2) == ["3", "1"]


def test_a_constant_that_a_room_hands_on_is_followed_to_its_file() -> None:
    room = Path(clock.__file__).parent
    found = _imported(b"from simsvc.clock import DAY\nfrom simsvc.kernels import kernel\n")
    assert {room / "__init__.py", room / "epoch.py", Path(kernels.__file__)} == set(found)
