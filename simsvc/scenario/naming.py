"""What a dotted path means, in the words of the assumption ledger or of the dictionary."""

from __future__ import annotations

import re
from typing import Any

from simsvc import dictionary
from simsvc.scenario import paths, shape
from simsvc.scenario.base import Text
from simsvc.scenario.model import Model


def label(model: Model, raw: dict[str, Any], path: str) -> Text:
    """A path in words: the name of the assumption that stands there, else of what it is and what its key means.

    Of a key's meaning the beginning is taken: what follows a colon or a semicolon are the words that may stand there.

    Parameters
    ----------
    model : Model
        The model of ``raw``.
    path : str
        A path of the scenario, ``stations.haikou.engineers``; of one that the language doesn't know the path itself.
    """
    for assumption in model.assumptions.values():
        if path in (assumption.path, *assumption.also):
            return assumption.name
    tokens = paths.numbered(raw, paths.split(path))
    of: list[dict[str, str]] = []
    meaning: dictionary.Entry | None = None
    annotation: Any = Model
    value: Any = raw
    for token in tokens:
        table = shape.table_at(annotation, value)
        if table is not None:
            meaning = dictionary.field(table.__name__, str(token))
        annotation, value = shape.annotation_at(annotation, value, (token,)), shape.child(value, token)
        if table is None:
            name = value.get("name") if isinstance(value, dict) else None
            of.append(name if isinstance(name, dict) and "en" in name else {"en": str(token), "zh": str(token)})
    if meaning is None:
        return Text(en=path)
    en, zh = (", ".join(n["en"] for n in of), "、".join(n.get("zh") or n["en"] for n in of))
    said = Text(en=re.split("[;:]", meaning.en)[0], zh=re.split("[；：]", meaning.zh)[0])
    return Text(en=f"{en}: {said.en}", zh=f"{zh}：{said.zh}") if of else said
