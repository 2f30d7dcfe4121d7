"""Civil time to integer seconds and back: duty calendars, holidays, travel bands, promise deadlines.

Integer seconds count from 00:00 of the first simulated day, local civil time (UTC+8, no daylight saving).
"""

from __future__ import annotations

from simsvc.clock.bands import HOLIDAY, NIGHT, OFF_PEAK, PEAK, WEEKEND, Bands, bands
from simsvc.clock.book import HolidayBook
from simsvc.clock.calendar import NEVER, Calendar
from simsvc.clock.deadline import days_needed, deadline
from simsvc.clock.epoch import DAY, Epoch

__all__ = [
    "DAY",
    "HOLIDAY",
    "NEVER",
    "NIGHT",
    "OFF_PEAK",
    "PEAK",
    "WEEKEND",
    "Bands",
    "Calendar",
    "Epoch",
    "HolidayBook",
    "bands",
    "days_needed",
    "deadline",
]
