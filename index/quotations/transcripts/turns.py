"""A turn of a dialogue: whose it is, and where its words stand."""

from __future__ import annotations

from dataclasses import dataclass

from index.models import Span
from index.quotations.transcripts.labels import Label


@dataclass(frozen=True, slots=True)
class TranscriptTurn:
    """What somebody says until another speaks; offsets count code points of the text.

    Attributes:
        paragraphs: its words, one span a paragraph, the label left out.
        label: None: the form of the text alone tells whose turn it is.
        asks: whether it is of the one who asks the questions, or of nobody.
    """

    start: int
    end: int
    paragraphs: tuple[Span, ...]
    label: Label | None = None
    asks: bool = False
