"""Words in an article -> the sentence that tells them, in the answer's language and in one markup or another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.rendering.byline import Said, according, capital, place_and_time, told
from assistant.rendering.pieces import Piece
from assistant.rendering.predicate import Predicate, predicates
from assistant.rendering.sentences import around, doubts, nobody, where
from assistant.texts.catalogue import Texts
from index.models import Span


@dataclass(frozen=True, slots=True)
class Markup:
    """How a sentence is written down; each takes plain text, and returns it written.

    Attributes:
        text: words of the article, or of ours.
        name: a speaker's name, already written as text.
        strong: what is bold, already written as text.
        foreign: words of another language, already written, and the language.
        number: what follows cited words ("[1]").
        extract: a heading of our own, and the article's prose below it, both written.
        marks: the quotation marks.
    """

    text: Callable[[str], str]
    name: Callable[[str], str]
    strong: Callable[[str], str]
    foreign: Callable[[str, str], str]
    number: Callable[[Said], str]
    extract: Callable[[str, str], str]
    marks: tuple[str, str]


def tell(
    run: Sequence[Said], texts: Texts, markup: Markup, strong: Sequence[Span | None] = (), dated: bool = True
) -> str:
    """Return the sentence that tells words of one speaker, which stand near each other.

    ``strong`` is for each of the words what is bold in them, as offsets into their ``quote``; ``dated``: when and where
    the article appeared is told first.
    """
    first, *others = predicates(run, texts, strong)
    words = " ".join(_words(each, run[0].article.lang, markup) for each in (first, *others))
    if first.form == "extract":
        return markup.extract(markup.text(heading(run[0], texts, dated) + first.joint), words)
    placed = markup.text(place_and_time(run[0], texts)) if dated else ""
    subject = _subject(run[0], first, texts, markup, opens=not placed)
    cue = f" {markup.text(first.cue)}" if first.cue else ""
    return f"{', '.join(filter(None, (placed, subject)))}{cue}{markup.text(first.joint)}{words}"


def named(said: Said, shown: Predicate, texts: Texts, opens: bool) -> tuple[str, str]:
    """Return what stands before the speaker's name ("selon "), and the name; ``opens``: they begin the sentence."""
    name = told(said, texts.lang) or nobody(said, texts)
    before = ""
    if according(said) and shown.form != "sentence":
        before, _ = around("byline.according", "speaker", texts)
    return (capital(before), name) if before and opens else (before, capital(name) if opens else name)


def heading(said: Said, texts: Texts, dated: bool) -> str:
    """Return what stands above an extract: "Extrait de l’article, Le Fanal, 3 mars 2025"."""
    return capital(", ".join(filter(None, (texts.get("byline.extract"), where(said.article, texts) if dated else ""))))


def _subject(said: Said, shown: Predicate, texts: Texts, markup: Markup, opens: bool) -> str:
    before, name = named(said, shown, texts, opens)
    brackets = ", ".join(map(markup.text, doubts(said, texts)))
    return f"{before}{markup.name(markup.text(name))}" + (f" ({brackets})" if brackets else "")


def _words(shown: Predicate, lang: str, markup: Markup) -> str:
    return "".join(_piece(each, shown, lang, markup) for each in shown.pieces)


def _piece(piece: Piece, shown: Predicate, lang: str, markup: Markup) -> str:
    before, bold, after = (markup.text(part) for part in piece.thirds)
    words = f"{before}{markup.strong(bold) if bold else ''}{after}"
    numbers = "".join(map(markup.number, piece.cited))
    if piece.marked:
        return f"{markup.marks[0]}{words}{markup.marks[1]}{numbers}"
    shown_words = markup.foreign(words, lang) if shown.foreign else words
    space = " " if numbers and words.endswith(" ") else ""
    return f"{shown_words.rstrip() if space else shown_words}{numbers}{space}"
