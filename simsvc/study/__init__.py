"""Studies: replications, verdicts, one ticket explained."""

from simsvc.study.explain import Explanation, explain
from simsvc.study.replicate import Replicator, one
from simsvc.study.simulate import Study, simulate
from simsvc.study.validate import PLAN, validate

__all__ = ["PLAN", "Explanation", "Replicator", "Study", "explain", "one", "simulate", "validate"]
