"""An index of 50,000 vectors: how long it takes to be made anew, what is answered meanwhile, what a kill costs."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog, Reading, open_catalog
from index.models import Article, Passage, Quotation, content_id
from index.vectors import CatalogVectors, ChromaVectors, inspect, open_vectors

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]

ROOT = Path(__file__).parents[2]
ARTICLES, PASSAGES, DIMENSIONS = 2000, 24, 384
UNITS = ARTICLES * (PASSAGES + 1)
QUERY = np.full(DIMENSIONS, DIMENSIONS**-0.5, np.float32)

Figure = Callable[[str], None]


def fill(catalog: Catalog) -> None:
    """Add articles with drawn vectors: those of an article lie in one region, as those of a real one do."""
    chance = np.random.default_rng(0)
    for number in range(ARTICLES):
        text = f"article {number} " * 20
        article = Article(content_id(text), f"a{number}", f"article {number}", "en", text=text)
        topic, of_their_own = chance.normal(size=DIMENSIONS), chance.normal(size=(PASSAGES + 1, DIMENSIONS))
        vectors = (topic + 0.7 * of_their_own).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        passages = [Passage(article.id, n * 10, n * 10 + 10) for n in range(PASSAGES)]
        catalog.add(Reading(article, passages, [Quotation(article.id, 1, 5, "direct")], vectors[1:], vectors[:1], "m"))


@contextmanager
def longest_stall(told: list[float]) -> Iterator[None]:
    """Append the seconds that a thread which does next to nothing was kept waiting at most."""
    longest, stop = 0.0, threading.Event()

    def tick() -> None:
        nonlocal longest
        last = time.perf_counter()
        while not stop.wait(0.01):
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    ticking = threading.Thread(target=tick)
    ticking.start()
    yield
    stop.set()
    ticking.join()
    told.append(longest)


def processor_seconds() -> float:
    """Return the processor time of the processes that this one has started, and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def opened(data: Path, catalog: Catalog, lines: list[str]) -> tuple[ChromaVectors, float]:
    """Open the vector index and ask; return it and the seconds until there was an answer."""
    begun = time.perf_counter()
    vectors = open_vectors(data, catalog, lines.append)
    assert isinstance(vectors, ChromaVectors)
    assert len(vectors.search(QUERY, "passage", 10)) == 10
    return vectors, time.perf_counter() - begun


def whole(data: Path) -> bool:
    inspection = inspect(data)
    return inspection is not None and len({row.id for row in inspection.rows}) == UNITS


def test_fifty_thousand_vectors_are_taken_up_beside_the_page_and_outlive_kills(tmp_path: Path, figure: Figure) -> None:
    with closing(open_catalog(tmp_path)) as catalog:
        fill(catalog)
        _without_a_folder(tmp_path, catalog, figure)
        _once_more(tmp_path, catalog, figure)
        shutil.rmtree(tmp_path / "vectors")
        _after_a_kill(tmp_path, catalog, figure)


def _without_a_folder(data: Path, catalog: Catalog, figure: Figure) -> None:
    lines: list[str] = []
    stalls: list[float] = []
    begun, worked = time.perf_counter(), processor_seconds()
    vectors, first = opened(data, catalog, lines)
    with longest_stall(stalls):
        searches = []
        while vectors._building is not None:
            asked = time.perf_counter()
            assert len(vectors.search(QUERY, "passage", 10)) == 10
            searches.append(time.perf_counter() - asked)
            time.sleep(1)
        vectors.wait()
    seconds = time.perf_counter() - begun
    vectors.close()
    worked = processor_seconds() - worked
    assert whole(data)
    figure(
        f"{UNITS:,} vectors without a Chroma folder: first answer after {first:.1f} s, whole after {seconds:.0f} s "
        f"({worked:.0f} s of processor time in the process that builds); {len(searches)} searches meanwhile, the "
        f"slowest {max(searches):.2f} s; longest stall of a thread {stalls[0]:.2f} s"
    )


def _once_more(data: Path, catalog: Catalog, figure: Figure) -> None:
    folder = (data / "vectors" / "current").read_text()
    vectors, first = opened(data, catalog, [])
    assert vectors._building is None
    chroma = [hit.article_id for hit in vectors.search(QUERY, "quotation", 20)]
    exact = [hit.article_id for hit in CatalogVectors(catalog).search(QUERY, "quotation", 20)]
    vectors.close()
    assert (data / "vectors" / "current").read_text() == folder
    figure(f"the next start: first answer after {first:.1f} s; {len({*chroma} & {*exact})} of the 20 nearest found")


def _after_a_kill(data: Path, catalog: Catalog, figure: Figure) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from index.catalog import open_catalog; from index.vectors import open_vectors\n"
        "data = Path(sys.argv[1])\n"
        "open_vectors(data, open_catalog(data), lambda line: print(line, flush=True)).wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(data)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as it:
        assert it.stdout is not None
        while _done(line := it.stdout.readline()) < UNITS // 4:
            assert line
        it.kill()
    lines: list[str] = []
    begun = time.perf_counter()
    vectors, first = opened(data, catalog, lines)
    vectors.wait()
    seconds = time.perf_counter() - begun
    vectors.close()
    assert whole(data)
    assert _done(lines[0]) >= _done(line), "what was in is written again"
    figure(
        f"killed at {_done(line):,} of {UNITS:,}: first answer after {first:.1f} s, gone on with at "
        f"{_done(lines[0]):,}, whole after {seconds:.0f} s"
    )


def _done(line: str) -> int:
    found = re.search(r"([\d,]+) of", line)
    return int(found[1].replace(",", "")) if found else 0
