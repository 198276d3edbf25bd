"""The noun: one thing that a reader set right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from index.models import Kind, SpeakerKind

Field = Literal["title", "source", "author", "published"]
"""What is known of an article, that a reader may know better than its source."""
CorrectionKind = Literal["speaker", "quotation", "not_quotation", "span", "rename", Field]
"""speaker: somebody else said the words, or nobody who is named; quotation: words that were read as none are one;
not_quotation: nobody said them; span: the quotation ends elsewhere; rename: a name is another's, everywhere or in one
article; else what is known of an article."""
FIELDS: Final[tuple[Field, ...]] = get_args(Field)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a reader set right; what is of other kinds is None.

    Attributes:
        article_id: where; None: in every article.
        start: of the words that it is about, as they stood when it was made.
        end: one past the last character.
        words: those words, by which they are found again in another version of the article.
        before: what stands before them, which tells them from the same words elsewhere.
        name: of a rename, who was read.
        value: the speaker, the new name, the words of the new span, the title and so on; None: nobody, nothing.
        offset: of a span, how much later it begins than ``start``.
        speaker_kind: what the speaker of that name is.
        quotation_kind: of the quotation, which is made anew where a later reading does not find it.
        read: what was known of the article before.
        by: who made it, as far as is known.
        at: when, with a time zone.
        id: by which it is undone; later ones have higher ids.
    """

    kind: CorrectionKind
    article_id: str | None = None
    start: int | None = None
    end: int | None = None
    words: str | None = None
    before: str | None = None
    name: str | None = None
    value: str | None = None
    offset: int | None = None
    speaker_kind: SpeakerKind | None = None
    quotation_kind: Kind | None = None
    read: str | None = None
    by: str = ""
    at: datetime | None = None
    id: int = 0
