"""Conversation in, chat messages out; what comes from an article or a reader is escaped on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.models import Answer, Citation, Elsewhere, Paragraph, Prose, Quoted
from assistant.page.exchange import Exchange
from assistant.rendering.byline import capital
from assistant.rendering.pieces import Piece, whole, words_of
from assistant.rendering.predicate import Predicate, predicates
from assistant.rendering.reference import FORMS, copied
from assistant.rendering.sentences import (
    around,
    cited_by,
    doubts,
    looked_up,
    nearest_heading,
    outlet_of,
    perhaps,
    tongue,
    where,
)
from assistant.rendering.telling import named
from assistant.rendering.template import chat_html, page_html
from assistant.texts.catalogue import Texts, texts_of
from index.models import Article

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Words:
    """A piece of an article as it is shown: before, in and after what is bold, then the citations that end there."""

    marked: bool
    thirds: tuple[str, str, str]
    cited: list[_Cited]


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation, what stands around it in its article, in thirds, and where that is."""

    citation: Citation
    context: tuple[str, str, str]
    told: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a speaker is cited for, or an extract.

    Attributes:
        form: see ``assistant.rendering.predicate.Form``.
        before: what stands before the name ("Selon ").
        speaker: empty above an extract.
        perhaps: who else may have spoken ("ou peut-être Luc Mas"), if anybody.
        doubts: how sure the name is, and who reports the words.
        cue: the reporting words.
        stop: the colon or the comma behind them.
        tongue: the language of the words when it is not the answer's ("EN"), and its name.
        told: where the article is found; ``places``: where else the words stand, each with its name.
        copies: each form in which the words can be copied with their reference, and the words in it.
    """

    form: str
    before: str
    speaker: str
    perhaps: str
    doubts: list[str]
    cue: str
    stop: str
    pieces: list[_Words]
    lang: str
    tongue: tuple[str, str] | None
    told: str
    places: list[tuple[str, Elsewhere]]
    copies: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Prose of our own, or words within it."""

    text: str = ""
    words: _Words | None = None


def messages(exchanges: Sequence[Exchange], lang: str, growing: bool = False) -> list[Message]:
    """Return a conversation as messages of a chat, each answer with what can be done with it.

    Nothing can be done yet with the last answer while it is ``growing``.
    """
    shown: list[Message] = []
    for number, exchange in enumerate(exchanges):
        last = number == len(exchanges) - 1
        shown.append({"role": "user", "content": chat_sentence(exchange.question)})
        told = chat_message(exchange.answer, number) if exchange.answer else ""
        if exchange.failed:
            told += chat_sentence(texts_of(lang).get("answer.failed"))
        if told:
            done = "" if last and growing else _deeds(number, exchange, last, texts_of(lang))
            shown.append({"role": "assistant", "content": told + done})
    return shown


def chat_message(answer: Answer, number: int | None = None) -> str:
    """Return the answer as a chat message; ``number``: of its question, which can be asked by itself then."""
    texts = texts_of(answer.lang)
    paragraphs = [_paragraph(paragraph, answer, texts) for paragraph in answer.paragraphs]
    nearest = [_paragraph((Quoted(citation.number),), answer, texts) for citation in answer.nearest]
    also = around("answer.also", "places", texts)
    told = {"understood": answer.understood, "number": number, "speaker": answer.speaker, "total": answer.total}
    told["heading"] = nearest_heading(answer, texts)
    more = answer.speaker is not None and answer.total > len(answer.citations)
    shown = {"paragraphs": paragraphs, "nearest": nearest, "also": also, "more": more}
    return chat_html("chat_message", texts=texts, **shown, **told)


def chat_sentence(sentence: str) -> str:
    """Return a sentence (a question, a notice) as a chat message that shows it as it is."""
    return chat_html("chat_sentence", sentence=sentence)


def unanswered(question: str, why: str) -> list[Message]:
    """Return a question that was not taken, with the sentence that tells why."""
    return [
        {"role": "user", "content": chat_sentence(question)},
        {"role": "assistant", "content": chat_sentence(why)},
    ]


