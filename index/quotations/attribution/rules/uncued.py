"""Who speaks when no cue says so: told by the sentence before or after, a question above, the turns of a dialogue."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.attribution.rules.cued import governing_cue
from index.quotations.attribution.rules.lone import LoneQuotations
from index.quotations.attribution.subjects import SentenceSubjects, place
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan, QuotedTokens, main_subject
from index.quotations.people.speaker import Speaker
from index.quotations.syntax.noun_phrases import phrase_around
from index.text.marks import Marked

_SHORT = 8  # tokens of "It was Nora Pike."
_BRIEF = 16  # of a sentence that points back to words
_SIGNATURE = 14  # of a name and a town under a letter
_RELATIVE = 12  # from the head of a cleft sentence to its relative


class UncuedQuotations:
    """Looks around a quotation for its speaker; ``found`` is what the article has said so far, and grows."""

    def __init__(
        self,
        text: str,
        marked: Sequence[Marked],
        lex: Lexicon,
        sentences: Sequence[AnalysedSentence],
        subjects: SentenceSubjects,
        found: list[AttributedSpan],
    ) -> None:
        self.marked, self.lex, self.sentences = marked, lex, sentences
        self.subjects, self.found = subjects, found
        self.lone = LoneQuotations(text, marked, lex, sentences, subjects, found)

    def speaker(self, n: int, analysed: AnalysedSentence, q: QuotedTokens) -> Speaker | None:
        """Return who speaks a quotation that no cue governs, None when nothing shows it."""
        if self._continues(q):
            return self.found[-1].speaker
        signed = self._signed(self._neighbour(n + 1))
        if signed is not None:
            return signed
        before, after = self._neighbour(n - 1), self._next_of_paragraph(analysed)
        if analysed.sentence.first > 0 and before is not None:
            return self._beside(before, after)
        if before is not None and before.sentence.tokens[before.sentence.last - 1].low == ":":
            return self._introduced(before)
        return self._named_after(after) or self.lone.speaker(n)

    def _continues(self, q: QuotedTokens) -> bool:
        """Tell whether marks that no sign has closed go on in a paragraph of their own."""
        return self.marked[q.number].continues and bool(self.found) and self.found[-1].number == q.number - 1

    def _next_of_paragraph(self, analysed: AnalysedSentence) -> AnalysedSentence | None:
        """Return the next sentence of the same paragraph."""
        after = self._neighbour(analysed.position.sentence + 1)
        return after if after is not None and after.position.paragraph == analysed.position.paragraph else None

    def _neighbour(self, n: int) -> AnalysedSentence | None:
        """Return a sentence by its number, None outside the article."""
        return self.sentences[n] if 0 <= n < len(self.sentences) else None

    def _beside(self, before: AnalysedSentence, after: AnalysedSentence | None) -> Speaker | None:
        """Return who speaks within a paragraph: who spoke just before, or whom the sentence before, or after, is of."""
        last = self.found[-1] if self.found else None
        if last is not None and last.sentence == before.position.sentence:
            return last.speaker
        speaker = self.subjects.subject(before)
        if speaker is not None and (speaker.entity is not None or not self._opens_with_subject(after)):
            return speaker
        return self._named_after(after) or speaker

    def _named_after(self, after: AnalysedSentence | None) -> Speaker | None:
        """Return whom the next sentence of the paragraph is about: "« ... » Fabrice Lemarié ne décolère pas."."""
        if after is None:
            return None
        if after.quotes:
            return self._speaks_on(after) or self.words_of(after) or self.subjects.begins_with(after)
        return self._cleft(after) or self.words_of(after) or self.subjects.subject(after)

    def _speaks_on(self, after: AnalysedSentence) -> Speaker | None:
        """Return who goes on speaking in the next sentence, when that is a quotation: « ... » « ... », dit X."""
        s, q = after.sentence, after.quotes[0]
        cue = governing_cue(s, q, after.cues, fragment=False) if q.first == s.first else None
        if cue is None or cue.source is None or not cue.inverted or cue.source.pronoun:
            return None
        return self.subjects.resolve(after, cue.source)

    def _opens_with_subject(self, analysed: AnalysedSentence | None) -> bool:
        """Tell whether a sentence begins with whom it is about, not with where or when."""
        phrase = main_subject(analysed.sentence) if analysed is not None else None
        return phrase is not None and analysed is not None and phrase.first == analysed.sentence.first

    def named_next(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return the person whom the next sentence names first, for a pronoun that points ahead."""
        after = self._next_of_paragraph(analysed)
        return self.subjects.begins_with(after) if after is not None else None

    def _cleft(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return who "is" speaking: "C'est un restaurateur qui pose la question"."""
        s = analysed.sentence
        if s.has_pair(s.first, "pronouns.it_was") and 2 < s.last - s.first < _SHORT:  # noqa: PLR2004 - the pair
            return self.subjects.named_at(s.tokens[s.first + 2].start)
        if not s.has_pair(s.first, "pronouns.it_is"):
            return None
        phrase = phrase_around(s.tokens, s.first + 2, s.first + 2, s.last, self.lex)
        near = range(s.first + 2, min(s.first + _RELATIVE, s.last))
        relative = next((i for i in near if s.has(i, "joining.who_or_which")), None)
        if phrase is None or relative is None or phrase.last > relative:
            return None
        return self.subjects.resolve(analysed, phrase)

    def _signed(self, after: AnalysedSentence | None) -> Speaker | None:
        """Return whose name stands alone after a dash, as under a reader's letter: "- Nora Pike, Westport"."""
        if after is None or after.quotes or after.sentence.last - after.sentence.first > _SIGNATURE:
            return None
        s = after.sentence
        if s.tokens[s.first].low not in ("-", "--") or s.first + 1 >= s.last:
            return None
        return self.subjects.named_at(s.tokens[s.first + 1].start)

    def words_of(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return whose words a sentence says they are: "The words are those of Brona Tully."."""
        links = self._links_to_author(analysed)
        s = analysed.sentence
        for i in range(s.first, s.last - 1):
            if s.tokens[i].low in links and s.tokens[i].quote < 0:
                phrase = phrase_around(s.tokens, i + 1, i + 1, s.last, self.lex)
                at = place(analysed, s.tokens[i].start)
                speaker = self.subjects.resolver.resolve(s.tokens, phrase, at) if phrase is not None else None
                if speaker is not None and speaker.entity is not None and speaker.entity.kind == "person":
                    return speaker
        return None

    def _links_to_author(self, analysed: AnalysedSentence) -> frozenset[str]:
        """Return the words behind which a sentence says whose words they are, none when it speaks of no words."""
        s = analysed.sentence
        pointed = s.has(s.first, "pronouns.pointing")
        spoken = any(self.lex.has("nouns.words", t.low) for t in s.tokens[s.first : s.last] if t.quote < 0)
        if not spoken and not (pointed and s.last - s.first < _BRIEF):
            return frozenset()
        return self.lex.words["joining.words_of"] | frozenset(
            self.lex.words["joining.words_to"] if spoken and pointed else ()
        )

    def _introduced(self, before: AnalysedSentence) -> Speaker | None:
        """Return whom the sentence before, which ends in a colon, lets speak: its source, its subject, a name."""
        cue = next((c for c in reversed(before.cues) if c.source is not None), None)
        if cue is not None and cue.source is not None:
            return self.subjects.resolve(before, cue.source)
        speaker = self.subjects.subject(before)
        named = speaker is not None and speaker.entity is not None
        return speaker if named else self.subjects.first_named(before) or speaker
