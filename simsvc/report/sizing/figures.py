"""Figures of a plan: the map, cost against service, the ladders, the rollout."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simsvc.network import Network
from simsvc.promise.result import PROVINCE
from simsvc.promise.sizing import Plan, Point, Rung
from simsvc.report import text
from simsvc.report.areas import area_id
from simsvc.report.layers import OPENED
from simsvc.report.map import network_map
from simsvc.report.sizing.coming import everywhere
from simsvc.report.sizing.kept import mapped
from simsvc.report.sizing.subject import Subject
from simsvc.report.style import ACCENT, BAD, GOOD, INK, LINE, MUTED, PAPER, WHITE, blank, look
from simsvc.report.words import Words

_WIDTH = 7.2
_MILLION = 1e6
_VERDICTS = {"holds": (GOOD, "✓"), "fails": (BAD, "✗"), "undecided": ("#8a9099", "?")}


def map_of(plan: Plan, network: Network, *, language: str = "en") -> Figure:
    """Where stations are opened and engineers added, and the share kept by area of the promise on time to site (the
    first kept promise with areas otherwise).

    Raises
    ------
    NetworkError
        No node has coordinates.
    """
    subject = Subject(plan, network, Words(language))
    row, areas = mapped(subject)
    ids = {area_id(network, r.area) or r.area: r for r in areas}
    shares = {k: r.estimate for k, r in ids.items()} or None
    cases = {k: float(r.cases) for k, r in ids.items()} or None
    target = row.target if row is not None and row.target is not None else 0.95
    options = {"sizes": cases, "target": target, "before": plan.today.model, "language": language}
    return network_map(network, subject.model, shares, **options)  # type: ignore[arg-type]


def pareto_of(plan: Plan, *, language: str = "en") -> Figure:
    """Cost against the share kept in the worst county, with the plan and today marked (today off the line)."""
    words = Words(language)
    points = sorted(plan.pareto, key=lambda p: p.cost)
    with look(words):
        figure, (axis,) = blank(_WIDTH, 3.6)
        line = [p for p in points if p.mark != "today"]
        axis.vlines([p.cost / _MILLION for p in points], [100 * p.low for p in points], [100 * p.high for p in points],
                    color=LINE, lw=4, zorder=1)  # fmt: skip
        axis.plot([p.cost / _MILLION for p in line], [100 * p.share for p in line], color=ACCENT, lw=1.2, zorder=2,
                  drawstyle="steps-post")  # fmt: skip
        for point in points:
            x, y, named = point.cost / _MILLION, 100 * point.share, bool(point.mark)
            colour = MUTED if point.mark == "today" else GOOD
            axis.plot(x, y, "s" if point.mark == "today" else "o", ms=9 if point.mark == "plan" else 6,
                      mfc=colour if named else PAPER, mec=colour, mew=1.4, zorder=3)  # fmt: skip
            if named:
                # Today's interval is long and stands upright: its words go beside it.
                at, ha, va = ((8, 0), "left", "center") if point.mark == "today" else ((0, 8), "center", "bottom")
                said = words("sizing.fig_engineers", n=point.engineers)
                axis.annotate(f"{words(f'sizing.fig_{point.mark}')}\n{said}", (x, y), at, ha=ha, va=va,
                              textcoords="offset points", fontsize=7.5, linespacing=1.4, color=INK)  # fmt: skip
        for point in _apart(points):
            axis.annotate(f"{point.engineers}", (point.cost / _MILLION, 100 * point.share), (5, -4), va="top",
                          textcoords="offset points", fontsize=7.5, color=MUTED)  # fmt: skip
        axis.set(xlabel=words("sizing.fig_numbers"), ylabel=words("sizing.fig_share"))
        axis.margins(x=0.08, y=0.16)
        _grid(axis)
    return figure


def _apart(points: Sequence[Point]) -> Iterator[Point]:
    """Of points by their cost, those whose number has room beside that of the one before and the marked ones."""
    marked = [p.cost for p in points if p.mark]
    room, last = 0.03 * (points[-1].cost - points[0].cost if points else 0.0), -math.inf
    for point in points:
        if not point.mark and point.cost - last >= room and all(abs(point.cost - cost) >= room for cost in marked):
            last = point.cost
            yield point


def next_of(plan: Plan, *, language: str = "en") -> Figure:
    """What one more engineer would do at each station: the share gained there with its interval, the best value for the
    whole province on top; gains that are not sure are pale."""
    words = Words(language)
    shown = sorted(plan.next_engineer, key=lambda n: (-n.breaches, n.station))
    with look(words):
        figure, (axis,) = blank(_WIDTH, 0.9 + 0.3 * max(len(shown), 1))
        for place, n in enumerate(shown):
            axis.barh(place, 100 * n.gain, height=0.62, color=GOOD if n.low > 0 else LINE)
            axis.plot([100 * n.low, 100 * n.high], [place, place], color=INK, lw=1.1, solid_capstyle="butt")
            said = words("sizing.fig_fewer", n=text.count(max(n.breaches, 0.0)))
            axis.annotate(said, (100 * max(n.high, 0.0), place), (5, 0), textcoords="offset points", va="center",
                          fontsize=7.5, color=MUTED)  # fmt: skip
        axis.axvline(0, color=INK, lw=0.8)
        axis.set_yticks(range(len(shown)), [words.pick(n.name) for n in shown])
        axis.set(ylim=(max(len(shown), 1) - 0.5, -0.5), xlabel=words("sizing.fig_gain"))
        axis.margins(x=0.22)
        _grid(axis, "x")
    return figure


def ladder_of(plan: Plan, *, language: str = "en") -> Figure:
    """Cost by promised share and by demand; a rung without a plan is a cross at the foot."""
    words = Words(language)
    axes_shown = [axis for axis in ("target", "demand") if any(r.axis == axis for r in plan.ladder)]
    with look(words):
        figure, axes = blank(_WIDTH, 0.5 + 2.2 * max(len(axes_shown), 1), rows=max(len(axes_shown), 1), share=False)
        for axis, name in zip(axes, axes_shown, strict=False):
            _rungs(axis, [rung for rung in plan.ladder if rung.axis == name], words)
            axis.set_title(words(f"sizing.ladder_{name}"), loc="left", fontsize=9, color=INK)
        for axis in axes:
            axis.set_ylabel(words("sizing.fig_cost"), fontsize=8)
    return figure


def _rungs(axis: Axes, rungs: list[Rung], words: Words) -> None:
    costs = [0.0 if r.cost is None else r.cost / _MILLION for r in rungs]
    top = max(costs, default=0.0) or 1.0
    for place, (rung, cost) in enumerate(zip(rungs, costs, strict=True)):
        if rung.cost is None:
            word = words("sizing.fig_no_plan")
            axis.text(place, 0.04 * top, f"✗ {word}", ha="center", va="bottom", fontsize=8, color=BAD)
            continue
        axis.bar(place, cost, width=0.6, color=GOOD if rung.status == "kept" else LINE)
        said = [f"{cost:.2f}"]
        said += [words("sizing.fig_engineers", n=rung.engineers)] if rung.engineers is not None else []
        axis.text(place, cost + 0.02 * top, "\n".join(said), ha="center", va="bottom", fontsize=7.5, linespacing=1.4,
                  color=MUTED)  # fmt: skip
    names = [text.target(r.value) if r.axis == "target" else f"× {r.value:g}" for r in rungs]
    axis.set_xticks(range(len(rungs)), names)
    axis.set(ylim=(0, 1.28 * top), xlim=(-0.6, max(len(rungs), 1) - 0.4))
    _grid(axis, "y")


def rollout_of(plan: Plan, network: Network, *, language: str = "en") -> Figure:
    """Areas with a station by month, and below, promise by promise, what holds in that month's staffing."""
    subject = Subject(plan, network, Words(language))
    words, months = subject.words, plan.rollout.months if plan.rollout is not None else ()
    promises = list(dict.fromkeys((r.id, r.part) for m in months for r in everywhere(m.rows)))
    height = 2.4 + 0.28 * len(promises)
    with look(words):
        figure, (bars, grid) = blank(_WIDTH, height + 0.3, rows=2, heights=(1.5, max(0.28 * len(promises), 0.5)))
        for place, month in enumerate(months):
            # A station in a zone opens in no city or county.
            fresh = max(month.own - months[place - 1].own, 0) if place else 0
            bars.bar(place, month.own - fresh, width=0.62, color=ACCENT)
            bars.bar(place, fresh, bottom=month.own - fresh, width=0.62, color=OPENED)
            bars.text(place, month.own, f"{month.own}", ha="center", va="bottom", fontsize=8)
            for row in everywhere(month.rows):
                key = (row.id, row.part)
                _verdict(grid, place, promises.index(key), row.verdict, subject.kept(key, row.estimate))
        bars.set_title(words("sizing.fig_own"), loc="left", fontsize=9, color=INK)
        bars.set(yticks=[], ylim=(0, 1.2 * max((m.own for m in months), default=1)))
        grid.set_title(words("sizing.fig_kept"), loc="left", fontsize=9, color=INK)
        grid.set_yticks(range(len(promises)), [subject.planned.get(key, key[0]) for key in promises])
        grid.set(ylim=(max(len(promises), 1) - 0.5, -0.5), xlim=(-0.5, max(len(months), 1) - 0.5))
        grid.set_xticks(range(len(months)), [f"{m.month}" for m in months])
        grid.set_xlabel(words("sizing.fig_month"))
    return figure


