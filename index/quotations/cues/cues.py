"""A sentence -> its cues, each with the phrase that names who speaks.

To the right of a quotation the surface decides before the parser does: French parsers find the subject of
"a déclaré X" in fewer than half of the cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.languages.lexicon import Verb
from index.quotations.cues.cue_sources import source_of_verb
from index.quotations.cues.passed_on import is_told, passed_on_by, passes_on, teller, voice_of
from index.quotations.cues.prepositions import preposition
from index.quotations.cues.reporting_verbs import is_verb, must_speak
from index.quotations.cues.subjects import (
    phrase_speaks,
    subject_after_comma,
    subject_of_main_clause,
    subject_of_sentence,
)
from index.quotations.cues.verb_groups import clitic, group_start, negated
from index.quotations.syntax.noun_phrases import Phrase, Sentence

CueKind = Literal["verb", "preposition"]
_DASHES = ("-", "--")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell that somebody speaks.

    Attributes:
        first: first token, auxiliaries included; ``last`` is one past the last.
        verb: the reporting verb, None for a preposition.
        source: who speaks, None when the sentence does not say.
        inverted: whether the source follows the verb.
        negated: whether the verb is denied, so that nothing is reported.
    """

    kind: CueKind
    first: int
    last: int
    at: int
    verb: Verb | None = None
    source: Phrase | None = None
    inverted: bool = False
    negated: bool = False

    @property
    def start(self) -> int:
        """The first token of the cue and its source."""
        return self.first if self.source is None else min(self.first, self.source.first)

    @property
    def end(self) -> int:
        """One past the last token of the cue and its source."""
        return self.last if self.source is None else max(self.last, self.source.last)

    def is_in(self, group: str) -> bool:
        """Tell whether the verb belongs to a group of the lexicon."""
        return self.verb is not None and group in self.verb.groups


def find_cues(sentence: Sentence) -> list[Cue]:
    """Return the cues of a sentence, in order, outside its quotations."""
    cues: list[Cue] = []
    i = sentence.first
    while i < sentence.last:
        cue = _preposition(sentence, i) or _verb(sentence, i, cues)
        if cue is not None:
            cue = _of_main_clause(sentence, _shared(sentence, cue, cues), cues)
            cues.append(cue)
            i = max(cue.last, i + 1)
        else:
            i += 1
    return cues


