"""Short English texts of a row: which part, which limit, which cases. The report words the same in both languages."""

from __future__ import annotations

from simsvc import dictionary
from simsvc.scenario.promises import Clause, LedgerPart, Part, PlanPart, Population, SimPart
from simsvc.scenario.quantity import duration_text


def part_label(clause: Clause, position: int) -> str:
    """The part's kind, with what it measures where the clause has several of that kind, and a number if need be."""
    labels = [part.kind for part in clause.parts]
    if labels.count(labels[position]) == 1:
        return labels[position]
    named = [f"{part.kind}:{_name(part)}" for part in clause.parts]
    before = named[:position].count(named[position])
    return f"{named[position]}:{before + 1}" if named.count(named[position]) > 1 else named[position]


def limit_text(part: SimPart) -> str:
    """The limit as a formula: ``"<= 2 h"``, ``"<= 1 working day"``, ``">= 3 % of units"``."""
    if part.measure == "stock_ratio":
        return f">= {100 * (part.ratio or 0):g} % of {part.of}"
    sign = "<" if part.strict else "<="
    if part.limit is not None:
        clock = f" of {part.clock_hours}" if part.clock_hours else ""
        return f"{sign} {duration_text(part.limit)}{clock}"
    if part.days is not None:
        return f"{sign} {part.days} {part.day_kind} day{'' if part.days == 1 else 's'}"
    return ""


def population_text(measure: str, who: Population) -> str:
    """The cases that count, in words."""
    listed = (
        ("in", who.areas),
        ("not in", who.not_areas),
        ("in the zones", who.zones),
        ("caused by", who.causes),
        ("of", who.products),
        ("failing by", who.modes),
        ("reported by", who.channels),
        ("repaired by way of", who.routes),
        ("by the rule", who.planned),
    )
    either = (
        (who.in_warranty, "in warranty", "out of warranty"),
        (who.in_contract, "under contract", "outside contract"),
        (who.special, "special goods", "ordinary goods"),
        (who.replacement, "replacements", "first deliveries"),
    )
    parts = [dictionary.measure(measure).cases.en, *(f"{word} {', '.join(names)}" for word, names in listed if names)]
    parts += [yes if flag else no for flag, yes, no in either if flag is not None]
    parts += [f"reported in {who.reported_in}"] * bool(who.reported_in)
    return "; ".join(parts)


def _name(part: Part) -> str:
    if isinstance(part, LedgerPart):
        return "note"
    return part.rule if isinstance(part, PlanPart) else part.measure
