"""The real parts at work on a labelled set: the quotations they find, the answers they give."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.models import Answer, Turn
from assistant.question import NameBook, recall, understand
from assistant.rendering.markdown import markdown
from assistant.settings import Settings, read_settings
from assistant.workspace import Workspace, open_workspace
from index.catalog import open_catalog
from index.embedding.token_states import open_token_states
from index.loaders import Refusal, load, sources
from index.models import Article, Quotation
from index.quotations.extractor import extract_quotations
from tests.evaluation.answers import Reply
from tests.evaluation.labels import Labelled, LabelledSet, Said

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Session:
    """All questions of a set, answered; and the quotations that were stored before."""

    replies: tuple[Reply, ...]
    stored: tuple[Said, ...]


def find_quotations(labelled: LabelledSet) -> list[Said]:
    """Return what the extractor finds in the articles of a set, which are loaded as any reader's are.

    Raises:
        ValueError: an article is refused by the loader.
    """
    settings = read_settings(os.environ).index
    limit, model = settings.max_article_characters, open_token_states(settings, lambda _: None)
    found = []
    for path in sources([labelled.articles]):
        for article in load(path, limit):
            if isinstance(article, Refusal):
                raise ValueError(str(article))
            found += [_said(article, quotation) for quotation in extract_quotations(article, model)]
    return found


def answer_questions(labelled: LabelledSet, further: Sequence[Path], data: Path | None, report: Report) -> Session:
    """Index a set, with further articles, and ask all its questions, one after another, models warm.

    Args:
        labelled: the set.
        further: files or folders to be indexed beside its articles.
        data: the data directory, in which articles that are unchanged stay as they were read; None: a passing one.
        report: is told what takes long.
    """
    with settings_for(data) as settings, open_workspace(settings, report) as workspace:
        index(labelled, further, workspace, report)
        workspace.warm()
        report(f"{labelled.name}: asking {len(labelled.questions)} questions")
        book = _name_book(settings)
        replies = tuple(_ask(workspace, question, book) for question in labelled.questions)
        return Session(replies, tuple(_stored(workspace)))


@contextmanager
def settings_for(data: Path | None) -> Iterator[Settings]:
    """Read the settings for a data directory; None: for a passing one."""
    with TemporaryDirectory(prefix="dixit-evaluation-") as passing:
        yield read_settings(os.environ, data or Path(passing))


def index(labelled: LabelledSet, further: Sequence[Path], workspace: Workspace, report: Report) -> None:
    """Add the articles of a set, and further ones; tell which are refused."""
    report(f"{labelled.name}: indexing")
    for result in workspace.add([labelled.articles, *further]):
        if result.outcome == "refused":
            report(f"{result.source}: {result.reason}")


def to_reply(question: Labelled, answer: Answer) -> Reply:
    """Return what is judged of an answer."""
    return Reply(
        question=question,
        abstained=answer.abstained,
        text=markdown(answer),
        citations=tuple(Said(c.article.key, c.start, c.end, c.quote, c.kind, c.speaker) for c in answer.citations),
    )


def _name_book(settings: Settings) -> NameBook:
    catalog = open_catalog(settings.index.data)
    try:
        return NameBook(catalog)
    finally:
        catalog.close()


def _ask(workspace: Workspace, question: Labelled, book: NameBook) -> Reply:
    turns = [Turn(earlier) for earlier in question.history]
    started = time.perf_counter()
    answer = workspace.answer(question.question, turns)
    seconds = time.perf_counter() - started
    understood = understand(question.question, recall(turns, book), book)
    return replace(to_reply(question, answer), seconds=seconds, understood=understood)


def _stored(workspace: Workspace) -> Iterator[Said]:
    articles = {article.id: article for article in workspace.articles()}
    for quotation in workspace.quotations():
        yield _said(articles[quotation.article_id], quotation)


def _said(article: Article, quotation: Quotation) -> Said:
    words = article.text[quotation.start : quotation.end]
    return Said(article.key, quotation.start, quotation.end, words, quotation.kind, quotation.speaker)
