"""Rules about resources: work that the staff can't do even if nothing else happens."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.promise.lint.finding import Finding, Subject, ids, joined
from simsvc.promise.lint.week import week as week_of
from simsvc.promise.lint.week import weekly_hours
from simsvc.scenario.base import Text
from simsvc.scenario.staff import Pool

WEEKS_A_YEAR = 365 / 7
ON_SITE = ("time_to_site", "installed", "planned_done")
BY_TELEPHONE = ("response", "answered", "taken_up")


def too_much_work(subject: Subject) -> Iterator[Finding]:
    """Stations where the work on site alone, without any driving, fills more than the duty time."""
    from simsvc.case.load import offered_load

    promises = ids(clause for clause, part in subject.sim_parts() if part.measure in ON_SITE)
    if not promises or not (subject.model.demand.installed or subject.model.demand.sites):
        return
    over = [load for load in offered_load(subject.model, subject.net) if load.least > 1 and load.duty]
    if over:
        stations = subject.model.stations
        names = joined(
            Text(
                en=f"{stations[w.station].name['en']} ({w.least:.0%})",
                zh=f"{stations[w.station].name['zh']}（{w.least:.0%}）",
            )
            for w in over
        )
        yield Finding(
            "too_much_work",
            promises,
            Text(
                en=f"The work on site alone, without any driving, takes more than the duty time at {names['en']}.",
                zh=f"不计行车，仅现场作业就超过值班工时：{names['zh']}。",
            ),
            Text(en="Add engineers there, or promise less.", zh="在这些站增加工程师，或降低承诺。"),
            "conflict",
        )


def too_many_calls(subject: Subject) -> Iterator[Finding]:
    """Desk or technicians with more work in a year than hours."""
    promises = ids(clause for clause, part in subject.sim_parts() if part.measure in BY_TELEPHONE)
    faults = subject.model.demand.scale * sum(
        row.units * subject.model.products[row.product].rate for row in subject.model.demand.installed
    )
    pools = {
        "desk": (Text(en="The desk", zh="服务台"), subject.model.desk),
        "remote": (Text(en="Remote help", zh="远程支持"), subject.model.remote),
    }
    for name, pool in pools.values():
        if pool is None or not promises or not faults:
            continue
        load = faults * pool.work.mean_s / 3600 / _hours_a_year(subject, pool)
        if load > 1:
            yield Finding(
                "too_many_calls",
                promises,
                Text(
                    en=f"{name['en']} has {load:.0%} of its hours in work: cases pile up without end.",
                    zh=f"{name['zh']}的工作量为其工时的{load:.0%}，工单将无限积压。",
                ),
                Text(en="Add people or hours.", zh="增加人员或延长工作时间。"),
                "conflict",
            )


def _hours_a_year(subject: Subject, pool: Pool) -> float:
    """Hours that a pool's people work in a year; the first shift that is open counts."""
    taken = ~week_of(None)
    total = 0.0
    for shift in pool.shifts:
        open_ = week_of(subject.model.calendars[shift.calendar]) & ~taken
        total += shift.agents * weekly_hours(open_) * WEEKS_A_YEAR
        taken |= open_
    return max(total, 1e-9)
