"""The short way to kept cases and cases says what the tally says."""

from __future__ import annotations

import numpy as np
import pytest

from simsvc.case import build
from simsvc.measures import tally
from simsvc.measures.kept import kept_in, kept_of
from simsvc.scenario import from_dict
from simsvc.study.replicate import one


@pytest.fixture(scope="module")
def case(tiny):
    """Clauses of several kinds, one of them on stock, one with a part that is not judged."""
    raw = tiny.raw()
    part = {"kind": "sim", "limit": "1 h"}
    visit = part | {"measure": "time_to_site"}
    raw["clauses"] = {
        key: {"text": {"en": key}, "parts": parts}
        for key, parts in {
            "visit": [visit, visit | {"population": {"areas": ["north"]}}],
            "desk": [{"kind": "ledger"}, part | {"measure": "answered"}],
            "goods": [{"kind": "sim", "measure": "delivered", "days": 1}],
            "stock": [{"kind": "sim", "measure": "stock_ratio", "ratio": 0.03}],
        }.items()
    }  # fmt: skip
    return build(from_dict(raw))


PLACES = [("visit", 0), ("visit", 1), ("desk", 1), ("goods", 0), ("stock", 0)]


def test_the_same_numbers_as_the_tally(case):
    for replication in range(3):
        log = one(case, 1, replication, "reference")
        found = kept_of(case, log, PLACES)
        np.testing.assert_allclose(found, kept_in(tally(case, log), PLACES), rtol=1e-12)
        assert (found[0] <= found[1]).all()
        assert found[1].min() > 0


def test_a_part_that_is_not_judged_is_refused(case):
    with pytest.raises(ValueError, match="not judged from logs"):
        kept_of(case, one(case, 1, 0, "reference"), [("desk", 0)])
