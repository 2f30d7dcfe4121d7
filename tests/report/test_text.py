"""Numbers as text."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simsvc.report import text
from simsvc.report.words import LANGUAGES, Words, table


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.9312, "93.1 %"), (1.0, "100.0 %"), (0.0, "0.0 %"), (0.99974, "99.97 %"), (0.0003, "0.03 %"), (0.5, "50.0 %"),
     (0.999999, "99.99 %"), (0.000001, "0.01 %")],
)  # fmt: skip
def test_shares(value, shown):
    assert text.share(value) == shown


@given(st.floats(1e-5, 1 - 1e-5))
def test_a_share_with_a_miss_is_never_shown_as_all_or_nothing(value):
    shown = float(text.share(value).removesuffix(" %"))
    assert 0 < shown < 100
    assert shown == pytest.approx(100 * value, abs=0.05)


@pytest.mark.parametrize(("value", "shown"), [(0.4396, "44 %"), (0.9998, "99 %"), (1.0, "100 %")])
def test_shares_in_whole_percent(value, shown):
    assert text.rough(value) == shown


@pytest.mark.parametrize("nothing", [None, math.nan, math.inf])
def test_what_is_missing_is_a_dash(nothing):
    words = Words("en")
    assert text.share(nothing) == text.target(nothing) == text.number(nothing) == text.count(nothing) == "–"
    assert text.duration(nothing, words) == text.numbers(nothing, 1.0, 2.0) == "–"
    assert text.interval(nothing, None, None) == "–"
    assert text.interval(0.5, nothing, 0.6) == "50.0 %"


def test_intervals():
    assert text.interval(0.931, 0.924, 0.938) == "93.1 % (92.4–93.8)"
    assert text.numbers(14.948, 14.88, 15.012) == "14.9 (14.9–15.0)"
    assert text.numbers(6027.8, 5914.1, 6141.4) == "6,028 (5,914–6,141)"
    assert text.numbers(0.0505, 0.0474, 0.0537) == "0.0505 (0.0474–0.0537)"


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.02, "<0.1"), (0.3, "0.3"), (9.96, "10.0"), (10.4, "10"), (2139.2, "2,139")]
)
def test_counts(value, shown):
    assert text.count(value) == shown


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (0, "0 s", "0 秒"),
        (45, "45 s", "45 秒"),
        (300, "5 min", "5 分钟"),
        (5400, "90 min", "90 分钟"),
        (7200, "2 h", "2 小时"),
        (13020, "3 h 37 min", "3 小时 37 分钟"),
        (86400, "24 h", "24 小时"),
        (5 * 86400, "5 d", "5 天"),
    ],
)
def test_durations(seconds, en, zh):
    assert text.duration(seconds, Words("en")) == en
    assert text.duration(seconds, Words("zh")) == zh


def test_every_text_stands_in_both_languages_with_the_same_places_to_fill():
    entries = [(f"{s}.{k}", e) for s, rows in table().items() if isinstance(rows, dict) for k, e in rows.items()]
    assert len(entries) > 200
    for key, entry in entries:
        assert set(entry) == {"en", "zh"}, key
        assert entry["en"], key
        assert entry["zh"] or key == "page.space", key
        assert set(re.findall(r"{(\w+)}", entry["en"])) == set(re.findall(r"{(\w+)}", entry["zh"])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_words(language):
    words = Words(language)
    assert words.option("reason", "no such code") == "no such code"
    assert words.pick({"en": "only English"}) == "only English"
    assert words.pick({}) == ""
    with pytest.raises(KeyError):
        words("verdict.no such text")
