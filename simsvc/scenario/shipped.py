"""The scenarios that come with simsvc: found in an installed wheel and in a source checkout alike."""

from __future__ import annotations

import tomllib
from pathlib import Path


def folder() -> Path:
    """The folder of the shipped scenarios: inside the installed package, else beside it in the source tree."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_scenarios"
    return installed if installed.is_dir() else package.parent / "scenarios"


def names() -> list[str]:
    """Names of all shipped scenarios, sorted."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def documents() -> list[str]:
    """Names of the shipped scenarios that stand by themselves, sorted: without the variants, which extend another."""
    return [name for name in names() if "extends" not in tomllib.loads((folder() / f"{name}.toml").read_text("utf-8"))]


def find(name: str) -> Path | None:
    """The file of a shipped scenario, None if there is none of this name."""
    return folder() / f"{name}.toml" if name in names() else None


def beside(name: str, own: Path) -> Path:
    """A file that a scenario includes: in the scenario's folder ``own``, else among the shipped ones."""
    local, found = own / name, folder() / name
    return found if not local.exists() and found.is_file() else local
