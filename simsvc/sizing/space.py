"""Everything a plan may decide: its levers, what each level costs, and the scenario that a plan is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from simsvc.case import Case, build
from simsvc.case.arrays import Ints
from simsvc.errors import Problem, ScenarioError
from simsvc.promise.sizing import Line
from simsvc.scenario import Scenario
from simsvc.scenario.base import Text
from simsvc.sizing import apply, prices
from simsvc.sizing.barriers import met_share
from simsvc.sizing.kept import SPARES, STAFF, STATIONS, Kept
from simsvc.sizing.levers import Levels, Lever
from simsvc.sizing.offered import DUTY, REACH, offered
from simsvc.sizing.prices import Tariff
from simsvc.sizing.request import Request
from simsvc.sizing.shelves import Shelves
from simsvc.sizing.sites import Ground, Opened, ground

if TYPE_CHECKING:
    from simsvc.sizing.wishes import Wishes

__all__ = ["Levels", "Lever", "Space", "space"]

_CASES, _COSTS = 48, 20_000


class Space:
    """Plans as levels of levers.

    ``scenario``: today's; ``levers``: the decisions, ``index`` their positions by key; ``today``: the levels that stand
    in the scenario; ``most``: as much of everything as may do any good; ``area_names``: by index of the area.
    """

    def __init__(self, there: Ground, request: Request, levers: Iterable[Lever], shelves: Shelves | None) -> None:
        self.scenario, self.levers = there.scenario, tuple(levers)
        self.index = {lever.key: k for k, lever in enumerate(self.levers)}
        self.today: Levels = tuple(lever.today for lever in self.levers)
        self.most: Levels = tuple(lever.high for lever in self.levers)
        self.area_names = tuple(
            Text(en=name.en or area, zh=name.zh)
            for area, name in zip(there.case.places.areas, there.case.places.area_names, strict=True)
        )
        self.sites = there.sites
        self._ground, self._request, self._shelves = there, request, shelves
        self._tariff = Tariff(there, request.costs)
        self._staff = [self.index.get(f"engineers.{site.key}", -1) for site in there.sites]
        self._site = [self._tariff.number.get(lever.place, -1) for lever in self.levers]
        self._local = [
            k
            for k, lever in enumerate(self.levers)
            if lever.kind in ("duty", "spares", "loaners") and self._site[k] >= 0
        ]
        self._each = [self._piece(lever) for lever in self.levers]
        self._met: dict[tuple[object, ...], bool] = {}
        self._costs = lru_cache(maxsize=_COSTS)(self._priced)
        self._scenario = lru_cache(maxsize=_CASES)(self._made)
        self._case = lru_cache(maxsize=_CASES)(lambda levels: build(self.scenario_of(levels), there.net))

    def cost(self, levels: Levels) -> float:
        """CNY a year of what the levers decide; what a contractor takes comes on top."""
        return sum(self.costs(levels))

    def costs(self, levels: Levels) -> tuple[float, ...]:
        """The same lever by lever. Rent goes with a station's engineers, nights on call with its duty where that is
        offered, else with its engineers."""
        return self._costs(levels)

    def scenario_of(self, levels: Levels) -> Scenario:
        """The plan as a scenario."""
        return self._scenario(self.plain(levels))

    def case_of(self, levels: Levels) -> Case:
        """The plan as a case; the last few are kept."""
        return self._case(self.plain(levels))

    def plain(self, levels: Levels) -> Levels:
        """The plan in which nothing is decided that makes no difference: the same for plans that are the same scenario.

        Duty, shelves and stand-ins of closed stations are as today; of one engineer all are on call if one is.
        """
        engineers, found = self.engineers(levels), list(levels)
        for k in self._local:
            lever, count = self.levers[k], engineers[self._site[k]]
            if lever.kind == "duty" and not count:
                found[k] = lever.today
            elif lever.kind == "duty" and count == 1 and levels[k] > 0:
                found[k] = lever.today or DUTY.index("all")
            elif lever.kind != "duty" and not count:
                # A station that is staffed today is closed by the plan.
                found[k] = 0 if self.sites[self._site[k]].today else lever.today
        return tuple(found)

    def valid(self, levels: Levels) -> bool:
        """Whether a plan may be: levels within their bounds, a station open, no more engineers than are allowed, and
        somebody for all work that needs a skill."""
        if any(not lever.low <= x <= lever.high for lever, x in zip(self.levers, levels, strict=True)):
            return False
        return self.staffed(levels) and self.within(levels)

    def within(self, levels: Levels) -> bool:
        """Whether there are no more engineers than are allowed."""
        most = self._request.most_engineers
        return most is None or sum(self.engineers(levels)) <= most

    def staffed(self, levels: Levels) -> bool:
        """Whether there is a station open, and somebody for all work that needs a skill."""
        engineers = self.engineers(levels)
        return any(engineers) and apply.able(self._ground, engineers)

    def met(self, levels: Levels, wishes: Wishes) -> bool:
        """Whether the promises that are decided from the plan alone are kept."""
        plan = tuple(wish for wish in wishes.wishes if wish.kind == "plan")
        moved = zip(self.levers, self.plain(levels), strict=True)
        # Nothing else counts for such a rule.
        mine = tuple(x for lever, x in moved if lever.kind in ("spares", "reach"))
        decided = (plan, self._opened(levels), mine)
        if decided not in self._met:
            self._met[decided] = all(met_share(self.case_of(levels), wish) >= wish.target for wish in plan)
        return self._met[decided]

    def stocked(self, levels: Levels, fill: float) -> Levels:
        """The plan with the efficient spares (METRIC) of a fill rate, where shelves are decided one by one."""
        if self._shelves is None or not any(lever.key.startswith("spares.") for lever in self.levers):
            return levels
        stocks, found = self._shelves.efficient(self._opened(levels), fill), list(levels)
        for s, p in self._shelves.listed:
            k = self._shelf(s, p)
            found[k] = min(max(int(stocks[s, p]), self.levers[k].low), self.levers[k].high)
        return tuple(found)

    def lines(self, levels: Levels) -> tuple[Line, ...]:
        """The plan against today, decision by decision."""
        costs = zip(self.costs(self.today), self.costs(levels), strict=True)
        return tuple(
            Line(
                key=lever.key,
                kind=lever.kind,
                place=lever.place,
                name={"en": lever.name.en, "zh": lever.name["zh"]},
                today=self._shown(self.today, k),
                planned=self._shown(levels, k),
                cost_today=before,
                cost=after,
            )
            for k, (lever, (before, after)) in enumerate(zip(self.levers, costs, strict=True))
        )

    def _shown(self, levels: Levels, k: int) -> int | str:
        lever = self.levers[k]
        if lever.key == "spares":
            return int(self._stock(levels).sum())
        if lever.kind == "duty" and not self.engineers(levels)[self._site[k]]:
            return DUTY[0]
        if lever.kind == "duty":
            return lever.shown(self.plain(levels)[k])
        if lever.kind in ("spares", "loaners"):
            return self.plain(levels)[k]
        return lever.shown(levels[k])

    def engineers(self, levels: Levels) -> tuple[int, ...]:
        """Engineers by station: today's in the order of the scenario, then the candidates (``sites`` has their ids)."""
        return tuple(levels[k] if k >= 0 else site.today for k, site in zip(self._staff, self.sites, strict=True))

    def _opened(self, levels: Levels) -> Opened:
        return tuple(count > 0 for count in self.engineers(levels))

    def _stock(self, levels: Levels) -> Ints:
        """Base stocks of a plan, (sites + 1, parts)."""
        shelves = self._shelves
        assert shelves is not None
        opened = self._opened(levels)
        if "spares" in self.index:
            lever = self.levers[self.index["spares"]]
            if lever.high > 0 and levels[self.index["spares"]] != lever.today:
                return shelves.ladder(opened)[levels[self.index["spares"]]]
            return shelves.at(opened).as_today
        stocks = shelves.at(opened).as_today.copy()
        plain = self.plain(levels)
        for s, p in shelves.listed:
            stocks[s, p] = plain[self._shelf(s, p)]
        return stocks

    def _shelf(self, site: int, part: int) -> int:
        """The lever of a shelf."""
        place = self._ground.sites[site].key if site < len(self._ground.sites) else "hub"
        return self.index[f"spares.{place}.{self._ground.case.supply.parts[part]}"]

    def _priced(self, levels: Levels) -> tuple[float, ...]:
        plain, engineers = self.plain(levels), self.engineers(levels)
        return tuple(self._cost(k, level, engineers, plain) for k, level in enumerate(plain))

    def _cost(self, k: int, level: int, engineers: tuple[int, ...], plain: Levels) -> float:
        lever, tariff = self.levers[k], self._tariff
        if lever.kind in ("engineers", "duty"):
            site = self._site[k]
            count = engineers[site]
            if lever.kind == "duty":
                return tariff.on_call(DUTY[level], count)
            nights = 0.0 if f"duty.{lever.place}" in self.index else tariff.on_call(tariff.duty[site], count)
            return count * tariff.engineer[site] + (tariff.station[site] if count else 0.0) + nights
        if lever.key == "spares":
            assert self._shelves is not None
            return float((self._stock(plain) * self._shelves.price).sum())
        return level * self._each[k]

    def _piece(self, lever: Lever) -> float:
        """What a level of a lever costs that has a price by the piece."""
        if lever.kind == "spares" and self._shelves is not None and lever.key != "spares":
            part = lever.key.removeprefix(f"spares.{lever.place}.")
            return float(self._shelves.price[self._ground.case.supply.parts.index(part)])
        if lever.kind == "loaners":
            return self._tariff.loaner[lever.key.removeprefix("loaners.").removesuffix(f".{lever.place}")]
        return self._tariff.each.get(lever.key, 0.0)

    def _made(self, levels: Levels) -> Scenario:
        """The scenario of plain levels."""
        there = self._ground
        engineers = self.engineers(levels)
        found = apply.stations(there, engineers)
        for lever, level in zip(self.levers, levels, strict=True):
            if lever.kind == "duty" and engineers[site := self._tariff.number[lever.place]] and level != lever.today:
                table = found.get(f"stations.{lever.place}")
                changes = apply.duty(there, site, DUTY[level])
                if table is None:
                    found |= changes
                else:
                    table |= {path.rpartition(".")[2]: value for path, value in changes.items()}
            elif level != lever.today:
                found |= apply.level(there, lever, level)
        found |= self._stock_changes(levels) | self._loaner_changes(levels)
        return self.scenario.replace(**found) if found else self.scenario

    def _stock_changes(self, levels: Levels) -> dict[str, Any]:
        if self._shelves is None:
            return {}
        stocks, opened, spec = self._stock(levels), self._opened(levels), self.scenario.model
        # By share the shelves follow the stations by themselves, but they are to stay if it is only said who is sent.
        who = REACH[levels[self.index["reach"]]] if "reach" in self.index else spec.dispatch.who
        by_share = spec.stock.rule == "share" and (who == "nearest") == (spec.dispatch.who == "nearest")
        follows = by_share or (opened == self._shelves.today and spec.stock.rule == "given")
        same = (stocks == self._shelves.at(opened).as_today).all()
        return {} if follows and same else apply.stock(self._ground, stocks)

    def _loaner_changes(self, levels: Levels) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for pool, spec in self.scenario.model.loaners.items():
            keys = {site.key: f"loaners.{pool}.{site.key}" for site in self.sites if not site.candidate}
            if all(key in self.index for key in keys.values()):
                pieces = {site: levels[self.index[key]] for site, key in keys.items()}
            else:
                pieces = apply.stand_ins(self._ground, pool, self.engineers(levels))
            if any(pieces.get(site, 0) != spec.at.get(site, 0) for site in {**pieces, **spec.at}):
                found |= apply.loaners(self._ground, pool, pieces)
        return found


