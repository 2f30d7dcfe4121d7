"""By which rules the service works, as the scenario has them: duty and dispatch, and whatever else it makes use of."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.report import text, wording
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.staff import called

Fact = tuple[str, str]
"""Name and value."""


def rules(model: Model, words: Words) -> list[Fact]:
    """Rules of duty and dispatch always, the others where the scenario has them."""
    return [
        *_dispatch(model, words),
        *_desk(model, words),
        *_help(model, words),
        *_repairs(model, words),
        *_planned(model, words),
    ]


def _dispatch(model: Model, words: Words) -> list[Fact]:
    staff, dispatch = model.staff, model.dispatch
    who = {"own": "who_own", "own-then-backup": "who_backup", "nearest": "who_nearest"}[dispatch.who]
    radius = text.duration(dispatch.backup_radius, words)
    which = {"priority-due": "which_due", "fifo": "which_fifo"}[dispatch.which_ticket]
    free = {"from-site": "free_site", "when-home": "free_home", "duty-days": "free_duty"}[dispatch.free_when]
    return [
        (words("fact.duty"), wording.hours_text(model, staff.calendar, words)),
        (words("fact.out_of_hours"), _out_of_hours(model, words)),
        (words("fact.who"), words(f"fact.{who}", radius=radius)),
        (words("fact.which"), words(f"fact.{which}")),
        (words("fact.free"), words(f"fact.{free}")),
        (words("fact.unassigned"), words(f"fact.unassigned_{dispatch.unassigned}")),
        (words("fact.relief"), words(f"fact.relief_{staff.relief.rule}")),
    ]


def _out_of_hours(model: Model, words: Words) -> str:
    """The staff's rule, then that of the stations that have another."""
    usual = model.staff.on_call if model.staff.out_of_hours == "on-call" else "off"
    others: dict[str, list[str]] = {}
    for station in model.stations.values():
        rule = called(model.staff, station)
        if station.engineers and rule != usual:
            others.setdefault(rule, []).append(station.name[words.language])

    def told(rule: str) -> str:
        if rule == "off":
            return words("fact.out_off")
        return words("fact.out_on_call", who=words(f"fact.call_{rule}"))

    own = [words("fact.out_of_stations", stations=words.join(names), rule=told(r)) for r, names in others.items()]
    return words.phrases([told(usual), *own])


def _desk(model: Model, words: Words) -> Iterator[Fact]:
    desk = model.desk
    if desk is not None and desk.channels:
        total = sum(c.share for c in desk.channels.values())
        shares = [f"{c.name[words.language]} {text.target(c.share / total)}" for c in desk.channels.values() if total]
        yield words("fact.channels"), words.join(shares)
    if desk is not None and desk.patience is not None:
        mean = text.duration(desk.patience.mean_s, words)
        yield words("fact.patience"), words("fact.patience_value", mean=mean, share=text.target(desk.call_back))


def _help(model: Model, words: Words) -> Iterator[Fact]:
    """Contractor, approval, parts from other stations."""
    contractor, approval, lateral = model.dispatch.contractor, model.dispatch.approval, model.stock.lateral
    if contractor is not None:
        after, mean = (text.duration(x, words) for x in (contractor.after, contractor.arrival.mean_s))
        yield words("fact.contractor"), words("fact.contractor_value", after=after, mean=mean)
    if approval is not None:
        mean = text.duration(approval.time.mean_s, words)
        hours = wording.hours_text(model, approval.calendar, words)
        yield words("fact.approval"), words("fact.approval_value", mean=mean, hours=hours)
    if lateral is not None:
        yield words("fact.lateral"), words("fact.lateral_value", within=text.duration(lateral.within, words))


def _repairs(model: Model, words: Words) -> Iterator[Fact]:
    for route in model.repairs.values():
        mean, scrap = text.duration(route.turnaround.mean_s, words), text.target(route.scrap)
        name = words("fact.repair", name=route.name[words.language])
        yield name, words("fact.repair_value", mean=mean, share=scrap)
    for pool in model.loaners.values():
        pieces, threshold = sum(pool.at.values()), text.duration(pool.threshold, words)
        name = words("fact.loaner", name=pool.name[words.language])
        yield name, words("fact.loaner_value", n=pieces, threshold=threshold)
    if model.review is not None:
        yield words("fact.review"), words("fact.review_value", share=text.target(model.review.fail))


def _planned(model: Model, words: Words) -> Iterator[Fact]:
    if model.planned:
        yield words("fact.planned"), words.phrases(wording.planned(model, name, words) for name in model.planned)
