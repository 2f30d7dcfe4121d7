"""A scenario to edit, made from another: its files are copied with their comments, every assumption marked to check."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simsvc import dictionary
from simsvc.errors import Problem, ScenarioError
from simsvc.scenario import files, reading, shape, shipped, toml_text
from simsvc.scenario.describe import paths as tables
from simsvc.scenario.model import Model
from simsvc.scenario.scenario import Scenario, load
from simsvc.whole import write_together

MARK = "# [ ] check / 待核"
"""Comment above every assumption; a person puts an x into the box."""

_MARKS = re.compile(r"^# \[.\] check / 待核\n", re.MULTILINE)
_HEAD = re.compile(r"\A# [^\n]*: a scenario to edit, made from (?:[^\n]+\n)+\n")
"""Marks and head of a scenario that was made so itself: the copy gets its own."""
_NAME = re.compile(r"\w[\w.-]*")
_FILES = {"include", "matrix", "graphml"} | {
    key for table in tables() for key, annotation in shape.inside(table).items() if shape.row_table(annotation)
}
"""Keys at which the name of a file may stand."""


@dataclass
class _Copy:
    """Files on their way: content by target; ``places``, where each source file goes (names are kept apart)."""

    target: Path
    contents: dict[Path, str | bytes] = field(default_factory=dict)
    places: dict[Path, Path] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the files go that the scenario names: beside it, under its own name."""
        return self.target.with_suffix("")

    def place(self, source: Path) -> Path:
        """Target of a file that the scenario names."""
        source = source.resolve()
        if source not in self.places:
            taken = {path.name for path in self.places.values()}
            names = [source.name, *(f"{n}-{source.name}" for n in range(2, len(taken) + 3))]
            self.places[source] = self.folder / next(name for name in names if name not in taken)
        return self.places[source]


def create(name: str | Path, like: str | Path = "huitian-2018", *, force: bool = False) -> list[Path]:
    """Write ``NAME.toml`` and the files that it names, to be edited; all of them or none.

    Parameters
    ----------
    name : str or Path
        Name of the new scenario, or path of its file.
    like : str or Path
        Shipped scenario, or path of one, from which it starts. It says the same, but for its name and title.
    force : bool
        Whether files that exist already may be replaced.

    Returns
    -------
    list
        The files written, the scenario first.

    Raises
    ------
    ScenarioError
        If the name can't be used, a file exists, ``like`` can't be used or can't be copied with its comments.
    """
    target = _target(name)
    origin = load(like)
    copied = _Copy(target)
    _scenario(origin, copied)
    standing = [path for path in copied.contents if path.exists()]
    if standing and not force:
        remedy = "choose another name, or replace it by --force"
        raise ScenarioError([Problem(str(path), "", "exists already", remedy) for path in standing])
    try:
        write_together(copied.contents, folders=True)
    except OSError as error:
        raise ScenarioError(Problem(str(target), "", f"can't be written: {error.strerror}", "name another")) from None
    return list(copied.contents)


def _target(name: str | Path) -> Path:
    path = Path(name) if str(name).endswith(".toml") else Path(f"{name}.toml")
    problem = None
    if not _NAME.fullmatch(path.stem):
        problem = Problem("NAME", str(name), "a name is made of letters, digits, -, _ and .", "as my-bid")
    elif path.stem in shipped.names():
        problem = Problem("NAME", str(name), "is the name of a shipped scenario", "choose another")
    elif not path.parent.is_dir():
        problem = Problem("NAME", str(name), f"there is no folder {path.parent}", "make it, or name another")
    if problem is not None:
        raise ScenarioError(problem)
    return path


def _scenario(origin: Scenario, copied: _Copy) -> None:
    """The scenario's own file, under its new name and title, and everything that it names."""
    name, old = copied.target.stem, origin.model.title
    titles = {"en": f"{name}, after: {old.en}", "zh": f"{name}（参照：{old['zh']}）"}
    copied.contents[copied.target] = ""  # the scenario stands first
    source = origin.path or Path()
    text, raw = _toml(source, copied, copied.target)
    body = _titled(_renamed(text, name), titles)
    _check(body, {**raw, "name": name, "title": titles}, source)
    copied.contents[copied.target] = "\n".join([*_head(origin, copied, "extends" in raw), body])


def _toml(source: Path, copied: _Copy, target: Path) -> tuple[str, dict[str, Any]]:
    """Text and values of a TOML file as they are to stand at ``target``; the files that it names are copied too."""
    text = _MARKS.sub("", _HEAD.sub("", reading.text(source, str(source), "a scenario file")))
    raw = tomllib.loads(text)
    moved = dict(_references(raw, source.parent, copied, target.parent))
    for old, new in moved.items():
        named = re.compile(rf"(?<![\w./-]){re.escape(old)}(?![\w/-])")
        lines = [
            named.sub(new, line)
            if line.startswith("#")
            else line.replace(f'"{old}"', f'"{new}"').replace(f"'{old}'", f"'{new}'")
            for line in text.split("\n")
        ]
        text = "\n".join(lines)
    text = _marked(text, raw.get("assumptions", {}))
    expected = _replaced(raw, moved)
    _check(text, expected, source)
    return text, expected


