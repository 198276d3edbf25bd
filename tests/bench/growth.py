"""Few articles in a catalog, or many -> how long questions take: ``python -m tests.bench.growth --help``.

Each volume is asked by a process of its own, which tells its memory and how long the first answer takes from nothing.
Processor time stands beside what a clock tells: on a machine that others use it is the one to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import read_settings
from assistant.workspace import Workspace, open_workspace
from index.catalog import Catalog, Reading, open_catalog
from tests.bench.measure import Measure
from tests.bench.multiplied import Copies, fill
from tests.bench.questions import questions
from tests.evaluation.answers import percentile

READ, READ_QUICK = 300, 60
"""Articles of the corpus that are read, of which the others are copies."""
FEW, MANY, MANY_QUICK = 1_000, 100_000, 5_000
"""Passages of the volumes."""
ASKED, ASKED_QUICK = 140, 28
_WARMING = 14


def main(argv: Sequence[str]) -> int:
    """Measure what is asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description="Measure growth.")
    parser.add_argument("corpus", type=Path, help="articles in French, a file that `dixit add` reads")
    parser.add_argument("--quick", action="store_true", help="fewer articles, fewer questions")
    parser.add_argument("--passages", type=int, help="of the larger volume")
    parser.add_argument("--of", type=Path, help=argparse.SUPPRESS)  # a volume: what its own process is started with
    asked = parser.parse_args(argv)
    if asked.of:
        sys.stdout.write(json.dumps(measured(asked.of, json.loads(asked.corpus.read_text("utf-8")))))
        return 0
    with TemporaryDirectory(prefix="dixit-growth-") as data:
        for measure in growth(asked.corpus, Path(data), asked.quick, asked.passages):
            sys.stdout.write(f"{measure.name}: {measure.figure}\n")
            sys.stdout.flush()
    return 0


def growth(corpus: Path, data: Path, quick: bool, passages: int | None = None) -> Iterator[Measure]:
    """Yield what questions take with few passages and with many, and how many times as long."""
    readings = read(corpus, data / "read", READ_QUICK if quick else READ)
    copies = Copies(readings)
    (data / "questions.json").write_text(json.dumps(questions(readings, copies.known, ASKED_QUICK if quick else ASKED)))
    found: list[dict[str, float]] = []
    for volume in (FEW, passages or (MANY_QUICK if quick else MANY)):
        with closing(open_catalog(data / str(volume))) as catalog:
            fill(catalog, copies, volume)
        told = _in_own_process(data / str(volume), data / "questions.json")
        figures = ", ".join(f"{name} {value:,.0f}" for name, value in told.items())
        found.append(told)
        yield Measure(f"questions over {volume:,} passages", figures)
    few, many = found
    ratios = ", ".join(f"{name} {many[name] / few[name]:.2f}" for name in few if few[name])
    yield Measure("many in times of few", ratios)


def read(corpus: Path, data: Path, most: int) -> list[Reading]:
    """Read the first articles of a corpus as they always are; return what was made of each."""
    with open_workspace(read_settings(os.environ, data), lambda _: None) as workspace:
        added = [result.article_id for result in islice(workspace.add([corpus]), most)]
        return [workspace.catalog.reading(id) for id in added if id]


def measured(data: Path, asked: Sequence[str]) -> dict[str, float]:
    """Return the figures of one volume, in milliseconds and megabytes."""
    started = time.process_time()
    with open_workspace(read_settings(os.environ, data), lambda _: None) as workspace:
        workspace.answer(asked[0])
        figures = {"first CPU": (time.process_time() - started) * 1000}
        for question in asked[:_WARMING]:
            workspace.answer(question)
        figures |= _times(workspace, asked, "")
        figures["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        done = threading.Event()
        writer = threading.Thread(target=_write_on, args=(workspace.catalog, done))
        writer.start()
        try:
            return figures | _times(workspace, asked, " while articles go in")
        finally:
            done.set()
            writer.join()


def _times(workspace: Workspace, asked: Sequence[str], when: str) -> dict[str, float]:
    clock, processor = [], []
    for question in asked:
        by_clock, by_processor = time.perf_counter(), time.thread_time()
        workspace.answer(question)
        clock.append((time.perf_counter() - by_clock) * 1000)
        processor.append((time.thread_time() - by_processor) * 1000)
    return {
        f"{name} p{part * 100:.0f}{when}": percentile(times, part)
        for name, times in (("clock", clock), ("CPU", processor))
        for part in (0.5, 0.95)
    }


def _write_on(catalog: Catalog, done: threading.Event) -> None:
    """Store articles, several a second, as reading them allows."""
    known = [catalog.reading(article) for article in islice(catalog.revisions(), 50)]
    for reading in islice(Copies(known, seed=2).made(), len(known), None):
        if done.wait(0.1):
            return
        catalog.add(reading)


def _in_own_process(data: Path, asked: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.growth", str(asked), "--of", str(data)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(told)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
