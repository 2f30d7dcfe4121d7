"""How each fault is reported, how long its caller waits, whether it must be approved, and which unit it is."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream
from simsvc.scenario.staff import Desk
from simsvc.workload.faults import by_mode
from simsvc.workload.samplers import ByGroup, Choices, Draws, per_case
from simsvc.workload.tables import Bools, Calls, Faults, Ints, Keys


def calls(case: Case, draws: Draws, faults: Faults) -> Calls:
    """One row a fault. What belongs to the unit and its fault is keyed by the first of a chain of repeats."""
    key, first = faults.key, faults.key[_first(faults.parent)]
    products = list(case.model.products.values())
    channel, live, lag = _channels(case, draws, key)
    patience, called_back = _patience(draws, case.model.desk, key, live)
    contract = np.array([p.in_contract for p in products], np.float64)[faults.product]
    impact = by_mode(case, "stops_work")[faults.mode]
    in_contract = draws.happens(contract, Stream.IN_CONTRACT, first)
    approval = case.model.dispatch.approval
    asked = ByGroup([approval.time] if approval else [], np.where(in_contract, -1, 0), Stream.APPROVAL, key)
    units = case.supply.units[faults.area, faults.product]
    return Calls(
        channel=channel,
        live=live,
        lag=lag,
        patience=patience,
        called_back=called_back,
        unit=np.floor(draws.uniforms(Stream.UNIT, first) * units).astype(np.int64),
        stops_work=draws.happens(impact, Stream.STOPS_WORK, first),
        in_contract=in_contract,
        approval=draws.seconds_of(asked) if approval else np.zeros(len(key), np.int64),
    )


def _first(parent: Ints) -> Ints:
    """Row of the fault with which each chain of repeats began."""
    first, repeats = np.arange(len(parent)), np.flatnonzero(parent >= 0)
    first[repeats] = parent[repeats]
    while True:
        further = first[first[repeats]]
        if (further == first[repeats]).all():
            return first
        first[repeats] = further


def _channels(case: Case, draws: Draws, key: Keys) -> tuple[Ints, Bools, Ints]:
    """Channel, whether it is live, and lag. Without channels every fault comes by one live channel."""
    desk = case.model.desk
    channels = list(desk.channels.values()) if desk else []
    if not channels:
        return np.full(len(key), -1), np.ones(len(key), np.bool_), np.zeros(len(key), np.int64)
    channel = draws.choose(_shares(case), np.zeros(len(key), np.int64), Stream.CHANNEL, key)
    live = np.array([c.live for c in channels], np.bool_)[channel]
    lag = ByGroup([c.lag for c in channels], np.where(live, -1, channel), Stream.LAG, key)
    return channel, live, draws.seconds_of(lag)


@per_case
def _shares(case: Case) -> Choices:
    """Channels by their shares."""
    assert case.model.desk is not None
    channels = case.model.desk.channels.values()
    return Choices.of([(range(len(channels)), [c.share for c in channels])])


def _patience(draws: Draws, desk: Desk | None, key: Keys, live: Bools) -> tuple[Ints, Bools]:
    """Patience (-1: for ever, as messages have), and whether a caller who hangs up is called back."""
    if desk is None or desk.patience is None:
        return np.full(len(key), -1), np.zeros(len(key), np.bool_)
    patience = np.where(live, draws.seconds(desk.patience, Stream.PATIENCE, key), -1)
    return patience, draws.happens(desk.call_back, Stream.CALL_BACK, key)
