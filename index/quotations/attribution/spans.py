"""Words that somebody is found to have said, kept under whom the phrase beside them stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.models import Kind, Quotation
from index.quotations.attribution.rules.uncued import UncuedQuotations
from index.quotations.attribution.subjects import SentenceSubjects
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan, QuotedTokens, main_subject
from index.quotations.cues.cues import Cue
from index.quotations.people.documents import is_ones_own
from index.quotations.people.speaker import Position, Speaker
from index.quotations.speech.indirect import Clause
from index.quotations.speech.mixed import around_marks
from index.quotations.syntax.noun_phrases import Phrase, Sentence
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of
from index.text.marks import Marked

_SPEAKING = ("roles.speaking", "roles.media", "roles.pairs", "nouns.documents", "nouns.words", "nouns.crowds")


@dataclass(frozen=True, slots=True)
class SpanRecorder:
    """Adds to ``found`` the words of one article and who said them."""

    article_id: str
    text: str
    marked: Sequence[Marked]
    lex: Lexicon
    subjects: SentenceSubjects
    uncued: UncuedQuotations
    found: list[AttributedSpan]

    def add(
        self, analysed: AnalysedSentence, q: QuotedTokens, phrase: Phrase, cue: Cue | None, kind: Kind, rule: str
    ) -> None:
        """Keep a quotation under whom a phrase stands for."""
        tokens = analysed.sentence.tokens
        speaker = self._of_relative(analysed, phrase) or self.subjects.resolve(analysed, phrase)
        if self._is_thing(analysed, phrase, speaker, cue):
            speaker = None
        if phrase.pronoun and cue is not None:
            speaker = self._goes_on(speaker, cue)
        if speaker is None and (phrase.pronoun or is_ones_own(tokens, phrase, self.lex)):
            speaker = self.uncued.named_next(analysed)
        mention = (tokens[phrase.first].start, tokens[phrase.last - 1].end)
        self.keep(analysed, q, speaker, mention, self.printed(analysed.sentence, cue), kind, rule)

    def _goes_on(self, speaker: Speaker | None, cue: Cue) -> Speaker | None:
        """Return who spoke last for "a-t-il ajouté" that would be a body's, when that was a person of its gender."""
        last = self.subjects.resolver.state.last_speaker()
        adds = cue.verb is not None and self.lex.has("pronouns.adding", cue.verb.lemma)
        if speaker is None or speaker.person or last is None or not adds:
            return speaker
        return last if last.person and speaker.gender in ("", last.gender) else speaker

    def keep(
        self,
        analysed: AnalysedSentence,
        q: QuotedTokens,
        speaker: Speaker | None,
        mention: tuple[int, int] | None,
        cue: str | None,
        kind: Kind,
        rule: str,
    ) -> None:
        """Keep a quotation under a speaker."""
        m = self.marked[q.number]
        written = " ".join(self.text[mention[0] : mention[1]].split()) if mention is not None else None
        quotation = Quotation(self.article_id, m.start, m.end, kind, speaker_as_written=written, cue=cue)
        self._note(analysed, quotation, speaker, q.number, rule, mention)

    def clause(self, analysed: AnalysedSentence, clause: Clause) -> None:
        """Keep a reported clause, around the marks in it."""
        s, source = analysed.sentence, clause.cue.source
        if source is None:
            return
        speaker = self.subjects.resolve(analysed, source)
        if (speaker is None and not source.pronoun) or self._is_thing(analysed, source, speaker, clause.cue):
            return
        written, cue = text_of(s.tokens, source.first, source.last), self.printed(s, clause.cue)
        mention = (s.tokens[source.first].start, s.tokens[source.last - 1].end)
        for piece in around_marks(clause, s, {w.number for w in self.found if w.number >= 0}):
            start, end = s.tokens[piece.first].start, s.tokens[piece.last - 1].end
            if not self.overlaps(start, end):
                words = Quotation(self.article_id, start, end, "indirect", None, written, cue)
                self._note(analysed, words, speaker, -1, "clause", mention)

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether words that are found already stand between two offsets."""
        return any(w.start < end and start < w.end for w in self.found)

    def printed(self, s: Sentence, cue: Cue | None) -> str | None:
        """Return a cue as the article prints it."""
        if cue is None:
            return None
        first, last = cue.first, cue.last
        if cue.kind == "preposition" and cue.source is not None:
            last = max(first + 1, cue.source.first)
        return self.text[s.tokens[first].start : s.tokens[last - 1].end]

    def _note(
        self,
        analysed: AnalysedSentence,
        quotation: Quotation,
        speaker: Speaker | None,
        number: int,
        rule: str,
        mention: tuple[int, int] | None,
    ) -> None:
        """Keep words that somebody said: ``number`` is that of their marks, -1 without."""
        sentence, paragraph = analysed.position.sentence, analysed.position.paragraph
        self.found.append(AttributedSpan(quotation, speaker, number, sentence, paragraph, rule, mention))
        self.subjects.resolver.state.note(speaker, Position(quotation.end, paragraph, sentence), 1.0, True)

    def _is_thing(self, analysed: AnalysedSentence, phrase: Phrase, speaker: Speaker | None, cue: Cue | None) -> bool:
        """Tell whether a verb's subject is neither person, body nor text: "le podium confirme", "l'écart"."""
        if speaker is None or speaker.entity is not None or cue is None or cue.kind != "verb":
            return False
        tokens = analysed.sentence.tokens[phrase.first : phrase.last]
        if phrase.pronoun or _is_name(tokens) or not self.lex.has("naming.traits", "things"):
            return False
        return not self._can_speak(tokens)

    def _can_speak(self, tokens: Sequence[Token]) -> bool:
        """Tell whether a word of a phrase is in a list of those who speak, or of texts: "les élus"."""
        words = {form for t in tokens for form in self.lex.singulars(t.low)}
        return any(self.lex.has(key, word) for word in words for key in _SPEAKING)

    def _of_relative(self, analysed: AnalysedSentence, phrase: Phrase) -> Speaker | None:
        """Return the subject of the sentence for the pronoun of its relative clause: "X rejette un avis qu'il juge"."""
        s = analysed.sentence
        if not phrase.pronoun or not _is_behind_relative(s, phrase.first - 1):
            return None
        subject = main_subject(s)
        if subject is None or subject.first >= phrase.first or subject.pronoun:
            return None
        speaker = self.subjects.subject(analysed)
        want = "Fem" if s.has(phrase.head, "grammar.pronouns_f") else "Masc"
        return speaker if speaker is not None and not speaker.plural and speaker.gender in ("", want) else None


def _is_name(tokens: Sequence[Token]) -> bool:
    """Tell whether a phrase bears a capital that is no article's: "le Conseil", "Tours"."""
    return any(t.capital for t in tokens[1:]) or (tokens[0].capital and tokens[0].pos != "DET")


def _is_behind_relative(s: Sentence, at: int) -> bool:
    """Tell whether the word at a position is a relative: "un avis | qu' | il juge", not "juge | qu' | il pleut"."""
    if at <= s.first or not s.has(at, "joining.relative_object") or s.is_marked(at):
        return False
    return s.pos(at) == "PRON" or s.low(at - 1) == ","
