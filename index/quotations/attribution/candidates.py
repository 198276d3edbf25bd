"""Who may have spoken some words: everybody whom the article mentions near them, or quotes, or names most."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from index.quotations.attribution.pointer.sight import Integers
from index.quotations.attribution.pointer.states import ArticleStates
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan
from index.quotations.people.entities import Entity, Mention
from index.quotations.people.resolver import Resolver
from index.quotations.people.speaker import Position, Speaker, as_speaker
from index.quotations.syntax.noun_phrases import Phrase, is_silent, phrase_at

Form = Literal["name", "noun", "pronoun"]

_BEFORE, _AFTER = 4, 2
"""Sentences around some words whose mentions are candidates."""
_NAMED_MOST = 5
"""Persons that the article names most, who are candidates everywhere in it."""


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A mention of somebody in a sentence.

    Attributes:
        sentence: its number in the article; ``head`` counts the tokens of the sentence's paragraph.
        form: how it is mentioned.
    """

    speaker: Speaker
    start: int
    end: int
    sentence: int
    head: int
    form: Form


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have spoken, and where the article mentions them near the words, in order."""

    speaker: Speaker
    mentions: tuple[PlacedMention, ...] = ()


class ArticleMentions:
    """The mentions of an article that its rules have read, found sentence by sentence when they are asked for.

    Args:
        text: the article's.
        sentences: all of them, in order.
        resolver: has read them.
        found: the words that somebody said, in order.
        states: of the embedding model's tokens around them; None: it cannot be had.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[AnalysedSentence],
        resolver: Resolver,
        found: Sequence[AttributedSpan],
        states: ArticleStates | None = None,
    ) -> None:
        self.text, self.sentences, self.resolver, self.found, self.states = text, sentences, resolver, found, states
        self.lex = resolver.lex
        self._places = {id(span): n for n, span in enumerate(found)}
        self._known: dict[int, list[PlacedMention]] = {}

    def candidates(self, span: AttributedSpan) -> list[Candidate]:
        """Return whoever may have spoken a span's words, nobody twice."""
        near = self._near(span)
        others = [other.speaker for other in (span, *self.neighbours(span)) if other is not None]
        speakers: dict[object, Speaker] = {}
        for speaker in (*others, *map(as_speaker, self.named_most), *(m.speaker for m in near)):
            if speaker is not None:
                speakers.setdefault(key_of(speaker), speaker)
        mentioned: dict[object, list[PlacedMention]] = {}
        for m in near:
            mentioned.setdefault(key_of(m.speaker), []).append(m)
        return [Candidate(speaker, tuple(mentioned.get(key, ()))) for key, speaker in speakers.items()]

    def _near(self, span: AttributedSpan) -> list[PlacedMention]:
        first = max(span.sentence - _BEFORE, 0)
        last = min(span.sentence + _AFTER + 1, len(self.sentences))
        return [m for n in range(first, last) for m in self.in_sentence(n)]

    def neighbours(self, span: AttributedSpan) -> tuple[AttributedSpan | None, AttributedSpan | None]:
        """Return the words that somebody said just before and just after others."""
        at = self._places[id(span)]
        before = self.found[at - 1] if at else None
        after = self.found[at + 1] if at + 1 < len(self.found) else None
        return before, after

    @cached_property
    def said(self) -> Integers:
        """The places of everybody's words, shape (spans, 2)."""
        return np.array([(span.start, span.end) for span in self.found], np.int64).reshape(-1, 2)

    @cached_property
    def counts(self) -> Counter[object]:
        """How often the article names each entity."""
        return Counter(id(m.entity) for m in self.resolver.entity_table.mentions)

    @cached_property
    def named_most(self) -> list[Entity]:
        """The persons that the article names most, at least twice each."""
        persons = [e for e in self.resolver.entity_table.entities if e.kind == "person" and self.counts[id(e)] > 1]
        return sorted(persons, key=lambda e: -self.counts[id(e)])[:_NAMED_MOST]

    def in_sentence(self, n: int) -> list[PlacedMention]:
        """Return the mentions of a sentence, marked words left out, in order."""
        if n not in self._known:
            self._known[n] = sorted(self._read(self.sentences[n]), key=lambda m: m.start)
        return self._known[n]

    def _read(self, analysed: AnalysedSentence) -> Iterator[PlacedMention]:
        s = analysed.sentence
        i = s.first
        phrases: list[Phrase] = []
        while i < s.last:
            phrase = phrase_at(s.tokens, i, s.last, s.lex) if s.tokens[i].quote < 0 else None
            if phrase is not None and not is_silent(s.tokens, phrase, s.lex):
                phrases.append(phrase)
            i = phrase.last if phrase is not None else i + 1
        named: set[int] = set()
        for phrase in phrases:
            mention = self._of_phrase(analysed, phrase)
            if mention is not None:
                yield mention
                if mention.speaker.entity is not None:
                    named.add(id(mention.speaker.entity))
        yield from self._of_names(analysed, named)

    def _of_phrase(self, analysed: AnalysedSentence, phrase: Phrase) -> PlacedMention | None:
        tokens, place = analysed.sentence.tokens, analysed.position
        start, end = tokens[phrase.first].start, tokens[phrase.last - 1].end
        speaker = self.resolver.resolve(tokens, phrase, Position(start, place.paragraph, place.sentence))
        if speaker is None:
            return None
        named = any(t.capital and t.pos == "PROPN" for t in tokens[phrase.first : phrase.last])
        form: Form = "pronoun" if phrase.pronoun else "name" if named else "noun"
        return PlacedMention(speaker, start, end, place.sentence, phrase.head, form)

    def _of_names(self, analysed: AnalysedSentence, known: set[int]) -> Iterator[PlacedMention]:
        """Yield the names that stand within the phrases of others: "the mayor of Lyon, X"."""
        s = analysed.sentence
        start, end = s.tokens[s.first].start, s.tokens[s.last - 1].end
        at = {s.tokens[i].start: i for i in range(s.first, s.last)}
        for m in self._named_between(start, end):
            if id(m.entity) not in known and m.offset in at:
                token = at[m.offset]
                stop = s.tokens[token].end
                yield PlacedMention(as_speaker(m.entity), m.offset, stop, analysed.position.sentence, token, "name")

    def _named_between(self, start: int, end: int) -> Sequence[Mention]:
        """Return where entities are named between two offsets."""
        mentions = self.resolver.entity_table.mentions
        first, last = (bisect_left(mentions, offset, key=lambda m: m.offset) for offset in (start, end))
        return mentions[first:last]


def key_of(speaker: Speaker) -> object:
    """Return what two speakers share when they are one (see ``Speaker.is_same``)."""
    return id(speaker.entity) if speaker.entity is not None else speaker.name
