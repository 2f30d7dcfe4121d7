"""Uniform numbers by key: uniform, independent of each other, without state, never 0 and never 1."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simsvc.luck import Stream, derive, keys, name_key, replication_seed, uniforms

N = 20_000
KEYS = derive(name_key("test"), np.arange(N))


@pytest.mark.parametrize(
    "numbers",
    [
        uniforms(1, Stream.WORK, KEYS),
        uniforms(1, Stream.WORK, np.arange(N).astype(np.uint64)),
        uniforms(1, Stream.GAP, KEYS[:1], np.arange(N)),
        np.concatenate([uniforms(s, Stream.WORK, KEYS[:1]) for s in range(2000)]),
        np.concatenate([uniforms(replication_seed(s, 0), Stream.WORK, KEYS[:1]) for s in range(2000)]),
    ],
    ids=["by key", "by small key", "by count", "by seed", "by study seed"],
)
def test_uniform(numbers: np.ndarray) -> None:
    assert stats.kstest(numbers, "uniform").pvalue > 0.001
    assert abs(np.corrcoef(numbers[1:], numbers[:-1])[0, 1]) < 4 / np.sqrt(len(numbers))
    # Pairs of neighbours fill the square: chi-square over 16 x 16 cells.
    cells = np.histogram2d(numbers[::2], numbers[1::2], bins=16, range=[[0, 1], [0, 1]])[0]
    if len(numbers) == N:
        assert stats.chisquare(cells.ravel()).pvalue > 0.001


def test_streams_counts_keys_and_seeds_are_independent() -> None:
    rows = [
        uniforms(seed, stream, KEYS, count)
        for seed in (1, 2)
        for stream in (Stream.WORK, Stream.ACCESS)
        for count in (0, 1)
    ]
    rows.append(uniforms(1, Stream.WORK, derive(KEYS, 1)))
    correlation = np.corrcoef(rows) - np.eye(len(rows))
    assert abs(correlation).max() < 4.5 / np.sqrt(N)
    assert len(np.unique(np.concatenate(rows))) == len(rows) * N


def test_no_state_and_broadcasting() -> None:
    one = uniforms(3, Stream.WORK, KEYS[:5, None], np.broadcast_to(np.arange(4), (5, 4)))
    uniforms(3, Stream.ACCESS, KEYS)
    again = uniforms(3, Stream.WORK, KEYS[::-1][-5:, None][::-1], np.broadcast_to(np.arange(4), (5, 4)))
    assert (one == again).all()
    assert one[2, 3] == uniforms(3, Stream.WORK, int(KEYS[2]), 3)[0]


def _undo(z: int) -> int:
    """The inverse of the finaliser of SplitMix64."""
    mask = (1 << 64) - 1
    for shift, factor in ((31, 0x94D049BB133111EB), (27, 0xBF58476D1CE4E5B9), (30, 1)):
        y = z
        for _ in range(3):
            y = z ^ (y >> shift)
        z = y * pow(factor, -1, 1 << 64) & mask
    return z


@pytest.mark.parametrize(("bits", "expected"), [((1 << 64) - 1, 1 - 2.0**-53), (0, 2.0**-54)])
def test_neither_zero_nor_one(bits: int, expected: float) -> None:
    """The keys whose hash is all ones or all zeros, found by running the hash backwards."""
    start = int(keys._mix(np.array([(5 + Stream.WORK * keys.GOLDEN) & keys._MASK], dtype=np.uint64))[0])
    key = _undo(_undo(bits)) ^ start
    number = uniforms(5, Stream.WORK, key)[0]
    assert number == expected
    assert 0 < number < 1


def test_names_are_stable() -> None:
    """A changed hash would silently renumber all luck: figures of the first version."""
    assert name_key("fault", "haikou", "desktop") == 0x98F0CAC46F725B4F
    assert replication_seed(1, 0) == 0x90D55B86745ED760
    assert uniforms(1, Stream.WORK, 7, 2)[0] == 0.08109135101421011
    assert name_key("a", "bc") != name_key("ab", "c")
    assert len({replication_seed(s, r) for s in range(50) for r in range(200)}) == 10_000