def _verdict(axis: Axes, x: int, y: int, verdict: str, share: str) -> None:
    colour, symbol = _VERDICTS.get(verdict, (LINE, "–"))
    axis.barh(y, 0.94, left=x - 0.47, height=0.86, color=colour)
    axis.text(x, y, f"{symbol} {share}", ha="center", va="center", fontsize=7.5, color=WHITE)


def _grid(axis: Axes, which: str = "both") -> None:
    axis.grid(axis=which, color=LINE, lw=0.6)  # type: ignore[arg-type]
    axis.set_axisbelow(True)


def drawn(plan: Plan, network: Network, *, language: str = "en") -> dict[str, Figure]:
    """The figures that have something to draw, by section."""
    from simsvc.network import nodes_for_map

    made: dict[str, Figure] = {}
    if plan.scenario is not None and nodes_for_map(network):
        made["map"] = map_of(plan, network, language=language)
    if len(plan.pareto) > 1:
        made["pareto"] = pareto_of(plan, language=language)
    if plan.next_engineer:
        made["next"] = next_of(plan, language=language)
    if plan.ladder:
        made["ladder"] = ladder_of(plan, language=language)
    if plan.rollout is not None and any(r.area == PROVINCE for m in plan.rollout.months for r in m.rows):
        made["rollout"] = rollout_of(plan, network, language=language)
    return made
