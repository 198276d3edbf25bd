"""Who comes on the scene: the subject of each sentence, and the people whom it calls by their role."""

from __future__ import annotations

from index.languages.lexicon import Lexicon
from index.quotations.attribution.rules.uncued import Floating
from index.quotations.cues.sentences import Scene, main_subject
from index.quotations.people.mentions import Place
from index.quotations.people.resolver import Resolver
from index.quotations.syntax.noun_phrases import Phrase, Sentence, is_pronoun, phrase_around, phrase_at


class Entrances:
    """Notes on the stage whoever the sentences of an article bring on, in order."""

    def __init__(self, resolver: Resolver, floating: Floating, lex: Lexicon) -> None:
        self.resolver, self.floating, self.lex = resolver, floating, lex

    def note(self, scene: Scene) -> None:
        """Remember whom a sentence is about, and whom it calls by a role."""
        phrase = main_subject(scene.sentence)
        if phrase is None or self._is_heading(scene):
            return
        tokens = scene.sentence.tokens
        place = Place(tokens[phrase.first].start, scene.place.paragraph, scene.place.sentence)
        speaker = self.resolver.resolve(tokens, phrase, place)
        known = speaker is not None and (speaker.entity is not None or (self.lex.lang == "en" and not speaker.person))
        known = known or (speaker is not None and speaker is self.resolver.introductions.pair)
        if known or self.floating.speaks(scene, phrase):
            thing = tokens[phrase.head].low in ("celui-ci", "celle-ci")
            self.resolver.stage.note(speaker, place, 0.3 if thing else 1.0)
        self._note_roles(scene, phrase)
        self._note_said_of(scene)

    def _is_heading(self, scene: Scene) -> bool:
        """Tell whether a sentence is a heading within the article: a short paragraph without a full stop."""
        s = scene.sentence
        whole = s.first == 0 and s.last == len(s.tokens)
        return scene.place.paragraph > 1 and whole and s.last < 14 and s.tokens[-1].pos not in ("PUNCT", "QUOTE")

    def _note_said_of(self, scene: Scene) -> None:
        """Remember what a sentence says that somebody is: "She is the town's vet"."""
        s = scene.sentence
        for i in range(s.first, s.last - 2):
            says = s.tokens[i + 1].low in ("is", "was", "est", "était") and s.tokens[i].quote < 0
            if not says or not is_pronoun(s.tokens[i], self.lex):
                continue
            said = phrase_at(s.tokens, i + 2, s.last, self.lex)
            if said is None or not self.lex.has("roles.any", s.tokens[said.head].low):
                continue
            place = Place(s.tokens[i].start, scene.place.paragraph, scene.place.sentence)
            speaker = self.resolver.resolve(s.tokens, Phrase(i, i + 1, i, pronoun=True), place)
            if speaker is not None and speaker.entity is not None:
                speaker.entity.roles.add(s.tokens[said.head].low)

    def _note_roles(self, scene: Scene, subject: Phrase) -> None:
        """Remember the people whom a sentence calls by their role, beside its subject."""
        s = scene.sentence
        for i in range(s.first, s.last - 1):
            definite = s.tokens[i].low in ("le", "la", "l'", "the") and s.tokens[i].quote < 0
            definite = definite or self._is_paired(s, i)
            definite = definite or (i + 2 < s.last and self._is_paired(s, i + 2))
            noun = i + 2 if s.tokens[i + 1].pos == "ADJ" and i + 2 < s.last else i + 1
            known = self.lex.has("roles.any", s.tokens[noun].low)
            if not definite or not known or subject.first <= i < subject.last:
                continue
            phrase = phrase_around(s.tokens, noun, i, s.last, self.lex)
            place = Place(s.tokens[i].start, scene.place.paragraph, scene.place.sentence)
            speaker = self.resolver.resolve(s.tokens, phrase, place) if phrase is not None else None
            if speaker is not None and speaker.entity is not None:
                self.resolver.stage.note(speaker, place, 0.5)

    def _is_paired(self, s: Sentence, i: int) -> bool:
        """Tell whether the word at i parts two roles without articles: "captain and bowler had it out"."""
        return (
            s.tokens[i].low in ("and", "et")
            and i > s.first
            and self.lex.has("roles.any", s.tokens[i - 1].low)
            and self.lex.has("roles.any", s.tokens[i + 1].low)
        )
