"""The nouns of the index: an article's text, and spans of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Literal

SpeakerKind = Literal["person", "body", "place", "document", "crowd"]
"""What a speaker is; crowd: people whom nobody names ("officials", "des manifestants")."""
Kind = Literal["direct", "mixed", "indirect"]
"""direct: a whole utterance in marks; mixed: a fragment in marks; indirect: a reported clause, no marks."""

Span = tuple[int, int]
"""Start and end of a stretch of a text, in code points, end excluded."""


def content_id(text: str) -> str:
    """Return the identity of a text: 16 hexadecimal digits of the SHA-256 of its UTF-8 form."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """What is known of an article but its text: what a list, a citation or another program tells of it.

    Attributes:
        id: hash of the text (see ``content_id``), so that equal texts are one article.
        key: the name people use for it: the id that its source gave, else the file's stem.
        title: the headline; for plain text the first line, which stays in the text.
        lang: ISO 639-1 code of the text's language.
        published: day of publication, None when the source does not tell.
        source: the outlet, None when unknown.
        origin: where a new version of it would come from (a path, an address, an upload's name).
        form: what it was read from, as a reader would say it ("PDF", "text in Windows-1252"); None: plain text.
    """

    id: str
    key: str
    title: str
    lang: str
    published: date | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    origin: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Article(ArticleCard):
    """One article as it was received; ``text`` is the truth that every span points into.

    Attributes:
        pages: where each page begins in ``text``, the first at 0; empty when the source has no pages.
        times: where each cue begins in ``text``, the first at 0, and the second at which it is said; empty
            when the source is no recording.
    """

    text: str = field(kw_only=True)
    pages: tuple[int, ...] = field(default=(), kw_only=True)
    times: tuple[tuple[int, int], ...] = field(default=(), kw_only=True)

    @property
    def card(self) -> ArticleCard:
        """What is known of it but its text."""
        return ArticleCard(**{known.name: getattr(self, known.name) for known in fields(ArticleCard)})


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article; the passages of an article tile its text, in order.

    ``start`` and ``end`` count code points of ``Article.text``, end excluded.
    """

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody said, as an article prints them.

    Attributes:
        start: into ``Article.text``, quotation marks excluded.
        end: one past the last character.
        kind: see ``Kind``.
        speaker: the person, organisation or place that speaks, resolved over the article; None: not told.
        speaker_as_written: the mention beside the words ("Elle", "le ministre"), None when there is none.
        cue: the reporting words as printed ("a affirmé", "selon"), None when there are none.
        via: who reports what the speaker said, when that is not the article itself.
        hedge: the word with which the article leaves open whether they were said ("aurait", "allegedly"), if any.
        disclaimed: who did not say the words, as the article tells, which then are nobody's; None: nothing is denied.
        denial_start: where the sentence begins that says so, None when nothing is denied.
        denial_end: one past its last character.
        confidence: how probable it is that ``speaker`` is right, 0 to 1; None: nobody is named.
        sure: whether ``speaker`` is hardly somebody else; None: nobody is named, or ``confidence`` alone tells.
        speaker_kind: what the speaker is, None when nobody is named.
        alternative: who else may have spoken, None when nobody else is likely.
        mention_start: where ``speaker_as_written`` begins in the text, None when there is none.
        mention_end: one past its last character.
        speaker_id: whom the speaker is over all articles, told by the catalog; None: nobody whom it knows.
        turn: True: the words are a turn of a dialogue, by a label, a dash or the form of the text; else None.
        corrected: True: a reader set something of it right; else None.
        read_as: who was read as its speaker before that; None: nobody, or nothing was corrected.
    """

    article_id: str
    start: int
    end: int
    kind: Kind
    speaker: str | None = None
    speaker_as_written: str | None = None
    cue: str | None = None
    via: str | None = None
    hedge: str | None = None
    disclaimed: str | None = None
    denial_start: int | None = None
    denial_end: int | None = None
    confidence: float | None = None
    speaker_kind: SpeakerKind | None = None
    alternative: str | None = None
    mention_start: int | None = None
    mention_end: int | None = None
    speaker_id: int | None = None
    turn: bool | None = None
    sure: bool | None = None
    corrected: bool | None = None
    read_as: str | None = None

    def moved(self, by: int) -> Quotation:
        """Return it in a text that has some more characters before it."""
        places = ("start", "end", "mention_start", "mention_end", "denial_start", "denial_end")
        moved = {name: at + by for name in places if (at := getattr(self, name)) is not None}
        return replace(self, **moved)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or some body or place, that an article names.

    Attributes:
        name: the fullest form that the article gives.
        gender: "Masc", "Fem" or "" when nothing tells.
        roles: as the article prints them ("maire de Morvillac"), in the order of the text, none twice.
        mentions: where the article names it or calls it by a role: start and end in its text, in order.
    """

    name: str
    kind: SpeakerKind
    gender: str = ""
    roles: tuple[str, ...] = ()
    mentions: tuple[tuple[int, int], ...] = ()

    def moved(self, by: int) -> Person:
        """Return it in a text that has some more characters before it."""
        return replace(self, mentions=tuple((start + by, end + by) for start, end in self.mentions))

    def and_also(self, later: Person) -> Person:
        """Return it with the roles and mentions that a later part of the text adds."""
        roles = tuple(dict.fromkeys((*self.roles, *later.roles)))
        gender = self.gender or later.gender
        return replace(self, gender=gender, roles=roles, mentions=(*self.mentions, *later.mentions))


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody, or some body or place, over all articles that name it.

    Attributes:
        id: stays while any article names them.
        name: the form that most articles give.
        gender: "Masc", "Fem" or "" when nothing tells.
        roles: as articles print them, each form once, the most frequent first.
        articles: how many name them.
        quotations: how many are theirs.
        mentions: how many places name them or call them by a role.
    """

    id: int
    name: str
    kind: SpeakerKind
    gender: str
    roles: tuple[str, ...]
    articles: int
    quotations: int
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an article names somebody, or calls them by a role; ``words`` is ``Article.text[start:end]``.

    Attributes:
        name: the fullest form of the name that the article gives.
    """

    article: ArticleCard
    start: int
    end: int
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often somebody is quoted.

    Attributes:
        kind: what they are, as most of their quotations tell; None: none does.
    """

    name: str
    quotations: int
    kind: SpeakerKind | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What reading an article gives: who says what in it, and whom it names, in the order of the text."""

    quotations: tuple[Quotation, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """An article in a list, and how many quotations it holds.

    Attributes:
        version: how many versions of it have come in, this one counted.
        added_at: when the first one came in, with a time zone; None: before this was kept.
        updated_at: when this one came in; None: it is the first.
    """

    article: ArticleCard
    quotations: int
    version: int = 1
    added_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around words in their article; every span is of ``Article.text``.

    Attributes:
        start: where ``text`` begins.
        text: the sentences that hold the words, with the one before and the one after.
        sentence: from the first to the last sentence that holds the words, blanks around them left out.
        marked: what stands in quotation marks in ``text``, marks left out; ``marks``: the same with its marks.
        speaker: the speaker as running text tells it: "le syndicat des conducteurs"; None: nobody is named.
        alternative: who else may have spoken, told so too; None: nobody else is likely.
    """

    start: int
    text: str
    sentence: Span
    marked: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    speaker: str | None = None
    alternative: str | None = None

    def between(self, start: int, end: int) -> str:
        """Return the article's text from ``start`` to ``end``, as far as it is here."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation in a list: what is said, the words (``quote`` is exactly ``Article.text[start:end]``), and where.

    Attributes:
        context: what stands around them; None where the list does not need it.
        page: where they begin, the first is 1; None: the article has no pages, or the list does not need it.
        time: when they begin, "00:12:34"; None: the article is of no recording, or the list does not need it.
    """

    article: ArticleCard
    quotation: Quotation
    quote: str
    context: Context | None = None
    page: int | None = None
    time: str | None = None


UnitKind = Literal["passage", "quotation"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage or a quotation that a search found.

    ``score`` is higher for a better find; its scale is the search's own (cosine, or BM25).
    """

    kind: UnitKind
    article_id: str
    start: int
    end: int
    score: float


Part = Literal[
    "database", "rows", "article", "model", "full text", "stories", "vectors", "unfinished", "corrections"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a data directory that is not as it must be.

    Attributes:
        part: what has to be mended.
        about: which one of them: an article's id, a table, a file, a source.
        problem: what is wrong with it, in a few words.
    """

    part: Part
    about: str
    problem: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer.

    Attributes:
        articles: the ids of the articles that the answer cited.
        verdict: 1: good; -1: bad; 0: an earlier verdict is taken back.
        at: when, with a time zone.
    """

    question: str
    articles: tuple[str, ...]
    verdict: Literal[-1, 0, 1]
    at: datetime
