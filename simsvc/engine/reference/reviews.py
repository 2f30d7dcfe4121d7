"""Quality control: repairs on site are reviewed some time afterwards; those found wanting are dispatched again."""

from __future__ import annotations

from simsvc.case import Case
from simsvc.clock import NEVER
from simsvc.engine.reference.environment import Environment, Kind, Process
from simsvc.engine.reference.planned import Jobs
from simsvc.engine.reference.tickets import Tickets
from simsvc.scenario.repair import Review
from simsvc.workload import Workload


class Reviews:
    """Reviews that find something. Those that don't leave no trace, and rework is not reviewed again."""

    def __init__(
        self, env: Environment, case: Case, workload: Workload, tickets: Tickets, jobs: Jobs, spec: Review
    ) -> None:
        self.env, self.tickets, self.jobs = env, tickets, jobs
        self._hours, self._within = case.calendars[spec.calendar], int(spec.within)
        self._after: list[int] = workload.reviews.after.tolist()
        self._fails: list[bool] = workload.reviews.fails.tolist()

    def repaired(self, k: int) -> None:
        """A fault has just been fixed on site."""
        moment = self._hours.add(self.env.now, self._after[k])
        if self._fails[k] and moment < NEVER:
            self.env.process(self._found_wanting(k, moment))

    def _found_wanting(self, k: int, moment: int) -> Process:
        yield self.env.at(moment, Kind.REVIEWED, k)
        self.jobs.rework(k, moment + self._within, self.tickets.group[k])
