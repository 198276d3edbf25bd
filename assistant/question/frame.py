"""A question that was read -> what it asks, as a frame whose parts a follow-up may take over."""

from __future__ import annotations

from assistant.question.grammar import Grammar
from assistant.question.models import Question
from assistant.question.plain_text import TAIL
from assistant.question.reading import ParsedQuestion
from index.languages.speech_acts import speech_act


def frame(reading: ParsedQuestion) -> Question:
    """Return what a question asks by itself."""
    return Question(
        text=reading.surface.text,
        lang=reading.grammar.lang,
        kind=reading.kind,
        people=reading.people,
        about=reading.about,
        quoted=reading.surface.quoted,
        topic=reading.topic,
        act=speech_act(reading.verb),
        denial=reading.denial,
        wants=reading.wants,
        scope=reading.scope,
        order=reading.order,
        most=reading.most,
        everything=reading.everything,
        phrase=_phrase(reading),
        verb=reading.verb,
    )


def about(question: Question, grammar: Grammar) -> str:
    """Return the topic of a question as it stands behind another ("sur les loups"); "" when it has none."""
    if question.phrase and question.lang == grammar.lang:
        return question.phrase
    return grammar.compose["about"].format(topic=question.topic) if question.topic else ""


def raised(text: str) -> str:
    """Return a sentence with a capital."""
    text = text.strip()
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return a sentence without its capital, to stand behind other words."""
    return text[:1].lower() + text[1:]


def _phrase(reading: ParsedQuestion) -> str:
    """The topic with the preposition that takes it up ("des loups" -> "sur les loups"), "" when it has none."""
    if reading.kind not in ("statement", "aggregate") or not reading.topic:
        return ""
    grammar = reading.grammar
    raw = reading.surface.text[reading.rest :].strip(TAIL)
    plain = reading.surface.plain[reading.rest :].lstrip()
    if not grammar.skip("about", plain, 0):
        return ""
    for old, new in grammar.taken_up.items():
        if plain.startswith(old):
            return new + raw[len(old) :]
    return "" if grammar.skip("that", plain, 0) and not plain.startswith(("about", "on ")) else raw
