"""Rules about what a document states of one thing in several places: warranty, frequency of visits, wording."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.promise.lint.finding import Finding, Subject, duration, ids, joined, listed
from simsvc.scenario.base import Text
from simsvc.scenario.demand import Planned
from simsvc.scenario.promises import MeasurePart, SimPart, Term

SINCE = {
    "contract": Text(en="from the contract", zh="自签订合同起"),
    "delivery": Text(en="from delivery", zh="自交货起"),
    "commissioning": Text(en="from commissioning", zh="自投入使用起"),
}
OFTEN = {
    12.0: Text(en="monthly", zh="每月一次"),
    6.0: Text(en="every two months", zh="每两月一次"),
    4.0: Text(en="quarterly", zh="每季一次"),
    3.0: Text(en="every four months", zh="每四个月一次"),
    2.0: Text(en="half-yearly", zh="每半年一次"),
    1.0: Text(en="yearly", zh="每年一次"),
}
ON_REQUEST = Text(en="when the client asks", zh="按客户要求")
WORDINGS = {
    "arrived": Text(en="on site by then", zh="届时到达现场"),
    "set-out": Text(en="set out by then", zh="届时出发"),
    "arranged": Text(en="arranged by then", zh="届时安排"),
    "completed": Text(en="completed by then", zh="届时完成"),
    "in-general": Text(en="in general only", zh="仅“一般”如此"),
}


def warranties_differ(subject: Subject) -> Iterator[Finding]:
    """Different lengths of warranty, or different starts, in one document."""
    stated = [(term, clause) for clause, spec in subject.model.clauses.items() for term in spec.states.warranty]
    lengths = {term.length for term, _ in stated}
    starts = {term.since for term, _ in stated if term.since is not None}
    if len(lengths) > 1 or len(starts) > 1:
        terms = joined(_term(term) for term in dict.fromkeys(term for term, _ in stated))
        clauses = ids(clause for _, clause in stated)
        longest = duration(max(lengths))
        yield Finding(
            "warranties_differ",
            clauses,
            Text(
                en=f"The warranty is stated in several ways ({listed(clauses)['en']}): {terms['en']}.",
                zh=f"质保期表述不一（{listed(clauses)['zh']}）：{terms['zh']}。",
            ),
            Text(
                en=f"State one length and one start for each kind of goods; a buyer will claim the longest "
                f"({longest['en']}).",
                zh=f"按货物类别各写明一个质保期及起算点；买方会按最长的（{longest['zh']}）主张。",
            ),
            "conflict",
        )


def frequencies_differ(subject: Subject) -> Iterator[Finding]:
    """Different frequencies for one kind of regular visit, between clauses or with what is stated elsewhere.

    One clause may promise several (monthly visits and a quarterly follow-up): these are different visits.
    """
    kinds: dict[str, dict[str, list[Text]]] = {}
    contradicted: set[str] = set()
    for clause, part in subject.sim_parts():
        facts = subject.model.clauses[clause].states
        if part.measure != "planned_done" or not facts.frequency_named:
            continue
        for plan in (subject.model.planned[name] for name in part.population.planned):
            per_year = _per_year(plan)
            own = [_often(per_year)] if per_year is not None else []
            other = [ON_REQUEST if f == "on-request" else _often(12 / f) for f in facts.frequencies]
            if set(other) - set(own) and len({*own, *other}) > 1:
                contradicted.add(plan.kind)
            if own or other:
                kinds.setdefault(plan.kind, {}).setdefault(clause, []).extend((*own, *other))
    for kind, clauses in kinds.items():
        widest = max(clauses.values(), key=lambda often: len(set(often)))
        if kind in contradicted or any(not set(often) <= set(widest) for often in clauses.values()):
            names = listed(clauses)
            every = joined(dict.fromkeys(f for often in clauses.values() for f in often))
            yield Finding(
                "frequencies_differ",
                ids(clauses),
                Text(
                    en=f"One kind of visit is promised in several frequencies ({names['en']}): {every['en']}.",
                    zh=f"同类上门承诺的频次不一（{names['zh']}）：{every['zh']}。",
                ),
                Text(
                    en="Keep one frequency, and the months or days in which the visits fall; count what it takes "
                    "before promising the most frequent.",
                    zh="只保留一种频次并写明月份或日期；承诺最密的频次之前，先核算所需工时。",
                ),
                "conflict",
            )


def frequency_unnamed(subject: Subject) -> Iterator[Finding]:
    """Regular visits without a frequency, judged or only estimated."""
    silent = ids(
        clause
        for clause, spec in subject.model.clauses.items()
        if not spec.states.frequency_named
        and any(
            isinstance(p, SimPart | MeasurePart) and p.measure in ("planned_done", "planned_load") for p in spec.parts
        )
    )
    if silent:
        yield Finding(
            "frequency_unnamed",
            silent,
            Text(
                en=f"Regular visits are promised, but not how often ({listed(silent)['en']}).",
                zh=f"{listed(silent)['zh']}承诺定期上门而未写明频次。",
            ),
            Text(en='Write the frequency, as "once in every half-year".', zh="写明频次，例如“每半年一次”。"),
            "warning",
        )


def wordings_differ(subject: Subject) -> Iterator[Finding]:
    """One limit worded so that it asks for different things."""
    for clause, spec in subject.model.clauses.items():
        wordings = [WORDINGS[w] for w in dict.fromkeys(spec.states.wordings)]
        if len(wordings) > 1:
            said = joined(wordings)
            yield Finding(
                "wordings_differ",
                (clause,),
                Text(
                    en=f"{clause} is worded in {len(wordings)} ways that ask for different things: {said['en']}.",
                    zh=f"{clause}有{len(wordings)}种写法，要求各不相同：{said['zh']}。",
                ),
                Text(
                    en='Use one wording throughout, as "an engineer is on site within …"; a buyer will read the '
                    "strictest.",
                    zh="全文统一一种写法，例如“工程师……内到达现场”；买方会按最严的理解。",
                ),
                "conflict",
            )


def hedged(subject: Subject) -> Iterator[Finding]:
    """Limits that bind "in general" only."""
    found = [clause for clause, spec in subject.model.clauses.items() if set(spec.states.wordings) == {"in-general"}]
    if found:
        yield Finding(
            "hedged",
            ids(found),
            Text(
                en=f'A limit that holds "in general" ({listed(found)["en"]}) promises nothing for the case at hand.',
                zh=f"{listed(found)['zh']}的时限仅“一般”适用，就个案而言等于未作承诺。",
            ),
            Text(
                en='Name the exceptions, or the share of cases: "in 95 % of cases within …".',
                zh="写明例外情形，或写明比例，例如“95%的情况下……内”。",
            ),
            "warning",
        )


def _per_year(plan: Planned) -> float | None:
    """Visits a year of a regular plan; None for plans that follow a site's life or a request."""
    if plan.every_months is not None:
        return 12 / plan.every_months
    return float(len(plan.months)) if plan.months else None


def _often(per_year: float) -> Text:
    return OFTEN.get(per_year, Text(en=f"{per_year:g} times a year", zh=f"每年{per_year:g}次"))


def _term(term: Term) -> Text:
    length = duration(term.length)
    since = SINCE.get(term.since or "")
    return Text(en=f"{length['en']} {since.en}", zh=f"{since.zh}{length['zh']}") if since is not None else length
