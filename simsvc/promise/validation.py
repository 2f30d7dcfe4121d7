"""Everything that a validation says, put together from a case and the tallies of its replications."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from typing import Any

from simsvc.case.arrays import Case
from simsvc.measures import Tally
from simsvc.promise.judge import judge
from simsvc.promise.ladder import figures, histogram, ladder, uses
from simsvc.promise.result import Validation
from simsvc.promise.robust import Robustness
from simsvc.promise.trust import trust_card
from simsvc.promise.twins import Twins

LIBRARIES = ("simsvc", "numpy", "scipy", "numba", "simpy", "pydantic", "holidays")


def assemble(
    case: Case,
    tallies: Sequence[Tally],
    *,
    seed: int,
    engine: str,
    semantics: str | int,
    findings: Sequence[Mapping[str, Any]] = (),
    level: float = 0.95,
    low_confidence: float | None = None,
    sources: Mapping[str, str] | None = None,
    text: str = "",
    changes: Mapping[str, Any] | None = None,
    twins: Twins | None = None,
    robust: Robustness | None = None,
) -> Validation:
    """Judge the tallies and put everything beside the verdicts that belongs there.

    Parameters
    ----------
    case : Case
        The case that was run.
    tallies : sequence of Tally
        One per replication, in the order of the replications.
    seed : int
        Seed of the study.
    engine : str
        Engine that made the logs.
    semantics : str or int
        Version of the model's meaning, ``simsvc.engine.SEMANTICS``.
    findings : sequence of mappings
        What the promise linter found, as plain dicts.
    level : float
        Confidence level of every interval, see ``judge``.
    low_confidence : float, optional
        Share of road segments whose data are of low confidence.
    sources : mapping, optional
        Data sources by name (network, attribution), for the provenance.
    text : str
        The whole scenario as TOML, for the provenance; reports are made from it.
    changes : mapping, optional
        Values set since the file that the scenario came from, by path.
    twins : Twins, optional
        A replication that was run by the other engine, too.
    robust : Robustness, optional
        What became of the verdicts over the ranges of the assumptions.
    """
    rows = judge(case, tallies, level=level)
    numbers = figures(case, tallies)
    model = case.model
    return Validation(
        scenario=model.name,
        title={"en": model.title["en"], "zh": model.title["zh"]},
        seed=seed,
        replications=len(tallies),
        rows=robust.beside(rows) if robust is not None else rows,
        ladder=ladder(case, tallies, level=level),
        use=uses(case, tallies, level=level),
        histogram=histogram(case, tallies),
        trust=trust_card(
            case,
            rows,
            numbers,
            replications=len(tallies),
            low_confidence=low_confidence,
            changes=changes,
            engine=engine,
            twins=twins,
            robust=robust,
        ),
        findings=tuple(dict(f) for f in findings),
        figures=numbers,
        provenance={
            "scenario": model.name,
            "scenario_source": model.source,
            "hash": case.key,
            "seed": seed,
            "replications": len(tallies),
            "level": level,
            "engine": engine,
            "semantics": semantics,
            "python": platform.python_version(),
            "versions": versions(),
            "sources": dict(sources or {}),
            "changes": dict(changes or {}),
            "scenario_text": text,
        },
        tried=robust.tried if robust is not None else None,
    )


def versions() -> dict[str, str]:
    """Installed versions of what a result depends on; what is not installed took no part."""
    return dict(_installed())


def _installed() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
