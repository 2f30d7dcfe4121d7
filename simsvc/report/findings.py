"""Findings of the promise linter in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simsvc.promise.result import Validation
from simsvc.report.words import Words


@dataclass(frozen=True)
class Finding:
    """One contradiction or gap: which clauses, how grave, why, and what to write instead."""

    clauses: str
    severity: str
    why: str
    instead: str


def findings(validation: Validation, words: Words) -> list[Finding]:
    """All findings in the linter's order."""
    return [
        Finding(
            clauses=words.join(str(c) for c in found.get("clauses", ())),
            severity=words.option("severity", str(found.get("severity", "note"))),
            why=_said(found, "why", words),
            instead=_said(found, "instead", words),
        )
        for found in validation.findings
    ]


def _said(found: Mapping[str, Any], key: str, words: Words) -> str:
    value = found.get(key, "")
    return words.pick(value) if isinstance(value, Mapping) else str(value)
