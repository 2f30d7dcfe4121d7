"""A plan with its network and its language: how promises, areas, levels and sums of money are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from simsvc.network import Network
from simsvc.promise.result import PROVINCE, Row
from simsvc.promise.sizing import Line, Obstacle, Plan, Wish
from simsvc.promise.texts import limit_text, part_label
from simsvc.report import text, wording
from simsvc.report.areas import area_id, area_name
from simsvc.report.naming import part_names
from simsvc.report.sizing.tables import Mark
from simsvc.report.verdicts import SYMBOLS
from simsvc.report.words import Words
from simsvc.scenario.model import Model
from simsvc.scenario.parts import BASE
from simsvc.scenario.promises import SimPart

Key = tuple[str, str]
"""Clause and label of its part."""


@dataclass(frozen=True)
class Subject:
    """What all sections are told from. ``network``: the one of the plan."""

    plan: Plan
    network: Network
    words: Words

    @property
    def model(self) -> Model:
        """Of the plan, else of today."""
        return (self.plan.scenario or self.plan.today).model

    @cached_property
    def names(self) -> dict[Key, str]:
        """Short names of the promises as they were asked for, kept or beside, by clause and part."""
        rows = [*map(self._row, self.plan.wishes), *(r for r in self.plan.rows if r.area == PROVINCE)]
        judged = {(r.id, r.part): r for r in rows if r.kind in ("sim", "plan") and r.reading == BASE}
        return part_names(list(judged.values()), self.model, self.network, self.words)

    @cached_property
    def eased(self) -> dict[Key, Wish]:
        """Promises that the plan keeps in a milder form than was asked for."""
        return {self.key(wish): wish for wish in self.plan.wishes if wish.eased}

    @cached_property
    def planned(self) -> dict[Key, str]:
        """The same names wherever the plan is said to keep a promise: those that were eased are marked."""
        mark = {key: self.words("sizing.eased_mark", promise=name) for key, name in self.names.items()}
        return {key: mark[key] if key in self.eased else name for key, name in self.names.items()}

    def _row(self, wish: Wish) -> Row:
        shares = (None, None, None, wish.target)
        return Row(*self.key(wish), BASE, wish.kind, PROVINCE, "", 0, *shares, verdict="no cases", measure=wish.measure)

    def key(self, said: Wish | Obstacle) -> Key:
        """Clause and label of the part that a wish or an obstacle is about."""
        return said.clause, self.label(said.clause, said.part)

    def label(self, clause: str, part: int) -> str:
        """Label of a part of a clause by its position; empty where the scenario has none."""
        spec = self.model.clauses.get(clause)
        return part_label(spec, part) if spec is not None and part < len(spec.parts) else ""

    def name(self, clause: str, part: int) -> str:
        """Short name of a promise."""
        return self.names.get((clause, self.label(clause, part)), clause)

    def limit(self, key: Key, written: str) -> str:
        """A limit in words, from the scenario (the plan's or today's) that has it; as written where neither does."""
        for model in (self.model, self.plan.today.model):
            part = wording.part_of(model, *key)
            if part is not None and (not isinstance(part, SimPart) or limit_text(part) == written):
                return wording.promised(model, *key, self.words)
        return written

    def promised(self, key: Key, limit: str, target: float) -> str:
        """Limit and share; of a rule decided from the plan so many of how many areas, shelves or fields."""
        return self.words.join(filter(None, (self.limit(key, limit), self.share_of(key, target))))

    def share_of(self, key: Key, target: float | None) -> str:
        """A share promised; of a rule decided from the plan so many of how many."""
        asked = self._judged(key)
        if not asked or target is None:
            return text.target(target)
        if target >= 1:
            return self.words("sizing.all_of", of=asked)
        return self.words("sizing.n_of", n=round(target * asked), of=asked)

    def kept(self, key: Key, share: float | None, low: float | None = None, high: float | None = None) -> str:
        """A share kept, with its interval; of a rule decided from the plan so many of how many."""
        asked = self._judged(key)
        if asked and share is not None:
            return self.words("sizing.n_of", n=round(share * asked), of=asked)
        return text.interval(share, low, high)

    def _judged(self, key: Key) -> int:
        """Areas, shelves or fields that a rule decided from the plan is about; 0 where that is not known, and for
        promises that are simulated."""
        if isinstance(wording.part_of(self.model, *key), SimPart):
            return 0
        return next((r.cases for r in self.plan.rows if (r.id, r.part, r.reading) == (*key, BASE)), 0)

    def as_planned(self, wish: Wish) -> str:
        """What the plan is for; behind it what was asked for, where that is more."""
        key = self.key(wish)
        planned = self.promised(key, wish.limit, wish.target)
        if not wish.eased:
            return planned
        asked = self.promised(key, wish.asked_limit, wish.asked_target)
        return self.words("sizing.asked_beside", planned=planned, asked=asked)

    def area(self, area: str) -> str:
        """The name of an area, or "Province"."""
        if area in (PROVINCE, ""):
            return self.words("area.province")
        return area_name(self.network, area_id(self.network, area) or area, self.words)

    def pick(self, texts: Mapping[str, str] | tuple[str, str]) -> str:
        """A text in this language out of a table or of (english, chinese)."""
        return texts[self.words.language == "zh"] if isinstance(texts, tuple) else self.words.pick(texts)

    def station(self, key: str) -> str:
        """The name of a station, with the town it stands in where that is no seat of an area; new ones are marked."""
        models = (self.model, self.plan.today.model)
        found = next((m.stations[key] for m in models if key in m.stations), None)
        if found is None:
            return key
        name, node = found.name[self.words.language], self.network.index.get(found.node)
        seats = {area.seat for area in self.network.areas}
        if node is not None and found.node not in seats:
            town = self.network.name(found.node)[self.words.language]
            name = self.words("sizing.stands_in", station=name, town=town) if town not in name else name
        return name

    def decision(self, line: Line) -> str:
        """What a line decides; shifts by their hours and routes by their areas instead of their ids."""
        model, name = self.model, self.pick(line.name)
        pool = {"agents": model.desk, "technicians": model.remote}.get(line.kind)
        if pool is not None and line.place.isdigit() and int(line.place) < len(pool.shifts):
            calendar = model.calendars.get(pool.shifts[int(line.place)].calendar)
            return self._with(line, wording.week(calendar, self.words)) if calendar is not None else name
        routes = model.delivery.routes if model.delivery is not None else {}
        if line.kind in ("vans", "departures") and line.place in routes:
            return self._with(line, self.words.join(map(self.area, routes[line.place].areas)))
        return name

    def _with(self, line: Line, which: str) -> str:
        return f"{self.words(f'sizing.kind_{line.kind}')}{self.words('page.colon')}{which}"

    def level(self, line: Line, value: int | str) -> str:
        """A level of a decision."""
        if isinstance(value, str):
            return self.words.choice(value) or text.MISSING
        return self.words("sizing.closed") if value == 0 and line.key.startswith("engineers.") else f"{value:,}"

    def steps(self, lines: Iterable[Line]) -> str:
        """Lines that differ from the plan, what the plan has and what stands instead."""
        planned = {line.key: line.planned for line in self.plan.lines}
        said = [
            f"{self.decision(line)}{self.words('page.colon')}"
            f"{self.level(line, planned.get(line.key, line.today))} → {self.level(line, line.planned)}"
            for line in lines
        ]
        return self.words.phrases(said)

    def mark(self, row: Row) -> Mark:
        """The verdict of a row."""
        return Mark(row.verdict, SYMBOLS[row.verdict], self.words("verdict." + row.verdict))

    def share_mark(self, row: Row) -> Mark:
        """The share kept, coloured by the verdict."""
        return Mark(row.verdict, SYMBOLS[row.verdict], text.share(row.estimate))


def money(value: float | None) -> str:
    """Whole CNY, thousands parted."""
    return text.MISSING if value is None else f"{round(value) + 0:,}".replace("-", "−")


def more(value: float) -> str:
    """A difference in CNY, with its sign."""
    return f"{round(value) + 0:+,}".replace("-", "−") if round(value) else "0"


def points(value: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return f"{100 * value + 0.0:+.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")
