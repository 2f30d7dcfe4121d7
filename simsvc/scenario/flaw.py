"""What a cross-check finds, before it becomes a problem."""

from __future__ import annotations

from dataclasses import dataclass

from simsvc.scenario.shape import Tokens


@dataclass(frozen=True)
class Flaw:
    """Something wrong between tables.

    ``needs``: further places on which it rests. Where a stand-in was put at one of them, since what stood there was
    wrong by itself, the flaw says nothing about what the person wrote, and is not reported.
    """

    tokens: Tokens
    message: str
    remedy: str
    needs: tuple[Tokens, ...] = ()
