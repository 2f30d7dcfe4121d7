"""Rules about hours: statements that disagree, limits at hours in which nobody is promised or on duty."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simsvc.promise.lint.finding import Finding, Subject, duration, ids, joined, listed
from simsvc.promise.lint.week import Week, longest_day, union, week, weekly_hours
from simsvc.scenario.base import Text
from simsvc.scenario.places import Calendar
from simsvc.scenario.promises import Facts, SimPart
from simsvc.scenario.staff import called

PERSON_YEAR = 1713.0
"""Hours that one full-time person keeps a telephone in a year: 8,736 h of a round-the-clock seat over 5.1 persons
(237 working days of 8 h, breaks and training taken off)."""
WEEKS = 52
PEOPLE = {
    "response": "desk",
    "answered": "desk",
    "taken_up": "technicians",
    "time_to_site": "engineers",
    "staff_reachable": "engineers",
    "manager_answer": "manager",
}
"""Who must be there to keep a measure."""
NOBODY = {
    "desk": Text(en="nobody at the desk is", zh="服务台无人"),
    "technicians": Text(en="nobody who helps remotely is", zh="远程支持无人"),
    "engineers": Text(en="no engineer is", zh="没有工程师"),
    "manager": Text(en="no manager is", zh="无负责人"),
}


def hours_disagree(subject: Subject) -> Iterator[Finding]:
    """Clauses that state different hours of service."""
    stated: dict[float, tuple[Text, list[str]]] = {}

    def state(daily: float, clause: str, en: str, zh: str) -> None:
        stated.setdefault(daily, (Text(en=en, zh=zh), []))[1].append(clause)

    for clause, spec in subject.model.clauses.items():
        facts = spec.states
        if facts.round_the_clock:
            state(24.0, clause, "round the clock", "全天24小时")
        if facts.hotline_hours is not None:
            state(
                facts.hotline_hours,
                clause,
                f"a hotline of {facts.hotline_hours:g} h",
                f"热线{facts.hotline_hours:g}小时",
            )
        if facts.open_hours is not None:
            day = longest_day(week(subject.model.calendars[facts.open_hours]))
            state(day, clause, f"a day of {day:g} h", f"每天{day:g}小时")
    if len(stated) > 1:
        said = [(text, listed(clauses)) for _, (text, clauses) in sorted(stated.items())]
        yield Finding(
            "hours_disagree",
            ids(sorted(clause for _, clauses in stated.values() for clause in clauses)),
            Text(
                en="The hours of service differ: " + "; ".join(f"{t['en']} ({c['en']})" for t, c in said) + ".",
                zh="服务时间表述不一：" + "；".join(f"{t['zh']}（{c['zh']}）" for t, c in said) + "。",
            ),
            Text(
                en="State one set of hours for each channel: calls accepted, remote help, visits.",
                zh="按渠道（受理电话、远程支持、上门）各写明一种服务时间。",
            ),
            "conflict",
        )


def too_few_persons(subject: Subject) -> Iterator[Finding]:
    """A number of persons that can't fill the hours the same clause promises."""
    for clause, spec in subject.model.clauses.items():
        facts = spec.states
        if facts.persons is None:
            continue
        promised = _weekly(subject, facts)
        needed = promised * WEEKS / PERSON_YEAR
        if facts.persons < math.floor(needed):
            yield Finding(
                "too_few_persons",
                (clause,),
                Text(
                    en=f"{promised:g} hours a week are promised with {facts.persons} to keep them: about {needed:.1f} "
                    "full-time people are needed.",
                    zh=f"承诺每周{promised:g}小时，却只安排{facts.persons}人；排满需约{needed:.1f}名全职人员。",
                ),
                Text(
                    en=f"Name a duty rota of at least {math.ceil(needed)} people, or shorter hours.",
                    zh=f"改为不少于{math.ceil(needed)}人的轮值安排，或缩短服务时间。",
                ),
                "conflict",
            )


