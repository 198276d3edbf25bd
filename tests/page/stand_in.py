"""A workspace over a real catalog that finds quotations in marks, to drive the page without models.

Some questions are special: one with "all of" is answered with less than there is, one with "boom" fails half way, one
with "slowly" grows until it is stopped, one with "gradually" grows in visible steps. A file whose name starts with
"waits" is read only once a question with "meanwhile" has been answered.
"""

from __future__ import annotations

import copy
import os
import re
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from app import build
from assistant.answers.first_questions import first_questions, sample_articles
from assistant.members import NotAllowed, Role, may, settings_of
from assistant.models import Answer, Citation, Counted, Coverage, ExactSearch, Paragraph, Prose, Quoted, Turn
from assistant.page.serving import serve
from assistant.question.length import require_askable
from assistant.search.exact_list import Match, count_lines
from assistant.search.exact_search import SHOWN, search
from assistant.settings import read_settings
from assistant.workspace import Facets
from index.catalog import ArticleFilter, PersonFilter, Reading, StatementFilter, open_catalog
from index.correcting import Correcting
from index.corrections import Correction
from index.errors import SourceRefused
from index.feeds.models import WatchedFeed
from index.feeds.store import FeedStore
from index.feeds.watching import FeedWatching
from index.ingestion import AddResult, Ingestion
from index.jobs.queue import JobQueue
from index.jobs.storage import Storage
from index.loaders.address import Reach
from index.loaders.web import Web
from index.models import (
    Article,
    Feedback,
    KnownPerson,
    Listing,
    Mention,
    Passage,
    Person,
    Quotation,
    Statement,
    content_id,
)
from index.query.models import Order
from index.records.table import Records
from index.settings import IndexSettings
from index.text.context import context_of, in_context
from index.typography import fold
from tests.embedder import HashingEmbedder
from tests.markup import seen

QUOTED = re.compile(r"«\s*([^»]+?)\s*»|“([^”]+)”")
NAMED = re.compile(r"\b(?:[A-ZÉ][\w’-]+ ){1,2}[A-ZÉ][\w’-]+")


class InTheCatalog:
    """Vectors that are searched where they are stored."""

    def sync(self) -> None:
        pass


