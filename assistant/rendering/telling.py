"""Words in an article -> the sentence that tells them, in the answer's language and in one markup or another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.rendering.byline import Said, according, capital, told
from assistant.rendering.pieces import Piece
from assistant.rendering.predicate import Predicate, predicates
from assistant.rendering.sentences import around, doubts, nobody
from assistant.texts.catalogue import Texts
from index.models import Span


@dataclass(frozen=True, slots=True)
class Markup:
    """How a sentence is written down; each takes plain text, and returns it written.

    Attributes:
        text: words of the article, or of ours.
        name: a speaker's name, already written as text.
        strong: what is bold, already written as text.
        foreign: words of another language, already written.
        number: what follows cited words ("[1]").
        extract: a heading of our own, and the article's prose below it, both written.
        marks: the quotation marks.
    """

    text: Callable[[str], str]
    name: Callable[[str], str]
    strong: Callable[[str], str]
    foreign: Callable[[str], str]
    number: Callable[[Said], str]
    extract: Callable[[str, str], str]
    marks: tuple[str, str]


def tell(run: Sequence[Said], texts: Texts, markup: Markup, strong: Sequence[Span | None] = ()) -> str:
    """Return the sentence that tells words of one speaker, which stand near each other.

    ``strong`` is for each of the words what is bold in them, as offsets into their ``quote``.
    """
    first, *others = predicates(run, texts, strong)
    words = " ".join(_words(each, markup) for each in (first, *others))
    if first.form == "extract":
        return markup.extract(markup.text(heading(texts) + first.joint), words)
    cue = f" {markup.text(first.cue)}" if first.cue else ""
    return f"{_subject(run[0], first, texts, markup)}{cue}{markup.text(first.joint)}{words}"


def tell_below(
    head: Said, run: Sequence[Said], texts: Texts, markup: Markup, strong: Sequence[Span | None] = ()
) -> str:
    """Return what is told of a speaker who is named above, with ``head``: "a promis : « … »"."""
    first, *others = predicates(run, texts, strong)
    words = " ".join(_words(each, markup) for each in (first, *others))
    if first.form == "extract":
        return words
    first = first.below()
    brackets = f"({', '.join(map(markup.text, doubts_below(head, run[0], texts)))}) "
    return f"{brackets if brackets != '() ' else ''}{markup.text(first.cue)}{markup.text(first.joint)}{words}"


def doubts_below(head: Said, said: Said, texts: Texts) -> list[str]:
    """Return what is doubtful about a speaker who is named above, with ``head``, and is not told there."""
    told_above = doubts(head, texts)
    return [] if head is said else [doubt for doubt in doubts(said, texts) if doubt not in told_above]


def speaker(said: Said, texts: Texts, markup: Markup) -> str:
    """Return a speaker's name as it stands above what they said, with what is doubtful about it."""
    name = capital(told(said, texts.lang) or nobody(said, texts))
    return _in_brackets(markup.name(markup.text(name)), said, texts, markup)


def named(said: Said, shown: Predicate, texts: Texts) -> tuple[str, str]:
    """Return what stands before the speaker's name ("Selon "), and the name, as they begin a sentence."""
    name = told(said, texts.lang) or nobody(said, texts)
    before = ""
    if according(said) and shown.form != "sentence":
        before, _ = around("byline.according", "speaker", texts)
    return (capital(before), name) if before else (before, capital(name))


def heading(texts: Texts) -> str:
    """Return what stands above an extract: "Extrait de l’article"."""
    return capital(texts.get("byline.extract"))


def _subject(said: Said, shown: Predicate, texts: Texts, markup: Markup) -> str:
    before, name = named(said, shown, texts)
    return before + _in_brackets(markup.name(markup.text(name)), said, texts, markup)


def _in_brackets(name: str, said: Said, texts: Texts, markup: Markup) -> str:
    brackets = ", ".join(map(markup.text, doubts(said, texts)))
    return f"{name} ({brackets})" if brackets else name


def _words(shown: Predicate, markup: Markup) -> str:
    return "".join(_piece(each, shown, markup) for each in shown.pieces)


def _piece(piece: Piece, shown: Predicate, markup: Markup) -> str:
    before, bold, after = (markup.text(part) for part in piece.thirds)
    words = f"{before}{markup.strong(bold) if bold else ''}{after}"
    numbers = "".join(map(markup.number, piece.cited))
    if piece.marked:
        return f"{markup.marks[0]}{words}{markup.marks[1]}{numbers}"
    shown_words = markup.foreign(words) if shown.foreign else words
    space = " " if numbers and words.endswith(" ") else ""
    return f"{shown_words.rstrip() if space else shown_words}{numbers}{space}"
