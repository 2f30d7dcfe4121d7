"""A change to a scenario under a name."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from simsvc.scenario.base import Table, Text


class Preset(Table):
    """A change to try by its name. ``set``: values by path, as in a file that extends another."""

    name: Text
    set: Annotated[dict[str, Any], Field(min_length=1)]
