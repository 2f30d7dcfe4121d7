"""All measures as a page, out of the dictionary."""

from __future__ import annotations

from simsvc import dictionary

HEAD = """# The measures

Made from `simsvc/dictionary/measures.toml` by `python -m simsvc.dictionary > docs/measures.md`. How each is computed
stands in `simsvc/measures/` and `simsvc/promise/`; what the columns of the log mean, in [tables.md](tables.md).
"""
SECTIONS = {
    "sim": (
        'Judged by simulation (`kind = "sim"`)',
        "A case is kept if it meets the limit; the measure is the share kept. 案例满足时限即为兑现，指标为兑现率。",
    ),
    "estimate": (
        'Estimated (`kind = "measure"`)',
        "Nothing is promised to hold these against: an estimate with its interval. 无承诺值可比，只给估计与区间。",
    ),
    "further": (
        "Further figures",
        "They come with the estimate that they belong to. 随所属估计一并给出。",
    ),
    "plan": (
        'Decided from the scenario (`kind = "plan"`)',
        "Nothing is simulated. 无需仿真。",
    ),
}


def markdown() -> str:
    """Every measure with name, unit, cases and meaning in English and Chinese."""
    parts = [HEAD]
    for kind, (title, about) in SECTIONS.items():
        parts.append(f"\n## {title}\n\n{about}\n")
        parts.append(
            "| name | measure | 指标 | cases | 案例 | unit | meaning | 含义 |\n|---|---|---|---|---|---|---|---|"
        )
        for name, m in dictionary.measures(kind).items():
            cells = (f"`{name}`", m.name.en, m.name.zh, m.cases.en, m.cases.zh, m.unit, m.meaning.en, m.meaning.zh)
            parts.append("| " + " | ".join(cells) + " |")
    return "\n".join(parts) + "\n"
