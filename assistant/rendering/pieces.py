"""A stretch of an article -> its pieces, in and out of quotation marks, as the article has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.models import Citation
from assistant.rendering.byline import Said
from assistant.rendering.escaping import visible
from index.models import Context, Span
from index.text.marks import DOUBLE

LONGEST_FRAGMENT = 6
"""Words; an utterance that begins with a small letter and has no more is shown within its sentence."""
_LAST_COMMA = re.compile(r",\s*$")
_LONE_MARK = re.compile(rf"(?:^|(?<=\s))[{DOUBLE}]\s+|[{DOUBLE}]")
"""A mark, with the space behind it where nothing or a space stands before it."""
_PAIRED = re.compile("[«»“”]")
_INCHES = re.compile(r'(?<=\d)"')
_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Words:
    """Words to show, where they stand in their article, and what is bold in them, if anything."""

    said: Said
    start: int
    end: int
    strong: Span | None = None

    @property
    def cue(self) -> str:
        """The reporting words as printed, empty when there are none."""
        return (self.said.quotation.cue if self.said.quotation else None) or ""

    @property
    def sentence(self) -> Span:
        """The sentence that holds them, as far as it is known."""
        return self.said.context.sentence if self.said.context else (self.start, self.end)

    @property
    def marks(self) -> Span | None:
        """What stands between the marks that hold all of them, as far as it is known."""
        marked = self.said.context.marked if self.said.context else ()
        return next((span for span in marked if span[0] <= self.start and self.end <= span[1]), None)

    @property
    def in_marks(self) -> bool:
        """Whether all of them stand in quotation marks in the article."""
        if self.said.context is None:
            said = self.said.quotation
            return said is not None and said.kind != "indirect" and not said.turn and not said.disclaimed
        return self.marks is not None

    @property
    def names_speaker(self) -> bool:
        """Whether the article names their speaker within them: "un homme est entré, selon Le Fanal"."""
        mention = self.said.quotation.mention_start if self.said.quotation else None
        return mention is not None and self.start <= mention < self.end

    @property
    def is_unmarked(self) -> bool:
        """Whether they are told as spoken without marks: a turn of a dialogue, or words whose mark never closes."""
        said, context = self.said.quotation, self.said.context
        if said is None or self.in_marks:
            return False
        if context is None:
            return bool(said.turn)
        touched = any(start < self.end and self.start < end for start, end in context.marked)
        return bool(said.turn) or (said.kind == "direct" and not touched)

    @property
    def is_fragment(self) -> bool:
        """Whether they are no utterance of their own, or were not said, and the sentence to show them in is known."""
        if self.said.context is None or self.said.quotation is None:
            return False
        quote = self.said.quote
        if self.said.quotation.disclaimed:
            return True
        return self.said.quotation.kind == "mixed" or (quote[:1].islower() and len(quote.split()) <= LONGEST_FRAGMENT)


def words_of(said: Said, strong: Span | None = None) -> Words:
    """Return words to show; ``strong`` is what is bold, as offsets into their ``quote``."""
    place = said if isinstance(said, Citation) else said.quotation
    bold = (place.start + strong[0], place.start + strong[1]) if strong else None
    return Words(said, place.start, place.end, bold)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article.

    Attributes:
        marked: it stands in quotation marks there, and is shown in marks.
        cited: the citations and statements whose words end here.
        strong: what is bold, as offsets into ``text``; None: nothing.
    """

    text: str
    marked: bool
    cited: tuple[Said, ...] = ()
    strong: Span | None = None

    @property
    def thirds(self) -> tuple[str, str, str]:
        """The text before, in and after what is bold, which neither starts nor ends with a space."""
        start, end = self.strong or (0, 0)
        bold = self.text[start:end].strip()
        start = self.text.find(bold, start)
        return self.text[:start], bold, self.text[start + len(bold) :]


def whole(words: Words) -> Piece:
    """Return words as one piece, without a comma that led on to whatever stands behind the mark."""
    text = words.said.quote
    comma = _LAST_COMMA.search(visible(text)) if words.in_marks else None  # a sign that is no space is none here
    text = text[: comma.start()] or text if comma else text
    return _piece(text, words.start, words.in_marks, [words], [words])


