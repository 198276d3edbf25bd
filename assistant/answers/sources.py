"""Where answers are looked for: who said what in all articles, and what of it is relevant enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeVar

from rapidfuzz import fuzz

from assistant.answers.claims import TURNED, Claim, Difference, Said, claim_of, likeness
from assistant.answers.order import ranked
from assistant.models import Citation, Elsewhere
from assistant.question import ANYWHERE, AskedPerson, Question, Scope
from assistant.search.asked import Asked
from assistant.search.name_words import is_persons, name_words
from assistant.search.near_duplicates import elsewhere, once
from assistant.search.offices import translated
from assistant.search.relevance import Find, alike_enough, compared, is_on_head, passes, relevance
from assistant.search.retriever import EACH_WAY, Retriever, Search
from assistant.search.scope import in_scope
from assistant.search.speakers import SpeakerIndex, has_role
from assistant.search.spokespeople import speaks_for
from index import typography
from index.catalog import Extent, Order
from index.models import Tally

T = TypeVar("T")
Place = tuple[str, int, int, str | None]
"""An article, where words begin and end in it, and who says them."""
RECKONED = 100
"""Speakers whose other names are looked for when all who are quoted are counted."""
NAMED = 0.99
"""The share of the asked words, by rarity, that the neighbours of words name when these are about them."""
MOST_NAMING = 5
"""Articles that name a body in which those are looked for who speak for it."""
NEWEST = 6
"""Quotations of each speaker that are looked at where the newest are shown."""
OPENED = 3
"""Articles that are opened for each that is shown: some are near-duplicates of others."""
MOST_REPETITIONS = 20
"""Near-duplicates of an article that are looked through for the same words."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What was looked up for one answer."""

    searches: dict[Question, Search] = field(default_factory=dict)
    sentences: dict[int, list[Find]] = field(default_factory=dict)
    statements: dict[int, list[Find]] = field(default_factory=dict)
    elsewhere: dict[Place, tuple[Elsewhere, ...]] = field(default_factory=dict)
    said: dict[tuple[int, frozenset[str], int | None], tuple[list[Find], Extent]] = field(default_factory=dict)
    said_in: dict[tuple[int, tuple[str, ...]], list[Find]] = field(default_factory=dict)
    naming: dict[tuple[int, str, str | None], list[Find]] = field(default_factory=dict)


