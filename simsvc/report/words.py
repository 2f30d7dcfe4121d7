"""The texts of the report in one language, out of ``words.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from simsvc import dictionary
from simsvc.log.words import CODE_WORDS

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@cache
def table() -> dict[str, Any]:
    """The texts of the file, and the words that the dictionary has for measures, their cases and plan rules."""
    found = tomllib.loads(files("simsvc.report").joinpath("words.toml").read_text(encoding="utf-8"))
    named = {name: m for kind in dictionary.KINDS for name, m in dictionary.measures(kind).items()}
    return found | {
        "measure": {name: {"en": m.name.en, "zh": m.name.zh} for name, m in named.items()},
        "population": {name: {"en": m.cases.en, "zh": m.cases.zh} for name, m in named.items() if m.cases.en},
    }


class Words:
    """Texts in ``language``; ``words("verdict.holds")``, with ``{name}`` filled in from keywords.

    Raises
    ------
    ValueError
        The language is neither ``"en"`` nor ``"zh"``.
    KeyError
        There is no such text.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r} is not known; write one of {', '.join(LANGUAGES)}")
        self.language: Language = "zh" if language == "zh" else "en"

    def __call__(self, key: str, **values: object) -> str:
        section, _, name = key.partition(".")
        text: str = table()[section][name][self.language]
        return text.format(**values) if values else text

    def option(self, section: str, name: str) -> str:
        """The text of a code, or the code itself in plain letters where the table has none."""
        entry = table()[section].get(name)
        return str(entry[self.language]) if entry else name.replace("_", " ")

    def choice(self, value: str) -> str:
        """A word that a scenario writes as a value, ``"own-then-backup"``, in plain words; other values as they are."""
        entry = table()["choice"].get(value)
        return str(entry[self.language]) if entry else value

    def code(self, table: str, name: str) -> str:
        """A code of the log in words."""
        return CODE_WORDS[table][name][self.language == "zh"]

    def pick(self, texts: Mapping[str, str]) -> str:
        """The text in this language out of ``{"en": …, "zh": …}``; English, or any, where it is missing."""
        return texts.get(self.language) or texts.get("en") or next(iter(texts.values()), "")

    def join(self, items: Iterable[str]) -> str:
        """A list in a sentence."""
        return self("page.and").join(items)

    def phrases(self, items: Iterable[str]) -> str:
        """Phrases one after the other."""
        return self("page.semi").join(items)

    def glossary(self, used: Iterable[str]) -> list[tuple[str, str, str]]:
        """Rows of (term, the term in the other language, meaning) for a page with these measures."""
        other = "en" if self.language == "zh" else "zh"
        found = dictionary.glossary(used)
        return [(row.term[self.language], row.term[other], row.meaning[self.language]) for row in found]
