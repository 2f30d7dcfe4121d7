"""How each fault is reported, how long its caller waits, whether it must be approved, and which unit it is."""

from __future__ import annotations

import numpy as np

from simsvc.case import Case
from simsvc.luck import Stream
from simsvc.scenario.staff import Desk
from simsvc.workload.faults import modes
from simsvc.workload.samplers import Draws, by_group, pick
from simsvc.workload.tables import Bools, Calls, Faults, Floats, Ints, Keys


def calls(case: Case, draws: Draws, faults: Faults) -> Calls:
    """One row a fault. What belongs to the unit and its fault is keyed by the first of a chain of repeats."""
    key, first = faults.key, faults.key[_first(faults.parent)]
    products = list(case.model.products.values())
    channel, live, lag = _channels(draws, case.model.desk, key)
    patience, called_back = _patience(draws, case.model.desk, key, live)
    contract = np.array([p.in_contract for p in products], np.float64)[faults.product]
    impact = np.array([m.stops_work for m in modes(case)], np.float64)[faults.mode]
    in_contract = draws.happens(contract, Stream.IN_CONTRACT, first)
    approval = case.model.dispatch.approval
    asked = draws.seconds(approval.time, Stream.APPROVAL, key) if approval else np.zeros(len(key), np.int64)
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
        approval=np.where(in_contract, 0, asked),
    )


def _first(parent: Ints) -> Ints:
    """Row of the fault with which each chain of repeats began."""
    first = np.where(parent < 0, np.arange(len(parent)), parent)
    while True:
        further = first[first]
        if (further == first).all():
            return first
        first = further


def _channels(draws: Draws, desk: Desk | None, key: Keys) -> tuple[Ints, Bools, Ints]:
    """Channel, whether it is live, and lag. Without channels every fault comes by one live channel."""
    channels = list(desk.channels.values()) if desk else []
    if not channels:
        return np.full(len(key), -1), np.ones(len(key), np.bool_), np.zeros(len(key), np.int64)
    shares: Floats = np.array([c.share for c in channels], np.float64)
    channel = pick(shares, draws.uniforms(Stream.CHANNEL, key))
    live = np.array([c.live for c in channels], np.bool_)[channel]
    lag = by_group(channel, len(key), lambda c, rows: draws.seconds(channels[c].lag, Stream.LAG, key[rows]))
    return channel, live, np.where(live, 0, lag).astype(np.int64)


def _patience(draws: Draws, desk: Desk | None, key: Keys, live: Bools) -> tuple[Ints, Bools]:
    """Patience (-1: for ever, as messages have), and whether a caller who hangs up is called back."""
    if desk is None or desk.patience is None:
        return np.full(len(key), -1), np.zeros(len(key), np.bool_)
    patience = np.where(live, draws.seconds(desk.patience, Stream.PATIENCE, key), -1)
    return patience, draws.happens(desk.call_back, Stream.CALL_BACK, key)
