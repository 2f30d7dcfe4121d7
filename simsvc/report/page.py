"""A validation, its scenario and its network → the text of the page. Sections without anything to say are left out."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from simsvc.network import Network, nodes_for_map
from simsvc.promise.result import Row, Validation
from simsvc.report import facts, figures, findings, headline, ladder, lines, robust, sections, text, verdicts, wording
from simsvc.report.assumptions import ledger
from simsvc.report.style import FontWarning
from simsvc.report.svg import inline
from simsvc.report.words import Words, table
from simsvc.scenario.model import Model
from simsvc.scenario.promises import LedgerPart, PlanPart

SECTIONS = (
    "trust", "verdicts", "plan", "robust", "measures", "ledger", "ladder", "map", "counties", "time", "reasons", "use",
    "findings", "assumptions", "facts", "method", "glossary", "provenance",
)  # fmt: skip
_IF_ANY = {"ladder": "ladders", "counties": "counties", "robust": "ranged"}


def _unbroken(value: Any) -> Any:
    """Keep a number and its percent sign on one line."""
    return value.replace(" %", "\u00a0%") if type(value) is str else value


@cache
def environment() -> Environment:
    """Where templates are found, and how they are filled."""
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
    drawings = _drawings(validation, scenario_model, network, words, areas)
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
        "ranged": robust.ranged(validation, scenario_model, network, words),
        "beside": robust.verdicts(validation, words),
        "combinations": validation.tried.combinations if validation.tried is not None else 0,
        "plans": lines.plans(validation, scenario_model, words),
        "measures": lines.measures(validation, scenario_model, network, words),
        "spread": words("column.spread" if sections.yearly(validation) else "column.spread_runs"),
        "ledger": lines.unjudged(validation, scenario_model, words),
        "ladders": ladders,
        "ladder_target": ladders[0].target if ladders else text.MISSING,
        "area_clause": _named(base, scenario_model, words) if base else {},
        "counties": sections.counties(areas, network, words),
        "drawings": drawings,
        "findings": findings.findings(validation, words),
        "assumptions": ledger(scenario_model, words),
        "facts": facts.facts(scenario_model, network, words),
        "method": _method(scenario_model, words, level),
        "glossary": words.glossary(_used(validation, scenario_model)),
        "provenance": list(sections.flat(validation.provenance)),
        "attribution": network.attribution,
        "sources": network.sources,
    }
    present = [key for key in SECTIONS if values.get(_IF_ANY.get(key, ""), True)]
    shown = [key for key in present if key not in ("map", "time", "reasons", "use") or key in drawings]
    return environment().get_template("page.html").render(**values, contents=shown)


def _used(validation: Validation, model: Model) -> list[str]:
    """Measures and plan rules that the page speaks of."""
    parts = [part for clause in model.clauses.values() for part in clause.parts if not isinstance(part, LedgerPart)]
    named = [part.rule if isinstance(part, PlanPart) else part.measure for part in parts]
    return [*named, *(row.measure for row in validation.rows if row.measure in table()["measure"])]


def _named(row: Row, model: Model, words: Words) -> dict[str, str]:
    """A judged row for a caption: clause, what it measures, its limit."""
    part = wording.read(wording.part_of(model, row.id, row.part), row.reading)
    what = words.option("measure", verdicts.measure_of(model, row))
    return {"clause": row.id, "what": what, "limit": wording.limit(part, words) if part else row.limit or text.MISSING}


def _method(model: Model, words: Words, level: str) -> list[str]:
    """Lines on method; the error of the driving times is known for the shipped network alone."""
    return [
        words(f"method.{key}", level=level)
        for key in table()["method"]
        if key != "d_roads" or model.network.source == "hainan"
    ]


def _drawings(
    validation: Validation, model: Model, network: Network, words: Words, areas: list[Row]
) -> dict[str, Markup]:
    """Figures of the sections that have something to draw."""
    language = words.language
    made = {}
    with warnings.catch_warnings():
        # The page keeps its text as text; which fonts this machine has doesn't matter.
        warnings.simplefilter("ignore", FontWarning)
        if areas and nodes_for_map(network):
            made["map"] = figures.map_of(validation, model, network, language=language)
        if any(sum(counts) for counts in validation.histogram.values()):
            made["time"] = figures.time_to_site_of(validation, model, language=language)
        if any(row.reasons for row in validation.base()):
            made["reasons"] = figures.reasons_of(validation, model, network, language=language)
        if validation.use:
            made["use"] = figures.utilisation_of(validation, model, language=language)
        return {key: Markup(inline(f, key, words(f"section.{key}"))) for key, f in made.items()}
