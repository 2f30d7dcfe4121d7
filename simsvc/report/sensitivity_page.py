"""A sensitivity analysis, its scenario and its network → the text of its page."""

from __future__ import annotations

import warnings

from markupsafe import Markup

from simsvc.network import Network
from simsvc.promise.sensitivity import Sensitivity
from simsvc.report.page import environment
from simsvc.report.sensitivity import about, told
from simsvc.report.style import FontWarning
from simsvc.report.svg import inline
from simsvc.report.tornado import tornado
from simsvc.report.words import Words
from simsvc.scenario.model import Model


def render(found: Sensitivity, model: Model, network: Network, *, language: str = "en") -> str:
    """Return the page as one text, self-contained.

    Raises
    ------
    ValueError
        The language is not known.
    """
    words = Words(language)
    with warnings.catch_warnings():
        # The page keeps its text as text; which fonts this machine has doesn't matter.
        warnings.simplefilter("ignore", FontWarning)
        drawings = {
            number: Markup(
                inline(tornado(subject, model, language=language), f"tornado{number}", words("sensitivity.lead"))
            )
            for number, subject in enumerate(found.subjects)
            if subject.swings
        }
    return environment().get_template("sensitivity.html").render(
        words=words,
        title=words.pick(found.title),
        made=words("page.made", replications=f"{found.replications:,}", seed=found.seed),
        about=about(found, words),
        problem=words("sensitivity.problem", problem=found.problem) if found.problem else "",
        told=told(found, model, network, words),
        drawings=drawings,
        points=f"{found.points:,}",
    )  # fmt: skip
