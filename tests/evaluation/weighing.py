"""Labelled questions -> the places that the finder weighs for them, each with its features and whether it answers.

The finder is the product's own, over stored articles: what it never weighs (words that a question quotes, say) is not
here either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from assistant.answers.finder import find
from assistant.answers.sources import Sources
from assistant.models import Turn
from assistant.question import NameBook, Question, Scope, recall, understand
from assistant.search.asked import Asked
from assistant.search.relevance import Find, features
from assistant.search.retriever import Retriever
from assistant.search.speakers import SpeakerIndex
from assistant.workspace import Workspace
from index.catalog import open_catalog
from index.embedding.embedder import Embedder
from index.vectors import open_vectors
from tests.evaluation.labels import Labelled, LabelledSet, Place
from tests.evaluation.overlap import covers
from tests.evaluation.running import Report, index, settings_for

_DIGITS = 6
"""Decimals of a feature: the last bits of a cosine differ from run to run."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A place that was weighed for a question.

    Attributes:
        features: see ``assistant.search.relevance.features``.
        right: it shows the evidence.
    """

    article: str
    start: int
    end: int
    features: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Places among which the finder looked for those that answer, all in one language.

    Attributes:
        labelled: the name of the set.
        question: its id in the set.
        kind: of the question as it was understood, which tells the bar.
        model: "own", "quotation" or "sentence".
        foreign: the places are in another language than the question.
        answerable: the question can be answered; if not, no place is right.
        places: by article and place.
    """

    labelled: str
    question: str
    kind: str
    model: str
    foreign: bool
    answerable: bool
    places: tuple[Weighed, ...]


def weigh(
    labelled: LabelledSet, further: Sequence[Path], data: Path | None, embedder: Embedder, report: Report
) -> list[Decision]:
    """Index a set, with further articles, and return what is weighed for each of its questions, in their order.

    Args:
        labelled: the set.
        further: files or folders to be indexed beside its articles.
        data: the data directory; None: a passing one.
        embedder: cached for the settings of the environment.
        report: is told what takes long.
    """
    with (
        settings_for(data) as settings,
        closing(open_catalog(settings.index.data)) as catalog,
        closing(open_vectors(settings.index.data, catalog)) as vectors,
    ):
        index(labelled, further, Workspace(catalog, vectors, embedder, settings), report)
        report(f"{labelled.name}: weighing places for {len(labelled.questions)} questions")
        retriever = Retriever(catalog, vectors, embedder)
        sources = _Recorder(retriever, SpeakerIndex(catalog.speakers()))
        book = NameBook(catalog)
        return [
            decision for question in labelled.questions for decision in _decisions(labelled, question, sources, book)
        ]


@dataclass(frozen=True, slots=True)
class _Weighing:
    kind: str
    model: str
    asked: Asked
    finds: list[Find]


class _Recorder(Sources):
    """The sources, and what is weighed of them."""

    def weighed(self, question: Question) -> list[_Weighing]:
        self._weighed: list[_Weighing] = []
        find(question, self)
        return self._weighed

    def within(self, scope: Scope, everything: bool = False) -> Self:
        scoped = super().within(scope, everything)
        scoped._weighed = self._weighed
        return scoped

    def passed(self, kind: str, model: str, asked: Asked, finds: Sequence[Find]) -> list[Find]:
        self._weighed.append(_Weighing(kind, model, asked, list(finds)))
        return super().passed(kind, model, asked, finds)


def _decisions(labelled: LabelledSet, question: Labelled, sources: _Recorder, book: NameBook) -> Iterator[Decision]:
    turns = [Turn(earlier) for earlier in question.history]
    for weighing in sources.weighed(understand(question.question, recall(turns, book), book)):
        for foreign in (False, True):
            of_language = [find for find in weighing.finds if foreign == _is_foreign(weighing.asked, find)]
            places = [_weighed(question, weighing.asked, find) for find in of_language]
            if places:
                yield Decision(
                    labelled=labelled.name,
                    question=question.id,
                    kind=weighing.kind,
                    model=weighing.model,
                    foreign=foreign,
                    answerable=question.answerable,
                    places=tuple(sorted(places, key=lambda place: (place.article, place.start, place.end))),
                )


def _is_foreign(asked: Asked, find: Find) -> bool:
    return find.cached.article.lang != asked.lang


def _weighed(question: Labelled, asked: Asked, find: Find) -> Weighed:
    article = find.cached.article
    place = Place(article.key, find.start, find.end, article.text[find.start : find.end])
    values = {name: round(value, _DIGITS) for name, value in features(asked, find).items()}
    right = any(covers(place, evidence) for evidence in question.evidence)
    return Weighed(article.key, find.start, find.end, values, right)
