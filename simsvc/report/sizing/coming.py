"""The way to the plan, month by month; how absences are best covered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from simsvc.promise.result import PROVINCE, Row, Verdict
from simsvc.promise.sizing import Month, RolloutPlan
from simsvc.report import text
from simsvc.report.sizing.subject import Subject, money, more
from simsvc.report.sizing.tables import Section, Table
from simsvc.report.verdicts import worst_first


def rollout(subject: Subject) -> Section:
    """Which station opens in which month, and what is kept by then."""
    found, words = subject.plan.rollout, subject.words
    if found is None:
        return Section("rollout")
    heads = ("month", "opens", "hired", "own", "promises_kept", "worst_area")
    rows = tuple(_month(subject, month) for month in found.months)
    table = Table(tuple(words(f"sizing.{head}") for head in heads), rows, right=(2, 3), whole=(4,))
    return Section("rollout", words("sizing.rollout_means", hires=found.hires), tuple(_said(subject, found)), (table,))


def _said(subject: Subject, found: RolloutPlan) -> list[str]:
    words = subject.words
    first = words("sizing.kept_never") if found.kept_from is None else words("sizing.kept_from", month=found.kept_from)
    timely = words("sizing.in_time" if found.in_time else "sizing.not_in_time", within=found.within)
    breaches = {"expected": text.count(found.expected), "otherwise": text.count(found.expected_otherwise)}
    return [first, *[timely] * bool(found.within), words("sizing.naive", **breaches)]


def _month(subject: Subject, month: Month) -> tuple[str, ...]:
    words = subject.words
    judged = everywhere(month.rows)
    areas = [r for r in month.rows if r.area != PROVINCE and r.estimate is not None and not r.apart]
    least = min(areas, key=worst_first, default=None)
    return (
        f"{month.month}",
        words.join(subject.pick(name) for name in month.names),
        f"{month.hired}",
        f"{month.own}",
        _holding(subject, judged),
        "" if least is None else f"{least.id} {subject.area(least.area)} {text.share(least.estimate)}",
    )


def _holding(subject: Subject, judged: Sequence[Row]) -> str:
    """How many promises hold, of how many; how many are not decided."""
    found = [r.verdict for r in judged]
    holds = subject.words("sizing.n_of", n=found.count("holds"), of=len(found))
    unsure = found.count("undecided")
    return subject.words("sizing.open_too", holds=holds, n=unsure) if unsure else holds


def everywhere(rows: Sequence[Row]) -> list[Row]:
    """Rows of the whole province that are judged, each with the worst of its verdict and those of its areas."""
    verdicts: dict[tuple[str, str], set[str]] = {}
    for r in rows:
        if not (r.apart and r.area != PROVINCE):
            verdicts.setdefault((r.id, r.part), set()).add(r.verdict)
    found = [r for r in rows if r.area == PROVINCE and r.verdict != "no cases"]
    return [replace(r, verdict=_worst(r.verdict, verdicts[r.id, r.part])) for r in found]


def _worst(own: Verdict, areas: Collection[str]) -> Verdict:
    return "fails" if "fails" in areas else "undecided" if "undecided" in areas else own


def relief(subject: Subject) -> Section:
    """Ways of covering for absences against the plan, and what each avoided breach costs."""
    words = subject.words
    heads = ("cover", "extra", "share_small", "breaches", "fewer_interval", "per_breach")
    rows = tuple(
        (
            subject.pick(c.name),
            more(c.cost),
            text.share(c.share),
            text.count(c.breaches),
            f"{_signed(c.fewer)} ({_signed(c.low)} … {_signed(c.high)})",
            money(c.cost / c.fewer) if c.low > 0 and c.cost > 0 else "",
        )
        for c in subject.plan.relief
    )
    table = Table(tuple(words(f"sizing.{head}") for head in heads), rows, right=(1, 2, 3, 4, 5))
    return Section("relief", words("sizing.relief_means"), tuple(_cheapest(subject)), (table,))


def _cheapest(subject: Subject) -> Iterator[str]:
    """The way that avoids breaches at the lowest price, of those whose gain is sure."""
    priced = [c for c in subject.plan.relief if c.low > 0 and c.cost > 0]
    if priced:
        best = min(priced, key=lambda c: c.cost / c.fewer)
        yield subject.words("sizing.relief_best", name=subject.pick(best.name), price=money(best.cost / best.fewer))


def _signed(value: float) -> str:
    return f"{value + 0.0:+,.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")
