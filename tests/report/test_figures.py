"""Figures: what they say, that text stays text, that the caller's Matplotlib is left alone."""

from __future__ import annotations

import subprocess
import sys
import warnings
from dataclasses import replace

import matplotlib as mpl
import pytest
from matplotlib.text import Text as Label

from simsvc.errors import NetworkError
from simsvc.network import hainan, load
from simsvc.promise.result import Use
from simsvc.report import charts, figures, style
from simsvc.report.areas import beyond, expected_faults
from simsvc.report.layers import BELOW, colour_of
from simsvc.report.map import network_map
from simsvc.report.style import GOOD, LINE, FontWarning
from simsvc.report.svg import inline, save
from simsvc.scenario.places import Network as Spec


def labels(figure) -> list[str]:
    return [label.get_text() for label in figure.findobj(Label) if label.get_text()]


def test_time_to_site_counts_the_limit_as_kept(world):
    histogram = {"seats": world.validation.histogram["all"]}
    figure = charts.time_to_site(histogram, {"seats": 7200.0}, {"seats": "Seats"})
    assert "within 2 h: 75.0 %" in labels(figure)
    assert "later than 8 h or never: 10.0 %" in labels(figure)
    assert "Seats – 20 cases" in labels(figure)
    heights = [bar.get_height() for bar in figure.axes[0].patches]
    assert sum(heights) == pytest.approx(90)
    assert [round(h) for h in heights[:9]] == [0, 50, 0, 0, 0, 0, 0, 25, 15]


def test_reasons_add_up_and_name_themselves(world):
    figure = charts.reasons(world.validation.rows, {("T01", "sim"): "T01 到场"}, language="zh")
    assert "T01 到场" in labels(figure)
    assert {"路途太远", "人手全忙", "60", "40"} <= set(labels(figure))
    assert sum(bar.get_width() for bar in figure.axes[0].patches) == pytest.approx(100)


def test_the_busiest_engineer_stands_first(world):
    busy = Use("z", "z", 0.8, 0.7, 0.9, 5.0, 100.0)
    figure = charts.utilisation([*world.validation.use, busy], {"z": "Zoe & $co$"})
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == ["Zoe & $co$", "north-1", "south-1"]
    assert "80.0 %" in labels(figure)


def test_idle_engineers_and_cases_all_in_time_are_no_error(world):
    idle = charts.utilisation([Use("a", "a", 0.0, 0.0, 0.0, 0.0, 0.0)], {})
    assert "0.0 %" in labels(idle)
    early = charts.time_to_site({"all": [1, 1, 1, *[0] * 1439]}, {"all": 43200.0}, {}, hours=24)
    assert {"within 12 h: 100.0 %", "later than 24 h or never: 0.0 %"} <= set(labels(early))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_to_draw_is_no_error(language):
    for figure in (
        charts.time_to_site({}, {}, {}, language=language),
        charts.reasons([], {}, language=language),
        charts.utilisation([], {}, language=language),
    ):
        assert inline(figure, "x", "x").startswith("<svg ")


def test_colours_turn_at_the_target():
    assert colour_of(0.95, 0.95) == GOOD
    assert colour_of(0.9499, 0.95) == BELOW[-1]
    assert colour_of(0.0, 0.95) == BELOW[0]
    assert colour_of(None, 0.95) == colour_of(float("nan"), 0.95) == LINE


def test_the_map_labels_areas_and_says_what_is_not_on_it(world):
    seen = network_map(world.network, world.model, {"northern": 0.96, "southern": 0.8, "island": 0.0})
    assert any("no road joins" in label and "island 0.0 %" in label for label in labels(seen))
    figure = network_map(world.network, world.model, {"northern": 0.96, "southern": 0.8, "island": None})
    assert "northern\n96.0 %" in labels(figure)
    assert any("Isle" in label and "no road joins" in label and "island" not in label for label in labels(figure))
    assert not any(label.startswith("island") for label in labels(figure))


def test_the_map_of_hainan_shows_every_county_but_sansha(world):
    network = hainan()
    figure = network_map(network, world.model, language="zh")
    shown = labels(figure)
    assert {"海口", "白沙", "洋浦", "琼中"} <= set(shown)
    assert "三沙" not in shown
    assert sum(label in shown for label in ("县", "市")) == 0
    (part,) = beyond(network)
    assert part.towns == ("sansha",)


