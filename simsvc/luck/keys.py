"""Keyed luck: every draw is a pure function of (seed, stream, entity, count). No generator, no state, no order.

The integer hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, variant 13 of Stafford) applied once
for each part of the key. It is written once for numpy arrays of uint64, which wrap as the algorithm needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

GOLDEN = 0x9E3779B97F4A7C15
M1 = np.uint64(0xBF58476D1CE4E5B9)
M2 = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
LAST = 1 - 2.0**-53
"""The highest uniform number: the middle of the last cell is no double, it would round to 1."""
_MASK = (1 << 64) - 1


class Stream(IntEnum):
    """The purposes of draws. Numbers are part of the model: never renumber, only append."""

    GAP = 1
    HEIGHT = 2
    TOWN = 3
    MODE = 4
    HANDLING = 5
    PICK_UP = 6
    REMOTE_SOLVED = 7
    REMOTE_WORK = 8
    REMOTE_PICK_UP = 9
    DECISION = 10
    PART_NEEDED = 11
    PART_CHOICE = 12
    RIGHT_PART = 13
    REPEAT = 14
    REPEAT_AFTER = 15
    WARRANTY = 16
    FIXED = 17
    SET_OUT = 18
    MOBILISE = 19
    ACCESS = 20
    WORK = 21
    DIAGNOSIS = 22
    NOISE_OUT = 23
    NOISE_BACK = 24
    ABSENCE = 25
    RAIN = 26
    LANDFALL = 27
    CLOSURE = 28
    SURGE = 29
    STRAIT = 30
    IN_STOCK = 31
    PROCUREMENT = 32
    INSTALL = 33
    INSTALLATION = 34
    RETURNED = 35
    RELEASE = 36
    PLANNED_WORK = 37
    LEAD = 38
    CHILD = 39
    CHANNEL = 40
    LAG = 41
    PATIENCE = 42
    CALL_BACK = 43
    UNIT = 44
    STOPS_WORK = 45
    IN_CONTRACT = 46
    APPROVAL = 47
    CONTRACTOR = 50
    EXPERT = 55
    EXPERT_PICK_UP = 56
    EXPERT_WORK = 57
    WORKSHOP = 58
    ROUTE = 59
    TURNAROUND = 60
    SCRAPPED = 61
    REPLACEMENT = 62
    LOANER_BROUGHT = 63
    LOANER_VISIT = 64
    PLACING = 65
    TRANSFER = 66
    RENEWAL = 67
    LATERAL = 68
    SITE_DAY = 70
    SITE_CHOSEN = 71
    SITE_ASKS = 72
    COURIER = 73
    FAULTY = 74
    FAULTY_AFTER = 75
    REVIEW_AFTER = 76
    REVIEW_FAILS = 77
    REWORK = 78
    MANAGER = 80


def name_key(*parts: str | int) -> int:
    """A stable 64-bit key of a name: the first 8 bytes of BLAKE2b over its parts."""
    return int.from_bytes(_digest(parts), "big")


def name_keys(names: Iterable[Sequence[str | int]]) -> Keys:
    """The same of many names."""
    return np.frombuffer(b"".join(map(_digest, names)), ">u8").astype(np.uint64)


def _digest(parts: Sequence[str | int]) -> bytes:
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()


def replication_seed(seed: int, replication: int) -> int:
    """The seed of one replication: its own hash of (study seed, replication), so any can be run alone."""
    return name_key("replication", seed, replication)


def _mix(z: Keys) -> Keys:
    z = (z ^ (z >> S30)) * M1
    z = (z ^ (z >> S27)) * M2
    return z ^ (z >> S31)


def _wrap(value: int | Keys) -> Keys:
    if isinstance(value, np.ndarray):
        return value.astype(np.uint64)
    return np.array([value & _MASK], dtype=np.uint64)


def derive(key: int | Keys, count: int | npt.NDArray[np.integer]) -> Keys:
    """Keys of children by (parent, n); arrays broadcast."""
    counts = _wrap(count) if isinstance(count, int) else count.astype(np.uint64)
    return _mix(_wrap(key) ^ _mix(counts * np.uint64(GOLDEN) + np.uint64(GOLDEN)))


def uniforms(seed: int, stream: Stream, key: int | Keys, count: int | npt.NDArray[np.integer] = 0) -> Floats:
    """Uniform numbers in the open interval (0, 1), one per (key, count); shape is that of the two broadcast.

    53 random bits each, taken at the middle of their cell, so that neither 0 nor 1 occurs.
    """
    base = _mix(np.array([(seed + stream * GOLDEN) & _MASK], dtype=np.uint64))
    counts = _wrap(count) if isinstance(count, int) else count.astype(np.uint64)
    z = _mix(_mix(base ^ _wrap(key)) + counts * np.uint64(GOLDEN))
    return np.minimum(((z >> S11).astype(np.float64) + 0.5) * 2.0**-53, LAST)
