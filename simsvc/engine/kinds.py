"""Kinds of events in the order in which simultaneous ones happen. The order is part of the model."""

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
