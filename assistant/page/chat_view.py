"""Conversation in, chat messages out; what comes from an article or a reader is escaped on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from assistant.models import Answer, Citation, Elsewhere, Prose
from assistant.page.correction_forms import corrected_mark
from assistant.page.exchange import Exchange
from assistant.rendering.byline import Said
from assistant.rendering.grouping import Group, Run, by_article, runs_of
from assistant.rendering.locations import file_name
from assistant.rendering.pieces import Piece
from assistant.rendering.predicate import Predicate, predicates
from assistant.rendering.reference import FORMS, copied
from assistant.rendering.sentences import (
    around,
    doubts,
    found_at,
    looked_up,
    nearest_heading,
    outlet_of,
    perhaps_told,
    tongue,
    where,
)
from assistant.rendering.telling import doubts_below, heading, named
from assistant.rendering.template import chat_html, page_html
from assistant.texts.catalogue import Texts, texts_of
from index.models import Article
from index.quotations.certainty import certainty

Message = dict[str, str]
_KEPT = 128
"""Answers whose messages are kept."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A piece of an article as it is shown: before, in and after what is bold, then the citations that end there."""

    marked: bool
    thirds: tuple[str, str, str]
    cited: list[_Cited]


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation, what stands around it in its article, in thirds, its page or time, and all of where that is."""

    citation: Citation
    context: tuple[str, str, str]
    at: str
    told: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a speaker is cited for, or an extract.

    Attributes:
        form: see ``assistant.rendering.predicate.Form``.
        certainty: how sure the speaker is, by which the name is set: "likely", "unnamed"; empty: sure, or an extract.
        before: what stands before the name ("Selon ").
        speaker: empty where the name stands above already.
        perhaps: who else may have spoken ("ou peut-être Luc Mas"), if anybody.
        doubts: how sure the name is, and who reports the words.
        cue: the reporting words.
        stop: the colon or the comma behind them.
        tongue: the language of the words when it is not the answer's ("EN"), and its name.
        opens: the first citation, at which the article opens.
        contexts: what stands around the words, in thirds.
        places: where else the words stand, each with its name.
        copies: each form in which the words can be copied with their reference, and the words in it.
    """

    form: str
    certainty: str
    before: str
    speaker: str
    perhaps: str
    doubts: list[str]
    cue: str
    stop: str
    pieces: list[_Words]
    lang: str
    tongue: tuple[str, str] | None
    opens: Citation
    contexts: list[tuple[str, str, str]]
    places: list[tuple[str, Elsewhere]]
    copies: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Article:
    """An article: its outlet and date, title and file, and what is cited of it."""

    id: str
    where: str
    title: str
    file: str
    figures: list[_Figure]


def messages(exchanges: Sequence[Exchange], lang: str, growing: bool = False) -> list[Message]:
    """Return a conversation as messages of a chat, each answer with what can be done with it.

    Nothing can be done yet with the last answer while it is ``growing``.
    """
    shown: list[Message] = []
    for number, exchange in enumerate(exchanges):
        last = number == len(exchanges) - 1
        shown.append({"role": "user", "content": chat_sentence(exchange.question)})
        told = _told_answer(exchange.answer, number, last and growing) if exchange.answer else ""
        if exchange.failed:
            told += chat_sentence(texts_of(lang).get("answer.failed"))
        if told:
            done = "" if last and growing else _deeds(number, exchange, last, texts_of(lang))
            shown.append({"role": "assistant", "content": told + done})
    return shown


def chat_message(answer: Answer, number: int | None = None, growing: bool = False) -> str:
    """Return the answer as a chat message.

    Args:
        answer: as far as it goes.
        number: of its question, which can be asked by itself then.
        growing: more is to come, and nothing can be copied yet.
    """
    texts = texts_of(answer.lang)
    prose = ["".join(part.text for part in each if isinstance(part, Prose)) for each in answer.paragraphs]
    articles = [_article(group, texts, growing) for group in by_article(runs_of(answer), texts)]
    nearest = [_article(group, texts, growing) for group in by_article(runs_of(answer, nearest=True), texts)]
    also = around("answer.also", "places", texts)
    told = {"understood": answer.understood, "number": number, "speaker": answer.speaker, "total": answer.total}
    told["heading"] = nearest_heading(answer, texts)
    more = answer.speaker is not None and answer.total > len(answer.citations)
    shown = {"prose": list(filter(None, prose)), "articles": articles, "nearest": nearest, "more": more}
    return chat_html("chat_message", texts=texts, also=also, **shown, **told)


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


