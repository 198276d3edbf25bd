"""Measure how fast Dixit is, as ratios within one run: ``python -m tests.bench --help``.

Seconds depend on the machine and on what else runs on it; a ratio compares two works that were done in turn.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Measure
from tests.bench.measures import QUICK, Bench, Size
from tests.evaluation.tables import table


def main(argv: Sequence[str]) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure how fast Dixit is.")
    parser.add_argument("--quick", action="store_true", help="measure less of everything")
    parser.add_argument("--hostile", action="store_true", help="measure documents made to harm, and nothing else")
    asked = parser.parse_args(argv)
    size = QUICK if asked.quick else Size()
    started = time.perf_counter()
    with TemporaryDirectory(prefix="dixit-bench-") as data:
        measures = []
        bench = Bench(size, Path(data), report)
        for measure in bench.hostile() if asked.hostile else bench.measures():
            report(f"{measure.name}: {measure.figure}")
            measures.append(measure)
    sys.stdout.write(f"\n{table(('what', 'figure', 'time', 'in times of'), [row(m) for m in measures])}\n\n")
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    sys.stdout.write(f"{cores()} cores{load}, {time.perf_counter() - started:.0f} s in all\n")
    return 0


def row(measure: Measure) -> tuple[str, ...]:
    """Return a measure as a row of the table."""
    ratio = "" if measure.ratio is None else f"{measure.ratio:.2f}"
    return measure.name, measure.figure, ratio, measure.reference


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def report(line: str) -> None:
    """Tell what is being done, apart from the table."""
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
