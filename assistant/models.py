"""The nouns of an answer: a question, the evidence for it, and words cited from articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

CitationKind = Literal["direct", "mixed", "indirect", "passage"]
"""A quotation's kind, or "passage": the article's own words, said by nobody in particular."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation."""

    question: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the words of a citation stand too: a near-duplicate of its article, or a copy of it.

    The attributes are those of ``Citation``.
    """

    article_id: str
    article: str
    title: str
    published: date | None
    source: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an article: ``quote`` is exactly ``Article.text[start:end]``.

    Attributes:
        number: from 1, as shown in the answer.
        article_id: hash of the article's text.
        article: the article's key, the name its reader gave it.
        speaker: who said the words; None: the article's own words, or it does not say who.
        cue: the reporting words as printed ("a affirmé"), if any.
        via: who reports what the speaker said, if not the article itself.
        lang: ISO 639-1 code of the article's language.
        page: where the words begin, the first is 1; None: the article has no pages.
        file: the name of the file that the article came in; None: it came in none.
        also: other articles of the same story with the same words.
    """

    number: int
    article_id: str
    article: str
    title: str
    published: date | None
    source: str | None
    start: int
    end: int
    quote: str
    kind: CitationKind
    speaker: str | None = None
    cue: str | None = None
    via: str | None = None
    lang: str = ""
    page: int | None = None
    file: str | None = None
    also: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """Words of our own, in the answer's language; never shown in quotation marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a citation, shown in quotation marks with its number.

    Attributes:
        number: of the citation.
        strong: what to show in bold, as offsets into the quote; None: nothing.
    """

    number: int
    strong: tuple[int, int] | None = None


Paragraph = tuple[Prose | Quoted, ...]


@dataclass(frozen=True, slots=True)
class Mention:
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
    """

    question: str
    lang: str
    abstained: bool
    paragraphs: tuple[Paragraph, ...]
    citations: tuple[Citation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    understood: str | None = None


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
