"""The page: whole, closed to the outside, the same in both languages, safe with any text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from simsvc.report import report
from simsvc.report.page import render

LANGUAGES = ("en", "zh")


def judged(world):
    """What a report needs of a scenario."""
    return SimpleNamespace(model=world.model, folder=None)


@pytest.fixture(scope="module")
def pages(world):
    return {x: render(world.validation, world.model, world.network, language=x) for x in LANGUAGES}


class Reader(HTMLParser):
    """Collects tags with their attributes and the visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.text, self.ids, self._quiet = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        self._quiet += tag in ("style", "script")

    def handle_endtag(self, tag):
        self._quiet -= tag in ("style", "script")

    def handle_data(self, data):
        if not self._quiet:
            self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def visible(page: str) -> str:
    return " ".join(" ".join(read(page).text).replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_loaded_from_outside(pages, language):
    page = pages[language]
    assert "http://" not in page
    assert "https://" not in page
    assert "//" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).replace("<!doctype", "")
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    for tag, attributes in read(page).tags:
        assert tag not in ("script", "link", "iframe", "object", "embed", "img")
        assert "src" not in attributes
        assert attributes.get("href", "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_links_lead_somewhere(pages, language):
    reader = read(pages[language])
    assert len(reader.ids) == len(set(reader.ids))
    links = {attributes["href"][1:] for _, attributes in reader.tags if attributes.get("href", "").startswith("#")}
    references = set(re.findall(r"url\(#([^)]+)\)", pages[language]))
    assert links | references <= set(reader.ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_stands_on_the_page(pages, world, language):
    text = visible(pages[language])
    for key, clause in world.model.clauses.items():
        assert key in text
        assert clause.text[language] in text


def test_both_languages_hold_the_same_numbers(pages):
    # Durations, dates and counts included; figures (<svg>) and the wording of clauses too.
    numbers = {x: sorted(re.findall(r"\d[\d,.]*\d|\d", visible(pages[x]))) for x in LANGUAGES}
    shares = {x: re.findall(r"[\d.]+ % \([\d.]+–[\d.]+\)", visible(pages[x])) for x in LANGUAGES}
    assert shares["en"] == shares["zh"]
    assert "93.1 % (92.4–93.8)" in shares["en"]
    assert set(numbers["en"]) == set(numbers["zh"])


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["holds", "fails", "no cases", "not judged"]), ("zh", ["可兑现", "不能兑现", "无案例", "不作判定"])],
)
def test_verdicts_come_as_word_symbol_and_colour(pages, language, words):
    text = visible(pages[language])
    assert all(word in text for word in words[:3])
    assert re.search(
        r'class="verdict fails">\s*<span class="symbol" aria-hidden="true">✗</span>' + words[1], pages[language]
    )
    assert re.search(
        r'class="verdict holds">\s*<span class="symbol" aria-hidden="true">✓</span>' + words[0], pages[language]
    )


def test_scenario_texts_are_escaped(pages):
    for page in pages.values():
        assert "<script" not in page
        assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &#39;$5$&#39;" in page
        assert "Tiny &amp; small" in page or "小例" in page


def test_headline_names_the_worst_promise(pages):
    text = visible(pages["en"])
    assert "3 promises judged: 1 hold, 2 fail, 0 undecided. 1 had no case to judge." in text
    assert "Furthest from its promise: T01" in text
    assert "kept in 93.1 % (92.4–93.8) of cases, judged against 95 %." in text
    assert "about 849 breaches a year. Main reason: too far (60 % of misses)." in text
    assert "The shortest limit that could be promised: 3 h 37 min." in text
    assert "Worst county: southern, 84.6 % (83.0–86.0)." in text


def test_missing_values_are_dashes(pages, world):
    for page in pages.values():
        text = visible(page)
        assert "None" not in text.replace("None.", "")
        assert "nan" not in text.split()
        assert "undefined" not in text.lower()
    empty = next(r for r in world.validation.rows if r.id == "T05")
    page = render(replace(world.validation, rows=(empty,)), world.model, world.network)
    assert re.search(r'<span class="kept">–</span>', page)


def test_areas_stand_worst_first_and_apart_last(world):
    """What is shown apart comes last, however bad it is."""
    rows = [replace(r, cases=3, estimate=0.0, low=0.0, high=0.1) if r.apart else r for r in world.validation.rows]
    text = visible(render(replace(world.validation, rows=tuple(rows)), world.model, world.network))
    at = text.rindex("Worst first")
    order = [text.index(name, at) for name in ("southern", "northern", "island shown by itself")]
    assert order == sorted(order)


def test_facts_and_forecasts_are_told_apart(pages):
    for page in pages.values():
        assert page.count('class="tag fact"') >= 4
        assert page.count('class="tag forecast"') >= 6
        assert '<th colspan="2" class="fact">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_validation_without_anything_makes_a_page(world, language):
    bare = replace(
        world.validation, rows=(), ladder=(), use=(), histogram={}, trust=(), findings=(), figures={}, provenance={}
    )
    page = render(bare, world.model, world.network, language=language)
    assert "T01" in visible(page)  # promised, and not judged
    assert "<svg" not in page


def test_svg_text_stays_text_in_chinese(pages):
    drawings = "".join(re.findall(r"<svg role.*?</svg>", pages["zh"], flags=re.DOTALL))
    for word in ("北站 1", "到场时间", "路途太远", "服务站", "northern"):
        assert re.search(rf"<text[^>]*>[^<]*{word}", drawings), word
    assert "var(--font)" in drawings
    assert "DejaVu" not in drawings


def test_an_unknown_language_is_refused(world, tmp_path):
    with pytest.raises(ValueError, match="language 'fr' is not known"):
        report(world.validation, tmp_path / "x.html", language="fr", scenario=judged(world))
    assert not list(tmp_path.iterdir())


def test_the_file_is_written_whole_or_not_at_all(world, tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("before")

    def broken(self, target):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(OSError, match="disk full"):
            report(world.validation, path, scenario=judged(world))
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]
    assert report(world.validation, path, language="zh", scenario=judged(world)) == path
    assert path.read_text(encoding="utf-8").endswith("</html>\n")


def test_the_room_bears_the_name_of_its_function(world, tmp_path):
    import simsvc.report as room

    assert room(world.validation, tmp_path / "x.html", scenario=judged(world)).exists()
    assert callable(room.network_map)
    assert callable(room.figures.reasons_of)
    with pytest.raises(AttributeError, match="no attribute 'figure'"):
        room.figure  # noqa: B018


def test_the_same_validation_gives_the_same_page(pages, world):
    assert render(world.validation, world.model, world.network, language="zh") == pages["zh"]
