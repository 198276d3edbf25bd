"""An answer in, questions to ask next out: whom else its articles quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.models import Answer
from assistant.words import words
from index.models import Quotation
from index.typography import words as folded_words

MOST = 3


def follow_ups(answer: Answer, asked: Sequence[str], quotations: Iterable[Quotation]) -> list[str]:
    """Return what may be asked next, in the language of the answer.

    The people that the answer cites come first, then those that its articles quote most; nobody whom a
    question has named already.

    Args:
        answer: the last answer.
        asked: every question of the conversation.
        quotations: those of the articles that the answer cites.
    """
    cited = [citation.speaker for citation in answer.citations if citation.speaker]
    quoted = Counter(quotation.speaker for quotation in quotations if quotation.speaker)
    mentioned = [mention.name for mention in answer.mentions if mention.quotations]
    named = set(folded_words(" ".join(asked)).split())
    names = dict.fromkeys([*cited, *mentioned, *(name for name, _ in quoted.most_common())])
    fresh = [name for name in names if not named & set(folded_words(name).split()[-1:])]
    return [words(answer.lang).say("reply.first", speaker=name) for name in fresh[:MOST]]
