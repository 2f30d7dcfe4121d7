"""A judged part of a clause in words: its limit, how it is read, which cases count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from simsvc.network import Network
from simsvc.promise.texts import part_label
from simsvc.report import text
from simsvc.report.areas import area_name
from simsvc.report.words import Words
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model
from simsvc.scenario.parts import read_as
from simsvc.scenario.places import Calendar
from simsvc.scenario.promises import Part, PlanPart, Population, SimPart

_FROM = {"delivered": "order", "installed": "delivery", "in_use": "order", "manager_answer": "escalated"}
_NO_CLOCK = {"staff_reachable": "reachable", "stand_in_available": "available"}
_AT_ALL = {"staff_reachable": "always", "stand_in_available": "when_asked", "planned_done": "in_window"}


class _Named(Protocol):
    """A table of the scenario with a name in both languages."""

    @property
    def name(self) -> Text: ...


def part_of(model: Model, clause: str, label: str) -> Part | None:
    """The part of a clause that a row's label names; None where the scenario has no such part."""
    spec = model.clauses.get(clause)
    if spec is None:
        return None
    return next((part for i, part in enumerate(spec.parts) if part_label(spec, i) == label), None)


def read(part: Part | None, reading: str) -> SimPart | None:
    """A judged part under a reading; None where it is no judged part or has no such reading."""
    if not isinstance(part, SimPart) or reading == "base":
        return part if isinstance(part, SimPart) else None
    other = part.readings.get(reading)
    return None if other is None else read_as(part, other)


def limit(part: SimPart, words: Words) -> str:
    """The promised limit, without its share."""
    if part.measure == "stock_ratio":
        return ratio(part, words)
    if part.limit is not None:
        return words("read.under" if part.strict else "read.within", limit=text.duration(part.limit, words))
    if part.days is None:
        return words(f"read.{_AT_ALL[part.measure]}") if part.measure in _AT_ALL else text.MISSING
    return days(part.days, part.day_kind, words)


def promised(model: Model, clause: str, label: str, words: Words) -> str:
    """The limit of a part, judged by simulation or from the plan; empty where it has none."""
    part = part_of(model, clause, label)
    if isinstance(part, SimPart):
        return limit(part, words).replace(text.MISSING, "")
    if isinstance(part, PlanPart) and part.within_months is not None:
        return words("read.months", months=part.within_months)
    return ratio(part, words) if isinstance(part, PlanPart) and part.ratio is not None else ""


def days(number: int, kind: str, words: Words) -> str:
    """By the end of that many days after the day of the start."""
    if number == 0:
        return words("read.same_day" if kind == "calendar" else "read.same_working_day")
    if number == 1:
        return words(f"read.next_{kind}_day")
    return words(f"read.{kind}_days", nth=text.ordinal(number, words))


def ratio(part: SimPart | PlanPart, words: Words) -> str:
    """What stock is held against which share of what."""
    return words(f"read.ratio_{part.of}", ratio=text.target(part.ratio))


def conditions(part: SimPart, model: Model, words: Words) -> str:
    """How the clock runs, or for spares what is set against what."""
    if part.measure == "stock_ratio":
        return words.phrases([shelves(part, words), *[words("read.on_order")] * part.on_order])
    if part.measure == "planned_done":
        return words.phrases(planned(model, name, words) for name in part.population.planned)
    if part.measure in _NO_CLOCK:
        return words(f"read.{_NO_CLOCK[part.measure]}")
    start = _FROM.get(part.measure, part.clock_start)
    items = [words(f"read.from_{start}")]
    if part.limit is not None:
        hours = hours_text(model, part.clock_hours, words) if part.clock_hours else ""
        items.append(words("read.hours", hours=hours) if hours else words("read.all_hours"))
    if part.clock_stop != "reached":
        items.append(words(f"read.{part.clock_stop}"))
    items += [words("read.stand_in")] * part.stand_in
    items += [words("read.cut_off")] * part.cut_off
    return words.phrases(items)


