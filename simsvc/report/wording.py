"""A judged part of a clause in words: its limit, how it is read, which cases count."""

from __future__ import annotations

from simsvc.network import Network
from simsvc.promise.texts import part_label
from simsvc.report import text
from simsvc.report.areas import area_name
from simsvc.report.words import Words
from simsvc.scenario.clauses import read_as
from simsvc.scenario.model import Model
from simsvc.scenario.places import Calendar
from simsvc.scenario.promises import Part, Population, SimPart

_FROM = {"delivered": "order", "installed": "delivery"}


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
        return words("read.ratio", ratio=text.target(part.ratio))
    if part.limit is not None:
        return words("read.under" if part.strict else "read.within", limit=text.duration(part.limit, words))
    if part.days is None:
        return words("read.in_window") if part.measure == "planned_done" else text.MISSING
    if part.days == 0:
        return words("read.same_day" if part.day_kind == "calendar" else "read.same_working_day")
    if part.days == 1:
        return words(f"read.next_{part.day_kind}_day")
    return words(f"read.{part.day_kind}_days", days=part.days)


def conditions(part: SimPart, model: Model, words: Words) -> str:
    """How the clock runs, or for spares what is set against what."""
    if part.measure == "stock_ratio":
        items = [words(f"read.{part.level}"), words(f"read.{part.per}")]
        items += [words("read.on_order")] * part.on_order
        return words.phrases(items)
    if part.measure == "planned_done":
        plan = model.planned.get(part.planned or "")
        months = plan.every_months if plan else text.MISSING
        return words("read.planned", name=plan.name[words.language], months=months) if plan else text.MISSING
    start = _FROM.get(part.measure, part.clock_start)
    items = [words(f"read.from_{start}")]
    if part.limit is not None:
        hours = hours_text(model, part.clock_hours, words) if part.clock_hours else ""
        items.append(words("read.hours", hours=hours) if hours else words("read.all_hours"))
    items += [words("read.arranged")] * (part.clock_stop == "arranged")
    items += [words("read.cut_off")] * part.cut_off
    return words.phrases(items)


def population(measure: str, who: Population, model: Model, network: Network, words: Words) -> str:
    """The cases that count."""
    items = [words.option("population", measure)]
    if who.areas:
        items.append(words("read.areas", areas=words.join(area_name(network, a, words) for a in who.areas)))
    if who.not_areas:
        items.append(words("read.not_areas", areas=words.join(area_name(network, a, words) for a in who.not_areas)))
    if who.causes:
        items.append(words("read.causes", causes=words.join(words.option("cause", c) for c in who.causes)))
    if who.products:
        names = [model.products[p].name[words.language] if p in model.products else p for p in who.products]
        items.append(words("read.products", products=words.join(names)))
    if who.special is not None:
        items.append(words("read.special" if who.special else "read.ordinary"))
    if who.reported_in:
        items.append(words("read.reported_in", name=who.reported_in))
    return words.phrases(items)


def hours_text(model: Model, calendar: str, words: Words) -> str:
    """A calendar by its id and its hours."""
    spec = model.calendars.get(calendar)
    return words("read.duty", name=calendar, week=_week(spec, words) if spec else text.MISSING)


def _week(spec: Calendar, words: Words) -> str:
    items = []
    for days, spans in spec.week.items():
        named = words("day.to").join(words(f"day.{day}") for day in days.split("-"))
        hours = ", ".join(f"{text.clock(start)}–{text.clock(end)}" for start, end in spans)
        items.append(f"{named} {hours}".strip())
    items += [words("read.holidays_closed")] * (spec.holidays == "closed")
    items += [words("read.make_up_open")] * (spec.make_up == "open")
    return words.join(items)
