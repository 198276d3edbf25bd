"""A mention beside some words -> the person or body it stands for, over the whole article.

A surname becomes the full name, a role the person it was given to, a pronoun the person it can only mean;
when nobody fits, the mention stays as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.languages.lexicon import Lexicon
from index.quotations.people.appositions import Appositions
from index.quotations.people.descriptions import Descriptions, describing_noun
from index.quotations.people.documents import Documents, is_ones_own
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.people.entity_table import build_entity_table
from index.quotations.people.introductions import Introductions
from index.quotations.people.name_forms import note_glosses
from index.quotations.people.organisations import Organisations, introduced_bodies
from index.quotations.people.own_names import own_name
from index.quotations.people.pairs import joined_names, last_two, takes_up_two
from index.quotations.people.possessives import Possessives
from index.quotations.people.role_holders import RoleHolders
from index.quotations.people.roles import role_gender
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker, as_speaker
from index.quotations.people.speaker_kinds import kind_of
from index.quotations.people.voices import spoken_through
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import name_in, strip_titles, text_of

_ARTICLE_AND_NOUN = 2


@dataclass(slots=True)
class Resolver:
    """Resolves the mentions of one article, in the order of its text."""

    entity_table: EntityTable
    lex: Lexicon
    state: DiscourseState
    organisations: Organisations
    role_holders: RoleHolders
    appositions: Appositions
    documents: Documents
    descriptions: Descriptions
    introductions: Introductions = field(default_factory=Introductions)
    resolved: dict[tuple[int, int], Speaker | None] = field(default_factory=dict)

    def resolve(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return who a phrase stands for, None when it is a pronoun that nobody fits.

        A phrase is resolved once: whoever it stood for when the reader came to it, it stands for.
        """
        key = (tokens[phrase.first].start, tokens[phrase.last - 1].end)
        if key not in self.resolved:
            self.resolved[key] = self._of_kind(tokens, phrase, self._resolve(tokens, phrase, position))
        return self.resolved[key]

    def _of_kind(self, tokens: Sequence[Token], phrase: Phrase, speaker: Speaker | None) -> Speaker | None:
        """Return a speaker without a name as the kind that the noun of the phrase tells."""
        if speaker is None or speaker.entity is not None or phrase.pronoun or speaker is self.introductions.pair:
            return speaker
        capital_alone = speaker.kind == "body" and tokens[phrase.head].pos == "NOUN"  # "Officials said"
        if speaker.kind != "person" and not capital_alone:
            return speaker
        kind = kind_of(describing_noun(tokens, phrase, self.lex), speaker.plural, self.lex)
        return speaker if kind == "person" else replace(speaker, kind=kind)

    def _resolve(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        low = text_of(tokens, phrase.first, phrase.last).lower()
        if low in self.lex.words["grammar.pronouns_latter"]:
            return self.state.latter(tokens, phrase, position)
        first = self.lex.has("grammar.first_of_two", low)
        if first or self.lex.has("grammar.second_of_two", low):
            of_two = self.state.of_two(first, position)
            if of_two is not None:
                return of_two
        if phrase.pronoun or is_ones_own(tokens, phrase, self.lex):
            return self.state.pronoun(tokens[phrase.first].low, position)
        return self._by_words(tokens, phrase, position)

    def _by_words(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return who a phrase that is no pronoun stands for."""
        return (
            spoken_through(tokens, phrase, position, self.resolve, self.lex)
            or self._pair(tokens, phrase, position)
            or self.documents.author(tokens, phrase, position, self.resolve)
            or self.appositions.before(tokens, phrase, position)
            or self._of_noun(tokens, phrase, position)
        )

    def _pair(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return two people who speak as one, or the last two who did, when the phrase takes them up."""
        pair = joined_names(tokens, phrase, self.entity_table, self.lex)
        self.introductions.pair = pair or self.introductions.pair
        if pair is None and not takes_up_two(tokens, phrase, self.lex):
            return self.introductions.pair_at(tokens, phrase, self.lex)
        det = tokens[phrase.first].low
        known = self.lex.has("determiners.definite_plural", det) or self.lex.has(
            "determiners.demonstrative_plural", det
        )
        if self.introductions.pair is None and known:
            self.introductions.pair = last_two(position, self.entity_table, self.lex)
        return self.introductions.pair

    def _of_noun(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker:
        return (
            self.introductions.find(tokens, phrase, self.lex)
            or own_name(tokens, phrase, self.entity_table, self.lex)
            or self._place(tokens, phrase, position)
            or self._named(tokens, phrase, position)
            or self.descriptions.described(tokens, phrase, position)
        )

    def _named(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        found = name_in(tokens, phrase, self.lex)
        holder = (
            self.appositions.named_last(tokens, phrase, position)
            if found is None
            else self.appositions.behind_noun(tokens, phrase, position)
        )
        if holder is not None:
            return holder
        if found is None or _possesses(tokens, found[1], phrase, self.lex):
            return self.appositions.after(tokens, phrase, position)
        if self._is_attribute(tokens, found[1], phrase):
            return self._attributed(tokens, phrase, position)
        return self._of_name(tokens, phrase, *found, position)

    def _of_name(
        self, tokens: Sequence[Token], phrase: Phrase, first: int, last: int, position: Position
    ) -> Speaker | None:
        """Return who bears the name that stands from ``first`` to ``last`` within a phrase."""
        start = strip_titles(tokens, first, last, self.lex)
        words = text_of(tokens, start, last).split()
        entities = self.entity_table.named(words)
        gender = self._title_gender(tokens, phrase, start)
        persons = [e for e in entities if e.kind == "person"]
        persons = self._titled(tokens, phrase.first, start, persons) or persons
        if not gender and start == phrase.first and self.state.tells_apart(persons, position):
            return Speaker(" ".join(words), None)  # "Pike said", of an article that names both Pikes with their titles
        person = self.state.choose(persons, gender, position)
        if person is not None:
            return as_speaker(person)
        apposed = self.appositions.after(tokens, phrase, position)
        if apposed is not None:
            return apposed
        return self.organisations.named(tokens, phrase, entities)

    def _is_attribute(self, tokens: Sequence[Token], end: int, phrase: Phrase) -> bool:
        """Tell whether a name only tells whose a role or body is: "the Hask professor", "the Okafor government"."""
        head = tokens[phrase.head]
        before_head = end <= phrase.head == phrase.last - 1 and not head.capital
        return before_head and not self.lex.has("persons.plain", head.low) and self.lex.has("roles.speaking", head.low)

    def _attributed(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return who a role or a body behind a name is: not the one of that name."""
        apposed = self.appositions.after(tokens, phrase, position)
        if apposed is not None:
            return apposed
        head = tokens[phrase.head]
        if self.lex.has("roles.any", head.low) and head.number != "Plur":
            return None
        return Speaker(self.organisations.without_article(tokens, phrase), None, kind="body")

    def _place(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return the place named just before, for "the city", "la Ville"."""
        two = phrase.last - phrase.first == _ARTICLE_AND_NOUN
        definite = two and self.lex.has("determiners.definite", tokens[phrase.first].low)
        if not definite or not self.lex.has("roles.places", tokens[phrase.head].low):
            return None
        before = [m for m in self.entity_table.mentions if m.offset < position.offset]
        near = [m.entity for m in before if m.entity.kind == "place" and position.paragraph - m.paragraph <= 1]
        return as_speaker(near[-1]) if near else None

    def _titled(self, tokens: Sequence[Token], first: int, start: int, persons: Sequence[Entity]) -> list[Entity]:
        """Return those of several namesakes whose trade the title before the name is: "Dr Pike", "Mayor Pike"."""
        titles = {t.low.rstrip(".") for t in tokens[first:start]}
        trades = titles.union(*(self.lex.kinds.get(t, frozenset()) for t in titles))
        return [e for e in persons if e.roles & trades] if len(persons) > 1 else []

    def _title_gender(self, tokens: Sequence[Token], phrase: Phrase, start: int) -> str:
        for i in range(phrase.first, start):
            if self.lex.has("names.feminine_titles", tokens[i].text):
                return "Fem"
            if self.lex.has("names.masculine_titles", tokens[i].text):
                return "Masc"
            if self.lex.has("roles.any", tokens[i].low):
                return role_gender(tokens[i], tokens[i - 1] if i > phrase.first else None, self.lex)
        return ""


def _possesses(tokens: Sequence[Token], end: int, phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether a name is the owner's: "Pike's lawyer"."""
    return end < phrase.last and lex.has("determiners.genitive", tokens[end].low)


def open_resolver(paragraphs: Sequence[Paragraph], lex: Lexicon, starts: Sequence[int]) -> Resolver:
    """Return the resolver of an article whose sentences begin at ``starts``."""
    entity_table = build_entity_table(paragraphs, lex)
    note_glosses(entity_table, paragraphs)
    state = DiscourseState(entity_table, lex, list(starts))
    organisations = Organisations(state, introduced=introduced_bodies(paragraphs, lex))
    role_holders = RoleHolders(entity_table, lex, state)
    possessives = Possessives(entity_table, lex, state)
    return Resolver(
        entity_table,
        lex,
        state,
        organisations,
        role_holders,
        Appositions(entity_table, lex, state, organisations),
        Documents(entity_table, lex, state, paragraphs),
        Descriptions(entity_table, lex, state, organisations, role_holders, possessives),
    )
