"""People at the page -> how long an answer takes while articles are added: ``python -m tests.bench.people URL``.

Serve an empty data directory first (``DIXIT_ASK_RATE=100000/minute python app.py --data DIR``: one machine counts as
one person). Everybody asks one question after another, each over a connection of their own, until all articles are in.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from gradio_client import Client

from tests.evaluation.answers import percentile

PEOPLE, ARTICLES = 20, 200
RATE = "100000/minute"
"""How often one machine may ask and add while many people on it are measured."""
QUESTION = "Que dit Maud Lorne{} du quai ?"
TEXT = (
    "Le quai numéro {0}\n\n« Nous rouvrirons le quai {0} avant la fin de l’été », a déclaré Maud Lorne{0}, la maire.\n"
)


@dataclass(frozen=True, slots=True)
class Held:
    """How the page held: the seconds of each turn, and of the adding of all articles."""

    turns: list[float]
    adding: float

    def __str__(self) -> str:
        half, nearly_all = (percentile(self.turns, part) for part in (0.5, 0.95))
        return f"{len(self.turns)} turns in {self.adding:.0f} s, p50 {half:.2f} s, p95 {nearly_all:.2f} s, no error"


def main(argv: Sequence[str]) -> int:
    """Ask and add; print how long turns took; return the exit status."""
    sys.stdout.write(f"{PEOPLE} people while {ARTICLES} articles go in: {hold(argv[0], PEOPLE, ARTICLES)}\n")
    return 0


def hold(url: str, people: int, articles: int) -> Held:
    """Let people ask while articles are added; any error of the page ends the run."""
    add_articles(url, range(1))
    done = threading.Event()
    with ThreadPoolExecutor(people) as pool:
        asking = [pool.submit(ask_until, url, done, number, articles) for number in range(people)]
        started = time.perf_counter()
        try:
            add_articles(url, range(1, articles))
        finally:
            done.set()
        took = time.perf_counter() - started
        turns = [turn for person in asking for turn in person.result()]
    return Held(turns, took)


def add_articles(url: str, numbers: range) -> None:
    """Add invented articles, one after the other."""
    client = Client(url, verbose=False)
    for number in numbers:
        assert client.predict(TEXT.format(number), api_name="/add_article")["outcome"] in ("added", "unchanged")


def ask_until(url: str, done: threading.Event, person: int, articles: int) -> list[float]:
    """Ask until told to stop; return the seconds of each turn. An error ends the run."""
    client, turns = Client(url, verbose=False), list[float]()
    while not done.is_set():
        started = time.perf_counter()
        client.predict(QUESTION.format((person + len(turns)) % articles), api_name="/ask")
        turns.append(time.perf_counter() - started)
        done.wait(1)  # somebody reads the answer
    return turns


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
