"""The scenarios that come with simsvc: found in an installed wheel and in a source checkout alike."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """The folder of the shipped scenarios: inside the installed package, else beside it in the source tree."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_scenarios"
    return installed if installed.is_dir() else package.parent / "scenarios"


def names() -> list[str]:
    """Names of all shipped scenarios, sorted."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def find(name: str) -> Path | None:
    """The file of a shipped scenario, None if there is none of this name."""
    return folder() / f"{name}.toml" if name in names() else None
