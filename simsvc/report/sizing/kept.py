"""Verdicts of the plan: each promise kept, city by city and county by county, and what stands beside."""

from __future__ import annotations

from collections.abc import Sequence

from simsvc.promise.result import PROVINCE, Row
from simsvc.promise.sizing import Wish
from simsvc.report import text, wording
from simsvc.report.areas import area_id
from simsvc.report.sizing.subject import Key, Subject
from simsvc.report.sizing.tables import Cell, Mark, Section, Table
from simsvc.report.verdicts import worst_first


def kept(subject: Subject) -> Section:
    """The promises that the plan is to keep, their worst area, and all areas; promises beside it."""
    plan, words = subject.plan, subject.words
    level = text.target(plan.confidence)
    rows = {(row.id, row.part, row.area): row for row in plan.rows if row.reading == "base"}
    judged = [(wish, row) for wish in plan.wishes if (row := rows.get((*subject.key(wish), PROVINCE))) is not None]
    heads = (
        words("sizing.promise"),
        words("sizing.planned_for"),
        words("column.kept", level=level),
        words("column.verdict"),
        words("sizing.worst_area"),
        words("sizing.areas_kept"),
    )
    own = tuple(_wish(subject, wish, row) for wish, row in judged)
    return Section(
        "kept",
        words("sizing.kept_means", level=level),
        tables=(
            Table(heads, own, whole=(2, 3, 5)),
            _beside(subject, {subject.key(wish) for wish in plan.wishes}),
            *_areas(subject, [row for _, row in judged]),
        ),
    )


def _wish(subject: Subject, wish: Wish, row: Row) -> tuple[Cell, ...]:
    words = subject.words
    asked = set(wish.areas)
    areas = [r for r in _of(subject, row) if not asked or area_id(subject.network, r.area) in asked]
    least = min((r for r in areas if r.estimate is not None), key=worst_first, default=None)
    good = sum(r.verdict == "holds" for r in areas)
    return (
        subject.planned[subject.key(wish)],
        subject.as_planned(wish),
        subject.kept(subject.key(wish), row.estimate, row.low, row.high),
        _mark(subject, wish, row),
        f"{subject.area(least.area)} {text.share(least.estimate)}" if least is not None else "",
        words("sizing.n_of", n=good, of=len(areas)) if areas else "",
    )


def _mark(subject: Subject, wish: Wish, row: Row) -> Mark:
    """The verdict; of an eased promise that holds, that it does so as eased, in the colour of what is not settled."""
    found = subject.mark(row)
    if wish.eased and found.state == "holds":
        return Mark("undecided", found.symbol, subject.words("sizing.holds_eased"))
    return found


def mapped(subject: Subject) -> tuple[Row | None, list[Row]]:
    """The kept promise to map, with its areas (those shown apart too): on time to site, else the first with areas."""
    rows = {(r.id, r.part): r for r in subject.plan.rows if r.reading == "base" and r.area == PROVINCE}
    wishes = sorted(subject.plan.wishes, key=lambda wish: wish.measure != "time_to_site")
    for row in (rows[key] for wish in wishes if (key := subject.key(wish)) in rows):
        if areas := _of(subject, row, apart=True):
            return row, areas
    return None, []


def _of(subject: Subject, row: Row, *, apart: bool = False) -> list[Row]:
    """Areas of a province row that have cases, and count for it (or are shown ``apart``)."""
    return [
        r
        for r in subject.plan.rows
        if (r.id, r.part, r.reading) == (row.id, row.part, row.reading)
        and r.area != PROVINCE
        and (apart or not r.apart)
        and r.verdict != "no cases"
    ]


def _areas(subject: Subject, rows: Sequence[Row]) -> list[Table]:
    """Share kept by area (a row each) and promise (a column each); nothing where no promise is judged by area."""
    words = subject.words
    columns = [(row, {r.area: r for r in _of(subject, row)}) for row in rows]
    columns = [(row, areas) for row, areas in columns if areas]
    known = {area for _, areas in columns for area in areas}
    order = sorted(
        known, key=lambda area: (subject.network.area_index.get(area_id(subject.network, area) or "", 999), area)
    )
    if not columns:
        return []
    heads = (words("column.area"), *(subject.planned.get((row.id, row.part), row.id) for row, _ in columns))
    cells: list[tuple[Cell, ...]] = []
    for area in order:
        own = (areas.get(area) for _, areas in columns)
        cells.append((subject.area(area), *(subject.share_mark(r) if r is not None else "" for r in own)))
    title = words("sizing.area_by_area")
    return [Table(heads, tuple(cells), title, whole=tuple(range(1, len(heads))), asked="counties")]


def _beside(subject: Subject, own: set[Key]) -> Table:
    """Province rows of promises that the plan was not asked to keep."""
    words = subject.words
    rows = [
        r
        for r in subject.plan.rows
        if r.kind in ("sim", "plan") and (r.reading, r.area) == ("base", PROVINCE) and (r.id, r.part) not in own
    ]
    cells = tuple(
        (
            subject.names.get(key, row.id),
            words.join(filter(None, (wording.promised(subject.model, *key, words), subject.share_of(key, row.target)))),
            subject.kept(key, row.estimate, row.low, row.high),
            subject.mark(row),
        )
        for key, row in (((row.id, row.part), row) for row in rows)
    )
    level = text.target(subject.plan.confidence)
    heads = (
        words("sizing.promise"), words("column.promised"), words("column.kept", level=level), words("column.verdict"),
    )  # fmt: skip
    return Table(heads, cells, words("sizing.beside"), whole=(2, 3))


def on_map(subject: Subject) -> Section:
    """What the map shows; nothing without a plan."""
    row, _ = mapped(subject)
    if subject.plan.scenario is None or row is None:
        return Section("map")
    key = (row.id, row.part)
    said = next((subject.as_planned(wish) for wish in subject.plan.wishes if subject.key(wish) == key), "")
    promise = subject.words.join(filter(None, (subject.planned.get(key, row.id), said)))
    return Section("map", notes=(subject.words("sizing.map_means", promise=promise),))
