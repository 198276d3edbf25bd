"""Why words stand under a name: ``dixit quotes --explain`` prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from index.embedding.token_states import TokenStates
from index.models import Article, Extraction, Quotation, Span
from index.quotations.attribution.candidates import ArticleMentions
from index.quotations.attribution.decision import Ranked, rank
from index.quotations.attribution.named_people import named_people
from index.quotations.attribution.reader import ArticleReader, open_reader
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.extractor import joined
from index.quotations.people.speaker import Speaker
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
    """A quotation, the rule that found its speaker first, and whoever may have spoken, the most probable first.

    ``states`` tells whether the embedding model was asked too.
    """

    quotation: Quotation
    rule: str
    ranking: tuple[Support, ...]
    states: bool


def explain_quotations(article: Article, model: TokenStates | None = None) -> Iterator[Explanation]:
    """Yield the words that an article quotes or reports, each with the reasons for its speaker.

    Turns of a transcript are told by the form of the text alone: by their label ("turn_label"), or as answers to the
    questions before them ("turn_answer"). Denied words and turns behind dashes, which nobody weighs, have no ranking.
    """
    read: list[tuple[int, Extraction]] = []
    weighed: dict[Span, Explanation] = {}
    for start, end in stretches(article.text):
        reader = open_reader(article, start, end, model)
        mentions = reader.mentions()
        told = list(_weighed(reader, mentions))
        weighed |= {(start + one.quotation.start, start + one.quotation.end): one for one in told}
        read.append((start, Extraction(tuple(one.quotation for one in told), tuple(named_people(mentions)))))
    for quotation in joined(article, read).quotations:
        if quotation.turn:
            yield _of_turn(quotation, model is not None)
        else:
            yield replace(weighed[quotation.start, quotation.end], quotation=quotation)


def _weighed(reader: ArticleReader, mentions: ArticleMentions) -> Iterator[Explanation]:
    for span in mentions.found:
        around = Surroundings(mentions, span)
        ranking = [] if span.is_settled else rank(around, reader.weights)
        supports = tuple(_support(ranked, around.votes) for ranked in ranking[:SHOWN])
        yield Explanation(reader.told(span, ranking), span.rule, supports, reader.states is not None)


def _of_turn(quotation: Quotation, states: bool) -> Explanation:
    """Explain a turn: whom its label stands for, and who else it may be."""
    rule = "turn_label" if quotation.speaker_as_written else "turn_answer"
    sure = quotation.confidence or 0.0
    told = [Support(quotation.speaker, sure, (rule,))] if quotation.speaker else []
    others = [Support(quotation.alternative, round(1 - sure, 3), ())] if quotation.alternative else []
    return Explanation(quotation, rule, (*told, *others), states)


def _support(ranked: Ranked, votes: Mapping[str, Speaker | None]) -> Support:
    speaker = ranked.candidate.speaker
    names = tuple(name for name, voted in votes.items() if voted and voted.is_same(speaker))
    return Support(speaker.name, round(ranked.probability, 3), names)
