"""One quotation in marks -> who says it, by the rules in their order (see ``rules.listing``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.models import Kind
from index.quotations.attribution.headline import comes_again
from index.quotations.attribution.rules.cued import governing_cue
from index.quotations.attribution.rules.phrases import (
    agent_of,
    answer_of,
    colon_source,
    has_no_agent,
    is_reason,
    signed_by,
    subject_before,
    turns_to_others,
)
from index.quotations.attribution.spans import SpanRecorder
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan, QuotedTokens
from index.quotations.cues.cues import Cue
from index.quotations.speech.fragments import is_fragment, opens_sentence
from index.quotations.speech.indirect import Clause
from index.quotations.speech.not_speech import is_explained, names_a_thing
from index.quotations.syntax.noun_phrases import Sentence

_LONG = 6  # words of a fragment that somebody has said, cue or not


@dataclass(frozen=True, slots=True)
class PlacedQuotation:
    """A quotation where it stands.

    Attributes:
        n: the number of its sentence.
        inside: the words within the marks.
        fragment: whether they are a part of the reporter's sentence.
        opens: whether they open it.
        clauses: the reported clauses of the sentence.
    """

    n: int
    analysed: AnalysedSentence
    quote: QuotedTokens
    inside: str
    fragment: bool
    opens: bool
    clauses: Sequence[Clause]

    @property
    def sentence(self) -> Sentence:
        """The sentence that it stands in."""
        return self.analysed.sentence

    @property
    def kind(self) -> Kind:
        """Whether the reporter's sentence takes the words up, or they are one of their own."""
        return "mixed" if self.fragment else "direct"

    @property
    def cue(self) -> Cue | None:
        """The cue that governs it, else that of the reported clause that it stands in."""
        reporting = (c.cue for c in self.clauses if c.first <= self.quote.first < c.last)
        return governing_cue(self.sentence, self.quote, self.analysed.cues, self.fragment) or next(reporting, None)


