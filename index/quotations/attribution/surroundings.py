"""What an article shows around some words: their sentence, the mention beside them, whom rules and places name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from index.quotations.attribution.candidates import ArticleMentions
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan, main_subject
from index.quotations.cues.cues import Cue
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.typography import fold


class Surroundings:
    """What an article shows around some words, whoever may have spoken them."""

    def __init__(self, article: ArticleMentions, span: AttributedSpan) -> None:
        self.article, self.span, self.lex = article, span, article.lex
        self.analysed = article.sentences[span.sentence]
        self.before, self.after = article.neighbours(span)
        self.candidates = article.candidates(span)

    @cached_property
    def first(self) -> int:
        """The token of the paragraph that the words begin at."""
        tokens = self.analysed.sentence.tokens
        return next((i for i, t in enumerate(tokens) if t.end > self.span.start), len(tokens))

    @cached_property
    def last(self) -> int:
        """One past the token that they end at."""
        tokens = self.analysed.sentence.tokens
        return next((i for i, t in enumerate(tokens) if t.start >= self.span.end), len(tokens))

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Those of the paragraph."""
        return self.analysed.sentence.tokens

    @cached_property
    def words(self) -> list[str]:
        """The words themselves, folded."""
        return re.findall(r"\w+", fold(self.article.text[self.span.start : self.span.end]))

    @cached_property
    def votes(self) -> Mapping[str, Speaker | None]:
        """Whom each rule and each place near the words names."""
        n, sentences = self.span.sentence, self.article.sentences
        above = sentences[n - 1] if n else None
        below = sentences[n + 1] if n + 1 < len(sentences) else None
        return {
            "pick": self.span.speaker,
            "before": self.before.speaker if self.before is not None else None,
            "after": self.after.speaker if self.after is not None else None,
            "cue_left": self._cue(self.analysed, self._left()),
            "cue_right": self._cue(self.analysed, self._right()),
            "source": self._cue(self.analysed, [c for c in self.analysed.cues if c.kind == "preposition"]),
            "subject": self._subject(self.analysed),
            "subject_above": self._subject(above),
            "subject_below": self._subject(below),
            "cue_above": self._cue(above, above.cues[::-1] if above is not None else []),
            "cue_below": self._cue(below, below.cues if below is not None else []),
        }

    def _left(self) -> list[Cue]:
        return [c for c in reversed(self.analysed.cues) if c.last <= self.first and c.kind == "verb"]

    def _right(self) -> list[Cue]:
        return [c for c in self.analysed.cues if c.first >= self.last and c.kind == "verb"]

    def _cue(self, analysed: AnalysedSentence | None, cues: Sequence[Cue]) -> Speaker | None:
        phrase = next((c.source for c in cues if c.source is not None), None)
        return self._resolved(analysed, phrase)

    def _subject(self, analysed: AnalysedSentence | None) -> Speaker | None:
        return self._resolved(analysed, main_subject(analysed.sentence)) if analysed is not None else None

    def _resolved(self, analysed: AnalysedSentence | None, phrase: Phrase | None) -> Speaker | None:
        if analysed is None or phrase is None:
            return None
        tokens, place = analysed.sentence.tokens, analysed.position
        position = Position(tokens[phrase.first].start, place.paragraph, place.sentence)
        return self.article.resolver.resolve(tokens, phrase, position)

    @cached_property
    def mention(self) -> tuple[int, int]:
        """The tokens of the mention beside the words; (0, 0): there is none."""
        if self.span.mention is None:
            return 0, 0
        start, end = self.span.mention
        inside = [i for i, t in enumerate(self.analysed.sentence.tokens) if start <= t.start and t.end <= end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    @cached_property
    def mention_words(self) -> list[str]:
        """The words of the mention, folded."""
        first, last = self.mention
        return [fold(t.low) for t in self.analysed.sentence.tokens[first:last]]

    @cached_property
    def mention_form(self) -> str | None:
        """How the mention beside the words names somebody, None: there is none."""
        if self.span.mention is None:
            return None
        start = self.span.mention[0]
        here = (m.form for m in self.article.in_sentence(self.span.sentence) if m.start == start)
        return next(here, "pronoun")

    @cached_property
    def is_of_a_person(self) -> bool:
        """Tell whether a person who spoke goes on: "a-t-il ajouté", which the rules say is no body's."""
        person = self.span.speaker is not None and self.span.speaker.person
        verb = next((cue.verb for cue in (*self._right(), *self._left()) if cue.verb is not None), None)
        adds = verb is not None and self.lex.has("pronouns.adding", verb.lemma)
        return person and adds and self.mention_form == "pronoun"
