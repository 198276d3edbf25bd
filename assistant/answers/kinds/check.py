"""Whether somebody said something: yes only when the words are theirs and claim it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.findings import Findings, Verdict
from assistant.answers.sources import Sources
from assistant.question import Person, Question
from assistant.search.relevance import Asked, Find
from assistant.search.retriever import Search
from index import typography
from index.languages.speech_acts import speech_act
from index.models import Quotation

MOST = 4
CLAIMED = 0.75
"""The share of a claim's words, by rarity, that somebody's words must have to be called that claim."""
_NEGATION = re.compile(r"\b(?:ne|n'|pas|jamais|aucun\w*|rien|not|never|no|none|nothing|nobody)(?!\w)|n't\b")


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the words that a question claims, and whether they are the person's of whom it claims them."""
    person, own = _asked_of(question, search, sources)
    verbatim = _verbatim(question, search, sources)
    if not (finds := verbatim or _claimed(search, own, sources)):
        return Findings("nobody", (), person)
    mine = _in_both(finds, own)
    is_mine = finds[0] in mine
    is_claim = bool(verbatim) or claims(search.asked, finds[0])
    shown = sources.once(mine if is_claim and is_mine else finds, MOST)
    if denies(shown[0].quotation) and (verbatim or covers(search.asked, shown[0])):
        return Findings("denied", shown, person)
    return Findings(_verdict(person is not None and not is_mine, is_claim), shown, person)


def _verbatim(question: Question, search: Search, sources: Sources) -> list[Find]:
    return [same for words in question.quoted for same in sources.same_words(search, words)]


def _asked_of(question: Question, search: Search, sources: Sources) -> tuple[Person | None, list[Find]]:
    """Who is asked about, and what they said."""
    person = question.people[0] if question.people else None
    return person, sources.said_by(person, search) if person else []


def _claimed(search: Search, own: Sequence[Find], sources: Sources) -> list[Find]:
    """What was said on a claim, by anybody; first the very claim, whoever made it."""
    everything = {(find.cached.article.id, find.start, find.end): find for find in sources.statements(search)}
    everything |= {(find.cached.article.id, find.start, find.end): find for find in own}
    best = sources.best("check", search, everything.values())
    return sorted(best, key=lambda find: not claims(search.asked, find))


def _verdict(is_others: bool, is_claim: bool) -> Verdict:
    return "no" if is_others else "yes" if is_claim else "near"


def _in_both(finds: Sequence[Find], others: Sequence[Find]) -> list[Find]:
    return [find for find in finds if any(find.quotation == other.quotation for other in others)]


def claims(asked: Asked, find: Find) -> bool:
    """Tell whether words claim what a question says they do: they have nearly all of its words, and deny as it does."""
    words = find.cached.article.text[find.start : find.end]
    alike = bool(_NEGATION.search(typography.fold(words))) == bool(_NEGATION.search(typography.fold(asked.text)))
    return alike and covers(asked, find)


def covers(asked: Asked, find: Find) -> bool:
    """Tell whether words have nearly all of the words of a claim, which has more than one."""
    return len(asked.words) > 1 and asked.coverage(find.cached.terms_of(find.start, find.end)) >= CLAIMED


def denies(quotation: Quotation | None) -> bool:
    """Tell whether the reporting verb denies the words that it reports."""
    return bool(quotation and quotation.cue and speech_act(quotation.cue) == "deny")
