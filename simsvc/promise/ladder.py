"""Beside the verdicts: the promise ladder by zone, how busy the engineers are, the histogram of the time to site."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simsvc.case.arrays import Case
from simsvc.measures import Stacked, Tally
from simsvc.promise.estimates import bounds
from simsvc.promise.result import Step, Use
from simsvc.promise.shares import keepable
from simsvc.stats import ratio_interval, share_interval

ALL = "all"


def ladder(case: Case, tallies: Sequence[Tally], *, level: float = 0.95) -> tuple[Step, ...]:
    """Share kept at each limit of ``reporting.ladder``, for every promise on time to site (base reading).

    First all zones together, then each zone that has cases, limits in the order of the scenario.
    """
    years = len(tallies) * case.span.years
    steps: list[Step] = []
    for clause, k in tallies[0].ladder:
        rungs = [t.ladder[clause, k] for t in tallies]
        delays, every = Stacked([r.delays for r in rungs]), slice(None)
        zones = [
            (ALL, every, delays.all()),
            *((z, slice(n, n + 1), delays.row(n)) for n, z in enumerate(case.places.zones)),
        ]
        part = case.model.clauses[clause].parts[k]
        for zone, rows, needed in zones:
            shortest = keepable(part, needed, level)
            cases = np.array([r.cases[rows].sum() for r in rungs])
            for n, limit in enumerate(case.model.reporting.ladder):
                kept = np.array([r.kept[rows, n].sum() for r in rungs])
                found = share_interval(kept, cases, level)
                if found is not None:
                    missed = float(cases.sum() - kept.sum()) / years
                    share = (found.estimate, found.low, found.high)
                    steps.append(Step(clause, zone, limit, found.n, *share, missed, shortest))
    return tuple(steps)


def uses(case: Case, tallies: Sequence[Tally], *, level: float = 0.95) -> tuple[Use, ...]:
    """Utilisation of each engineer, in the order of the case; with one replication it lies between 0 and 1."""
    years = len(tallies) * case.span.years
    found: list[Use] = []
    for k, engineer in enumerate(case.staffing.engineers):
        interval = ratio_interval([t.use.busy[k] for t in tallies], [t.use.duty[k] for t in tallies], level)
        low, high = bounds(interval, share=True)
        found.append(
            Use(
                engineer=engineer,
                station=case.staffing.stations[int(case.staffing.engineer_station[k])],
                utilisation=interval.estimate if interval else 0.0,
                low=low or 0.0,
                high=1.0 if high is None else high,
                overtime_hours=sum(float(t.use.overtime[k]) for t in tallies) / 3600 / years,
                visits=sum(float(t.use.visits[k]) for t in tallies) / years,
            )
        )
    return tuple(found)


def histogram(case: Case, tallies: Sequence[Tally]) -> dict[str, list[int]]:
    """On-site cases of all replications by zone (``"all"`` first) and minute of time to site, see ``Tally``."""
    delays = Stacked([t.histogram for t in tallies])
    zones = {zone: delays.row(n).total().tolist() for n, zone in enumerate(case.places.zones)}
    return {ALL: delays.all().total().tolist()} | zones


def figures(case: Case, tallies: Sequence[Tally]) -> dict[str, float]:
    """Further numbers: ``tickets_per_year``; shares reported outside office hours and needing a visit
    (``out_of_hours_share``, ``on_site_share``); per year without any road (``unreachable_per_year``); over all
    replications tickets open at the end (``open_at_end``) and cases cut off before their limit (``cut_off``)."""
    total = {name: sum(t.figures[name] for t in tallies) for name in tallies[0].figures}
    years = len(tallies) * case.span.years
    return {
        "window_years": case.span.years,
        "tickets_per_year": total["tickets"] / years,
        "out_of_hours_share": _part(total["out_of_hours"], total["tickets"]),
        "on_site_share": _part(total["on_site"], total["settled"]),
        "unreachable_per_year": total["unreachable"] / years,
        "open_at_end": total["open_at_end"],
        "cut_off": float(sum(c.cut_off for t in tallies for (_, _, read), c in t.counts.items() if read == "base")),
    }


def _part(some: float, whole: float) -> float:
    return some / whole if whole else 0.0
