"""What answers a question that leans on a conversation: in the articles shown first, and without what was shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answers import around, finder
from assistant.answers.findings import Findings, Verdict, refused
from assistant.answers.kinds import fact, statement
from assistant.answers.order import newest, ranked
from assistant.answers.refusals import declined
from assistant.answers.replies import is_denial, reply, tells_of
from assistant.answers.silence import silence
from assistant.answers.sources import Sources
from assistant.models import Citation
from assistant.question import ANYWHERE, AskedPerson, Conversation, Lean, Move, Question
from assistant.search.relevance import Find, relevance
from assistant.search.retriever import Search
from index.languages.speech_acts import speech_act
from index.languages.terms import query_terms
from index.typography import fold

MOST = 4
CLOSEST = 2
"""Places that are shown where nothing is near enough to be called an answer by itself."""
ABOUT_IT = 0.5
"""The share of the words of a topic, by rarity, that an article has which tells of it."""
PARAGRAPH = 300
"""Characters within which a reply comes after what it replies to, mostly."""


def find(question: Question, conversation: Conversation, sources: Sources, everything: bool = False) -> Findings:
    """Return the places that answer a question after others, or why there are none.

    ``everything``: all of them, not the first.
    """
    lean = question.lean
    if lean is None:
        return finder.find(question, sources, everything)
    answered, shown = _BY_MOVE[lean.move], everything or question.everything
    found = answered(question, lean, conversation, sources.within(question.scope, shown))
    if question.scope and not (found.finds or found.total) and lean.move not in _BEYOND_WHAT_WAS_SHOWN:
        if _is_of_what_was_cited(lean):
            anywhere = sources.within(ANYWHERE, shown)
            found = answered(replace(question, scope=ANYWHERE), lean, conversation, anywhere)
        else:
            found = finder.out_of_scope(question, sources)
    return replace(found, finds=tuple(replace(find, also=sources.elsewhere(find)) for find in found.finds))


def _is_of_what_was_cited(lean: Lean) -> bool:
    """Tell whether a question asks of the words shown, whenever these were said."""
    return lean.number is not None or lean.move in _OF_WHAT_WAS_CITED


def _same(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """The same of another person or on another topic: in the articles shown when nothing else tells."""
    if lean.number is not None:
        return _numbered(lean.number, conversation, sources)
    if question.kind == "statement" and question.people:
        return _said(question, lean, conversation, sources)
    if question.kind == "check":
        return _checked(question, conversation, sources) or _any_answer(question, conversation, sources)
    if question.kind == "fact":
        return around.told_of(question, conversation, sources) or _anywhere(question, conversation, sources)
    return _any_answer(question, conversation, sources)


def _checked(question: Question, conversation: Conversation, sources: Sources) -> Findings | None:
    """What the articles shown tell of a claim of nobody's, or that somebody did not speak."""
    if question.people:
        return silence(question, conversation, sources)
    return around.told_of(question, conversation, sources, all_of_it=True)


def _any_answer(question: Question, conversation: Conversation, sources: Sources) -> Findings:
    """What answers a question in any article, else what comes near it in those shown."""
    found = finder.find(question, sources)
    return found if found.finds else around.told_of(question, conversation, sources) or found


def _anywhere(question: Question, conversation: Conversation, sources: Sources) -> Findings:
    """What answers in any article; a single word ("Who pays?") asks it of what was asked about before alone."""
    found, before = finder.find(question, sources), conversation.answered
    if not conversation.cited or before is None or not before.topic or not _is_a_word(question, sources):
        return found
    about = sources.search(before).asked
    there = tuple(find for find in found.finds if about.coverage(find.cached.terms) >= ABOUT_IT)
    return replace(found, finds=there, total=len(there)) if there else Findings("silent")


def _is_a_word(question: Question, sources: Sources) -> bool:
    """Tell whether a question asks for one word and names nobody."""
    named = question.people or question.about or question.quoted
    return not named and len(sources.search(question).asked.words) <= 1


