"""The same articles in one folder, and on servers of this machine -> how long questions take over each.

``python -m tests.bench.served CORPUS``. Each is asked by a process of its own, in turn, as ``tests.bench.growth`` does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import read_settings
from assistant.workspace import open_workspace
from index.catalog import Place, copy_catalog, open_catalog
from tests.bench.growth import ASKED_QUICK, MANY, READ, READ_QUICK, read
from tests.bench.measure import Measure
from tests.bench.multiplied import Copies, fill
from tests.bench.questions import questions
from tests.chroma_server import chroma_server
from tests.postgresql import started

TURNS = 2
"""How often each is asked: what else the machine does changes."""


def main(argv: Sequence[str]) -> int:
    """Measure what is asked for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.served", description="Measure servers.")
    parser.add_argument("corpus", type=Path, help="articles in French, a file that `dixit add` reads")
    parser.add_argument("--passages", type=int, default=MANY, help="how many there are")
    parser.add_argument("--quick", action="store_true", help="fewer articles are read, of which the others are copies")
    asked = parser.parse_args(argv)
    with TemporaryDirectory(prefix="dixit-served-") as data:
        for measure in served(asked.corpus, Path(data), asked.passages, READ_QUICK if asked.quick else READ):
            sys.stdout.write(f"{measure.name}: {measure.figure}\n")
            sys.stdout.flush()
    return 0


def served(corpus: Path, data: Path, passages: int, most: int) -> Iterator[Measure]:
    """Yield what making each took, and what questions take over each, and how many times as long over servers."""
    readings = read(corpus, data / "read", most)
    copies, asked = Copies(readings), data / "questions.json"
    asked.write_text(json.dumps(questions(readings, copies.known, ASKED_QUICK)))
    begun = time.perf_counter()
    with closing(open_catalog(data / "folder")) as catalog:
        fill(catalog, copies, passages)
        yield Measure("stored in a file", f"{catalog.count():,} articles, {time.perf_counter() - begun:.0f} s")
    with closing(started()) as postgresql, chroma_server(data / "chroma") as chroma:
        url = postgresql.create("served")
        begun = time.perf_counter()
        copy_catalog(Place(data / "folder"), Place(data / "served", url), lambda _: None)
        yield Measure("copied into PostgreSQL", f"{time.perf_counter() - begun:.0f} s")
        servers = {"DIXIT_CATALOG_URL": url, "DIXIT_VECTORS_URL": chroma.url}
        yield Measure("vectors of the folder", f"{_made_whole(data / 'folder', {}):.0f} s")
        yield Measure("vectors of the server", f"{_made_whole(data / 'served', servers):.0f} s")
        yield from _asked(data, servers, asked)


def _asked(data: Path, servers: Mapping[str, str], asked: Path) -> Iterator[Measure]:
    for turn in range(TURNS):
        folder = _in_own_process(data / "folder", {}, asked)
        yield Measure(f"folder, turn {turn + 1}", _listed(folder))
        on_servers = _in_own_process(data / "served", servers, asked)
        yield Measure(f"servers, turn {turn + 1}", _listed(on_servers))
        times = {name: on_servers[name] / folder[name] for name in folder if folder[name]}
        yield Measure("servers in times of the folder", ", ".join(f"{name} {each:.2f}" for name, each in times.items()))


def _listed(told: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:,.0f}" for name, value in told.items())


def _made_whole(data: Path, servers: Mapping[str, str]) -> float:
    """Have the vector index of a catalog made, and return how many seconds that took."""
    begun = time.perf_counter()
    with open_workspace(read_settings({**os.environ, **servers}, data), lambda _: None) as workspace:
        workspace._vectors.wait()  # type: ignore[attr-defined]
        assert workspace.vectors_trouble() is None
    return time.perf_counter() - begun


def _in_own_process(data: Path, servers: Mapping[str, str], asked: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.growth", str(asked), "--of", str(data)]
    environment = {**os.environ, **servers}
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    figures: dict[str, float] = json.loads(told)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
