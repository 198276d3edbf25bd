"""Two copies of the page and two workers over PostgreSQL and Chroma, each killed in turn: nothing lost, nothing twice.

``OUTAGE_ARTICLES`` in the environment of the tests says how many articles go in.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.server.calls import FAILED
from index.catalog import Catalog, open_catalog
from index.catalog.jobs import OPEN
from index.embedding.embedder import Embedder
from index.jobs.queue import Asker, JobQueue
from index.jobs.storage import Storage
from index.models import content_id
from index.settings import VectorServer
from index.upkeep.integrity import check
from tests.chroma_server import ChromaServer, chroma_server
from tests.page.browser import ROOT, Server, real
from tests.postgresql import Server as Postgresql
from tests.postgresql import started

ARTICLES = int(os.environ.get("OUTAGE_ARTICLES", "200"))
Figure = Callable[[str], None]

TEXT = (
    "Le quai {number}\n\n« Le quai {number} rouvre lundi », a déclaré {name}, la maire de Hask. "
    "Les travaux ont duré {number} jours.\n\nLe chantier a coûté {number} euros, selon {name}. "
    "“{number} boats are back,” she said."
)
PAUSE = 3.0
"""Seconds between two rounds of questions."""
AWAY = 3.0
"""Seconds that an engine is away."""


def text(number: int) -> str:
    """Return an article that is no other."""
    first = ("Maud", "Odile", "Zoé", "Nora", "Irène")[number % 5]
    return TEXT.format(number=number, name=f"{first} Lorne{'abcdefghij'[number % 10]}{'abcdefghij'[number // 10 % 10]}")


class Service:
    """Everything of a service on this machine, each part of which can be killed and started again."""

    def __init__(self, folder: Path, postgresql: Postgresql, chroma: ChromaServer) -> None:
        self.data = folder / "data"
        self.postgresql, self.chroma = postgresql, chroma
        self.url = postgresql.create("outage")
        self.vectors = VectorServer(chroma.url, database="outage")
        self._told = {
            "DIXIT_CATALOG_URL": self.url, "DIXIT_VECTORS_URL": chroma.url, "DIXIT_VECTORS_DATABASE": "outage",
            "DIXIT_WORKERS": "1", "DIXIT_UPLOADS_URL": str(folder / "uploads"),
        }  # fmt: skip
        self.catalog: Catalog = open_catalog(self.data, self.url)
        self.queue = JobQueue(self.catalog.jobs(), Storage(self.data, str(folder / "uploads")), 1_000_000_000)
        self.apps: list[Server] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self._log = (folder / "log").open("ab")

    def start_app(self) -> Server:
        return real(self.data, log=self._log, **self._told)

    def start_worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "assistant", "--data", str(self.data), "work"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)} | self._told
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self._log, stderr=self._log)

    def done(self) -> int:
        return self.catalog.jobs().counts()["done"]

    def bytes_left(self) -> list[Path]:
        """Return what bytes there are once what killed processes left behind is cleared."""
        self.queue.storage.delete_others(self.queue.table.places(), datetime.now(UTC))
        return [path for path in (self.data.parent / "uploads").rglob("*") if path.is_file()]

    def close(self) -> None:
        for app in self.apps:
            app.process.kill()
            app.process.wait()
            assert app.process.stdout
            app.process.stdout.close()
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.catalog.close()
        self._log.close()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    postgresql = started()
    with (
        closing(postgresql),
        chroma_server(tmp_path / "chroma") as chroma,
        closing(Service(tmp_path, postgresql, chroma)) as service,
    ):
        yield service


class Asking:
    """Asks both copies one question after the other, and keeps what came of it."""

    def __init__(self, service: Service) -> None:
        self.answered, self.failed = Counter[int](), Counter[str]()
        self._service = service
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def __enter__(self) -> Asking:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._stopped.wait(PAUSE):
            for number in range(len(self._service.apps)):
                told = called(self._service.apps[number], "ask", "Que dit Maud Lorneaa du quai ?")
                if isinstance(told, str):
                    self.failed[told] += 1
                else:
                    self.answered[number] += 1


def called(app: Server, name: str, *values: Any) -> Any:
    """Return what a function of a copy returns; a line that says why not."""
    try:
        reply = httpx.post(f"{app.url}/gradio_api/run/{name}", json={"data": values}, timeout=90, trust_env=False)
    except httpx.TransportError:
        return "not reached"
    told = reply.json()
    return told["data"][0] if reply.status_code == 200 else str(told.get("error") or told.get("detail"))


def sent(service: Service, number: int) -> int:
    """Have one of the copies queue an article, tried until it says so; return how often it did not."""
    for attempt in range(600):
        app = service.apps[(number + attempt) % len(service.apps)]
        told = called(app, "add_article", text(number), f"Quai {number}", "")
        if not isinstance(told, str):
            assert told["outcome"] == "queued", told
            return attempt
        time.sleep(0.5)
    raise AssertionError(f"{number} was never queued: {told}")


@contextmanager
def sending(service: Service, count: int) -> Iterator[list[int]]:
    """Have so many articles queued, while inside; yields how often each had to be sent again."""
    again: list[int] = []

    def send() -> None:
        again.extend(sent(service, number) for number in range(count))

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    yield again
    thread.join()


def wait_for(true: Callable[[], bool], seconds: float = 3000) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came to be so"
        time.sleep(0.5)


def kill_each(service: Service, count: int) -> None:
    """Kill and start again a worker, a copy, Chroma and PostgreSQL, as articles go in."""
    wait_for(lambda: service.done() >= count // 6)
    service.workers[0].kill()
    service.workers[0].wait()
    service.workers[0] = service.start_worker()
    wait_for(lambda: service.done() >= 2 * count // 6)
    service.apps[0].stop(signal.SIGKILL)
    service.apps[0] = service.start_app()
    wait_for(lambda: service.done() >= 3 * count // 6)
    service.chroma.kill()
    time.sleep(AWAY)
    service.chroma.start()
    wait_for(lambda: service.done() >= 4 * count // 6)
    service.postgresql.stop()
    time.sleep(AWAY)
    service.postgresql.start()


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_each_part_is_killed_and_nothing_is_lost_or_twice(service: Service, embedder: Embedder, figure: Figure) -> None:
    service.apps = [service.start_app() for _ in range(2)]
    service.workers = [service.start_worker() for _ in range(2)]
    assert called(service.apps[0], "ask", "Que dit Maud Lorneaa ?")["abstained"]
    began = time.monotonic()
    with Asking(service) as asking, sending(service, ARTICLES) as again:
        kill_each(service, ARTICLES)
        wait_for(lambda: len(again) == ARTICLES)
        wait_for(lambda: not service.catalog.jobs().jobs(OPEN))
    held = Counter(article.id for article in service.catalog.articles())
    assert held == Counter(content_id(text(number)) for number in range(ARTICLES))
    counts = service.catalog.jobs().counts()
    assert counts["done"] == sum(counts.values()) >= ARTICLES
    assert service.bytes_left() == []
    for app in service.apps:
        told = called(app, "ask", "Que dit Zoé Lornech du quai ?")
        assert told["citations"][0]["speaker"] == "Zoé Lornech"
    assert min(asking.answered.values()) > 0
    assert not [line for line in asking.failed if "\n" in line or line == FAILED]
    wait_for(lambda: httpx.get(f"{service.apps[1].url}/ready", trust_env=False, timeout=60).status_code == 200)
    wait_for(lambda: check(service.data, service.catalog, embedder, service.vectors) == [], 300)
    figure(
        f"outage: {ARTICLES} articles in {time.monotonic() - began:.0f} s while a worker, a copy, Chroma and "
        f"PostgreSQL were killed; {counts['done']} jobs, sent again {sum(again)} times; questions answered "
        f"{sum(asking.answered.values())}, refused meanwhile {dict(asking.failed)}"
    )


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("workers", [1, 2])
def test_how_fast_workers_are(service: Service, figure: Figure, workers: int) -> None:
    for number in range(ARTICLES):
        service.queue.add_text(text(number), f"Quai {number}", Asker())
    service.workers = [service.start_worker() for _ in range(workers)]
    wait_for(lambda: service.done() >= 5 * workers)
    began, first, used = time.monotonic(), service.done(), seconds_used(service)
    wait_for(lambda: service.done() == ARTICLES)
    took, count = time.monotonic() - began, ARTICLES - first
    each = {part: (now - used[part]) / count * 1000 for part, now in seconds_used(service).items()}
    assert len(service.catalog.articles()) == ARTICLES
    figure(
        f"{workers} workers: {count / took:.2f} articles a second by the clock; processor time of each: "
        f"{', '.join(f'{part} {used:.0f} ms' for part, used in each.items())}, so that two cores take in at most "
        f"{2000 / sum(each.values()):.1f} a second; load {os.getloadavg()[0]:.0f}"
    )
    for worker in service.workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(60) for worker in service.workers] == [0] * workers


def seconds_used(service: Service) -> dict[str, float]:
    """Return the processor time that the parts of a service have taken."""
    parts = {
        "workers": [worker.pid for worker in service.workers],
        "PostgreSQL": [service.postgresql.pid],
        "Chroma": [service.chroma.pid],
    }
    return {part: sum(map(_seconds_of, pids)) for part, pids in parts.items()}


def _seconds_of(pid: int) -> float:
    """Return the processor time of a process and of those that it started, whether they have ended or not."""
    own = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(int, own[11:15])) / os.sysconf("SC_CLK_TCK") + sum(map(_seconds_of, map(int, started)))
