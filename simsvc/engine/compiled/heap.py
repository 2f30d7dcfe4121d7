"""The pending events: a binary heap by (time, kind, entity).

No two events with an effect on each other share all three: what is due for one entity comes one at a time, and pieces
that reach a shelf in the same second are alike.
"""

from __future__ import annotations

from simsvc.engine.compiled import slots as at
from simsvc.kernels import inlined, lean_kernel

KIND_BITS, ENTITY_BITS = 5, 26
KIND_MASK, ENTITY_MASK = (1 << KIND_BITS) - 1, (1 << ENTITY_BITS) - 1
NO_KEY = (1 << 63) - 1


@lean_kernel
def key_of(time, kind, entity):
    """An event's place in the order of events as one number; times reach 136 years, entities 67 million."""
    return (time << (KIND_BITS + ENTITY_BITS)) | (kind << ENTITY_BITS) | entity


@lean_kernel
def push(M, time, kind, entity, payload):
    """Schedule an event; one that the run does not reach is left out."""
    if time >= M[at.HORIZON]:
        return
    size = M[at.HEAP_SIZE]
    if size == M[at.HEAP_ROOM]:
        M[at.FULL] = at.HEAP_FULL
        return
    M[at.HEAP_SIZE] = size + 1
    key, heap, hole = key_of(time, kind, entity), M[at.HEAP], size
    while hole:
        parent = (hole - 1) >> 1
        above = heap + 2 * parent
        if M[above] <= key:
            break
        M[heap + 2 * hole], M[heap + 2 * hole + 1] = M[above], M[above + 1]
        hole = parent
    M[heap + 2 * hole], M[heap + 2 * hole + 1] = key, payload


@inlined
def pop(M):
    """Take out the first event; its payload. The heap must not be empty."""
    heap, size = M[at.HEAP], M[at.HEAP_SIZE] - 1
    M[at.HEAP_SIZE] = size
    payload, key, hole, child = M[heap + 1], M[heap + 2 * size], 0, 1
    while child < size:
        below = heap + 2 * child
        # Which child is earlier can't be foreseen: added, not branched upon. Behind the last lies the key itself.
        nearer = M[below + 2] < M[below]
        child += nearer
        below += 2 * nearer
        if key <= M[below]:
            break
        M[heap + 2 * hole], M[heap + 2 * hole + 1] = M[below], M[below + 1]
        hole, child = child, 2 * child + 1
    M[heap + 2 * hole], M[heap + 2 * hole + 1] = key, M[heap + 2 * size + 1]
    return payload