def hours_unnamed(subject: Subject) -> Iterator[Finding]:
    """Limits without hours, beside a clause that promises nobody at nights and weekends (or beside none)."""
    clauses = subject.model.clauses
    silent = ids(
        clause
        for clause, part in subject.sim_parts()
        if not clauses[clause].states.hours_named and part.limit is not None
    )
    if not silent:
        return
    opening = [(clause, _weekly(subject, spec.states)) for clause, spec in clauses.items()]
    opening = [(clause, open_) for clause, open_ in opening if 0 < open_ < 168]
    remedy = Text(
        en='Write the hours into the limit, as "within 2 hours, Monday to Friday 08:00-18:00; else within …".',
        zh="在时限中写明时段，例如“周一至周五8:00—18:00内2小时；其他时间……”。",
    )
    names = listed(silent)
    if opening:
        office, open_ = opening[0]
        en = (
            f"A limit without hours is read as round the clock ({names['en']}); {office} promises somebody in "
            f"{open_:g} of 168 hours a week, and nobody in the others."
        )
        zh = f"{names['zh']}有时限而未写明时段，将被理解为全天候；而{office}每周168小时中仅{open_:g}小时有人。"
        yield Finding("hours_unnamed", ids((office, *silent)), Text(en=en, zh=zh), remedy, "conflict")
    else:
        en = f"A limit without hours is read as round the clock ({names['en']})."
        zh = f"{names['zh']}有时限而未写明时段，将被理解为全天候。"
        yield Finding("hours_unnamed", silent, Text(en=en, zh=zh), remedy, "warning")


def nobody_on_duty(subject: Subject) -> Iterator[Finding]:
    """Promises that run at hours in which, in the scenario, nobody is on duty to keep them."""
    groups: dict[tuple[str, int], list[tuple[str, SimPart]]] = {}
    for clause, part in subject.sim_parts():
        people = PEOPLE.get(part.measure)
        if people is not None:
            clock = _clock(subject, part)
            bare = clock & ~_present(subject, people)
            share = -1 if not bare[:7].any() else round(100 * bare[:7].sum() / clock[:7].sum())
            if bare.any():
                groups.setdefault((people, share), []).append((clause, part))
    for (people, share), parts in groups.items():
        names = listed(clause for clause, _ in parts)
        limits = joined(duration(x) for x in dict.fromkeys(part.limit for _, part in parts) if x is not None)
        of = f"of {limits['en']} ({names['en']})" if limits.en else f"({names['en']})"
        in_zh = f"时限（{limits['zh']}）" if limits.en else "承诺"
        when_en, when_zh = f"in {share} % of the week", f"每周{share}%的计时时段内"
        if share < 0:
            when_en, when_zh = "on statutory holidays", "法定节假日"
        who = NOBODY[people]
        yield Finding(
            "nobody_on_duty",
            ids(clause for clause, _ in parts),
            Text(
                en=f"The {'limit' if limits.en else 'promise'} {of} runs on {when_en} while {who['en']} on duty or on "
                "call.",
                zh=f"{names['zh']}的{in_zh}在{when_zh}照常计时，而此时{who['zh']}值班或待命。",
            ),
            Text(
                en="Name the hours in which the limit runs, or put people on duty or on call in the others.",
                zh="写明时限适用的时段，或在其余时段安排值班或待命。",
            ),
            "conflict",
        )


def _weekly(subject: Subject, facts: Facts) -> float:
    """Hours a week in which a clause promises somebody; 0 if it states none."""
    if facts.round_the_clock:
        return 168.0
    stated = 0.0
    if facts.open_hours is not None:
        stated = weekly_hours(week(subject.model.calendars[facts.open_hours]))
    return max(stated, 7 * (facts.hotline_hours or 0.0))


def _clock(subject: Subject, part: SimPart) -> Week:
    """Hours in which the clock runs and cases that count are reported."""
    calendars = subject.model.calendars
    named = [name for name in (part.clock_hours, part.population.reported_in) if name is not None]
    clock = week(None)
    for name in named:
        clock &= week(calendars[name])
    return clock


def _present(subject: Subject, people: str) -> Week:
    """Hours in which somebody of a group is on duty or on call; a group not in the scenario is always there."""
    model = subject.model
    if people == "engineers":
        contractor = model.dispatch.contractor
        help_ = ~week(None) if contractor is None else week(_calendar(subject, contractor.calendar))
        staffed = [s for s in model.stations.values() if s.engineers]
        if not staffed:
            return help_
        on_call = any(called(model.staff, s) != "off" for s in staffed)
        return help_ | week(None if on_call else model.calendars[model.staff.calendar])
    if people == "manager":
        escalation = model.reporting.escalation
        return week(_calendar(subject, escalation.calendar if escalation is not None else None))
    pool = model.remote if people == "technicians" and model.remote is not None else model.desk
    return union(model.calendars[s.calendar] for s in pool.shifts) if pool is not None else week(None)


def _calendar(subject: Subject, name: str | None) -> Calendar | None:
    return None if name is None else subject.model.calendars[name]