def space(scenario: Scenario, request: Request) -> Space:
    """The decisions that can move a promise that is to be kept.

    Parameters
    ----------
    scenario : Scenario
        Today's: its levels are the space's ``today``. Limits count (the shortest decides who goes first), so give the
        scenario with the limits that are planned for.
    request : Request
        Clauses to keep, candidates, what becomes of today's stations, prices.

    Returns
    -------
    Space

    Raises
    ------
    ScenarioError
        If the scenario can't be run.
    """
    there = ground(scenario, request.candidates)
    kept = Kept(there, request.keep)
    if kept.any(frozenset({"coverage"})):
        there = replace(there, assign=True)
        kept = Kept(there, request.keep)
    shelves = None
    if scenario.model.parts and kept.any(STAFF | STATIONS | SPARES):
        rules = (
            [p for p in kept.sim if p.measure == "stock_ratio"],
            [p for p in kept.plan if p.rule == "spares_at_start"],
        )
        free = request.existing == "free"
        shelves = Shelves(there, [*rules[0], *rules[1]], prices.pieces(request.costs, there.case), free=free)
    found = Space(there, request, offered(there, request, kept, shelves), shelves)
    least = tuple(lever.low for lever in found.levers)
    if not found.within(least):
        people = sum(found.engineers(least))
        message = f"no plan has fewer than {people} engineers: stations that stay open need one each"
        mend = f'allow {people} or more, or write existing = "free"'
        raise ScenarioError(Problem("sizing.most_engineers", str(request.most_engineers), message, mend))
    return found
