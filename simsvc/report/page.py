"""A validation, its scenario and its network → the text of the page. Sections without anything to say are left out."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simsvc.network import Network, nodes_for_map
from simsvc.promise.result import Row, Validation
from simsvc.report import facts, figures, findings, headline, ladder, sections, text, verdicts, wording
from simsvc.report.areas import area_id
from simsvc.report.assumptions import ledger
from simsvc.report.map import network_map
from simsvc.report.style import FontWarning
from simsvc.report.svg import inline
from simsvc.report.words import Words, table
from simsvc.scenario.model import Model

SECTIONS = (
    "trust", "verdicts", "plan", "measures", "ledger", "ladder", "map", "counties", "time", "reasons", "use",
    "findings", "assumptions", "facts", "method", "glossary", "provenance",
)  # fmt: skip
_LATE = 6 * 3600
"""Limits beyond this many seconds need the whole day on the axis of the distribution."""
_IF_ANY = {"ladder": "ladders", "counties": "counties"}


def _unbroken(value: Any) -> Any:
    """Keep a number and its percent sign on one line."""
    return value.replace(" %", "\u00a0%") if type(value) is str else value


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("simsvc.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, finalize=_unbroken,
    )  # fmt: skip


def render(validation: Validation, scenario_model: Model, network: Network, *, language: str = "en") -> str:
    """Return the page as one text, self-contained.

    Raises
    ------
    ValueError
        The language is not known.
    """
    words = Words(language)
    level = text.target(validation.provenance.get("level", 0.95))
    base = verdicts.headline_clause(validation, scenario_model)
    areas = verdicts.county_rows(validation, base) if base else []
    drawings = _drawings(validation, scenario_model, network, words, base, areas)
    ladders = ladder.ladders(validation, scenario_model, words)
    values: dict[str, Any] = {
        "words": words,
        "title": words.pick(validation.title) or validation.scenario,
        "made": words("page.made", replications=f"{validation.replications:,}", seed=validation.seed),
        "about": scenario_model.about[words.language],
        "headline": headline.headline(validation, scenario_model, network, words),
        "trust": sections.trust(validation, words),
        "floor": text.target(verdicts.floor_of(verdicts.judged_rows(validation))),
        "level": level,
        "symbols": verdicts.SYMBOLS,
        "figures": sections.figures(validation, words),
        "verdicts": verdicts.table(validation, scenario_model, network, words),
        "plans": sections.plans(validation, scenario_model, words),
        "measures": sections.measures(validation, scenario_model, words),
        "ledger": sections.unjudged(validation, scenario_model, words),
        "ladders": ladders,
        "ladder_target": ladders[0].target if ladders else text.MISSING,
        "area_clause": base.id if base else text.MISSING,
        "counties": sections.counties(areas, network, words),
        "drawings": drawings,
        "findings": findings.findings(validation, words),
        "assumptions": ledger(scenario_model, words),
        "facts": facts.facts(scenario_model, network, words),
        "method": _method(scenario_model, words, level),
        "provenance": list(sections.flat(validation.provenance)),
        "attribution": network.attribution,
        "sources": network.sources,
    }
    present = [key for key in SECTIONS if values.get(_IF_ANY.get(key, ""), True)]
    shown = [key for key in present if key not in ("map", "time", "reasons", "use") or key in drawings]
    return _environment().get_template("page.html").render(**values, contents=shown)


def _method(model: Model, words: Words, level: str) -> list[str]:
    """Lines on method; the error of the driving times is known for the shipped network alone."""
    return [
        words(f"method.{key}", level=level)
        for key in table()["method"]
        if key != "d_roads" or model.network.source == "hainan"
    ]


def _drawings(
    validation: Validation, model: Model, network: Network, words: Words, base: Row | None, areas: list[Row]
) -> dict[str, Markup]:
    language = words.language
    made = {}
    with warnings.catch_warnings():
        # The page keeps its text as text; which fonts this machine has doesn't matter.
        warnings.simplefilter("ignore", FontWarning)
        if base and areas and nodes_for_map(network):
            ids = {area_id(network, row.area) or row.area: row for row in areas}
            shares, cases = {k: row.estimate for k, row in ids.items()}, {k: float(row.cases) for k, row in ids.items()}
            target = base.target if base.target is not None else 0.95
            made["map"] = network_map(network, model, shares, sizes=cases, target=target, language=language)
        if any(sum(counts) for counts in validation.histogram.values()):
            zones = {zone: sections.zone_name(model, zone, words) for zone in validation.histogram}
            limits = _zone_limits(validation, model)
            hours = 24 if max(limits.values(), default=0.0) > _LATE else 8
            made["time"] = figures.time_to_site(validation.histogram, limits, zones, language=language, hours=hours)
        missed = [row for row in validation.base() if sum(row.reasons.values()) > 0]
        if missed:
            made["reasons"] = figures.reasons(missed, _labels(missed, model, words), language=language)
        if validation.use:
            made["use"] = figures.utilisation(validation.use, _engineers(validation, model, words), language=language)
        return {key: Markup(inline(f, key, words(f"section.{key}"))) for key, f in made.items()}


def _zone_limits(validation: Validation, model: Model) -> dict[str, float]:
    """Promised limit by zone: the first clause that has a ladder there, if its clock is the histogram's."""
    limits: dict[str, float] = {}
    rows = [row for row in validation.base() if row.kind == "sim"]
    for clause, zone in [(step.clause, step.zone) for step in validation.ladder]:
        for row in rows:
            part = wording.read(wording.part_of(model, row.id, row.part), "base")
            plain = part is not None and part.clock_start == "reported" and part.clock_hours is None
            if row.id == clause and part is not None and plain and part.limit is not None:
                limits.setdefault(zone, part.limit)
    return limits


def _labels(rows: list[Row], model: Model, words: Words) -> dict[tuple[str, str], str]:
    """Clause and what it measures, for a chart."""
    return {(r.id, r.part): f"{r.id} {words.option('short', verdicts.measure_of(model, r))}" for r in rows}


def _engineers(validation: Validation, model: Model, words: Words) -> dict[str, str]:
    """Names of engineers: that of their station, and their number where it has several."""
    found = {}
    for use in validation.use:
        station = model.stations.get(use.station)
        number = use.engineer.removeprefix(f"{use.station}-")
        if station is not None:
            name = station.name[words.language]
            found[use.engineer] = f"{name} {number}" if station.engineers > 1 else name
    return found
