"""Words that an article says somebody did not say: kept under nobody, with who did not and where that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.models import Quotation
from index.quotations.cues.analysed_sentences import AnalysedSentence, AttributedSpan
from index.quotations.people.resolver import Resolver
from index.quotations.people.speaker import Position
from index.quotations.speech.denials import denials
from index.text.marks import Marked


def denied_words(
    article_id: str, marked: Sequence[Marked], sentences: Sequence[AnalysedSentence], resolver: Resolver
) -> Iterator[AttributedSpan]:
    """Yield the denied words of an article, each with the sentence that denies them."""
    for analysed in sentences:
        s, place = analysed.sentence, analysed.position
        for denial in denials(analysed):
            at = Position(s.tokens[denial.source.first].start, place.paragraph, place.sentence)
            somebody = resolver.resolve(s.tokens, denial.source, at)
            if somebody is None:
                continue
            m = marked[denial.quote.number]
            start, end = s.tokens[s.first].start, s.tokens[s.last - 1].end
            words = Quotation(article_id, m.start, m.end, "mixed", denial_start=start, denial_end=end)
            number = denial.quote.number
            yield AttributedSpan(words, None, number, place.sentence, place.paragraph, "denied", disclaimed=somebody)
