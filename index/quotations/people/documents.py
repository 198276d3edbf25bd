"""Texts that "say" something, and whose they are: "Crane's statement", "la lettre de X", "X issued a statement"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import EntityTable
from index.quotations.people.roles import owner_gender
from index.quotations.people.salience import DiscourseState
from index.quotations.people.speaker import Position, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase, phrase_around, phrase_at
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import name_run, text_of

Resolve = Callable[[Sequence[Token], Phrase, Position], Speaker | None]
_CLIMBS = 4  # from a text to the verb that it hangs on


@dataclass(slots=True)
class Documents:
    """Finds the authors of the texts that one article speaks of."""

    entity_table: EntityTable
    lex: Lexicon
    state: DiscourseState
    paragraphs: Sequence[Paragraph] = ()

    def author(self, tokens: Sequence[Token], phrase: Phrase, position: Position, resolve: Resolve) -> Speaker | None:
        """Return whose text a phrase stands for, None when it is no text or the sentence does not tell.

        Args:
            tokens: those of the paragraph.
            phrase: "Crane's statement", "a recent report".
            position: where the phrase stands.
            resolve: finds whom the author's name or role stands for.
        """
        head = tokens[phrase.head].low
        owner = self._utterer(tokens, phrase)
        if owner is not None:
            return resolve(tokens, owner, position)
        if self.lex.has("nouns.documents", head):
            person = self._possessor(tokens, phrase, position)
        else:
            reporter = self._reporter(tokens, phrase) if self.lex.has("nouns.reports", head) else None
            return resolve(tokens, reporter, position) if reporter is not None else None
        if person is not None:
            return person
        owner = self._possessing(tokens, phrase) or self._writer(tokens, phrase) or self._subject(tokens, phrase)
        if owner is None:
            return self._author_before(tokens, phrase, position, resolve)
        return resolve(tokens, owner, position)

    def _utterer(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
        """Return whose utterance a phrase is: "Pike's advice", "the warning from the firm"."""
        if not self.lex.has("nouns.utterances", tokens[phrase.head].low):
            return None
        return self._possessing(tokens, phrase) or self._of_or_from(tokens, phrase)

    def _author_before(
        self, tokens: Sequence[Token], phrase: Phrase, position: Position, resolve: Resolve
    ) -> Speaker | None:
        """Return whose text a French "le communiqué" is, as a sentence before it told."""
        det = tokens[phrase.first].low
        bare = phrase.head == phrase.first + 1 == phrase.last - 1 and self.lex.has("determiners.of_known_text", det)
        if not bare:
            return None
        for number, noun in self._texts_before(position):
            author = self._author_of(self.paragraphs[number].tokens, noun, number, resolve)
            if author is not None:
                return author
        return None

    def _texts_before(self, position: Position) -> Iterator[tuple[int, int]]:
        """Yield the paragraphs and tokens of the nouns of texts before a place, the last first."""
        for number in range(min(position.paragraph, len(self.paragraphs) - 1), -1, -1):
            tokens = self.paragraphs[number].tokens
            for i in range(len(tokens) - 1, -1, -1):
                text = tokens[i].quote < 0 and tokens[i].pos == "NOUN" and tokens[i].start < position.offset
                if text and self.lex.has("nouns.documents", tokens[i].low):
                    yield number, i

    def _author_of(self, tokens: Sequence[Token], noun: int, number: int, resolve: Resolve) -> Speaker | None:
        """Return whose text a noun stands for, when its own sentence tells."""
        phrase = phrase_around(tokens, noun, 0, len(tokens), self.lex)
        if phrase is None or phrase.head != noun:
            return None
        position = Position(tokens[phrase.first].start, number, self.state.sentence_at(tokens[phrase.first].start))
        owner = self._writer(tokens, phrase) or self._subject(tokens, phrase)
        return resolve(tokens, owner, position) if owner is not None else None

    def _possessor(self, tokens: Sequence[Token], phrase: Phrase, position: Position) -> Speaker | None:
        """Return the person whose text it is: "her letter", "la lettre de Paul Morel"."""
        if self.lex.has("grammar.possessive", tokens[phrase.first].low):
            return self.state.candidates(owner_gender(tokens[phrase.first].low, self.lex), position)
        for i in range(phrase.first, phrase.last):
            end = name_run(tokens, i, phrase.last, self.lex)
            persons = self.entity_table.named(text_of(tokens, i, end).split()) if end > i else []
            if persons and persons[0].kind == "person":
                person = self.state.choose(persons, "", position)
                return as_speaker(person) if person is not None else None
        return None

    def _possessing(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
        """Return the body or the person by a role whose text it is: "the county's own answer"."""
        for i in range(phrase.first + 1, phrase.head):
            if self.lex.has("determiners.genitive", tokens[i].low):
                return phrase_at(tokens, phrase.first, i, self.lex)
        return None

    def _writer(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
        """Return by whom a text is: "a recent report by the Ledger", "le communiqué rédigé par les élus"."""
        at = phrase.last
        written = at < len(tokens) and tokens[at].form == "Part" and tokens[at].quote < 0
        at += written and self.lex.has("naming.traits", "noun_first")
        if at + 1 < len(tokens) and self.lex.has("joining.by", tokens[at].low) and tokens[at].quote < 0:
            return self._named(tokens, at + 1)
        return None

    def _reporter(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
        """Return whose the figures or the information are: "the agency's figures", "les informations du parquet"."""
        owner = self._possessing(tokens, phrase) or self._writer(tokens, phrase)
        if owner is not None:
            return owner
        at = phrase.last
        told = at + 2 < len(tokens) and tokens[at].form == "Part" and self.lex.has("joining.by", tokens[at + 1].low)
        if told:
            return self._named(tokens, at + 2)
        return self._of_or_from(tokens, phrase)

    def _of_or_from(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
        """Return whom a noun is of or from: "the warning | from the firm", "la consigne | de la maire"."""
        for i in range(phrase.head + 1, min(phrase.last + 1, len(tokens) - 1)):
            if self.lex.has("joining.of", tokens[i].low) or self.lex.has("joining.from", tokens[i].low):
                return self._named(tokens, i + 1)
        return None

    def _named(self, tokens: Sequence[Token], i: int) -> Phrase | None:
        """Return the phrase at i when it names somebody or tells a role or a body."""
        phrase = phrase_at(tokens, i, len(tokens), self.lex)
        if phrase is None or phrase.pronoun:
            return None
        words = tokens[phrase.first : phrase.last]
        return phrase if any(t.capital or self._is_of_people(t.low) for t in words) else None

    def _is_of_people(self, noun: str) -> bool:
        return any(self.lex.has(key, noun) for key in ("roles.speaking", "kin.all", "roles.families"))

    def _subject(self, tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
        """Return who does what is done with a text: "X issued a statement calling", "X has, in a statement, called"."""
        node = phrase.head
        for _ in range(_CLIMBS):
            if tokens[node].dep.startswith(("nsubj", "ROOT")) or tokens[node].quote >= 0:
                return None
            node = tokens[node].head
            if tokens[node].pos in ("VERB", "AUX"):
                subject = self._subject_of(tokens, node, phrase)
                if subject is not None:
                    return subject
        return None

    def _subject_of(self, tokens: Sequence[Token], verb: int, phrase: Phrase) -> Phrase | None:
        """Return the subject of a verb before a text, when it can write: "| X | issued a statement"."""
        for i in range(phrase.first):
            t = tokens[i]
            if t.head == verb and t.quote < 0 and self._is_subject(t):
                subject = phrase_around(tokens, i, 0, phrase.first, self.lex)
                return subject if subject is not None and self._acts(tokens, subject) else None
        return None

    def _is_subject(self, t: Token) -> bool:
        """Tell whether a word is a subject, and no relative: "X, who | issued"."""
        relative = self.lex.has("joining.who", t.low) or self.lex.has("grammar.that", t.low)
        return t.dep in ("nsubj", "nsubj:caus") and not relative

    def _acts(self, tokens: Sequence[Token], phrase: Phrase) -> bool:
        """Tell whether a phrase names somebody or a body, which can write."""
        words = tokens[phrase.first : phrase.last]
        return phrase.pronoun or any(
            t.capital and t.pos != "DET" or self.lex.has("roles.speaking", t.low) for t in words
        )


def is_ones_own(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether a phrase is what one says who is meant by its possessive: "her verdict", not "her boss's"."""
    inside = tokens[phrase.first : phrase.head]
    owned = bool(inside) and lex.has("grammar.possessive", inside[0].low)
    others = any(lex.has("determiners.genitive", t.low) for t in inside)
    return owned and not others and lex.has("nouns.utterances", tokens[phrase.head].low)