class MarkedQuotations:
    """Asks the rules, one after the other, who says what stands in marks."""

    def __init__(self, spans: SpanRecorder) -> None:
        self.spans = spans

    def attribute(self, n: int, analysed: AnalysedSentence, q: QuotedTokens, clauses: Sequence[Clause]) -> None:
        """Keep a quotation under the speaker whom the first rule that applies names; nothing when it is no speech."""
        inside = self._inside(q.number)
        fragment, opens = is_fragment(analysed, q, inside), opens_sentence(analysed.sentence, q)
        quoted = PlacedQuotation(n, analysed, q, inside, fragment, opens, clauses)
        rules = (
            self._no_speech,
            self._joined,
            self._agent,
            self._cued,
            self._turned,
            self._beside,
            self._led_to,
            self._within,
        )
        if not any(rule(quoted) for rule in rules):
            self._uncued(quoted)

    def _inside(self, number: int) -> str:
        """Return what stands within marks."""
        m = self.spans.marked[number]
        return self.spans.text[m.start : m.end]

    def _no_speech(self, quoted: PlacedQuotation) -> bool:
        """Pass over marks that hold a name, a title or a term."""
        tokens, q, s, lex = quoted.sentence.tokens, quoted.quote, quoted.sentence, self.spans.lex
        if quoted.opens:
            return is_explained(tokens, q.last, s.last, quoted.inside, lex)
        return names_a_thing(tokens, q.first, q.last, s.first, quoted.inside, lex)

    def _joined(self, quoted: PlacedQuotation) -> bool:
        """Apply the rule "joined": the speaker of the words right before."""
        twin = self._twin(quoted.sentence, quoted.quote)
        if twin is not None:
            cue = twin.quotation.cue
            self.spans.keep(quoted.analysed, quoted.quote, twin.speaker, twin.mention, cue, quoted.kind, "joined")
        return twin is not None

    def _twin(self, s: Sentence, q: QuotedTokens) -> AttributedSpan | None:
        """Return the quotation just before, when only "et", a comma or a bracket parts this one from it."""
        last = self.spans.found[-1] if self.spans.found else None
        if last is None or last.speaker is None or not 0 <= last.number == q.number - 1:
            return None
        i = _joint(s, q.first - 1)
        while i >= s.first and _parts_closely(s, i):
            i -= 1
        return last if s.first <= i < q.first - 1 and s.tokens[i].quote == last.number else None

    def _agent(self, quoted: PlacedQuotation) -> bool:
        """Apply the rule "agent": by whom somebody is called what the marks hold."""
        agent = agent_of(quoted.sentence, quoted.quote)
        if agent is not None:
            self.spans.add(quoted.analysed, quoted.quote, agent, None, quoted.kind, "agent")
            return True
        unnamed = quoted.cue is None and has_no_agent(quoted.sentence, quoted.quote)
        if unnamed:
            self.spans.keep(quoted.analysed, quoted.quote, None, None, None, quoted.kind, "agentless")
        return unnamed

    def _cued(self, quoted: PlacedQuotation) -> bool:
        """Apply the rule "cue": the source of the cue, unless a preposition leads to a fragment with a capital."""
        cue = quoted.cue
        if cue is None:
            return False
        if quoted.fragment and quoted.inside[:1].isupper() and cue.kind == "preposition":
            return True
        if cue.source is not None:
            self.spans.add(quoted.analysed, quoted.quote, cue.source, cue, quoted.kind, "cue")
        return cue.source is not None

    def _beside(self, quoted: PlacedQuotation) -> bool:
        """Apply the rules "colon", "predicate", "answer" and "signed": the phrase that stands beside the marks."""
        s, q = quoted.sentence, quoted.quote
        for rule, phrase in (
            ("colon", colon_source(s, q)),
            ("predicate", subject_before(s, q, quoted.inside)),
            ("answer", answer_of(s, q) if quoted.opens else None),
            ("signed", signed_by(s, q, quoted.inside) if quoted.opens else None),
        ):
            if phrase is not None:
                self.spans.add(quoted.analysed, q, phrase, None, quoted.kind, rule)
                return True
        return False

    def _turned(self, quoted: PlacedQuotation) -> bool:
        """Apply the rule "turned": nobody, where a sentence turns to others whom it does not name before a colon."""
        turns = turns_to_others(quoted.sentence, quoted.quote)
        if turns:
            self.spans.keep(quoted.analysed, quoted.quote, None, None, None, "direct", "turned")
        return turns

    def _led_to(self, quoted: PlacedQuotation) -> bool:
        """Apply the rule "introduced": the subject of a sentence with a colon, before the words or behind them."""
        if not quoted.opens or not _is_beside_colon(quoted.sentence, quoted.quote):
            return False
        introduced = self.spans.subjects.subject(quoted.analysed)
        if introduced is not None:
            self.spans.keep(quoted.analysed, quoted.quote, introduced, None, None, "direct", "introduced")
        return introduced is not None

    def _within(self, quoted: PlacedQuotation) -> bool:
        """Apply the rule "subject" to what stands within a sentence: short fragments are nobody's words."""
        if quoted.opens and not quoted.fragment:
            return False
        long = len(quoted.inside.split()) >= _LONG and not quoted.inside[:1].isupper()
        if long or self._comes_again(quoted):
            reason = is_reason(quoted.sentence, quoted.quote)
            willing = None if reason else self.spans.subjects.willing(quoted.analysed)
            self.spans.keep(quoted.analysed, quoted.quote, willing, None, None, "mixed", "subject")
        return True

    def _comes_again(self, quoted: PlacedQuotation) -> bool:
        """Tell whether the article quotes the words of a headline's marks again, in full."""
        later = range(quoted.quote.number + 1, len(self.spans.marked))
        headline = quoted.analysed.position.paragraph == 0
        return headline and any(comes_again(quoted.inside, self._inside(number)) for number in later)

    def _uncued(self, quoted: PlacedQuotation) -> None:
        """Apply the rule "uncued": whom the sentences around tell."""
        analysed, q, uncued = quoted.analysed, quoted.quote, self.spans.uncued
        speaker = uncued.words_of(analysed) or uncued.speaker(quoted.n, analysed, q)
        cue = self.spans.printed(quoted.sentence, quoted.cue)
        self.spans.keep(analysed, q, speaker, None, cue, quoted.kind, "uncued")


def _joint(s: Sentence, i: int) -> int:
    """Return where what joins words to those before ends: before the article of "sa « peur » et | son « dégoût »"."""
    joined = s.has(i - 1, "joining.and") or s.has(i - 1, "joining.or")
    if s.tokens[i].quote >= 0 or not joined or not s.lex.has("naming.traits", "repeated_determiners"):
        return i
    return i - (s.tokens[i].pos == "DET" or s.has(i, "joining.repeated"))


def _parts_closely(s: Sentence, i: int) -> bool:
    """Tell whether a word parts quotations of one speaker: a comma, a bracket, a conjunction."""
    if s.tokens[i].quote >= 0:
        return False
    return s.tokens[i].low in (",", "(") or s.has(i, "joining.and") or s.has(i, "joining.or")


def _is_beside_colon(s: Sentence, q: QuotedTokens) -> bool:
    """Tell whether a colon stands before marks or behind them: "« ... » : hier, X a tenté de rassurer"."""
    before = q.first > s.first and s.tokens[q.first - 1].low == ":"
    return before or (q.last < s.last and s.tokens[q.last].low == ":")
