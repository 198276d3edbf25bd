"""Who speaks in a dialogue by dashes: whoever the cue beside the words names, else who spoke before the other one.

A noun in a cue ("demanda la gardienne") is nobody named before, as in an article of the press it would be: where people
speak by turns it most often is the other one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.languages.lexicon import Lexicon
from index.models import Quotation
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan, QuotedTokens
from index.quotations.people.resolver import Resolver
from index.quotations.people.speaker import Position, Speaker
from index.quotations.people.speaker_kinds import kind_of
from index.quotations.syntax.noun_phrases import Phrase, is_nominal, phrase_at
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import text_of
from index.text.marks import Marked

_CUED, _BY_TURNS = 0.95, 0.8
"""How probable it is that the one whom the cue names speaks, and the one whose turn it is."""
_REACH = 5
"""Tokens between the words and the verb of their cue, at most."""
_TO_SUBJECT = 2
"""Tokens behind the verb where its subject may begin."""


class DashDialogue:
    """The turns behind dashes of one article, read in order.

    Args:
        text: the article's.
        marked: its marked stretches, those behind dashes among them.
        found: what was found before.
    """

    def __init__(
        self, text: str, marked: Sequence[Marked], resolver: Resolver, lex: Lexicon, found: Sequence[AttributedSpan]
    ) -> None:
        self._text, self._marked, self._resolver, self._lex, self._found = text, marked, resolver, lex, found
        # Roles that the article tells before it is read: while it is, a noun may be given to the person named last.
        self._roles = [frozenset(e.roles) for e in resolver.entity_table.entities if e.kind == "person"]

    def turn(self, article_id: str, analysed: AnalysedSentence, q: QuotedTokens) -> AttributedSpan:
        """Return the words of a stretch behind a dash, under the one who speaks."""
        m, place = self._marked[q.number], analysed.position
        words = Quotation(article_id, m.start, m.end, "direct", turn=True)
        cue = self._cue(analysed, q)
        if cue is None:
            speaker = self._last(place.paragraph) or self._other(place.paragraph)
            return self._span(words, speaker, q, analysed, None, _BY_TURNS)
        verb, phrase = cue
        tokens = analysed.sentence.tokens
        mention = (tokens[phrase.first].start, tokens[phrase.last - 1].end)
        written = text_of(tokens, phrase.first, phrase.last)
        words = replace(words, cue=tokens[verb].text, speaker_as_written=written)
        speaker = self._speaker(analysed, phrase)
        return self._span(words, speaker, q, analysed, mention, _CUED)

    def _span(
        self,
        words: Quotation,
        speaker: Speaker | None,
        q: QuotedTokens,
        analysed: AnalysedSentence,
        mention: tuple[int, int] | None,
        confidence: float,
    ) -> AttributedSpan:
        place, sure = analysed.position, confidence if speaker else None
        return AttributedSpan(words, speaker, q.number, place.sentence, place.paragraph, "turn", mention, sure)

    def _cue(self, analysed: AnalysedSentence, q: QuotedTokens) -> tuple[int, Phrase] | None:
        """Return the verb and its subject behind the words: ", répondit Ferdinand", ", Ned replied"."""
        s, tokens = analysed.sentence, analysed.sentence.tokens
        for i in range(q.last, min(q.last + _REACH, s.last)):
            verb = self._lex.verbs.get(tokens[i].low)
            if tokens[i].quote >= 0:
                return None
            if verb is None or not verb.groups & {"say", "manner"}:
                continue
            before = phrase_at(tokens, q.last + (tokens[q.last].low == ","), i, self._lex)
            behind = self._behind(tokens, i + 1, s.last)
            subject = behind or (before if before and before.last == i else None)
            return (i, subject) if subject else None
        return None

    def _behind(self, tokens: Sequence[Token], first: int, stop: int) -> Phrase | None:
        for i in range(first, min(first + _TO_SUBJECT, stop)):
            phrase = phrase_at(tokens, i, stop, self._lex)
            if phrase is not None and (phrase.pronoun or is_nominal(tokens[phrase.head])):
                return phrase
        return None

    def _speaker(self, analysed: AnalysedSentence, phrase: Phrase) -> Speaker | None:
        tokens, place = analysed.sentence.tokens, analysed.position
        described = self._described(tokens, phrase)
        if described is not None:
            return described
        position = Position(tokens[phrase.first].start, place.paragraph, place.sentence)
        speaker = self._resolver.resolve(tokens, phrase, position)
        before = self._last(place.paragraph - 1)
        if phrase.pronoun and speaker is not None and before is not None and speaker.is_same(before):
            return self._other(place.paragraph)
        return speaker

    def _described(self, tokens: Sequence[Token], phrase: Phrase) -> Speaker | None:
        """Return the one whom a noun describes, None when it is a name, a pronoun, or the role of one person alone."""
        noun = tokens[phrase.head]
        named = phrase.pronoun or any(t.capital for t in tokens[phrase.first : phrase.last])
        if named or sum(noun.low in roles for roles in self._roles) == 1:
            return None
        name = self._resolver.organisations.without_article(tokens, phrase)
        return Speaker(name, None, noun.gender, kind=kind_of(noun, False, self._lex))

    def _last(self, paragraph: int) -> Speaker | None:
        """Return who spoke last in a paragraph behind a dash."""
        spoke = (w.speaker for w in reversed(self._found) if w.paragraph == paragraph and w.quotation.turn)
        return next(spoke, None)

    def _other(self, paragraph: int) -> Speaker | None:
        """Return whose turn it is after another's: the one who spoke before that."""
        first, second = self._last(paragraph - 2), self._last(paragraph - 1)
        return first if first is not None and second is not None and not first.is_same(second) else None
