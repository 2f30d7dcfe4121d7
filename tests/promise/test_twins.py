"""The trust card says of the second engine what is known, and no more."""

from __future__ import annotations

import pytest

from simsvc.promise.twins import Twins, twins_line


@pytest.mark.parametrize(
    ("engine", "twins", "state", "words"),
    [
        ("reference", None, "not measured", ("the compiled one was not run", "未与编译引擎对照")),
        ("compiled", None, "not measured", ("too large", "规模过大")),
        ("compiled", Twins(0, 31415), "checked", ("all 31,415 rows", "31,415 行")),
        ("compiled", Twins(3, 9, "visits.tier, row 5: 0 against 1"), "warning", ("row 5: 0 against 1", "第 3 次重复")),
    ],
)
def test_what_the_card_says(engine: str, twins: Twins | None, state: str, words: tuple[str, str]) -> None:
    line = twins_line(engine, twins)
    assert line.state == state
    assert words[0] in line.finding_en
    assert words[1] in line.finding_zh
