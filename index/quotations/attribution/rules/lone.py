"""Who speaks a quotation that is a paragraph of its own: an answer, a turn of a dialogue, or more of the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from index.languages.lexicon import Lexicon
from index.quotations.attribution.subjects import SentenceSubjects
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan
from index.quotations.people.speaker import Position, SalientMention, Speaker, as_speaker
from index.text.marks import Marked

_TURNS = 2  # quotations in a row that are a dialogue without a question


class LoneQuotations:
    """Looks above a quotation for its speaker; ``found`` is what the article has said so far, and grows."""

    def __init__(
        self,
        text: str,
        marked: Sequence[Marked],
        lex: Lexicon,
        sentences: Sequence[AnalysedSentence],
        subjects: SentenceSubjects,
        found: list[AttributedSpan],
    ) -> None:
        self.text, self.marked, self.lex = text, marked, lex
        self.sentences, self.subjects, self.found = sentences, subjects, found

    def speaker(self, n: int) -> Speaker | None:
        """Return who speaks the quotation that the n-th sentence is."""
        analysed = self.sentences[n]
        if n > 0 and (self._is_question(self.sentences[n - 1]) or self._is_interview(n)):
            return self._interviewed(analysed)
        turns = self._turns(n)
        if turns is not None:
            return turns
        above = self._found_above(analysed, 1)
        if above and above[-1].number >= 0:
            return self._before_reply(analysed, above) or above[-1].speaker
        return self._asked(n) or (self.subjects.subject(self.sentences[n - 1]) if n > 0 else None)

    def _found_above(self, analysed: AnalysedSentence, paragraphs: int) -> list[AttributedSpan]:
        """Return what is said in the paragraph that stands so many above."""
        return [w for w in self.found if w.paragraph == analysed.position.paragraph - paragraphs]

    def _before_reply(self, analysed: AnalysedSentence, above: Sequence[AttributedSpan]) -> Speaker | None:
        """Return who spoke before the reply of the paragraph above: "A", said X. "B", Y replied. "C"."""
        earlier = self._found_above(analysed, 2)
        if len(earlier) != 1 or len(above) != 1 or earlier[0].number < 0:
            return None
        at = analysed.position.sentence
        if at - above[0].sentence != 1 or above[0].sentence - earlier[0].sentence != 1:
            return None
        return _other_than(earlier[0].speaker, above[0].speaker)

    def _asked(self, n: int) -> Speaker | None:
        """Return whom the paragraph before says was asked: "Interrogé sur son mobile, X s'est tourné vers ..."."""
        k = n - 1
        while k >= 0 and self.sentences[k].position.paragraph == self.sentences[n].position.paragraph - 1:
            if self.lex.has("grammar.asked", self.sentences[k].sentence.tokens[self.sentences[k].sentence.first].low):
                return self.subjects.first_named(self.sentences[k])
            k -= 1
        return None

    # interviews

    def _is_interview(self, n: int) -> bool:
        """Tell whether a lone quotation answers what comes before, as others of the article did."""
        answers = bisect_left(self._answers, n)
        return answers > 1 and self._lone(n) and not self.sentences[n - 1].quotes and not self.sentences[n - 1].cues

    @cached_property
    def _answers(self) -> list[int]:
        """The lone quotations that follow a question, by their numbers."""
        return [n for n in range(1, len(self.sentences)) if self._lone(n) and self._is_question(self.sentences[n - 1])]

    def _is_question(self, analysed: AnalysedSentence) -> bool:
        s = analysed.sentence
        return not analysed.quotes and s.tokens[s.last - 1].low in ("?", "…", "...")

    def _interviewed(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return who answers an interview's questions: the headline's speaker, else the one most named before."""
        for words in self.found:
            if words.number >= 0 and words.speaker is not None and words.speaker.entity is not None:
                return words.speaker
        mentions = (m for m in self.subjects.resolver.entity_table.mentions if m.offset < analysed.position.offset)
        named = [m.entity for m in mentions if m.entity.kind == "person"]
        return as_speaker(max(named, key=named.count)) if named else None

    def _lone(self, n: int) -> bool:
        """Tell whether a sentence is a whole paragraph made of one quotation."""
        if not 0 <= n < len(self.sentences):
            return False
        analysed = self.sentences[n]
        alone = all(t.quote >= 0 or t.pos == "PUNCT" for t in analysed.sentence.tokens)
        return alone and len(analysed.quotes) == 1 and not self.marked[analysed.quotes[0].number].continues

    # dialogues

    def _turns(self, n: int) -> Speaker | None:
        """Return whose turn it is in a dialogue: two people who speak by turns, a paragraph each."""
        first, last = self._dialogue_around(n)
        if last == first or (last - first < _TURNS and not self._words(first).endswith("?")):
            return None
        pair = self._pair(first)
        if pair is None:
            return None
        texts = [self._words(k) for k in range(first, last + 1)]
        swapped = any(_calls(text, pair[k % 2].name) for k, text in enumerate(texts))
        return pair[(n - first + swapped) % 2]

    def _dialogue_around(self, n: int) -> tuple[int, int]:
        """Return the first and last of the lone quotations in a row around a sentence."""
        first = last = n
        while self._lone(first - 1):
            first -= 1
        while self._lone(last + 1):
            last += 1
        return first, last

    def _words(self, n: int) -> str:
        """Return what the quotation of a sentence says."""
        m = self.marked[self.sentences[n].quotes[0].number]
        return self.text[m.start : m.end]

    def _pair(self, first: int) -> tuple[Speaker, Speaker] | None:
        """Return the two who speak by turns: the subject of what comes before, and the other one mentioned there."""
        if first == 0:
            return None
        before = self.sentences[first - 1]
        last_first = self._mentioned_before(self.sentences[first].position)[::-1]
        opener = self.subjects.subject(before)
        if opener is None or opener.entity is None:
            near = (s.speaker for s in last_first if s.position.paragraph == before.position.paragraph)
            opener = next(near, None)
        if opener is None:
            return None
        other = next((s.speaker for s in last_first if not s.speaker.is_same(opener)), None)
        return (opener, other) if other is not None else None

    def _mentioned_before(self, position: Position) -> list[SalientMention]:
        """Return the persons named, or meant by a word, before a place, in order."""
        resolver = self.subjects.resolver
        mentioned = [s for s in resolver.state.salient if s.speaker.entity is not None and s.speaker.person]
        mentioned += [
            SalientMention(as_speaker(m.entity), Position(m.offset, m.paragraph, 0), 0.5)
            for m in resolver.entity_table.mentions
            if m.entity.kind == "person"
        ]
        before = (s for s in mentioned if s.position.offset < position.offset)
        return sorted(before, key=lambda s: s.position.offset)


def _other_than(first: Speaker | None, reply: Speaker | None) -> Speaker | None:
    """Return the first of two speakers, when the second is known and another one."""
    if first is None or reply is None or first.is_same(reply):
        return None
    return first


def _calls(text: str, name: str) -> bool:
    """Tell whether words call somebody by name: "It is the company's, Bram."."""
    first = name.split()[0]
    return bool(re.search(rf", {re.escape(first)}[.!?]|^{re.escape(first)},", text))
