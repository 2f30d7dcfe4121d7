"""Channels of the desk, and what makes sense with them only."""

from __future__ import annotations

from collections.abc import Iterator

from simsvc.scenario.flaw import Flaw
from simsvc.scenario.model import Model


def check(model: Model) -> Iterator[Flaw]:
    """Channels that nobody uses, live ones with a lag, calls back to people who never hang up."""
    desk = model.desk
    if desk is None:
        return
    channels = ("desk", "channels")
    if desk.channels and not sum(channel.share for channel in desk.channels.values()):
        yield Flaw(channels, "the shares of the channels add to 0", "give one channel share = 1.0")
    for key, channel in desk.channels.items():
        if channel.live and channel.lag.mean_s > 0:
            message = "a live caller reaches the desk at once"
            yield Flaw((*channels, key, "lag"), message, "write live = false, or take lag out", ((*channels, key),))
    if desk.call_back > 0 and desk.patience is None:
        message = "nobody hangs up who could be called back"
        yield Flaw(("desk", "call_back"), message, 'add patience = "3 min", or take call_back out')