class Sources:
    """The quotations and sentences of all articles, by who said them and by how well they answer.

    What near-duplicates of an article say in the same words is found once, with where else it stands.

    Args:
        scope: the outlet, the language and the times of which the quotations are.
        everything: all that is found is to be shown, not the first of it.
    """

    def __init__(
        self,
        retriever: Retriever,
        speaker_index: SpeakerIndex,
        scope: Scope = ANYWHERE,
        everything: bool = False,
        known: _Known | None = None,
    ) -> None:
        self._retriever = retriever
        self._speaker_index = speaker_index
        self._scope = scope
        self._everything = everything
        self._known = known or _Known()

    def within(self, scope: Scope, everything: bool = False) -> Self:
        """The same articles, of which what is of a scope is looked at alone."""
        shown = self._everything or everything
        return type(self)(self._retriever, self._speaker_index, scope, shown, self._known)

    def search(self, question: Question) -> Search:
        """Find the passages for a question, by its words and its topic alone; once for an answer."""
        text = question.typed or question.text
        asked = Question(text, question.lang, "fact", about=question.about, topic=question.topic, wants=question.wants)
        if asked not in self._known.searches:
            self._known.searches[asked] = self._retriever.search(question)
        return self._known.searches[asked]

    def best(self, kind: str, search: Search, finds: Iterable[Find], model: str = "quotation") -> list[Find]:
        """The finds that are relevant enough for a kind of question, by one of the models, the most relevant first.

        Only articles that hold the proper names in what is asked about come into question.
        """
        named = [find for find in finds if search.asked.names_are_in(find.cached)]
        return self.passed(kind, model, compared(search.asked, named), named)

    def on_topic(self, search: Search, said: Sequence[Find]) -> list[Find]:
        """What of somebody's words is on the topic; if none is, those whose neighbours name all of it."""
        best = self.best("statement", search, said, "own")
        if not any(is_on_head(search.asked, find) for find in best):
            best = []
        return best or self.beside_topic(search, said)

    def beside_topic(self, search: Search, finds: Iterable[Find]) -> list[Find]:
        """The finds of which the sentence before or the title name all that is asked about, the most relevant first."""
        asked = search.asked
        alike = (find for find in finds if find.cached.article.lang == asked.lang and asked.names_are_in(find.cached))
        beside = [find for find in alike if asked.coverage(find.behind) >= NAMED]
        return ranked((relevance(asked, find, "own"), find) for find in beside)

    def passed(self, kind: str, model: str, asked: Asked, finds: Sequence[Find]) -> list[Find]:
        """The finds that pass the bar of a kind of question by one of the models, the most relevant first."""
        scored = [(relevance(asked, find, model), find) for find in finds]
        return ranked((score, find) for score, find in scored if passes(kind, score, asked, find))

    def once(self, finds: Sequence[Find], most: int) -> tuple[Find, ...]:
        """The first so many finds, or all that are asked for, each of a story's words once."""
        stories = self._retriever.stories({find.cached.article.id for find in finds}) if len(finds) > 1 else {}
        return tuple(self.first(once(finds, stories), most))

    def first(self, found: Sequence[T], most: int) -> Sequence[T]:
        """The first so many of anything, or all when that is asked for."""
        return found if self._everything else found[:most]

    def elsewhere(self, find: Find) -> tuple[Elsewhere, ...]:
        """Where the words of a find stand too, in near-duplicates of its article and in copies; once for an answer."""
        place = find.cached.article.id, find.start, find.end, find.speaker
        if place not in self._known.elsewhere:
            others = self._retriever.near_duplicates(find, MOST_REPETITIONS)
            repetitions = self._retriever.repetitions(find, others)
            self._known.elsewhere[place] = elsewhere(find, repetitions, self._retriever.copies(find))
        return self._known.elsewhere[place]

    def statements(self, search: Search) -> list[Find]:
        """The quotations of the best articles and the nearest of all; of a scope, those of its best articles."""
        if not self._scope:
            if id(search) not in self._known.statements:
                self._known.statements[id(search)] = self._retriever.statements(search)
            return self._known.statements[id(search)]
        return in_scope(self._scope, self._retriever.statements_within(search, self._scope))

    def sentences(self, search: Search) -> list[Find]:
        """The sentences of the best passages; read once for an answer."""
        if id(search) not in self._known.sentences:
            self._known.sentences[id(search)] = self._retriever.sentences(search)
        return in_scope(self._scope, self._known.sentences[id(search)])

    def tally(self, search: Search) -> list[Tally]:
        """Everybody who is quoted, with how often under whatever name, those most often first."""
        tallies = self._retriever.tally(search, self._scope)
        counts = {tally.name: tally.quotations for tally in tallies}
        kept: dict[str, Tally] = {}
        others: set[str] = set()
        for tally in tallies[:RECKONED]:
            if tally.name not in others:
                names = self._speaker_index.of(AskedPerson(tally.name, tally.name, "speaker"))
                others |= names - {tally.name}
                kept[tally.name] = replace(tally, quotations=sum(counts.get(name, 0) for name in names))
        rest = [tally for tally in tallies[RECKONED:] if tally.name not in others]
        return [*sorted(kept.values(), key=lambda tally: -tally.quotations), *rest]

    def of_speakers(self, search: Search, speakers: Sequence[str]) -> dict[str, list[Find]]:
        """The quotations of some speakers, of each by itself, in their order."""
        if self._scope or self._everything:
            people = [AskedPerson(speaker, speaker, "speaker") for speaker in speakers]
            return {person.name: self.said_by(person, search) for person in people}
        names = {speaker: self._speaker_index.of(AskedPerson(speaker, speaker, "speaker")) for speaker in speakers}
        return {speaker: self._retriever.said_by(search, names[speaker], NEWEST)[0] for speaker in speakers}

    def articles(self, question: Question, search: Search, most: int) -> tuple[list[Find], int]:
        """The articles that quote the people of a question, on its topic, or mention this; all when it has neither.

        Each is found with the words, or with the sentence, that tell most of what is asked.

        Returns:
            the first so many of them at least, in the order that is asked for, and how many there are.
        """
        if question.people:
            found = self._quoting(question, search)
            return found, len(found)
        named = next((person for person in question.about if person.known != "unknown"), None)
        words = question.topic.replace(named.as_typed, " ") if named else question.topic
        order: Order = "oldest" if question.order == "oldest" else "newest"
        opened = None if self._everything else most * OPENED
        return self._retriever.articles(search, self._scope, words, named.name if named else None, opened, order)

    def _quoting(self, question: Question, search: Search) -> list[Find]:
        """The first words of the people of a question in each article, on its topic where it has one."""
        said = [find for person in question.people for find in self.said_by(person, search, whole=True)]
        on_topic = self.best("statement", search, said, "own") if question.topic.strip() else said
        return list({find.cached.article.id: find for find in reversed(on_topic)}.values())

    def speakers(self, person: AskedPerson) -> set[str]:
        """The speakers that a question's person may be, by name."""
        return self._speaker_index.of(person)

    def attributed(self, find: Find) -> Find:
        """A sentence as the words of who says its answer, when that is told; else as it is."""
        said = self._retriever.quotation_around(find)
        return replace(find, start=said.start, end=said.end, quotation=said) if said else find

    def voiced(self, find: Find, search: Search) -> Find:
        """A sentence as the words of who says in it what is asked; as it is when nobody is quoted on that."""
        if find.strong or find.quotation:
            return self.attributed(find)
        cached, asked = find.cached, search.asked
        whole = cached.terms_of(find.start, find.end)
        said = [
            one
            for one in self.said_in(search, [cached.article.id])
            if one.speaker and find.start <= one.start and one.end <= find.end
            if asked.said_by_part(cached.terms_of(one.start, one.end) | _terms_of_mention(one, find), whole)
        ]
        return max(said, key=lambda one: one.end - one.start, default=find)

    def said_in(self, search: Search, articles: Sequence[str]) -> list[Find]:
        """The quotations of some articles, in their order; read once for an answer."""
        asked = id(search), tuple(articles)
        if asked not in self._known.said_in:
            self._known.said_in[asked] = self._retriever.said_in(search, articles)
        return self._known.said_in[asked]

    def sentences_in(self, search: Search, articles: Sequence[str]) -> list[Find]:
        """The sentences of some articles, in their order."""
        return self._retriever.sentences_in(search, articles)

    def find_of(self, cited: Citation) -> Find | None:
        """The place of a citation; None when its article was removed."""
        return self._retriever.find_of(cited)

    def said_by(self, person: AskedPerson, search: Search, whole: bool = False) -> list[Find]:
        """What somebody said by name, of very much what may be shown; by role, when no name is told.

        ``whole``: all of it, however much, because it is counted.
        """
        names, role = self._speaker_index.of(person), person.role
        alone = role is not None and role == person.name and person.known == "unknown"
        said = in_scope(self._scope, self._said(names, search, whole)[0]) if names else []
        if role is None or said or not alone:
            return said
        return self._of_role(role, search)

    def extent(self, person: AskedPerson, search: Search, finds: Sequence[Find]) -> Extent:
        """How many quotations there are, and from when: of somebody's, when these are all; else of these finds."""
        names = self._speaker_index.of(person)
        said, extent = self._said(names, search) if names and not self._scope else ([], None)
        if extent and len(said) == len(finds):
            return extent
        if extent and len(said) < extent.count:  # of a part of it nobody knows how much is on a topic
            return Extent(0, None)
        return Extent.of(_days(finds))

    def _said(self, names: Collection[str], search: Search, whole: bool = False) -> tuple[list[Find], Extent]:
        """What speakers said, or of very much what may be shown, and how much there is; once for an answer."""
        each = None if whole or self._everything or self._scope else EACH_WAY
        asked = id(search), frozenset(names), each
        if asked not in self._known.said:
            self._known.said[asked] = self._retriever.said_by(search, names, each)
        return self._known.said[asked]

    def _of_role(self, role: str, search: Search) -> list[Find]:
        """What those said to whom the articles give a role, else those near whom it stands."""
        if held := self._of_holders(role, search):
            return held
        if self.spoken_for(AskedPerson(role, role, role=role), search):  # the words of others than who stand near it
            return []
        finds = self.statements(search)
        said = {(find.cached.article.id, find.speaker): find for find in finds}
        holders = {who for who, find in said.items() if find.speaker and has_role(find.cached, find.speaker, role)}
        return [find for find in finds if (find.cached.article.id, find.speaker) in holders]

    def _of_holders(self, role: str, search: Search) -> list[Find]:
        """What those said to whom articles give a role, in the question's language, else in another."""
        if held := in_scope(self._scope, self._retriever.of_holders(search, role)):
            return held
        called = translated(role, search.asked.lang)
        return in_scope(self._scope, self._retriever.of_holders(search, role, called)) if called else []

    def spoken_for(self, body: AskedPerson, search: Search) -> list[Find]:
        """What those say who speak for a body that is not quoted itself, in the articles that name it."""
        if not self._is_body(body):
            return []
        articles = list(dict.fromkeys(find.cached.article.id for find in self.naming(body, search)))[:MOST_NAMING]
        said = [find for find in self.said_in(search, articles) if find.speaker and _is_person(find)]
        return [find for find in said if speaks_for(find.cached, find.speaker or "", body.name)]

    def _is_body(self, body: AskedPerson) -> bool:
        """Tell whether words that a question takes for a speaker call a body: no person's name, nor what people are."""
        known = self._retriever.kinds(body.name)
        if body.role == body.name:
            return not is_persons(body.name)
        return bool(known) and "person" not in known

    def nearest(self, search: Search, finds: Iterable[Find], most: int) -> tuple[Find, ...]:
        """Those of somebody's words that come nearest to what is asked, however far they are from answering it."""
        return self.once(ranked((relevance(search.asked, find, "own"), find) for find in finds), most)

    def naming(self, person: AskedPerson, search: Search) -> list[Find]:
        """The sentences that name somebody, in the articles that mention them, or by role in the best ones.

        They are looked for once for an answer.
        """
        role = None if person.known != "unknown" else person.role
        asked = id(search), person.name, role
        if asked not in self._known.naming:
            self._known.naming[asked] = self._retriever.naming(search, person.name, role)
        return in_scope(self._scope, self._known.naming[asked])

    def claim(self, text: str, lang: str, person: str, exact: bool = False) -> Claim:
        """What a question claims that a person said, with how rare its words are in the articles."""
        return claim_of(text, lang, self._retriever.rarity(text), person, exact)

    def called(self, person: AskedPerson) -> set[str]:
        """The names and roles by which articles call somebody: "Marc Delatour", "Delatour", "maire"."""
        names = {person.name, *self._speaker_index.of(person)}
        roles = {role for name in names for role in self._retriever.roles(name)}
        return names | {name_words(name)[-1] for name in names if name_words(name)} | roles

    def is_named(self, person: AskedPerson, find: Find, search: Search) -> bool:
        """Tell whether the article of a place names somebody who is known; of another language nobody can tell."""
        if person.known == "unknown" or find.cached.article.lang != search.asked.lang:
            return True
        names = {person.name, *self._speaker_index.of(person)}
        return any(find.cached.words.issuperset(name_words(name)) for name in names)

    def same_words(self, search: Search, words: str) -> list[Find]:
        """The quotations that hold some words, typography and small slips apart, the likest first."""
        changed = TURNED | {"words"}
        return [find for find, differences in self._compared(search, words) if not differences & changed]

    def turned(self, search: Search, words: str) -> list[Find]:
        """The quotations that are like some words, but for a negation, a number or a day, the likest first."""
        return [find for find, differences in self._compared(search, words) if differences & TURNED]

    def _compared(self, search: Search, words: str) -> Iterator[tuple[Find, frozenset[Difference]]]:
        """The quotations that are like some words, each with in what it differs from them."""
        for find in self._alike(search, words):
            article = find.cached.article  # words that are quoted are in the language of whoever said them
            held = Said(article.text[find.start : find.end], article.lang)
            yield find, likeness(self.claim(words, article.lang, "", exact=True), held).differences

    def _alike(self, search: Search, words: str) -> list[Find]:
        asked = typography.words(words)
        alike = in_scope(self._scope, self._retriever.alike(search, words))
        scored = [(_likeness(asked, find), find) for find in alike]
        return ranked((score, find) for score, find in scored if alike_enough(score))


def _terms_of_mention(said: Find, within: Find) -> frozenset[str]:
    """The terms of what a sentence calls who says words in it: it may be asked by their function."""
    quotation = said.quotation
    if quotation is None or quotation.mention_start is None or quotation.mention_end is None:
        return frozenset()
    inside = within.start <= quotation.mention_start and quotation.mention_end <= within.end
    return said.cached.terms_of(quotation.mention_start, quotation.mention_end) if inside else frozenset()


def _is_person(find: Find) -> bool:
    return bool(find.quotation and find.quotation.speaker_kind in (None, "person"))


def _days(finds: Iterable[Find]) -> Iterator[date | None]:
    return (find.cached.article.published for find in finds)


def _likeness(asked: str, find: Find) -> float:
    """0 to 100: how far the shorter of the two runs of words stands in the other."""
    held = typography.words(find.cached.article.text[find.start : find.end])
    if len(held) * 2 < len(asked):  # a word or two of the asked ones is no match
        return 0.0
    return fuzz.partial_ratio(asked, held)
