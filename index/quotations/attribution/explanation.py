"""Why words stand under a name: ``dixit quotes --explain`` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.models import Article, Quotation
from index.quotations.attribution.candidates import ArticleMentions
from index.quotations.attribution.decision import decide, rank
from index.quotations.attribution.reader import open_reader
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.cues.analysed_sentences import AttributedSpan
from index.quotations.text.windows import stretches

SHOWN = 5
"""Candidates that are worth telling."""


@dataclass(frozen=True, slots=True)
class Support:
    """Somebody who may have spoken: how probably, 0 to 1, and which rules and places say so."""

    speaker: str
    probability: float
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A quotation, the rule that found its speaker first, and whoever may have spoken, the most probable first."""

    quotation: Quotation
    rule: str
    ranking: tuple[Support, ...]


def explain_quotations(article: Article) -> Iterator[Explanation]:
    """Yield the words that an article quotes or reports, each with the reasons for its speaker."""
    for start, end in stretches(article.text):
        reader = open_reader(article, start, end)
        mentions = reader.mentions()
        for span in mentions.found:
            decided = decide(span, mentions, reader.text, reader.lex).named()
            yield Explanation(decided.moved(start), span.rule, _ranking(span, mentions, reader.text))


def _ranking(span: AttributedSpan, mentions: ArticleMentions, text: str) -> tuple[Support, ...]:
    lex = mentions.resolver.lex
    votes = Surroundings(mentions, span, text, lex).votes
    return tuple(
        Support(
            ranked.candidate.speaker.name,
            round(ranked.probability, 3),
            tuple(name for name, voted in votes.items() if voted and voted.is_same(ranked.candidate.speaker)),
        )
        for ranked in rank(span, mentions, text, lex)[:SHOWN]
    )
