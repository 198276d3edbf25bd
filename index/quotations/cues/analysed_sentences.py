"""Paragraphs -> the article's sentences in order, each with its place, its cues and its quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.languages.lexicon import Lexicon
from index.models import Quotation
from index.quotations.cues.cues import Cue, find_cues
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase, Sentence, bare_phrases, is_pronoun, is_silent, phrase_around
from index.quotations.syntax.parser import Paragraph


@dataclass(frozen=True, slots=True)
class AttributedSpan:
    """Words that somebody said, and who: the article, read to its end, tells by what name.

    Attributes:
        quotation: the words, without the speaker's name.
        number: of the marked stretch that the words are, -1: they stand in no marks.
        sentence: the number of the sentence, within the article.
        paragraph: the number of the paragraph.
        rule: the rule that named the speaker (see ``attribution.votes.RULES``).
        mention: where ``speaker_as_written`` stands, None when nothing beside the words names the speaker.
        confidence: how probable the speaker is, 0 to 1; None: nobody is named.
        alternative: who else may have spoken, None when nobody else is likely.
        disclaimed: who did not say them, when the sentence denies that somebody did: they are nobody's.
        sure: see ``Quotation.sure``.
    """

    quotation: Quotation
    speaker: Speaker | None
    number: int
    sentence: int
    paragraph: int
    rule: str = ""
    mention: tuple[int, int] | None = None
    confidence: float | None = None
    alternative: Speaker | None = None
    disclaimed: Speaker | None = None
    sure: bool | None = None

    @property
    def is_settled(self) -> bool:
        """Whether a denial, or the form of the text, tells whose the words are, or not: nobody weighs them."""
        return self.disclaimed is not None or bool(self.quotation.turn) or self.rule in ("turned", "agentless")

    @property
    def start(self) -> int:
        """See ``Quotation.start``."""
        return self.quotation.start

    @property
    def end(self) -> int:
        """See ``Quotation.end``."""
        return self.quotation.end

    def named(self) -> Quotation:
        """Return the quotation under its speaker's name."""
        start, end = self.mention or (None, None)
        return replace(
            self.quotation,
            speaker=self.speaker.name if self.speaker else None,
            speaker_kind=self.speaker.kind if self.speaker else None,
            confidence=round(self.confidence, 3) if self.confidence is not None else None,
            sure=self.sure,
            alternative=self.alternative.name if self.alternative else None,
            disclaimed=self.disclaimed.name if self.disclaimed else None,
            mention_start=start,
            mention_end=end,
        )


@dataclass(frozen=True, slots=True)
class QuotedTokens:
    """A marked stretch within a sentence: its number among the marked, and the tokens that it takes."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class AnalysedSentence:
    """One sentence, its place in the article, and its cues."""

    sentence: Sentence
    position: Position
    cues: list[Cue]
    quotes: list[QuotedTokens]


def analyse_sentences(paragraphs: Sequence[Paragraph], lex: Lexicon) -> list[AnalysedSentence]:
    """Return the sentences of an article in order, with their cues and quotations."""
    sentences: list[AnalysedSentence] = []
    for number, paragraph in enumerate(paragraphs):
        for first, last in paragraph.sentences:
            sentence = Sentence(paragraph.tokens, first, last, lex)
            position = Position(paragraph.tokens[first].start, number, len(sentences))
            sentences.append(AnalysedSentence(sentence, position, find_cues(sentence), quotes_in(sentence)))
    return sentences


def quotes_in(sentence: Sentence) -> list[QuotedTokens]:
    """Return the marked stretches of a sentence, in order."""
    found: list[QuotedTokens] = []
    for i in range(sentence.first, sentence.last):
        number = sentence.tokens[i].quote
        if number < 0:
            continue
        if found and found[-1].number == number:
            found[-1] = QuotedTokens(number, found[-1].first, i + 1)
        else:
            found.append(QuotedTokens(number, i, i + 1))
    return found


def _is_echo(s: Sentence, i: int) -> bool:
    """Tell whether a pronoun between commas takes up the subject before it: "L'agence, elle, se tait"."""
    between = s.first < i < s.last - 1 and s.tokens[i - 1].low == "," and s.tokens[i + 1].low == ","
    return between and is_pronoun(s.tokens[i], s.lex)


def main_subject(s: Sentence) -> Phrase | None:
    """Return the subject of a sentence's main clause: the one that the parser sees, else the first bare phrase."""
    subject = next(_subjects(s), None)
    if subject is not None:
        return phrase_around(s.tokens, subject, s.first, s.last, s.lex)
    phrases = bare_phrases(s.tokens, s.first, s.last, s.lex)
    return next((p for p in phrases if not is_silent(s.tokens, p, s.lex)), None)


def _subjects(s: Sentence) -> Iterator[int]:
    """Yield the subjects that the parser sees: pronouns of the main verb first, then its nouns, then all others."""
    subjects = [i for i in range(s.first, s.last) if _is_subject(s, i)]
    main = [i for i in subjects if s.tokens[s.tokens[i].head].dep == "ROOT"]
    yield from (i for i in main if is_pronoun(s.tokens[i], s.lex))
    yield from main
    yield from subjects


def _is_subject(s: Sentence, i: int) -> bool:
    """Tell whether the parser sees a subject at i, outside marks, that may name somebody: not "on", "qui"."""
    subject = s.tokens[i].dep.startswith("nsubj") and not s.is_marked(i)
    silent = s.has(i, "grammar.never") or s.has(i, "subjects.subject_relatives")
    return subject and not silent and not _is_echo(s, i)
