"""Speed, in one run on one machine: ``python -m benchmarks`` (``make bench``); ``--quick`` for a rough idea.

Each way is used once before it is timed; then come the rounds, every way once in each. Figures are medians.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable

from benchmarks.country import SIZES, Country
from benchmarks.measuring import Goal, interleaved, table
from benchmarks.queue import Queue
from benchmarks.study import Study
from benchmarks.year import Year


def say(what: str) -> None:
    """Progress."""
    print(f"\r{what:<70}", end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)


def main() -> None:
    """Measure everything and print."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    reader.add_argument("--quick", action="store_true", help="one round, small sizes")
    reader.add_argument("--only", choices=("year", "queue", "country", "study"), help="one of the tables")
    wanted = reader.parse_args()
    runs = 1 if wanted.quick else 5
    goals: list[Goal] = []
    print(f"simsvc on {os.cpu_count()} cores, Python {platform.python_version()}; medians of {runs}\n")

    def show(text: str, found: list[Goal]) -> None:
        say("")
        print(text + "\n", flush=True)
        goals.extend(found)

    def year() -> None:
        made = Year()
        interleaved(list(made.ways.values()), runs, say)
        show(made.text(), made.goals())

    def queue() -> None:
        made = Queue()
        interleaved(made.ways, runs, say)
        show(made.text(), [])

    def country() -> None:
        made = Country(100 if wanted.quick else max(SIZES))
        interleaved(made.ways, runs, say)
        show(made.text(), made.goals())

    def study() -> None:
        made = Study(100 if wanted.quick else 1000)
        for number in range(runs):
            say(f"replications on one worker and two: {number + 1} of {runs}")
            made.once()
        show(made.text(), made.goals())

    parts: dict[str, Callable[[], None]] = {"year": year, "queue": queue, "country": country, "study": study}
    for name, part in parts.items():
        if wanted.only in (None, name):
            part()
    rows = [
        (
            goal.what,
            f"{goal.found:.2f}{goal.unit}",
            f"{'at most' if goal.most else 'at least'} {goal.bound:g}{goal.unit}",
            "met" if goal.met else "MISSED",
        )
        for goal in goals
    ]
    if rows:
        print(table("Goals", ("what", "found", "wanted", ""), rows))


if __name__ == "__main__":
    main()
