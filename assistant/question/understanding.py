"""A question as typed, and the turns before it -> a question that is whole."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Turn
from assistant.question.followup import FollowUp, Whole
from assistant.question.grammar import grammar
from assistant.question.models import Question
from assistant.question.name_index import NameBook
from assistant.question.plain_text import surface
from assistant.question.reading import Reader
from index.languages.detection import detect_question_language
from index.languages.speech_acts import speech_act

TURNS = 6
"""Earlier turns that are looked at."""


def understand(asked: str, history: Sequence[Turn], book: NameBook, likely: str | None = None) -> Question:
    """Return what is asked, of whom and about what; a follow-up is completed from earlier turns.

    Args:
        asked: any string.
        history: the earlier turns, oldest first.
        book: the names of the catalog; build it once and again when the catalog has changed.
        likely: the language of a question that does not tell its own.
    """
    return _question(_whole(asked, [turn.question for turn in history][-TURNS:], book, likely))


SHORT = 3
"""Words of a question that is in the language of the one before it, whatever its own words."""


def _whole(asked: str, earlier: Sequence[str], book: NameBook, likely: str | None) -> Whole:
    before = _whole(earlier[-1], earlier[:-1], book, likely) if earlier else None
    text = surface(asked)
    short = len(text.text.split()) <= SHORT
    lang = before.reading.grammar.lang if before and short else detect_question_language(asked, likely)
    rules = grammar(lang)
    reading = Reader(text, rules, book).read()
    if not before or reading.kind == "greeting":
        return Whole(text.text, reading)
    return FollowUp(reading, before, lambda whole: Reader(surface(whole), rules, book).read()).whole()


def _question(whole: Whole) -> Question:
    reading = whole.reading
    return Question(
        text=whole.text,
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
        rewritten=whole.rewritten,
    )
