"""A fact: the sentences that tell a time, a number, a place, a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers.findings import Findings, Verdict
from assistant.answers.kinds import speaker
from assistant.answers.order import oldest, ranked
from assistant.answers.replies import NEXT, denies, is_denial, reply, tells_of
from assistant.answers.sources import Sources
from assistant.question import AskedPerson, Question
from assistant.question.figures import is_role, role_words
from assistant.search.answer_types import marked
from assistant.search.asked import MOST_OF_IT
from assistant.search.relevance import Find, relevance
from assistant.search.retriever import Search
from index.typography import words

MOST = 3
MOST_VALUES = 6
"""Places shown when articles differ, one for each value that an article gives."""
VALUES = frozenset({"quantity", "score", "time", "age"})
"""Kinds of answers of which articles give different ones."""

FEW = 2
"""Words of a question of which the telling one must be named: what a thing costs is its verb and the thing."""
ALL_BUT_ALL = 0.9
"""The share of the asked words, by rarity, that a sentence and its neighbours have which tells if something is so."""
UNMISTAKABLE = frozenset({"age", "score"})
"""Kinds of answers that are told by how they are written."""


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the sentences that tell it, with the answer marked; all values, by date, when articles differ."""
    best = sources.best("fact", search, _where_named(question, search, sources), "sentence")
    telling = [_answering(find, question, search, sources) for find in _telling(best, question, search)]
    if not telling and question.is_yes_or_no and not question.people:
        telling = _spoken_of(search, sources)
    if not telling:
        return _introduced(question, search, sources) or _said(question, search, sources)
    shown = sources.once(telling, MOST)
    values = _values(sources.once(telling, len(telling))) if question.wants in VALUES else []
    if len(values) > 1:
        shown = tuple(oldest(values[:MOST_VALUES]))
    return _with_others(voiced(shown, question, search, sources), question, search, sources)


def _where_named(question: Question, search: Search, sources: Sources) -> list[Find]:
    """The sentences of the articles that name those of whom a fact is asked; in others it is told of others."""
    near = sources.sentences(search)
    return [find for find in near if all(sources.is_named(person, find, search) for person in question.people)]


def _answering(find: Find, question: Question, search: Search, sources: Sources) -> Find:
    """The words right behind a question that the article itself asks, which answer it."""
    if not find.cached.asks(find.start, find.end):
        return find
    text = find.cached.article.text
    behind = (said for said in sources.said_in(search, [find.cached.article.id]) if said.start >= find.end)
    said = next(behind, None)
    if said is None or any(map(str.isalnum, text[find.end : said.start])):
        return find
    return _with_answer(said, question)


def _with_others(finds: Sequence[Find], question: Question, search: Search, sources: Sources) -> Findings:
    """What tells a fact; where it is asked whether something is so, with what others say of it."""
    others = _others_on_it(finds, search, sources) if question.is_yes_or_no else []
    return told([*finds, *others], search, sources)


def _introduced(question: Question, search: Search, sources: Sources) -> Findings | None:
    """The first sentence that names somebody of whom it is asked who they are, in each article that does."""
    if not _asks_who_somebody_is(question):
        return None
    naming = [find for person in question.about for find in sources.naming(person, search)]
    first = {find.cached.article.id: find for find in reversed(naming)}
    return Findings("fact", sources.once(list(reversed(first.values())), MOST)) if first else None


def _asks_who_somebody_is(question: Question) -> bool:
    """Tell whether a question asks about nothing but somebody's name, with a title or not: "Who is Lady Marsh?"."""
    if question.wants != "person" or not question.about:
        return False
    names = {word for person in question.about for word in role_words(person.name)}
    return all(is_role(word) for word in role_words(question.topic) if word not in names)


def _others_on_it(finds: Sequence[Find], search: Search, sources: Sources) -> list[Find]:
    """What others say in the same articles in most of the words asked: what is so may have more than one side."""
    articles, speakers = {find.cached.article.id: find for find in finds}, {None, *(find.speaker for find in finds)}
    said = [find for find in sources.said_in(search, list(articles)) if find.speaker not in speakers]
    held = [(search.asked.coverage(find.cached.terms_of(find.start, find.end)), find) for find in said]
    best = ranked((share, find) for share, find in held if share >= MOST_OF_IT)
    return list({find.speaker: find for find in reversed(best)}.values())[:FEW]