def _here(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """What a short question asks: what the articles shown tell when they have all of its words, else any article."""
    told = around.told_of(question, conversation, sources, all_of_it=True)
    if told or question.wants is None:
        return told or _anywhere(question, conversation, sources)
    return around.told_of(question, conversation, sources) or _anywhere(question, conversation, sources)


def _closest(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """What in the articles shown comes closest to a question, however far it is from it."""
    search, shown = sources.search(question), set(conversation.articles)
    sentences = [find for find in sources.sentences(search) if find.cached.article.id in shown]
    told = [(relevance(search.asked, find, "sentence"), find) for find in sentences]
    said = sources.said_in(search, conversation.articles)
    words = [(relevance(search.asked, find, "quotation"), find) for find in said]
    best = sources.once(ranked([*told, *words]), CLOSEST)
    return fact.told(fact.voiced(best, question, search, sources), search, sources) if best else Findings("silent")


def _said(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """What somebody said: on the topic, else, when the topic was not their own, beside it in the articles shown."""
    person, search = question.people[0], sources.search(question)
    said = sources.said_by(person, search)
    if not said:
        return statement.spoken_for(person, search, sources) or refused(person)
    if lean.place:
        return Findings("said", sources.once(_at(lean.place, search, said, sources), MOST), person)
    if not question.topic.strip() or not search.asked.words:
        return _of_verb(question, _shown_there(said, conversation) or newest(said), conversation, sources)
    if best := sources.on_topic(search, said):
        there = _shown_there(said, conversation) if _leans_on_claim(lean, conversation) else []
        found = dict.fromkeys([*best, *_replies(there, conversation, search)])
        return Findings("said", sources.once(list(found), MOST), person)
    return _on_something_else(question, lean, said, conversation, sources)


def _on_something_else(
    question: Question, lean: Lean, said: Sequence[Find], conversation: Conversation, sources: Sources
) -> Findings:
    """What somebody said who did not speak of the topic: at the time asked for, else beside it where that may be."""
    person, search = question.people[0], sources.search(question)
    if question.scope:
        return Findings("beside", sources.nearest(search, said, MOST), person)
    return _beside(person, search, said, conversation, sources) if lean.topic else Findings("not_about", (), person)


def _beside(
    person: AskedPerson, search: Search, said: Sequence[Find], conversation: Conversation, sources: Sources
) -> Findings:
    """What somebody said on something else in the articles shown; anywhere when none was shown."""
    beside = _shown_there(said, conversation) if conversation.articles else said
    if beside:
        return Findings("beside", sources.once(_replies(beside, conversation, search), MOST), person)
    return Findings("not_about", (), person)


def _leans_on_claim(lean: Lean, conversation: Conversation) -> bool:
    """Tell whether a topic is but a claim that was checked, narrower than what others are asked about."""
    return lean.topic and conversation.answered is not None and conversation.answered.kind == "check"


def _shown_there(finds: Sequence[Find], conversation: Conversation) -> list[Find]:
    """The finds in the articles that the last answer shows."""
    return [find for find in finds if find.cached.article.id in conversation.articles]


def _at(place: str, search: Search, said: Sequence[Find], sources: Sources) -> list[Find]:
    """What was said at a time or place: in the articles that have most of its words, on the topic first."""
    asked = set(query_terms(place))
    held = {find: len(asked & find.cached.terms_of(0, len(find.cached.article.text))) for find in said}
    there = [find for find in said if held[find] == max(held.values())]
    return sources.best("statement", search, there, "own") or newest(there)


def _of_verb(question: Question, said: Sequence[Find], conversation: Conversation, sources: Sources) -> Findings:
    """What somebody did by saying it ("promised"); of another verb ("presides"), what the articles tell of it."""
    person, asked = question.people[0], set(query_terms(question.verb))
    own = [find for find in said if find.quotation and asked & set(query_terms(find.quotation.cue or ""))]
    if not own and asked and not question.act:
        deed = replace(question, kind="fact", topic=question.verb)
        if found := around.told_of(deed, conversation, sources):
            return found
    first = own or statement.of_act(question.act, said)
    return Findings("said", sources.once(first, MOST), person)


def _numbered(number: int, conversation: Conversation, sources: Sources) -> Findings:
    """The words at a place of the last answer."""
    cited = conversation.cited
    if not -len(cited) <= number < len(cited):
        return Findings("no_such", asked=None, total=len(cited))
    find = sources.find_of(cited[number])
    return Findings("said", (find,)) if find else Findings("silent")


def _else(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """What else there is of the same person, or on the same topic."""
    found = _all_of(question, sources)
    left = [find for find in found if not is_told(find, conversation)]
    person = question.people[0] if question.people else None
    if not left:
        return Findings("all_shown", (), person, total=len(found))
    there = _shown_there(left, conversation)
    return Findings("said" if person else "spoke", sources.once(list(dict.fromkeys([*there, *left])), MOST), person)


def _others(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """Who else speaks on the same topic, in the articles shown first."""
    speakers = {None, *(cited.speaker for cited in conversation.told)}
    search = sources.search(question)
    there = [find for find in sources.said_in(search, conversation.articles) if find.speaker not in speakers]
    found = [find for find in _all_of(question, sources) if find.speaker not in speakers]
    on_topic = [find for find in there if find in found]
    left = list(dict.fromkeys([*on_topic, *found])) or _replies(there, conversation, search)
    return Findings("spoke", sources.once(left, MOST)) if left else Findings("no_reply")


def _true(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """Whether what was shown is true: who says so, and who denies it in the same articles."""
    shown = [place for cited in conversation.cited if (place := sources.find_of(cited))]
    said = sources.said_in(sources.search(question), conversation.articles)
    denials = [denial for place in shown if (denial := _denial(place, said))]
    verdict: Verdict = "contested" if denials else "uncontested"
    return Findings(verdict, sources.once([*shown, *denials], 2 * MOST)) if shown else Findings("silent")


def _denial(place: Find, said: Sequence[Find]) -> Find | None:
    """What somebody else says in the same article to deny some words, if anything."""
    answer = reply(place, [find for find in said if find.speaker != place.speaker], told_of=True)
    return answer if answer and is_denial(answer) else None


def _next(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """What the same person said next, or what was said next on the topic, by the date of the article."""
    found = sorted(_all_of(question, sources), key=_time)
    shown = [place for cited in conversation.cited if (place := sources.find_of(cited))]
    last = max(map(_time, shown), default=("", 0))
    later = [find for find in found if _time(find) > last and not is_told(find, conversation)]
    person = question.people[0] if question.people else None
    return Findings("said", sources.once(later, MOST), person) if later else Findings("nothing_later", (), person)


def _all_of(question: Question, sources: Sources) -> list[Find]:
    """All that a question's person said, on its topic when it has one; without a person all that is on its topic."""
    search = sources.search(question)
    if not question.people:
        return sources.best("aggregate", search, sources.statements(search))
    said = sources.said_by(question.people[0], search, whole=True)
    return sources.best("statement", search, said, "own") if question.topic.strip() else newest(said)


def _reply(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """What others, or another, say in the same articles to the one whose words were shown."""
    search = sources.search(question)
    if question.people:
        return _reply_of(question, search, conversation, sources)
    speakers = {None, *(cited.speaker for cited in conversation.cited)}
    said = sources.said_in(search, conversation.articles)
    denials = _denials_of_others(said, conversation, sources)
    others = [find for find in said if find.speaker not in speakers or find in denials]
    best = _replies(_of_gender(lean.gender, others, conversation), conversation, search)
    return Findings("said", sources.once(best, MOST)) if best else Findings("no_reply")


def _denials_of_others(said: Sequence[Find], conversation: Conversation, sources: Sources) -> list[Find]:
    """The denials shown of another's words: nobody replies to themselves."""
    shown = [find for find in said if _is_shown(find, conversation) and is_denial(find)]
    return [find for find in shown if _denies_another(find, said, sources)]


def _denies_another(denial: Find, said: Sequence[Find], sources: Sources) -> bool:
    """Tell whether another's words tell of who denies, or stand right before the denial."""
    there = [find for find in said if find.cached is denial.cached]
    before = [find for find in there if find.end <= denial.start][-1:]
    name = denial.speaker or ""
    called = sources.called(AskedPerson(name, name, "speaker"))
    others = (find for find in there if find.speaker not in (None, denial.speaker))
    return any(find in before or tells_of(find, there, called) for find in others)


def _of_gender(gender: str, finds: Sequence[Find], conversation: Conversation) -> list[Find]:
    """The finds whose speaker is of a gender; all when none is asked for."""
    fitting = {figure.name for figure in conversation.present if figure.gender == gender}
    return [find for find in finds if not gender or find.speaker in fitting]


def _reply_of(question: Question, search: Search, conversation: Conversation, sources: Sources) -> Findings:
    """What somebody replied; whether they did not, when that is asked ("Has the contractor answered?")."""
    person = question.people[0]
    said = sources.said_by(person, search)
    best = _replies(_shown_there(said, conversation) or said, conversation, search)
    if not best and question.kind == "check" and (silent := declined(person, search, sources)):
        return Findings("declined", silent, person)
    return Findings("said", sources.once(best, MOST), person) if best else refused(person)


def _replies(finds: Sequence[Find], conversation: Conversation, search: Search) -> list[Find]:
    return ranked((_answers(find, conversation, search), find) for find in finds)


def _answers(find: Find, conversation: Conversation, search: Search) -> float:
    """How well words answer those shown: their verb says so, they name who spoke, they come next, on the topic."""
    cue = find.quotation.cue if find.quotation else None
    first, last = find.cached.sentences[find.cached.sentence_at(find.start)]
    sentence = fold(find.cached.article.text[first:last])
    named = bool(conversation.speakers) and conversation.speakers[0].surname in sentence
    acted = speech_act(cue or "") in ("answer", "deny")
    return acted + named + behind_shown(find, conversation) + relevance(search.asked, find, "quotation")


def behind_shown(find: Find, conversation: Conversation) -> float:
    """How closely words stand behind those that the last answer shows: 1 to 0."""
    ends = [cited.end for cited in conversation.cited if cited.article.id == find.cached.article.id]
    behind = min((find.start - end for end in ends if find.start >= end), default=None)
    return 0.0 if behind is None else math.exp(-behind / PARAGRAPH)


def _author(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    """Who said what was shown: the speakers of the words in it, else of words on the topic in the same articles."""
    search = sources.search(question)
    said = sources.said_in(search, conversation.articles)
    shown = [find for find in said if find.speaker and _is_shown(find, conversation)]
    if not shown or any(cited.quotation for cited in conversation.cited):
        on_topic = sources.best("speaker", search, said) or _by_relevance(search, said)[:1]
        shown = on_topic or shown
    return Findings("said", sources.once(shown, MOST)) if shown else Findings("nobody")


def _why(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    return around.told_around("reason", conversation, sources) or Findings("no_reason")


def _when(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    return around.told_around("time", conversation, sources) or around.dated(conversation, sources)


def _where(question: Question, lean: Lean, conversation: Conversation, sources: Sources) -> Findings:
    return around.told_around("place", conversation, sources) or Findings("no_place")


def _by_relevance(search: Search, finds: Sequence[Find]) -> list[Find]:
    return ranked((relevance(search.asked, find, "own"), find) for find in finds)


def _time(find: Find) -> tuple[str, int]:
    return str(find.cached.article.published or ""), find.start


def is_told(find: Find, conversation: Conversation) -> bool:
    """Tell whether words were shown in the conversation."""
    return any(_overlap(cited, find) for cited in conversation.told)


def _is_shown(find: Find, conversation: Conversation) -> bool:
    """Tell whether words stand in what the last answer shows."""
    return any(_overlap(cited, find) for cited in conversation.cited)


def _overlap(cited: Citation, find: Find) -> bool:
    return cited.article.id == find.cached.article.id and cited.start < find.end and find.start < cited.end


_OF_WHAT_WAS_CITED: frozenset[Move] = frozenset({"why", "when", "where", "reply", "author", "true"})
_BEYOND_WHAT_WAS_SHOWN: frozenset[Move] = frozenset({"else", "next", "others"})
_BY_MOVE: Mapping[str, Callable[[Question, Lean, Conversation, Sources], Findings]] = {
    "same": _same,
    "here": _here,
    "closest": _closest,
    "else": _else,
    "others": _others,
    "true": _true,
    "next": _next,
    "why": _why,
    "when": _when,
    "where": _where,
    "reply": _reply,
    "author": _author,
}
"""How each move of a conversation is answered."""
