"""The article read from top to bottom: who is mentioned, who speaks, in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from index.embedding.token_states import TokenStates
from index.languages.data_files import languages
from index.languages.lexicon import Lexicon, lexicon
from index.models import Article, Extraction, Kind, Quotation
from index.quotations.attribution.candidates import ArticleMentions
from index.quotations.attribution.decision import Ranked, decide, rank, weights_file
from index.quotations.attribution.denied import denied_words
from index.quotations.attribution.dialogue import DashDialogue
from index.quotations.attribution.discourse import DiscourseRecorder
from index.quotations.attribution.headline import comes_again
from index.quotations.attribution.named_people import named_people
from index.quotations.attribution.pointer.states import ArticleStates
from index.quotations.attribution.quoted import MarkedQuotations
from index.quotations.attribution.rules.uncued import UncuedQuotations
from index.quotations.attribution.spans import SpanRecorder
from index.quotations.attribution.subjects import SentenceSubjects
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.cues.analysed_sentences import (
    AnalysedSentence,
    AttributedSpan,
    QuotedTokens,
    analyse_sentences,
)
from index.quotations.cues.cues import Cue
from index.quotations.people.resolver import open_resolver
from index.quotations.speech.fragments import is_fragment
from index.quotations.speech.indirect import reported_clauses
from index.quotations.speech.marked_evidence import MarkedWords
from index.quotations.speech.marked_speech import are_speech
from index.quotations.speech.mixed import is_hearsay
from index.quotations.speech.vouching import vouched
from index.quotations.syntax.mended_tags import mend_inverted_verbs, mend_reading, mend_trades
from index.quotations.syntax.parser import Paragraph, read
from index.quotations.syntax.proper_names import join_titles
from index.quotations.syntax.time_words import name_people
from index.quotations.text.dashes import mark_dialogue
from index.text.marks import Marked, find_marked


class ArticleReader:
    """Reads the sentences of an article in order."""

    def __init__(
        self,
        article: Article,
        marked: Sequence[Marked],
        paragraphs: Sequence[Paragraph],
        lex: Lexicon,
        states: ArticleStates | None = None,
    ) -> None:
        self.article_id, self.text, self.marked, self.lex = article.id, article.text, marked, lex
        self.parsed = article.lang in languages()
        self.states, self.weights = states, weights_file(states is not None)
        mend_trades(paragraphs, lex)
        mend_inverted_verbs(paragraphs, lex)
        mend_reading(paragraphs, lex)
        join_titles(paragraphs, lex)
        self.sentences = list(analyse_sentences(paragraphs, lex))
        self.resolver = open_resolver(paragraphs, lex, [analysed.position.offset for analysed in self.sentences])
        self.found: list[AttributedSpan] = []
        self.dialogue = DashDialogue(self.text, marked, self.resolver, lex, self.found)
        self.subjects = SentenceSubjects(self.resolver, lex)
        uncued = UncuedQuotations(self.text, marked, lex, self.sentences, self.subjects, self.found)
        self.spans = SpanRecorder(self.article_id, self.text, marked, lex, self.subjects, uncued, self.found)
        self.quotations = MarkedQuotations(self.spans)
        self.recorder = DiscourseRecorder(self.subjects, lex)

    def extraction(self) -> Extraction:
        """Return everything that is said, under whoever most probably said it, and everybody who is named."""
        mentions = self.mentions()
        said = (
            self.told(span, () if span.is_settled else rank(Surroundings(mentions, span), self.weights))
            for span in mentions.found
        )
        return Extraction(tuple(said), tuple(named_people(mentions)))

    def told(self, span: AttributedSpan, ranking: Sequence[Ranked]) -> Quotation:
        """Return words under whoever most probably said them, with what the article says of their being said at all."""
        if span.is_settled:
            return span.named()
        via, hedge = vouched(self.sentences[span.sentence], span)
        return replace(decide(span, ranking, self.weights).named(), via=via, hedge=hedge)

    def mentions(self) -> ArticleMentions:
        """Return the words that the rules find, in order and without overlap, and everybody whom the article mentions.

        The article is read once: a second call adds what the first has found.
        """
        self.read()
        if self.parsed:  # the trees read the grammar
            self._weigh_marks()
        self._deny()
        return ArticleMentions(self.text, self.sentences, self.resolver, self.settled(), self.states)

    def settled(self) -> list[AttributedSpan]:
        """Return what is found so far, in order and without overlap; a headline's words as the body gives them."""
        return _without_overlap([self._as_in_body(words) for words in self.found])

    def read(self) -> None:
        """Apply the rules, sentence by sentence."""
        for n, analysed in enumerate(self.sentences):
            self.recorder.note(analysed)
            self._sentence(n, analysed)

    def marked_words(self) -> Iterator[MarkedWords]:
        """Yield what stands in marks, once the rules have been applied, in order."""
        spoken = {words.number for words in self.found if words.number >= 0}
        every = {q.number for analysed in self.sentences for q in analysed.quotes}
        seen: set[int] = set()
        for analysed in self.sentences:
            for q in analysed.quotes:
                if q.number not in seen:
                    seen.add(q.number)
                    inside = self.text[self.marked[q.number].start : self.marked[q.number].end]
                    yield MarkedWords(self.text, inside, analysed, q, spoken, every, self.lex)

    def _weigh_marks(self) -> None:
        """Drop what the rules take for speech and more probably is none, and add what they pass over."""
        marked = list(self.marked_words())
        weighed = list(zip(marked, are_speech(marked), strict=True))
        told = set(map(attrgetter("number"), filter(_is_told, self.found)))
        silent = {w.quote.number for w, spoken in weighed if not spoken} - told
        self.found[:] = [found for found in self.found if found.number not in silent]
        for words, spoken in weighed:
            if spoken and words.quote.number not in words.spoken:
                self._add_passed_over(words)

    def _deny(self) -> None:
        """Take words from whom the article says not to have said them."""
        denied = list(denied_words(self.article_id, self.marked, self.sentences, self.resolver))
        places = [(words.start, words.end) for words in denied]
        apart = [w for w in self.found if all(w.end <= start or end <= w.start for start, end in places)]
        self.found[:] = [*apart, *denied]

    def _add_passed_over(self, words: MarkedWords) -> None:
        """Add words that no rule takes for speech, under the source nearest before them, or the sentence's subject."""
        analysed, q = words.analysed, words.quote
        if self.spans.overlaps(self.marked[q.number].start, self.marked[q.number].end):
            return
        kind: Kind = "mixed" if is_fragment(analysed, q, words.words) else "direct"
        cue = _nearest_source(analysed.cues, q)
        if cue is not None and cue.source is not None:
            self.spans.add(analysed, q, cue.source, cue, kind, "weighed")
        else:
            self.spans.keep(analysed, q, self.subjects.willing(analysed), None, None, kind, "weighed")

    def _sentence(self, n: int, analysed: AnalysedSentence) -> None:
        clauses = reported_clauses(analysed.sentence, analysed.cues)
        hearsay = [c for c in clauses if is_hearsay(analysed, c)]
        for clause in hearsay:
            self.spans.clause(analysed, clause)
        for quote in analysed.quotes:
            if self.marked[quote.number].dash:
                self.found.append(self.dialogue.turn(self.article_id, analysed, quote))
            elif not any(c.first <= quote.first < c.last for c in hearsay):
                self.quotations.attribute(n, analysed, quote, clauses)
        for clause in clauses:
            self.spans.clause(analysed, clause)

    def _as_in_body(self, words: AttributedSpan) -> AttributedSpan:
        """Give a headline's quotation the speaker whom the article gives when it prints the words in full."""
        if words.paragraph > 0 or words.number < 0:
            return words
        short = self.text[words.start : words.end]
        body = (o for o in self.found if o.paragraph > 0 and o.number >= 0 and o.speaker is not None)
        said = (o.speaker for o in body if comes_again(short, self.text[o.start : o.end]))
        return replace(words, speaker=next(said, words.speaker))


