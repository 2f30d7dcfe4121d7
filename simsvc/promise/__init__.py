"""What is promised and whether it holds: verdicts from tallies, plan rules, the trust card, JSON.

The linter for contradictions stands by itself in ``simsvc.promise.lint``.
"""

from simsvc.promise.judge import headline, judge
from simsvc.promise.result import REASONS, Row, Step, Trust, Use, Validation, Verdict
from simsvc.promise.validation import assemble
from simsvc.promise.wire import from_json, to_json

__all__ = [
    "REASONS",
    "Row",
    "Step",
    "Trust",
    "Use",
    "Validation",
    "Verdict",
    "assemble",
    "from_json",
    "headline",
    "judge",
    "to_json",
]
