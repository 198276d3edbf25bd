"""The nouns of an answer: a question, the evidence for it, and words cited from articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.models import ArticleCard, Context, Quotation, Span
from index.query.models import Order
from index.reason import Reason

CitationKind = Literal["direct", "mixed", "indirect", "passage"]
"""A quotation's kind, or "passage": the article's own words, said by nobody in particular."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the words of a citation stand too: in a near-duplicate of its article, or a copy of it.

    ``start`` and ``end`` count code points of its text.
    """

    article: ArticleCard
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an article: ``quote`` is exactly ``Article.text[start:end]``.

    Attributes:
        number: from 1, as shown in the answer.
        quotation: what the catalog holds of the words; None: a passage, the article's own words.
        page: where the words begin, the first is 1; None: the article has no pages.
        time: when the words begin, "00:12:34"; None: the article is of no recording.
        also: other articles of the same story with the same words.
        context: what stands around the words; None: in what an older Dixit kept.
    """

    number: int
    article: ArticleCard
    start: int
    end: int
    quote: str
    quotation: Quotation | None = None
    page: int | None = None
    time: str | None = None
    also: tuple[Elsewhere, ...] = ()
    context: Context | None = None

    @property
    def kind(self) -> CitationKind:
        """See ``CitationKind``."""
        return self.quotation.kind if self.quotation else "passage"

    @property
    def speaker(self) -> str | None:
        """Who said the words; None: the article's own words, or it does not say who."""
        return self.quotation.speaker if self.quotation else None

    @property
    def cue(self) -> str | None:
        """The reporting words as printed ("a affirmé"), if any."""
        return self.quotation.cue if self.quotation else None


@dataclass(frozen=True, slots=True)
class Prose:
    """Words of our own, in the answer's language; never shown in quotation marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a citation, shown with its number; in quotation marks where the article has them in marks.

    Attributes:
        number: of the citation.
        strong: what to show in bold, as offsets into the quote; None: nothing.
    """

    number: int
    strong: tuple[int, int] | None = None


Refusal = Literal["absent", "unquoted", "elsewhere", "premise", "empty"]
"""Why there is no answer. absent: it is not in the articles; unquoted: they mention it, and nobody is quoted on it;
elsewhere: the person is quoted, but not on this; premise: nobody said so; empty: there are no articles."""

Paragraph = tuple[Prose, ...] | tuple[Quoted, ...]
"""Prose of our own, or words of one speaker that stand near each other."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A name of the question that the articles hold: how many articles mention it, and how many quote it."""

    name: str
    articles: int
    quotations: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer made of cited words, or an honest refusal.

    Attributes:
        question: as it was asked.
        lang: language of the answer's prose: "fr" or "en".
        abstained: True: the articles do not say; the paragraphs tell what they do say.
        paragraphs: what to show, in order.
        citations: numbered from 1, each shown by a ``Quoted``.
        mentions: when abstaining, the names of the question and what the articles hold of them.
        understood: the question made whole from earlier turns, when it was not whole; else None.
        speaker: whose words they all are; None: those of several, or the article's own.
        refusal: when abstaining, why; None for a greeting.
        nearest: when abstaining, what comes nearest in the articles; it is no answer, and numbered after ``citations``.
        suggestions: when abstaining, questions that have an answer.
        withheld: there was another answer, which an article did not bear out.
        total: how many quotations or sentences answer, of which the citations are the first; 0 when abstaining.
        as_is: it was taken as it stands, whatever had been asked before.
        meaning: which of the things that the question may mean after others it answers; 0: what the rules take it for.
    """

    question: str
    lang: str
    abstained: bool
    paragraphs: tuple[Paragraph, ...]
    citations: tuple[Citation, ...] = ()
    mentions: tuple[Coverage, ...] = ()
    understood: str | None = None
    speaker: str | None = None
    total: int = 0
    as_is: bool = False
    meaning: int = 0
    refusal: Refusal | None = None
    nearest: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, and what it was answered.

    Attributes:
        answer: None: it is not at hand, and found again where it is needed.
        as_is: it was taken as it stands.
    """

    question: str
    answer: Answer | None = None
    as_is: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in an article that may answer a question.

    Attributes:
        start: into the article's text.
        end: one past the last character.
        score: higher is better; comparable within one question only.
        cosine: of the question and this place, -1 to 1; None when it was found by its words alone.
    """

    article_id: str
    start: int
    end: int
    score: float
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence of an article with what an exact search found in it.

    Attributes:
        start: where ``text`` begins in the article's text; in its title, if ``in_title``.
        hits: what was found, in characters of the article's text, or of its title, in order.
        page: where the first of them is, the first is 1; None: the article has no pages.
        time: when it is said, "00:12:34"; None: the article is of no recording.
        in_title: it is the title, with which the text does not begin.
    """

    start: int
    text: str
    hits: tuple[Span, ...]
    page: int | None = None
    time: str | None = None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that an exact search found.

    Attributes:
        hits: how many places there are in it; 0: it was found by what is known of it, its outlet or its day.
        excerpts: the first sentences with such places.
        further: the places in its text that no excerpt shows.
    """

    article: ArticleCard
    hits: int
    excerpts: tuple[Excerpt, ...] = ()
    further: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ExactSearch:
    """What an exact search found.

    Attributes:
        query: as it was written.
        articles: how many articles there are.
        hits: how many places in them.
        shown: some of the articles.
        skipped: how many stand before those.
        order: in which they stand.
    """

    query: str
    articles: int
    hits: int
    shown: tuple[FoundArticle, ...]
    skipped: int = 0
    order: Order = "newest"


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a list, and what an exact search found of it.

    Attributes:
        query: the query that finds the same.
        first: the newest articles, each with its first sentence.
        refused: why it could not be looked for, None when it was.
    """

    line: str
    query: str
    articles: int = 0
    hits: int = 0
    first: tuple[FoundArticle, ...] = ()
    refused: Reason | None = None