def _is_told(words: AttributedSpan) -> bool:
    """Tell whether the sentence says that a person said some whole words, so that their marks need not be weighed."""
    entity = words.speaker.entity if words.speaker is not None else None
    named = entity is not None and entity.kind == "person" and words.quotation.kind == "direct"
    return words.rule in ("turn", "signed", "answer") or (named and words.rule in ("cue", "colon", "introduced"))


def _nearest_source(cues: Sequence[Cue], q: QuotedTokens) -> Cue | None:
    """Return the last cue with a source before marks, else the first after them."""
    sources = [cue for cue in cues if cue.source is not None]
    before = [cue for cue in sources if cue.last <= q.first]
    return before[-1] if before else next(iter(sources), None)


def open_reader(
    article: Article, start: int = 0, end: int | None = None, model: TokenStates | None = None
) -> ArticleReader:
    """Return the reader of an article, or of a stretch of it, parsed; it counts from where the stretch begins."""
    text = article.text[start:end]
    lex = lexicon(article.lang)
    marked = mark_dialogue(text, find_marked(text, article.lang), lex)
    states = None if model is None else ArticleStates(model, article, start, start + len(text))
    paragraphs = read(text, marked, article.lang)
    name_people(paragraphs)
    return ArticleReader(replace(article, text=text), marked, paragraphs, lex, states)


def _without_overlap(found: Sequence[AttributedSpan]) -> list[AttributedSpan]:
    kept: list[AttributedSpan] = []
    for words in sorted(found, key=lambda w: (w.start, -w.end)):
        if words.end > words.start and (not kept or words.start >= kept[-1].end):
            kept.append(words)
    return kept