def shelves(part: SimPart | PlanPart, words: Words) -> str:
    """Whose stock counts by itself: each station's or the island's, by device type or over all."""
    return words.phrases([words(f"read.{part.level}"), words(f"read.{part.per}")])


def planned(model: Model, name: str, words: Words) -> str:
    """A rule of planned visits: what it is called and when its visits are."""
    plan = model.planned[name]
    said = {"name": plan.name[words.language]}
    if plan.life is not None:
        return words("read.planned_life", n=len(plan.life.windows), **said)
    if plan.rate is not None:
        return words("read.planned_rate", within=text.duration(plan.within, words), **said)
    if plan.months:
        months = words.join(str(month) for month in plan.months)
        if plan.days is None:
            return words("read.planned_months", months=months, **said)
        return words("read.planned_days", months=months, first=plan.days[0], last=plan.days[1], **said)
    if plan.every_months == 1:
        return words("read.planned_monthly", **said)
    return words("read.planned", months=plan.every_months, **said)


def population(measure: str, who: Population, model: Model, network: Network, words: Words) -> str:
    """The cases that count."""
    return words.phrases([words.option("population", measure), *narrowed(who, model, network, words)])


def narrowed(who: Population, model: Model, network: Network, words: Words) -> list[str]:
    """What a population leaves of a measure's cases, phrase by phrase; empty where it takes them all."""
    language = words.language

    def named(table: Mapping[str, _Named], ids: list[str]) -> str:
        return words.join(table[i].name[language] if i in table else i for i in ids)

    desk = model.desk.channels if model.desk is not None else {}
    modes = {f"{p}.{m}": mode for p, product in model.products.items() for m, mode in product.modes.items()}
    on_site = words("read.on_site")
    routes = words.join(on_site if r == "on-site" else named(model.repairs, [r]) for r in who.routes)
    areas = {a: area_name(network, a, words) for a in (*who.areas, *who.not_areas)}
    flags = (
        (who.in_warranty, "in_warranty", "out_of_warranty"),
        (who.in_contract, "in_contract", "out_of_contract"),
        (who.special, "special", "ordinary"),
        (who.replacement, "replacement", "first_goods"),
    )
    phrases = [
        (who.areas, "areas", words.join(areas[a] for a in who.areas)),
        (who.not_areas, "not_areas", words.join(areas[a] for a in who.not_areas)),
        (who.zones, "zones", named(model.reporting.zones, who.zones)),
        (who.causes, "causes", words.join(words.code("CAUSES", c) for c in who.causes)),
        (who.products, "products", named(model.products, who.products)),
        (who.modes, "modes", named(modes, who.modes)),
        (who.channels, "channels", named(desk, who.channels)),
        (who.routes, "routes", routes),
        (who.planned, "plans", named(model.planned, who.planned)),
    ]
    found = [words(f"read.{key}", **{key: listed}) for given, key, listed in phrases if given]
    found += [words(f"read.{yes if flag else no}") for flag, yes, no in flags if flag is not None]
    return found + [words("read.reported_in", name=who.reported_in)] * bool(who.reported_in)


def hours_text(model: Model, calendar: str, words: Words) -> str:
    """A calendar by its id and its hours."""
    spec = model.calendars.get(calendar)
    return words("read.duty", name=calendar, week=week(spec, words) if spec else text.MISSING)


def week(spec: Calendar, words: Words) -> str:
    """The open hours of a calendar, by days of the week."""
    items = []
    for days, spans in spec.week.items():
        named = words("day.to").join(words(f"day.{day}") for day in days.split("-"))
        hours = ", ".join(f"{text.clock(start)}–{text.clock(end)}" for start, end in spans)
        items.append(f"{named} {hours}".strip())
    items += [words("read.holidays_closed")] * (spec.holidays == "closed")
    items += [words("read.make_up_open")] * (spec.make_up == "open")
    return words.join(items)