def questions(asked: Iterable[str], key: str, lang: str) -> str:
    """Return questions to click, under the heading of that key."""
    return page_html("questions", texts=texts_of(lang), asked=list(asked), key=key)


def invitation(samples: Sequence[Article], asked: Iterable[str], lang: str) -> str:
    """Return what greets a reader without articles: samples to load, and what to ask them."""
    texts = texts_of(lang)
    titles = [(sample.title, where(sample, texts)) for sample in samples]
    return page_html("invitation", texts=texts, samples=titles, asked=list(asked))


def _deeds(number: int, exchange: Exchange, last: bool, texts: Texts) -> str:
    wanted = ["copy"] * (exchange.answer is not None) + ["retry"] * last
    wanted += ["up", "down"] * (exchange.answer is not None)
    pressed = {1: "up", -1: "down", 0: None}[exchange.vote]
    return chat_html("deeds", texts=texts, deeds=wanted, pressed=pressed, number=number)


def _paragraph(paragraph: Paragraph, answer: Answer, texts: Texts) -> _Figure | list[_Part]:
    """Return a paragraph that a citation opens as a figure, another as its parts."""
    if not paragraph or isinstance(paragraph[0], Prose):
        return [_part(part, answer, texts) for part in paragraph]
    quoted = [part for part in paragraph if isinstance(part, Quoted)]
    run = [cited_by(part, answer) for part in quoted]
    told = predicates(run, texts, [part.strong for part in quoted])
    pieces = [_words(piece, texts) for shown in told for piece in shown.pieces]
    return _figure(run, told[0], pieces, texts)


def _figure(run: Sequence[Citation], shown: Predicate, pieces: list[_Words], texts: Texts) -> _Figure:
    cited, lang = run[0], run[0].article.lang
    before, speaker = "", capital(texts.get("byline.extract"))
    if shown.form != "extract":
        before, speaker = named(cited, shown, texts, opens=True)
    other = perhaps(cited.quotation, texts)
    return _Figure(
        form=shown.form,
        before=before,
        speaker=speaker,
        perhaps=other,
        doubts=[doubt for doubt in doubts(cited, texts) if doubt != other],
        cue=shown.cue,
        stop=shown.stop,
        pieces=[_Words(False, (shown.that, "", ""), []), *pieces] if shown.that else _opened(pieces),
        lang=lang,
        tongue=tongue(lang, texts),
        told=_told(cited, texts),
        places=[(outlet_of(other, each), other) for each in run for other in each.also],
        copies=[(form, copied(run, texts, form)) for form in FORMS],
    )


def _opened(pieces: list[_Words]) -> list[_Words]:
    """Return the pieces without the space that parted the first from the verb, which stands above them."""
    if not pieces or pieces[0].marked:
        return pieces
    before, strong, after = pieces[0].thirds
    thirds = (before.lstrip(), strong, after) if before or strong else (before, strong, after.lstrip())
    return [replace(pieces[0], thirds=thirds), *pieces[1:]]


def _words(piece: Piece, texts: Texts) -> _Words:
    return _Words(
        piece.marked, piece.thirds, [_cited(said, texts) for said in piece.cited if isinstance(said, Citation)]
    )


def _cited(cited: Citation, texts: Texts) -> _Cited:
    context = cited.context
    if context is None:
        return _Cited(cited, ("", cited.quote, ""), _told(cited, texts))
    start, end = cited.start - context.start, cited.end - context.start
    around_it = context.text[:start].lstrip(), context.text[start:end], context.text[end:].rstrip()
    return _Cited(cited, around_it, _told(cited, texts))


def _part(part: Prose | Quoted, answer: Answer, texts: Texts) -> _Part:
    if isinstance(part, Prose):
        return _Part(part.text)
    return _Part(words=_words(whole(words_of(cited_by(part, answer), part.strong)), texts))


def _told(cited: Citation, texts: Texts) -> str:
    told = [where(cited.article, texts), *looked_up(cited, texts), cited.article.title]
    return " · ".join(part for part in told if part)
