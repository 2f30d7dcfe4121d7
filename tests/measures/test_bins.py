"""Times needed by bins: nothing is lost by keeping only the cells with cases, nor by stacking replications."""

from __future__ import annotations

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simsvc.measures import BINS, Delays, Stacked, tally

ROWS = 4
CELLS = st.lists(st.integers(0, ROWS * BINS - 1), max_size=30)


@given(CELLS)
def test_cells_hold_every_case(cells):
    table = Delays.of(np.array(cells, np.int64)).table(ROWS)
    assert table.shape == (ROWS, BINS)
    assert table.ravel().tolist() == np.bincount(cells, minlength=ROWS * BINS).tolist()


@given(st.lists(CELLS, min_size=1, max_size=5))
def test_stacked_replications_come_out_row_by_row(many):
    delays = [Delays.of(np.array(cells, np.int64)) for cells in many]
    stacked, tables = Stacked(delays), np.array([d.table(ROWS) for d in delays])
    for row in range(ROWS):
        bins, cases = stacked.row(row)
        whole = np.zeros((len(many), BINS), np.int64)
        whole[:, bins] = cases
        assert np.array_equal(whole, tables[:, row])
        assert np.array_equal(stacked.row(row).total(), tables[:, row].sum(axis=0))
        assert (bins[0], bins[-1]) == (0, BINS - 1)
    assert np.array_equal(stacked.all().total(), tables.sum(axis=(0, 1)))


def test_a_tally_grows_with_its_cells_and_not_with_its_cases(tiny):
    """Thousands of tallies are kept side by side: 300 faults alike take no more room than three."""
    clause = {"A": [{"kind": "sim", "measure": "time_to_site", "limit": "2 h"}]}
    sizes = [
        len(pickle.dumps(tally(tiny.case(clause), tiny.log(tickets=[tiny.ticket(tiny.at(1), travel=50)] * n))))
        for n in (3, 300)
    ]
    assert sizes[1] < sizes[0] + 300
    assert sizes[1] < 5000
