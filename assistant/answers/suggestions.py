"""An answer in, questions to ask next out: whom else its articles quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.models import Answer
from assistant.texts.catalogue import texts_of
from index.models import Quotation
from index.typography import words as folded_words

MOST = 3


def follow_ups(
    answer: Answer, asked: Sequence[str], quotations: Iterable[Quotation], otherwise: Sequence[str] = ()
) -> list[str]:
    """Return what may be asked next, in the language of the answer.

    All that somebody says comes first, when the answer is that they say nothing on one topic. Then come the people
    that the answer cites, then those that its articles quote most; nobody whom a question has named already.

    Args:
        answer: the last answer.
        asked: every question of the conversation.
        quotations: those of the articles that the answer cites.
        otherwise: questions to offer when there is nobody to ask about.
    """
    named = set(folded_words(" ".join(asked)).split())
    fresh = [name for name in _quoted(answer, quotations) if not named & set(folded_words(name).split()[-1:])]
    mentioned = [mention.name for mention in answer.mentions if mention.quotations]
    people = [texts_of(answer.lang).get("reply.first", speaker=name) for name in dict.fromkeys([*mentioned, *fresh])]
    return _not_asked(people, asked)[:MOST] or _not_asked(otherwise, asked)[:MOST]


def _quoted(answer: Answer, quotations: Iterable[Quotation]) -> dict[str, None]:
    """Whom the answer cites, then whom its articles quote, the most quoted first."""
    cited = (citation.speaker for citation in answer.citations)
    counted = Counter(quotation.speaker for quotation in quotations if quotation.speaker)
    return dict.fromkeys(filter(None, (*cited, *(name for name, _ in counted.most_common()))))


def _not_asked(questions: Iterable[str], asked: Iterable[str]) -> list[str]:
    before = {folded_words(question) for question in asked}
    return [question for question in questions if folded_words(question) not in before]
