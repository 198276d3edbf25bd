"""A mention beside some words -> the person or body it stands for, over the whole article.

A surname becomes the full name, a role the person it was given to, a pronoun the person it can only mean;
when nobody fits, the mention stays as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.languages.lexicon import Lexicon
from index.quotations.people.appositions import Appositions
from index.quotations.people.documents import Documents
from index.quotations.people.entities import Entity, EntityTable, build_entity_table
from index.quotations.people.introductions import Introductions
from index.quotations.people.name_forms import note_glosses
from index.quotations.people.organisations import Organisations, introduced_bodies
from index.quotations.people.own_names import own_name
from index.quotations.people.pairs import joined_names, last_two, takes_up_two
from index.quotations.people.role_holders import RoleHolders
from index.quotations.people.roles import role_gender
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker, as_speaker
from index.quotations.people.speaker_kinds import kind_of
from index.quotations.people.voices import spoken_through
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import name_in, strip_titles, text_of


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
        kind = kind_of(self._noun(tokens, phrase), speaker.plural, self.lex)
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
        if phrase.pronoun:
            return self.state.pronoun(tokens[phrase.head].low, position)
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
        if self.introductions.pair is None and tokens[phrase.first].low in ("les", "ces"):
            self.introductions.pair = last_two(position, self.entity_table)
        return self.introductions.pair

    def _of_noun(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker:
        return (
            self.introductions.find(tokens, phrase, self.lex)
            or own_name(tokens, phrase, self.entity_table, self.lex)
            or self._place(tokens, phrase, position)
            or self._named(tokens, phrase, position)
            or self._described(tokens, phrase, position)
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
        if found is None or _possesses(tokens, found[1], phrase):
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
        return before_head and head.low not in ("man", "woman") and self.lex.has("roles.speaking", head.low)

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
        definite = phrase.last - phrase.first == 2 and tokens[phrase.first].low in ("la", "le", "l'", "the")
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

    def _described(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker:
        """Resolve "la ministre", "son avocat", "the company", "un témoin"."""
        written = text_of(tokens, phrase.first, phrase.last)
        det = tokens[phrase.first]
        noun = self._noun(tokens, phrase)
        other = self.lex.has("nouns.others", noun.low) and self.lex.has("grammar.possessive", det.low)
        if other or self.lex.has("nouns.answers", noun.low):
            return self.state.answerer(position) or Speaker(written)
        gender = role_gender(noun, det if det is not noun else None, self.lex)
        plural = noun.number == "Plur" or det.low in ("les", "des", "ces", "ses", "leurs")
        if phrase.first + 1 < phrase.head and tokens[phrase.first + 1].low in ("même", "same"):
            return self.role_holders.unnamed.get(noun.low) or Speaker(written, None, gender, plural)
        if self.lex.has("grammar.possessive", det.low):
            return self._possessed(tokens, phrase, noun, gender, position)
        contracted = det is noun and phrase.first > 0 and tokens[phrase.first - 1].low in ("du", "au")
        definite = (
            contracted
            or det.low in ("le", "la", "l'", "the", "ce", "cet", "cette", "this")
            or (self.lex.lang == "en" and (det is noun or det.pos in ("NOUN", "ADJ", "PROPN")))
        )
        if not definite or plural or any(t.low in ("'s", "'") for t in tokens[phrase.first : phrase.last]):
            speaker = self.role_holders.named_next(tokens, phrase, noun, gender, position) or Speaker(
                written, None, gender, plural
            )
            if (
                speaker.entity is None
                and not plural
                and det.low in ("un", "une", "a", "an", "one")
                and self.lex.has("roles.any", noun.low)
            ):
                self.role_holders.unnamed[noun.low] = speaker
                self.role_holders.unnamed[text_of(tokens, phrase.head, phrase.last).lower()] = speaker
            return speaker
        if self.lex.has("roles.firms", noun.low):
            return Speaker(self.organisations.described(tokens, phrase, noun.low, position), None, gender, kind="body")
        role = self.lex.has("roles.any", noun.low.removeprefix("ex-")) or noun.low.endswith("-year-old")
        apposed = any(noun.low in e.roles for e in self.entity_table.entities if e.kind == "person")
        if role or (apposed and not self.lex.has("roles.bodies", noun.low)):
            known = self.role_holders.holder(tokens, phrase, noun, gender, position)
            if known is not None:
                return known
        text = self.organisations.without_article(tokens, phrase)
        if self.lex.has("roles.any", noun.low) and phrase.last > phrase.head + 2 and position.paragraph > 0:
            self.role_holders.described[noun.low] = Speaker(text, None, gender)
        if self.lex.has("roles.bodies", noun.low):
            return Speaker(self.organisations.described(tokens, phrase, noun.low, position), None, gender, kind="body")
        return Speaker(text, None, gender)

    def _noun(self, tokens: Sequence[Token], phrase: Phrase) -> Token:
        """Return the noun that tells what the phrase is: a role or a body, else its head."""
        head = tokens[phrase.head]
        if self.lex.has("roles.speaking", head.low):
            return head
        limit = phrase.last
        for i in range(phrase.first, phrase.last):
            if tokens[i].low in ("de", "du", "des", "d'", "of", "for", "at"):
                limit = i
                break
        nouns = [t for t in tokens[phrase.first : limit] if self.lex.has("roles.speaking", t.low)]
        return (nouns[-1] if self.lex.lang == "en" else nouns[0]) if nouns else head

    def _kin_of(self, owner: Speaker | None, noun: Token, gender: str) -> Entity | None:
        """Return the only other person of the same surname, when a noun of kinship can mean nobody else: "his wife"."""
        if owner is None or owner.entity is None or not self.lex.has("kin.all", noun.low):
            return None
        surname = owner.entity.parts[-1]
        family = [
            e
            for e in self.entity_table.entities
            if e.kind == "person" and e is not owner.entity and len(e.parts) > 1 and e.parts[-1] == surname
        ]
        fit = [e for e in family if not gender or e.gender in ("", gender)]
        return fit[0] if len(fit) == 1 else None

    def _possessed(
        self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position
    ) -> Speaker:
        if self.lex.has("roles.any", noun.low):
            role_holders = [
                e
                for e in self.entity_table.entities
                if e.kind == "person"
                and (noun.low in e.roles or e.roles & self.lex.kinds.get(noun.low, frozenset()))
                and (not gender or e.gender in ("", gender))
            ]
            owner = self.state.candidates({"his": "Masc", "her": "Fem"}.get(tokens[phrase.first].low, ""), position)
            role_holders = [e for e in role_holders if owner is None or e is not owner.entity]
            if len(role_holders) == 1:
                return as_speaker(role_holders[0])
        det = tokens[phrase.first].low
        owner = self.state.candidates({"his": "Masc", "her": "Fem"}.get(det, ""), position)
        kin = self._kin_of(owner, noun, gender)
        if kin is not None:
            return Speaker(kin.name, kin, kin.gender or gender)
        rest = text_of(tokens, phrase.first + 1, phrase.last)
        if owner is None or owner.entity is None or det in ("leur", "leurs", "their", "its", "our", "my", "your"):
            return Speaker(text_of(tokens, phrase.first, phrase.last), None, gender)
        if self.lex.lang == "en":
            return Speaker(f"{owner.name}'s {rest}", None, gender)
        link = "d'" if owner.name[:1].lower() in "aeiouéèêàâîôûh" else "de "
        return Speaker(f"{rest} {link}{owner.name}", None, gender)


def _possesses(tokens: Sequence[Token], end: int, phrase: Phrase) -> bool:
    return end < phrase.last and tokens[end].low in ("'s", "'", "’s")


def open_resolver(paragraphs: Sequence[Paragraph], lex: Lexicon, starts: Sequence[int]) -> Resolver:
    """Return the resolver of an article whose sentences begin at ``starts``."""
    entity_table = build_entity_table(paragraphs, lex)
    note_glosses(entity_table, paragraphs)
    state = DiscourseState(entity_table, lex, list(starts))
    organisations = Organisations(state, introduced=introduced_bodies(paragraphs, lex))
    return Resolver(
        entity_table,
        lex,
        state,
        organisations,
        RoleHolders(entity_table, lex, state),
        Appositions(entity_table, lex, state, organisations),
        Documents(entity_table, lex, state, paragraphs),
    )
