"""A plan and its network → the text of its page."""

from __future__ import annotations

import warnings

from markupsafe import Markup

from simsvc.network import Network
from simsvc.promise.sizing import Plan
from simsvc.report import facts, sections, text
from simsvc.report.assumptions import ledger
from simsvc.report.page import environment
from simsvc.report.sizing import answer, figures
from simsvc.report.sizing.subject import Subject
from simsvc.report.sizing.tables import Mark
from simsvc.report.sizing.told import told
from simsvc.report.style import FontWarning
from simsvc.report.svg import inline
from simsvc.report.words import Words


def render(plan: Plan, network: Network, *, language: str = "en") -> str:
    """Return the page as one text, self-contained.

    Raises
    ------
    ValueError
        The language is not known.
    """
    words = Words(language)
    subject = Subject(plan, network, words)
    with warnings.catch_warnings():
        # The page keeps its text as text; which fonts this machine has doesn't matter.
        warnings.simplefilter("ignore", FontWarning)
        made = figures.drawn(plan, network, language=language)
        drawings = {key: Markup(inline(f, key, words(f"sizing.{key}"))) for key, f in made.items()}
    model = plan.today.model
    return environment().get_template("sizing.html").render(
        words=words,
        title=words.pick(plan.title),
        made=words("sizing.made", seed=plan.seed, level=text.target(plan.confidence)),
        answer=answer.answer(subject),
        sections=told(subject),
        drawings=drawings,
        is_mark=lambda cell: isinstance(cell, Mark),
        assumptions=ledger(model, words),
        facts=facts.facts(model, network, words),
        facts_note=words("sizing.facts_today"),
        provenance=list(sections.flat(plan.provenance)),
        attribution=network.attribution,
        sources=network.sources,
    )  # fmt: skip
