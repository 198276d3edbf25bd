"""Roles -> the persons who hold them: "la ministre", "l'élu", "the engineer"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of


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
        exact = [e for e in self.entity_table.entities if e.kind == "person" and noun.low in e.roles]
        kinds = self.lex.kinds.get(noun.low, frozenset())
        general = [e for e in self.entity_table.entities if e.kind == "person" and e.roles & kinds]
        earlier = {m.entity.name for m in self.entity_table.mentions if m.offset < position.offset}
        for group in (exact, general):
            fit = [e for e in group if e.name in earlier and (not gender or e.gender in ("", gender))]
            person = self.state.choose(fit, gender, position)
            if person is not None:
                return Speaker(person.name, person, person.gender or gender)
        rest = text_of(tokens, phrase.head, phrase.last).lower()
        for key in (rest, noun.low) if phrase.last <= phrase.head + 2 else (rest,):
            if key in self.unnamed:
                return self.unnamed[key]
        taken_up = not self._is_somebody_else(tokens, phrase, noun)
        person = self._last_person(gender, position) if taken_up and not self._is_new(tokens, phrase) else None
        if person is not None:
            person.roles.add(noun.low)
        if person is None and phrase.last <= phrase.head + 2 and noun.low in self.described:
            return self.described[noun.low]
        if person is None and position.paragraph <= 1 and taken_up and not self._of_somebody(tokens, phrase):
            person = self._introduced_next(gender, position)
        fit = [e for e in exact if not gender or e.gender in ("", gender)]
        person = person or self.state.choose(fit, gender, position)
        if person is None and taken_up:
            person = self._only_one(tokens, phrase, gender, position)
        return Speaker(person.name, person, person.gender or gender) if person is not None else None

    def _only_one(self, tokens: Sequence[Token], phrase: Phrase, gender: str, position: Position) -> Entity | None:
        """Return the only person so far of a gender that the role shows, when the article gave no trade: "la maire"."""
        if not gender or self._is_new(tokens, phrase):
            return None
        earlier = {m.entity.name for m in self.entity_table.mentions if m.offset < position.offset}
        fit = [
            e
            for e in self.entity_table.entities
            if e.kind == "person" and e.name in earlier and e.gender in ("", gender)
        ]
        return fit[0] if len(fit) == 1 and not fit[0].roles and fit[0].gender else None

    def named_next(
        self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position
    ) -> Speaker | None:
        """Return who "a former clerk" in the lead is, when the next paragraph begins with a name and no trade."""
        single = tokens[phrase.first].low in ("un", "une", "a", "an")
        if not single or position.paragraph > 1 or not self.lex.has("roles.any", noun.low):
            return None
        person = self._introduced_next(gender, position)
        trade = {role for role in person.roles if not role.endswith("-year-old")} if person is not None else set()
        if person is None or trade - {noun.low}:
            return None
        person.roles.add(noun.low)
        return Speaker(person.name, person, person.gender or gender)

    def _introduced_next(self, gender: str, position: Position) -> Entity | None:
        """Return whom the lead calls by a role before the article names them: "The treasurer ... Dagmar Vohl, 52,"."""
        for m in self.entity_table.mentions:
            begins = m.offset in self.state.starts
            if (
                m.offset > position.offset
                and begins
                and m.entity.kind == "person"
                and m.paragraph - position.paragraph <= 3
            ):
                first = min(o.offset for o in self.entity_table.mentions if o.entity is m.entity) == m.offset
                if first and m.entity.gender in ("", gender or m.entity.gender):
                    return m.entity
                return None
        return None

    def _of_somebody(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a role is somebody's: "the spokesman of Thrale", "la mère du suspect"."""
        for i in range(phrase.first + 1, phrase.last):
            if tokens[i - 1].low in ("de", "d'", "du", "of", "for", "to") and i > phrase.head:
                persons = [e for e in self.entity_table.named([tokens[phrase.last - 1].text]) if e.gender]
                return bool(persons) or self.lex.has("roles.any", tokens[i].low)
        return False

    def _is_new(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a role says whose or what it is: "la mère du suspect", "le directeur de la discothèque"."""
        behind = tokens[phrase.head + 1 : phrase.last]
        linked = bool(behind) and behind[0].low in ("de", "d'", "du", "des")
        told = linked and not any(t.capital for t in behind)
        return told or self._of_somebody(tokens, phrase)

    def _is_somebody_else(self, tokens: Sequence[Token], phrase: Phrase, noun: Token) -> bool:
        """Tell whether a French role is one that articles leave without a name: "le procureur", "le voisin"."""
        if self.lex.lang != "fr":
            return False
        behind = tokens[phrase.head + 1].low if phrase.head + 1 < phrase.last else ""
        return self.lex.has("roles.offices", noun.low) or behind.removesuffix("e") in ("public", "général")

    def _last_person(self, gender: str, position: Position) -> Entity | None:
        """Return the person that a new description most likely stands for: the one mentioned just before."""
        best = self.state.candidates(gender, position, same_paragraph=True)
        entity = best.entity if best is not None else None
        if self.lex.lang == "en" and (entity is None or entity.roles):
            return self._protagonist(gender, position)
        return entity

    def _protagonist(self, gender: str, position: Position) -> Entity | None:
        """Return the person named most so far, to whom the article has given no trade yet."""
        named = [
            m.entity for m in self.entity_table.mentions if m.offset < position.offset and m.entity.kind == "person"
        ]
        fit = [e for e in named if not e.roles and (not gender or e.gender in ("", gender))]
        top = max(fit, key=fit.count, default=None)
        return top if top is not None and fit.count(top) > 2 else None
