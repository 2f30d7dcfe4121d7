"""Short English texts of a row: which part, which limit, which cases. The report words the same in both languages."""

from __future__ import annotations

from simsvc.scenario.promises import Clause, LedgerPart, Part, PlanPart, Population, SimPart
from simsvc.scenario.quantity import SECONDS

POPULATIONS = {
    "response": "all faults",
    "answered": "all faults",
    "time_to_site": "faults not solved by telephone or remote help",
    "taken_up": "faults reported in open hours",
    "delivered": "orders",
    "installed": "orders delivered that need installation",
    "planned_done": "planned visits",
    "stock_ratio": "shelves x time",
    "overtime_hours": "engineers",
    "answer_time": "faults answered",
    "remote_share": "faults solved remotely or handed on",
    "remote_time": "faults with remote help",
    "returns": "orders delivered",
    "out_of_warranty": "visits to units out of warranty",
    "complaints": "all faults",
    "fill_rate": "faults repaired with a part",
    "wait_for_parts": "faults repaired with a part",
}


def part_label(clause: Clause, position: int) -> str:
    """The part's kind, with what it measures where the clause has several of that kind, and a number if need be."""
    labels = [part.kind for part in clause.parts]
    if labels.count(labels[position]) == 1:
        return labels[position]
    named = [f"{part.kind}:{_name(part)}" for part in clause.parts]
    before = named[:position].count(named[position])
    return f"{named[position]}:{before + 1}" if named.count(named[position]) > 1 else named[position]


def limit_text(part: SimPart) -> str:
    """The limit as a formula: ``"<= 2 h"``, ``"<= 1 working day"``, ``">= 3 %"``."""
    if part.measure == "stock_ratio":
        return f">= {100 * (part.ratio or 0):g} %"
    sign = "<" if part.strict else "<="
    if part.limit is not None:
        clock = f" of {part.clock_hours}" if part.clock_hours else ""
        return f"{sign} {duration(part.limit)}{clock}"
    if part.days is not None:
        return f"{sign} {part.days} {part.day_kind} day{'' if part.days == 1 else 's'}"
    return ""


def duration(seconds: float) -> str:
    """Seconds in the largest unit that gives a whole number."""
    unit = next((u for u in ("d", "h", "min") if seconds and seconds % SECONDS[u] == 0), "s")
    return f"{seconds / SECONDS[unit]:g} {unit}"


def population_text(measure: str, who: Population) -> str:
    """The cases that count, in words."""
    parts = [POPULATIONS[measure]]
    parts += [f"in {', '.join(who.areas)}"] * bool(who.areas)
    parts += [f"not in {', '.join(who.not_areas)}"] * bool(who.not_areas)
    parts += [f"caused by {', '.join(who.causes)}"] * bool(who.causes)
    parts += [f"of {', '.join(who.products)}"] * bool(who.products)
    if who.special is not None:
        parts.append("special goods" if who.special else "ordinary goods")
    parts += [f"reported in {who.reported_in}"] * bool(who.reported_in)
    return "; ".join(parts)


def _name(part: Part) -> str:
    if isinstance(part, LedgerPart):
        return "note"
    return part.rule if isinstance(part, PlanPart) else part.measure
