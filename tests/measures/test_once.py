"""What is worked out once: for as long as a case lives, and inside ``shared`` for the same arguments."""

from __future__ import annotations

import gc
import weakref

import pytest

from simsvc.measures.once import per_case, per_log, recall, shared
from simsvc.measures.questions import questions


@pytest.fixture
def counted():
    """A function of a log that counts how often it is really called."""

    @per_log
    def function(*args):
        function.calls += 1
        return [args, function.calls]

    function.calls = 0
    return function


def test_outside_nothing_is_remembered(counted):
    log = object()
    assert counted(log) != counted(log)


def test_inside_the_same_arguments_give_the_same_answer(counted):
    log, other = object(), object()
    with shared():
        assert counted(log) is counted(log)
        assert counted(log) is not counted(other)
        assert counted(log, other) is not counted(log)
    assert counted.calls == 3
    with shared():
        counted(log)
    assert counted.calls == 4


def test_an_argument_that_is_gone_is_not_mistaken_for_a_new_one(counted):
    """Ids are used again; what was asked about must therefore live as long as the answer."""
    with shared():
        assert all(counted(object())[1] == n for n in range(1, 50))


def test_what_somebody_else_has_worked_out_is_taken(counted):
    log = object()
    with shared():
        recall(counted, "known", log)
        assert counted(log) == "known"
    recall(counted, "lost", log)
    assert counted(log) != "lost"


def test_a_case_is_asked_once_and_let_go(tiny):
    calls = []

    @per_case
    def known(case):
        calls.append(case.key)
        return len(calls)

    case, other = tiny.case(), tiny.case()
    assert [known(case), known(case), known(other)] == [1, 1, 2]
    gone = weakref.ref(case)
    del case
    gc.collect()
    assert gone() is None


def test_parts_with_equal_populations_share_one(tiny):
    part = {"kind": "sim", "measure": "time_to_site", "limit": "2 h", "population": {"areas": ["north"]}}
    told = {"kind": "measure", "measure": "load", "population": {"areas": ["north"]}}
    case = tiny.case({"A": [part, part | {"population": {"areas": ["south"]}}], "B": [part, told]})
    asked = questions(case)
    first, other, again = (q.part.population for q in asked.sims)
    assert first is again is asked.measures[0][2].population
    assert first is not other
    assert [(q.clause, q.position, q.reading) for q in asked.sims] == [
        ("A", 0, "base"),
        ("A", 1, "base"),
        ("B", 0, "base"),
    ]
