"""The article read from top to bottom: who is on the scene, who speaks, in which words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.models import Kind
from index.quotations.attribution import Quoted, colon_source, governing_cue, quotes_in, subject_before
from index.quotations.cast import build_cast, text_of
from index.quotations.cues import Lexicon
from index.quotations.marks import Marked
from index.quotations.parse import Paragraph
from index.quotations.phrases import Phrase, bare_phrases, is_pronoun, is_silent, phrase_around
from index.quotations.reported import Clause, is_outlet, reported_clauses
from index.quotations.scare import names_a_thing
from index.quotations.sources import Cue, Sentence, find_cues
from index.quotations.speakers import Place, Resolver, Seen, Speaker
from index.typography import words as fold_words


@dataclass(frozen=True, slots=True)
class Words:
    """Words that somebody said, before they become a ``Quotation``."""

    start: int
    end: int
    kind: Kind
    speaker: Speaker | None
    written: str | None = None
    cue: str | None = None
    via: str | None = None
    number: int = -1
    sentence: int = -1
    paragraph: int = -1


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence, its place in the article, and its cues."""

    sentence: Sentence
    place: Place
    cues: list[Cue]
    quotes: list[Quoted]


class Story:
    """Reads the sentences of an article in order."""

    def __init__(
        self, text: str, marked: Sequence[Marked], paragraphs: Sequence[Paragraph], lex: Lexicon
    ) -> None:
        self.text, self.marked, self.lex = text, marked, lex
        self.scenes = list(_scenes(paragraphs, lex))
        self.resolver = Resolver(build_cast(paragraphs, lex), lex)
        self.resolver.starts = [scene.place.offset for scene in self.scenes]
        self.found: list[Words] = []

    def words(self) -> list[Words]:
        """Return everything that is said, in order."""
        for n, scene in enumerate(self.scenes):
            self._note_subject(scene)
            clauses = reported_clauses(scene.sentence, scene.cues)
            hearsay = [c for c in clauses if self._is_hearsay(scene, c)]
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
                other.paragraph > 0
                and other.number >= 0
                and other.speaker is not None
                and len(short.split()) > 2
            ) and f" {short} " in f" {fold_words(self.text[other.start : other.end])} ":
                return replace(words, speaker=other.speaker)
        return words

    def _via(self, scene: Scene, cue: Cue) -> str | None:
        """Return the outlet that passes on what somebody said: "According to the Herald, Burrows said ..."."""
        outlet = next(
            (
                c
                for c in scene.cues
                if c is not cue and c.kind == "preposition" and is_outlet(scene.sentence, c)
            ),
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
        twin = self._twin(s, q)
        if twin is not None:
            self._keep(scene, q, twin.speaker, twin.written, twin.cue, "mixed" if fragment else "direct")
            return
        cue = governing_cue(s, q, scene.cues, fragment) or self._reporting(scene, q, clauses)
        if cue is not None and fragment and inside[:1].isupper() and cue.kind == "preposition":
            return
        if cue is not None and cue.source is not None:
            self._add(scene, q, cue.source, cue, "mixed" if fragment else "direct")
            return
        phrase = colon_source(s, q) or subject_before(s, q, inside)
        if phrase is not None:
            self._add(scene, q, phrase, None, "mixed" if fragment else "direct")
            return
        introduced = (
            self._subject(scene)
            if opens and scene.sentence.tokens[q.first - 1].low == ":" and q.first > s.first
            else None
        )
        if introduced is not None:
            self._keep(scene, q, introduced, None, None, "direct")
            return
        if not opens or fragment:
            if len(inside.split()) >= 6 and not inside[:1].isupper():
                self._keep(scene, q, None, None, None, "mixed")
            return
        self._keep(
            scene,
            q,
            self._words_of(scene) or self._floating(n, scene, q),
            None,
            self._printed(s, cue),
            "mixed" if fragment else "direct",
        )

    def _reporting(self, scene: Scene, q: Quoted, clauses: Sequence[Clause]) -> Cue | None:
        """Return the cue of the reported clause that a quotation stands in."""
        return next((c.cue for c in clauses if c.first <= q.first < c.last), None)

    def _twin(self, s: Sentence, q: Quoted) -> Words | None:
        """Return the quotation just before, when only "et", a comma or a bracket parts this one from it."""
        last = self.found[-1] if self.found else None
        if last is None or last.number < 0 or last.number != q.number - 1 or last.speaker is None:
            return None
        i = q.first - 1
        while (
            i >= s.first and s.tokens[i].quote < 0 and s.tokens[i].low in ("et", "and", "ou", "or", ",", "(")
        ):
            i -= 1
        return last if i >= s.first and i < q.first - 1 and s.tokens[i].quote == last.number else None

    def _opens_sentence(self, s: Sentence, q: Quoted) -> bool:
        """Tell whether nothing but a colon and what leads to it, or nothing at all, comes before the marks."""
        before = [
            t
            for t in s.tokens[s.first : q.first]
            if t.quote < 0 and t.low not in ("(", "-", "[", ".", "»", "”")
        ]
        return not before or before[-1].low == ":"

    def _is_fragment(self, scene: Scene, q: Quoted, inside: str) -> bool:
        """Tell whether marked words are part of the sentence around them rather than an utterance of their own."""
        s = scene.sentence
        before = [t for t in s.tokens[s.first : q.first] if t.quote < 0 and t.low not in ("(", "-", "[")]
        if not before:
            after = [t for t in s.tokens[q.last : s.last] if t.quote < 0]
            return (
                len(inside.split()) < 4 and inside[-1:] not in ".!?…," and not (after and after[0].low == ",")
            )
        if before[-1].low == ":" or inside[-1:] in ".!?…" and inside[:1].isupper():
            return False
        return not (inside[:1].isupper() and len(inside.split()) > 3)

    def _add(self, scene: Scene, q: Quoted, phrase: Phrase, cue: Cue | None, kind: Kind) -> None:
        tokens = scene.sentence.tokens
        place = Place(tokens[phrase.first].start, scene.place.paragraph, scene.place.sentence)
        speaker = self.resolver.resolve(tokens, phrase, place)
        self._keep(
            scene,
            q,
            speaker,
            text_of(tokens, phrase.first, phrase.last),
            self._printed(scene.sentence, cue),
            kind,
        )

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
        self.resolver.note(speaker, Place(m.end, scene.place.paragraph, scene.place.sentence), 1.0)

    def _printed(self, s: Sentence, cue: Cue | None) -> str | None:
        if cue is None:
            return None
        first, last = cue.first, cue.last
        if cue.kind == "preposition" and cue.source is not None:
            last = max(first + 1, cue.source.first)
        return self.text[s.tokens[first].start : s.tokens[last - 1].end]

    # quotations without a cue

    def _floating(self, n: int, scene: Scene, q: Quoted) -> Speaker | None:
        m = self.marked[q.number]
        last = self.found[-1] if self.found else None
        if m.continues and last is not None and last.number == q.number - 1:
            return last.speaker
        alone = scene.sentence.first == 0
        before = self.scenes[n - 1] if n > 0 else None
        after = self.scenes[n + 1] if n + 1 < len(self.scenes) else None
        after = after if after is not None and after.place.paragraph == scene.place.paragraph else None
        if not alone and before is not None:
            if last is not None and last.sentence == before.place.sentence:
                return last.speaker
            speaker = self._subject(before)
            return (
                speaker
                if speaker is not None and speaker.entity is not None
                else self._named_after(after) or speaker
            )
        if before is not None and before.sentence.tokens[before.sentence.last - 1].low == ":":
            return self._introduced(before)
        return self._named_after(after) or self._from_above(n, scene, q)

    def _named_after(self, after: Scene | None) -> Speaker | None:
        """Return whom the next sentence of the paragraph is about: "« ... » Fabrice Lemarié ne décolère pas."."""
        if after is None or after.quotes:
            return None
        return self._words_of(after) or self._subject(after)

    def _words_of(self, scene: Scene) -> Speaker | None:
        """Return whose words a sentence says they are: "The words are those of Brona Tully."."""
        s = scene.sentence
        if not any(self.lex.has("nouns.words", t.low) for t in s.tokens[s.first : s.last] if t.quote < 0):
            return None
        for i in range(s.first, s.last - 1):
            if s.tokens[i].low in ("of", "de", "d'", "from", "by") and s.tokens[i].quote < 0:
                phrase = phrase_around(s.tokens, i + 1, i + 1, s.last, self.lex)
                place = Place(s.tokens[i].start, scene.place.paragraph, scene.place.sentence)
                speaker = self.resolver.resolve(s.tokens, phrase, place) if phrase is not None else None
                if speaker is not None and speaker.entity is not None and speaker.entity.kind == "person":
                    return speaker
        return None

    def _introduced(self, before: Scene) -> Speaker | None:
        cue = next((c for c in reversed(before.cues) if c.source is not None), None)
        if cue is None or cue.source is None:
            speaker = self._subject(before)
            return (
                speaker
                if speaker is not None and speaker.entity is not None
                else self._first_named(before) or speaker
            )
        tokens = before.sentence.tokens
        return self.resolver.resolve(
            tokens,
            cue.source,
            Place(tokens[cue.source.first].start, before.place.paragraph, before.place.sentence),
        )

    def _first_named(self, scene: Scene) -> Speaker | None:
        s = scene.sentence
        start, end = s.tokens[s.first].start, s.tokens[s.last - 1].end
        for m in self.resolver.cast.mentions:
            if start <= m.offset < end and m.entity.kind == "person":
                return Speaker(m.entity.name, m.entity, m.entity.gender)
        return None

    def _from_above(self, n: int, scene: Scene, q: Quoted) -> Speaker | None:
        """Return who speaks when a quotation is a paragraph of its own: an answer, a turn, or more of the same."""
        if n > 0 and self._is_question(self.scenes[n - 1]):
            return self._interviewed(scene)
        turns = self._turns(n)
        if turns is not None:
            return turns
        above = [w for w in self.found if w.paragraph == scene.place.paragraph - 1]
        if above and above[-1].number >= 0:
            return above[-1].speaker
        return self._asked(n) or (self._subject(self.scenes[n - 1]) if n > 0 else None)

    def _asked(self, n: int) -> Speaker | None:
        """Return whom the paragraph before says was asked: "Interrogé sur son mobile, X s'est tourné vers le public."."""
        k = n - 1
        while k >= 0 and self.scenes[k].place.paragraph == self.scenes[n].place.paragraph - 1:
            if self.lex.has(
                "grammar.asked", self.scenes[k].sentence.tokens[self.scenes[k].sentence.first].low
            ):
                return self._first_named(self.scenes[k])
            k -= 1
        return None

    def _is_question(self, scene: Scene) -> bool:
        s = scene.sentence
        return not scene.quotes and s.tokens[s.last - 1].low in ("?", "…", "...")

    def _interviewed(self, scene: Scene) -> Speaker | None:
        """Return the one who answers an interview's questions: the headline's speaker, else the one most named before."""
        for words in self.found:
            if words.number >= 0 and words.speaker is not None and words.speaker.entity is not None:
                return words.speaker
        named = [
            m.entity
            for m in self.resolver.cast.mentions
            if m.offset < scene.place.offset and m.entity.kind == "person"
        ]
        if not named:
            return None
        entity = max(named, key=named.count)
        return Speaker(entity.name, entity, entity.gender)

    def _lone(self, n: int) -> bool:
        """Tell whether a sentence is a whole paragraph made of one quotation."""
        if not 0 <= n < len(self.scenes):
            return False
        scene = self.scenes[n]
        alone = all(t.quote >= 0 or t.pos == "PUNCT" for t in scene.sentence.tokens)
        return alone and len(scene.quotes) == 1 and not self.marked[scene.quotes[0].number].continues

    def _turns(self, n: int) -> Speaker | None:
        """Return whose turn it is in a dialogue: two people who speak by turns, a paragraph each."""
        first = n
        while self._lone(first - 1):
            first -= 1
        last = n
        while self._lone(last + 1):
            last += 1
        if last - first < 1 or (last - first < 2 and not self._asks(first)):
            return None
        pair = self._pair(first)
        if pair is None:
            return None
        texts = [
            self.text[
                self.marked[self.scenes[k].quotes[0].number].start : self.marked[
                    self.scenes[k].quotes[0].number
                ].end
            ]
            for k in range(first, last + 1)
        ]
        swapped = any(_calls(text, pair[k % 2].name) for k, text in enumerate(texts))
        return pair[(n - first + swapped) % 2]

    def _asks(self, n: int) -> bool:
        return self.text[self.marked[self.scenes[n].quotes[0].number].end - 1] == "?"

    def _pair(self, first: int) -> tuple[Speaker, Speaker] | None:
        """Return the two who speak by turns: the subject of what comes before, and the other who is on the scene."""
        if first == 0:
            return None
        before = self.scenes[first - 1]
        place = self.scenes[first].place
        opener = self._subject(before)
        scene = [
            s
            for s in self.resolver.seen
            if s.place.offset < place.offset and s.speaker.entity is not None and s.speaker.person
        ]
        scene += [
            Seen(Speaker(m.entity.name, m.entity, m.entity.gender), Place(m.offset, m.paragraph, 0), 0.5)
            for m in self.resolver.cast.mentions
            if m.entity.kind == "person" and m.offset < place.offset
        ]
        scene.sort(key=lambda s: s.place.offset)
        if opener is None or opener.entity is None:
            opener = next(
                (s.speaker for s in reversed(scene) if s.place.paragraph == before.place.paragraph), None
            )
        other = next(
            (s.speaker for s in reversed(scene) if opener is not None and not s.speaker.is_same(opener)), None
        )
        return (opener, other) if opener is not None and other is not None else None

    def _subject(self, scene: Scene) -> Speaker | None:
        phrase = main_subject(scene.sentence)
        if phrase is None:
            return None
        tokens = scene.sentence.tokens
        speaker = self.resolver.resolve(
            tokens, phrase, Place(tokens[phrase.first].start, scene.place.paragraph, scene.place.sentence)
        )
        return (
            speaker
            if speaker is not None and (speaker.entity is not None or self._speaks(scene, phrase))
            else None
        )

    def _speaks(self, scene: Scene, phrase: Phrase) -> bool:
        low = scene.sentence.tokens[phrase.head].low
        return self.lex.has("roles.any", low) or self.lex.has("roles.bodies", low)

    def _note_subject(self, scene: Scene) -> None:
        phrase = main_subject(scene.sentence)
        if phrase is None:
            return
        tokens = scene.sentence.tokens
        place = Place(tokens[phrase.first].start, scene.place.paragraph, scene.place.sentence)
        speaker = self.resolver.resolve(tokens, phrase, place)
        if speaker is not None and (speaker.entity is not None or self._speaks(scene, phrase)):
            thing = tokens[phrase.head].low in ("celui-ci", "celle-ci")
            self.resolver.note(speaker, place, 0.3 if thing else 1.0)
        self._note_roles(scene, phrase)

    def _note_roles(self, scene: Scene, subject: Phrase) -> None:
        """Remember the people whom a sentence calls by their role, beside its subject."""
        s = scene.sentence
        for i in range(s.first, s.last - 1):
            definite = s.tokens[i].low in ("le", "la", "l'", "the", "du", "au") and s.tokens[i].quote < 0
            noun = i + 2 if s.tokens[i + 1].pos == "ADJ" and i + 2 < s.last else i + 1
            known = self.lex.has("roles.any", s.tokens[noun].low)
            if not definite or not known or subject.first <= i < subject.last:
                continue
            phrase = phrase_around(s.tokens, noun, i, s.last, self.lex)
            place = Place(s.tokens[i].start, scene.place.paragraph, scene.place.sentence)
            speaker = self.resolver.resolve(s.tokens, phrase, place) if phrase is not None else None
            if speaker is not None and speaker.entity is not None:
                self.resolver.note(speaker, place, 0.5)

    # one reported clause

    def _is_hearsay(self, scene: Scene, clause: Clause) -> bool:
        """Tell whether a reported clause reports in turn what somebody else said: its words are its reporter's."""
        if clause.cue.source is None:
            return False
        return any(
            c.kind == "verb"
            and c is not clause.cue
            and c.source is not None
            and not c.source.pronoun
            and clause.first <= c.source.first
            and c.last <= clause.last
            and not c.inverted
            and any(c.last <= q.first < clause.last for q in scene.quotes)
            for c in scene.cues
        )

    def _clause(self, scene: Scene, clause: Clause) -> None:
        s = scene.sentence
        start, end = s.tokens[clause.first].start, s.tokens[clause.last - 1].end
        if any(w.start < end and start < w.end for w in self.found):
            return
        source = clause.cue.source
        if source is None:
            return
        place = Place(s.tokens[source.first].start, scene.place.paragraph, scene.place.sentence)
        speaker = self.resolver.resolve(s.tokens, source, place)
        if speaker is None:
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
        self.resolver.note(speaker, Place(end, scene.place.paragraph, scene.place.sentence), 1.0)


def _scenes(paragraphs: Sequence[Paragraph], lex: Lexicon) -> list[Scene]:
    scenes: list[Scene] = []
    for number, paragraph in enumerate(paragraphs):
        for first, last in paragraph.sentences:
            sentence = Sentence(paragraph.tokens, first, last, lex)
            place = Place(paragraph.tokens[first].start, number, len(scenes))
            scenes.append(Scene(sentence, place, find_cues(sentence), quotes_in(sentence)))
    return scenes


def main_subject(s: Sentence) -> Phrase | None:
    """Return the subject of a sentence's main clause: the one that the parser sees, else the first bare phrase."""
    subjects = [
        i
        for i in range(s.first, s.last)
        if s.tokens[i].quote < 0
        and s.tokens[i].dep.startswith("nsubj")
        and not s.lex.has("grammar.never", s.tokens[i].low)
        and s.tokens[i].low not in ("qui", "who", "which")
    ]
    main = [i for i in subjects if s.tokens[s.tokens[i].head].dep == "ROOT"]
    main = [i for i in main if is_pronoun(s.tokens[i], s.lex)] or main
    for i in main[:1] or subjects[:1]:
        return phrase_around(s.tokens, i, s.first, s.last, s.lex)
    phrases = [p for p in bare_phrases(s.tokens, s.first, s.last, s.lex) if not is_silent(s.tokens, p, s.lex)]
    return phrases[0] if phrases else None


def _calls(text: str, name: str) -> bool:
    """Tell whether words call somebody by name: "It is the company's, Bram."."""
    first = name.split()[0]
    return bool(re.search(rf", {re.escape(first)}[.!?]|^{re.escape(first)},", text))


def _without_overlap(found: Sequence[Words]) -> list[Words]:
    kept: list[Words] = []
    for words in sorted(found, key=lambda w: (w.start, -w.end)):
        if words.end > words.start and (not kept or words.start >= kept[-1].end):
            kept.append(words)
    return kept