class StandIn:
    read_only = False
    role: Role = "administer"
    has_workers = False

    def __init__(self, data: Path, articles: Path | None = None, web: Web | None = None) -> None:
        self.data = data
        self.records = Records(data)
        self.catalog = open_catalog(data)
        self.queue = JobQueue(self.catalog.jobs(), Storage(data), 1_000_000)
        self.web = web or Web()
        self.asked = threading.Event()
        if articles:
            list(self.add(sorted(articles.glob("*.txt"))))

    def may(self, needed: Role) -> bool:
        return may(self.role, needed) and not self.read_only

    def _require(self, needed: Role) -> None:
        if not may(self.role, needed):
            raise NotAllowed(self.role, needed)

    def limited_to(self, role: Role) -> StandIn:
        limited = copy.copy(self)
        limited.role = role
        return limited

    def add(self, paths: Iterable[Path], uploaded: bool = False, by: str = "") -> Iterator[AddResult]:
        for path in paths:
            if path.name.startswith("waits"):
                self.asked.wait(timeout=30)
                self.asked.clear()
            try:
                yield self._hold(read(path), path.stem, None, f"upload:{path.name}" if uploaded else path.name)
            except SourceRefused as error:
                yield AddResult(str(path), "refused", error.reason)

    def add_address(self, address: str, by: str = "") -> Iterator[AddResult]:
        try:
            fetched = self.web.fetch(address)
            yield self._hold(seen(fetched.data.decode()).strip(), fetched.name, None, address)
        except SourceRefused as error:
            yield AddResult(address, "refused", error.reason)

    def feeds(self) -> list[WatchedFeed]:
        return FeedStore(self.records).all()

    def feed_watching(self) -> FeedWatching:
        vectors, embedder = InTheCatalog(), HashingEmbedder()
        ingestion = Ingestion(self.catalog, vectors, embedder, IndexSettings(), self.web)  # type: ignore[arg-type]
        return FeedWatching(FeedStore(self.records), self.catalog, ingestion, timedelta(hours=1), 10)

    def add_text(self, text: str, title: str | None = None) -> AddResult:
        self._require("add")
        return self._hold(text, title or "pasted", title, title or text.splitlines()[0][:60])

    @contextmanager
    def batch(self, names: Iterable[str], uploaded: bool = False, by: str = "") -> Iterator[None]:
        yield

    def unfinished(self, by: str | None = None) -> list[str]:
        return []

    def forget_unfinished(self, by: str) -> None:
        pass

    def add_samples(self) -> Iterator[AddResult]:
        for article in sample_articles():
            yield self._keep(article, article.key)

    def listings(self, wanted: ArticleFilter) -> list[Listing]:
        return self.catalog.listings(wanted)

    def in_context(self, statements: Iterable[Statement]) -> list[Statement]:
        return [in_context(each, self.article(each.article.id)) for each in statements]

    def said(self, wanted: StatementFilter) -> list[Statement]:
        return self.catalog.said(wanted)

    def search(self, query: str, most: int | None = SHOWN, skip: int = 0, order: Order = "newest") -> ExactSearch:
        return search(self.catalog, query, most, skip, order)

    def count_lines(self, lines: Sequence[str], match: Match = "phrase") -> list[Counted]:
        return count_lines(self.catalog, lines, match)

    def people_called(self, called: str) -> list[KnownPerson]:
        return self.catalog.people_called(called)

    def everyone(self, wanted: PersonFilter) -> list[KnownPerson]:
        return self.catalog.everyone(wanted)

    def person(self, person_id: int) -> KnownPerson | None:
        return self.catalog.person(person_id)

    def mentions(self, person_id: int) -> list[Mention]:
        return self.catalog.mentions(person_id)

    def facets(self) -> Facets:
        catalog = self.catalog
        return Facets(
            len(catalog.revisions()), catalog.revision(), catalog.outlets(), catalog.languages(), catalog.quoted()
        )

    def speakers(self) -> list[str]:
        return self.catalog.speakers()

    def article(self, article_id: str) -> Article:
        return self.catalog.article(article_id)

    def quotations(self, article_id: str | None = None) -> list[Quotation]:
        return self.catalog.quotations(article_id)

    def remove(self, article_id: str) -> Reading:
        removed = self.catalog.reading(article_id)
        self.catalog.remove(article_id)
        return removed

    def corrections(self, article_id: str | None = None) -> list[Correction]:
        return self.catalog.corrections(article_id)

    def correcting(self) -> Correcting:
        self._require("correct")
        vectors, embedder = InTheCatalog(), HashingEmbedder()
        ingestion = Ingestion(self.catalog, vectors, embedder, IndexSettings())  # type: ignore[arg-type]
        return Correcting(self.catalog, vectors, embedder, ingestion)  # type: ignore[arg-type]

    def put_back(self, removed: Reading) -> AddResult:
        return AddResult(removed.article.title, self.catalog.add(removed), None, removed.article.id)

    def add_feedback(self, question: str, articles: Sequence[str], verdict: Literal[-1, 0, 1]) -> None:
        self.catalog.add_feedback(Feedback(question, tuple(articles), verdict, datetime.now(UTC)))

    def answer(self, question: str, history: Sequence[Turn] = (), as_is: bool = False) -> Answer:
        return list(self.reply(question, history, as_is=as_is))[-1]

    def reply(
        self, question: str, history: Sequence[Turn] = (), likely: str | None = None, as_is: bool = False
    ) -> Iterator[Answer]:
        require_askable(question, [turn.question for turn in history])
        history = [] if as_is else history
        lang = "fr" if re.search(r"[éèàç]|\b(que|qui|dit)\b", question.lower()) else "en"
        leans = history and question.lower().startswith(("et ", "and "))
        whole = f"{question} ({history[-1].question})" if leans else None
        hits = self._hits(whole or question)
        if not hits:
            yield refusal(question, lang)
            return
        citations = tuple(self._cite(number, hit) for number, hit in enumerate(hits, 1))
        lead: Paragraph = (Prose("Voici ce qui a été dit." if lang == "fr" else "This is what was said."),)
        paragraphs = (lead, *((Quoted(citation.number),) for citation in citations))
        for shown in range(1, len(paragraphs) + 1):
            said = {"speaker": citations[0].speaker, "total": len(citations) + 1} if "all of" in question else {}
            yield Answer(question, lang, False, paragraphs[:shown], citations, understood=whole, **said)
            if "boom" in question:
                raise RuntimeError("boom")
            if "gradually" in question:
                time.sleep(0.3)
            while "slowly" in question:
                time.sleep(0.1)
                yield Answer(question, lang, False, paragraphs[:shown], citations)
        if "meanwhile" in question:
            self.asked.set()

    def suggestions(self, lang: str) -> list[str]:
        return first_questions(lang, self.catalog.revisions(), self.quotations())

    def vectors_trouble(self) -> str | None:
        return None

    def warm(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _hold(self, text: str, key: str, title: str | None, source: str) -> AddResult:
        lang = "fr" if re.search(r"\b(le|la)\b", text) else "en"
        dated = re.search(r"(\d{4})-(\d\d)-(\d\d)", key)
        article = Article(
            content_id(text), key, title or text.splitlines()[0], lang,
            date(*map(int, dated.groups())) if dated else None, "Le Fanal" if lang == "fr" else "The Lantern",
            text=text,
        )  # fmt: skip
        return self._keep(article, source)

    def _keep(self, article: Article, source: str) -> AddResult:
        quotations, passages = found(article), [Passage(article.id, 0, len(article.text))]
        vectors = HashingEmbedder().embed_passages([article.title] * (1 + len(quotations)))
        known = [each.speaker for each in quotations] + [one.name for one in self.catalog.people()]
        people = list(named(article, known))
        model = HashingEmbedder().name
        reading = Reading(article, passages, quotations, vectors[:1], vectors[1:], model, people=people)
        return AddResult(source, self.catalog.add(reading), None, article.id, article.title)

    def _hits(self, question: str) -> list[Quotation]:
        asked = set(re.findall(r"\w{4,}", fold(question))) - {"what", "does", "that", "said"}
        return [quotation for quotation in self.quotations() if asked & set(self._words(quotation))][:6]

    def _words(self, quotation: Quotation) -> list[str]:
        text = self.article(quotation.article_id).text[quotation.start : quotation.end]
        return re.findall(r"\w{4,}", fold(f"{text} {quotation.speaker}"))

    def _cite(self, number: int, hit: Quotation) -> Citation:
        article = self.article(hit.article_id)
        context = context_of(article, hit.start, hit.end, hit)
        words = article.text[hit.start : hit.end]
        return Citation(number, article.card, hit.start, hit.end, words, hit, context=context)


class StandIns:
    """Other workspaces of a data directory."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def open(self, name: str) -> StandIn:
        return StandIn(settings_of(read_settings({}, self._data), name).index.data)

    def next_due(self, name: str) -> None:
        return None


def found(article: Article) -> list[Quotation]:
    quotations = []
    for marked in QUOTED.finditer(article.text):
        group = 1 if marked[1] else 2
        named = NAMED.search(article.text, marked.end()) or NAMED.search(article.text)
        speaker = named[0] if named else None
        quotations.append(Quotation(article.id, *marked.span(group), kind="direct", speaker=speaker))
    return quotations


def named(article: Article, names: Iterable[str | None]) -> Iterator[Person]:
    """Yield those of some names whom an article names, with their places, and as mayor where it calls them so."""
    for name in dict.fromkeys(filter(None, names)):
        found = list(re.finditer(rf"(?:(maire) )?{re.escape(name)}", article.text))
        roles = tuple(dict.fromkeys(at[1] for at in found if at[1]))
        if found:
            yield Person(name, "person", "", roles, tuple(at.span() for at in found))


def refusal(question: str, lang: str) -> Answer:
    told = {"fr": "Vos articles ne le disent pas.", "en": "Your articles do not say."}[lang]
    return Answer(question, lang, True, ((Prose(told),),), mentions=(Coverage(question, 0, 0),))


def read(path: Path) -> str:
    text = path.read_bytes()
    if b"\0" in text or not text.strip():
        raise SourceRefused("no_words")
    return text.decode("utf-8").replace("\r\n", "\n")


def main(data: str, port: str, *articles: str) -> None:
    """Serve the page over a folder with articles, as the environment says, until the process is told to stop."""
    # A server of the tests, the only one of this machine that may be fetched from.
    allowed = frozenset({("127.0.0.1", int(os.environ.get("TEST_WEB_PORT", "0")))})
    stand_in = StandIn(Path(data), *map(Path, articles), web=Web(reach=Reach(excepted=allowed)))
    settings = read_settings({name: value for name, value in os.environ.items() if name != "DIXIT_DATA"}, Path(data))
    stand_in.read_only = settings.assistant.read_only
    serve(build, stand_in, settings, "127.0.0.1", int(port), workspaces=StandIns(stand_in.data))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:])
