"""The article read from top to bottom: who is on the scene, who speaks, in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.languages.lexicon import Lexicon
from index.models import Kind
from index.quotations.attribution.discourse import Entrances
from index.quotations.attribution.rules.cued import agent_of, answer_of, colon_source, governing_cue, subject_before
from index.quotations.attribution.rules.uncued import Floating
from index.quotations.cues.cues import Cue
from index.quotations.cues.sentences import Quoted, Scene, Words, main_subject, scenes
from index.quotations.people.mentions import Place, Speaker
from index.quotations.people.resolver import open_resolver
from index.quotations.speech.indirect import Clause, is_outlet, reported_clauses
from index.quotations.speech.mixed import before_fragment, is_hearsay, is_stump, joined_clause
from index.quotations.speech.not_speech import is_explained, names_a_thing
from index.quotations.syntax.noun_phrases import Phrase, Sentence
from index.quotations.syntax.parser import Paragraph
from index.quotations.syntax.proper_names import join_titles, text_of
from index.text.marks import Marked
from index.typography import words as fold_words


class Story:
    """Reads the sentences of an article in order."""

    def __init__(self, text: str, marked: Sequence[Marked], paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
        self.text, self.marked, self.lex = text, marked, lex
        join_titles(paragraphs)
        self.scenes = list(scenes(paragraphs, lex))
        self.resolver = open_resolver(paragraphs, lex, [scene.place.offset for scene in self.scenes])
        self.found: list[Words] = []
        self.floating = Floating(text, marked, lex, self.scenes, self.resolver, self.found)
        self.entrances = Entrances(self.resolver, self.floating, lex)

    def words(self) -> list[Words]:
        """Return everything that is said, in order."""
        for n, scene in enumerate(self.scenes):
            self.entrances.note(scene)
            clauses = reported_clauses(scene.sentence, scene.cues)
            hearsay = [c for c in clauses if is_hearsay(scene, c)]
            for clause in hearsay:
                self._clause(scene, clause)
            for quote in scene.quotes:
                if not any(c.first <= quote.first < c.last for c in hearsay):
                    self._quote(n, scene, quote, clauses)
            for clause in clauses:
                self._clause(scene, clause)
        return _without_overlap([self._as_in_body(w) for w in self.found])

    def _as_in_body(self, words: Words) -> Words:
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

    def _via(self, scene: Scene, cue: Cue) -> str | None:
        """Return the outlet that passes on what somebody said.

        "According to the Herald, Burrows said ...".
        """
        outlet = next(
            (c for c in scene.cues if c is not cue and c.kind == "preposition" and is_outlet(scene.sentence, c)),
            None,
        )
        if outlet is None or outlet.source is None or cue.kind != "verb":
            return None
        return text_of(scene.sentence.tokens, outlet.source.first, outlet.source.last)

    # one quotation

    def _quote(self, n: int, scene: Scene, q: Quoted, clauses: Sequence[Clause]) -> None:
        m = self.marked[q.number]
        inside = self.text[m.start : m.end]
        s = scene.sentence
        fragment = self._is_fragment(scene, q, inside)
        opens = self._opens_sentence(s, q)
        if not opens and names_a_thing(s.tokens, q.first, q.last, s.first, inside, self.lex):
            return
        if opens and is_explained(s.tokens, q.last, s.last, inside, self.lex):
            return
        twin = self._twin(s, q)
        if twin is not None:
            self._keep(scene, q, twin.speaker, twin.written, twin.cue, "mixed" if fragment else "direct")
            return
        agent = agent_of(s, q)
        if agent is not None:
            self._add(scene, q, agent, None, "mixed" if fragment else "direct")
            return
        cue = governing_cue(s, q, scene.cues, fragment) or self._reporting(scene, q, clauses)
        if cue is not None and fragment and inside[:1].isupper() and cue.kind == "preposition":
            return
        if cue is not None and cue.source is not None:
            self._add(scene, q, cue.source, cue, "mixed" if fragment else "direct")
            return
        phrase = colon_source(s, q) or subject_before(s, q, inside) or (answer_of(s, q) if opens else None)
        if phrase is not None:
            self._add(scene, q, phrase, None, "mixed" if fragment else "direct")
            return
        colon = q.first > s.first and s.tokens[q.first - 1].low == ":"
        colon = colon or (q.last < s.last and s.tokens[q.last].low == ":")  # "« ... » : hier, X a tenté de rassurer"
        introduced = self.floating.subject(scene) if opens and colon else None
        if introduced is not None:
            self._keep(scene, q, introduced, None, None, "direct")
            return
        if not opens or fragment:
            if (len(inside.split()) >= 6 and not inside[:1].isupper()) or self._comes_again(scene, q):
                self._keep(scene, q, self.floating.willing(scene), None, None, "mixed")
            return
        self._keep(
            scene,
            q,
            self.floating.words_of(scene) or self.floating.speaker(n, scene, q),
            None,
            self._printed(s, cue),
            "mixed" if fragment else "direct",
        )

    def _comes_again(self, scene: Scene, q: Quoted) -> bool:
        """Tell whether the article quotes the words of a headline's marks again, in full."""
        short = fold_words(self.text[self.marked[q.number].start : self.marked[q.number].end])
        if scene.place.paragraph > 0 or len(short.split()) < 3:
            return False
        return any(f" {short} " in f" {fold_words(self.text[m.start : m.end])} " for m in self.marked[q.number + 1 :])

    def _reporting(self, scene: Scene, q: Quoted, clauses: Sequence[Clause]) -> Cue | None:
        """Return the cue of the reported clause that a quotation stands in."""
        return next((c.cue for c in clauses if c.first <= q.first < c.last), None)

    def _twin(self, s: Sentence, q: Quoted) -> Words | None:
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

    def _opens_sentence(self, s: Sentence, q: Quoted) -> bool:
        """Tell whether nothing but a colon and what leads to it.

        Or nothing at all, comes before the marks.
        """
        before = [t for t in s.tokens[s.first : q.first] if t.quote < 0 and t.low not in ("(", "-", "[", ".", "»", "”")]
        return not before or before[-1].low == ":"

    def _is_fragment(self, scene: Scene, q: Quoted, inside: str) -> bool:
        """Tell whether marked words are part of the sentence around them, no utterance of their own."""
        s = scene.sentence
        before = [t for t in s.tokens[s.first : q.first] if t.quote < 0 and t.low not in ("(", "-", "[")]
        if not before:
            after = [t for t in s.tokens[q.last : s.last] if t.quote < 0]
            return len(inside.split()) < 4 and inside[-1:] not in ".!?…," and not (after and after[0].low == ",")
        if before[-1].low == ":" or inside[-1:] in ".!?…" and inside[:1].isupper():
            return False
        return not (inside[:1].isupper() and len(inside.split()) > 3)

    def _add(self, scene: Scene, q: Quoted, phrase: Phrase, cue: Cue | None, kind: Kind) -> None:
        tokens = scene.sentence.tokens
        place = Place(tokens[phrase.first].start, scene.place.paragraph, scene.place.sentence)
        speaker = self._of_relative(scene, phrase) or self.resolver.resolve(tokens, phrase, place)
        if self._is_thing(scene, phrase, speaker, cue):
            speaker = None
        if speaker is None and phrase.pronoun:
            speaker = self.floating.named_next(scene)
        self._keep(
            scene,
            q,
            speaker,
            text_of(tokens, phrase.first, phrase.last),
            self._printed(scene.sentence, cue),
            kind,
        )

    def _is_thing(self, scene: Scene, phrase: Phrase, speaker: Speaker | None, cue: Cue | None) -> bool:
        """Tell whether a verb's subject is neither person, body nor text: "le podium confirme", "l'écart"."""
        if self.lex.lang != "fr" or cue is None or cue.kind != "verb" or speaker is None or speaker.entity is not None:
            return False
        tokens = scene.sentence.tokens[phrase.first : phrase.last]
        if phrase.pronoun or any(t.capital for t in tokens[1:]) or (tokens[0].capital and tokens[0].pos != "DET"):
            return False
        lists = ("roles.speaking", "roles.media", "roles.pairs", "nouns.documents", "nouns.words", "nouns.crowds")
        words = {form for t in tokens for form in (t.low, t.low.removesuffix("s"), t.low.removesuffix("ux") + "l")}
        return not any(self.lex.has(key, word) for word in words for key in lists)

    def _of_relative(self, scene: Scene, phrase: Phrase) -> Speaker | None:
        """Return the subject of the sentence for the pronoun of its relative clause: "X rejette un avis qu'il juge"."""
        s, at = scene.sentence, phrase.first - 1
        relative = at > s.first and s.tokens[at].low in ("que", "qu'", "dont") and s.tokens[at].quote < 0
        if self.lex.lang != "fr" or not phrase.pronoun or not relative:
            return None
        if s.tokens[at].pos != "PRON" and s.tokens[at - 1].low != ",":
            return None
        subject = main_subject(s)
        if subject is None or subject.first >= phrase.first or subject.pronoun:
            return None
        speaker = self.floating.subject(scene)
        want = "Fem" if self.lex.has("grammar.pronouns_f", s.tokens[phrase.head].low) else "Masc"
        return speaker if speaker is not None and not speaker.plural and speaker.gender in ("", want) else None

    def _keep(
        self,
        scene: Scene,
        q: Quoted,
        speaker: Speaker | None,
        written: str | None,
        cue: str | None,
        kind: Kind,
    ) -> None:
        m = self.marked[q.number]
        self.found.append(
            Words(
                m.start,
                m.end,
                kind,
                speaker,
                written,
                cue,
                None,
                q.number,
                scene.place.sentence,
                scene.place.paragraph,
            )
        )
        self.resolver.stage.note(speaker, Place(m.end, scene.place.paragraph, scene.place.sentence), 1.0, True)

    def _printed(self, s: Sentence, cue: Cue | None) -> str | None:
        if cue is None:
            return None
        first, last = cue.first, cue.last
        if cue.kind == "preposition" and cue.source is not None:
            last = max(first + 1, cue.source.first)
        return self.text[s.tokens[first].start : s.tokens[last - 1].end]

    # one reported clause

    def _clause(self, scene: Scene, clause: Clause) -> None:
        s = scene.sentence
        clause = before_fragment(scene, clause)
        start, end = s.tokens[clause.first].start, s.tokens[clause.last - 1].end
        if any(w.start < end and start < w.end for w in self.found):
            joined = joined_clause(scene, clause)
            if joined is not None:
                self._clause(scene, joined)
            return
        source = clause.cue.source
        if source is None or is_stump(s, clause):
            return
        place = Place(s.tokens[source.first].start, scene.place.paragraph, scene.place.sentence)
        speaker = self.resolver.resolve(s.tokens, source, place)
        if speaker is None or self._is_thing(scene, source, speaker, clause.cue):
            return
        written = text_of(s.tokens, source.first, source.last)
        self.found.append(
            Words(
                start,
                end,
                "indirect",
                speaker,
                written,
                self._printed(s, clause.cue),
                self._via(scene, clause.cue),
                -1,
                scene.place.sentence,
                scene.place.paragraph,
            )
        )
        self.resolver.stage.note(speaker, Place(end, scene.place.paragraph, scene.place.sentence), 1.0, True)


def _without_overlap(found: Sequence[Words]) -> list[Words]:
    kept: list[Words] = []
    for words in sorted(found, key=lambda w: (w.start, -w.end)):
        if words.end > words.start and (not kept or words.start >= kept[-1].end):
            kept.append(words)
    return kept
