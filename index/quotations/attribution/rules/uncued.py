"""Who speaks when no cue says so: told by the sentence before or after, a question above, the turns of a dialogue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from index.languages.lexicon import Lexicon
from index.quotations.attribution.rules.cued import governing_cue
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan, QuotedTokens, main_subject
from index.quotations.people.resolver import Resolver
from index.quotations.people.speaker import Position, SalientMention, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase, phrase_around
from index.text.marks import Marked


class UncuedQuotations:
    """Looks around a quotation for its speaker; ``found`` is what the article has said so far, and grows."""

    def __init__(
        self,
        text: str,
        marked: Sequence[Marked],
        lex: Lexicon,
        sentences: Sequence[AnalysedSentence],
        resolver: Resolver,
        found: list[AttributedSpan],
    ) -> None:
        self.text, self.marked, self.lex = text, marked, lex
        self.sentences, self.resolver, self.found = sentences, resolver, found

    def speaker(self, n: int, analysed: AnalysedSentence, q: QuotedTokens) -> Speaker | None:
        """Return who speaks a quotation that no cue governs, None when nothing shows it."""
        m = self.marked[q.number]
        last = self.found[-1] if self.found else None
        if m.continues and last is not None and last.number == q.number - 1:
            return last.speaker
        alone = analysed.sentence.first == 0
        before = self.sentences[n - 1] if n > 0 else None
        after = self.sentences[n + 1] if n + 1 < len(self.sentences) else None
        signed = self._signed(after)
        if signed is not None:
            return signed
        after = after if after is not None and after.position.paragraph == analysed.position.paragraph else None
        if not alone and before is not None:
            if last is not None and last.sentence == before.position.sentence:
                return last.speaker
            speaker = self.subject(before)
            if speaker is not None and (speaker.entity is not None or not self._opens_with_subject(after)):
                return speaker
            return self._named_after(after) or speaker
        if before is not None and before.sentence.tokens[before.sentence.last - 1].low == ":":
            return self._introduced(before)
        return self._named_after(after) or self._from_above(n, analysed, q)

    def _named_after(self, after: AnalysedSentence | None) -> Speaker | None:
        """Return whom the next sentence of the paragraph is about: "« ... » Fabrice Lemarié ne décolère pas."."""
        if after is None:
            return None
        if after.quotes:
            return self._speaks_on(after) or self.words_of(after) or self._begins_with(after)
        return self._cleft(after) or self.words_of(after) or self.subject(after)

    def _speaks_on(self, after: AnalysedSentence) -> Speaker | None:
        """Return who goes on speaking in the next sentence, when that is a quotation: « ... » « ... », dit X."""
        s, q = after.sentence, after.quotes[0]
        cue = governing_cue(s, q, after.cues, fragment=False) if q.first == s.first else None
        if cue is None or cue.source is None or not cue.inverted or cue.source.pronoun:
            return None
        position = Position(s.tokens[cue.source.first].start, after.position.paragraph, after.position.sentence)
        return self.resolver.resolve(s.tokens, cue.source, position)

    def _opens_with_subject(self, analysed: AnalysedSentence | None) -> bool:
        """Tell whether a sentence begins with whom it is about, not with where or when."""
        phrase = main_subject(analysed.sentence) if analysed is not None else None
        return phrase is not None and analysed is not None and phrase.first == analysed.sentence.first

    def named_next(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return the person whom the next sentence names first, for a pronoun that points ahead."""
        n = analysed.position.sentence + 1
        if n >= len(self.sentences) or self.sentences[n].position.paragraph != analysed.position.paragraph:
            return None
        return self._begins_with(self.sentences[n])

    def _cleft(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return who "is" speaking: "C'est un restaurateur qui pose la question"."""
        s = analysed.sentence
        opening = [t.low for t in s.tokens[s.first : s.first + 2]]
        if opening in (["c'", "était"], ["it", "was"]) and s.last - s.first < 8:
            return self._named_at(s.tokens[s.first + 2].start)
        if opening != ["c'", "est"]:
            return None
        phrase = phrase_around(s.tokens, s.first + 2, s.first + 2, s.last, self.lex)
        relative = next((i for i in range(s.first + 2, min(s.first + 12, s.last)) if s.tokens[i].low == "qui"), None)
        if phrase is None or relative is None or phrase.last > relative:
            return None
        position = Position(s.tokens[phrase.first].start, analysed.position.paragraph, analysed.position.sentence)
        return self.resolver.resolve(s.tokens, phrase, position)

    def _begins_with(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return the person whose full name a sentence begins with."""
        offset = analysed.position.offset
        for m in self.resolver.entity_table.mentions:
            if m.offset == offset and m.entity.kind == "person" and m.subject:
                return as_speaker(m.entity)
        return None

    def _signed(self, after: AnalysedSentence | None) -> Speaker | None:
        """Return whose name stands alone after a dash, as under a reader's letter: "- Nora Pike, Westport"."""
        if after is None or after.quotes or after.sentence.last - after.sentence.first > 14:
            return None
        s = after.sentence
        if s.tokens[s.first].low not in ("-", "--") or s.first + 1 >= s.last:
            return None
        return self._named_at(s.tokens[s.first + 1].start)

    def _named_at(self, offset: int) -> Speaker | None:
        """Return whom a name at an offset of the text stands for."""
        return next((as_speaker(m.entity) for m in self.resolver.entity_table.mentions if m.offset == offset), None)

    def words_of(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return whose words a sentence says they are: "The words are those of Brona Tully."."""
        s = analysed.sentence
        pointed = self.lex.lang == "en" and s.tokens[s.first].low in ("that", "this", "those", "these", "thus", "so")
        spoken = any(self.lex.has("nouns.words", t.low) for t in s.tokens[s.first : s.last] if t.quote < 0)
        if not spoken and not (pointed and s.last - s.first < 16):
            return None
        links = {"of", "de", "d'", "from", "by"} | ({"to", "is", "was", "were"} if spoken and pointed else set())
        for i in range(s.first, s.last - 1):
            if s.tokens[i].low in links and s.tokens[i].quote < 0:
                phrase = phrase_around(s.tokens, i + 1, i + 1, s.last, self.lex)
                position = Position(s.tokens[i].start, analysed.position.paragraph, analysed.position.sentence)
                speaker = self.resolver.resolve(s.tokens, phrase, position) if phrase is not None else None
                if speaker is not None and speaker.entity is not None and speaker.entity.kind == "person":
                    return speaker
        return None

    def _introduced(self, before: AnalysedSentence) -> Speaker | None:
        cue = next((c for c in reversed(before.cues) if c.source is not None), None)
        if cue is None or cue.source is None:
            speaker = self.subject(before)
            return (
                speaker if speaker is not None and speaker.entity is not None else self._first_named(before) or speaker
            )
        tokens = before.sentence.tokens
        return self.resolver.resolve(
            tokens,
            cue.source,
            Position(tokens[cue.source.first].start, before.position.paragraph, before.position.sentence),
        )

    def _first_named(self, analysed: AnalysedSentence) -> Speaker | None:
        s = analysed.sentence
        start, end = s.tokens[s.first].start, s.tokens[s.last - 1].end
        for m in self.resolver.entity_table.mentions:
            if start <= m.offset < end and m.entity.kind == "person":
                return as_speaker(m.entity)
        return None

    def _from_above(self, n: int, analysed: AnalysedSentence, q: QuotedTokens) -> Speaker | None:
        """Return who speaks when a quotation is a paragraph of its own: an answer, a turn, or more of the same."""
        if n > 0 and (self._is_question(self.sentences[n - 1]) or self._is_interview(n)):
            return self._interviewed(analysed)
        turns = self._turns(n)
        if turns is not None:
            return turns
        above = [w for w in self.found if w.paragraph == analysed.position.paragraph - 1]
        if above and above[-1].number >= 0:
            return self._before_reply(analysed, above) or above[-1].speaker
        return self._asked(n) or (self.subject(self.sentences[n - 1]) if n > 0 else None)

    def _before_reply(self, analysed: AnalysedSentence, above: Sequence[AttributedSpan]) -> Speaker | None:
        """Return who spoke before the reply of the paragraph above: "A", said X. "B", Y replied. "C"."""
        earlier = [w for w in self.found if w.paragraph == analysed.position.paragraph - 2]
        lone = len(earlier) == len(above) == 1 and earlier[0].number >= 0
        first, reply = (earlier[0].speaker, above[0].speaker) if lone else (None, None)
        short = (
            lone
            and analysed.position.sentence - above[0].sentence == 1
            and above[0].sentence - earlier[0].sentence == 1
        )
        return first if short and first is not None and reply is not None and not first.is_same(reply) else None

    def _asked(self, n: int) -> Speaker | None:
        """Return whom the paragraph before says was asked: "Interrogé sur son mobile, X s'est tourné vers ..."."""
        k = n - 1
        while k >= 0 and self.sentences[k].position.paragraph == self.sentences[n].position.paragraph - 1:
            if self.lex.has("grammar.asked", self.sentences[k].sentence.tokens[self.sentences[k].sentence.first].low):
                return self._first_named(self.sentences[k])
            k -= 1
        return None

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
        named = [
            m.entity
            for m in self.resolver.entity_table.mentions
            if m.offset < analysed.position.offset and m.entity.kind == "person"
        ]
        if not named:
            return None
        entity = max(named, key=named.count)
        return as_speaker(entity)

    def _lone(self, n: int) -> bool:
        """Tell whether a sentence is a whole paragraph made of one quotation."""
        if not 0 <= n < len(self.sentences):
            return False
        analysed = self.sentences[n]
        alone = all(t.quote >= 0 or t.pos == "PUNCT" for t in analysed.sentence.tokens)
        return alone and len(analysed.quotes) == 1 and not self.marked[analysed.quotes[0].number].continues

    def _turns(self, n: int) -> Speaker | None:
        """Return whose turn it is in a dialogue: two people who speak by turns, a paragraph each."""
        first = n
        while self._lone(first - 1):
            first -= 1
        last = n
        while self._lone(last + 1):
            last += 1
        if last - first < 1 or (last - first < 2 and not self._asks(first)):
            return None
        pair = self._pair(first)
        if pair is None:
            return None
        texts = [
            self.text[
                self.marked[self.sentences[k].quotes[0].number].start : self.marked[
                    self.sentences[k].quotes[0].number
                ].end
            ]
            for k in range(first, last + 1)
        ]
        swapped = any(_calls(text, pair[k % 2].name) for k, text in enumerate(texts))
        return pair[(n - first + swapped) % 2]

    def _asks(self, n: int) -> bool:
        return self.text[self.marked[self.sentences[n].quotes[0].number].end - 1] == "?"

    def _pair(self, first: int) -> tuple[Speaker, Speaker] | None:
        """Return the two who speak by turns: the subject of what comes before, and the other one mentioned there."""
        if first == 0:
            return None
        before = self.sentences[first - 1]
        position = self.sentences[first].position
        opener = self.subject(before)
        mentioned = [
            s
            for s in self.resolver.state.salient
            if s.position.offset < position.offset and s.speaker.entity is not None and s.speaker.person
        ]
        mentioned += [
            SalientMention(as_speaker(m.entity), Position(m.offset, m.paragraph, 0), 0.5)
            for m in self.resolver.entity_table.mentions
            if m.entity.kind == "person" and m.offset < position.offset
        ]
        mentioned.sort(key=lambda s: s.position.offset)
        if opener is None or opener.entity is None:
            opener = next(
                (s.speaker for s in reversed(mentioned) if s.position.paragraph == before.position.paragraph), None
            )
        other = next(
            (s.speaker for s in reversed(mentioned) if opener is not None and not s.speaker.is_same(opener)), None
        )
        return (opener, other) if opener is not None and other is not None else None

    def subject(self, analysed: AnalysedSentence) -> Speaker | None:
        """Return the person or body that a sentence is about."""
        phrase = main_subject(analysed.sentence)
        if phrase is None:
            return None
        tokens = analysed.sentence.tokens
        speaker = self.resolver.resolve(
            tokens,
            phrase,
            Position(tokens[phrase.first].start, analysed.position.paragraph, analysed.position.sentence),
        )
        return (
            speaker if speaker is not None and (speaker.entity is not None or self.speaks(analysed, phrase)) else None
        )

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
        low = analysed.sentence.tokens[phrase.head].low
        return self.lex.has("roles.speaking", low)


def _calls(text: str, name: str) -> bool:
    """Tell whether words call somebody by name: "It is the company's, Bram."."""
    first = name.split()[0]
    return bool(re.search(rf", {re.escape(first)}[.!?]|^{re.escape(first)},", text))
