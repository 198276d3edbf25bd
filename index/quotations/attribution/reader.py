"""The article read from top to bottom: who is mentioned, who speaks, in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.embedding.token_states import TokenStates
from index.languages.lexicon import Lexicon, lexicon
from index.models import Article, Extraction, Kind, Quotation
from index.quotations.attribution.candidates import ArticleMentions
from index.quotations.attribution.decision import Ranked, decide, rank, weights_file
from index.quotations.attribution.denied import denied_words
from index.quotations.attribution.dialogue import DashDialogue
from index.quotations.attribution.discourse import DiscourseRecorder
from index.quotations.attribution.named_people import named_people
from index.quotations.attribution.pointer.states import ArticleStates
from index.quotations.attribution.rules.cued import governing_cue
from index.quotations.attribution.rules.phrases import agent_of, answer_of, colon_source, is_reason, subject_before
from index.quotations.attribution.rules.uncued import UncuedQuotations
from index.quotations.attribution.surroundings import Surroundings
from index.quotations.cues.analysed_sentences import (
    AnalysedSentence,
    AttributedSpan,
    QuotedTokens,
    analyse_sentences,
    main_subject,
)
from index.quotations.cues.cues import Cue
from index.quotations.people.resolver import open_resolver
from index.quotations.people.speaker import Position, Speaker
from index.quotations.speech.fragments import is_fragment, opens_sentence
from index.quotations.speech.indirect import Clause, reported_clauses
from index.quotations.speech.marked_evidence import MarkedWords
from index.quotations.speech.marked_speech import are_speech
from index.quotations.speech.mixed import around_marks, is_hearsay
from index.quotations.speech.not_speech import is_explained, names_a_thing
from index.quotations.speech.vouching import vouched
from index.quotations.syntax.noun_phrases import Phrase, Sentence
from index.quotations.syntax.parser import Paragraph, read
from index.quotations.syntax.proper_names import join_titles, text_of
from index.quotations.text.dashes import mark_dialogue
from index.text.marks import Marked, find_marked
from index.typography import words as fold_words


class ArticleReader:
    """Reads the sentences of an article in order."""

    def __init__(
        self,
        article: Article,
        marked: Sequence[Marked],
        paragraphs: Sequence[Paragraph],
        lex: Lexicon,
        model: TokenStates | None = None,
    ) -> None:
        self.article_id, self.text, self.marked, self.lex = article.id, article.text, marked, lex
        self.model = model
        join_titles(paragraphs)
        self.sentences = list(analyse_sentences(paragraphs, lex))
        self.resolver = open_resolver(paragraphs, lex, [analysed.position.offset for analysed in self.sentences])
        self.found: list[AttributedSpan] = []
        self.dialogue = DashDialogue(self.text, marked, self.resolver, lex, self.found)
        self.uncued = UncuedQuotations(self.text, marked, lex, self.sentences, self.resolver, self.found)
        self.recorder = DiscourseRecorder(self.resolver, self.uncued, lex)

    def extraction(self) -> Extraction:
        """Return everything that is said, under whoever most probably said it, and everybody who is named."""
        mentions = self.mentions()
        said = (
            self.told(span, () if span.is_settled else rank(Surroundings(mentions, span))) for span in mentions.found
        )
        return Extraction(tuple(said), tuple(named_people(mentions)))

    def told(self, span: AttributedSpan, ranking: Sequence[Ranked]) -> Quotation:
        """Return words under whoever most probably said them, with what the article says of their being said at all."""
        if span.is_settled:
            return span.named()
        via, hedge = vouched(self.sentences[span.sentence], span)
        return replace(decide(span, ranking, weights_file(self.model is not None)).named(), via=via, hedge=hedge)

    def mentions(self) -> ArticleMentions:
        """Return the words that the rules find, in order and without overlap, and everybody whom the article mentions.

        The article is read once: a second call adds what the first has found.
        """
        self.read()
        self._weigh_marks()
        self._deny()
        found = self.settled()
        return ArticleMentions(self.text, self.sentences, self.resolver, found, self._states(found))

    def _states(self, found: Sequence[AttributedSpan]) -> ArticleStates | None:
        """Return the model's states around the words whose speaker is weighed; None: there is no model."""
        if self.model is None:
            return None
        return ArticleStates(self.text, [(w.start, w.end) for w in found if not w.is_settled], self.model)

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
        silent = {w.quote.number for w, spoken in weighed if not spoken and not self.marked[w.quote.number].dash}
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
        if self._overlaps(self.marked[q.number].start, self.marked[q.number].end):
            return
        kind: Kind = "mixed" if is_fragment(analysed, q, words.words) else "direct"
        cue = _nearest_source(analysed.cues, q)
        if cue is not None and cue.source is not None:
            self._add(analysed, q, cue.source, cue, kind, "weighed")
        else:
            self._keep(analysed, q, self.uncued.willing(analysed), None, None, kind, "weighed")

    def _sentence(self, n: int, analysed: AnalysedSentence) -> None:
        clauses = reported_clauses(analysed.sentence, analysed.cues)
        hearsay = [c for c in clauses if is_hearsay(analysed, c)]
        for clause in hearsay:
            self._clause(analysed, clause)
        for quote in analysed.quotes:
            if self.marked[quote.number].dash:
                self.found.append(self.dialogue.turn(self.article_id, analysed, quote))
            elif not any(c.first <= quote.first < c.last for c in hearsay):
                self._quote(n, analysed, quote, clauses)
        for clause in clauses:
            self._clause(analysed, clause)

    def _as_in_body(self, words: AttributedSpan) -> AttributedSpan:
        """Give a headline's quotation the speaker whom the article gives when it prints the words in full."""
        if words.paragraph > 0 or words.number < 0:
            return words
        short = fold_words(self.text[words.start : words.end])
        for other in self.found:
            if (
                other.paragraph > 0 and other.number >= 0 and other.speaker is not None and len(short.split()) > 2
            ) and f" {short} " in f" {fold_words(self.text[other.start : other.end])} ":
                return replace(words, speaker=other.speaker)
        return words

    # one quotation

    def _quote(self, n: int, analysed: AnalysedSentence, q: QuotedTokens, clauses: Sequence[Clause]) -> None:
        m = self.marked[q.number]
        inside = self.text[m.start : m.end]
        s = analysed.sentence
        fragment = is_fragment(analysed, q, inside)
        kind: Kind = "mixed" if fragment else "direct"
        opens = opens_sentence(s, q)
        if not opens and names_a_thing(s.tokens, q.first, q.last, s.first, inside, self.lex):
            return
        if opens and is_explained(s.tokens, q.last, s.last, inside, self.lex):
            return
        twin = self._twin(s, q)
        if twin is not None:
            self._keep(analysed, q, twin.speaker, twin.mention, twin.quotation.cue, kind, "joined")
            return
        agent = agent_of(s, q)
        if agent is not None:
            self._add(analysed, q, agent, None, kind, "agent")
            return
        cue = governing_cue(s, q, analysed.cues, fragment) or self._reporting(analysed, q, clauses)
        if cue is not None and fragment and inside[:1].isupper() and cue.kind == "preposition":
            return
        if cue is not None and cue.source is not None:
            self._add(analysed, q, cue.source, cue, kind, "cue")
            return
        for rule, phrase in (
            ("colon", colon_source(s, q)),
            ("predicate", subject_before(s, q, inside)),
            ("answer", answer_of(s, q) if opens else None),
        ):
            if phrase is not None:
                self._add(analysed, q, phrase, None, kind, rule)
                return
        colon = q.first > s.first and s.tokens[q.first - 1].low == ":"
        colon = colon or (q.last < s.last and s.tokens[q.last].low == ":")  # "« ... » : hier, X a tenté de rassurer"
        introduced = self.uncued.subject(analysed) if opens and colon else None
        if introduced is not None:
            self._keep(analysed, q, introduced, None, None, "direct", "introduced")
            return
        if not opens or fragment:
            if (len(inside.split()) >= 6 and not inside[:1].isupper()) or self._comes_again(analysed, q):
                willing = None if is_reason(s, q) else self.uncued.willing(analysed)
                self._keep(analysed, q, willing, None, None, "mixed", "subject")
            return
        self._keep(
            analysed,
            q,
            self.uncued.words_of(analysed) or self.uncued.speaker(n, analysed, q),
            None,
            self._printed(s, cue),
            kind,
            "uncued",
        )

    def _comes_again(self, analysed: AnalysedSentence, q: QuotedTokens) -> bool:
        """Tell whether the article quotes the words of a headline's marks again, in full."""
        short = fold_words(self.text[self.marked[q.number].start : self.marked[q.number].end])
        if analysed.position.paragraph > 0 or len(short.split()) < 3:
            return False
        return any(f" {short} " in f" {fold_words(self.text[m.start : m.end])} " for m in self.marked[q.number + 1 :])

    def _reporting(self, analysed: AnalysedSentence, q: QuotedTokens, clauses: Sequence[Clause]) -> Cue | None:
        """Return the cue of the reported clause that a quotation stands in."""
        return next((c.cue for c in clauses if c.first <= q.first < c.last), None)

    def _twin(self, s: Sentence, q: QuotedTokens) -> AttributedSpan | None:
        """Return the quotation just before, when only "et", a comma or a bracket parts this one from it."""
        last = self.found[-1] if self.found else None
        if last is None or last.number < 0 or last.number != q.number - 1 or last.speaker is None:
            return None
        i = q.first - 1
        if self.lex.lang == "fr" and s.tokens[i].quote < 0 and s.tokens[i - 1].low in ("et", "ou"):
            i -= s.tokens[i].pos == "DET" or s.tokens[i].low in ("de", "d'")  # "sa « peur » et son « dégoût »"
        while i >= s.first and s.tokens[i].quote < 0 and s.tokens[i].low in ("et", "and", "ou", "or", ",", "("):
            i -= 1
        return last if i >= s.first and i < q.first - 1 and s.tokens[i].quote == last.number else None

    def _add(
        self, analysed: AnalysedSentence, q: QuotedTokens, phrase: Phrase, cue: Cue | None, kind: Kind, rule: str
    ) -> None:
        tokens = analysed.sentence.tokens
        position = Position(tokens[phrase.first].start, analysed.position.paragraph, analysed.position.sentence)
        speaker = self._of_relative(analysed, phrase) or self.resolver.resolve(tokens, phrase, position)
        if self._is_thing(analysed, phrase, speaker, cue):
            speaker = None
        if speaker is None and phrase.pronoun:
            speaker = self.uncued.named_next(analysed)
        self._keep(
            analysed,
            q,
            speaker,
            (tokens[phrase.first].start, tokens[phrase.last - 1].end),
            self._printed(analysed.sentence, cue),
            kind,
            rule,
        )

    def _is_thing(self, analysed: AnalysedSentence, phrase: Phrase, speaker: Speaker | None, cue: Cue | None) -> bool:
        """Tell whether a verb's subject is neither person, body nor text: "le podium confirme", "l'écart"."""
        if self.lex.lang != "fr" or cue is None or cue.kind != "verb" or speaker is None or speaker.entity is not None:
            return False
        tokens = analysed.sentence.tokens[phrase.first : phrase.last]
        if phrase.pronoun or any(t.capital for t in tokens[1:]) or (tokens[0].capital and tokens[0].pos != "DET"):
            return False
        lists = ("roles.speaking", "roles.media", "roles.pairs", "nouns.documents", "nouns.words", "nouns.crowds")
        words = {form for t in tokens for form in (t.low, t.low.removesuffix("s"), t.low.removesuffix("ux") + "l")}
        return not any(self.lex.has(key, word) for word in words for key in lists)

    def _of_relative(self, analysed: AnalysedSentence, phrase: Phrase) -> Speaker | None:
        """Return the subject of the sentence for the pronoun of its relative clause: "X rejette un avis qu'il juge"."""
        s, at = analysed.sentence, phrase.first - 1
        relative = at > s.first and s.tokens[at].low in ("que", "qu'", "dont") and s.tokens[at].quote < 0
        if self.lex.lang != "fr" or not phrase.pronoun or not relative:
            return None
        if s.tokens[at].pos != "PRON" and s.tokens[at - 1].low != ",":
            return None
        subject = main_subject(s)
        if subject is None or subject.first >= phrase.first or subject.pronoun:
            return None
        speaker = self.uncued.subject(analysed)
        want = "Fem" if self.lex.has("grammar.pronouns_f", s.tokens[phrase.head].low) else "Masc"
        return speaker if speaker is not None and not speaker.plural and speaker.gender in ("", want) else None

    def _keep(
        self,
        analysed: AnalysedSentence,
        q: QuotedTokens,
        speaker: Speaker | None,
        mention: tuple[int, int] | None,
        cue: str | None,
        kind: Kind,
        rule: str,
    ) -> None:
        m = self.marked[q.number]
        written = " ".join(self.text[mention[0] : mention[1]].split()) if mention is not None else None
        quotation = Quotation(self.article_id, m.start, m.end, kind, speaker_as_written=written, cue=cue)
        self._note(analysed, quotation, speaker, q.number, rule, mention)

    def _note(
        self,
        analysed: AnalysedSentence,
        quotation: Quotation,
        speaker: Speaker | None,
        number: int,
        rule: str,
        mention: tuple[int, int] | None,
    ) -> None:
        """Keep words that somebody said: ``number`` is that of their marks, -1 without."""
        sentence, paragraph = analysed.position.sentence, analysed.position.paragraph
        self.found.append(AttributedSpan(quotation, speaker, number, sentence, paragraph, rule, mention))
        self.resolver.state.note(speaker, Position(quotation.end, paragraph, sentence), 1.0, True)

    def _printed(self, s: Sentence, cue: Cue | None) -> str | None:
        if cue is None:
            return None
        first, last = cue.first, cue.last
        if cue.kind == "preposition" and cue.source is not None:
            last = max(first + 1, cue.source.first)
        return self.text[s.tokens[first].start : s.tokens[last - 1].end]

    # one reported clause

    def _clause(self, analysed: AnalysedSentence, clause: Clause) -> None:
        s, source = analysed.sentence, clause.cue.source
        if source is None:
            return
        position = Position(s.tokens[source.first].start, analysed.position.paragraph, analysed.position.sentence)
        speaker = self.resolver.resolve(s.tokens, source, position)
        if (speaker is None and not source.pronoun) or self._is_thing(analysed, source, speaker, clause.cue):
            return
        written, cue = text_of(s.tokens, source.first, source.last), self._printed(s, clause.cue)
        mention = (s.tokens[source.first].start, s.tokens[source.last - 1].end)
        for piece in around_marks(clause, s, {w.number for w in self.found if w.number >= 0}):
            start, end = s.tokens[piece.first].start, s.tokens[piece.last - 1].end
            if not self._overlaps(start, end):
                words = Quotation(self.article_id, start, end, "indirect", None, written, cue)
                self._note(analysed, words, speaker, -1, "clause", mention)

    def _overlaps(self, start: int, end: int) -> bool:
        return any(w.start < end and start < w.end for w in self.found)


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
    return ArticleReader(replace(article, text=text), marked, read(text, marked, article.lang), lex, model)


def _without_overlap(found: Sequence[AttributedSpan]) -> list[AttributedSpan]:
    kept: list[AttributedSpan] = []
    for words in sorted(found, key=lambda w: (w.start, -w.end)):
        if words.end > words.start and (not kept or words.start >= kept[-1].end):
            kept.append(words)
    return kept
