"""The network that a scenario asks for: its ``network`` table in, the network out."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from simsvc.errors import NetworkError, Problem
from simsvc.network.checks import check_factors
from simsvc.network.graph import read_graphml
from simsvc.network.model import Network
from simsvc.network.own import located, own_tables
from simsvc.network.shipped import hainan
from simsvc.network.travel import KEPT
from simsvc.scenario.places import Network as Spec

OWN = ("nodes", "roads", "matrix", "graphml")
WAYS = ({"nodes", "roads"}, {"nodes", "matrix"}, {"graphml"})


def load(spec: Spec, base: Path | None = None) -> Network:
    """Load the network of a scenario, with the roads open on ``spec.as_of``.

    Parameters
    ----------
    spec
        The scenario's ``network`` table. ``source = "own"`` takes ``nodes`` and ``roads``, or ``nodes`` and a
        ``matrix`` file, or a ``graphml`` file.
    base
        Folder to which file names are relative (None: the working directory).

    Returns
    -------
    Network
        Of an own network the areas are the distinct ``area`` names of its seats, towns and zones; one without an
        area is an area by itself. The seat of an area is its node of kind ``seat``, else its first place.

    Raises
    ------
    NetworkError
        With all problems found in the table and its files.
    """
    problems = _check_way(spec)
    if problems:
        raise NetworkError(problems)
    net = hainan(spec.as_of) if spec.source == "hainan" else _own(spec, base)
    problems = check_factors(spec, net.classes)
    if problems:
        raise NetworkError(problems)
    return net


def _own(spec: Spec, base: Path | None) -> Network:
    """The network of own tables and files; one that is small is made once for all that have the same."""
    tables = Spec.model_construct(source="own", as_of=spec.as_of, **{name: getattr(spec, name) for name in OWN})
    name = spec.matrix or spec.graphml
    file = located(name, base) if name is not None else None
    content = hashlib.sha256(file.read_bytes()).hexdigest() if file is not None and file.is_file() else ""
    make = _kept if len(spec.nodes or []) <= KEPT else _made
    return make(tables, base, content)


def _made(tables: Spec, base: Path | None, _content: str) -> Network:
    if tables.graphml is not None:
        return read_graphml(located(tables.graphml, base), as_of=tables.as_of, name=tables.graphml)
    return own_tables(tables, base)


_kept = lru_cache(maxsize=8)(_made)


def _check_way(spec: Spec) -> list[Problem]:
    given = {name for name in OWN if getattr(spec, name) is not None}
    if spec.source == "hainan":
        what, remedy = 'the shipped network "hainan" takes no own tables or files', 'write source = "own", or remove it'
        return [Problem(f"network.{name}", "", what, remedy) for name in OWN if name in given]
    if given in WAYS:
        return []
    found = ", ".join(name for name in OWN if name in given)
    what = "an own network needs nodes and roads, or nodes and a matrix, or a graphml file"
    return [Problem("network", found, what, "give exactly one of these")]
