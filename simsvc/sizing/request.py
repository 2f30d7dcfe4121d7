"""What was asked for: the ``[sizing]`` table, with the arguments of the call laid over it, names made explicit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simsvc.case import build
from simsvc.scenario import Scenario
from simsvc.scenario.sizing import YearlyCosts


@dataclass(frozen=True)
class Request:
    """Everything of ``[sizing]`` with nothing left open.

    ``keep``: clauses, empty where all that are judged are meant; ``target``: share promised instead of each clause's
    own; ``areas``: areas in which promises must hold one by one; ``candidates``: towns where a station may be opened
    (both in the order of the network); the rest as in ``scenario.sizing.Sizing``. ``given``: what was written over
    ``[sizing]``, by key.
    """

    keep: tuple[str, ...]
    target: float | None
    confidence: float
    areas: tuple[str, ...]
    candidates: tuple[str, ...]
    existing: Literal["fixed", "free"]
    most_engineers: int | None
    ease: bool
    costs: YearlyCosts
    given: Mapping[str, Any]


def request(
    scenario: Scenario,
    *,
    keep: Iterable[str] | None = None,
    target: float | str | None = None,
    confidence: float | None = None,
    areas: Iterable[str] | None = None,
    candidates: Iterable[str] | None = None,
    existing: Literal["fixed", "free"] | None = None,
    most_engineers: int | None = None,
    ease: bool | None = None,
) -> Request:
    """What a call of ``size`` asks for.

    Parameters
    ----------
    scenario : Scenario
        Its ``[sizing]`` table holds for whatever is left out here.
    keep, areas, candidates : iterable of str, optional
        Ids of clauses, areas and towns. No clause: all that are judged; no area: all that are not shown apart.
    target, confidence : float, optional
        Promised share (``0.95`` or ``"95 %"``) of every kept promise judged from logs; confidence of the whole plan.
    existing, most_engineers : optional
        Whether today's stations must stay open; most engineers in all.
    ease : bool, optional
        Plan for the nearest promise where none keeps the one asked for. Left out: as the scenario says, but never
        where ``keep``, ``target`` or ``areas`` are given: who names a promise wants to know about that one.

    Returns
    -------
    Request

    Raises
    ------
    ScenarioError
        With every name that doesn't exist (and the nearest) or value that isn't allowed, as if it stood in
        ``[sizing]``.
    """
    named = {"keep": keep, "areas": areas, "candidates": candidates}
    given: dict[str, Any] = {key: list(names) for key, names in named.items() if names is not None}
    given |= {
        key: value
        for key, value in (
            ("target", target),
            ("confidence", confidence),
            ("existing", existing),
            ("most_engineers", most_engineers),
        )
        if value is not None
    }
    if ease is not None or given.keys() & {"keep", "target", "areas"}:
        given["ease"] = bool(ease)
    asked = scenario.replace(**{f"sizing.{key}": value for key, value in given.items()}) if given else scenario
    spec, places, apart = asked.model.sizing, build(asked).places, asked.model.reporting.apart
    towns = set(spec.candidates or ())
    if spec.candidates is None:
        seats = zip(places.areas, places.area_seat.tolist(), strict=True)
        towns = {places.ids[seat] for area, seat in seats if seat >= 0 and area not in apart}
    wanted = set(spec.areas or (a for a in places.areas if a not in apart))
    return Request(
        keep=tuple(dict.fromkeys(spec.keep)),
        target=spec.target,
        confidence=spec.confidence,
        areas=tuple(a for a in places.areas if a in wanted),
        candidates=tuple(t for t in places.ids[: places.towns] if t in towns),
        existing=spec.existing,
        most_engineers=spec.most_engineers,
        ease=spec.ease,
        costs=spec.costs,
        given=given,
    )
