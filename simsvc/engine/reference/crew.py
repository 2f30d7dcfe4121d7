"""Engineers: where they are, whether they may be sent, and the diary of what they do."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.clock import DAY, Calendar
from simsvc.engine.roster import Roster
from simsvc.log.schema import STATES

TRAVEL_BACK = STATES.index("travel_back")


class Engineer:
    """One engineer. Free on the way home, he counts as at the nearer end of that trip."""

    __slots__ = ("_days", "_home", "_stations", "available", "back", "busy", "daily_drive", "duty", "index")

    def __init__(self, case: Case, roster: Roster, index: int) -> None:
        self.index = index
        self.duty: Calendar = roster.duty[index]
        self.available: Calendar = roster.available[index]
        self.busy = False
        self.daily_drive = case.model.staff.relief.daily_drive
        self.back: tuple[int, int, int, int] | None = None
        self._days: list[int] = roster.station[index].tolist()
        self._stations: list[int] = case.staffing.station_place.tolist()
        self._home: int = self._stations[int(case.staffing.engineer_station[index])]

    def station(self, t: int) -> int:
        """Station he works for on the day of ``t``, -1 when away."""
        return self._days[t // DAY]

    def base(self, t: int) -> int:
        """Place where he is when nothing is to do: his station, or on duty hours the one he relieves."""
        where = self._days[t // DAY]
        if where < 0 or (self.daily_drive and not self.duty.is_open(t)):
            return self._home
        return self._stations[where]

    def place(self, t: int) -> tuple[int, bool]:
        """Where he counts as being, and whether he is on the road (on his way home)."""
        if self.back is None or t >= self.back[1]:
            return self.base(t), False
        start, end, origin, _ = self.back
        return (origin if 2 * (t - start) < end - start else self.base(t)), True


class Diary:
    """Engineer states as rows (engineer, state, start, end, place, visit); empty spells are left out."""

    def __init__(self, horizon: int) -> None:
        self.rows: list[tuple[int, int, int, int, int, int]] = []
        self._horizon = horizon

    def add(self, engineer: int, state: int, start: int, end: int, place: int, visit: int) -> None:
        """Write down one spell, cut off at the horizon."""
        end = min(end, self._horizon)
        if end > start:
            self.rows.append((engineer, state, start, end, place, visit))

    def close_trip(self, engineer: Engineer, now: int, place: int) -> None:
        """The way home ends: he is there, or he is sent elsewhere."""
        if engineer.back is not None:
            start, end, _, visit = engineer.back
            self.add(engineer.index, TRAVEL_BACK, start, min(end, now), place, visit)
            engineer.back = None
