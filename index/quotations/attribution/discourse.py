"""Who is mentioned where pronouns look: the subject of each sentence, and the people whom it calls by their role."""

from __future__ import annotations

from index.languages.lexicon import Lexicon
from index.quotations.attribution.subjects import SentenceSubjects, place
from index.quotations.cues.analysed_sentences import AnalysedSentence, main_subject
from index.quotations.people.speaker import Speaker
from index.quotations.syntax.noun_phrases import Phrase, Sentence, is_pronoun, phrase_around, phrase_at

_LONGEST_HEADING = 14  # tokens


class DiscourseRecorder:
    """Adds to the discourse state whoever the sentences of an article mention, in order."""

    def __init__(self, subjects: SentenceSubjects, lex: Lexicon) -> None:
        self.subjects, self.resolver, self.lex = subjects, subjects.resolver, lex

    def note(self, analysed: AnalysedSentence) -> None:
        """Remember whom a sentence is about, and whom it calls by a role."""
        phrase = main_subject(analysed.sentence)
        if phrase is None or self._is_heading(analysed):
            return
        head = analysed.sentence.tokens[phrase.head].low
        speaker = self.subjects.resolve(analysed, phrase)
        if self._is_known(speaker) or self.subjects.speaks(analysed, phrase):
            at = place(analysed, analysed.sentence.tokens[phrase.first].start)
            self.resolver.state.note(speaker, at, 0.3 if self.lex.has("pronouns.near", head) else 1.0)
        self._note_roles(analysed, phrase)
        self._note_agents(analysed)
        self._note_said_of(analysed)

    def _is_known(self, speaker: Speaker | None) -> bool:
        """Tell whether a pronoun may take up a speaker, whatever the noun: a name, a pair, an English body."""
        if speaker is None:
            return False
        body = not speaker.person and self.lex.has("naming.traits", "unnamed_bodies")
        return speaker.entity is not None or body or speaker is self.resolver.introductions.pair

    def _note_agents(self, analysed: AnalysedSentence) -> None:
        """Remember by which group something is done, for "ils": "revendiqué par les rebelles"."""
        s = analysed.sentence
        for i in range(s.first, s.last - 2):
            by = s.has(i, "joining.by") and s.has(i + 1, "determiners.of_groups") and s.tokens[i].quote < 0
            phrase = phrase_at(s.tokens, i + 1, s.last, self.lex) if by else None
            if phrase is None or not s.tokens[phrase.head].dep.endswith("agent"):
                continue
            speaker = self.subjects.resolve(analysed, phrase)
            if speaker is not None and speaker.plural:
                self.resolver.state.note(speaker, place(analysed, s.tokens[phrase.first].start), 0.5)

    def _is_heading(self, analysed: AnalysedSentence) -> bool:
        """Tell whether a sentence is a heading within the article: a short paragraph without a full stop."""
        s = analysed.sentence
        whole = s.first == 0 and s.last == len(s.tokens)
        return (
            analysed.position.paragraph > 1
            and whole
            and s.last < _LONGEST_HEADING
            and s.tokens[-1].pos not in ("PUNCT", "QUOTE")
        )

    def _note_said_of(self, analysed: AnalysedSentence) -> None:
        """Remember what a sentence says that somebody is: "She is the town's vet"."""
        s = analysed.sentence
        for i in range(s.first, s.last - 2):
            says = s.has(i + 1, "forms.is") and s.tokens[i].quote < 0
            if not says or not is_pronoun(s.tokens[i], self.lex):
                continue
            said = phrase_at(s.tokens, i + 2, s.last, self.lex)
            if said is None or not self.lex.has("roles.any", s.tokens[said.head].low):
                continue
            speaker = self.subjects.resolve(analysed, Phrase(i, i + 1, i, pronoun=True))
            if speaker is not None and speaker.entity is not None:
                speaker.entity.roles.add(s.tokens[said.head].low)

    def _note_roles(self, analysed: AnalysedSentence, subject: Phrase) -> None:
        """Remember the people whom a sentence calls by their role, beside its subject."""
        s = analysed.sentence
        for i in range(s.first, s.last - 1):
            noun = self._role_behind(s, i)
            if noun is None or subject.first <= i < subject.last:
                continue
            phrase = phrase_around(s.tokens, noun, i, s.last, self.lex)
            at = place(analysed, s.tokens[i].start)
            speaker = self.resolver.resolve(s.tokens, phrase, at) if phrase is not None else None
            if speaker is not None and speaker.entity is not None:
                self.resolver.state.note(speaker, at, 0.5)

    def _role_behind(self, s: Sentence, i: int) -> int | None:
        """Return the noun of a role that a definite article, or a conjunction of two roles, leads to."""
        definite = s.has(i, "determiners.definite") and s.tokens[i].quote < 0
        if not (definite or self._is_paired(s, i) or (i + 2 < s.last and self._is_paired(s, i + 2))):
            return None
        noun = i + 2 if s.tokens[i + 1].pos == "ADJ" and i + 2 < s.last else i + 1
        return noun if s.has(noun, "roles.any") else None

    def _is_paired(self, s: Sentence, i: int) -> bool:
        """Tell whether the word at i parts two roles without articles: "captain and bowler had it out"."""
        roles = s.lex.words["roles.any"]
        inner = s.first < i < len(s.tokens) - 1 and s.has(i, "joining.and")
        return inner and s.tokens[i - 1].low in roles and s.tokens[i + 1].low in roles
