"""Every exception that simsvc raises on purpose.

SimsvcError
├── InputError          what a person wrote is wrong (exit code 2); carries a list of problems
│   ├── ScenarioError   a scenario file or an override
│   └── NetworkError    a road network: nodes, roads, a matrix, GraphML
└── StudyError          a run that cannot be made or continued

EngineWarning           a run that takes longer than it could (no error)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with an input: where, what stands there, and how to mend it.

    Parameters
    ----------
    path : str
        Dotted path in the scenario (``stations.haikou.engineers``), or file and row.
    value : str
        What stands there, as text; empty when something is missing.
    message : str
        What is wrong and what is allowed.
    remedy : str
        What to write instead.
    severity : str
        ``"error"`` (nothing runs) or ``"warning"`` (runs, but look at it).
    """

    path: str
    value: str
    message: str
    remedy: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        found = f" (found: {self.value})" if self.value else ""
        mend = f" — {self.remedy}" if self.remedy else ""
        return f"{self.path}: {self.message}{found}{mend}"


class SimsvcError(Exception):
    """Base of all errors raised on purpose."""


class InputError(SimsvcError):
    """Bad input; ``problems`` lists everything found, not only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class ScenarioError(InputError):
    """A scenario file, table or override that cannot be used."""


class NetworkError(InputError):
    """A road network that cannot be used."""


class StudyError(SimsvcError):
    """A study that cannot be run, read or continued."""


class EngineWarning(UserWarning):
    """The engine that was hoped for can't run; another gives the same log, later."""
