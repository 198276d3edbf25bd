"""Whom a sentence is about, and whom it names: the subjects that the rules look for around a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.cues.analysed_sentences import AnalysedSentence, main_subject
from index.quotations.people.resolver import Resolver
from index.quotations.people.speaker import Position, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase


@dataclass(frozen=True, slots=True)
class SentenceSubjects:
    """Finds the people and bodies that the sentences of one article are about."""

    resolver: Resolver
    lex: Lexicon

    def resolve(self, analysed: AnalysedSentence, phrase: Phrase) -> Speaker | None:
        """Return whom a phrase of a sentence stands for."""
        tokens = analysed.sentence.tokens
        return self.resolver.resolve(tokens, phrase, place(analysed, tokens[phrase.first].start))

    def subject(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return the person or body that a sentence is about."""
        phrase = main_subject(analysed.sentence)
        speaker = self.resolve(analysed, phrase) if phrase is not None else None
        if speaker is None or phrase is None:
            return None
        return speaker if speaker.entity is not None or self.speaks(analysed, phrase) else None

    def willing(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return whose words a fragment within a sentence without a cue can be: its subject, when that can speak."""
        speaker, phrase = self.subject(analysed), main_subject(analysed.sentence)
        if speaker is None or phrase is None:
            return None
        if analysed.sentence.tokens[phrase.head].dep == "nsubj:pass":
            return None  # "Il est condamné à « ... »": what is done to somebody is not in his words
        person = speaker.entity is not None and speaker.entity.kind == "person"
        return speaker if person or self.speaks(analysed, phrase) else None

    def speaks(self, analysed: AnalysedSentence, phrase: Phrase) -> bool:
        """Tell whether a phrase's noun is one that can speak."""
        return self.lex.has("roles.speaking", analysed.sentence.tokens[phrase.head].low)

    def first_named(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return the first person whom a sentence names."""
        s = analysed.sentence
        start, end = s.tokens[s.first].start, s.tokens[s.last - 1].end
        for m in self.resolver.entity_table.mentions:
            if start <= m.offset < end and m.entity.kind == "person":
                return as_speaker(m.entity)
        return None

    def begins_with(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return the person whose name a sentence begins with."""
        offset = analysed.position.offset
        for m in self.resolver.entity_table.mentions:
            if m.offset == offset and m.entity.kind == "person" and m.subject:
                return as_speaker(m.entity)
        return None

    def named_at(self, offset: int) -> Speaker | None:
        """Return whom a name at an offset of the text stands for."""
        return next((as_speaker(m.entity) for m in self.resolver.entity_table.mentions if m.offset == offset), None)


def place(analysed: AnalysedSentence, offset: int) -> Position:
    """Return the place of an offset within a sentence."""
    return Position(offset, analysed.position.paragraph, analysed.position.sentence)
