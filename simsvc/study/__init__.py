"""Studies: replications, verdicts, one ticket explained."""

from simsvc.study.compare import compare
from simsvc.study.explain import Explanation, explain
from simsvc.study.replicate import Replicator, one
from simsvc.study.sensitivity import sensitivity
from simsvc.study.simulate import Study, simulate
from simsvc.study.validate import PLAN, validate
from simsvc.study.whatif import whatif
from simsvc.study.workers import Workers

__all__ = [
    "PLAN",
    "Explanation",
    "Replicator",
    "Study",
    "Workers",
    "compare",
    "explain",
    "one",
    "sensitivity",
    "simulate",
    "validate",
    "whatif",
]
