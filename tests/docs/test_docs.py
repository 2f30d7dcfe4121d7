"""The documents say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import simsvc as sv
from simsvc.cli.app import app
from simsvc.log.describe import markdown

ROOT = Path(__file__).parent.parent.parent


def test_the_page_of_tables_is_made_from_the_schema() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == markdown(), (
        "run: python -m simsvc.log.describe > docs/tables.md"
    )


def test_every_command_of_the_readme_exists() -> None:
    used = set(re.findall(r"^simsvc (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert used <= {command.name for command in app.registered_commands}
    assert used >= {"list", "show", "new", "check", "run", "validate", "explain", "network", "schema"}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bsv\.(\w+)", (ROOT / "README.md").read_text("utf-8")))))
def test_every_public_name_of_the_readme_exists(name: str) -> None:
    assert callable(getattr(sv, name))


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
