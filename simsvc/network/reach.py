"""What no road joins: the connected parts of a network, and the islands among them by name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from simsvc.network.model import FERRY, PLACE_KINDS, Network
from simsvc.network.travel import road_graph
from simsvc.scenario.base import Text


@dataclass(frozen=True)
class CutOff:
    """Places that cannot be driven to and back from the main part of the network.

    ``towns``: their node ids; ``ferry_from``: nodes elsewhere from which a ferry sails to their part.
    """

    towns: tuple[str, ...]
    names: tuple[Text, ...]
    ferry_from: tuple[str, ...]
    ferry_names: tuple[Text, ...]

    @property
    def text(self) -> Text:
        """One line for people."""
        en = f"{_join(self.names, 'en')}: no road joins this part to the rest"
        zh = f"{_join(self.names, 'zh')}：无公路与其他地方相连"
        if self.ferry_names:
            en += f"; ferry from {_join(self.ferry_names, 'en')}"
            zh += f"；轮渡起点：{_join(self.ferry_names, 'zh')}"
        return Text(en=en, zh=zh)


def components(net: Network) -> tuple[tuple[str, ...], ...]:
    """Parts of the network within which every node reaches every other by road (ferries left out).

    The part with the most places (seats, towns, zones) comes first, then the others in network order; nodes of each
    in network order. Nodes without a road, such as interchanges of roads not yet open, are parts by themselves.
    """
    if net.matrix is not None:
        graph = csr_array(np.isfinite(net.matrix).astype(np.float64))
    else:
        graph = road_graph(net, np.ones(len(net.classes)))
    count, label = connected_components(graph, directed=True, connection="strong")
    parts: list[list[int]] = [[] for _ in range(count)]
    for i, part in enumerate(label):
        parts[part].append(i)
    parts.sort(key=lambda part: part[0])
    main = max(parts, key=lambda part: sum(net.kind[i] in PLACE_KINDS for i in part), default=[])
    ordered = [main, *(part for part in parts if part is not main)]
    return tuple(tuple(net.ids[i] for i in part) for part in ordered if part)


def cut_off(net: Network) -> tuple[CutOff, ...]:
    """Parts with places that no road joins to the main part, in network order."""
    return tuple(_cut_off(net, part) for part in components(net)[1:] if _towns(net, part))


def _cut_off(net: Network, part: tuple[str, ...]) -> CutOff:
    towns, inside, ports = _towns(net, part), set(part), []
    edges = net.edges
    for a, b, k in zip(edges.start, edges.end, edges.road_class, strict=True):
        ends = (net.ids[a], net.ids[b])
        if net.classes[k] == FERRY and (ends[0] in inside) != (ends[1] in inside):
            ports.append(ends[1] if ends[0] in inside else ends[0])
    return CutOff(
        towns=towns,
        names=tuple(net.name(town) for town in towns),
        ferry_from=tuple(ports),
        ferry_names=tuple(net.name(port) for port in ports),
    )


def _towns(net: Network, part: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(node for node in part if net.kind[net.index[node]] in PLACE_KINDS)


def _join(names: tuple[Text, ...], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(name[language] for name in names)
