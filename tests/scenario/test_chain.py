"""The tables of the repair chain: what is good passes, each slip is named at its path, with a way to mend it."""

from __future__ import annotations

from typing import Any

import pytest

import simsvc as sv
from simsvc.errors import Problem

MODE = {"expert": 0.1, "workshop": 0.5, "routes": {"own": 1.0}, "part": 0.5, "parts": {"x": 1.0}}
GOOD: dict[str, Any] = {
    "products": {"p": {"replace_after": 2, "modes": {"m": MODE}}},
    "experts": {"shifts": [{"calendar": "office", "agents": 1}], "work": "2 h"},
    "repairs": {"own": {"name": {"en": "Own workshop"}, "turnaround": "2 d", "scrap": "5 %"}},
    "loaners": {"pool": {"name": {"en": "Stand-ins"}, "products": ["p"], "at": {"a": 2}, "threshold": "12 h"}},
    "parts": {
        "x": {"name": {"en": "X"}, "product": "p", "substitute": "y"},
        "y": {"name": {"en": "Y"}, "product": "p"},
    },
    "stock": {"lateral": {"within": "90 min", "handling": "1 h"}},
}


def laid_over(base: Any, path: str, value: Any) -> Any:
    """``base`` with one value changed, None taking it away."""
    key, _, rest = path.partition(".")
    return base | {key: laid_over(base.get(key, {}), rest, value) if rest else value}


def problems(own: Any, *changes: tuple[str, Any]) -> list[Problem]:
    raw = GOOD
    for path, value in changes:
        raw = laid_over(raw, path, value)
    with pytest.raises(sv.ScenarioError) as caught:
        own(**raw)
    return caught.value.problems


def test_a_whole_chain(own: Any) -> None:
    model = own(**GOOD).model
    assert model.repairs["own"].scrap == pytest.approx(0.05)
    assert model.loaners["pool"].threshold == 12 * 3600
    assert model.stock.lateral is not None
    assert model.stock.lateral.within == 90 * 60


MODES = "products.p.modes.m"


@pytest.mark.parametrize(
    ("path", "value", "at", "message", "remedy"),
    [
        (f"{MODES}.routes", {"owm": 1.0}, f"{MODES}.routes.owm", "no route of this name", 'did you mean "own"?'),
        (f"{MODES}.routes", {}, f"{MODES}.workshop", "no route has a weight", "write routes = { own = 1.0 }"),
        (f"{MODES}.routes", {"own": 0.0}, f"{MODES}.routes", "no route has a weight", "write routes = { own = 1.0 }"),
        ("experts", None, f"{MODES}.expert", "third level, but there is none", "add [experts]"),
        ("loaners.pool.products", ["q"], "loaners.pool.products.0", "no product of this name", 'allowed: "p"'),
        ("loaners.pool.at", {"b": 1}, "loaners.pool.at.b", "no station of this name", 'allowed: "a"'),
        ("parts.x.substitute", "z", "parts.x.substitute", "no part of this name", 'allowed: "x", "y"'),
        ("parts.x.substitute", "x", "parts.x.substitute", "no substitute of itself", 'allowed: "y"'),
        ("products.p.replace_after", 0, "products.p.replace_after", "at least 1", ""),
        ("repairs.own.scrap", 1.5, "repairs.own.scrap", "from 0 to 1", ""),
        ("experts.shifts", [{"calendar": "ofice", "agents": 1}], "experts.shifts.0.calendar", "calendar", "office"),
        ("repairs", {"my own": GOOD["repairs"]["own"]}, 'repairs."my own"', "an id is made of", "rename it"),
        ("loaners", {"a pool": GOOD["loaners"]["pool"]}, 'loaners."a pool"', "an id is made of", "rename it"),
    ],
)
def test_a_slip(own: Any, path: str, value: Any, at: str, message: str, remedy: str) -> None:
    found = {p.path: p for p in problems(own, (path, value))}
    assert at in found
    assert message in found[at].message
    assert remedy in found[at].remedy


def test_one_pool_for_a_product(own: Any) -> None:
    """Where each pool has times of its own, a product in two of them would have no one meaning."""
    (problem,) = problems(own, ("loaners.more", GOOD["loaners"]["pool"]))
    assert problem.path == "loaners.more.products.0"
    assert 'the pool "pool" already' in problem.message


def test_a_missing_table_is_named_once(own: Any) -> None:
    """Routes that can't be read don't make every mode complain."""
    assert [p.path for p in problems(own, ("repairs", 3))] == ["repairs"]
    assert [p.path for p in problems(own, ("experts.shifts", 3))] == ["experts.shifts"]
