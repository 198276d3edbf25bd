"""Who is mentioned where pronouns look: the subject of each sentence, and the people whom it calls by their role."""

from __future__ import annotations

from index.languages.lexicon import Lexicon
from index.quotations.attribution.rules.uncued import UncuedQuotations
from index.quotations.cues.analysed_sentences import AnalysedSentence, main_subject
from index.quotations.people.resolver import Resolver
from index.quotations.people.speaker import Position
from index.quotations.syntax.noun_phrases import Phrase, Sentence, is_pronoun, phrase_around, phrase_at


class DiscourseRecorder:
    """Adds to the discourse state whoever the sentences of an article mention, in order."""

    def __init__(self, resolver: Resolver, uncued: UncuedQuotations, lex: Lexicon) -> None:
        self.resolver, self.uncued, self.lex = resolver, uncued, lex

    def note(self, analysed: AnalysedSentence) -> None:
        """Remember whom a sentence is about, and whom it calls by a role."""
        phrase = main_subject(analysed.sentence)
        if phrase is None or self._is_heading(analysed):
            return
        tokens = analysed.sentence.tokens
        position = Position(tokens[phrase.first].start, analysed.position.paragraph, analysed.position.sentence)
        speaker = self.resolver.resolve(tokens, phrase, position)
        known = speaker is not None and (speaker.entity is not None or (self.lex.lang == "en" and not speaker.person))
        known = known or (speaker is not None and speaker is self.resolver.introductions.pair)
        if known or self.uncued.speaks(analysed, phrase):
            thing = tokens[phrase.head].low in ("celui-ci", "celle-ci")
            self.resolver.state.note(speaker, position, 0.3 if thing else 1.0)
        self._note_roles(analysed, phrase)
        self._note_agents(analysed)
        self._note_said_of(analysed)

    def _note_agents(self, analysed: AnalysedSentence) -> None:
        """Remember by which group something is done, for "ils": "revendiqué par les rebelles"."""
        s = analysed.sentence
        for i in range(s.first, s.last - 2):
            by = s.tokens[i].low == "par" and s.tokens[i + 1].low in ("les", "des") and s.tokens[i].quote < 0
            phrase = phrase_at(s.tokens, i + 1, s.last, self.lex) if by else None
            if phrase is None or not s.tokens[phrase.head].dep.endswith("agent"):
                continue
            start = s.tokens[phrase.first].start
            position = Position(start, analysed.position.paragraph, analysed.position.sentence)
            speaker = self.resolver.resolve(s.tokens, phrase, position)
            if speaker is not None and speaker.plural:
                self.resolver.state.note(speaker, position, 0.5)

    def _is_heading(self, analysed: AnalysedSentence) -> bool:
        """Tell whether a sentence is a heading within the article: a short paragraph without a full stop."""
        s = analysed.sentence
        whole = s.first == 0 and s.last == len(s.tokens)
        return analysed.position.paragraph > 1 and whole and s.last < 14 and s.tokens[-1].pos not in ("PUNCT", "QUOTE")

    def _note_said_of(self, analysed: AnalysedSentence) -> None:
        """Remember what a sentence says that somebody is: "She is the town's vet"."""
        s = analysed.sentence
        for i in range(s.first, s.last - 2):
            says = s.tokens[i + 1].low in ("is", "was", "est", "était") and s.tokens[i].quote < 0
            if not says or not is_pronoun(s.tokens[i], self.lex):
                continue
            said = phrase_at(s.tokens, i + 2, s.last, self.lex)
            if said is None or not self.lex.has("roles.any", s.tokens[said.head].low):
                continue
            position = Position(s.tokens[i].start, analysed.position.paragraph, analysed.position.sentence)
            speaker = self.resolver.resolve(s.tokens, Phrase(i, i + 1, i, pronoun=True), position)
            if speaker is not None and speaker.entity is not None:
                speaker.entity.roles.add(s.tokens[said.head].low)

    def _note_roles(self, analysed: AnalysedSentence, subject: Phrase) -> None:
        """Remember the people whom a sentence calls by their role, beside its subject."""
        s = analysed.sentence
        for i in range(s.first, s.last - 1):
            definite = s.tokens[i].low in ("le", "la", "l'", "the") and s.tokens[i].quote < 0
            definite = definite or self._is_paired(s, i)
            definite = definite or (i + 2 < s.last and self._is_paired(s, i + 2))
            noun = i + 2 if s.tokens[i + 1].pos == "ADJ" and i + 2 < s.last else i + 1
            known = self.lex.has("roles.any", s.tokens[noun].low)
            if not definite or not known or subject.first <= i < subject.last:
                continue
            phrase = phrase_around(s.tokens, noun, i, s.last, self.lex)
            position = Position(s.tokens[i].start, analysed.position.paragraph, analysed.position.sentence)
            speaker = self.resolver.resolve(s.tokens, phrase, position) if phrase is not None else None
            if speaker is not None and speaker.entity is not None:
                self.resolver.state.note(speaker, position, 0.5)

    def _is_paired(self, s: Sentence, i: int) -> bool:
        """Tell whether the word at i parts two roles without articles: "captain and bowler had it out"."""
        return (
            s.tokens[i].low in ("and", "et")
            and i > s.first
            and self.lex.has("roles.any", s.tokens[i - 1].low)
            and self.lex.has("roles.any", s.tokens[i + 1].low)
        )
