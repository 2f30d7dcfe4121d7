"""Rules about resources: work that the staff can't do even if nothing else happens."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simsvc.promise.lint.finding import Finding, Subject, ids, joined
from simsvc.promise.lint.week import week as week_of
from simsvc.promise.lint.week import weekly_hours
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model
from simsvc.scenario.staff import Pool

if TYPE_CHECKING:
    from simsvc.case.load import Load

WEEKS_A_YEAR = 365 / 7
ON_SITE = ("time_to_site", "repaired", "loaner_placed", "installed", "in_use", "planned_done")
BY_TELEPHONE = ("response", "answered", "taken_up")


def too_much_work(subject: Subject) -> Iterator[Finding]:
    """Stations where the work on site alone, without any driving, fills more than the duty time."""
    model = subject.model
    promises = ids(clause for clause, part in subject.sim_parts() if part.measure in ON_SITE)
    over = _overloaded(subject, model) if promises else []
    if over:
        visits = ids(clause for clause, part in subject.sim_parts() if part.measure == "planned_done")
        quiet = model.model_copy(update={"demand": model.demand.model_copy(update={"installed": []})})
        alone = _overloaded(subject, quiet) if visits else []
        names, enough = _shares(subject, over), _enough(subject, over)
        en = f"The work on site alone, without any driving, takes more than the duty time at {names['en']}"
        zh = f"不计行车，仅现场作业就超过值班工时：{names['zh']}"
        if alone:
            names = _shares(subject, alone)
            en += f"; the planned visits alone do so at {names['en']}, were there no fault at all"
            zh += f"；即使没有任何故障，仅计划上门也已超过：{names['zh']}"
        yield Finding(
            "too_much_work",
            ids((*visits, *promises)) if alone else promises,
            Text(en=f"{en}.", zh=f"{zh}。"),
            Text(
                en=f"Promise fewer visits, or have so many engineers at least: {enough['en']}."
                if alone
                else f"Promise less, or have so many engineers at least: {enough['en']}.",
                zh=f"{'减少计划上门次数' if alone else '降低承诺'}，或至少配备工程师：{enough['zh']}。",
            ),
            "conflict",
        )


def _overloaded(subject: Subject, model: Model) -> list[Load]:
    """Stations with engineers whose work on site takes more than their duty."""
    from simsvc.case.load import offered_load

    if not (model.demand.installed or model.demand.sites):
        return []
    return [load for load in offered_load(model, subject.net) if load.least > 1 and load.duty and not load.team]


def _shares(subject: Subject, loads: list[Load]) -> Text:
    stations = subject.model.stations
    return joined(
        Text(
            en=f"{stations[w.station].name['en']} ({w.least:.0%})",
            zh=f"{stations[w.station].name['zh']}（{w.least:.0%}）",
        )
        for w in loads
    )


def _enough(subject: Subject, loads: list[Load]) -> Text:
    """The least numbers of engineers that could do the work on site."""
    stations = subject.model.stations
    needed = [(stations[w.station].name, math.ceil(w.least * stations[w.station].engineers)) for w in loads]
    return joined(Text(en=f"{name['en']} {n}", zh=f"{name['zh']}{n}人") for name, n in needed)


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
                Text(
                    en=f"Have {load:.1f} times as many people or hours at least.",
                    zh=f"人员或工时至少增至{load:.1f}倍。",
                ),
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