def _shared(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Cue:
    """Give "X a dit que le pont tiendrait et a demandé ..." the subject of its first verb, not the bridge."""
    joined = cue.kind == "verb" and s.has(cue.first - 1, "clauses.coordinators")
    before = next(_sources_of_verbs(reversed(earlier)), None)
    if not joined or before is None or _has_speaker(s, cue):
        return cue
    return replace(cue, source=before)


def _sources_of_verbs(cues: Iterable[Cue]) -> Iterator[Phrase]:
    return (cue.source for cue in cues if cue.kind == "verb" and cue.source is not None)


def _has_speaker(s: Sentence, cue: Cue) -> bool:
    """Tell whether the source of a cue is a pronoun or a person, not "the bridge"."""
    return cue.source is not None and (cue.source.pronoun or _is_person(s, cue.source))


def _is_person(s: Sentence, phrase: Phrase) -> bool:
    words = s.tokens[phrase.first : phrase.last]
    return any(s.lex.has("roles.any", t.low) or t.ent in ("PER", "PERSON") for t in words)


def _of_main_clause(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Cue:
    """Give "X a vu le pont que Y bâtit, estimant que ..." the subject of the main clause, not the nearest noun."""
    if cue.kind != "verb":
        return cue
    source = passed_on_by(s, cue.first, cue.at)
    if source is None and not is_told(s, cue.first, cue.at):
        gerunds = s.lex.has("syntax.traits", "gerunds")
        source = _source_of_gerund(s, cue, earlier) if gerunds else _source_of_participle(s, cue)
    cue = cue if source is None else replace(cue, source=source)
    voice = voice_of(s, cue.source) if cue.source is not None else None
    return cue if voice is None else replace(cue, source=voice)


def _source_of_participle(s: Sentence, cue: Cue) -> Phrase | None:
    """Return the main subject for "Moss mocked the plan, saying ...", nothing for "a man saying he was king"."""
    return subject_of_sentence(s, cue.first) if cue.first > s.first and _is_apart(s, cue) else None


def _is_apart(s: Sentence, cue: Cue) -> bool:
    """Tell whether an English participle belongs to the main clause, not to the noun before it."""
    participle = s.tokens[cue.at]
    if not s.lex.ends("endings.present_participle", participle.low) or cue.inverted:
        return False
    parted = participle.dep == "advcl" or _is_parted(s, cue.first - 1) or s.low(cue.first - 1) in _DASHES
    return parted or cue.source is None or not phrase_speaks(s, cue.source)


def _is_parted(s: Sentence, i: int) -> bool:
    """Tell whether the word at i parts a participle from the noun before it: a comma, "while", "en"."""
    return not s.is_marked(i) and (s.low(i) == "," or s.has(i, "verb_groups.before_participle"))


def _source_of_gerund(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Phrase | None:
    """Return the subject of the main clause for "Disant cela, X ...", "X ..., en disant", "X ..., après avoir dit"."""
    participle = s.lex.ends("endings.present_participle", s.low(cue.at))
    if participle and cue.source is None and cue.first == s.first:
        return subject_after_comma(s, cue.last)
    infinite = participle or s.has(cue.first, "verb_groups.have")
    if not infinite or not _is_parted(s, cue.first - 1):
        return None
    return _main_source(s, cue, earlier) or _source_before(s, cue, earlier)


def _main_source(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Phrase | None:
    """Return the source of a sentence's main verb when that is a cue, else its subject when that can speak."""
    main = next(_sources_of_verbs(c for c in earlier if s.tokens[c.at].dep == "ROOT"), None)
    return main if main is not None else subject_of_main_clause(s, cue.first)


def _source_before(s: Sentence, cue: Cue, earlier: Sequence[Cue]) -> Phrase | None:
    """Return the source of the verb before when the cue's own cannot speak."""
    speaks = cue.source is not None and phrase_speaks(s, cue.source)
    return None if speaks else next(_sources_of_verbs(reversed(earlier)), None)


def _preposition(s: Sentence, i: int) -> Cue | None:
    named = preposition(s, i)
    return Cue("preposition", i, named[0], i, source=named[1]) if named is not None else None


def _verb(s: Sentence, i: int, earlier: Sequence[Cue]) -> Cue | None:
    verb, last = _verb_at(s, i, earlier)
    if verb is None or s.is_marked(i) or not is_verb(s, i, last) or passes_on(s, i):
        return None
    first = group_start(s, i)
    if "unreflexive" in verb.groups and any(s.has(j, "verb_groups.reflexives") for j in range(first, i)):
        return None
    at = clitic(s, i)
    told = is_told(s, first, i)
    source, inverted = (teller(s, last), True) if told else source_of_verb(s, first, i, last, at)
    last = max(last, at + 1) if at is not None else last
    return Cue("verb", first, last, i, verb, source, inverted, negated(s, first, i))


def _verb_at(s: Sentence, i: int, earlier: Sequence[Cue]) -> tuple[Verb | None, int]:
    """Return the verb at i that may report words, and one past its last word: "dit", "fait | savoir", "winced"."""
    low = s.low(i)
    ends = [end for rest in s.lex.phrases.get(low, ()) if (end := _end_of_phrase(s, i + 1, rest)) is not None]
    if ends:
        return Verb(low, frozenset(("say", "object"))), ends[-1]
    verb = s.lex.verbs.get(low)
    if verb is None and must_speak(s, i, any(c.kind == "verb" for c in earlier)):
        verb = Verb(low, frozenset(("manner",)))
    return verb, i + 1


def _end_of_phrase(s: Sentence, i: int, rest: Sequence[str]) -> int | None:
    """Return one past the rest of a phrase that stands at i, adverbs before it skipped: "fait | ainsi savoir"."""
    first = next(j for j in range(i, i + 3) if j == i + 2 or s.pos(j) != "ADV" or s.low(j) == rest[0])
    last = first + len(rest)
    return last if all(_is_word(s, first + k, word) for k, word in enumerate(rest)) else None


def _is_word(s: Sentence, i: int, word: str) -> bool:
    """Tell whether a word stands at i, in full or elided: "de", "d'"."""
    return s.low(i) in (word, f"{word[:-1]}'")
