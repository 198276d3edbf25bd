"""Conversation in, chat messages out; what comes from an article or a reader is escaped on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.models import Answer, Citation, Elsewhere, Prose, Quoted
from assistant.page.exchange import Exchange
from assistant.rendering.byline import according, naming
from assistant.rendering.sentences import (
    around,
    cited_by,
    how_said,
    looked_up,
    outlet_of,
    perhaps,
    pieces,
    speaker_of,
    tags_of,
    where,
)
from assistant.rendering.template import chat_html, page_html
from assistant.texts.catalogue import Texts, texts_of
from index.models import Article

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Byline:
    """Who said words, and how.

    Attributes:
        before: the name, if any ("According to ", "Probably ").
        after: the name.
        perhaps: who else may have spoken ("or perhaps Luc Mas"), if anybody.
        cue: the reporting words.
        tags: the kind, and who reports the words.
        why: what the kind means.
    """

    before: str
    speaker: str
    after: str
    perhaps: str
    cue: str
    tags: list[str]
    why: str


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation with its byline, where it stands, and where else, each place with its name."""

    citation: Citation
    byline: _Byline
    told: str
    places: list[tuple[str, Elsewhere]]


@dataclass(frozen=True, slots=True)
class _Part:
    """Prose, or the words of a citation: before, in and after their strong part."""

    text: str = ""
    cited: _Cited | None = None
    pieces: tuple[str, str, str] | None = None


def messages(exchanges: Sequence[Exchange], lang: str, growing: bool = False) -> list[Message]:
    """Return a conversation as messages of a chat, each answer with what can be done with it.

    Nothing can be done yet with the last answer while it is ``growing``.
    """
    shown: list[Message] = []
    for number, exchange in enumerate(exchanges):
        last = number == len(exchanges) - 1
        shown.append({"role": "user", "content": chat_sentence(exchange.question)})
        told = chat_message(exchange.answer) if exchange.answer else ""
        if exchange.failed:
            told += chat_sentence(texts_of(lang).get("answer.failed"))
        if told:
            done = "" if last and growing else _deeds(number, exchange, last, texts_of(lang))
            shown.append({"role": "assistant", "content": told + done})
    return shown


def chat_message(answer: Answer) -> str:
    """Return the answer as a chat message."""
    texts = texts_of(answer.lang)
    paragraphs = [[_part(part, answer, texts) for part in paragraph] for paragraph in answer.paragraphs]
    also = around("answer.also", "places", texts)
    return chat_html("chat_message", texts=texts, paragraphs=paragraphs, understood=answer.understood, also=also)


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


def _part(part: Prose | Quoted, answer: Answer, texts: Texts) -> _Part:
    if isinstance(part, Prose):
        return _Part(part.text)
    cited = cited_by(part, answer)
    places = [(outlet_of(other, cited), other) for other in cited.also]
    return _Part(cited=_Cited(cited, _byline(cited, texts), _told(cited, texts), places), pieces=pieces(cited, part))


def _byline(cited: Citation, texts: Texts) -> _Byline:
    key = naming(cited)
    before, after = around(key, "speaker", texts) if key else ("", "")
    cue = "" if according(cited) else cited.cue or ""
    return _Byline(
        before=before[:1].upper() + before[1:],
        speaker=speaker_of(cited, texts),
        after=after,
        perhaps=perhaps(cited.quotation, texts),
        cue=cue,
        tags=tags_of(cited, texts),
        why=texts.get(f"kind_told.{how_said(cited.quotation)}"),
    )


def _told(cited: Citation, texts: Texts) -> str:
    told = [where(cited.article, texts), *looked_up(cited, texts), cited.article.title]
    return " · ".join(part for part in told if part)