def test_a_map_takes_names_as_well_as_ids(world):
    by_name = {area.name_en: 0.123 for area in hainan().areas}
    shown = labels(network_map(hainan(), world.model, by_name | {"Sanya": float("nan")}))
    assert {"Haikou\n12.3 %", "Baoting\n12.3 %", "Sanya\n–", "no cases"} <= set(shown)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["T01 on site", "North 1", "Seats", "northern\n96.0 %"]),
        ("zh", ["T01 到场", "北站 1", "城区", "northern\n96.0 %"]),
    ],
)
def test_figures_of_a_validation_bear_the_names_of_the_scenario(world, language, words):
    validation = replace(world.validation, histogram={"seats": world.validation.histogram["all"]})
    drawn = [
        figures.reasons_of(validation, world.model, world.network, language=language),
        figures.utilisation_of(validation, world.model, language=language),
        figures.time_to_site_of(validation, world.model, language=language),
        figures.map_of(validation, world.model, world.network, language=language),
    ]
    for figure, word in zip(drawn, words, strict=True):
        assert any(label.startswith(word) for label in labels(figure)), word


def test_a_network_without_coordinates_has_no_map(world):
    nodes = [{"id": "a", "kind": "seat"}, {"id": "b", "kind": "town"}]
    spec = Spec.model_validate({"source": "own", "nodes": nodes, "roads": [{"from": "a", "to": "b", "minutes": 9.0}]})
    with pytest.raises(NetworkError, match="no node has coordinates"):
        network_map(load(spec), world.model)


def test_places_on_one_line_still_make_a_map(world):
    nodes = [{"id": x, "kind": "seat", "area": x, "lat": 19.0, "lon": 110.0 + i} for i, x in enumerate("abc")]
    roads = [{"from": "a", "to": "b", "minutes": 120.0}, {"from": "b", "to": "c", "minutes": 120.0}]
    spec = Spec.model_validate({"source": "own", "nodes": nodes, "roads": roads})
    assert {"a", "b", "c"} <= set(labels(network_map(load(spec), world.model)))


def test_expected_faults_follow_the_installed_base(world):
    found = expected_faults(world.model, ["northern", "southern", "island"])
    assert found == {"northern": 600.0, "southern": 150.0, "island": 0.0}


def test_the_callers_settings_stay_as_they_are(world):
    before = dict(mpl.rcParams)
    charts.utilisation(world.validation.use, {}, language="zh")
    assert dict(mpl.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_saved_figures(world, tmp_path):
    figure = charts.utilisation(world.validation.use, {"north-1": "北站"})
    drawing = save(figure, tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "Noto Sans CJK SC" in drawing
    assert ">北站<" in drawing
    assert save(figure, tmp_path / "x.PNG").read_bytes().startswith(b"\x89PNG")
    assert save(figure, tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(ValueError, match=r"written as \.svg, \.png or \.pdf"):
        save(figure, tmp_path / "x.gif")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.PNG", "x.pdf", "x.svg"]


def test_without_a_chinese_font_a_warning_says_so(world, monkeypatch):
    monkeypatch.setattr(style, "chinese_font", lambda: None)
    with pytest.warns(FontWarning, match="no installed font has Chinese characters"):
        figure = charts.utilisation(world.validation.use, {"north-1": "北站"}, language="zh")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ">北站<" in inline(figure, "x", "x")  # SVG keeps its text and needs no font
        charts.utilisation(world.validation.use, {}, language="en")


def test_inline_drawings_take_the_pages_colours_and_say_what_they_are(world):
    figure = charts.utilisation(world.validation.use, {})
    drawing = inline(figure, "use", 'How "busy"')
    assert 'aria-label="How &quot;busy&quot;"' in drawing
    assert "var(--ink)" in drawing
    assert "xmlns" not in drawing
    assert "<metadata" not in drawing


def test_the_room_is_light_until_a_page_is_made():
    code = "import sys, simsvc.report; sys.exit(any(m in sys.modules for m in ('matplotlib', 'jinja2', 'pandas')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_unknown_engineers_and_zones_show_their_ids(world):
    from simsvc.report.page import render

    strange = replace(world.validation, use=(Use("ghost-1", "ghost", 0.5, 0.4, 0.6, 0.0, 1.0),))
    assert "ghost-1" in render(strange, world.model, world.network)
