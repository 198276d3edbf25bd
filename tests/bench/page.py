"""People at the page -> how long an answer takes while articles are added: ``python -m tests.bench.page URL``.

Serve an empty data directory first (``python app.py --data DIR``). Twenty people ask one question after another, each
over a connection of their own, until two hundred invented articles are in.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from gradio_client import Client

from tests.evaluation.answers import percentile

PEOPLE, ARTICLES = 20, 200
QUESTION = "Que dit Maud Lorne{} du quai ?"
TEXT = (
    "Le quai numéro {0}\n\n« Nous rouvrirons le quai {0} avant la fin de l’été », a déclaré Maud Lorne{0}, la maire.\n"
)


def main(argv: Sequence[str]) -> int:
    """Ask and add; print the 95th percentile of a turn in seconds and how many failed; return the exit status."""
    url = argv[0]
    add_articles(url, range(1))
    done = threading.Event()
    with ThreadPoolExecutor(PEOPLE) as people:
        asking = [people.submit(ask_until, url, done, number) for number in range(PEOPLE)]
        started = time.perf_counter()
        add_articles(url, range(1, ARTICLES))
        took = time.perf_counter() - started
        done.set()
        turns = [turn for person in asking for turn in person.result()]
    sys.stdout.write(
        f"{PEOPLE} people, {len(turns)} turns while {ARTICLES} articles went in ({took:.0f} s): "
        f"p50 {percentile(turns, 0.5):.2f} s, p95 {percentile(turns, 0.95):.2f} s\n"
    )
    return 0


def add_articles(url: str, numbers: range) -> None:
    """Add invented articles, one after the other."""
    client = Client(url, verbose=False)
    for number in numbers:
        assert client.predict(TEXT.format(number), api_name="/add_article")["outcome"] in ("added", "unchanged")


def ask_until(url: str, done: threading.Event, person: int) -> list[float]:
    """Ask until told to stop; return the seconds of each turn. An error ends the run."""
    client, turns = Client(url, verbose=False), list[float]()
    while not done.is_set():
        started = time.perf_counter()
        client.predict(QUESTION.format((person + len(turns)) % ARTICLES), api_name="/ask")
        turns.append(time.perf_counter() - started)
        done.wait(1)  # somebody reads the answer
    return turns


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
