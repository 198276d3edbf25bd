"""An answer in, questions to ask next out: whom else its articles quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.models import Answer
from assistant.texts.catalogue import texts_of
from index.models import Quotation, SpeakerKind, Tally
from index.text.context import is_description
from index.typography import words as folded_words

MOST = 3


def follow_ups(
    answer: Answer, asked: Sequence[str], quotations: Iterable[Quotation], otherwise: Sequence[str] = ()
) -> list[str]:
    """Return what may be asked next, in the language of the answer: what it suggests itself, if anything.

    Else all that somebody says comes first, when the answer is that they say nothing on one topic. Then come the people
    that the answer cites, then those that its articles quote most; nobody whom a question has named already.

    Args:
        answer: the last answer.
        asked: every question of the conversation.
        quotations: those of the articles that the answer cites.
        otherwise: questions to offer when there is nobody to ask about.
    """
    if offered := _not_asked(answer.suggestions, asked):
        return offered[:MOST]
    named = set(folded_words(" ".join(asked)).split())
    fresh = [name for name in _quoted(answer, quotations) if not named & set(folded_words(name).split()[-1:])]
    mentioned = [mention.name for mention in answer.mentions if mention.quotations]
    people = [texts_of(answer.lang).get("reply.first", speaker=name) for name in dict.fromkeys([*mentioned, *fresh])]
    return _not_asked(people, asked)[:MOST] or _not_asked(otherwise, asked)[:MOST]


def answerable(answer: Answer, quoted: Iterable[Tally]) -> tuple[str, ...]:
    """Return questions that have an answer, for one that has none: what somebody said whom the articles quote.

    Whom the question asks about comes first, then who said what is nearest to it, then those quoted most.

    Args:
        answer: the refusal.
        quoted: all who are quoted, those most often first.
    """
    most = [each.name for each in quoted if _is_called(each.name, each.kind) and " " in each.name]
    names = [mention.name for mention in answer.mentions if mention.quotations]
    names += _called(citation.quotation for citation in answer.nearest if citation.quotation)
    questions = [texts_of(answer.lang).get("reply.first", speaker=name) for name in dict.fromkeys([*names, *most])]
    return tuple(_not_asked(questions, [answer.question])[:MOST])


def of_each(speakers: Iterable[str], lang: str) -> tuple[str, ...]:
    """Return the questions what each of some people said."""
    return tuple(texts_of(lang).get("reply.first", speaker=name) for name in speakers)


def _quoted(answer: Answer, quotations: Iterable[Quotation]) -> dict[str, None]:
    """Whom the answer cites, then whom its articles quote, the most quoted first; those alone whom a name calls."""
    cited = _called(citation.quotation for citation in answer.citations if citation.quotation)
    return dict.fromkeys((*cited, *(name for name, _ in Counter(_called(quotations)).most_common())))


def _called(said: Iterable[Quotation]) -> list[str]:
    """The speakers of quotations whom a name calls."""
    return [each.speaker for each in said if each.speaker and _is_called(each.speaker, each.speaker_kind)]


def _is_called(name: str, kind: SpeakerKind | None) -> bool:
    """Tell whether a question can ask for a speaker by name: not "un diplomate", nor what needs an article."""
    return kind in (None, "person") and name[:1].isupper() and not is_description(name)


def _not_asked(questions: Iterable[str], asked: Iterable[str]) -> list[str]:
    before = {folded_words(question) for question in asked}
    return [question for question in questions if folded_words(question) not in before]
