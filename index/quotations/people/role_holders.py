"""Roles -> the persons who hold them: "la ministre", "l'élu", "the engineer"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable, Mention
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of

_NEXT = 3  # paragraphs from a role in the lead to the name
_OFTEN = 2  # mentions that a protagonist has more of


@dataclass(slots=True)
class RoleHolders:
    """Finds who holds the roles that one article speaks of, in the order of its text.

    Attributes:
        unnamed: role -> the source that the article left without a name ("un témoin").
        described: role -> the phrase that described its holder at length.
    """

    entity_table: EntityTable
    lex: Lexicon
    state: DiscourseState
    unnamed: dict[str, Speaker] = field(default_factory=dict)
    described: dict[str, Speaker] = field(default_factory=dict)

    def holder(
        self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position
    ) -> Speaker | None:
        """Return who "la ministre", "l'élu" or "the engineer" is.

        The first of these that there is: whoever the article called so before, a source it left unnamed, whoever was
        mentioned just before, whoever it calls so later. "The spokesman of X" is nobody else than himself.
        """
        called = _speaker(self._called_before(noun, _office(tokens, phrase, self.lex), gender, position), gender)
        known = called or self._unnamed(tokens, phrase, noun)
        if known is not None:
            return known
        taken_up = not self._is_somebody_else(tokens, phrase, noun)
        person = self._taken_up(tokens, phrase, noun, gender, position) if taken_up else None
        if person is None and phrase.last <= phrase.head + 2 and noun.low in self.described:
            return self.described[noun.low]
        person = person or self._named_later(tokens, phrase, noun, gender, position, taken_up)
        return _speaker(person, gender)

    def of_office(self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str) -> Speaker | None:
        """Return the only one of a role in an office: "the bank's president"."""
        within = range(phrase.first, phrase.last)
        owned = next((i for i in within if self.lex.has("determiners.genitive", tokens[i].low)), None)
        if owned is None or tokens[owned + 1 : phrase.last][:1] != [noun]:
            return None  # "the bank's former president", "a member of the council"
        first = phrase.first + self.lex.has("determiners.definite", tokens[phrase.first].low)
        office = {t.low for t in tokens[first:owned]}
        held = [e for e in self._fitting(gender) if noun.low in e.roles and office <= e.offices]
        return _speaker(held[0], gender) if len(held) == 1 else None

    def _called_before(self, noun: Token, office: set[str], gender: str, position: Position) -> Entity | None:
        """Return whom the article called so before, or by a particular noun of the same: "l'élu", once a mayor.

        Of two presidents it is the one of that office: "le président de la banque".
        """
        kinds = self.lex.kinds.get(noun.low, frozenset())
        earlier = self._named_before(position)
        for roles in (frozenset((noun.low,)), kinds):
            fit = [e for e in self._fitting(gender) if e.roles & roles and e.name in earlier]
            person = self.state.choose([e for e in fit if e.offices & office] or fit, gender, position)
            if person is not None:
                return person
        return None

    def _fitting(self, gender: str) -> list[Entity]:
        """Return the persons of the article whom a gender fits."""
        persons = [e for e in self.entity_table.entities if e.kind == "person"]
        return [e for e in persons if not gender or e.gender in ("", gender)]

    def _named_before(self, position: Position) -> set[str]:
        """Return the names that stand before a place."""
        return {m.entity.name for m in self.entity_table.mentions if m.offset < position.offset}

    def _unnamed(self, tokens: Sequence[Token], phrase: Phrase, noun: Token) -> Speaker | None:
        """Return the source that the article left without a name: "le témoin", once "un témoin"."""
        rest = text_of(tokens, phrase.head, phrase.last).lower()
        keys = (rest, noun.low) if phrase.last <= phrase.head + 2 else (rest,)
        return next((self.unnamed[key] for key in keys if key in self.unnamed), None)

    def _taken_up(
        self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position
    ) -> Entity | None:
        """Return whoever was mentioned just before, to whom a role without a holder of its own is given."""
        person = self._last_person(gender, position) if not self._is_new(tokens, phrase) else None
        if person is not None:
            person.roles.add(noun.low)
        return person

    def _named_later(
        self,
        tokens: Sequence[Token],
        phrase: Phrase,
        noun: Token,
        gender: str,
        position: Position,
        taken_up: bool,
    ) -> Entity | None:
        """Return whom the article calls so later, or the only one whom the role can mean."""
        lead = taken_up and position.paragraph <= 1 and not self._of_somebody(tokens, phrase)
        person = self._introduced_next(gender, position) if lead else None
        exact = [e for e in self._fitting(gender) if noun.low in e.roles]
        person = person or self.state.choose(exact, gender, position)
        if person is None and taken_up:
            return self._only_one(tokens, phrase, gender, position)
        return person

    def _only_one(self, tokens: Sequence[Token], phrase: Phrase, gender: str, position: Position) -> Entity | None:
        """Return the only person so far of a gender that the role shows, when the article gave no trade: "la maire"."""
        if not gender or self._is_new(tokens, phrase):
            return None
        earlier = self._named_before(position)
        fit = [e for e in self._fitting(gender) if e.name in earlier]
        return fit[0] if len(fit) == 1 and not fit[0].roles and fit[0].gender else None

    def named_next(
        self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position
    ) -> Speaker | None:
        """Return who "a former clerk" in the lead is, when the next paragraph begins with a name and no trade."""
        single = self.lex.has("determiners.indefinite", tokens[phrase.first].low)
        if not single or position.paragraph > 1 or not self.lex.has("roles.any", noun.low):
            return None
        person = self._introduced_next(gender, position)
        if person is None or any(not self.lex.ends("suffixes.aged", role) for role in person.roles - {noun.low}):
            return None
        person.roles.add(noun.low)
        return _speaker(person, gender)

    def _introduced_next(self, gender: str, position: Position) -> Entity | None:
        """Return whom the lead calls by a role before the article names them: "The treasurer ... Dagmar Vohl, 52,"."""
        next_one = next((m for m in self.entity_table.mentions if self._opens_after(m, position)), None)
        if next_one is None:
            return None
        entity = next_one.entity
        first = min(m.offset for m in self.entity_table.mentions if m.entity is entity) == next_one.offset
        return entity if first and entity.gender in ("", gender or entity.gender) else None

    def _opens_after(self, mention: Mention, position: Position) -> bool:
        """Tell whether a person's name opens a sentence soon after a place."""
        after = mention.offset > position.offset and mention.paragraph - position.paragraph <= _NEXT
        return after and mention.entity.kind == "person" and mention.offset in self.state.starts

    def _of_somebody(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a role is somebody's: "the spokesman of Thrale", "la mère du suspect"."""
        for i in range(phrase.first + 1, phrase.last):
            if self.lex.has("joining.of_somebody", tokens[i - 1].low) and i > phrase.head:
                persons = [e for e in self.entity_table.named([tokens[phrase.last - 1].text]) if e.gender]
                return bool(persons) or self.lex.has("roles.any", tokens[i].low)
        return False

    def _is_new(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a role says whose or what it is: "la mère du suspect", "le directeur de la discothèque"."""
        behind = tokens[phrase.head + 1 : phrase.last]
        linked = bool(behind) and self.lex.has("joining.of_office", behind[0].low)
        told = linked and not any(t.capital for t in behind)
        return told or self._of_somebody(tokens, phrase)

    def _is_somebody_else(self, tokens: Sequence[Token], phrase: Phrase, noun: Token) -> bool:
        """Tell whether a French role is one that articles leave without a name: "le procureur", "le voisin"."""
        behind = tokens[phrase.head + 1].low if phrase.head + 1 < phrase.last else ""
        return self.lex.has("roles.offices", noun.low) or self.lex.has("persons.office_adjectives", behind)

    def _last_person(self, gender: str, position: Position) -> Entity | None:
        """Return the person that a new description most likely stands for: the one mentioned just before."""
        best = self.state.candidates(gender, position, same_paragraph=True)
        entity = best.entity if best is not None else None
        if self.lex.has("naming.traits", "protagonists") and (entity is None or entity.roles):
            return self._protagonist(gender, position)
        return entity

    def _protagonist(self, gender: str, position: Position) -> Entity | None:
        """Return the person named most so far, to whom the article has given no trade yet."""
        named = [
            m.entity for m in self.entity_table.mentions if m.offset < position.offset and m.entity.kind == "person"
        ]
        fit = [e for e in named if not e.roles and (not gender or e.gender in ("", gender))]
        top = max(fit, key=fit.count, default=None)
        return top if top is not None and fit.count(top) > _OFTEN else None


def _office(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> set[str]:
    """Return the nouns of whose a role is: "banque" of "le président de la banque", "bank" of "the bank's head"."""
    owned = (i for i in range(phrase.first, phrase.last) if lex.has("determiners.genitive", tokens[i].low))
    of = (i for i in range(phrase.head, phrase.last) if tokens[i].pos == "ADP")
    owner, behind = next(owned, phrase.first), next(of, phrase.last)
    beside = (*tokens[phrase.first : owner], *tokens[behind : phrase.last])
    return {t.low for t in beside if t.pos in ("NOUN", "PROPN")}


def _speaker(person: Entity | None, gender: str) -> Speaker | None:
    """Return a person as one who speaks, of the gender that the role shows when nothing else tells."""
    return Speaker(person.name, person, person.gender or gender) if person is not None else None