def cut(words: Sequence[Words], start: int, end: int) -> tuple[Piece, ...]:
    """Return the article's text from ``start`` to ``end`` in pieces; the words that end in it are cited there."""
    context = words[0].said.context
    if context is None:
        return tuple(map(whole, words))
    stretches = [each for each in _stretches(context, start, end) if each.text]
    pieces, cited = [], list(words)
    for each in stretches:
        ending = [one for one in cited if one.end <= each.until or each is stretches[-1]]
        pieces.append(_piece(each.text, each.start, each.marked, ending, words))
        cited = [one for one in cited if one not in ending]
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Text from ``start`` on, in marks or between such; ``until`` is where it ends, its closing mark included."""

    text: str
    start: int
    until: int
    marked: bool


def _stretches(context: Context, start: int, end: int) -> Iterator[_Stretch]:
    for inner, outer in zip(context.marked, context.marks, strict=True):
        if outer[1] <= start or outer[0] >= end:
            continue
        if outer[0] > start:
            yield _Stretch(context.between(start, outer[0]), start, outer[0], False)
        start = max(start, inner[0])
        yield _Stretch(context.between(start, min(inner[1], end)), start, outer[1], True)
        start = outer[1]
    if start < end:
        yield _Stretch(context.between(start, end), start, end, False)


def _piece(text: str, at: int, marked: bool, cited: Iterable[Words], words: Iterable[Words]) -> Piece:
    """Return a stretch that begins at a place of the article, with the words that end in it and what is bold in it."""
    shown = _balanced(text) if marked else _tidy(text)
    bolds = (each.strong for each in words if each.strong)
    bold = next((span for span in bolds if at <= span[0] < at + len(text)), None)
    return Piece(shown, marked, tuple(each.said for each in cited), _found(text, shown, at, bold) if bold else None)


def _found(text: str, shown: str, at: int, bold: Span) -> Span | None:
    """Return where what is bold stands in a text that was tidied, which only shortens it; None: nothing is left."""
    told = text[bold[0] - at : bold[1] - at].strip()
    start = shown.rfind(told, 0, bold[1] - at) if told else -1
    return (start, start + len(told)) if start >= 0 else None


def _tidy(text: str) -> str:
    """Return text between marked stretches without a mark that has no partner, and without spaces before commas."""
    text = _LONE_MARK.sub("", _INCHES.sub("″", text))
    return re.sub(r"\s+(?=[.,](?:\s|$))|(?<=['’])\s+$", "", text)


def _balanced(text: str) -> str:
    """Return words in marks without the marks in them, should one of those have no partner."""
    open_marks = 0
    for mark in _PAIRED.findall(text):
        open_marks += 1 if mark in "«“" else -1
        if open_marks < 0:
            break
    return text if not open_marks else _LONE_MARK.sub("", text)


def ended(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of a sentence with the stop that it ends with."""
    if not pieces:
        return ()
    *before, last = pieces
    if last.marked:
        stop = () if last.text.endswith(_ENDS) else (Piece(".", False),)
        return (*before, last, *stop)
    text = last.text.rstrip().rstrip(",;:").rstrip()
    return (*before, replace(last, text=text if text.endswith(_ENDS) else f"{text}."))


def utterance(words: Sequence[Words]) -> tuple[Piece, ...]:
    """Return words of one speaker, each in marks of its own, as an editor joins them: « A », « b ». « C »."""
    pieces = [whole(words[0])]
    for before, each in zip(words, words[1:], strict=False):
        pieces += [Piece(_joint(pieces[-1].text, before, each), False), whole(each)]
    return tuple(pieces)


def begins_anew(between: str, words: str) -> bool:
    """Tell whether words are no continuation of those before: by a capital, or no comma leads on to them."""
    return not words[:1].islower() or not between.rstrip(f" \u00a0\u202f'’‘{DOUBLE}").endswith(",")


def _joint(told: str, before: Words, after: Words) -> str:
    """Return what stands between two halves of an utterance: a comma where it goes on, a stop where it begins anew."""
    context, words = before.said.context, after.said.quote
    between = context.between(before.end, after.start) if context else ","
    if not begins_anew(between, words):
        return ", "
    return " " if told.endswith(_ENDS) else ". "
