"""The columns of the log as a page: ``python -m simsvc.log.describe > docs/tables.md``."""

from __future__ import annotations

import sys

from simsvc.log.schema import CODES, TABLES, Column
from simsvc.log.words import CODE_WORDS

HEAD = """# The tables of a run

Made from `simsvc/log/schema.py` by `python -m simsvc.log.describe > docs/tables.md`. In the pandas tables of a study
times are local moments (empty: has not happened), references and codes are names, flags are true or false, durations
are seconds. In the raw log times are seconds from the start of the run (-1: has not happened) and references are
indices (-1: none).
"""


def markdown() -> str:
    """All tables with their columns, and all codes: unit, meaning in English and Chinese."""
    parts = [HEAD]
    for name, columns in TABLES.items():
        parts.append(f"\n## {name}\n\n| column | unit | meaning | 含义 |\n|---|---|---|---|")
        parts += [f"| `{c.name}` | {_unit(c)} | {c.en} | {c.zh} |" for c in columns]
    parts.append("\n## Codes\n\n| column | code | meaning | 含义 |\n|---|---|---|---|")
    for name, words in CODE_WORDS.items():
        parts += [f"| {_holding(name)} | `{code}` | {en} | {zh} |" for code, (en, zh) in words.items()]
    return "\n".join(parts) + "\n"


def _holding(code: str) -> str:
    """Columns that hold a kind of code."""
    found = [column.name for columns in TABLES.values() for column in columns if column.refers == code]
    return ", ".join(f"`{name}`" for name in dict.fromkeys(found))


def _unit(column: Column) -> str:
    if column.refers in CODES:
        return "one of " + ", ".join(CODES[column.refers])
    return f"name of one of the {column.refers}" if column.refers else column.unit


if __name__ == "__main__":
    sys.stdout.write(markdown())
