"""What estimators give bears the names and units of the dictionary, and everything in it is given by some estimator."""

from __future__ import annotations

import typing

from simsvc import dictionary
from simsvc.measures.estimates import estimate
from simsvc.promise.together import MEASURE
from simsvc.scenario.promises import Estimate, MeasurePart


def test_every_figure_is_in_the_dictionary_with_its_unit(tiny):
    reporting = {"warranty": {"length": "1 year", "extension": "30 d"}, "escalation": {}, "costs": {"visit": 50.0}}
    case, log = tiny.case(reporting=reporting), tiny.log()
    named = {**dictionary.measures("estimate"), **dictionary.measures("further")}
    found = {}
    for measure in typing.get_args(Estimate):
        sums = estimate(case, log, MeasurePart.model_validate({"kind": "measure", "measure": measure}))
        assert sums[0].name == measure
        found |= {figure.name: figure.unit for figure in sums}
    assert found == {name: m.unit for name, m in named.items() if name != MEASURE}
