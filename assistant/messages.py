"""Conversation in, chat messages out; what comes from an article or a reader is escaped on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.byline import according
from assistant.conversation import Exchange
from assistant.escaping import for_chat, for_html
from assistant.models import Answer, Citation, Paragraph, Prose, Quoted
from assistant.rendering import cited_by, looked_up, outlet_of, pieces, place, speaker_of, tags_of, where
from assistant.words import Words, words
from index.models import Article

Message = dict[str, str]


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
            told += chat_sentence(words(lang).say("answer.failed"))
        if told:
            done = "" if last and growing else _deeds(number, exchange, last, words(lang))
            shown.append({"role": "assistant", "content": told + done})
    return shown


def chat_message(answer: Answer) -> str:
    """Return the answer as a chat message: HTML without a blank line, so that Markdown leaves it alone."""
    say = words(answer.lang)
    blocks = [_paragraph(paragraph, answer, say) for paragraph in answer.paragraphs]
    if answer.understood:
        told = for_chat(say.say("answer.understood", question=answer.understood))
        blocks.insert(0, f'<p class="understood">{told}</p>')
    return "".join(blocks)


def chat_sentence(sentence: str) -> str:
    """Return a sentence (a question, a notice) as a chat message that shows it as it is."""
    return f"<p>{for_chat(sentence)}</p>"


def unanswered(question: str, why: str) -> list[Message]:
    """Return a question that was not taken, with the sentence that tells why."""
    return [
        {"role": "user", "content": chat_sentence(question)},
        {"role": "assistant", "content": chat_sentence(why)},
    ]


def questions(asked: Iterable[str], key: str, lang: str) -> str:
    """Return questions to click, under the heading of that key."""
    buttons = "".join(
        f'<button type="button" data-do="ask" data-question="{question}">{question}</button>'
        for question in map(for_html, asked)
    )
    heading = for_html(words(lang).say(key))
    return f'<div class="try"><p>{heading}</p>{buttons}</div>' if buttons else '<div class="try"></div>'


def invitation(samples: Sequence[Article], asked: Iterable[str], lang: str) -> str:
    """Return what greets a reader without articles: samples to load, and what to ask them."""
    say = words(lang)
    titles = "".join(
        f'<li><bdi>{for_html(sample.title)}</bdi> <span class="where">'
        f"{for_html(where(sample.source, sample.published, say))}</span></li>"
        for sample in samples
    )
    then = "".join(f"<li>{for_html(question)}</li>" for question in asked)
    load = for_html(say.say("page.samples", count=len(samples)))
    return (
        f'<div class="invitation"><p>{for_html(say.say("page.invite"))}</p><ul>{titles}</ul>'
        f'<button type="button" data-do="samples">{load}</button>'
        f"<p>{for_html(say.say('page.then'))}</p><ul>{then}</ul></div>"
    )


def _deeds(number: int, exchange: Exchange, last: bool, say: Words) -> str:
    # Gradio's sanitiser leaves classes, titles and values, and takes data-* and aria-* away.
    wanted = ["copy"] * (exchange.answer is not None) + ["retry"] * last
    wanted += ["up", "down"] * (exchange.answer is not None)
    pressed = {1: "up", -1: "down", 0: None}[exchange.vote]
    return '<p class="deeds">{}</p>'.format(
        "".join(
            f'<button type="button" class="deed {deed}{" pressed" if deed == pressed else ""}" value="{number}" '
            f'title="{for_chat(say.say(f"deeds.{deed}"))}"></button>'
            for deed in wanted
        )
    )


def _paragraph(paragraph: Paragraph, answer: Answer, say: Words) -> str:
    opener = paragraph[0] if paragraph else None
    if isinstance(opener, Quoted):
        return _figure(cited_by(opener, answer), _parts(paragraph, answer, say), say)
    return f"<p>{_parts(paragraph, answer, say)}</p>"


def _parts(paragraph: Paragraph, answer: Answer, say: Words) -> str:
    return "".join(
        for_chat(part.text) if isinstance(part, Prose) else _quote(cited_by(part, answer), part, say)
        for part in paragraph
    )


def _figure(cited: Citation, quoted: str, say: Words) -> str:
    return (
        f'<div class="said {cited.kind}"><p class="byline">{_byline(cited, say)}</p>'
        f"<blockquote>{quoted}</blockquote>"
        f'<p class="where"><bdi>{for_chat(_told(cited, say))}</bdi></p>{_also(cited, say)}</div>'
    )


def _also(cited: Citation, say: Words) -> str:
    """Return the links to where the same words stand too."""
    if not cited.also:
        return ""
    links = [
        f'<a href="{place(other.article_id, other.start, other.end)}" title="{for_chat(other.title)}">'
        f"<bdi>{for_chat(outlet_of(other, cited))}</bdi></a>"
        for other in cited.also
    ]
    before, after = (for_chat(part) for part in say.say("answer.also", places="\0").split("\0"))
    return f'<p class="elsewhere">{before}{say.list(links)}{after}</p>'


def _byline(cited: Citation, say: Words) -> str:
    name = f'<bdi class="speaker">{for_chat(speaker_of(cited, say))}</bdi>'
    if according(cited):
        before, after = (for_chat(part) for part in say.say("byline.according", speaker="\0").split("\0"))
        said = f'<i class="cue">{before[:1].upper()}{before[1:]}</i>{name}{after}'
    else:
        said = name + (f' <i class="cue">{for_chat(cited.cue)}</i>' if cited.cue else "")
    why = for_chat(say.say(f"kind_told.{cited.kind}"))
    return said + "".join(f' <span class="kind" title="{why}">{for_chat(tag)}</span>' for tag in tags_of(cited, say))


def _quote(cited: Citation, part: Quoted, say: Words) -> str:
    opening, closing = (for_chat(mark) for mark in say.entry("marks.page"))
    before, strong, after = (for_chat(piece) for piece in pieces(cited, part))
    shown = before + (f"<strong>{strong}</strong>" if strong else "") + after
    end = f'<span class="end">{closing}&#160;{_chip(cited)}</span>'
    return f'{opening}<bdi class="words">{shown}</bdi>{end}{_card(cited, say)}'


def _chip(cited: Citation) -> str:
    return f'<a class="cite" href="{place(cited.article_id, cited.start, cited.end)}">&#91;{cited.number}&#93;</a>'


def _card(cited: Citation, say: Words) -> str:
    """Return what the page shows beside the chip while it is pointed at."""
    opening, closing = (for_chat(mark) for mark in say.entry("marks.page"))
    return (
        f'<span class="card"><span class="byline">{_byline(cited, say)}</span>'
        f'<span class="card-words">{opening}<bdi>{for_chat(cited.quote)}</bdi>{closing}</span>'
        f'<span class="where"><bdi>{for_chat(_told(cited, say))}</bdi></span></span>'
    )


def _told(cited: Citation, say: Words) -> str:
    told = [where(cited.source, cited.published, say), *looked_up(cited, say), cited.title]
    return " · ".join(part for part in told if part)
