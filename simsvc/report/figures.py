"""A validation and its scenario in, a Matplotlib figure out: what the page and the notebooks show."""

from __future__ import annotations

from matplotlib.figure import Figure

from simsvc.network import Network
from simsvc.promise.result import Validation
from simsvc.report import charts, verdicts, wording
from simsvc.report.areas import area_id
from simsvc.report.map import network_map
from simsvc.report.naming import part_names
from simsvc.report.sections import zone_name
from simsvc.report.words import Words
from simsvc.scenario.model import Model

_LATE = 6 * 3600
"""Limits beyond this many seconds need the whole day on the axis of the distribution."""


def map_of(validation: Validation, scenario_model: Model, network: Network, *, language: str = "en") -> Figure:
    """Map of the share kept by area, of the promise that ``verdicts.headline_clause`` chooses; circles as large as the
    cases are many.

    Raises
    ------
    NetworkError
        No node has coordinates.
    """
    base = verdicts.headline_clause(validation, scenario_model)
    rows = {area_id(network, r.area) or r.area: r for r in verdicts.county_rows(validation, base)} if base else {}
    shares, cases = {k: r.estimate for k, r in rows.items()}, {k: float(r.cases) for k, r in rows.items()}
    target = base.target if base and base.target is not None else 0.95
    return network_map(network, scenario_model, shares, sizes=cases, target=target, language=language)


def time_to_site_of(validation: Validation, scenario_model: Model, *, language: str = "en") -> Figure:
    """Distribution of time to site by zone, with the promised limits."""
    words = Words(language)
    names = {zone: zone_name(scenario_model, zone, words) for zone in validation.histogram}
    limits = _limits(validation, scenario_model)
    hours = 24 if max(limits.values(), default=0.0) > _LATE else 8
    return charts.time_to_site(validation.histogram, limits, names, language=language, hours=hours)


def reasons_of(validation: Validation, scenario_model: Model, network: Network, *, language: str = "en") -> Figure:
    """Why promises are missed: base readings, whole province."""
    base = validation.base()
    names = part_names(base, scenario_model, network, Words(language))
    return charts.reasons([row for row in base if row.reasons], names, language=language)


def utilisation_of(validation: Validation, scenario_model: Model, *, language: str = "en") -> Figure:
    """How busy the engineers are, under the names of their stations (numbered where a station has several)."""
    names = {}
    for use in validation.use:
        station = scenario_model.stations.get(use.station)
        if station is not None:
            number = use.engineer.removeprefix(f"{use.station}-")
            name = station.name["zh" if language == "zh" else "en"]
            names[use.engineer] = f"{name} {number}" if station.engineers > 1 else name
    return charts.utilisation(validation.use, names, language=language)


def _limits(validation: Validation, model: Model) -> dict[str, float]:
    """Promised limit by zone: of the first clause that has a ladder there, if its clock is the histogram's. All zones
    together have a limit only from a promise that speaks of all of them."""
    limits: dict[str, float] = {}
    rows = [row for row in validation.base() if row.kind == "sim"]
    for clause, zone in dict.fromkeys((step.clause, step.zone) for step in validation.ladder):
        for row in rows:
            part = wording.read(wording.part_of(model, row.id, row.part), "base") if row.id == clause else None
            if part is None or part.limit is None or part.measure != "time_to_site":
                continue
            plain = part.clock_start == "reported" and part.clock_hours is None
            if plain and not (zone == "all" and (part.population.zones or part.population.areas)):
                limits.setdefault(zone, part.limit)
    return limits
