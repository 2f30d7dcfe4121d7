"""Questions about a plan that was found: what more or less would cost, and what it stands on."""

from __future__ import annotations

from simsvc.sizing.after.extras import EXTRAS, Extra, check_extras, extras_of
from simsvc.sizing.after.ladder import ladder
from simsvc.sizing.after.next_engineer import next_engineer
from simsvc.sizing.after.pareto import pareto
from simsvc.sizing.after.relaxed import relaxed
from simsvc.sizing.after.shown import published
from simsvc.sizing.after.sturdy import sturdy

__all__ = [
    "EXTRAS",
    "Extra",
    "check_extras",
    "extras_of",
    "ladder",
    "next_engineer",
    "pareto",
    "published",
    "relaxed",
    "sturdy",
]
