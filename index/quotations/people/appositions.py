"""Names beside what somebody is: "sa présidente, Nadia Belkacemi", "Mark Hay, an ecologist and lecturer"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.people.organisations import Organisations
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import name_run, strip_titles, text_of

_LONGEST_OFFICE = 12  # tokens of "former Environment Minister under Jean Morel"
_OFFICE = frozenset(("ADP", "DET", "NOUN", "ADJ", "PROPN", "CCONJ"))


@dataclass(slots=True)
class Appositions:
    """Finds the person or body whose name stands beside a phrase, parted from it by a comma or by nothing."""

    entity_table: EntityTable
    lex: Lexicon
    state: DiscourseState
    organisations: Organisations

    def after(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return the person named just after a role: "sa présidente, Nadia Belkacemi"."""
        phrase = self._with_office(tokens, phrase)
        start = phrase.last + 1
        if start >= len(tokens) or tokens[phrase.last].low != "," or tokens[phrase.last].quote >= 0:
            return None
        end = name_run(tokens, start, len(tokens), self.lex)
        if end == start:
            return self._behind_trade(tokens, phrase, position)
        person = None
        described = self.is_role(tokens, phrase) or self._is_kin(tokens, phrase)
        if described or (end - start > 1 and self._is_described(tokens, phrase, end)):
            person = self._person(tokens, start, end, position)
        return person or self.organisations.apposed(tokens, phrase)

    def _is_kin(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a phrase is somebody's relative: "la sœur de l'accusé"."""
        return any(self.lex.has("kin.all", t.low) for t in tokens[phrase.first : phrase.last])

    def _is_described(self, tokens: Sequence[Token], phrase: Phrase, end: int) -> bool:
        """Tell whether a phrase is what the name behind it is: "the harbour's eel-counter, Nora Pike,"."""
        closed = end >= len(tokens) or tokens[end].pos == "PUNCT" or tokens[end].quote >= 0
        owned = any(self.lex.has("determiners.genitive", t.low) for t in tokens[phrase.first : phrase.last])
        return closed and (tokens[phrase.first].pos == "DET" or owned)

    def before(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return the person whose trade a phrase behind a comma is: "Hay, doctor", "Hay, a vet and lecturer at TH"."""
        if any(self.lex.has("joining.of_person", t.low) for t in tokens[phrase.last + 1 : phrase.last + 2]):
            comma = self._opening(tokens, phrase)
        elif self.lex.has("determiners.definite", tokens[phrase.first].low) or not self.is_role(tokens, phrase):
            return None
        else:
            comma = phrase.first - 1
        if comma < 1 or tokens[comma].low != "," or not tokens[comma - 1].capital:
            return None
        if self.behind_noun(tokens, phrase, position) is not None or self._holds_person(tokens, phrase):
            return None  # "in a letter to Hay, mayor Ida Oke wrote"; "Sentencing Hay, Judge Ida Oke said"
        return self._named([tokens[comma - 1].text], position)

    def named_last(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return the person whose full name ends a role and its office: "la maire de Metz Jeanne Morel"."""
        if not self.lex.has("roles.any", tokens[phrase.head].low):
            return None
        for i in range(phrase.head + 2, phrase.last - 1):
            if not tokens[i].capital or tokens[i - 1].pos not in ("NOUN", "PROPN", "ADJ"):
                continue
            words = text_of(tokens, i, phrase.last).split()
            whole = (e for e in self.entity_table.named(words) if e.kind == "person" and e.name.split() == words)
            person = self._chosen(whole, position)
            if person is not None:
                return person
        return None

    def behind_noun(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return the person whose name ends a phrase, behind a noun: "Hask University political scholar Kelly Oke"."""
        first = phrase.last
        while first - 1 > phrase.first and tokens[first - 1].capital and tokens[first - 1].pos != "NOUN":
            first -= 1
        if first == phrase.last or not self._may_lead(tokens[first - 1], phrase.last - first):
            return None
        return self._named(text_of(tokens, first, phrase.last).split(), position)

    def _holds_person(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a phrase ends in a person's full name behind a title: "Judge Ida Oke"."""
        start = strip_titles(tokens, phrase.first, phrase.last, self.lex)
        words = text_of(tokens, start, phrase.last).split()
        named = start > phrase.first and len(words) > 1 and tokens[phrase.first].capital
        return named and any(e.kind == "person" for e in self.entity_table.named(words))

    def _may_lead(self, noun: Token, length: int) -> bool:
        """Tell whether a noun may stand before a person's name, of one word when it is a trade's."""
        common = noun.pos == "NOUN" and not noun.capital
        return common and (length > 1 or self.lex.has("roles.any", noun.low))

    def is_role(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a phrase holds a role: "the town's vet"."""
        words = [t.low for t in tokens[phrase.first : phrase.last]]
        if self.lex.has("pronouns.one_of_those", words[0]):
            words = [form for word in words for form in self.lex.singulars(word)]  # "un de ses porte-paroles, X"
        return any(self.lex.has("roles.any", word) for word in words)

    def _person(self, tokens: Sequence[Token], first: int, end: int, position: Position) -> Speaker | None:
        start = strip_titles(tokens, first, end, self.lex)
        return self._named(text_of(tokens, start, end).split(), position)

    def _named(self, words: Sequence[str], position: Position) -> Speaker | None:
        """Return the person whom a name stands for."""
        return self._chosen((e for e in self.entity_table.named(words) if e.kind == "person"), position)

    def _chosen(self, persons: Iterable[Entity], position: Position) -> Speaker | None:
        person = self.state.choose(list(persons), "", position)
        return as_speaker(person) if person is not None else None

    def _behind_trade(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return who is named behind a trade of his own: "One of the authors, herpetologist David Oke,"."""
        i = phrase.last + 1
        forms = (form for t in tokens[phrase.first : phrase.last] for form in self.lex.singulars(t.low))
        owned = any(self.lex.has("roles.any", form) for form in forms)
        if not owned or not self.lex.has("roles.any", tokens[i].low):
            return None
        end = name_run(tokens, i + 1, len(tokens), self.lex) if i + 1 < len(tokens) else i
        closed = end < len(tokens) and tokens[end].low == ","
        return self._person(tokens, i + 1, end, position) if end > i + 2 and closed else None

    def _with_office(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase:
        """Return a role with all of its office: "la secrétaire d'État | à l'Économie et aux finances"."""
        if phrase.last >= len(tokens):
            return phrase
        if not self.is_role(tokens, phrase):
            return self._with_owned_role(tokens, phrase)
        for i in range(phrase.last, min(phrase.last + _LONGEST_OFFICE, len(tokens))):
            if tokens[i].low == ",":
                return replace(phrase, last=i)
            if tokens[i].quote >= 0 or tokens[i].pos not in _OFFICE:
                return phrase
        return phrase

    def _with_owned_role(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase:
        """Return a body with the role that somebody has in it: "University of Hask, San Remo's chancellor"."""
        if tokens[phrase.last].low != "," or phrase.last + 1 >= len(tokens):
            return phrase
        end = name_run(tokens, phrase.last + 1, len(tokens), self.lex)
        named = phrase.last + 1 < end < len(tokens) - 2
        owned = named and self.lex.has("determiners.genitive", tokens[end].low)
        if owned and self.lex.has("roles.any", tokens[end + 1].low) and tokens[end + 2].low == ",":
            return replace(phrase, last=end + 2)
        return phrase

    def _opening(self, tokens: Sequence[Token], phrase: Phrase) -> int:
        """Return the comma that opens an apposition with a role in it, which ends in a phrase; -1 without one."""
        role = self.is_role(tokens, phrase)
        for i in range(phrase.first - 1, max(phrase.first - _LONGEST_OFFICE, 0), -1):
            if tokens[i].low == ",":
                return i if role and i < phrase.first else -1
            if tokens[i].quote >= 0 or tokens[i].pos not in _OFFICE:
                return -1
            role = role or self.lex.has("roles.any", tokens[i].low)
        return -1
