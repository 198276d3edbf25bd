"""Who speaks when no cue says so.

The sentence before or after, the question above, the turns of a dialogue.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from index.languages.lexicon import Lexicon
from index.quotations.attribution.rules.cued import governing_cue
from index.quotations.cues.sentences import Quoted, Scene, Words, main_subject
from index.quotations.people.mentions import Place, Seen, Speaker, as_speaker
from index.quotations.people.resolver import Resolver
from index.quotations.syntax.noun_phrases import Phrase, phrase_around
from index.text.marks import Marked


class Floating:
    """Looks around a quotation for its speaker; ``found`` is what the article has said so far, and grows."""

    def __init__(
        self,
        text: str,
        marked: Sequence[Marked],
        lex: Lexicon,
        scenes: Sequence[Scene],
        resolver: Resolver,
        found: list[Words],
    ) -> None:
        self.text, self.marked, self.lex = text, marked, lex
        self.scenes, self.resolver, self.found = scenes, resolver, found

    def speaker(self, n: int, scene: Scene, q: Quoted) -> Speaker | None:
        """Return who speaks a quotation that no cue governs, None when nothing tells."""
        m = self.marked[q.number]
        last = self.found[-1] if self.found else None
        if m.continues and last is not None and last.number == q.number - 1:
            return last.speaker
        alone = scene.sentence.first == 0
        before = self.scenes[n - 1] if n > 0 else None
        after = self.scenes[n + 1] if n + 1 < len(self.scenes) else None
        signed = self._signed(after)
        if signed is not None:
            return signed
        after = after if after is not None and after.place.paragraph == scene.place.paragraph else None
        if not alone and before is not None:
            if last is not None and last.sentence == before.place.sentence:
                return last.speaker
            speaker = self.subject(before)
            if speaker is not None and (speaker.entity is not None or not self._opens_with_subject(after)):
                return speaker
            return self._named_after(after) or speaker
        if before is not None and before.sentence.tokens[before.sentence.last - 1].low == ":":
            return self._introduced(before)
        return self._named_after(after) or self._from_above(n, scene, q)

    def _named_after(self, after: Scene | None) -> Speaker | None:
        """Return whom the next sentence of the paragraph is about.

        "« ... » Fabrice Lemarié ne décolère pas.".
        """
        if after is None:
            return None
        if after.quotes:
            return self._speaks_on(after) or self.words_of(after) or self._begins_with(after)
        return self._cleft(after) or self.words_of(after) or self.subject(after)

    def _speaks_on(self, after: Scene) -> Speaker | None:
        """Return who goes on speaking in the next sentence, when that is a quotation: « ... » « ... », dit X."""
        s, q = after.sentence, after.quotes[0]
        cue = governing_cue(s, q, after.cues, fragment=False) if q.first == s.first else None
        if cue is None or cue.source is None or not cue.inverted or cue.source.pronoun:
            return None
        place = Place(s.tokens[cue.source.first].start, after.place.paragraph, after.place.sentence)
        return self.resolver.resolve(s.tokens, cue.source, place)

    def _opens_with_subject(self, scene: Scene | None) -> bool:
        """Tell whether a sentence begins with whom it is about, not with where or when."""
        phrase = main_subject(scene.sentence) if scene is not None else None
        return phrase is not None and scene is not None and phrase.first == scene.sentence.first

    def named_next(self, scene: Scene) -> Speaker | None:
        """Return the person whom the next sentence names first, for a pronoun that points ahead."""
        n = scene.place.sentence + 1
        if n >= len(self.scenes) or self.scenes[n].place.paragraph != scene.place.paragraph:
            return None
        return self._begins_with(self.scenes[n])

    def _cleft(self, scene: Scene) -> Speaker | None:
        """Return who "is" speaking: "C'est un restaurateur qui pose la question"."""
        s = scene.sentence
        opening = [t.low for t in s.tokens[s.first : s.first + 2]]
        if opening in (["c'", "était"], ["it", "was"]) and s.last - s.first < 8:
            return self._named_at(s.tokens[s.first + 2].start)
        if opening != ["c'", "est"]:
            return None
        phrase = phrase_around(s.tokens, s.first + 2, s.first + 2, s.last, self.lex)
        relative = next((i for i in range(s.first + 2, min(s.first + 12, s.last)) if s.tokens[i].low == "qui"), None)
        if phrase is None or relative is None or phrase.last > relative:
            return None
        place = Place(s.tokens[phrase.first].start, scene.place.paragraph, scene.place.sentence)
        return self.resolver.resolve(s.tokens, phrase, place)

    def _begins_with(self, scene: Scene) -> Speaker | None:
        """Return the person whose full name a sentence begins with."""
        offset = scene.place.offset
        for m in self.resolver.cast.mentions:
            if m.offset == offset and m.entity.kind == "person" and m.subject:
                return as_speaker(m.entity)
        return None

    def _signed(self, after: Scene | None) -> Speaker | None:
        """Return whose name stands alone after a dash, as under a reader's letter: "- Nora Pike, Westport"."""
        if after is None or after.quotes or after.sentence.last - after.sentence.first > 14:
            return None
        s = after.sentence
        if s.tokens[s.first].low not in ("-", "--") or s.first + 1 >= s.last:
            return None
        return self._named_at(s.tokens[s.first + 1].start)

    def _named_at(self, offset: int) -> Speaker | None:
        """Return whom a name at an offset of the text stands for."""
        return next((as_speaker(m.entity) for m in self.resolver.cast.mentions if m.offset == offset), None)

    def words_of(self, scene: Scene) -> Speaker | None:
        """Return whose words a sentence says they are: "The words are those of Brona Tully."."""
        s = scene.sentence
        pointed = self.lex.lang == "en" and s.tokens[s.first].low in ("that", "this", "those", "these", "thus", "so")
        spoken = any(self.lex.has("nouns.words", t.low) for t in s.tokens[s.first : s.last] if t.quote < 0)
        if not spoken and not (pointed and s.last - s.first < 16):
            return None
        links = {"of", "de", "d'", "from", "by"} | ({"to", "is", "was", "were"} if spoken and pointed else set())
        for i in range(s.first, s.last - 1):
            if s.tokens[i].low in links and s.tokens[i].quote < 0:
                phrase = phrase_around(s.tokens, i + 1, i + 1, s.last, self.lex)
                place = Place(s.tokens[i].start, scene.place.paragraph, scene.place.sentence)
                speaker = self.resolver.resolve(s.tokens, phrase, place) if phrase is not None else None
                if speaker is not None and speaker.entity is not None and speaker.entity.kind == "person":
                    return speaker
        return None

    def _introduced(self, before: Scene) -> Speaker | None:
        cue = next((c for c in reversed(before.cues) if c.source is not None), None)
        if cue is None or cue.source is None:
            speaker = self.subject(before)
            return (
                speaker if speaker is not None and speaker.entity is not None else self._first_named(before) or speaker
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
                return as_speaker(m.entity)
        return None

    def _from_above(self, n: int, scene: Scene, q: Quoted) -> Speaker | None:
        """Return who speaks when a quotation is a paragraph of its own.

        An answer, a turn, or more of the same.
        """
        if n > 0 and (self._is_question(self.scenes[n - 1]) or self._is_interview(n)):
            return self._interviewed(scene)
        turns = self._turns(n)
        if turns is not None:
            return turns
        above = [w for w in self.found if w.paragraph == scene.place.paragraph - 1]
        if above and above[-1].number >= 0:
            return self._before_reply(scene, above) or above[-1].speaker
        return self._asked(n) or (self.subject(self.scenes[n - 1]) if n > 0 else None)

    def _before_reply(self, scene: Scene, above: Sequence[Words]) -> Speaker | None:
        """Return who spoke before the reply of the paragraph above: "A", said X. "B", Y replied. "C"."""
        earlier = [w for w in self.found if w.paragraph == scene.place.paragraph - 2]
        lone = len(earlier) == len(above) == 1 and earlier[0].number >= 0
        first, reply = (earlier[0].speaker, above[0].speaker) if lone else (None, None)
        short = lone and scene.place.sentence - above[0].sentence == 1 and above[0].sentence - earlier[0].sentence == 1
        return first if short and first is not None and reply is not None and not first.is_same(reply) else None

    def _asked(self, n: int) -> Speaker | None:
        """Return whom the paragraph before says was asked.

        "Interrogé sur son mobile, X s'est tourné vers le public.".
        """
        k = n - 1
        while k >= 0 and self.scenes[k].place.paragraph == self.scenes[n].place.paragraph - 1:
            if self.lex.has("grammar.asked", self.scenes[k].sentence.tokens[self.scenes[k].sentence.first].low):
                return self._first_named(self.scenes[k])
            k -= 1
        return None

    def _is_interview(self, n: int) -> bool:
        """Tell whether a lone quotation answers what comes before, as others of the article did."""
        answers = bisect_left(self._answers, n)
        return answers > 1 and self._lone(n) and not self.scenes[n - 1].quotes and not self.scenes[n - 1].cues

    @cached_property
    def _answers(self) -> list[int]:
        """The lone quotations that follow a question, by their numbers."""
        return [n for n in range(1, len(self.scenes)) if self._lone(n) and self._is_question(self.scenes[n - 1])]

    def _is_question(self, scene: Scene) -> bool:
        s = scene.sentence
        return not scene.quotes and s.tokens[s.last - 1].low in ("?", "…", "...")

    def _interviewed(self, scene: Scene) -> Speaker | None:
        """Return the one who answers an interview's questions.

        The headline's speaker, else the one most named before.
        """
        for words in self.found:
            if words.number >= 0 and words.speaker is not None and words.speaker.entity is not None:
                return words.speaker
        named = [
            m.entity for m in self.resolver.cast.mentions if m.offset < scene.place.offset and m.entity.kind == "person"
        ]
        if not named:
            return None
        entity = max(named, key=named.count)
        return as_speaker(entity)

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
                self.marked[self.scenes[k].quotes[0].number].start : self.marked[self.scenes[k].quotes[0].number].end
            ]
            for k in range(first, last + 1)
        ]
        swapped = any(_calls(text, pair[k % 2].name) for k, text in enumerate(texts))
        return pair[(n - first + swapped) % 2]

    def _asks(self, n: int) -> bool:
        return self.text[self.marked[self.scenes[n].quotes[0].number].end - 1] == "?"

    def _pair(self, first: int) -> tuple[Speaker, Speaker] | None:
        """Return the two who speak by turns.

        The subject of what comes before, and the other who is on the scene.
        """
        if first == 0:
            return None
        before = self.scenes[first - 1]
        place = self.scenes[first].place
        opener = self.subject(before)
        scene = [
            s
            for s in self.resolver.stage.seen
            if s.place.offset < place.offset and s.speaker.entity is not None and s.speaker.person
        ]
        scene += [
            Seen(as_speaker(m.entity), Place(m.offset, m.paragraph, 0), 0.5)
            for m in self.resolver.cast.mentions
            if m.entity.kind == "person" and m.offset < place.offset
        ]
        scene.sort(key=lambda s: s.place.offset)
        if opener is None or opener.entity is None:
            opener = next((s.speaker for s in reversed(scene) if s.place.paragraph == before.place.paragraph), None)
        other = next((s.speaker for s in reversed(scene) if opener is not None and not s.speaker.is_same(opener)), None)
        return (opener, other) if opener is not None and other is not None else None

    def subject(self, scene: Scene) -> Speaker | None:
        """Return the person or body that a sentence is about."""
        phrase = main_subject(scene.sentence)
        if phrase is None:
            return None
        tokens = scene.sentence.tokens
        speaker = self.resolver.resolve(
            tokens, phrase, Place(tokens[phrase.first].start, scene.place.paragraph, scene.place.sentence)
        )
        return speaker if speaker is not None and (speaker.entity is not None or self.speaks(scene, phrase)) else None

    def willing(self, scene: Scene) -> Speaker | None:
        """Return whose words a fragment within a sentence without a cue can be: its subject, when that can speak."""
        speaker, phrase = self.subject(scene), main_subject(scene.sentence)
        if speaker is None or phrase is None:
            return None
        if scene.sentence.tokens[phrase.head].dep == "nsubj:pass":
            return None  # "Il est condamné à « ... »": what is done to somebody is not in his words
        person = speaker.entity is not None and speaker.entity.kind == "person"
        return speaker if person or self.speaks(scene, phrase) else None

    def speaks(self, scene: Scene, phrase: Phrase) -> bool:
        """Tell whether a phrase's noun is one that can speak."""
        low = scene.sentence.tokens[phrase.head].low
        return self.lex.has("roles.speaking", low)


def _calls(text: str, name: str) -> bool:
    """Tell whether words call somebody by name: "It is the company's, Bram."."""
    first = name.split()[0]
    return bool(re.search(rf", {re.escape(first)}[.!?]|^{re.escape(first)},", text))
