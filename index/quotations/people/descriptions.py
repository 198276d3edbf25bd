"""Phrases without a name -> whom or what they describe: "la ministre", "the company", "un témoin"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import EntityTable
from index.quotations.people.organisations import Organisations
from index.quotations.people.possessives import Possessives
from index.quotations.people.role_holders import RoleHolders
from index.quotations.people.roles import role_gender
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of

_BEHIND_ROLE = ("joining.of", "joining.for", "joining.at")


@dataclass(slots=True)
class Descriptions:
    """Finds whom the descriptions of one article stand for, in the order of its text."""

    entity_table: EntityTable
    lex: Lexicon
    state: DiscourseState
    organisations: Organisations
    role_holders: RoleHolders
    possessives: Possessives

    def described(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker:
        """Return whom "la ministre", "son avocat", "the company" or "un témoin" stands for."""
        det, noun = tokens[phrase.first], describing_noun(tokens, phrase, self.lex)
        written = text_of(tokens, phrase.first, phrase.last)
        if self._is_other(det, noun):
            return self.state.answerer(position) or Speaker(written)
        gender = role_gender(noun, det if det is not noun else None, self.lex)
        plural = noun.number == "Plur" or self.lex.has("determiners.plural", det.low)
        if self._is_same(tokens, phrase):
            return self.role_holders.unnamed.get(noun.low) or Speaker(written, None, gender, plural)
        if self.lex.has("grammar.possessive", det.low):
            return self.possessives.resolve(tokens, phrase, noun, gender, position)
        if not plural and self._is_definite(tokens, phrase, noun):
            return self._known(tokens, phrase, noun, gender, position)
        return self._introduced(tokens, phrase, noun, Speaker(written, None, gender, plural), position)

    def _is_other(self, det: Token, noun: Token) -> bool:
        """Tell whether a phrase is who answers the one who spoke: "her rival", "the reply"."""
        other = self.lex.has("nouns.others", noun.low) and self.lex.has("grammar.possessive", det.low)
        return other or self.lex.has("nouns.answers", noun.low)

    def _is_same(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a phrase takes up a source by "same": "la même source"."""
        return phrase.first + 1 < phrase.head and self.lex.has("determiners.same", tokens[phrase.first + 1].low)

    def _is_definite(self, tokens: Sequence[Token], phrase: Phrase, noun: Token) -> bool:
        """Tell whether a phrase is of one whom the article has made known: "la ministre", "du ministre"."""
        if any(self.lex.has("determiners.genitive", t.low) for t in tokens[phrase.first : phrase.last]):
            return False
        det = tokens[phrase.first]
        known = self.lex.has("determiners.definite", det.low) or self.lex.has("determiners.demonstrative", det.low)
        return known or self._is_contracted(tokens, phrase, noun) or self._is_bare(det, noun)

    def _is_contracted(self, tokens: Sequence[Token], phrase: Phrase, noun: Token) -> bool:
        """Tell whether the article of a noun is in the preposition before it: "au ministre"."""
        bare = tokens[phrase.first] is noun and phrase.first > 0
        return bare and self.lex.has("determiners.contracted", tokens[phrase.first - 1].low)

    def _is_bare(self, det: Token, noun: Token) -> bool:
        """Tell whether an English phrase has no article, as newspapers leave it out: "Police", "Local officials"."""
        return self.lex.has("naming.traits", "bare_nouns") and (det is noun or det.pos in ("NOUN", "ADJ", "PROPN"))

    def _introduced(
        self, tokens: Sequence[Token], phrase: Phrase, noun: Token, written: Speaker, position: Position
    ) -> Speaker:
        """Return whose an office is, whom the text names next for "a former clerk", else the phrase: "the clerk"."""
        held = None if written.plural else self.role_holders.of_office(tokens, phrase, noun, written.gender)
        if held is not None:
            return held
        speaker = self.role_holders.named_next(tokens, phrase, noun, written.gender, position) or written
        one = not written.plural and self.lex.has("determiners.single", tokens[phrase.first].low)
        if speaker.entity is None and one and self.lex.has("roles.any", noun.low):
            self.role_holders.unnamed[noun.low] = speaker
            self.role_holders.unnamed[text_of(tokens, phrase.head, phrase.last).lower()] = speaker
        return speaker

    def _known(self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position) -> Speaker:
        """Return whom a definite phrase stands for: the holder of a role, a body, else itself."""
        if self.lex.has("roles.firms", noun.low):
            return self._body(tokens, phrase, noun, gender, position)
        if self._may_be_held(noun):
            known = self.role_holders.holder(tokens, phrase, noun, gender, position)
            if known is not None:
                return known
        speaker = Speaker(self.organisations.without_article(tokens, phrase), None, gender)
        if self.lex.has("roles.any", noun.low) and phrase.last > phrase.head + 2 and position.paragraph > 0:
            self.role_holders.described[noun.low] = speaker
        if self.lex.has("roles.bodies", noun.low):
            return self._body(tokens, phrase, noun, gender, position)
        return speaker

    def _body(self, tokens: Sequence[Token], phrase: Phrase, noun: Token, gender: str, position: Position) -> Speaker:
        """Return the body that "the company" stands for."""
        return Speaker(self.organisations.described(tokens, phrase, noun.low, position), None, gender, kind="body")

    def _may_be_held(self, noun: Token) -> bool:
        """Tell whether somebody may be what a noun says: a role, an age, what the article calls a person."""
        if self.lex.has("roles.any", noun.low.removeprefix("ex-")) or self.lex.ends("suffixes.aged", noun.low):
            return True
        apposed = any(noun.low in e.roles for e in self.entity_table.entities if e.kind == "person")
        return apposed and not self.lex.has("roles.bodies", noun.low)


def describing_noun(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> Token:
    """Return the noun that tells what a phrase is: a role or a body, else its head.

    It comes first in French ("le maire adjoint"), last in English ("the club captain").
    """
    head = tokens[phrase.head]
    if lex.has("roles.speaking", head.low):
        return head
    inside = range(phrase.first, phrase.last)
    limit = next((i for i in inside if any(lex.has(key, tokens[i].low) for key in _BEHIND_ROLE)), phrase.last)
    nouns = [t for t in tokens[phrase.first : limit] if lex.has("roles.speaking", t.low)]
    return (nouns[-1] if lex.has("naming.traits", "noun_last") else nouns[0]) if nouns else head