def _references(value: Any, folder: Path, copied: _Copy, to: Path, key: str = "") -> Iterator[tuple[str, str]]:
    """Names of files below a value, as written and as they are to be written; the files are copied on the way."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _references(inner, folder, copied, to, name.rpartition(".")[2])
    elif isinstance(value, list) and key == "include":
        for inner in value:
            yield from _references(inner, folder, copied, to, key)
    elif isinstance(value, str) and key == "extends":
        parent = files.parent(value, folder)
        if parent.parent.resolve() != shipped.folder():
            yield value, Path(os.path.relpath(parent, to)).as_posix()
    elif isinstance(value, str) and key in _FILES:
        source = folder / value
        place = copied.place(source)
        if place not in copied.contents:
            copied.contents[place] = b""
            copied.contents[place] = _toml(source, copied, place)[0] if key == "include" else source.read_bytes()
        yield value, place.relative_to(to).as_posix()


def _replaced(value: Any, moved: Mapping[str, str]) -> Any:
    """The values of a file with the names of files as they are to be written."""
    if isinstance(value, dict):
        return {key: _replaced(inner, moved) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, moved) for inner in value]
    return moved.get(value, value) if isinstance(value, str) else value


def _marked(text: str, assumptions: Mapping[str, Any]) -> str:
    """The text with a mark above every assumption, whether it is a row or a table of its own."""
    ids = {quoted: key for key in assumptions for quoted in (key, f'"{key}"')}
    lines: list[str] = []
    header = ""
    for line in text.split("\n"):
        word = line.strip()
        if word.startswith("["):
            header = word.partition("#")[0].strip()
        row = header == "[assumptions]" and word.partition("=")[0].strip() in ids
        table = word.startswith("[assumptions.") and header.removeprefix("[assumptions.").removesuffix("]") in ids
        lines += [MARK, line] if row or table else [line]
    return "\n".join(lines)


def _renamed(text: str, name: str) -> str:
    return re.sub(r"^name\s*=.*$", lambda _: f"name = {toml_text.inline(name)}", text, count=1, flags=re.MULTILINE)


def _titled(text: str, titles: Mapping[str, str]) -> str:
    """The text with another title: in a table of its own, on the line of the key, or below the name."""
    section = re.search(r"^\[title\][^\n]*\n", text, flags=re.MULTILINE)
    if section is not None:
        end = re.compile(r"^\s*\[", re.MULTILINE).search(text, section.end())
        stop = end.start() if end is not None else len(text)
        rest = re.sub(r"^(en|zh)\s*=.*\n?", "", text[section.end() : stop], flags=re.MULTILINE)
        body = "".join(f"{key} = {toml_text.inline(value)}\n" for key, value in titles.items())
        return text[: section.end()] + body + rest + text[stop:]
    new = f"title = {toml_text.inline(dict(titles))}"
    standing = r"^title\s*=.*$" if re.search(r"^title\s*=", text, flags=re.MULTILINE) else r"^(?P<name>name\s*=.*)$"
    below = "" if standing.startswith("^title") else "\n"
    return re.sub(
        standing, lambda found: found.groupdict().get("name", "") + below + new, text, count=1, flags=re.MULTILINE
    )


def _check(text: str, expected: Mapping[str, Any], source: Path) -> None:
    """Whether the changed text says what it should; a file may be written in ways that we don't take apart.

    Raises
    ------
    ScenarioError
        If it doesn't.
    """
    try:
        fine = tomllib.loads(text) == expected
    except tomllib.TOMLDecodeError:
        fine = False
    if not fine:
        remedy = f"start from a shipped scenario, or write simsvc show {source} --toml into a file"
        raise ScenarioError(Problem(str(source), "", "can't be copied with its comments as it is written", remedy))


def _head(origin: Scenario, copied: _Copy, variant: bool) -> Iterator[str]:
    """Comments on top: what to do next, and what to replace."""
    file = copied.target.name
    yield f"# {copied.target.stem}: a scenario to edit, made from {origin.name} by simsvc new."
    yield f"# 由 {origin.name} 生成的情景，供编辑。"
    yield "#"
    if variant:
        yield '# 1. Write what is yours under [set], by path, as "stations.haikou.engineers" = 3; the tables are:'
        yield "#    在 [set] 下按路径写入自己的数据；各表如下："
    else:
        yield "# 1. Replace what is not yours, table by table, from top to bottom:"
        yield "#    自上而下逐表替换为自己的数据："
    for key, value in origin.raw.items():
        entry = dictionary.field(Model.__name__, key)
        if entry is not None and isinstance(value, dict) and key not in ("title", "about"):
            yield f"#      [{key}]: {entry.en}; {entry.zh}"
    others = [path.relative_to(copied.target.parent).as_posix() for path in list(copied.contents)[1:]]
    if others:
        yield f"#    Further files, 其他文件: {', '.join(others)}"
    if variant:
        yield f"# 2. Check the assumptions, 核对各项假设: simsvc show {file} --assumptions"
    else:
        yield f"# 2. Every assumption is marked {MARK.removeprefix('# ')}: put an x into its box once it is checked."
        yield "#    每项假设均已标记，核对后在方框中填 x。"
    yield f"# 3. simsvc check {file}     language, plausibility, contradictions; 检查语法、合理性与承诺矛盾"
    yield f"# 4. simsvc validate {file}  do the promises hold? 判定承诺能否兑现"
    yield "#"
    yield "# What every key means stands in docs/scenario.md; 各键含义见 docs/scenario.md。"
    yield ""
