"""Kinds of events in the order in which simultaneous ones happen, and ranks of callers: both are part of the model."""

from __future__ import annotations

DAY = 0
ROSTER = 1
SHIFT = 2
RECEIPT = 3
WORK_END = 4
HOME = 5
ARRIVE = 6
DEPART = 7
HANDLED = 8
DECIDED = 9
REPORT = 10
RELEASE = 11
READY = 12
DELIVER = 13
VAN = 14
HANG_UP = 15
OVERFLOW = 16
UNIT = 20
STAND_IN = 21
LATERAL = 22
REVIEWED = 25

MESSAGES = 10
"""Added to the priority (0 to 9) of what is no live call: it waits behind all of them."""
