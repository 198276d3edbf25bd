"""Whether somebody spoke at all, asked after other questions: the sentence shown that says that they did not."""

from __future__ import annotations

import re
from functools import cache

from assistant.answers.findings import Findings
from assistant.answers.kinds.check import ANY_WORDS
from assistant.answers.refusals import declined, tells_of_silence
from assistant.answers.sources import Sources
from assistant.question import AskedPerson, Conversation, Question
from assistant.search.name_words import nouns_of
from assistant.search.relevance import Find
from assistant.search.retriever import Search
from index.languages.patterns import one_of
from index.typography import fold


def silence(question: Question, conversation: Conversation, sources: Sources) -> Findings | None:
    """Return that somebody did not speak, as the articles shown tell: "Did he comment?"; None: they do not tell it."""
    if not question.people or question.act not in ANY_WORDS or not _claims_nothing(question, conversation):
        return None
    person, search = question.people[0], sources.search(question)
    silent = declined(person, search, sources) or _declined_by_role(person, search, conversation, sources)
    shown = tuple(find for find in silent if find.cached.article.id in conversation.articles)
    return Findings("declined", shown, person) if shown else None


def _claims_nothing(question: Question, conversation: Conversation) -> bool:
    """Tell whether a question claims nothing of its own: its topic is that of the question before, or none."""
    before = conversation.answered
    return not question.topic.strip() or (before is not None and question.topic == before.topic)


def _declined_by_role(
    person: AskedPerson, search: Search, conversation: Conversation, sources: Sources
) -> tuple[Find, ...]:
    """The first sentence that calls somebody by a role ("the minister") and tells that they did not speak, if any.

    It is looked for in the articles that name them and do not quote them, and right behind another's words shown.
    """
    silent = _silent_by_role(person, search, conversation, sources)
    quoted = {find.cached.article.id for find in sources.said_by(person, search)}
    names = sources.speakers(person)
    own = (find for find in silent if find.cached.article.id not in quoted or _is_next(find, conversation, names))
    return tuple(own)[:1]


def _silent_by_role(person: AskedPerson, search: Search, conversation: Conversation, sources: Sources) -> list[Find]:
    """The sentences of the articles shown that call somebody by a role and tell that they did not speak."""
    roles = _own_roles(person, conversation, sources)
    named = {find.cached.article.id for find in sources.naming(person, search)}
    there = sources.sentences_in(search, [each for each in conversation.articles if each in named])
    return [find for find in there if tells_of_silence(find) and any(_calls(find, role) for role in roles)]


def _is_next(find: Find, conversation: Conversation, but: set[str]) -> bool:
    """Tell whether a sentence stands right behind words shown that are not those of some names."""
    number, there = find.cached.sentence_at(find.start), find.cached.article.id
    shown = [one for one in conversation.cited if one.article.id == there and one.speaker not in but]
    return any(0 <= number - find.cached.sentence_at(max(one.end - 1, 0)) <= 1 for one in shown)


def _own_roles(person: AskedPerson, conversation: Conversation, sources: Sources) -> set[str]:
    """The roles of somebody that nobody else has whom the articles shown name."""
    names = {person.name, *sources.speakers(person)}
    others = " ".join(role for one in conversation.present if one.name not in names for role in one.roles)
    words = set(fold(others).split())
    return {role for role in map(fold, sources.called(person)) if words.isdisjoint(role.split()[:1])}


def _calls(find: Find, role: str) -> bool:
    """Tell whether a sentence calls somebody by a role alone: "le maire", not "le maire de Brissac"."""
    words = fold(find.cached.article.text[find.start : find.end])
    before, behind = _around_role()
    return re.search(rf"{before}{re.escape(role)}(?!\w){behind}", words) is not None


@cache
def _around_role() -> tuple[str, str]:
    """Patterns for what stands before a role that is alone, and for what does not stand behind it."""
    leads, of = (one_of(nouns_of((f"roles.{key}",))) for key in ("leads", "of"))
    return rf"(?<!\w)(?:{leads})(?: |(?<='))", rf"(?! (?:[\w-]+ )?(?:{of})(?: |(?<=')))"
