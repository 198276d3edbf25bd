"""A refusal made useful: which of the kinds of no it is, and what the articles hold that comes nearest to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.answers.claims import declines
from assistant.answers.findings import Findings, Verdict
from assistant.answers.sources import Sources
from assistant.models import Refusal
from assistant.question import AskedPerson, Question
from assistant.search.name_words import name_words
from assistant.search.relevance import Find
from assistant.search.retriever import Search

NEAREST = 2
"""Words of somebody that are shown when none of them answers."""
PLACES = 5
"""Articles that are shown for what nobody is quoted on."""

KINDS: Mapping[Verdict, Refusal] = {
    "absent": "absent", "silent": "absent", "not_quoted": "unquoted", "mentioned": "unquoted", "untold": "unquoted",
    "declined": "unquoted", "not_about": "elsewhere", "out_of_scope": "elsewhere", "out_of_scope_articles": "elsewhere",
    "out_of_scope_places": "elsewhere",
    "nobody": "premise",
    "misquoted": "premise", "empty": "empty", "all_shown": "elsewhere", "nothing_later": "elsewhere",
    "no_reply": "unquoted", "no_reason": "absent", "no_time": "absent", "no_place": "absent", "no_such": "absent",
}  # fmt: skip
"""The kind of no that each refusal is."""


def explained(question: Question, findings: Findings, sources: Sources) -> Findings:
    """Return a refusal with what the articles hold instead: somebody's nearest words, or where a thing is mentioned."""
    search, person = sources.search(question), findings.asked
    if person and (of_person := _of_person(person, question, findings, search, sources)):
        return of_person
    if findings.verdict == "nobody" and (alike := _misquoted(question, search, sources)):
        return replace(findings, verdict="misquoted", nearest=alike)
    return _mentioned(question, findings, search, sources)


def _of_person(
    person: AskedPerson, question: Question, findings: Findings, search: Search, sources: Sources
) -> Findings | None:
    """A refusal with what there is of somebody: that they did not speak, where an office is named, their words."""
    if told := declined(person, search, sources):
        asked = question.kind == "check"
        return replace(findings, verdict="declined", finds=told if asked else (), nearest=() if asked else told)
    if findings.verdict == "absent" and (named := _named(person, search, sources)):
        articles = len({find.cached.article.id for find in named})
        return replace(findings, verdict="not_quoted", nearest=named[:PLACES], articles=articles)
    nearest = _nearest(person, search, sources)
    return replace(findings, nearest=nearest) if nearest else None


def _nearest(person: AskedPerson, search: Search, sources: Sources) -> tuple[Find, ...]:
    """What somebody said that is nearest to what is asked; where they are named, when they are not quoted."""
    if said := sources.said_by(person, search):
        return sources.nearest(search, said, NEAREST)
    return tuple(sources.naming(person, search)[:PLACES]) if person.known == "mentioned" else ()


def _named(person: AskedPerson, search: Search, sources: Sources) -> tuple[Find, ...]:
    """The sentences that name somebody who is asked for by an office, in all its words: "the contractor"."""
    if person.role != person.name:
        return ()
    words = set(name_words(person.name))
    return tuple(find for find in sources.naming(person, search) if words <= set(find.folded_words))


def declined(person: AskedPerson, search: Search, sources: Sources) -> tuple[Find, ...]:
    """The first sentence that names somebody and tells that they did not speak, if any."""
    return tuple(filter(tells_of_silence, sources.naming(person, search)))[:1]


def tells_of_silence(find: Find) -> bool:
    """Tell whether a sentence says that somebody did not speak."""
    return declines(find.cached.article.text[find.start : find.end], find.cached.article.lang)


def _misquoted(question: Question, search: Search, sources: Sources) -> tuple[Find, ...]:
    """The words that are nearest to those that a question quotes, and say something else."""
    alike = [find for words in question.quoted for find in sources.turned(search, words)]
    return sources.once(alike, NEAREST)


def _mentioned(question: Question, findings: Findings, search: Search, sources: Sources) -> Findings:
    """The articles that mention what nobody is quoted on."""
    named = next((person for person in question.about if person.known != "unknown"), None)
    if findings.verdict != "silent" or not (named or (search.asked.words and question.kind != "fact")):
        return findings
    about = replace(question, topic=named.as_typed) if named else question
    found, total = sources.articles(about, search, PLACES)
    if not found:
        return findings
    verdict: Verdict = "untold" if question.kind == "fact" else "mentioned"
    return replace(findings, verdict=verdict, nearest=tuple(found[:PLACES]), articles=total)