def voiced(finds: Sequence[Find], question: Question, search: Search, sources: Sources) -> list[Find]:
    """Return sentences as the words of who says in them what is asked; as they are when it is asked who somebody is."""
    if _asks_who_somebody_is(question):
        return list(finds)
    return [sources.voiced(find, search) for find in finds]


def _spoken_of(search: Search, sources: Sources) -> list[Find]:
    """The sentences that have what is asked if it is so, by its rarest word, and all but all of the rest around it."""
    asked = search.asked
    near = (find for find in sources.sentences(search) if find.cached.article.lang == asked.lang)
    held = (find for find in near if asked.names_are_in(find.cached) and asked.coverage(find.around) >= ALL_BUT_ALL)
    telling = (find for find in held if asked.telling(find.cached.terms_of(find.start, find.end)) == 1.0)
    return ranked((relevance(asked, find, "sentence"), find) for find in telling)


def told(finds: Sequence[Find], search: Search, sources: Sources) -> Findings:
    """Return what tells a fact; with what those answer of whom it is told, and who may deny it."""
    pairs = [(find, answer) for find in finds if find.quotation for answer in _answers(find, search, sources)]
    verdict: Verdict = "contested" if any(_contests(answer, claim, search) for claim, answer in pairs) else "fact"
    return Findings(verdict, tuple(dict.fromkeys([*finds, *(answer for _, answer in pairs)])))


def _contests(answer: Find, claim: Find, search: Search) -> bool:
    """Tell whether an answer denies a claim of what is so: on its topic, or by its verb right behind it."""
    if search.asked.wants is not None or not is_denial(answer):
        return False
    if denies(answer.quotation) and 0 <= answer.start - claim.end <= NEXT:
        return True
    both = [find.cached.terms_of(find.start, find.end) for find in (answer, claim)]
    return any(all(map(word.is_in, both)) for word in search.asked.beside_names)


def _answers(claim: Find, search: Search, sources: Sources) -> Iterator[Find]:
    """What others answer in the same article to words that tell of them."""
    said = sources.said_in(search, [claim.cached.article.id])
    for name in dict.fromkeys(find.speaker for find in said if find.speaker and find.speaker != claim.speaker):
        own = [find for find in said if find.speaker == name]
        called = sources.called(AskedPerson(name, name, "speaker"))
        if tells_of(claim, said, called) and (answer := reply(claim, own, told_of=True)):
            yield answer


def _with_answer(find: Find, question: Question) -> Find:
    return replace(find, strong=marked(find.cached.article, find.start, find.end, question.wants, question.text))


def _telling(best: Sequence[Find], question: Question, search: Search) -> list[Find]:
    """The places that hold what is asked for, each with it marked, which some are told by."""
    marked_places = (_with_answer(find, question) for find in best)
    return [find for find in marked_places if _tells(find, question, search)]


def _tells(find: Find, question: Question, search: Search) -> bool:
    """Tell whether a place holds what is asked for: more than names of it, or a thing of a kind that tells itself."""
    if question.wants in UNMISTAKABLE:
        return find.strong is not None
    if question.wants == "quantity" and len(search.asked.words) == FEW and find.cached.article.lang == question.lang:
        held = find.around | find.cached.title_terms  # else the price of another thing
        return search.asked.telling(find.around) == 1.0 and search.asked.thing_is_in(held)
    return search.asked.is_spoken_of(find.around, find.cached.article.lang)


def _values(finds: Sequence[Find]) -> list[Find]:
    """The first find of each value that an article gives, when the articles differ; else none."""
    first: dict[tuple[str, str], Find] = {}
    for find in finds:
        if find.strong:
            first.setdefault((find.cached.article.id, words(find.cached.article.text[slice(*find.strong)])), find)
    told = {article: {value for other, value in first if other == article} for article, _ in first}
    return list(first.values()) if len({frozenset(values) for values in told.values()}) > 1 else []


def _said(question: Question, search: Search, sources: Sources) -> Findings:
    """Who says it, when a question asks who, and no sentence tells it."""
    if question.people or question.wants != "person" or question.quoted:
        return Findings("silent")
    found = speaker.find(question, search, sources)
    return found if found.finds else Findings("silent")
