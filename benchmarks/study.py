"""Many replications with verdict measures and no logs: how well two workers share them, and how much memory it takes.

    python -m benchmarks.study WORKERS REPLICATIONS

runs one study of huitian-2018 in a process of its own and prints seconds and peak memory as JSON.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time

from benchmarks.measuring import Goal, table

WORKERS = (1, 2)


def main(workers: int, replications: int) -> None:
    """One study."""
    import simsvc as sv
    from simsvc.case import build
    from simsvc.measures import tallier
    from simsvc.study import Replicator

    case, tally = build(sv.load("huitian-2018")), tallier("compiled")
    with Replicator(case, 1, workers=workers, engine="compiled") as replicator:
        list(replicator.map(tally, range(2)))
        start = time.perf_counter()
        made = len(list(replicator.map(tally, range(replications))))
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"replications": made, "seconds": seconds, "bytes": peak}))


class Study:
    """Studies of the same replications on one worker and on two, in turns."""

    def __init__(self, replications: int) -> None:
        self.replications = replications
        self.seconds: dict[int, list[float]] = {n: [] for n in WORKERS}
        self.bytes = dict.fromkeys(WORKERS, 0)

    def once(self) -> None:
        """One study each."""
        for workers in WORKERS:
            command = [sys.executable, "-m", "benchmarks.study", str(workers), str(self.replications)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            self.seconds[workers].append(found["seconds"])
            self.bytes[workers] = max(self.bytes[workers], found["bytes"])

    @property
    def efficiency(self) -> float:
        """Speed on two workers over twice that on one: the median over the rounds."""
        return statistics.median(a / (2 * b) for a, b in zip(*self.seconds.values(), strict=True))

    def text(self) -> str:
        """The table."""
        rows = []
        for workers, seconds in self.seconds.items():
            median = statistics.median(seconds)
            each = 1000 * median / self.replications
            rows.append((f"{workers}", f"{median:.1f}", f"{each:.1f}", f"{self.bytes[workers] / 2**20:,.0f}"))
        title = f"{self.replications:,} replications of huitian-2018 with verdict measures, no logs, wall time"
        return table(title, ("workers", "s", "ms a replication", "peak memory, MB"), rows)

    def goals(self) -> list[Goal]:
        """Two workers must be worth nearly two, within a gigabyte."""
        return [
            Goal("two workers: part of twice the speed of one", self.efficiency, 0.85),
            Goal("peak memory, GB", max(self.bytes.values()) / 2**30, 1.0, most=True, unit=" GB"),
        ]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
