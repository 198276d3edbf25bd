"""Phrases with a possessive -> whose somebody is, or who: "son avocat", "his wife"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.people.roles import owner_gender
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of


@dataclass(slots=True)
class Possessives:
    """Finds whom the phrases with a possessive of one article stand for."""

    entity_table: EntityTable
    lex: Lexicon
    state: DiscourseState

    def resolve(self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position) -> Speaker:
        """Return who "son avocat" is, or whose: the only one of that role, a relative, else "avocat de X"."""
        det = tokens[phrase.first].low
        owner = self.state.candidates(owner_gender(det, self.lex), position)
        holder = self._only_holder(owner, noun, gender)
        if holder is not None:
            return as_speaker(holder)
        kin = self._kin_of(owner, noun, gender)
        if kin is not None:
            return Speaker(kin.name, kin, kin.gender or gender)
        if owner is None or owner.entity is None or self.lex.has("determiners.of_others", det):
            return Speaker(text_of(tokens, phrase.first, phrase.last), None, gender)
        return Speaker(self._owned(owner.name, text_of(tokens, phrase.first + 1, phrase.last)), None, gender)

    def _only_holder(self, owner: Speaker | None, noun: Token, gender: str) -> Entity | None:
        """Return the only person of a role but its owner: "son avocat", when one lawyer has been named."""
        if not self.lex.has("roles.any", noun.low):
            return None
        particular = self.lex.kinds.get(noun.low, frozenset())
        holders = [e for e in self._persons(gender, owner) if noun.low in e.roles or e.roles & particular]
        return holders[0] if len(holders) == 1 else None

    def _kin_of(self, owner: Speaker | None, noun: Token, gender: str) -> Entity | None:
        """Return the only other person of the same surname, when a noun of kinship can mean nobody else: "his wife"."""
        if owner is None or owner.entity is None or not self.lex.has("kin.all", noun.low):
            return None
        surname = owner.entity.parts[-1]
        family = [e for e in self._persons(gender, owner) if len(e.parts) > 1 and e.parts[-1] == surname]
        return family[0] if len(family) == 1 else None

    def _persons(self, gender: str, owner: Speaker | None) -> list[Entity]:
        """Return the persons whom a gender fits, but the owner."""
        known = owner.entity if owner is not None else None
        fit = [e for e in self.entity_table.entities if not gender or e.gender in ("", gender)]
        return [e for e in fit if e.kind == "person" and e is not known]

    def _owned(self, owner: str, noun: str) -> str:
        """Return a noun as somebody's: "avocat d'Anne Morel", "Pike's lawyer"."""
        if self.lex.has("naming.traits", "owner_first"):
            return f"{owner}'s {noun}"
        elided = self.lex.has("forms.vowels", owner[:1])
        return f"{noun} d'{owner}" if elided else f"{noun} de {owner}"