def _told_answer(answer: Answer, number: int, growing: bool) -> str:
    return chat_message(answer, number, growing=True) if growing else _whole(answer, number)


@lru_cache(maxsize=_KEPT)
def _whole(answer: Answer, number: int) -> str:
    """Return an answer that is whole, made once however often the conversation is shown."""
    return chat_message(answer, number)


def _deeds(number: int, exchange: Exchange, last: bool, texts: Texts) -> str:
    wanted = ["copy"] * (exchange.answer is not None) + ["retry"] * last
    wanted += ["up", "down"] * (exchange.answer is not None)
    pressed = {1: "up", -1: "down", 0: None}[exchange.vote]
    return chat_html("deeds", texts=texts, deeds=wanted, pressed=pressed, number=number)


def _article(group: Group, texts: Texts, growing: bool) -> _Article:
    figures = [_figure(run, block.head, texts, growing) for block in group.blocks for run in block.runs]
    article = group.article
    return _Article(article.id, where(article, texts), article.title, file_name(article.origin) or "", figures)


def _figure(run: Run, head: Said, texts: Texts, growing: bool) -> _Figure:
    cited = [each for each in run.said if isinstance(each, Citation)]
    first, lang = cited[0], cited[0].article.lang
    told = predicates(cited, texts, run.strong)
    before, speaker = _byline(first, told[0], texts) if first is head else ("", "")
    return _Figure(
        form=told[0].form,
        certainty=_doubtful(first),
        before=before,
        speaker=speaker,
        perhaps=perhaps_told(first, texts),
        doubts=doubts(first, texts, other=False) if first is head else doubts_below(head, first, texts),
        cue=told[0].cue,
        stop=(told[0] if speaker else told[0].below()).stop,
        pieces=_pieces(told, texts),
        lang=lang,
        tongue=tongue(lang, texts),
        opens=first,
        contexts=_contexts(cited),
        places=[(outlet_of(other, each), other) for each in cited for other in each.also],
        copies=[] if growing else _copies(cited, texts),
    )


def _copies(cited: Sequence[Citation], texts: Texts) -> list[tuple[str, str]]:
    return [(form, copied(cited, texts, form)) for form in FORMS]


def _doubtful(cited: Citation) -> str:
    told = certainty(cited.quotation) if cited.quotation else "sure"
    return "" if told == "sure" else told


def _byline(cited: Citation, shown: Predicate, texts: Texts) -> tuple[str, str]:
    return ("", heading(texts)) if shown.form == "extract" else named(cited, shown, texts)


def _pieces(told: Sequence[Predicate], texts: Texts) -> list[_Words]:
    """Return the pieces of what is told, behind the word with which they go on from the verb ("que"), if any."""
    pieces = [_words(piece, texts) for shown in told for piece in shown.pieces]
    return [_Words(False, (told[0].that, "", ""), []), *pieces] if told[0].that else _opened(pieces)


def _contexts(cited: Sequence[Citation]) -> list[tuple[str, str, str]]:
    """Return what stands around words that are told together: once where they stand in the same sentences."""
    known = [each for each in cited if each.context]
    together = [list(of) for _, of in groupby(known, key=lambda each: each.context and each.context.start)]
    return [_around(of[0], of[-1]) for of in together]


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
    return _Cited(cited, _around(cited, cited), ", ".join(found_at(cited, texts)), _told(cited, texts))


def _around(first: Citation, last: Citation) -> tuple[str, str, str]:
    """Return the article's text before, in and after cited words, from the first to the last of them."""
    context = last.context
    if context is None:
        return "", first.quote, ""
    start, end = first.start - context.start, last.end - context.start
    return context.text[:start].lstrip(), context.text[start:end], context.text[end:].rstrip()


def _told(cited: Citation, texts: Texts) -> str:
    told = [where(cited.article, texts), *looked_up(cited, texts), cited.article.title]
    told += [corrected_mark(cited.quotation, texts)] if cited.quotation else []
    return " · ".join(part for part in told if part)
