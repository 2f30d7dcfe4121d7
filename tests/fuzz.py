"""Random scenarios in both engines: ``python tests/fuzz.py --count 10000``, or ``make fuzz``.

Each number is a scenario and its luck. A difference is told with its number; ``--seed NUMBER --count 1`` runs it again.
The shipped scenarios follow, ``--shipped`` seeds each. Exit code 1 if the engines differ anywhere.
"""
# ruff: noqa: T201

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Any

from engine.features import shown
from engine.twins import agree, twins, unlike

import simsvc as sv
from simsvc.case import build
from simsvc.engine import compiled, reference
from simsvc.scenario import shipped
from simsvc.workload import draw

CHUNK = 50


@dataclass
class Tally:
    """What some scenarios showed."""

    scenarios: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    by_feature: Counter[str] = field(default_factory=Counter)
    """Scenarios in which a feature shows."""
    differences: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in others."""
        self.scenarios += other.scenarios
        self.rows += other.rows
        self.by_feature += other.by_feature
        self.differences += other.differences


def random_ones(numbers: Sequence[int]) -> Tally:
    """The scenarios of these numbers."""
    found = Tally()
    for number in numbers:
        told = ""
        try:
            case, workload, log, told = agree(twins(random.Random(number)))
            features = shown(case, workload, log)
        except Exception:
            told, features, log = traceback.format_exc(), {}, None
        found.scenarios += 1
        found.by_feature.update(name for name, rows in features.items() if rows)
        found.rows.update(_rows(log) if log is not None else {})
        if told:
            found.differences.append(f"scenario {number} (--seed {number} --count 1)\n{told}")
    return found


def shipped_one(name: str, seeds: Sequence[int]) -> Tally:
    """A shipped scenario, a replication of each seed."""
    case, found = build(sv.load(name)), Tally()
    for seed in seeds:
        luck = draw(case, seed, 0)
        log = reference.run(case, luck)
        for how, other in (("run", compiled.run(case, luck)), ("simulate", compiled.simulate(case, seed, 0))):
            told = unlike(case, log, other)
            if told:
                found.differences.append(f"{name}, seed {seed}, {how}\n{told}")
        found.scenarios += 1
        found.rows.update(_rows(log))
    return found


def _rows(log: sv.Log) -> dict[str, int]:
    names = ("tickets", "visits", "jobs", "orders", "stock", "engineers")
    return {name: len(next(iter(getattr(log, name).values()))) for name in names}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, show progress and figures; the exit code."""
    asked = _asked(arguments)
    random_ones([asked.seed])  # compiles, if need be, once for all processes
    numbers = range(asked.seed, asked.seed + asked.count)
    tasks: list[Any] = [partial(random_ones, numbers[k : k + CHUNK]) for k in range(0, asked.count, CHUNK)]
    others = [partial(shipped_one, name, range(1, asked.shipped + 1)) for name in shipped.names() if asked.shipped]
    begun, drawn, documents = time.monotonic(), Tally(), Tally()
    for k, found in enumerate(_results([*tasks, *others], asked.jobs)):
        (drawn if k < len(tasks) else documents).add(found)
        for difference in found.differences:
            print(difference, flush=True)
        seconds, wrong = time.monotonic() - begun, len(drawn.differences) + len(documents.differences)
        line = (
            f"{drawn.scenarios} random scenarios, {documents.scenarios} shipped, {wrong} differences, {seconds:.0f} s"
        )
        print(line, file=sys.stderr, flush=True)
    _figures(drawn, documents)
    return 1 if drawn.differences or documents.differences else 0


def _results(tasks: Sequence[Any], jobs: int) -> Iterator[Tally]:
    if jobs == 1:
        yield from (task() for task in tasks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from (future.result() for future in [pool.submit(task) for task in tasks])


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000, help="random scenarios")
    parser.add_argument("--seed", type=int, default=0, help="number of the first")
    parser.add_argument("--shipped", type=int, default=0, help="seeds for each shipped scenario")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    return parser.parse_args(arguments)


def _figures(drawn: Tally, documents: Tally) -> None:
    for name, n in sorted(drawn.by_feature.items(), key=lambda pair: pair[1]):
        print(f"{name:<34}{n:>8}{n / drawn.scenarios:>8.1%}")
    for what, found in (("random scenarios", drawn), ("years of shipped scenarios", documents)):
        if found.scenarios:
            rows = ", ".join(f"{n:,} {name}" for name, n in found.rows.items())
            print(f"{found.scenarios:,} {what}: {len(found.differences)} differences in {rows}")


if __name__ == "__main__":
    raise SystemExit(main())
