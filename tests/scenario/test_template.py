"""A new scenario made from another says the same, keeps the comments, and asks for its assumptions to be checked."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from simsvc.errors import ScenarioError
from simsvc.scenario import load, names
from simsvc.scenario.template import MARK, create

SMALL = Path(__file__).parent / "small.toml"


@pytest.mark.parametrize("like", names())
def test_the_copy_loads_and_says_the_same_but_for_name_and_title(tmp_path: Path, like: str) -> None:
    made = create(tmp_path / "my-bid", like)
    assert made[0] == tmp_path / "my-bid.toml"
    copy, origin = load(made[0]), load(like)
    assert copy.name == "my-bid"
    assert origin.model.title.en in copy.model.title.en
    same = {"name": origin.name, "title.en": origin.model.title.en, "title.zh": origin.model.title.zh}
    assert copy.replace(**same).hash == origin.hash


def test_every_file_that_the_scenario_names_lies_beside_it(tmp_path: Path) -> None:
    made = create(tmp_path / "my-bid.toml")
    assert {p.relative_to(tmp_path).as_posix() for p in made} >= {"my-bid/installed.csv", "my-bid/sites.csv"}
    assert all(p.is_file() for p in made)
    text = made[0].read_text(encoding="utf-8")
    assert '"my-bid/installed.csv"' in text
    assert "huitian-2018/" not in text
    assert not list(tmp_path.rglob("*.part"))


def test_comments_are_kept_and_a_head_says_what_to_do(tmp_path: Path) -> None:
    text = create(tmp_path / "my-bid")[0].read_text(encoding="utf-8")
    original = load("huitian-2018").text
    comments = [line for line in original.splitlines() if line.startswith("#") and "/" not in line]
    assert len(comments) > 50
    assert [c for c in comments if c not in text] == []
    head = text[: text.index("format = 1")]
    for words in ("simsvc check my-bid.toml", "simsvc validate my-bid.toml", "[stations]: service stations", "待核"):
        assert words in head


def test_every_assumption_is_marked(tmp_path: Path) -> None:
    made = create(tmp_path / "my-bid")
    lines = [line for p in made if p.suffix == ".toml" for line in p.read_text(encoding="utf-8").splitlines()]
    rows = {re.split(r"[ =]", after)[0] for before, after in itertools.pairwise(lines) if before == MARK}
    assert rows == set(load(made[0]).model.assumptions)


def test_assumptions_in_tables_of_their_own_are_marked_too(tmp_path: Path) -> None:
    text = create(tmp_path / "my-bid", SMALL)[0].read_text(encoding="utf-8")
    assert text.count(MARK) == len(load(SMALL).model.assumptions) > 0


def test_a_copy_of_a_copy_has_one_head_and_one_mark_a_row(tmp_path: Path) -> None:
    first = create(tmp_path / "first")
    first[0].write_text(first[0].read_text(encoding="utf-8").replace("# [ ]", "# [x]"), encoding="utf-8")
    second = create(tmp_path / "second", first[0])
    text = second[0].read_text(encoding="utf-8")
    assert text.count("by simsvc new") == 1
    assert "# [x]" not in text
    assert text.count(f"{MARK}\n") == first[0].read_text(encoding="utf-8").count("# [x] check")
    assert load(second[0]).replace(name="first").diff(load(first[0])) != []
    assert {path for path, *_ in load(second[0]).diff(load(first[0]))} == {"name", "title.en", "title.zh"}


def test_a_variant_of_a_file_finds_its_parent_from_another_folder(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    parent = tmp_path / "old" / "parent.toml"
    parent.write_bytes(SMALL.read_bytes())
    variant = tmp_path / "old" / "variant.toml"
    variant.write_text('extends = "parent"\nname = "variant"\n[set]\n"demand.scale" = 2\n', encoding="utf-8")
    (made,) = create(tmp_path / "new" / "mine", variant)
    assert 'extends = "../old/parent.toml"' in made.read_text(encoding="utf-8")
    assert load(made).replace(name="variant", title=load(variant).raw["title"]) == load(variant)


def test_nothing_is_overwritten_unless_forced(tmp_path: Path) -> None:
    made = create(tmp_path / "my-bid")
    made[0].write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match="exists already"):
        create(tmp_path / "my-bid")
    assert made[0].read_text(encoding="utf-8") == "mine"
    create(tmp_path / "my-bid", force=True)
    assert load(made[0]).name == "my-bid"


def test_data_of_others_in_the_folder_are_not_overwritten_either(tmp_path: Path) -> None:
    (tmp_path / "my-bid").mkdir()
    (tmp_path / "my-bid" / "sites.csv").write_text("precious", encoding="utf-8")
    with pytest.raises(ScenarioError, match="exists already"):
        create(tmp_path / "my-bid")
    assert not (tmp_path / "my-bid.toml").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("huitian-2018", "shipped scenario"),
        ("my bid", "letters, digits"),
        ("", "letters, digits"),
        ("nowhere/my-bid", "there is no folder"),
    ],
)
def test_names_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError, match=message):
        create(name)
    assert list(tmp_path.iterdir()) == []


def test_half_of_it_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if "sites" in path.name:
            raise OSError(28, "No space left on device")
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ScenarioError, match="No space left"):
        create(tmp_path / "my-bid")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_taken_apart_is_refused(tmp_path: Path) -> None:
    """The name stands in a way that a person wouldn't write; the copy would keep the old one."""
    odd = tmp_path / "odd.toml"
    odd.write_text(SMALL.read_text(encoding="utf-8").replace("name =", '"name" =', 1), encoding="utf-8")
    with pytest.raises(ScenarioError, match="can't be copied with its comments"):
        create(tmp_path / "my-bid", odd)
