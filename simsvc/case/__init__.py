"""Scenario and network compiled once into immutable dense arrays, with named plausibility checks."""

from simsvc.case.arrays import Case, Places, Span, Staffing, Supply
from simsvc.case.build import build
from simsvc.case.plausibility import check

__all__ = ["Case", "Places", "Span", "Staffing", "Supply", "build", "check"]
